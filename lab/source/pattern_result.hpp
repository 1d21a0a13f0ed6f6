// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the layout of one group says, with all that it rests on.

#pragma once

#include "lab/source/pattern_ratio.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cmq::lab {

/// A class that a pattern was set against.
struct PatternClassUsed {
    std::string name;
    std::optional<double> weight = std::nullopt; ///< nothing of the first
    std::size_t references = 0;
    bool same_conditions = false;
};

/// The first of the classes is that of the first proposition.
struct PatternResult {
    std::vector<std::string> features; ///< names, in the order of the references' columns
    std::vector<std::string> missing; ///< of them, those that the pattern in question does not have
    std::vector<PatternClassUsed> classes;
    double unknown_weight = 0.0;
    PatternRatio ratio;
};

} // namespace cmq::lab
