// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/document_options.hpp"
#include "apps/cli/instruction_warning.hpp"
#include "apps/cli/interview.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/read_passphrase.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/lock_files.hpp"
#include "apps/pipeline/to_case_text.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "apps/pipeline/write_requests.hpp"
#include "casefile/answers.hpp"
#include "casefile/read_case.hpp"
#include "casefile/request_texts.hpp"
#include "core/error.hpp"
#include "report/typography.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <ostream>
#include <span>
#include <sstream>
#include <string_view>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    std::string case_file; ///< "": ask
    std::string answers;   ///< file with answers, "" = none
    std::string today;
    pipeline::DocumentSettings documents;
    bool aide_memoire = false;
    bool encrypt = false;
    std::optional<std::string> passphrase_file;
    bool help = false;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque requests [AFFAIRE.toml] [-o REP] [OPTIONS]\n\n"
             "Demandes d’actes, et questions à l’expert et au témoin, pour le stade de la\n"
             "procédure. Sans AFFAIRE.toml, pose quinze questions au plus et écrit le fichier\n"
             "de l’affaire. --aide-memoire n’a besoin d’aucune affaire.\n\nOptions\u00A0",
             "usage: contremarque requests [CASE.toml] [-o DIR] [OPTIONS]\n\n"
             "Requests, and questions to the expert and the witness, for the stage of the\n"
             "procedure. Without CASE.toml, asks at most fifteen questions and writes the case\n"
             "file. --aide-memoire needs no case.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_document_options(
        add, say, {"où écrire (par défaut : requests)", "where to write (default: requests)"});
    add("answers",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"réponses déjà données, en TOML", "answers given already, as TOML"});
    add("aide-memoire",
        {"l’aide-mémoire de deux pages, sans affaire", "the checklist of two pages, no case"});
    add("date",
        po::value<std::string>()->value_name(say({"JOUR", "DAY"})),
        {"date des documents, comme 2026-11-21 (par défaut : aujourd’hui)",
         "date of the documents, such as 2026-11-21 (default: today)"});
    add("encrypt",
        {"verrouiller affaire et réponses sous une phrase secrète (voir lock)",
         "lock case and answers under a passphrase (see lock)"});
    add_passphrase_option(add, say);
    add("case",
        po::value<std::vector<std::string>>()->value_name(say({"AFFAIRE.toml", "CASE.toml"})),
        {"le fichier de l’affaire", "the case file"});
    return all;
}

std::string today_here() {
    auto const now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return casefile::day_after("1970-01-01", now.time_since_epoch().count());
}

// Opens no file.
Settings parse(std::vector<std::string> const& arguments) {
    po::variables_map const values = parse_options(arguments, options(Language::english), "case");
    auto const text = [&](char const* name, std::string const& otherwise) {
        return values.count(name) > 0 ? values[name].as<std::string>() : otherwise;
    };
    Settings settings;
    settings.help = values.count("help") > 0;
    settings.aide_memoire = values.count("aide-memoire") > 0;
    settings.encrypt = values.count("encrypt") > 0;
    settings.passphrase_file = passphrase_file(values);
    settings.documents = parse_document_options(values, "requests");
    settings.answers = text("answers", "");
    settings.today = text("date", today_here());
    if (!casefile::is_day(settings.today)) {
        throw Error{ErrorKind::usage,
                    {"--date attend un jour comme 2026-11-21, et non « {} »",
                     "--date needs a day such as 2026-11-21, not '{}'"},
                    settings.today};
    }
    auto const files = values.count("case") > 0 ? values["case"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    bool const too_many = files.size() > 1 || (settings.aide_memoire && !files.empty()) ||
                          (!settings.answers.empty() && !files.empty());
    if (too_many) {
        throw Error{ErrorKind::usage,
                    {"indiquer une affaire, ou --answers, ou --aide-memoire, et une seule fois",
                     "give one case, or --answers, or --aide-memoire, and only once"}};
    }
    if (settings.encrypt && (settings.aide_memoire || !files.empty())) {
        throw Error{
            ErrorKind::usage,
            {"--encrypt vaut pour les questions au terminal ; pour des fichiers qui existent : "
             "contremarque lock",
             "--encrypt goes with the questions on the terminal; for files that are there: "
             "contremarque lock"}};
    }
    settings.case_file = files.empty() ? "" : files.front();
    return settings;
}

void say_line(Streams streams, Sentence const& sentence) {
    streams.err << wrap_text(sentence.in(streams.language));
}

void list_files(std::vector<std::filesystem::path> const& files, Streams streams) {
    for (auto const& file : files) {
        streams.out << file.string() << '\n';
    }
}

std::vector<std::filesystem::path> write_for(casefile::Case const& of,
                                             casefile::RequestTexts const& texts,
                                             Settings const& settings,
                                             Streams streams) {
    warn_if_instruction(of, streams);
    auto files = pipeline::write_requests(of, texts, settings.documents);
    if (casefile::RequestStage const* const stage = texts.stage(of.head.stage)) {
        bool const french = streams.language == Language::french;
        streams.err << '\n'
                    << wrap_text(report::typeset(french ? stage->advice.fr : stage->advice.en,
                                                 streams.language));
    }
    return files;
}

// A new case file never replaces one that is there: it may have been completed by hand.
void check_no_case(std::filesystem::path const& file) {
    if (std::filesystem::exists(file)) {
        throw Error{ErrorKind::usage,
                    {"{0} existe déjà ; en tirer les demandes par : contremarque requests {0}, ou "
                     "choisir un "
                     "autre répertoire avec -o",
                     "{0} is there already; make the requests from it: contremarque requests {0}, "
                     "or choose "
                     "another folder with -o"},
                    file.string()};
    }
}

/// What an earlier --encrypt wrote is neither asked for again nor overwritten.
void check_none_locked(std::filesystem::path const& folder) {
    for (char const* const name :
         {"case.toml.locked", "answers.toml.locked", "counsel.toml.locked"}) {
        if (std::filesystem::exists(folder / name)) {
            throw Error{
                ErrorKind::usage,
                {"{0} existe déjà ; l’ouvrir d’abord par : contremarque unlock {0}, ou choisir un "
                 "autre répertoire avec -o",
                 "{0} is there already; open it first with: contremarque unlock {0}, or choose "
                 "another folder with -o"},
                (folder / name).string()};
        }
    }
}

/// Locks what the questions wrote, and names the locked file in its place.
void lock_all(std::vector<std::filesystem::path>& files, Passphrase const& passphrase) {
    for (auto& file : files) {
        file = pipeline::lock_file(file, passphrase, {.replace = false, .remove = true});
    }
}

casefile::Answers earlier_answers(Settings const& settings,
                                  std::filesystem::path const& kept,
                                  casefile::RequestTexts const& texts) {
    std::string const file = !settings.answers.empty()       ? settings.answers
                             : std::filesystem::exists(kept) ? kept.string()
                                                             : std::string{};
    if (file.empty()) {
        return {};
    }
    return casefile::parse_answers(
        read_text(file, casefile::case_size_limit), file, texts, settings.today);
}

void say_what_is_next(std::filesystem::path const& case_file, bool is_locked, Streams streams) {
    if (!is_locked) {
        say_line(streams,
                 Sentence{{"Suite : relire et compléter les demandes avant de les déposer ; relire "
                           "le fichier de l’affaire avant d’en tirer une note, par : contremarque "
                           "analyse {}",
                           "Next: read and complete the requests before filing them; read the case "
                           "file before a note is made of it: contremarque analyse {}"},
                          case_file.string()});
        return;
    }
    say_line(streams,
             Sentence{{"Suite : relire et compléter les demandes avant de les déposer ; avant d’en "
                       "tirer une note, ouvrir le fichier de l’affaire par : contremarque unlock "
                       "{0}.locked, le relire, puis : contremarque analyse {0}",
                       "Next: read and complete the requests before filing them; before a note is "
                       "made, open the case file: contremarque unlock {0}.locked, read it, then: "
                       "contremarque analyse {0}"},
                      case_file.string()});
}

/// The files with what the person says, as they are then named.
std::string office_files(bool has_answers, bool is_locked) {
    std::string const suffix = is_locked ? ".locked" : "";
    return (has_answers ? "answers.toml" + suffix + ", " : "") + "counsel.toml" + suffix;
}

/// \param office  "": the person said nothing
void say_what_stays(Settings const& settings, std::string const& office, Streams streams) {
    if (!office.empty()) {
        say_line(streams,
                 Sentence{{"Ce que dit la personne reste au cabinet : {}",
                           "What the person says stays in the office: {}"},
                          office});
    }
    if (settings.encrypt && std::filesystem::exists(settings.answers)) {
        say_line(streams,
                 Sentence{{"{0} contient les réponses et reste en clair ; le verrouiller par : "
                           "contremarque lock --remove {0}",
                           "{0} holds the answers and stays clear; lock it with: contremarque lock "
                           "--remove {0}"},
                          settings.answers});
    }
}

int interview(Settings const& settings, casefile::RequestTexts const& texts, Streams streams) {
    std::filesystem::path const case_file = settings.documents.output / "case.toml";
    std::filesystem::path const kept = settings.documents.output / "answers.toml";
    check_no_case(case_file);
    check_none_locked(settings.documents.output);
    std::optional<Passphrase> passphrase;
    if (settings.encrypt) {
        passphrase = ask_passphrase(settings.passphrase_file, true, streams.language);
        pipeline::check_new_passphrase(*passphrase);
    }
    casefile::Answers answers = earlier_answers(settings, kept, texts);
    pipeline::make_folder(settings.documents.output); // before fifteen questions, not after
    std::istringstream nobody;
    bool const whole =
        ask_all(texts,
                answers,
                {.answers = kept, .language = streams.language, .today = settings.today},
                streams.in != nullptr ? *streams.in : nobody,
                streams.err);
    if (!whole) {
        streams.err << '\n';
        throw Error{ErrorKind::insufficient,
                    {"les questions ne sont pas finies ; les réponses données sont gardées dans {} "
                     ": reprendre par "
                     "la même commande",
                     "the questions are not finished; the answers given are kept in {}: resume "
                     "with the same "
                     "command"},
                    kept.string()};
    }
    std::string const text = pipeline::to_case_text(answers, texts, settings.today);
    casefile::Case of = casefile::parse_case(text, case_file.string());
    casefile::check_references(of);
    warn_if_key_locked(case_file, streams);
    pipeline::check_against_key(text, case_file.string(), case_file);
    write_file(case_file, text);
    std::vector<std::filesystem::path> files{case_file};
    std::string const counsel = pipeline::to_counsel_text(answers);
    if (!counsel.empty()) {
        files.push_back(settings.documents.output / "counsel.toml");
        write_private_file(files.back(), std::as_bytes(std::span{counsel}));
    }
    auto const documents = write_for(of, texts, settings, streams);
    bool const has_answers = std::filesystem::exists(kept); // none where --answers left no question
    std::string const office =
        counsel.empty() ? std::string{} : office_files(has_answers, settings.encrypt);
    if (passphrase) {
        if (has_answers) {
            files.push_back(kept);
        }
        lock_all(files, *passphrase);
    }
    files.insert(files.end(), documents.begin(), documents.end());
    list_files(files, streams);
    say_what_is_next(case_file, settings.encrypt, streams);
    say_what_stays(settings, office, streams);
    return 0;
}

int run_requests(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    casefile::RequestTexts const texts = casefile::read_request_texts();
    if (settings.aide_memoire) {
        list_files(pipeline::write_aide_memoire(texts, settings.documents), streams);
        return 0;
    }
    if (settings.case_file.empty()) {
        return interview(settings, texts, streams);
    }
    warn_if_key_locked(settings.case_file, streams);
    list_files(write_for(pipeline::load_case(settings.case_file).file, texts, settings, streams),
               streams);
    return 0;
}

} // namespace

extern Command const requests_command{"requests",
                                      {"demandes et questions pour le stade de la procédure",
                                       "requests and questions for the stage of the procedure"},
                                      run_requests};

} // namespace cmq::cli
