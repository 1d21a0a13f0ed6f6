// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The texts and comments of a file that speak of a person: parts of purge.cpp.

#pragma once

#include "casefile/purge.hpp"
#include "casefile/toml_statements.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// The text of a key, "" where there is none.
[[nodiscard]] std::string text_of(Node const& table, std::string_view key);

/// Whether a text of the node or below it speaks of the person.
[[nodiscard]] bool speaks_below(Node const& node, PurgedPerson const& person);

/// Adds an edit for each text that speaks of the person, outside of what `edits` take out, and says so. Ids and
/// names of files stay.
void purge_texts(Node const& top,
                 std::string const& file,
                 PurgedPerson const& person,
                 std::vector<Edit>& edits,
                 Purged& out);

/// Adds a line for each text and key of a file as it then is that speaks of the person.
/// \param at  the file, without a key
void name_what_still_speaks(Node const& node,
                            Place const& at,
                            PurgedPerson const& person,
                            std::vector<PurgeLine>& left);

/// The text without the comments that speak of the person: whole blocks of lines, as a sentence may go over two.
/// Says what went, and how many others are left to read.
[[nodiscard]] std::string without_comments_on(std::string_view text,
                                              std::string const& file,
                                              PurgedPerson const& person,
                                              Purged& out);

} // namespace cmq::casefile
