// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where notes go and in which languages and formats, as every command that writes them takes it.

#pragma once

#include "apps/cli/command.hpp"
#include "apps/pipeline/analyse.hpp"
#include "report/document.hpp"

#include <string>
#include <vector>

namespace boost::program_options {
class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

class OptionAdder;
class Speaker;

struct NoteOptions {
    std::string output; ///< folder
    pipeline::NoteSettings notes;
    bool json = false; ///< note.json on standard output too
};

/// Adds --output, --lang, --format, --length and --json.
void add_note_options(OptionAdder const& add, Speaker const& say);

/// What they say; without them the folder "out", both languages, all formats that this build can write, and the report.
/// \throws Error usage  a word that is none of those in the help
[[nodiscard]] NoteOptions parse_note_options(boost::program_options::variables_map const& values);

/// Names the files that were written, and prints the JSON where it was asked for.
void tell_notes(pipeline::AnalyseOutcome const& outcome,
                NoteOptions const& options,
                Streams streams);

} // namespace cmq::cli
