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

using Limit = std::numeric_limits<std::size_t>;

constexpr std::size_t reads_to_learn_from = 2000;

std::vector<std::uint8_t> to_numbers(std::string_view bases) {
    std::vector<std::uint8_t> numbers(bases.size());
    std::ranges::transform(bases, numbers.begin(), base_number);
    return numbers;
}

std::string_view as_text(BaseSpan bases) {
    return {reinterpret_cast<char const*>(bases.data()), bases.size()};
}

/// Where the primers stand on one strand; distances beyond what counts as found are the largest number.
struct Primers {
    Primer::Place forward;
    Primer::Place reverse;

    [[nodiscard]] bool has_forward() const { return forward.distance != Limit::max(); }

    [[nodiscard]] bool has_reverse() const { return reverse.distance != Limit::max(); }

    [[nodiscard]] bool is_found() const { return has_forward() || has_reverse(); }
};

Primers find_primers(Primer const& forward, Primer const& reverse, BaseSpan bases) {
    Primers found{.forward = forward.find_end(bases), .reverse = reverse.find_begin(bases)};
    if (found.forward.distance > forward.most_edits()) {
        found.forward.distance = Limit::max();
    }
    if (found.reverse.distance > reverse.most_edits()) {
        found.reverse.distance = Limit::max();
    }
    if (found.has_forward() && found.has_reverse() && found.forward.edge > found.reverse.edge) {
        // They overlap: the worse one is chance.
        auto& worse =
            found.forward.distance > found.reverse.distance ? found.forward : found.reverse;
        worse.distance = Limit::max();
    }
    return found;
}

struct ErrorCounts {
    std::uint64_t bases = 0;
    std::uint64_t read_bases = 0; ///< compared with a base of the primer
    std::uint64_t other = 0;
    std::uint64_t inserted = 0;
    std::uint64_t missing = 0;
    double promised = 0.0; ///< substitutions that the qualities promise

    void add(BaseSpan primer, StrandedRead const& read, std::size_t begin, std::size_t end) {
        auto const piece = BaseSpan{read.bases}.subspan(begin, end - begin);
        auto const aligned = align_code(primer, piece, CodeEnds::anywhere);
        std::size_t at = begin + aligned.begin;
        bases += primer.size();
        for (AlignStep const step : aligned.steps) {
            inserted += step == AlignStep::inserted ? 1U : 0U;
            missing += step == AlignStep::missing ? 1U : 0U;
            if (step == AlignStep::same || step == AlignStep::other) {
                other += step == AlignStep::other ? 1U : 0U;
                ++read_bases;
                promised += std::pow(10.0, -0.1 * read.qualities[at]);
            }
            at += step == AlignStep::missing ? 0 : 1;
        }
    }

    [[nodiscard]] ReadErrors errors() const {
        if (bases < 200) {
            return {};
        }
        // Half an event is added: what was not seen is rare, not impossible.
        auto const n = static_cast<double>(bases);
        double const excess =
            (static_cast<double>(other) + 0.5 - promised) / static_cast<double>(read_bases);
        return {.excess = std::clamp(excess, 0.0, 0.3),
                .insertion = std::clamp((static_cast<double>(inserted) + 0.5) / n, 1e-7, 0.2),
                .deletion = std::clamp((static_cast<double>(missing) + 0.5) / n, 1e-7, 0.2),
                .bases = bases};
    }
};

} // namespace

void to_stranded(AmpliconRead const& read, bool is_reversed, StrandedRead& into) {
    std::size_t const size = read.bases.size();
    into.bases.resize(size);
    into.qualities.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        std::uint8_t const base = base_number(read.bases[i]);
        std::size_t const at = is_reversed ? size - 1 - i : i;
        into.bases[at] = is_reversed && base < 4 ? static_cast<std::uint8_t>(3 - base) : base;
        into.qualities[at] = static_cast<std::uint8_t>(read.qualities[i] - '!');
    }
}

ReadErrors measure_read_errors(std::span<AmpliconRead const> reads, AmpliconLayout const& layout) {
    Primer const forward{layout.forward};
    Primer const reverse{layout.reverse};
    auto const forward_bases = to_numbers(layout.forward);
    auto const reverse_bases = to_numbers(layout.reverse);
    ErrorCounts counts;
    StrandedRead stranded;
    std::size_t used = 0;
    for (AmpliconRead const& read : reads) {
        for (bool const is_reversed : {false, true}) {
            to_stranded(read, is_reversed, stranded);
            auto const found = find_primers(forward, reverse, stranded.bases);
            std::size_t const wide_forward = forward.size() + forward.most_edits();
            if (found.has_forward()) {
                std::size_t const end = found.forward.edge;
                counts.add(forward_bases, stranded, end - std::min(end, wide_forward), end);
            }
            if (found.has_reverse()) {
                std::size_t const begin = found.reverse.edge;
                counts.add(
                    reverse_bases,
                    stranded,
                    begin,
                    std::min(stranded.bases.size(), begin + reverse.size() + reverse.most_edits()));
            }
            if (found.is_found()) {
                ++used;
                break;
            }
        }
        if (used == reads_to_learn_from) {
            break;
        }
    }
    return counts.errors();
}

OrientedLayout orient_reverse(std::span<AmpliconRead const> reads, AmpliconLayout const& layout) {
    if (layout.reverse.empty()) {
        return {layout};
    }
    std::string const turned = reverse_complement(layout.reverse);
    Primer const forward{layout.forward};
    Primer const given{layout.reverse};
    Primer const other{turned};
    std::size_t as_given = 0;
    std::size_t as_turned = 0;
    StrandedRead stranded;
    for (AmpliconRead const& read : reads.first(std::min(reads.size(), reads_to_learn_from))) {
        for (bool const is_reversed : {false, true}) {
            to_stranded(read, is_reversed, stranded);
            // Without a forward primer to tell the strand, each form is seen on one of the two.
            if (forward.size() == 0 && is_reversed) {
                continue;
            }
            if (forward.size() > 0 && !find_primers(forward, given, stranded.bases).has_forward()) {
                continue;
            }
            as_given += find_primers(forward, given, stranded.bases).has_reverse() ? 1U : 0U;
            as_turned += find_primers(forward, other, stranded.bases).has_reverse() ? 1U : 0U;
        }
    }
    OrientedLayout oriented{layout};
    if (as_turned > as_given) {
        oriented.layout.reverse = turned;
        oriented.was_turned = true;
    }
    return oriented;
}

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

    [[nodiscard]] Piece piece_of(Primers const& found, std::size_t size) const {
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
