// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Evaluations, and what they were computed from, as tables of a case file.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "casefile/kept/kept_case.hpp"
#include "lab/transfer/evaluate.hpp"

#include <span>
#include <vector>

namespace cmq::pipeline {

/// Adds the evaluations as tables.
void keep_evaluations(std::span<lab::Evaluation const> evaluations, casefile::KeptCase& kept);

/// Puts them back, bit for bit.
/// \throws Error format  a table is missing, or a value is none of its kind
[[nodiscard]] std::vector<lab::Evaluation> restore_evaluations(casefile::KeptCase const& kept);

/// Adds the account, propositions and parameters as they were weighed: what an evaluation depends on
/// beside findings and settings, and nothing else. Labels and texts are no part of it.
void keep_account(Translation const& translation, casefile::KeptCase& kept);

} // namespace cmq::pipeline
