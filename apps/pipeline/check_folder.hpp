// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The files of a folder against its manifest, and what attests them.

#pragma once

#include "apps/pipeline/verify.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// The manifest against itself, each file that it names, those that it does not name, and what lies beside each
/// (check_attestations). Where the manifest is missing or was changed, that is the one Check.
/// \throws Error format  as check_attestations
[[nodiscard]] std::vector<Check> check_folder(std::filesystem::path const& folder,
                                              std::optional<std::string> const& authorities_pem);

} // namespace cmq::pipeline
