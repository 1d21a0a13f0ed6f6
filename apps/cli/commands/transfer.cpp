// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/exported_text.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/readings_text.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/transfer_text.hpp"
#include "apps/pipeline/export_network.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/weigh_readings.hpp"
#include "lab/network/write_network.hpp"
#include "report/json_envelope.hpp"
#include "report/json_exported.hpp"
#include "report/json_readings.hpp"
#include "report/json_transfer.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    std::vector<std::string> files;
    bool json = false;
    std::optional<std::string> output;
    unsigned threads = 0;
    std::optional<std::uint64_t> seed;
    std::optional<std::uint64_t> draws;
    std::optional<std::string> network;
    std::optional<Language> language; // of the network's names
};

po::options_description visible_options(Language language) {
    Speaker const say{language};
    po::options_description visible{
        say({"emploi : contremarque transfer AFFAIRE.toml... [OPTIONS]\n\n"
             "Évalue les observations d’une affaire sous chaque paire de propositions qu’elle\n"
             "compare. Les images ne sont pas mesurées : c’est le rôle de « contremarque\n"
             "analyse ».\n\nOptions\u00A0",
             "usage: contremarque transfer CASE.toml... [OPTIONS]\n\n"
             "Weighs the observations of a case under each pair of propositions that it\n"
             "compares. Pictures are not measured: that is what 'contremarque analyse' does.\n\n"
             "Options"})};
    OptionAdder const add{visible, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    add_output_option(add, language);
    add_threads_option(add);
    add_draws_options(add);
    add("export",
        po::value<std::string>()->value_name(say({"RÉSEAU", "NET"})),
        {"écrire aussi l’affaire comme réseau bayésien, .xdsl (GeNIe), .net (HUGIN) ou .bif ; une "
         "seule affaire",
         "write the case as a Bayesian network too, .xdsl (GeNIe), .net (HUGIN) or .bif; a single "
         "case"});
    add_language_option(add);
    return visible;
}

Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, visible_options(Language::english));
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.files = file_words(values,
                                {"il faut la description d’une affaire ; voir --help",
                                 "a case file is needed; see --help"});
    settings.json = values.count("json") > 0;
    settings.output = text_option(values, "output");
    settings.threads = threads_option(values);
    settings.seed = seed_option(values);
    settings.draws = draws_option(values);
    settings.network = text_option(values, "export");
    if (values.count("lang") > 0) {
        settings.language = language_option(values, Language::english);
    }
    if (settings.network && settings.files.size() > 1) {
        throw Error{ErrorKind::usage,
                    {"--export ne porte que sur une seule affaire ; en nommer une",
                     "--export is of a single case; name one"}};
    }
    return settings;
}

report::ExportedText text_of(pipeline::ExportedNetwork const& network,
                             pipeline::ExportedRatio const& ratio) {
    return {.file = network.file.string(),
            .proposition = network.proposition,
            .evidence = network.evidence,
            .nodes = network.nodes,
            .numbers = network.numbers,
            .draws = network.draws,
            .summed = network.summed,
            .log10_engine = ratio.log10_engine,
            .log10_network = ratio.log10_network,
            .stated_error = ratio.stated_error};
}

// One text, or one JSON value, for each comparison.
std::vector<std::string>
evaluate_file(std::string const& file, Settings const& settings, Language language) {
    if (settings.network) { // refused before minutes are spent
        static_cast<void>(lab::network_format(*settings.network));
    }
    casefile::Case of = pipeline::load_case(file).file;
    of.settings.seed = settings.seed.value_or(of.settings.seed);
    if (settings.draws) {
        of.settings.draws = settings.draws;
    }
    if (of.comparisons.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"{} : l’affaire ne compare rien : ajouter une [[comparison]] avec h1 et h2",
                     "{}: the case compares nothing: add a [[comparison]] with h1 and h2"},
                    file};
    }
    pipeline::check_typed_findings(of);
    pipeline::Translation translation = pipeline::to_account(of);
    report::NoteReadings const readings =
        pipeline::take_readings(of, find_code_reader(), translation);
    std::vector<lab::Evaluation> evaluations;
    for (casefile::Comparison const& comparison : of.comparisons) {
        evaluations.push_back(pipeline::evaluate_comparison(
            of, translation, comparison, translation.findings, settings.threads));
    }
    std::optional<pipeline::ExportedNetwork> network;
    if (settings.network) {
        network = pipeline::export_network(
            of, translation, evaluations, *settings.network, language, settings.threads);
    }
    std::vector<std::string> results;
    for (std::size_t i = 0; i < evaluations.size(); ++i) {
        std::string result =
            settings.json ? report::with_readings(report::to_json(evaluations[i]), of, readings)
                          : transfer_text(of, translation, evaluations[i], language) +
                                readings_text(of, readings, evaluations[i], language);
        if (network && settings.json) {
            result = report::with_network(result, text_of(*network, network->ratios[i]));
        } else if (network) {
            result += network_text(*network, network->ratios[i], language);
        }
        results.push_back(std::move(result));
    }
    return results;
}

int run_transfer(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << visible_options(streams.language);
        return 0;
    }
    std::vector<std::string> results;
    int status = 0;
    for (std::string const& file : settings.files) {
        try {
            warn_if_key_locked(file, streams);
            auto const of_file =
                evaluate_file(file, settings, settings.language.value_or(streams.language));
            results.insert(results.end(), of_file.begin(), of_file.end());
        } catch (Error const& error) {
            status = std::max(status, report_error("transfer", error, streams));
        }
    }
    if (settings.json) {
        write_result(settings.output, report::json_envelope(results), streams);
    } else if (!results.empty()) {
        std::string text;
        for (std::string const& result : results) {
            text += (text.empty() ? "" : "\n") + result;
        }
        write_result(settings.output, text, streams);
    }
    return status;
}

} // namespace

extern Command const transfer_command{
    "transfer",
    {"évaluer ce qu’une affaire dit avoir été vu", "weigh what a case file says was seen"},
    run_transfer};

} // namespace cmq::cli
