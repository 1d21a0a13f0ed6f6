// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The steps of a case's ledger: their names, what they were made from, the hash of what they made. In the
/// order of a ledger: "case", "measure", with readings "read", "find", then "weigh h1/h2" for each comparison.

#pragma once

#include "casefile/case.hpp"
#include "casefile/kept/kept_case.hpp"
#include "casefile/kept/ledger.hpp"
#include "lab/transfer/evaluate.hpp"

#include <string>
#include <vector>

namespace cmq::pipeline {

/// "weigh Hp/Hd"
[[nodiscard]] std::string weigh_step(casefile::Comparison const& comparison);

/// The first step: what was read.
[[nodiscard]] casefile::LedgerEntry make_first_entry(std::string const& file_name,
                                                     std::string sha256);

/// The step of a case with readings, after "measure".
inline constexpr char const* read_step = "read";

/// The last step of a case whose propositions were frozen.
inline constexpr char const* freeze_step = "freeze";

/// The names of all steps, in order.
[[nodiscard]] std::vector<std::string> steps_of(casefile::Case const& of, bool is_frozen);

/// An entry of this program on this machine, not yet chained. Line breaks become spaces: a name from
/// outside may hold them, a ledger may not.
[[nodiscard]] casefile::LedgerEntry
make_entry(std::string step, std::string inputs, std::string parameters, std::string made);

/// The name of the case file in the entry of the first step; "" where it names none.
[[nodiscard]] std::string file_name_in(casefile::LedgerEntry const& first);

/// Whether the same program, with the same libraries behind its numbers, made the step.
[[nodiscard]] bool is_from_here(casefile::LedgerEntry const& entry);

/// Name and version of this program, as notes and ledgers name it.
[[nodiscard]] std::string program_name();

/// What the steps "find" and "weigh" were made from, as their entries say it.
/// \pre the tables of the measurement, for weigh also of findings and account, are in `kept`
[[nodiscard]] std::string inputs_of_find(casefile::KeptCase const& kept);
[[nodiscard]] std::string inputs_of_weigh(casefile::KeptCase const& kept);
[[nodiscard]] std::string inputs_of_freeze(std::string const& text_sha256,
                                           casefile::KeptCase const& kept);

/// Hashes of what the steps made, from the tables and pictures as they are now.
[[nodiscard]] std::string hash_of_case_text(casefile::KeptCase const& kept);
[[nodiscard]] std::string hash_of_measurement(casefile::KeptCase const& kept);
[[nodiscard]] std::string hash_of_readings(casefile::KeptCase const& kept);
[[nodiscard]] std::string hash_of_findings(casefile::KeptCase const& kept);
[[nodiscard]] std::string hash_of_frozen(casefile::KeptCase const& kept);
[[nodiscard]] std::string hash_of_evaluation(lab::Evaluation const& evaluation);

} // namespace cmq::pipeline
