// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The curves of a validation as figures.

#pragma once

#include "lab/validation/validate.hpp"
#include "report/document.hpp"

#include <string>
#include <vector>

namespace cmq::report {

struct NamedChart {
    std::string name; ///< of its file: "tippett", "pav", "ece"
    Chart chart;
};

/// Tippett curves; the PAV curve beside the identity, and the ECE, where the table holds enough for them. Ratios of 0
/// and infinity, and blocks calibrated to them, are not drawn; the captions say so.
[[nodiscard]] std::vector<NamedChart> validation_charts(lab::Validation const& validation,
                                                        Language language);

} // namespace cmq::report
