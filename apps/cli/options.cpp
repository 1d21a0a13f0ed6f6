// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/options.hpp"

#include "core/number_text.hpp"
#include "system/file.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <ostream>

namespace cmq::cli {

namespace po = boost::program_options;

po::variables_map parse_options(std::vector<std::string> const& arguments,
                                po::options_description const& options,
                                std::string const& positional) {
    po::positional_options_description words;
    if (!positional.empty()) {
        words.add(positional.c_str(), -1);
    }
    // Guessed abbreviations would change meaning when an option is added.
    auto const style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::variables_map values;
    try {
        po::store(po::command_line_parser{arguments}
                      .options(options)
                      .positional(words)
                      .style(style)
                      .run(),
                  values);
        po::notify(values);
    } catch (po::error const& error) {
        throw Error{ErrorKind::usage, std::string{error.what()} + "; see --help"};
    }
    return values;
}

double number_option(po::variables_map const& values, std::string const& name) {
    auto const text = values[name].as<std::string>();
    auto const number = parse_number(text);
    if (!number) {
        throw Error{ErrorKind::usage,
                    "--" + name + " needs a number with a decimal point, not '" + text + "'"};
    }
    return *number;
}

void write_result(std::optional<std::string> const& output,
                  std::string_view text,
                  Streams streams) {
    if (output) {
        write_file(*output, text);
        return;
    }
    streams.out << text << std::flush;
    if (!streams.out) {
        throw Error{ErrorKind::io, "cannot write to standard output"};
    }
}

namespace {

// A file name or a word of a case file may hold anything; a terminal must not be steered by it.
std::string printable(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }, '?');
    return text;
}

} // namespace

int report_error(std::string_view command, Error const& error, Streams streams) {
    bool const french = streams.language == Language::french;
    streams.err << "contremarque " << command << (french ? "\u00A0: " : ": ")
                << printable(error.sentence().in(streams.language));
    for (Sentence const& place : error.places()) {
        streams.err << (french ? "\n  dans\u00A0: " : "\n  at ")
                    << printable(place.in(streams.language));
    }
    streams.err << '\n';
    return static_cast<int>(error.kind());
}

} // namespace cmq::cli
