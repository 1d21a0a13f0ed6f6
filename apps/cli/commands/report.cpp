// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/instruction_warning.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/note_options.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/analyse.hpp"

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
        {"emploi : contremarque report CASE.h5 [-o REP] [OPTIONS]\n\n"
         "Refait les notes d’une affaire à partir du fichier de résultats écrit par\n"
         "analyse, sans les fichiers de l’appareil photo : les mêmes octets. Une copie du\n"
         "fichier de résultats les accompagne.\n\nOptions\u00A0",
         "usage: contremarque report CASE.h5 [-o DIR] [OPTIONS]\n\n"
         "Makes the notes of a case again from the case file that analyse wrote, without\n"
         "the camera files: the same bytes. A copy of the case file goes with them.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_note_options(add, say);
    add("case",
        po::value<std::vector<std::string>>()->value_name("CASE.h5"),
        {"le fichier de résultats", "the case file"});
    return all;
}

int run_report(std::vector<std::string> const& arguments, Streams streams) {
    po::variables_map const values = parse_options(arguments, options(Language::english), "case");
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    std::string const case_h5 =
        one_word(values,
                 "case",
                 {"indiquer un seul fichier de résultats : contremarque report CASE.h5",
                  "give one case file: contremarque report CASE.h5"});
    NoteOptions const notes = parse_note_options(values);
    warn_if_key_locked(case_h5, streams);
    auto const outcome = pipeline::report_again({.case_h5 = case_h5,
                                                 .output = notes.output,
                                                 .languages = notes.languages,
                                                 .formats = notes.formats,
                                                 .case_reader = find_case_reader(),
                                                 .renderer = make_renderer(),
                                                 .before_writing = warn_before_writing(streams)},
                                                progress_on(streams));
    end_progress(streams);
    tell_notes(outcome, notes, streams);
    return 0;
}

} // namespace

extern Command const report_command{"report",
                                    {"refaire les notes à partir d’un fichier de résultats",
                                     "the notes once more, from a case file"},
                                    run_report};

} // namespace cmq::cli
