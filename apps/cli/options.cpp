// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/options.hpp"

#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <charconv>
#include <ostream>

namespace cmq::cli {

namespace po = boost::program_options;

namespace {

// What Boost says in English, and the same in French. The order matters: classes before their bases.
std::string in_french(po::error const& error) {
    Speaker const say{Language::french};
    if (auto const* unknown = dynamic_cast<po::unknown_option const*>(&error)) {
        return say({"option inconnue : {}", "unknown option: {}"}, unknown->get_option_name());
    }
    if (auto const* twice = dynamic_cast<po::multiple_occurrences const*>(&error)) {
        return say({"l’option {} figure plusieurs fois", "the option {} occurs more than once"},
                   twice->get_option_name());
    }
    if (auto const* syntax = dynamic_cast<po::invalid_command_line_syntax const*>(&error)) {
        bool const has_none = syntax->kind() == po::invalid_syntax::missing_parameter ||
                              syntax->kind() == po::invalid_syntax::empty_adjacent_parameter;
        return has_none
                   ? say({"l’option {} demande une valeur", "the option {} needs a value"},
                         syntax->get_option_name())
                   : say({"l’option {} ne prend pas de valeur", "the option {} takes no value"},
                         syntax->get_option_name());
    }
    if (auto const* value = dynamic_cast<po::validation_error const*>(&error)) {
        return say({"la valeur donnée à l’option {} n’est pas recevable",
                    "the value of the option {} is none that it takes"},
                   value->get_option_name());
    }
    if (dynamic_cast<po::too_many_positional_options_error const*>(&error) != nullptr) {
        return say({"un mot de trop dans la commande", "a word too many on the command line"});
    }
    return say({"ligne de commande incorrecte ({})", "the command line is wrong ({})"},
               error.what());
}

Sentence to_sentence(po::error const& error) {
    return Sentence{{"{} ; voir --help", "{}; see --help"},
                    Sentence::spoken(in_french(error), error.what())};
}

} // namespace

OptionAdder const& OptionAdder::operator()(char const* names, Words help) const {
    options_.add_options()(names, Speaker{language_}(help).c_str());
    return *this;
}

OptionAdder const&
OptionAdder::operator()(char const* names, po::value_semantic const* value, Words help) const {
    options_.add_options()(names, value, Speaker{language_}(help).c_str());
    return *this;
}

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
        throw Error{ErrorKind::usage, to_sentence(error)};
    }
    return values;
}

po::variables_map parse_with_files(std::vector<std::string> const& arguments,
                                   po::options_description options) {
    options.add_options()("file", po::value<std::vector<std::string>>());
    return parse_options(arguments, options, "file");
}

std::vector<std::string> file_words(po::variables_map const& values, Words otherwise) {
    if (values.count("file") == 0) {
        throw Error{ErrorKind::usage, otherwise};
    }
    return values["file"].as<std::vector<std::string>>();
}

std::optional<std::string> text_option(po::variables_map const& values, std::string const& name) {
    return values.count(name) > 0 ? std::optional{values[name].as<std::string>()} : std::nullopt;
}

std::string one_word(po::variables_map const& values, std::string const& name, Words otherwise) {
    auto const words = values.count(name) > 0 ? values[name].as<std::vector<std::string>>()
                                              : std::vector<std::string>{};
    if (words.size() != 1) {
        throw Error{ErrorKind::usage, otherwise};
    }
    return words.front();
}

double number_option(po::variables_map const& values, std::string const& name) {
    auto const text = values[name].as<std::string>();
    auto const number = parse_number(text);
    if (!number) {
        throw Error{ErrorKind::usage,
                    {"--{} demande un nombre à point décimal, et non « {} »",
                     "--{} needs a number with a decimal point, not '{}'"},
                    name,
                    text};
    }
    return *number;
}

std::optional<std::uint64_t> whole_option(po::variables_map const& values,
                                          std::string const& name,
                                          std::uint64_t low,
                                          std::uint64_t high) {
    if (values.count(name) == 0) {
        return {};
    }
    auto const& text = values[name].as<std::string>();
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const result = std::from_chars(text.data(), end, number);
    if (result.ec != std::errc{} || result.ptr != end || number < low || number > high) {
        throw Error{ErrorKind::usage,
                    {"--{} demande un nombre entier de {} à {}, et non « {} »",
                     "--{} needs a whole number from {} to {}, not '{}'"},
                    name,
                    low,
                    high,
                    text};
    }
    return number;
}

void add_threads_option(OptionAdder const& add) {
    add("threads",
        po::value<std::string>()->value_name("N"),
        {"0, par défaut : un par cœur du processeur ; sans effet sur le résultat",
         "0, the default: one for each core; no effect on results"});
}

unsigned threads_option(po::variables_map const& values) {
    return static_cast<unsigned>(whole_option(values, "threads", 0, 1024).value_or(0));
}

void add_output_option(OptionAdder const& add, Language language) {
    add("output,o",
        po::value<std::string>()->value_name(Speaker{language}({"FICHIER", "FILE"})),
        {"écrire dans ce fichier plutôt qu’à l’écran", "write there instead of printing"});
}

void add_draws_options(OptionAdder const& add) {
    add("seed",
        po::value<std::string>()->value_name("N"),
        {"des nombres aléatoires ; par défaut, celui de l’affaire",
         "of the random numbers; default: the case's"});
    add("draws",
        po::value<std::string>()->value_name("N"),
        {"nombre maximal de tirages des paramètres, de 64 à 16777216",
         "at most so many draws of the parameters, 64 to 16777216"});
}

std::optional<std::uint64_t> seed_option(po::variables_map const& values) {
    return whole_option(values, "seed", 0, std::uint64_t{1} << 53U);
}

std::optional<std::uint64_t> draws_option(po::variables_map const& values) {
    return whole_option(values, "draws", 64, std::uint64_t{1} << 24U);
}

void add_language_option(OptionAdder const& add) {
    add("lang",
        po::value<std::string>()->value_name("fr|en"),
        {"langue (par défaut : celle du système)", "language (default: the locale's)"});
}

Language language_option(po::variables_map const& values, Language otherwise) {
    if (values.count("lang") == 0) {
        return otherwise;
    }
    auto const& word = values["lang"].as<std::string>();
    if (word != "fr" && word != "en") {
        throw Error{
            ErrorKind::usage,
            {"--lang ne connaît pas « {} » ; voir --help", "--lang does not know '{}'; see --help"},
            word};
    }
    return word == "fr" ? Language::french : Language::english;
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
        throw Error{
            ErrorKind::io,
            {"impossible d’écrire sur la sortie standard", "cannot write to standard output"}};
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
    end_progress(streams);
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
