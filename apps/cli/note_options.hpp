// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Languages and formats of notes, as every command that writes them takes them.

#pragma once

#include "apps/pipeline/make_notes.hpp"
#include "report/document.hpp"

#include <vector>

namespace boost::program_options {

class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

class OptionAdder;

struct NoteOptions {
    std::vector<report::Language> languages;
    std::vector<pipeline::Format> formats;
};

/// Adds --lang and --format.
void add_note_options(OptionAdder const& add);

/// What they say; without them both languages, and all formats that this build can write.
/// \throws Error usage  a word that is none of those in the help
[[nodiscard]] NoteOptions parse_note_options(boost::program_options::variables_map const& values);

} // namespace cmq::cli
