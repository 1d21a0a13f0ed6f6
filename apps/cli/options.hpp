// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What all subcommands share in reading options and writing results.

#pragma once

#include "apps/cli/command.hpp"
#include "core/error.hpp"
#include "core/sentence.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boost::program_options {
class options_description;
class value_semantic;

class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

/// Adds options to a list, with their help in one language: add("json", {"afficher du JSON", "print JSON"}).
class OptionAdder {
public:
    OptionAdder(boost::program_options::options_description& options, Language language)
        : options_{options}
        , language_{language} {}

    OptionAdder const& operator()(char const* names, Words help) const;
    OptionAdder const& operator()(char const* names,
                                  boost::program_options::value_semantic const* value,
                                  Words help) const;

private:
    boost::program_options::options_description& options_;
    Language language_;
};

/// Parses without abbreviations. Words that are no option go to the option named positional, which
/// must be a vector of strings; "" means that such words are an error.
/// \throws Error usage  in English as Boost.Program_options says, with a hint at --help
[[nodiscard]] boost::program_options::variables_map
parse_options(std::vector<std::string> const& arguments,
              boost::program_options::options_description const& options,
              std::string const& positional);

/// The same for a command whose other words are files: file_words gives them.
/// \throws Error usage  as parse_options
[[nodiscard]] boost::program_options::variables_map
parse_with_files(std::vector<std::string> const& arguments,
                 boost::program_options::options_description options);

/// The files of parse_with_files.
/// \throws Error usage  `otherwise`: there is none
[[nodiscard]] std::vector<std::string>
file_words(boost::program_options::variables_map const& values, Words otherwise);

/// What an option says that takes one text; nothing where it was not given.
[[nodiscard]] std::optional<std::string>
text_option(boost::program_options::variables_map const& values, std::string const& name);

/// The one word of a list of words.
/// \throws Error usage  `otherwise`: there is none, or more than one
[[nodiscard]] std::string one_word(boost::program_options::variables_map const& values,
                                   std::string const& name,
                                   Words otherwise);

/// A finite number read with a decimal point whatever the locale.
/// \throws Error usage  names the option and the text
[[nodiscard]] double number_option(boost::program_options::variables_map const& values,
                                   std::string const& name);

/// A whole number from low to high; nothing where the option was not given.
/// \throws Error usage  names the option and the text
[[nodiscard]] std::optional<std::uint64_t>
whole_option(boost::program_options::variables_map const& values,
             std::string const& name,
             std::uint64_t low,
             std::uint64_t high);

/// Adds --threads N.
void add_threads_option(OptionAdder const& add);

/// What it says; 0, one for each core, without it.
/// \throws Error usage  no whole number from 0 to 1024
[[nodiscard]] unsigned threads_option(boost::program_options::variables_map const& values);

/// Adds --output, -o: where the result goes instead of the screen (text_option gives it).
void add_output_option(OptionAdder const& add, Language language);

/// Adds --seed and --draws of commands that compute likelihood ratios.
void add_draws_options(OptionAdder const& add);

/// \throws Error usage  no whole number from 0 to 2^53, what a case file may hold
[[nodiscard]] std::optional<std::uint64_t>
seed_option(boost::program_options::variables_map const& values);

/// \throws Error usage  no whole number from 64 to 2^24
[[nodiscard]] std::optional<std::uint64_t>
draws_option(boost::program_options::variables_map const& values);

/// Adds --lang fr|en, for commands that speak one language.
void add_language_option(OptionAdder const& add);

/// What it says, or `otherwise`.
/// \throws Error usage  another word
[[nodiscard]] Language language_option(boost::program_options::variables_map const& values,
                                       Language otherwise);

/// Writes to the file named, whole or not at all, or to the stream when there is none.
void write_result(std::optional<std::string> const& output, std::string_view text, Streams streams);

/// Prints "contremarque <command>: <sentence>" and its places, and gives the exit status.
int report_error(std::string_view command, Error const& error, Streams streams);

} // namespace cmq::cli
