// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/preassess_text.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/preassess_case.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque preassess AFFAIRE.toml... [OPTIONS]\n\n"
             "Avant les résultats : la probabilité de chaque issue de l’examen sous chaque\n"
             "proposition, et le rapport de vraisemblance qu’elle donnerait.\n\nOptions\u00A0",
             "usage: contremarque preassess CASE.toml... [OPTIONS]\n\n"
             "Before the results: the probability of each outcome of the examination under\n"
             "each proposition, and the likelihood ratio that it would bring.\n\nOptions"})};
    auto const text = [](char const* name) { return po::value<std::string>()->value_name(name); };
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    add("output,o",
        text("F"),
        {"écrire dans ce fichier plutôt qu’à l’écran", "write to this file instead of the screen"});
    add_language_option(add);
    add_threads_option(add);
    add("seed",
        text("N"),
        {"des nombres aléatoires ; par défaut, celui de l’affaire",
         "of the random numbers; default: the case's"});
    add("draws",
        text("N"),
        {"nombre maximal de tirages des paramètres, de 64 à 16777216",
         "at most so many draws of the parameters, 64 to 16777216"});
    return all;
}

int run_preassess(std::vector<std::string> const& arguments, Streams streams) {
    po::options_description all = options(Language::english);
    all.add_options()("file", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, all, "file");
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    if (values.count("file") == 0) {
        throw Error{ErrorKind::usage,
                    {"indiquer le fichier d’une affaire ; voir --help",
                     "a case file is needed; see --help"}};
    }
    Language const language = language_option(values, streams.language);
    pipeline::PreassessSettings settings;
    settings.threads = threads_option(values);
    settings.seed = whole_option(values, "seed", 0, std::uint64_t{1} << 53U);
    settings.draws = whole_option(values, "draws", 64, std::uint64_t{1} << 24U);
    bool const json = values.count("json") > 0;
    std::vector<std::string> results;
    int status = 0;
    for (std::string const& file : values["file"].as<std::vector<std::string>>()) {
        try {
            warn_if_key_locked(file, streams);
            auto const input = pipeline::preassess_case(file, settings, progress_on(streams));
            end_progress(streams);
            results.push_back(json ? report::to_json(input) : preassess_text(input, language));
        } catch (Error const& error) {
            end_progress(streams);
            status = std::max(status, report_error("preassess", error, streams));
        }
    }
    std::optional<std::string> output;
    if (values.count("output") > 0) {
        output = values["output"].as<std::string>();
    }
    if (json) {
        write_result(output, report::json_envelope(results), streams);
    } else if (!results.empty()) {
        std::string text;
        for (std::string const& result : results) {
            text += (text.empty() ? "" : "\n") + result;
        }
        write_result(output, text, streams);
    }
    return status;
}

} // namespace

extern Command const preassess_command{"preassess",
                                       {"dire avant les résultats ce qu’un examen peut donner",
                                        "what an examination could show, before it is made"},
                                       run_preassess};

} // namespace cmq::cli
