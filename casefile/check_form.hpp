// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Compares a tree of values with the keys of a schema.

#pragma once

#include "casefile/case_schema.hpp"
#include "casefile/problems.hpp"

#include <string>
#include <vector>

namespace cmq::casefile {

/// Whether a text of a case may be so: at most 64 kilobytes, no control characters but tabs and ends of
/// line. A NUL could not be kept in case.h5, others could steer a terminal.
[[nodiscard]] bool is_text(std::string_view text);

/// The names of the numbers that a distribution needs.
[[nodiscard]] std::vector<std::string_view> distribution_numbers(std::string_view kind);

/// The key of a place below another: "capture[2]" and "role" give "capture[2].role"; a name that is
/// no bare key of TOML comes in quotes.
[[nodiscard]] std::string join_key(std::string_view parent, std::string_view name);

/// Adds a problem for every key that is unknown, missing, of the wrong type or out of range.
/// \param at  the place of the table itself
void check_form(Node const& table, TableSpec const& schema, Place const& at, Problems& problems);

} // namespace cmq::casefile
