// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reads case.toml.

#pragma once

#include "casefile/case.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace cmq::casefile {

inline constexpr std::uintmax_t case_size_limit =
    4U << 20U; ///< bytes; a case of 1000 events is 0.2 MB

/// Reads and checks a case file: parse_case, then check_references.
/// \throws Error io, limits  as read_file says
/// \throws Error             as the two functions below say
[[nodiscard]] Case read_case(std::filesystem::path const& path);

/// Reads the text of a case file: its form, keys, types and ranges, and what one table says alone.
///
/// Every mistake that can be found is reported, up to 20, one a line of the one Error thrown, each
/// as "case.toml line 12, key capture[2].role: expected ..., found ..."; the kind is that of the
/// first line.
/// \param file  the name to use in messages and places
///
/// \throws Error format       not UTF-8, a NUL byte, not TOML, tables nested too deep; unknown key,
///                            missing key, wrong type, unknown word, wrong form of a date or time,
///                            an id given twice
/// \throws Error domain       a number outside its range; shares that sum above 1; more glowing than
///                            checked
/// \throws Error unsupported  another schema number
/// \throws Error limits       longer than case_size_limit
[[nodiscard]] Case parse_case(std::string_view text, std::string const& file);

/// Checks that every id and zone that is named is declared, and that comparisons can be formed.
/// \throws Error format  as parse_case, for names without a declaration
/// \throws Error domain  for a comparison of a proposition with itself
void check_references(Case const& of);

/// Checks that nothing stands in the case that no comparison rests on: everything that a case holds goes into
/// case.h5, and from there to the court. A proposition that nothing compares, and what only such a one
/// names, is somebody's working matter: its place is counsel.toml.
/// \throws Error domain  each such proposition, delivery, event, assigned probability, and carrier of a person
///                       or object that nothing else speaks of, with its place
void check_all_used(Case const& of);

} // namespace cmq::casefile
