// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/document_options.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/write_working_note.hpp"
#include "casefile/request_texts.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{say(
        {"emploi : contremarque counsel AFFAIRE.toml [-o REP] [OPTIONS]\n\n"
         "La note de travail de l’avocat : récit de la personne, propositions essayées,\n"
         "effet possible de chaque demande, points faibles. Elle n’est jointe à rien. Le\n"
         "récit et les essais sont lus dans counsel.toml, à côté de l’affaire.\n\nOptions\u00A0",
         "usage: contremarque counsel CASE.toml [-o DIR] [OPTIONS]\n\n"
         "Counsel’s working note: the person’s account, the propositions tried, what each\n"
         "request could change, weak points. It is attached to nothing. The account and\n"
         "what was tried are read from counsel.toml, beside the case.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_document_options(
        add, say, {"où écrire (par défaut : counsel)", "where to write (default: counsel)"});
    add("with",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"au lieu de counsel.toml à côté de l’affaire", "instead of counsel.toml beside the case"});
    add("from",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"répertoire d’analyse dont reprendre le calcul",
         "folder of analyse whose results are taken over"});
    add_threads_option(add);
    add("case",
        po::value<std::vector<std::string>>()->value_name(say({"AFFAIRE.toml", "CASE.toml"})),
        {"la description de l’affaire", "the case file"});
    return all;
}

// Opens no file.
pipeline::WorkingSettings to_settings(po::variables_map const& values) {
    pipeline::WorkingSettings settings;
    settings.case_file = one_word(values,
                                  "case",
                                  {"indiquer une seule affaire : contremarque counsel AFFAIRE.toml",
                                   "give one case file: contremarque counsel CASE.toml"});
    settings.documents = parse_document_options(values, "counsel");
    if (values.count("with") > 0) {
        settings.counsel_file = values["with"].as<std::string>();
    }
    if (values.count("from") > 0) {
        settings.earlier = values["from"].as<std::string>();
    }
    settings.threads = threads_option(values);
    return settings;
}

int run_counsel(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_options(arguments, options(Language::english), "case");
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    pipeline::WorkingSettings settings = to_settings(values);
    warn_if_key_locked(settings.case_file, streams);
    settings.decoder = find_decoder();
    settings.case_reader = find_case_reader();
    auto const files = pipeline::write_working_note(
        settings, casefile::read_request_texts(), progress_on(streams));
    end_progress(streams);
    for (auto const& file : files) {
        streams.out << file.string() << '\n';
    }
    streams.err << wrap_text(
        Sentence{{"La note de travail reste au cabinet : elle contient ce qui n’est dans aucune "
                  "autre sortie.",
                  "The working note stays in the office: it holds what no other output holds."}}
            .in(streams.language));
    return 0;
}

} // namespace

extern Command const counsel_command{
    "counsel",
    {"note de travail de l’avocat, jointe à rien", "counsel’s working note, attached to nothing"},
    run_counsel};

} // namespace cmq::cli
