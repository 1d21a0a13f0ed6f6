// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/verify.hpp"

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/verify_text.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque verify REP|CASE.h5 [--inputs REP] [--recompute] [OPTIONS]\n\n"
             "Dit si les fichiers d’une exécution sont ceux qui ont été écrits : la liste des\n"
             "empreintes numériques, le fichier de résultats, son registre et les notes, qui\n"
             "sont refaites et comparées.\n\nOptions\u00A0",
             "usage: contremarque verify DIR|CASE.h5 [--inputs DIR] [--recompute] [OPTIONS]\n\n"
             "Says whether the files of a run are those that were written: the list of hashes,\n"
             "the case file, its ledger, and the notes, which are made again and "
             "compared.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("inputs",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"répertoire des fichiers de l’affaire, à comparer avec le registre",
         "folder with the case's own files: compares them with the ledger"});
    add("recompute",
        {"refaire l’évaluation ; avec --inputs, les mesures aussi",
         "weigh again; with --inputs measure again too"});
    add("ca",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"certificats (PEM) des autorités auxquelles on se fie pour les horodatages et signatures",
         "certificates (PEM) of the authorities that are trusted for time stamps and signatures"});
    add("known-issues",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"liste d’erreurs connues plus récente que celle du programme",
         "a later list of known errors than the program's own"});
    add_language_option(add);
    add_threads_option(add);
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    add("what",
        po::value<std::vector<std::string>>()->value_name(say({"REP", "DIR"})),
        {"répertoire ou fichier de résultats", "folder or case file"});
    return all;
}

int run_verify(std::vector<std::string> const& arguments, Streams streams) {
    po::variables_map const values = parse_options(arguments, options(Language::english), "what");
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    std::string const what =
        one_word(values,
                 "what",
                 {"indiquer un seul répertoire ou fichier de résultats : contremarque verify "
                  "REP|CASE.h5",
                  "give one folder or case file: contremarque verify DIR|CASE.h5"});
    Language const language = language_option(values, streams.language);
    pipeline::VerifySettings settings;
    settings.what = what;
    if (values.count("inputs") > 0) {
        settings.inputs = values["inputs"].as<std::string>();
    }
    if (values.count("ca") > 0) {
        settings.authorities = values["ca"].as<std::string>();
    }
    if (values.count("known-issues") > 0) {
        settings.known_issues = values["known-issues"].as<std::string>();
    }
    settings.recompute = values.count("recompute") > 0;
    settings.threads = threads_option(values);
    settings.case_reader = find_case_reader();
    settings.renderer = make_renderer();
    if (settings.recompute && settings.inputs) {
        settings.decoder = find_decoder();
    }
    auto const checks = pipeline::verify(settings, progress_on(streams));
    end_progress(streams);
    write_result(std::nullopt,
                 values.count("json") > 0 ? report::json_envelope(std::array{verify_json(checks)})
                                          : verify_text(checks, language),
                 streams);
    bool const is_bad = std::ranges::any_of(checks, [](pipeline::Check const& check) {
        return check.state == pipeline::CheckState::bad;
    });
    return is_bad ? static_cast<int>(ErrorKind::integrity) : 0;
}

} // namespace

extern Command const verify_command{"verify",
                                    {"dire si des fichiers sont ceux qui ont été écrits",
                                     "whether files are those that were written"},
                                    run_verify};

} // namespace cmq::cli
