// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the keys of one table say together: ids given twice, a count without its number.

#pragma once

#include "casefile/fields.hpp"
#include "casefile/problems.hpp"

#include <string>
#include <string_view>

namespace cmq::casefile {

/// \throws Error unsupported  `schema` is a number other than 1; what is no number is left to
///                            check_form
void check_schema_number(Node const& file, std::string const& name);

/// Adds a problem for everything that one table, or one list of tables, says against itself.
/// \param file  a file whose form has been checked
void check_tables(Fields const& file, Problems& problems);

/// Adds a problem at a key of the table unless the condition holds.
void require(bool condition,
             Fields const& table,
             std::string_view key,
             Sentence const& sentence,
             Problems& problems);

/// The part on [[capture]]: keys that a role needs or may not have.
void check_captures(Fields const& file, Problems& problems);

/// The part on [[seal]]: each number once, a seal opened after it was made and re-sealed after it was opened.
void check_seals(Fields const& file, Problems& problems);

/// The part of check_tables for [marker] and [[reading]].
void check_readings(Fields const& file, Problems& problems);

} // namespace cmq::casefile
