// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a validation says, in words and rounded numbers: the same on the terminal and in the report.

#pragma once

#include "lab/validation/validate.hpp"
#include "report/document.hpp"

#include <string>
#include <vector>

namespace cmq::report {

/// One measure, ready to be set.
struct MeasureWords {
    std::string name;    ///< "Cllr", "ELUB"
    std::string value;   ///< "0.52"; a dash where there is none
    std::string range;   ///< "0.46 to 0.58"; "" where there is none
    std::string reason;  ///< why there is no value, or why it alone has no range; else ""
    std::string meaning; ///< one sentence for a reader of the law
};

/// Cllr, its two parts, devPAV, the two bounds, the equal error rate.
[[nodiscard]] std::vector<MeasureWords> measure_words(lab::Validation const& validation,
                                                      Language language);

/// One side's rate of misleading evidence at one strength: "12 of 200 (6.0 %; range 3.4 % to 10 %)".
[[nodiscard]] std::string share_words(lab::CountedShare const& share, Language language);

/// "LR below 1", "LR of 1/10 or less"; the other side's for h1 false.
[[nodiscard]] std::string strength_words(double strength, bool h1, Language language);

/// "ratios where H1 was true: 200; where H2 was: 150", with the groups where there are any.
[[nodiscard]] std::string counts_words(lab::Validation const& validation, Language language);

/// What was taken as H1 and as H2, as written in the table.
[[nodiscard]] std::string truth_words(lab::LrTable const& table, Language language);

/// What a perfectly calibrated method would show, beside what was found; "" where it cannot be said.
[[nodiscard]] std::string calibrated_words(lab::Validation const& validation, Language language);

/// What the table is too small for, and ratios of 0 and infinity: one sentence each.
[[nodiscard]] std::vector<std::string> validation_warnings(lab::Validation const& validation,
                                                           Language language);

/// What no table of this kind can show: one sentence each.
[[nodiscard]] std::vector<std::string> validation_limits(Language language);

} // namespace cmq::report
