// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/analyse.hpp"

#include "apps/cli/command.hpp"
#include "apps/cli/find_decoder.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    std::string case_file;
    std::string output;
    std::vector<report::Language> languages;
    std::vector<pipeline::Format> formats;
    unsigned threads = 0;
    bool json = false;
    bool help = false;
};

po::options_description options() {
    po::options_description all{
        "usage: contremarque analyse CASE.toml [-o DIR] [OPTIONS]\n\n"
        "Decodes the captures of a case, finds and measures the traces, weighs each\n"
        "comparison of propositions, and writes the notes.\n\nOptions"};
    auto add = all.add_options();
    add("help,h", "show this text");
    add("output,o",
        po::value<std::string>()->value_name("DIR"),
        "folder for the notes (default: out)");
    add("lang", po::value<std::string>()->value_name("fr,en"), "languages (default: both)");
    add("format", po::value<std::string>()->value_name("pdf,html,json"), "formats (default: all)");
    add("threads", po::value<unsigned>()->value_name("N"), "0: one for each core (default)");
    add("json", "print the content of note.json on standard output too");
    add("case", po::value<std::vector<std::string>>()->value_name("CASE.toml"), "the case file");
    return all;
}

std::vector<std::string> words_of(std::string const& list) {
    std::vector<std::string> words;
    std::istringstream stream{list};
    for (std::string word; std::getline(stream, word, ',');) {
        words.push_back(word);
    }
    return words;
}

// Turns "fr,en" into values by a table; a word outside it is a usage error.
template <class Value, std::size_t n>
std::vector<Value> parse_list(std::string const& option,
                              std::string const& list,
                              std::array<std::pair<std::string_view, Value>, n> const& table) {
    std::vector<Value> values;
    for (std::string const& word : words_of(list)) {
        auto const found =
            std::ranges::find(table, word, &std::pair<std::string_view, Value>::first);
        if (found == table.end()) {
            throw Error{ErrorKind::usage,
                        "--" + option + " does not know '" + word + "'; see --help"};
        }
        if (std::ranges::find(values, found->second) == values.end()) {
            values.push_back(found->second);
        }
    }
    if (values.empty()) {
        throw Error{ErrorKind::usage, "--" + option + " names nothing; see --help"};
    }
    return values;
}

// Opens no file.
Settings parse(std::vector<std::string> const& arguments) {
    using Language = std::pair<std::string_view, report::Language>;
    using Format = std::pair<std::string_view, pipeline::Format>;
    constexpr std::array languages{Language{"fr", report::Language::french},
                                   Language{"en", report::Language::english}};
    constexpr std::array formats{Format{"pdf", pipeline::Format::pdf},
                                 Format{"html", pipeline::Format::html},
                                 Format{"json", pipeline::Format::json}};
    po::variables_map const values = parse_options(arguments, options(), "case");
    auto const text = [&](char const* name, char const* otherwise) {
        return values.count(name) > 0 ? values[name].as<std::string>() : std::string{otherwise};
    };
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    auto const files = values.count("case") > 0 ? values["case"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (files.size() != 1) {
        throw Error{ErrorKind::usage, "give one case file: contremarque analyse CASE.toml"};
    }
    settings.case_file = files.front();
    settings.output = text("output", "out");
    settings.languages = parse_list("lang", text("lang", "fr,en"), languages);
    // Without Qt, all means all that this build can write.
    settings.formats =
        parse_list("format", text("format", can_render() ? "pdf,html,json" : "html,json"), formats);
    settings.threads = values.count("threads") > 0 ? values["threads"].as<unsigned>() : 0;
    settings.json = values.count("json") > 0;
    return settings;
}

// One line that is rewritten, on a terminal only.
Progress progress_on(Streams streams) {
    Progress progress;
    if (streams.err_is_terminal) {
        progress.report = [&err = streams.err](double done, std::string_view doing) {
            std::string line =
                std::to_string(static_cast<int>(100.0 * done)) + " %  " + std::string{doing};
            line.resize(std::min<std::size_t>(line.size(), 78));
            err << '\r' << line << std::string(78 - line.size(), ' ') << '\r' << std::flush;
        };
    }
    return progress;
}

int run_analyse(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options();
        return 0;
    }
    auto const outcome = pipeline::analyse({.case_file = settings.case_file,
                                            .output = settings.output,
                                            .languages = settings.languages,
                                            .formats = settings.formats,
                                            .decoder = find_decoder(),
                                            .renderer = make_renderer(),
                                            .threads = settings.threads},
                                           progress_on(streams));
    if (streams.err_is_terminal) {
        streams.err << '\r' << std::string(78, ' ') << '\r';
    }
    for (auto const& file : outcome.files) {
        streams.err << file.string() << '\n';
    }
    if (settings.json) {
        write_result(std::nullopt, report::json_envelope(std::array{outcome.json}), streams);
    }
    return 0;
}

} // namespace

extern Command const analyse_command{
    "analyse", "a case file in, notes for the court out", run_analyse};

} // namespace cmq::cli
