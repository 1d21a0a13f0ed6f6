// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_reads.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/primer.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace cmq::lab {
namespace {

std::vector<std::uint8_t> to_numbers(std::string_view bases) {
    std::vector<std::uint8_t> numbers(bases.size());
    std::ranges::transform(bases, numbers.begin(), base_number);
    return numbers;
}

std::string_view as_text(BaseSpan bases) {
    return {reinterpret_cast<char const*>(bases.data()), bases.size()};
}

} // namespace

struct ReadMatcher::Parts {
    static constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();

    Parts(std::vector<std::string> of,
          AmpliconLayout const& built,
          ReadErrors const& errors,
          MatchLimits reach)
        : codes{std::move(of)}
        , scanner{codes}
        , forward{built.forward}
        , reverse{built.reverse}
        , umi{built.umi}
        , odds{errors}
        , limits{reach}
        , neighbours(codes.size()) {
        for (std::uint32_t i = 0; i < codes.size(); ++i) {
            numbers.push_back(to_numbers(codes[i]));
            longest = std::max(longest, codes[i].size());
            if (std::ranges::find(lengths, codes[i].size()) == lengths.end()) {
                lengths.push_back(codes[i].size());
            }
            neighbours[i] = unknown;
        }
        for (std::uint32_t i = 0; i < codes.size(); ++i) {
            std::string_view const code = as_text(numbers[i]);
            exact.try_emplace(code, i);
            first_halves.try_emplace(code.substr(0, code.size() / 2), i);
            second_halves.try_emplace(code.substr(code.size() / 2), i);
        }
    }

    /// A piece of a read and how codes stand in it.
    struct Piece {
        std::size_t begin = 0;
        std::size_t end = 0;
        CodeEnds ends = CodeEnds::anywhere;

        [[nodiscard]] BaseSpan of(std::vector<std::uint8_t> const& values) const {
            return BaseSpan{values}.subspan(begin, end - begin);
        }
    };

    [[nodiscard]] Piece piece_of(FoundPrimers const& found, std::size_t size) const {
        std::size_t const slack = limits.most_distance;
        if (found.has_reverse()) {
            std::size_t const end = found.reverse.edge;
            std::size_t const back = std::min(end, longest + slack);
            std::size_t const after = found.has_forward() ? found.forward.edge : 0;
            return {std::max(end - back, after), end, CodeEnds::at_end};
        }
        if (found.has_forward()) {
            std::size_t const straight = found.forward.edge + umi;
            return {std::min(size, straight - std::min(straight - found.forward.edge, slack)),
                    std::min(size, straight + longest + slack),
                    CodeEnds::anywhere};
        }
        return {0, size, CodeEnds::anywhere};
    }

    [[nodiscard]] std::uint32_t find_exact(BaseSpan piece, CodeEnds ends) const {
        for (std::size_t const length : lengths) {
            if (piece.size() < length) {
                continue;
            }
            std::size_t const last = piece.size() - length;
            for (std::size_t at = ends == CodeEnds::at_end ? last : 0; at <= last; ++at) {
                auto const hit = exact.find(as_text(piece.subspan(at, length)));
                if (hit != exact.end()) {
                    return hit->second;
                }
            }
        }
        return unknown;
    }

    /// The code nearest to another, found once and kept: every thread finds the same.
    [[nodiscard]] std::uint32_t neighbour(std::uint32_t lot,
                                          std::vector<std::uint16_t>& distances) const {
        std::uint32_t known = neighbours[lot].load(std::memory_order_relaxed);
        if (known == unknown) {
            scanner.measure(numbers[lot], CodeEnds::whole, distances);
            distances[lot] = std::numeric_limits<std::uint16_t>::max();
            known =
                static_cast<std::uint32_t>(std::ranges::min_element(distances) - distances.begin());
            neighbours[lot].store(known, std::memory_order_relaxed);
        }
        return known;
    }

    void scan(BaseSpan piece,
              CodeEnds ends,
              std::vector<std::uint16_t>& distances,
              ReadMatch& match) const {
        scanner.measure(piece, ends, distances);
        auto const best = std::ranges::min_element(distances);
        match.lot = static_cast<std::uint32_t>(best - distances.begin());
        match.distance = *best;
        if (match.distance <= limits.most_distance) {
            *best = std::numeric_limits<std::uint16_t>::max();
            auto const second = std::ranges::min_element(distances);
            match.rival = static_cast<std::uint32_t>(second - distances.begin());
            match.rival_distance = *second;
        }
    }

    void weigh(Piece const& piece, StrandedRead const& read, ReadMatch& match) const {
        auto const log10_odds = [&](std::uint32_t lot) {
            return log10_code_odds(numbers[lot],
                                   piece.of(read.bases),
                                   piece.of(read.qualities),
                                   odds,
                                   piece.ends,
                                   limits.most_distance + 2);
        };
        double const best = log10_odds(match.lot);
        match.log10_lr = best;
        if (codes.size() > 1) {
            match.log10_rival = best - log10_odds(match.rival);
            if (match.log10_rival < 0.0) {
                // With as many edits, the qualities may speak for the other.
                std::swap(match.lot, match.rival);
                std::swap(match.distance, match.rival_distance);
                match.log10_rival = -match.log10_rival;
                match.log10_lr = best + match.log10_rival;
            }
            match.log10_lr = std::min(match.log10_lr, match.log10_rival);
        } else {
            match.rival = match.lot;
        }
        bool const is_told =
            match.log10_lr >= limits.least_log10_lr && match.distance <= limits.most_distance;
        match.state = is_told ? ReadState::assigned : ReadState::ambiguous;
    }

    [[nodiscard]] bool is_chimera(BaseSpan piece) const {
        if (lengths.size() != 1 || piece.size() < longest || longest < 16) {
            return false;
        }
        std::string_view const code = as_text(piece.last(longest));
        auto const first = first_halves.find(code.substr(0, longest / 2));
        auto const second = second_halves.find(code.substr(longest / 2));
        return first != first_halves.end() && second != second_halves.end() &&
               first->second != second->second;
    }

    std::vector<std::string> codes;
    std::vector<std::vector<std::uint8_t>> numbers;
    CodeScanner scanner;
    Primer forward;
    Primer reverse;
    std::size_t umi;
    QualityOdds odds;
    MatchLimits limits;
    std::size_t longest = 0;
    std::vector<std::size_t> lengths;
    std::unordered_map<std::string_view, std::uint32_t> exact;
    std::unordered_map<std::string_view, std::uint32_t> first_halves;
    std::unordered_map<std::string_view, std::uint32_t> second_halves;
    mutable std::vector<std::atomic<std::uint32_t>> neighbours;
};

ReadMatcher::ReadMatcher(std::vector<std::string> codes,
                         AmpliconLayout const& layout,
                         ReadErrors const& errors,
                         MatchLimits limits)
    : parts_{std::make_unique<Parts const>(std::move(codes), layout, errors, limits)} {}

ReadMatcher::~ReadMatcher() = default;

ReadMatch ReadMatcher::match(AmpliconRead const& read, Workplace& workplace) const {
    Parts const& parts = *parts_;
    ReadMatch match;
    bool const has_primers = parts.forward.size() + parts.reverse.size() > 0;
    Parts::Piece piece;
    std::optional<std::pair<ReadMatch, Parts::Piece>> other_strand;
    for (bool const is_reversed : {false, true}) {
        to_stranded(read, is_reversed, workplace.read);
        auto const found = find_primers(parts.forward, parts.reverse, workplace.read.bases);
        if (has_primers && !found.is_found()) {
            continue;
        }
        piece = parts.piece_of(found, workplace.read.bases.size());
        auto const bases = piece.of(workplace.read.bases);
        match = {.state = ReadState::too_far,
                 .is_reversed = is_reversed,
                 .begin = static_cast<std::uint32_t>(piece.begin),
                 .end = static_cast<std::uint32_t>(piece.end),
                 .ends = piece.ends};
        std::uint32_t const exact = parts.find_exact(bases, piece.ends);
        if (exact != Parts::unknown) {
            match.lot = exact;
            match.rival = parts.neighbour(exact, workplace.distances);
        } else {
            parts.scan(bases, piece.ends, workplace.distances, match);
        }
        if (!has_primers && !is_reversed && match.distance > 0) {
            other_strand = {match, piece}; // the read may run the other way
            continue;
        }
        break;
    }
    if (other_strand && other_strand->first.distance <= match.distance) {
        std::tie(match, piece) = *other_strand;
        to_stranded(read, false, workplace.read);
    }
    if (match.state == ReadState::no_primers) {
        return match;
    }
    if (match.distance <= parts.limits.most_distance) {
        parts.weigh(piece, workplace.read, match);
    } else if (parts.is_chimera(piece.of(workplace.read.bases))) {
        match.state = ReadState::chimera;
    }
    return match;
}

} // namespace cmq::lab
