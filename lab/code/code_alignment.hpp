// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A code against a piece of a read: where they differ, and how much better the code explains it than chance.

#pragma once

#include "lab/code/code_scanner.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// Base numbers, 4 for unknown.
using BaseSpan = std::span<std::uint8_t const>;

/// How an alignment goes on from base to base.
enum class AlignStep : std::uint8_t {
    same,
    other,    ///< a substitution
    inserted, ///< a base of the text that the code lacks
    missing,  ///< a base of the code that the text lacks
};

struct CodeAlignment {
    std::size_t begin = 0; ///< of the text
    std::size_t end = 0;   ///< past the last base
    std::size_t distance = 0;
    std::vector<AlignStep> steps;
};

/// One alignment with the fewest edits; of several, the one that ends first (anywhere) and that has its gaps last.
/// Cost: code times text.
[[nodiscard]] CodeAlignment align_code(BaseSpan code, BaseSpan text, CodeEnds ends);

/// How often reads of one run go wrong beside what their qualities say.
struct ReadErrors {
    /// Added to the error probability that a quality promises: substitutions beyond the promise.
    double excess = 1e-3;
    double insertion = 1e-3; ///< for each base of the code
    double deletion = 1e-3;
    std::uint64_t bases = 0; ///< that this was measured on; 0: assumed
};

/// The chance, against random bases, of seeing each quality with the right and with a wrong base.
class QualityOdds {
public:
    /// \pre excess in [0, 0.7], insertion and deletion in (0, 0.3)
    explicit QualityOdds(ReadErrors const& errors);

    [[nodiscard]] double same(std::uint8_t quality) const noexcept { return same_[quality]; }

    [[nodiscard]] double other(std::uint8_t quality) const noexcept { return other_[quality]; }

    [[nodiscard]] double insertion() const noexcept { return insertion_; }

    [[nodiscard]] double deletion() const noexcept { return deletion_; }

private:
    std::array<double, 256> same_{};
    std::array<double, 256> other_{};
    double insertion_;
    double deletion_;
};

/// log10 of P(text | the code was read) / P(text | random bases), summed over all alignments within `band` of the
/// straight one; every place where the code may begin is equally probable beforehand (at_end, anywhere).
///
/// \param qualities  Phred, one for each base of the text
/// \param band       greatest difference of position, at least 1
/// Errors of neighbouring bases are taken as independent. A text far shorter than the code gives minus infinity.
[[nodiscard]] double log10_code_odds(BaseSpan code,
                                     BaseSpan text,
                                     std::span<std::uint8_t const> qualities,
                                     QualityOdds const& odds,
                                     CodeEnds ends,
                                     std::size_t band);

} // namespace cmq::lab
