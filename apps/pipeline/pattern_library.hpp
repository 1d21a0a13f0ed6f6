// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reference patterns as a table, and a pattern set against them.

#pragma once

#include "detect/pattern.hpp"
#include "lab/source/pattern_result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

inline constexpr std::size_t most_pattern_bytes = std::size_t{4} << 20U;
inline constexpr std::size_t most_pattern_rows = 10'000;

/// One class of reference patterns.
struct PatternReferences {
    std::string name;
    std::optional<double> weight = std::nullopt; ///< nothing: not stated
    std::vector<std::vector<double>> features;   ///< one vector a reference
    std::vector<std::string> conditions;         ///< of the references, each once; "": not stated
};

struct PatternLibrary {
    std::vector<std::string> features; ///< of detect::pattern_features, in the order of the columns
    std::string unit;                  ///< "mm", "photosite"; "" where nothing in it has a length
    std::vector<PatternReferences> classes; ///< in the order in which they first stand
};

/// Reads reference patterns as comma-separated text: one row a pattern. Columns: class, one or more of
/// detect::pattern_features, and optionally unit (needed beside mean_ln_diameter), conditions, weight, source. Columns of
/// `detect --pattern-csv` beside these are passed over.
///
/// \throws Error format  no CSV, a column missing, unknown or there twice, a cell that is no number or no unit, no feature,
///                       two units; the places name line and column
/// \throws Error domain  a weight that is not above 0; two weights for one class
/// \throws Error limits  more rows than most_pattern_rows
[[nodiscard]] PatternLibrary parse_pattern_library(std::string_view text);

/// How a pattern is set against a library.
struct PatternQuestion {
    PatternLibrary library;
    std::string first; ///< the class of the first proposition
    std::string
        conditions; ///< of the pattern in question, in the words of the library; "": not stated
    double unknown_weight = 1.0; ///< above 0
};

/// A library that can be asked: its class is there.
/// \throws Error domain  no class of that name
void check_question(PatternQuestion const& question);

/// \throws Error domain  the pattern's unit is not that of the library; as check_question
/// Method: docs/methods/pattern.md.
[[nodiscard]] lab::PatternResult weigh_against(PatternQuestion const& question,
                                               detect::Pattern const& pattern);

} // namespace cmq::pipeline
