// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The registry of lots from whatever file it is in.

#pragma once

#include "casefile/lot_registry.hpp"
#include "lab/code/registry.hpp"

#include <filesystem>

namespace cmq::pipeline {

/// The lots and error rates of a registry file as lab takes them.
[[nodiscard]] lab::Registry to_registry(casefile::LotRegistry const& from);

/// Reads registry.toml where the name ends with .toml; else FASTA, or one sequence a line.
/// \throws Error io  as read_file
/// \throws Error     as casefile::parse_registry, lab::parse_code_list; names the file
[[nodiscard]] lab::Registry load_registry(std::filesystem::path const& path);

} // namespace cmq::pipeline
