// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a table of likelihood ratios says of its method, as JSON.

#pragma once

#include "lab/validation/validate.hpp"

#include <string>

namespace cmq::report {

/// file, counts, truth, cllr, cllr_min, cllr_cal, devpav, elub {lower, upper} as ratios, equal_error_rate, ranges, why,
/// if_calibrated, misleading, tippett, pav, ece, groups, resampling. What does not exist is null, and `why` says why;
/// logarithms of 0 and of infinity are null. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_validation(std::string const& file,
                                          lab::LrTable const& table,
                                          lab::Validation const& validation);

} // namespace cmq::report
