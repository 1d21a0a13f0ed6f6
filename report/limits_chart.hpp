// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The control chart of blanks as a figure.

#pragma once

#include "lab/blanks/measure_limits.hpp"
#include "report/document.hpp"

namespace cmq::report {

inline constexpr std::size_t most_drawn_points = 2000;

/// Points joined in their order, lines at the centre, warning and action limits, strokes at points of a signal.
/// Heights are drawn in s from the centre and labelled in the unit of the blanks.
/// \throws Error limits        more than most_drawn_points
/// \throws Error insufficient  the points do not vary
[[nodiscard]] Chart
limits_chart(lab::BlankTable const& table, lab::Limits const& limits, Language language);

} // namespace cmq::report
