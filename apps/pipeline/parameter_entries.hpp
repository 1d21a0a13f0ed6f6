// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The library of parameters with what others say of the same quantities.

#pragma once

#include "lab/transfer/parameters.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// All entries, in the order of the library.
[[nodiscard]] std::vector<lab::LibraryEntry> parameter_entries();

/// One of them.
/// \throws Error domain  there is none of that name; names the nearest
[[nodiscard]] lab::LibraryEntry parameter_entry(std::string_view name);

/// The [[parameter]] table that makes a case use the distribution of a candidate.
[[nodiscard]] std::string to_case_table(lab::Parameter const& parameter);

} // namespace cmq::pipeline
