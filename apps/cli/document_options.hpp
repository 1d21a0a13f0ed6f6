// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where documents go and in which languages and formats, as the commands for counsel take it.

#pragma once

#include "apps/pipeline/document_files.hpp"
#include "core/sentence.hpp"

#include <string>

namespace boost::program_options {
class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

class OptionAdder;
class Speaker;

/// Adds --output, --lang and --format.
/// \param output_help  says which folder it is without --output
void add_document_options(OptionAdder const& add, Speaker const& say, Words output_help);

/// What they say; without them the folder, French, and all formats that this build can write.
/// \throws Error usage  a word that is none of those in the help
[[nodiscard]] pipeline::DocumentSettings
parse_document_options(boost::program_options::variables_map const& values,
                       std::string const& folder);

} // namespace cmq::cli
