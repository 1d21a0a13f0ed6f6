// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A run of fragments as a part of the JSON of a code.

#pragma once

#include "lab/code/call_alleles.hpp"
#include "lab/code/fragment_run.hpp"
#include "lab/code/match_fragments.hpp"

#include <span>
#include <string>

namespace cmq::report {

/// What one run gave.
struct FragmentResult {
    lab::FragmentRun const* run = nullptr; ///< nullptr: the file is no run of fragments
    lab::FragmentProfile const* profile = nullptr;
    std::span<lab::CalledLocus const> loci{};
    lab::FragmentModel const* model = nullptr; ///< where lots were matched
};

/// An object with facts, channels, sizes, size_standard, bleed, loci and model, as text; docs/cli/code.md tells them. Each
/// null or empty where there is no run.
[[nodiscard]] std::string json_fragments(FragmentResult const& result);

} // namespace cmq::report
