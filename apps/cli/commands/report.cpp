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
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/analyse.hpp"
#include "apps/pipeline/write_filing.hpp"
#include "apps/pipeline/write_kit.hpp"
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
        {"emploi : contremarque report CASE.h5 [-o|--kit|--filing REP] [OPTIONS]\n\n"
         "Refait les notes d’une affaire à partir du fichier de résultats écrit par\n"
         "analyse, sans les fichiers de l’appareil photo : les mêmes octets. Une copie du\n"
         "fichier de résultats les accompagne.\n\nOptions\u00A0",
         "usage: contremarque report CASE.h5 [-o|--kit|--filing DIR] [OPTIONS]\n\n"
         "Makes the notes of a case again from the case file that analyse wrote, without\n"
         "the camera files: the same bytes. A copy of the case file goes with them.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_note_options(add, say);
    add("kit",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"au lieu des notes, un répertoire nouveau pour l’expert de l’autre partie : de quoi "
         "refaire "
         "le calcul sans ce programme",
         "instead of notes a new folder for the other side's expert: what it takes to compute "
         "again "
         "without this program"});
    add("filing",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"au lieu des notes, un répertoire nouveau pour l’audience, de moins de 4 Mo par langue : "
         "note, résumé, pièces qui manquent, note d’audience",
         "instead of notes a new folder for the hearing, below 4 MB a language: note, summary, "
         "what is missing, note for the hearing"});
    add("case",
        po::value<std::vector<std::string>>()->value_name("CASE.h5"),
        {"le fichier de résultats", "the case file"});
    return all;
}

/// What is said of notes has no meaning for a kit or a filing.
void refuse_note_options(po::variables_map const& values, char const* folder) {
    for (char const* const option : {"output", "format", "length"}) {
        if (values.count(option) > 0) {
            throw Error{ErrorKind::usage,
                        {"--{} et --{} ne vont pas ensemble : --{} nomme lui-même son répertoire, "
                         "et son contenu est toujours le même",
                         "--{} and --{} do not go together: --{} names its folder itself, and its "
                         "content is always the same"},
                        folder,
                        option,
                        folder};
        }
    }
}

int run_kit(std::string const& case_h5, po::variables_map const& values, Streams streams) {
    refuse_note_options(values, "kit");
    auto const kit = pipeline::write_kit({.case_h5 = case_h5,
                                          .output = values["kit"].as<std::string>(),
                                          .languages = parse_note_options(values).notes.languages,
                                          .case_reader = find_case_reader(),
                                          .renderer = make_renderer(),
                                          .before_writing = warn_before_writing(streams)},
                                         progress_on(streams));
    end_progress(streams);
    for (auto const& file : kit.files) {
        streams.err << file.string() << '\n';
    }
    if (!kit.why_no_network.empty()) {
        Speaker const say{streams.language};
        streams.err << wrap_text(say({"Sans réseau : {}", "Without a network: {}"},
                                     kit.why_no_network.in(streams.language)));
    }
    if (values.count("json") > 0) {
        write_result(std::nullopt, kit.json, streams);
    }
    return 0;
}

int run_filing(std::string const& case_h5, po::variables_map const& values, Streams streams) {
    refuse_note_options(values, "filing");
    for (char const* const option : {"kit", "json"}) {
        if (values.count(option) > 0) {
            throw Error{
                ErrorKind::usage,
                {"--filing et --{} ne vont pas ensemble", "--filing and --{} do not go together"},
                option};
        }
    }
    auto const files =
        pipeline::write_filing({.case_h5 = case_h5,
                                .output = values["filing"].as<std::string>(),
                                .languages = parse_note_options(values).notes.languages,
                                .case_reader = find_case_reader(),
                                .renderer = make_renderer(),
                                .before_writing = warn_before_writing(streams)},
                               casefile::read_request_texts(),
                               progress_on(streams));
    end_progress(streams);
    for (auto const& file : files) {
        streams.err << file.string() << '\n';
    }
    return 0;
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
    if (values.count("filing") > 0) {
        return run_filing(case_h5, values, streams);
    }
    if (values.count("kit") > 0) {
        return run_kit(case_h5, values, streams);
    }
    auto const outcome = pipeline::report_again({.case_h5 = case_h5,
                                                 .output = notes.output,
                                                 .notes = notes.notes,
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
