// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a case file to the outcomes of its examination, before the results.

#pragma once

#include "core/progress.hpp"
#include "report/preassess.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace cmq::pipeline {

struct PreassessSettings {
    unsigned threads = 0; ///< 0: one for each core; no effect on results
    std::optional<std::uint64_t> seed;
    std::optional<std::uint64_t> draws; ///< at most so many
};

/// The plan: the [[planned]] tables; where there is none the zones of captures of role evidence and of
/// observations (but not_examined), whatever they found; else all zones of the compared propositions'
/// deliveries. A zone without a time counts as examined at the latest instant that the case names.
///
/// \throws Error insufficient  nothing is compared, or no zone can be told
/// \throws Error               what load_case, to_account and lab::preassess throw, with places
[[nodiscard]] report::PreassessInput preassess_case(std::filesystem::path const& case_file,
                                                    PreassessSettings const& settings,
                                                    Progress const& progress = {});

} // namespace cmq::pipeline
