// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Limits from blanks as JSON.

#pragma once

#include "lab/blanks/measure_limits.hpp"

#include <string>

namespace cmq::report {

/// file, critical {value, n, days, degrees, sd, between_sd, within_sd, mean, false_positive, in_doubt, largest {value,
/// exceeded_at_most}}, skewness {value, verdict}, chart {order, of, judged, centre, sd, points, signals, false_signals},
/// minimum_detectable or null, why. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string
json_limits(std::string const& file, lab::BlankTable const& table, lab::Limits const& limits);

} // namespace cmq::report
