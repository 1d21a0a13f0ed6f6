// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From traces and blanks to the findings that are weighed.

#pragma once

#include "apps/pipeline/measure_captures.hpp"
#include "casefile/case.hpp"
#include "lab/blanks/critical_value.hpp"
#include "lab/transfer/finding.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// Why a zone's finding is less than an amount.
enum class MeasurementState : std::uint8_t {
    amount,    ///< the total exceeds every limit: an amount in detection limits
    saturated, ///< detected; the flux is a lower limit only
    too_dark,  ///< detected; marks take so much of the light that it is no measure of their amount
    beside_area, ///< detected; a large area that no trace measures stands out too, so the total is no amount
    nothing_found, ///< no trace
    within_blanks, ///< traces, but their total does not exceed the critical value of the blanks
    limit_unknown, ///< no flux would have been found, too much of the frame took no part, saturated light within
    ///< the blanks, or a large area that no trace measures: says nothing
};

/// What was measured on one zone, and the finding that it gives.
struct ZoneMeasurement {
    std::size_t evidence = 0; ///< index in the list of measured captures
    double total_dn = 0.0;    ///< flux of all traces over all planes
    double total_dn_sigma = 0.0;
    std::optional<double> limit_dn; ///< flux with a 50 % chance of detection: one detection limit
    double limit_dn_sigma = 0.0;
    std::vector<std::size_t> blanks; ///< indices in the list of measured captures
    std::vector<double> blank_totals_dn;
    std::optional<lab::CriticalValue> critical_dn; ///< none with fewer than two blanks
    MeasurementState state = MeasurementState::nothing_found;
    lab::Finding finding;
};

/// One measurement for each evidence capture, in the order of the case.
///
/// The blanks are those that the case names in [examination], else those that serve this capture or
/// its zone. The detection limit is the mean of theirs, for the colour of the lot's reference capture (else of the
/// traces themselves), else the one of the evidence frame. Method: docs/methods/findings.md.
///
/// The light of traces beside a large area that none of them measures is no measure of the amount on the zone either.
/// The light that a mark takes is no measure of its amount where it is more than a tenth of what is there.
///
/// \param minutes_of_examination  when a capture without a time counts as taken
/// \throws Error domain       a blank was not taken with the evidence's exposure, ISO and camera
/// \throws Error unsupported  two evidence captures of one zone
[[nodiscard]] std::vector<ZoneMeasurement> measure_zones(casefile::Case const& of,
                                                         std::span<MeasuredCapture const> captures,
                                                         double minutes_of_examination);

} // namespace cmq::pipeline
