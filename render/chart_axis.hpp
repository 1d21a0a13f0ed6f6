// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Ranges and labels of the axes of charts.

#pragma once

#include "report/document.hpp"

#include <string>
#include <vector>

namespace cmq::render {

struct Tick {
    double at = 0.0; ///< in the axis' own units (log10 where it is logarithmic)
    std::string label;
};

struct Axis {
    double low = 0.0;
    double high = 1.0;
    std::vector<Tick> ticks = {};
};

/// A number as the language writes it: "1 234,5" (narrow no-break space), "1,234.5", "−3".
[[nodiscard]] std::string axis_number(double value, report::Language language);

/// A power of ten as a likelihood ratio: "1/100" for -2, "1" for 0, "1 000" for 3; from 10^7 on
/// as "10^7".
[[nodiscard]] std::string ratio_label(int log10_ratio, report::Language language);

/// Whole powers of ten around [low, high] (in log10), with every `step`th labelled, counted from 1;
/// step 0 labels 2 and 5 times each power, too ("1/5", "1/2", "1", "2", "5").
[[nodiscard]] Axis make_ratio_axis(double low, double high, int step, report::Language language);

/// Round numbers around [low, high] in steps of 1, 2 or 5 times a power of ten, at most `ticks`
/// steps.
[[nodiscard]] Axis make_linear_axis(double low, double high, int ticks, report::Language language);

/// The same for log10 of a positive quantity: decades, and 2 and 5 between them where there are few.
[[nodiscard]] Axis make_log_axis(double low, double high, report::Language language);

} // namespace cmq::render
