// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/read_errors.hpp"

#include "lab/code/bases.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr std::size_t reads_to_learn_from = 2000;

std::vector<std::uint8_t> to_numbers(std::string_view bases) {
    std::vector<std::uint8_t> numbers(bases.size());
    std::ranges::transform(bases, numbers.begin(), base_number);
    return numbers;
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

} // namespace cmq::lab
