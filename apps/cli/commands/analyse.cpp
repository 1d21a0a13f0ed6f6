// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/analyse.hpp"

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/instruction_warning.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/note_options.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    std::string case_file;
    NoteOptions notes;
    unsigned threads = 0;
    bool help = false;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque analyse AFFAIRE.toml [-o REP] [OPTIONS]\n\n"
             "Décode les captures d’une affaire, détecte et mesure les traces, évalue chaque\n"
             "comparaison de propositions et écrit case.h5 et les notes. Les étapes dont rien\n"
             "n’a changé sont reprises du case.h5 du répertoire.\n\nOptions\u00A0",
             "usage: contremarque analyse CASE.toml [-o DIR] [OPTIONS]\n\n"
             "Decodes the captures of a case, finds and measures the traces, weighs each\n"
             "comparison of propositions, and writes case.h5 and the notes. Steps whose inputs\n"
             "did not change are taken over from the case.h5 in the folder.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_note_options(add, say);
    add_threads_option(add);
    add("case",
        po::value<std::vector<std::string>>()->value_name(say({"AFFAIRE.toml", "CASE.toml"})),
        {"la description de l’affaire", "the case file"});
    return all;
}

// Opens no file.
Settings parse(std::vector<std::string> const& arguments) {
    po::variables_map const values = parse_options(arguments, options(Language::english), "case");
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.case_file = one_word(values,
                                  "case",
                                  {"indiquer une seule affaire : contremarque analyse AFFAIRE.toml",
                                   "give one case file: contremarque analyse CASE.toml"});
    settings.notes = parse_note_options(values);
    settings.threads = threads_option(values);
    return settings;
}

int run_analyse(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    warn_if_key_locked(settings.case_file, streams);
    auto const outcome = pipeline::analyse({.case_file = settings.case_file,
                                            .output = settings.notes.output,
                                            .notes = settings.notes.notes,
                                            .decoder = find_decoder(),
                                            .case_reader = find_case_reader(),
                                            .renderer = make_renderer(),
                                            .threads = settings.threads,
                                            .before_writing = warn_before_writing(streams)},
                                           progress_on(streams));
    end_progress(streams);
    Speaker const say{streams.language};
    if (!outcome.earlier_unusable.empty()) {
        streams.err << say(
            {"le case.h5 précédent n’a pas pu être repris, tout a été refait : {}\n",
             "the earlier case.h5 could not be used, so everything was done anew: {}\n"},
            outcome.earlier_unusable);
    }
    for (std::string const& step : outcome.reused) {
        streams.err << say({"inchangé, repris du case.h5 précédent : {}\n",
                            "unchanged, taken over from the earlier case.h5: {}\n"},
                           step);
    }
    tell_notes(outcome, settings.notes, streams);
    return 0;
}

} // namespace

extern Command const analyse_command{"analyse",
                                     {"évaluer une affaire et écrire les notes pour le juge",
                                      "a case file in, notes for the court out"},
                                     run_analyse};

} // namespace cmq::cli
