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
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    add_output_option(add, language);
    add_language_option(add);
    add_threads_option(add);
    add_draws_options(add);
    return all;
}

int run_preassess(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    auto const files = file_words(
        values,
        {"indiquer le fichier d’une affaire ; voir --help", "a case file is needed; see --help"});
    Language const language = language_option(values, streams.language);
    pipeline::PreassessSettings settings;
    settings.threads = threads_option(values);
    settings.seed = seed_option(values);
    settings.draws = draws_option(values);
    auto const output = text_option(values, "output");
    bool const json = values.count("json") > 0;
    std::vector<std::string> results;
    int status = 0;
    for (std::string const& file : files) {
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
