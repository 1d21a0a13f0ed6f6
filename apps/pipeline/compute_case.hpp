// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case computed step by step, each step in the ledger; steps whose inputs did not change are taken over
/// from an earlier case.

#pragma once

#include "apps/pipeline/measure_captures.hpp"
#include "apps/pipeline/restore_case.hpp"
#include "core/progress.hpp"

#include <filesystem>

namespace cmq::pipeline {

/// \param earlier  what an earlier run computed, as restored, or nullptr. Nothing of it is used unless
///                 its ledger names the same inputs, parameters, program and libraries for the step.
/// \throws Error   what load_case, check_all_used, measure_captures, measure_zones and evaluate_comparison throw
/// \throws Error   as check_restored: what was computed could not be told
[[nodiscard]] Computed compute_case(std::filesystem::path const& case_file,
                                    MeasureSettings const& settings,
                                    Computed const* earlier,
                                    Progress const& progress);

} // namespace cmq::pipeline
