// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The library of parameters: every prior and rate, with conditions, source and grade.

#pragma once

#include "casefile/case.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::casefile {

struct ParameterEntry {
    Place place;
    Placed<std::string> name;
    Bilingual label;
    std::string meaning;      ///< one English sentence
    std::string unit;         ///< "min", "1" for a pure number
    std::string distribution; ///< "fixed", "beta", "lognormal", "loguniform" ...
    std::vector<std::pair<std::string, Placed<double>>> numbers;
    Bilingual conditions; ///< what the number holds for
    Bilingual source;
    Grade grade = Grade::expert_judgement;
    std::string date; ///< ISO 8601: when the entry was chosen
};

/// What someone else says of the quantity of an entry; used only where a case takes it.
struct ParameterCandidate {
    Place place;
    Placed<std::string> of; ///< name of the entry
    std::string id;         ///< unique among those of one entry
    std::string distribution;
    std::vector<std::pair<std::string, Placed<double>>> numbers;
    Bilingual conditions;
    Bilingual source;
    Grade grade = Grade::expert_judgement;
    std::string date; ///< of the source; the first of January where only its year is known
};

/// The library that is built into the program (casefile/data/parameters.toml).
/// \throws Error  as parse_parameters; a test shows that the built-in file is sound
[[nodiscard]] std::vector<ParameterEntry> read_parameter_library();

/// Reads the text of a parameter file. An entry lacks neither label, conditions, source (each in
/// both languages) nor grade.
/// \throws Error format  as parse_case
/// \throws Error limits  longer than case_size_limit
[[nodiscard]] std::vector<ParameterEntry> parse_parameters(std::string_view text,
                                                           std::string const& file);

/// The candidates that are built into the program (casefile/data/parameter_candidates.toml).
/// \throws Error  as parse_candidates; a test shows that the built-in file is sound
[[nodiscard]] std::vector<ParameterCandidate> read_parameter_candidates();

/// Reads the text of a file of candidates.
/// \throws Error format  as parse_case; or an id stands twice for one parameter
/// \throws Error limits  longer than case_size_limit
[[nodiscard]] std::vector<ParameterCandidate> parse_candidates(std::string_view text,
                                                               std::string const& file);

} // namespace cmq::casefile
