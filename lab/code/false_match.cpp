// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/false_match.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/code_scanner.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

using Bases = std::vector<std::uint8_t>;

/// Errors put into a code. Chosen so that each edit that leads into a piece of given length is about as probable as any
/// other: a deletion lets one more random base in (4 ways), a substitution has 3, an insertion takes one away.
struct Rates {
    explicit Rates(double edits)
        : substitution{edits * 3.0 / 7.75}
        , insertion{edits * 0.75 / 7.75}
        , deletion{edits * 4.0 / 7.75} {}

    double substitution;
    double insertion;
    double deletion;
};

std::uint8_t random_base(Random& random) {
    return static_cast<std::uint8_t>(random.bits32() & 3U);
}

/// A code with errors behind random bases; empty when it came out longer than the piece.
Bases draw_piece(Bases const& code, std::size_t length, Rates const& rates, Random& random) {
    Bases made;
    for (std::size_t i = 0; i < code.size();) {
        double const u = random.uniform();
        if (u < rates.insertion) {
            made.push_back(random_base(random));
        } else if (u < rates.insertion + rates.deletion) {
            ++i;
        } else {
            bool const is_other = random.uniform() < rates.substitution;
            auto const shift = is_other ? 1U + random.categorical(std::vector{1.0, 1.0, 1.0}) : 0U;
            made.push_back(static_cast<std::uint8_t>((code[i] + shift) & 3U));
            ++i;
        }
        if (made.size() > length) {
            return {};
        }
    }
    Bases piece(length - made.size());
    std::ranges::generate(piece, [&] { return random_base(random); });
    piece.insert(piece.end(), made.begin(), made.end());
    return piece;
}

/// How much more probable draw_piece makes this piece than chance: a sum over all ways it can have come about.
double odds_of(Bases const& piece, Bases const& code, Rates const& rates) {
    std::vector<double> above(piece.size() + 1);
    std::vector<double> row(piece.size() + 1, 1.0);
    double const goes_on = 1.0 - rates.insertion - rates.deletion;
    double const same = 4.0 * (1.0 - rates.substitution) * goes_on;
    double const other = 4.0 * rates.substitution / 3.0 * goes_on;
    // Bases put in before the first of the code look like the random ones before it.
    for (std::size_t j = 1; j <= piece.size(); ++j) {
        row[j] += row[j - 1] * rates.insertion;
    }
    for (std::size_t i = 1; i <= code.size(); ++i) {
        std::swap(row, above);
        bool const is_last = i == code.size(); // nothing is put in behind the last
        row[0] = above[0] * rates.deletion;
        for (std::size_t j = 1; j <= piece.size(); ++j) {
            double const step = piece[j - 1] == code[i - 1] ? same : other;
            row[j] = above[j - 1] * step + above[j] * rates.deletion +
                     (is_last ? 0.0 : row[j - 1] * rates.insertion);
        }
    }
    return row.back();
}

} // namespace

FalseMatch to_false_match(double sum, double squares, std::uint64_t draws) {
    CMQ_EXPECTS(draws > 1);
    auto const n = static_cast<double>(draws);
    double const mean = sum / n;
    double const error = std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1.0));
    return {.distance = 0,
            .probability = std::min(1.0, mean),
            .low = std::max(0.0, mean - 1.96 * error),
            .high = std::min(1.0, mean + 1.96 * error),
            .draws = draws};
}

FalseMatch count_false_matches(std::span<std::string const> codes,
                               std::size_t length,
                               std::size_t distance,
                               std::uint64_t draws,
                               std::uint64_t seed) {
    CodeScanner const scanner{codes};
    CMQ_EXPECTS(draws >= 2);
    std::vector<Bases> numbers(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        CMQ_EXPECTS(codes[i].size() > distance && codes[i].size() <= length);
        std::ranges::transform(codes[i], std::back_inserter(numbers[i]), base_number);
    }
    std::vector<std::uint16_t> distances;
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        Random random{seed, static_cast<std::uint32_t>(distance), draw};
        auto const lot = std::min(
            codes.size() - 1,
            static_cast<std::size_t>(random.uniform() * static_cast<double>(codes.size())));
        Bases const& code = numbers[lot];
        Rates const rates{static_cast<double>(distance) / static_cast<double>(code.size())};
        Bases const piece = draw_piece(code, length, rates, random);
        if (piece.empty()) {
            continue;
        }
        scanner.measure(piece, CodeEnds::at_end, distances);
        if (distances[lot] > distance) {
            continue;
        }
        auto const in_reach = static_cast<double>(
            std::ranges::count_if(distances, [&](std::uint16_t d) { return d <= distance; }));
        double const weight =
            static_cast<double>(codes.size()) / (in_reach * odds_of(piece, code, rates));
        sum += weight;
        squares += weight * weight;
    }
    FalseMatch counted = to_false_match(sum, squares, draws);
    counted.distance = distance;
    return counted;
}

std::vector<FalseMatch> count_until(std::span<std::string const> codes,
                                    std::size_t length,
                                    double most,
                                    std::uint64_t seed) {
    std::size_t const shortest = std::ranges::min(codes, {}, &std::string::size).size();
    // A draw costs a scan of the registry; a thousand give the probability to some percent.
    auto const draws = std::clamp<std::uint64_t>(2'000'000 / codes.size(), 200, 1000);
    std::vector<FalseMatch> counted;
    for (std::size_t distance = 0; distance < shortest; ++distance) {
        counted.push_back(count_false_matches(codes, length, distance, draws, seed));
        if (counted.back().probability > most) {
            break;
        }
    }
    return counted;
}

} // namespace cmq::lab
