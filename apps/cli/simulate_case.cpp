// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/simulate_case.hpp"

#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/simulate_cases.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <cmath>
#include <filesystem>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque simulate case [AFFAIRE.toml] [OPTIONS]\n\n"
             "Fabrique des affaires dont la vérité est connue, quantum par quantum, sans\n"
             "aucune formule du calcul, et les fait peser par le programme. Avec une affaire :\n"
             "ce que ses zones montreraient si l’une ou l’autre proposition était vraie.\n\n"
             "Options\u00A0",
             "usage: contremarque simulate case [CASE.toml] [OPTIONS]\n\n"
             "Makes cases whose truth is known, quantum by quantum, with no formula of the\n"
             "engine, and lets the program weigh them. With a case: what its zones would show\n"
             "if either proposition were true.\n\nOptions"})};
    auto const text = [](char const* name) { return po::value<std::string>()->value_name(name); };
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("cases",
        text("N"),
        {"affaires de chaque côté, 1 à 100 000 (10)", "cases of each side, 1 to 100 000 (10)"});
    add("output,o",
        text("D"),
        {"écrire les fichiers des affaires, et truth.csv, dans ce nouveau dossier",
         "write the case files, and truth.csv, to this new folder"});
    add("ratios",
        text("F.csv"),
        {"peser chaque affaire et écrire sa vérité et son rapport, pour « contremarque validate »",
         "weigh each case and write its truth and ratio, for 'contremarque validate'"});
    add("wrong-by",
        po::value<std::vector<std::string>>()->value_name("P=X"),
        {"le calcul suppose le paramètre P X fois plus grand que dans la vérité ; plusieurs fois "
         "possible",
         "the engine assumes parameter P X times as large as in the truth; may be repeated"});
    add_threads_option(add);
    add_draws_options(add);
    return all;
}

std::pair<std::string, double> to_factor(std::string const& word) {
    auto const equals = word.find('=');
    auto const factor =
        equals == std::string::npos ? std::nullopt : parse_number(word.substr(equals + 1));
    if (!factor || !(*factor > 0.0)) {
        throw Error{
            ErrorKind::usage,
            {"--wrong-by demande PARAMÈTRE=FACTEUR, un facteur supérieur à 0, et non « {} »",
             "--wrong-by needs PARAMETER=FACTOR, a factor above 0, not '{}'"},
            word};
    }
    return {word.substr(0, equals), *factor};
}

pipeline::SimulateCasesSettings to_settings(po::variables_map const& values) {
    pipeline::SimulateCasesSettings settings;
    settings.cases = whole_option(values, "cases", 1, 100000).value_or(10);
    settings.threads = threads_option(values);
    settings.seed = seed_option(values).value_or(1);
    settings.draws = draws_option(values).value_or(settings.draws);
    if (values.count("wrong-by") > 0) {
        for (std::string const& word : values["wrong-by"].as<std::vector<std::string>>()) {
            settings.wrong_by.push_back(to_factor(word));
        }
    }
    return settings;
}

void write_cases(fs::path const& folder, std::vector<pipeline::SimulatedCase> const& cases) {
    if (!fs::create_directory(folder)) {
        throw Error{ErrorKind::io,
                    {"{} existe déjà ; indiquer un nouveau dossier",
                     "{} exists already; name a new folder"},
                    folder.string()};
    }
    std::string truth = "case,truth\n";
    for (pipeline::SimulatedCase const& each : cases) {
        write_file(folder / (each.name + ".toml"), std::string_view{each.text});
        truth += each.name + (each.h1_is_true ? ",h1\n" : ",h2\n");
    }
    write_file(folder / "truth.csv", std::string_view{truth});
}

std::string ratio_rows(std::vector<pipeline::WeighedCase> const& cases) {
    std::string rows = "truth,log10_lr\n";
    for (pipeline::WeighedCase const& each : cases) {
        rows += each.of.h1_is_true ? "h1," : "h2,";
        rows += std::isfinite(each.log10_lr) ? fixed_text(each.log10_lr, 6)
                : each.log10_lr > 0.0        ? "inf"
                                             : "-inf";
        rows += '\n';
    }
    return rows;
}

} // namespace

int run_simulate_case(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    Words const usage{"indiquer au plus une affaire, et --output ou --ratios ; voir --help",
                      "name one case at most, and --output or --ratios; see --help"};
    auto const words = file_words(values, usage);
    auto const folder = text_option(values, "output");
    auto const ratios = text_option(values, "ratios");
    bool const from_case = words.size() == 2;
    if (words.size() > 2 || (!folder && !ratios) || (from_case && folder)) {
        throw Error{ErrorKind::usage, usage};
    }
    auto const settings = to_settings(values);
    Progress const progress = progress_on(streams);
    std::vector<pipeline::WeighedCase> weighed;
    if (from_case) {
        weighed =
            pipeline::weigh_simulated_of(pipeline::load_case(words[1]).file, settings, progress);
    } else {
        auto cases = pipeline::simulate_cases(settings);
        if (folder) {
            write_cases(*folder, cases);
        }
        if (ratios) {
            weighed = pipeline::weigh_simulated(std::move(cases), settings, progress);
        }
    }
    end_progress(streams);
    Speaker const say{streams.language};
    if (folder) {
        streams.err << say(
            {"{} : {} affaires écrites\n", "{}: wrote {} cases\n"}, *folder, 2 * settings.cases);
    }
    if (ratios) {
        write_file(*ratios, std::string_view{ratio_rows(weighed)});
        streams.err << say(
            {"{} : {} rapports écrits\n", "{}: wrote {} ratios\n"}, *ratios, weighed.size());
    }
    return 0;
}

} // namespace cmq::cli
