// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The size standard of a run of fragments: which of its peaks is which length, and whether it fits.

#pragma once

#include "lab/code/fragment_signal.hpp"
#include "lab/code/size_curve.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// A mixture of fragments of known lengths that runs along with each sample.
struct SizeStandard {
    std::string_view name;
    std::vector<double> sizes;     ///< base pairs, rising
    std::vector<double> not_sized; ///< its fragments that run beside their length; never used
};

/// The standards that are known by name, in the order in which they are tried.
/// Source of the lengths: product sheets, as NCBI OSIRIS lists them (ILSAndLadderInfo.xml, public domain).
[[nodiscard]] std::span<SizeStandard const> size_standards();

/// nullptr where there is none of this name; upper and lower case are alike.
[[nodiscard]] SizeStandard const* find_size_standard(std::string_view name) noexcept;

/// The standard of a run as found.
struct FittedStandard {
    SizeStandard const* standard = nullptr;
    SizeCurve curve;
};

inline constexpr std::size_t least_standard_fragments = 8;
inline constexpr double most_sizing_error = 1.0; ///< base pairs, root mean square
inline constexpr double most_single_error = 2.5; ///< of any fragment left out

/// Finds the peaks of a standard among those of its dye and refuses a run in which they do not fit.
///
/// Peaks and lengths are joined in order so that scans a base pair change slowly from one gap to the next; neighbouring
/// lengths all have their peak, peaks may be left over (the primers, other dyes), lengths may lack at both ends (a run that
/// ends early). A run is refused when fewer than least_standard_fragments are found, when more than two peaks of the
/// standard's height are left over, when the lengths moved by one or two fragments would fit
/// as well, when leaving fragments out one by one gives errors beyond most_sizing_error or most_single_error.
/// \param named  the one to use; nullptr: each known one is tried, the best is taken
/// \throws Error insufficient  the run has no standard that fits; says why. No length may be given for it.
[[nodiscard]] FittedStandard fit_size_standard(std::span<SignalPeak const> peaks,
                                               SizeStandard const* named);

} // namespace cmq::lab
