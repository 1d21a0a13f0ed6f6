// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether the frame's dark side agrees with what noise should do. Internal.

#pragma once

#include "detect/false_rate.hpp"
#include "detect/segments.hpp"

#include <vector>

namespace cmq::detect {

/// P(X >= count) of a Poisson law.
[[nodiscard]] double poisson_upper_tail(std::size_t count, double mean);

/// Nothing glows darker than the background, so what stands out there is false. Where its largest
/// significances are clearly more frequent than `tested` allows, the factor by which they exceed those
/// expected; else 1.
///
/// \param darker  segments of the dark side down to a significance where some 30 are expected
[[nodiscard]] double tail_factor(std::vector<Segment> const& darker,
                                 std::vector<TestedCells> const& tested);

} // namespace cmq::detect
