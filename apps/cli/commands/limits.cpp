// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/limits_text.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "core/error.hpp"
#include "lab/blanks/measure_limits.hpp"
#include "lab/blanks/read_blanks.hpp"
#include "report/json_envelope.hpp"
#include "report/json_limits.hpp"
#include "report/limits_chart.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    std::optional<std::string> chart;
    std::vector<std::string> files;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque limits BLANCS.csv... [OPTIONS]\n\n"
             "Dit, d’après les blancs d’un laboratoire, ce qu’un résultat doit dépasser, si\n"
             "les blancs sont restés stables (carte de contrôle), et la moindre quantité\n"
             "décelable si des quantités connues ont été mesurées. Colonnes : value, et au\n"
             "choix date (AAAA-MM-JJ), label, level (quantité connue ; vide ou 0 :\n"
             "blanc).\n\nOptions\u00A0",
             "usage: contremarque limits BLANKS.csv... [OPTIONS]\n\n"
             "Says from a laboratory's blanks what a result must exceed, whether the blanks\n"
             "stayed steady (control chart), and the least amount that would be found where\n"
             "known amounts were measured. Columns: value, and optionally date (YYYY-MM-DD),\n"
             "label, level (known amount; empty or 0: blank).\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add_output_option(add, language);
    add("chart",
        po::value<std::string>()->value_name("F.svg"),
        {"dessiner la carte de contrôle dans ce fichier SVG ; un seul tableau",
         "draw the control chart to this SVG file; a single table"});
    return all;
}

// Opens no file.
Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, options(Language::english));
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    settings.output = text_option(values, "output");
    settings.chart = text_option(values, "chart");
    settings.files = file_words(values,
                                {"nommer au moins un tableau de blancs (CSV) ; voir --help",
                                 "name at least one table of blanks (CSV); see --help"});
    if (settings.chart && settings.files.size() > 1) {
        throw Error{ErrorKind::usage,
                    {"--chart dessine un seul tableau ; en nommer un",
                     "--chart draws a single table; name one"}};
    }
    return settings;
}

void write_chart(std::string const& path,
                 lab::BlankTable const& table,
                 lab::Limits const& limits,
                 Language language) {
    auto const chart = report::limits_chart(table, limits, language);
    auto const renderer = make_renderer();
    if (!renderer.svg) {
        throw Error{ErrorKind::unsupported,
                    {"cette version du programme ne dessine pas : --chart n’est pas disponible",
                     "this build of the program cannot draw: --chart is not available"}};
    }
    write_file(path, renderer.svg(chart, language));
}

struct Measured {
    lab::BlankTable table;
    lab::Limits limits;
};

Measured measure(std::string const& file) {
    std::string const text = read_text(file, lab::most_blank_bytes); // its errors name the file
    try {
        auto table = lab::parse_blanks(text);
        auto limits = lab::measure_limits(table);
        return {std::move(table), std::move(limits)};
    } catch (Error& error) {
        error.at(file);
        throw;
    }
}

std::string limits_of(std::string const& file, Settings const& settings, Language language) {
    auto const [table, limits] = measure(file);
    if (settings.chart) {
        write_chart(*settings.chart, table, limits, language);
    }
    return settings.json ? report::json_limits(file, table, limits)
                         : limits_text(Speaker{language}, file, table, limits);
}

int run_limits(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    int status = 0;
    std::vector<std::string> results;
    for (std::string const& file : settings.files) {
        try {
            results.push_back(limits_of(file, settings, streams.language));
        } catch (Error const& error) {
            status = std::max(status, report_error("limits", error, streams));
        }
    }
    if (results.empty() && !settings.json) {
        return status; // leaves the output file as it was
    }
    std::string text;
    for (std::string const& result : results) {
        text += (text.empty() ? "" : "\n") + result;
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const limits_command{"limits",
                                    {"ce qu’un résultat doit dépasser, d’après des blancs",
                                     "what a result must exceed, from blanks"},
                                    run_limits};

} // namespace cmq::cli
