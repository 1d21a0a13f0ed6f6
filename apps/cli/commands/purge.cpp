// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/purge_person.hpp"
#include "core/error.hpp"
#include "core/typography.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <istream>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque purge AFFAIRE.toml --person P1 [--out REP]... [OPTIONS]\n\n"
             "Retire une personne d’une affaire : du fichier de l’affaire, de la clé, de\n"
             "counsel.toml et d’answers.toml, et supprime ce qui a été calculé avec elle. Dit\n"
             "ligne à ligne ce qui est retiré, changé, et ce qui ne peut l’être.\n\nOptions\u00A0",
             "usage: contremarque purge CASE.toml --person P1 [--out DIR]... [OPTIONS]\n\n"
             "Takes a person out of a case: of the case file, the key, counsel.toml and\n"
             "answers.toml, and removes what was computed with that person. Says line by line\n"
             "what goes, what changes, and what it cannot do.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("person",
        po::value<std::string>()->value_name("CODE"),
        {"code de la personne, tel que P1", "code of the person, such as P1"});
    add("out",
        po::value<std::vector<std::string>>()->value_name(say({"REP", "DIR"})),
        {"répertoire de résultats à vider aussi ; répétable",
         "folder with results, emptied too; may be repeated"});
    add("dry-run",
        {"dire ce qui serait fait, et ne rien faire", "say what would be done; do nothing"});
    add("yes", {"ne pas demander confirmation", "do not ask for confirmation"});
    return all;
}

/// The lines of a sentence that has several, below its first one.
std::string indented(std::string const& text) {
    std::string lines;
    for (char const c : text) {
        lines += c;
        lines += c == '\n' ? "    " : "";
    }
    return lines;
}

std::string line_of(casefile::PurgeLine const& line, Language language) {
    Sentence const place = casefile::to_sentence(line.place);
    return place.empty() ? line.what.in(language)
                         : Sentence{{"{} : {}", "{}: {}"}, place, line.what}.in(language);
}

std::string told(Words heading, std::vector<casefile::PurgeLine> const& lines, Language language) {
    if (lines.empty()) {
        return {};
    }
    std::string text = Speaker{language}(heading) + '\n';
    for (casefile::PurgeLine const& line : lines) {
        // One thing a line; what analyse will refuse has one for each table.
        text += "  " + indented(typeset(line_of(line, language), language)) + '\n';
    }
    return text;
}

/// Whoever confirms types the code: a "y" is typed too fast.
void confirm(std::string const& person, Streams streams) {
    Speaker const say{streams.language};
    streams.err << '\n'
                << say({"Rien ne pourra être rétabli. Taper {} pour continuer : ",
                        "None of this can be undone. Type {} to go on: "},
                       person)
                << std::flush;
    std::string typed;
    if (streams.in == nullptr || !std::getline(*streams.in, typed)) {
        typed.clear();
    }
    if (typed != person) {
        throw Error{ErrorKind::usage,
                    {"sans confirmation, rien n’a été changé ; --yes confirme d’avance",
                     "not confirmed, so nothing was changed; --yes confirms in advance"}};
    }
}

int run_purge(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    pipeline::PurgeSettings settings;
    settings.case_file =
        one_word(values,
                 "file",
                 {"indiquer une seule affaire : contremarque purge AFFAIRE.toml --person P1",
                  "give one case file: contremarque purge CASE.toml --person P1"});
    if (values.count("person") == 0) {
        throw Error{ErrorKind::usage,
                    {"indiquer la personne : --person P1", "name the person: --person P1"}};
    }
    settings.person = values["person"].as<std::string>();
    if (values.count("out") > 0) {
        for (std::string const& folder : values["out"].as<std::vector<std::string>>()) {
            settings.outputs.emplace_back(folder);
        }
    }
    pipeline::PurgePlan const plan = pipeline::plan_purge(settings);
    streams.out << told({"À supprimer :", "To be removed:"}, plan.removed, streams.language)
                << told({"À changer :", "To be changed:"}, plan.changed, streams.language)
                << told({"Hors de portée de ce programme :", "What this program cannot do:"},
                        plan.left,
                        streams.language)
                << std::flush;
    if (values.count("dry-run") > 0) {
        return 0;
    }
    if (values.count("yes") == 0) {
        confirm(settings.person, streams);
    }
    pipeline::carry_out(plan);
    auto const gone = std::ranges::count_if(
        plan.files, [](pipeline::FileChange const& file) { return !file.text; });
    streams.err << wrap_text(
        typeset(Speaker{streams.language}({"Fait. Fichiers changés : {} ; fichiers supprimés : {}.",
                                           "Done. Files changed: {}; files removed: {}."},
                                          plan.files.size() - static_cast<std::size_t>(gone),
                                          gone),
                streams.language));
    return 0;
}

} // namespace

extern Command const purge_command{
    "purge", {"retirer une personne d’une affaire", "take a person out of a case"}, run_purge};

} // namespace cmq::cli
