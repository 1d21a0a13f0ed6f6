// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How far a ratio of colours depends on how often each other material is met.

#pragma once

#include "lab/source/colour_result.hpp"

#include <optional>

namespace cmq::report {

/// log10 of likelihood ratios.
struct ColourRange {
    double low = 0.0;
    double high = 0.0;
};

/// The least and the largest ratio that any weights of the rivals and of the unknown could give: against the one of them
/// that is most like the trace, and against the one that is least. Nothing where there is no ratio.
[[nodiscard]] std::optional<ColourRange> range_over_weights(lab::ColourResult const& colour);

} // namespace cmq::report
