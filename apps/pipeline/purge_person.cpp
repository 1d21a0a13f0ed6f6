// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/purge_person.hpp"

#include "apps/pipeline/freeze_case.hpp"
#include "apps/pipeline/load_case.hpp"
#include "casefile/key_file.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "report/json_manifest.hpp"
#include "system/file.hpp"
#include "system/system_message.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <system_error>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;
using casefile::PurgeLine;

constexpr char const* manifest_name = "manifest.json";

bool is_file(fs::path const& path) {
    std::error_code unreadable;
    return fs::is_regular_file(fs::symlink_status(path, unreadable));
}

std::string read_toml(fs::path const& path) {
    return read_text(path, casefile::case_size_limit);
}

/// What a folder holds, sorted; nothing where it cannot be read.
std::vector<fs::path> files_in(fs::path const& folder) {
    std::vector<fs::path> paths;
    std::error_code failure;
    for (fs::directory_iterator entry{folder, failure}, end; !failure && entry != end;
         entry.increment(failure)) {
        paths.push_back(entry->path());
    }
    std::ranges::sort(paths);
    return paths;
}

bool is_same_folder(fs::path const& a, fs::path const& b) {
    std::error_code failure;
    return fs::equivalent(a, b, failure);
}

casefile::PurgedPerson find_person(PurgeSettings const& settings) {
    if (!casefile::is_code(settings.person)) {
        throw Error{ErrorKind::usage,
                    {"--person attend un code tel que P1, et non « {} »",
                     "--person needs a code such as P1, not '{}'"},
                    settings.person};
    }
    casefile::PurgedPerson person{.code = settings.person, .names = {}};
    fs::path const key = key_path(settings.case_file);
    if (is_file(key)) {
        for (casefile::KeyPerson const& entry : casefile::parse_key(read_toml(key), key.string())) {
            if (*entry.code == person.code) {
                for (auto const& name : entry.names) {
                    person.names.push_back(*name);
                }
            }
        }
    }
    return person;
}

/// Documents that are not listed in a manifest: requests and working notes.
std::vector<std::string> document_names() {
    std::vector<std::string> names;
    for (std::string const stem : {"requests", "questions", "working-note"}) {
        for (std::string const language : {".fr", ".en"}) {
            for (std::string const suffix : {".odt", ".pdf", ".txt"}) {
                names.push_back(stem);
                names.back().append(language).append(suffix);
            }
        }
    }
    return names;
}

/// The new text with the permissions of the file that it replaces, at no moment with more.
void rewrite(fs::path const& path, std::string const& text) {
    std::error_code failure;
    fs::perms const found = fs::status(path, failure).permissions();
    write_private_file(path, std::as_bytes(std::span{text}));
    if (!failure) {
        fs::permissions(path, found & fs::perms::all, failure);
    }
    if (failure) {
        throw Error{ErrorKind::io,
                    {"{} est écrit, mais ses droits d’accès ne peuvent être rétablis : {}",
                     "{} is written, but its permissions cannot be restored: {}"},
                    path.string(),
                    system_message(failure.value())};
    }
}

class Planner {
public:
    explicit Planner(PurgeSettings const& settings)
        : settings_{settings}
        , folder_{settings.case_file.parent_path()}
        , person_{find_person(settings)} {}

    PurgePlan run() {
        purge_case();
        purge_counsel();
        purge_answers();
        purge_key();
        purge_frozen();
        if (is_in_case_) {
            remove_documents(folder_);
        }
        for (fs::path const& output : settings_.outputs) {
            remove_output(output);
        }
        if (plan_.files.empty()) {
            throw Error{ErrorKind::usage,
                        {"rien ne parle de {}, ni dans {} ni dans ce qui l’accompagne",
                         "nothing speaks of {}, neither in {} nor in what lies beside it"},
                        person_.code,
                        settings_.case_file.string()};
        }
        name_what_stays();
        return std::move(plan_);
    }

private:
    static void append(std::vector<PurgeLine>& to, std::vector<PurgeLine> const& lines) {
        to.insert(to.end(), lines.begin(), lines.end());
    }

    void leave(fs::path const& path, Sentence const& why) {
        plan_.left.push_back({{path.string(), 0, ""}, why});
    }

    void leave(fs::path const& path, Words why) { leave(path, Sentence{why}); }

    void remove_file(fs::path const& path, Words why) {
        if (!goes_or_changes(path)) {
            plan_.files.push_back({path, std::nullopt});
            plan_.removed.push_back({{path.string(), 0, ""}, Sentence{why}});
        }
    }

    void take(fs::path const& path, casefile::Purged const& purged) {
        append(plan_.removed, purged.removed);
        append(plan_.changed, purged.changed);
        append(plan_.left, purged.left);
        if (purged.did_anything()) {
            plan_.files.push_back({path, purged.text});
        }
    }

    void purge_case() {
        casefile::Purged const purged = casefile::purge_case(
            read_toml(settings_.case_file), settings_.case_file.string(), person_);
        is_in_case_ = purged.did_anything();
        take(settings_.case_file, purged);
        gone_ = purged.ids;
        pictures_ = purged.pictures;
    }

    void purge_counsel() {
        fs::path const path = folder_ / "counsel.toml";
        if (is_file(path)) {
            take(path, casefile::purge_tables(read_toml(path), path.string(), person_, gone_));
        }
    }

    void purge_answers() {
        fs::path const path = folder_ / "answers.toml";
        if (!is_file(path)) {
            return;
        }
        if (person_.code == casefile::interviewed_code) {
            remove_file(path,
                        {"réponses aux questions sur P1", "answers to the questions about P1"});
        } else {
            take(path, casefile::purge_tables(read_toml(path), path.string(), person_));
        }
    }

    void purge_key() {
        fs::path const path = key_path(settings_.case_file);
        if (!is_file(path)) {
            return;
        }
        casefile::Purged const purged =
            casefile::purge_key(read_toml(path), path.string(), person_);
        take(path, purged);
        if (purged.did_anything() && casefile::parse_key(purged.text, path.string()).empty()) {
            plan_.files.back().text.reset();
            plan_.removed.push_back(
                {{path.string(), 0, ""},
                 Sentence{{"plus personne dans la clé", "nobody left in the key"}}});
        }
    }

    void purge_frozen() {
        fs::path const path = frozen_path(settings_.case_file);
        if (!is_file(path)) {
            return;
        }
        if (!casefile::speaks_of(read_toml(path), person_)) {
            return;
        }
        remove_file(path,
                    {"texte figé, dont l’empreinte interdit d’ôter une partie",
                     "frozen text, whose hash lets no part be taken out"});
        leave(path,
              {"ce qui a été figé ne peut plus être montré ; un jeton d’horodatage n’en garde que "
               "l’empreinte",
               "what was frozen can no longer be shown; a time stamp keeps its hash alone"});
    }

    void remove_documents(fs::path const& folder) {
        for (std::string const& name : document_names()) {
            if (is_file(folder / name)) {
                remove_file(folder / name,
                            {"document tiré de l’affaire ; à refaire",
                             "made from the case; make it again"});
            }
        }
    }

    void remove_output(fs::path const& folder) {
        std::error_code unreadable;
        if (!fs::is_directory(folder, unreadable)) {
            throw Error{ErrorKind::io,
                        {"{} n’est pas un répertoire", "{} is not a folder"},
                        folder.string()};
        }
        fs::path const manifest = folder / manifest_name;
        if (is_file(manifest)) {
            for (report::ManifestEntry const& entry :
                 report::read_manifest(read_text(manifest, std::uintmax_t{1} << 20U))) {
                // A manifest may come from others: it must not reach out of its folder.
                if (fs::path{entry.file}.filename() == entry.file && is_file(folder / entry.file)) {
                    remove_file(folder / entry.file,
                                {"résultat calculé avec la personne ; à refaire",
                                 "result computed with the person; make it again"});
                }
            }
            remove_file(manifest, {"liste de ces résultats", "list of these results"});
        }
        remove_documents(folder);
        if (is_same_folder(folder, here())) {
            return;
        }
        for (fs::path const& path : files_in(folder)) {
            if (!goes_or_changes(path)) {
                leave(path, {"n’est pas un résultat de ce programme", "no result of this program"});
            }
        }
    }

    [[nodiscard]] bool goes_or_changes(fs::path const& path) const {
        return std::ranges::find(plan_.files, path, &FileChange::path) != plan_.files.end();
    }

    [[nodiscard]] fs::path here() const { return folder_.empty() ? fs::path{"."} : folder_; }

    void name_pictures() {
        casefile::Case of;
        of.file = settings_.case_file.string();
        for (std::string const& picture : pictures_) {
            leave(casefile::resolve_path(of, picture),
                  Sentence{{"photographie de {} ou pour {} : pièce, que ce programme n’efface pas",
                            "picture of {} or for {}: evidence, which this program does not erase"},
                           person_.code,
                           person_.code});
        }
    }

    /// Files beside the case that nobody read: locked ones, tokens, what an editor kept.
    void name_neighbours() {
        std::string const stem = settings_.case_file.stem().string();
        for (fs::path const& found : files_in(here())) {
            fs::path const path = folder_ / found.filename();
            std::string const name = path.filename().string();
            bool const is_done = goes_or_changes(path) ||
                                 path.filename() == settings_.case_file.filename() ||
                                 path.filename() == key_path(settings_.case_file).filename() ||
                                 path.filename() == frozen_path(settings_.case_file).filename();
            std::error_code unreadable;
            bool const is_link = fs::is_symlink(path, unreadable) &&
                                 (is_done || name == "counsel.toml" || name == "answers.toml" ||
                                  name.starts_with(stem));
            if (is_link) {
                leave(path,
                      {"un lien, qui n’a pas été suivi : y remédier à la main",
                       "a link, which was not followed: see to it by hand"});
                continue;
            }
            if (is_done) {
                continue;
            }
            if (path.extension() == ".locked") {
                leave(path,
                      {"verrouillé, donc non lu : l’ouvrir, recommencer, puis supprimer celui-ci",
                       "locked, so not read: unlock it, purge again, then remove this one"});
            } else if (path.extension() == ".tsq" || path.extension() == ".tsr") {
                leave(path, {"ne contient qu’une empreinte", "holds a hash alone"});
            } else if (name.starts_with(stem) || name.starts_with('.' + stem) ||
                       name.ends_with('~')) {
                leave(path, {"à côté de l’affaire, et non lu", "beside the case, and not read"});
            }
        }
    }

    void name_what_stays() {
        name_pictures();
        name_neighbours();
        for (Words const& words :
             {Words{"les autres photographies : le programme ne reconnaît personne sur une image",
                    "the other pictures: the program recognises nobody in an image"},
              Words{"les copies : sauvegardes, courriels, imprimés, ce qui a été déposé ou remis",
                    "copies: backups, mail, print, what was filed or handed over"},
              Words{"les octets supprimés, qu’un disque peut garder (journal, SSD)",
                    "the bytes removed, which a disk may keep (journal, SSD)"}}) {
            leave("", words);
        }
        if (settings_.outputs.empty()) {
            leave("",
                  {"les résultats : aucun répertoire n’a été indiqué par --out",
                   "results: no folder was named with --out"});
        }
    }

    PurgeSettings const& settings_;
    fs::path folder_; ///< of the case; "" for the one we are in
    casefile::PurgedPerson person_;
    PurgePlan plan_;
    casefile::PurgedIds gone_;
    std::vector<std::string> pictures_;
    bool is_in_case_ = false;
};

} // namespace

PurgePlan plan_purge(PurgeSettings const& settings) {
    std::error_code failure;
    if (!fs::is_symlink(settings.case_file, failure)) {
        return Planner{settings}.run();
    }
    PurgeSettings target = settings;
    target.case_file = fs::canonical(settings.case_file, failure);
    if (failure) {
        throw Error{ErrorKind::io,
                    {"impossible de suivre le lien « {} » : {}", "cannot follow the link '{}': {}"},
                    settings.case_file.string(),
                    system_message(failure.value())};
    }
    PurgePlan plan = Planner{target}.run();
    plan.left.push_back(
        {{settings.case_file.string(), 0, ""},
         Sentence{
             {"un lien vers {} : ce fichier et ce qui l’accompagne sont traités, ce qui est à "
              "côté du lien ne l’est pas",
              "a link to {}: that file and what lies beside it are worked on, what lies beside "
              "the link is not"},
             target.case_file.string()}});
    return plan;
}

void carry_out(PurgePlan const& plan) {
    for (FileChange const& file : plan.files) {
        if (file.text) {
            rewrite(file.path, *file.text);
        }
    }
    for (FileChange const& file : plan.files) {
        std::error_code failure;
        if (!file.text && !fs::remove(file.path, failure)) {
            throw Error{ErrorKind::io,
                        {"impossible de supprimer « {} » : {}", "cannot remove '{}': {}"},
                        file.path.string(),
                        system_message(failure.value())};
        }
    }
}

} // namespace cmq::pipeline
