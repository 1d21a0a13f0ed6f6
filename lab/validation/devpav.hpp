// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How far likelihood ratios lie from their calibration, in decades.

#pragma once

#include "lab/validation/pav.hpp"

#include <optional>
#include <span>

namespace cmq::lab {

/// devPAV: the mean distance, over log10 LR, between the PAV curve and the identity.
///
/// The curve joins the points (log10 LR, log10 of its PAV transform) in straight lines; only points whose transform
/// is neither 0 nor infinite count, and the mean is over the stretch from the first of them to the last. A single
/// one: its distance. Nothing when there is none (the sides are separated). Infinite when a ratio of 0 or infinity
/// is among them.
///
/// Source: P. Vergeer, Y. van Schaik, M. Sjerps, Measuring calibration of likelihood-ratio systems: a comparison of
/// four metrics, including a new metric devPAV, Forensic Science International 321 (2021) 110722.
[[nodiscard]] std::optional<double> measure_devpav(std::span<PavBlock const> blocks,
                                                   LrValues const& values,
                                                   LrCounts const& counts) noexcept;

} // namespace cmq::lab
