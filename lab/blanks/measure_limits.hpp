// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a table of blanks allows to be said, all together.

#pragma once

#include "lab/blanks/control_chart.hpp"
#include "lab/blanks/minimum_detectable.hpp"
#include "lab/blanks/read_blanks.hpp"
#include "lab/blanks/skewness.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace cmq::lab {

/// What one further blank exceeds with a probability of false_positive.
struct CriticalOfBlanks {
    double value = 0.0;
    double mean = 0.0;
    double sd = 0.0; ///< of a further blank: of a further day where there are several
    double degrees = 0.0;
    std::size_t blanks = 0;
    std::optional<std::size_t>
        days; ///< nothing without dates; with one, the spread between days is unknown
    std::optional<double> between_sd; ///< where days have several blanks
    std::optional<double> within_sd;
    double false_positive = 0.05;
};

/// What holds for blanks of any distribution: a further one exceeds the largest with at most this probability.
struct FreeBound {
    double value = 0.0;
    double exceeded_at_most = 0.0; ///< 1 / (days + 1), or 1 / (blanks + 1) without several days
};

struct ChartPoint {
    double value = 0.0;              ///< of a blank, or the mean of a day
    std::vector<std::size_t> blanks; ///< indices into BlankTable::blanks
};

struct Limits {
    CriticalOfBlanks critical;
    FreeBound largest;
    std::vector<ChartPoint>
        points; ///< means of days where a day has several blanks and there are several days
    bool of_days = false;      ///< points are means of days
    bool unequal_days = false; ///< of unlike numbers of blanks
    Skewness skewness;         ///< of the points
    ControlChart chart;
    std::optional<FalseSignals> false_signals; ///< where the chart is judged
    Dilution dilution;

    /// The t value rests on blanks that are alike and normal; here they are shown not to be.
    [[nodiscard]] bool in_doubt() const noexcept {
        return !chart.signals.empty() || skewness.verdict == Lean::right ||
               skewness.verdict == Lean::left;
    }

    /// The straight line takes results as independent: it does not tell days apart.
    [[nodiscard]] bool minimum_in_doubt() const noexcept {
        return !chart.signals.empty() || (critical.between_sd && critical.within_sd &&
                                          *critical.between_sd > *critical.within_sd);
    }
};

/// \param table  as parse_blanks gives it
[[nodiscard]] Limits measure_limits(BlankTable const& table);

} // namespace cmq::lab
