// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/verify.hpp"

#include "apps/pipeline/compare_tables.hpp"
#include "apps/pipeline/compute_case.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/make_notes.hpp"
#include "casefile/kept/case_h5.hpp"
#include "casefile/read_case.hpp"
#include "casefile/without_comments.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_manifest.hpp"
#include "report/json_note.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr Form<2> in_table{"tableau {}, {}", "table {}, {}"};

constexpr std::uintmax_t manifest_limit = std::uintmax_t{1} << 20U;

/// The bytes, or nothing where the file cannot be read.
std::optional<std::vector<std::byte>> bytes_of(fs::path const& path) {
    try {
        return read_file(path);
    } catch (Error const&) {
        return std::nullopt;
    }
}

class Verifier {
public:
    Verifier(VerifySettings const& settings, Progress const& progress)
        : settings_{settings}
        , progress_{progress} {}

    std::vector<Check> run() {
        std::error_code unreadable;
        bool const is_folder = fs::is_directory(settings_.what, unreadable);
        fs::path const case_h5 = is_folder ? settings_.what / "case.h5" : settings_.what;
        if (is_folder) {
            progress_.report(0.0,
                             Sentence{{"vérification des fichiers du répertoire",
                                       "checking the files of the folder"}});
            check_manifest();
        } else {
            static_cast<void>(read_file(case_h5, casefile::case_h5_size_limit));
        }
        progress_.report(
            0.1, Sentence{{"vérification du fichier de résultats", "checking the case file"}});
        if (check_case(case_h5)) {
            if (is_folder) {
                progress_.report(0.2,
                                 Sentence{{"les notes sont refaites", "making the notes again"}});
                check_notes();
            }
            check_inputs();
            check_numbers();
        }
        return std::move(checks_);
    }

private:
    void add(CheckKind kind,
             CheckState state,
             CheckReason reason,
             std::string subject,
             Sentence detail = {}) {
        checks_.push_back({kind, state, reason, std::move(subject), std::move(detail)});
    }

    /// good, or bad because it differs.
    void add(CheckKind kind, bool is_good, std::string subject, Sentence detail = {}) {
        add(kind,
            is_good ? CheckState::good : CheckState::bad,
            is_good ? CheckReason::none : CheckReason::differs,
            std::move(subject),
            std::move(detail));
    }

    void check_manifest() {
        constexpr char const* name = "manifest.json";
        std::vector<report::ManifestEntry> entries;
        try {
            entries = report::read_manifest(read_text(settings_.what / name, manifest_limit));
            add(CheckKind::manifest, true, name);
        } catch (Error const& error) {
            add(CheckKind::manifest,
                CheckState::bad,
                error.kind() == ErrorKind::integrity ? CheckReason::differs : CheckReason::missing,
                name,
                error.sentence());
            return;
        }
        std::set<std::string> known{name};
        for (report::ManifestEntry const& entry : entries) {
            known.insert(entry.file);
            auto const bytes = bytes_of(settings_.what / entry.file);
            if (!bytes) {
                add(CheckKind::output, CheckState::bad, CheckReason::missing, entry.file);
                continue;
            }
            add(CheckKind::output,
                bytes->size() == entry.bytes && sha256_hex(*bytes) == entry.sha256,
                entry.file);
        }
        std::vector<std::string> strangers;
        std::error_code unreadable;
        for (auto const& file : fs::directory_iterator(settings_.what, unreadable)) {
            std::string const found = file.path().filename().string();
            if (!known.contains(found)) {
                strangers.push_back(found);
            }
        }
        std::ranges::sort(strangers);
        for (std::string const& stranger : strangers) {
            add(CheckKind::stranger, CheckState::not_checked, CheckReason::none, stranger);
        }
    }

    /// Reads the case; false when there is nothing to go on with.
    bool check_case(fs::path const& path) {
        std::string const name = path.filename().string();
        try {
            kept_ = casefile::read_case_h5(path, settings_.case_reader);
            add(CheckKind::case_file, true, name);
        } catch (Error const& error) {
            add(CheckKind::case_file,
                CheckState::bad,
                error.kind() == ErrorKind::io ? CheckReason::missing : CheckReason::differs,
                name,
                error.sentence());
            return false;
        }
        try {
            computed_ = restore_case(kept_);
            add(CheckKind::ledger, true, std::to_string(computed_.ledger.entries().size()));
            return true;
        } catch (Error const& error) {
            add(CheckKind::ledger, false, name, error.sentence());
            return false;
        }
    }

    [[nodiscard]] bool is_from_this_program() const {
        return computed_.input.program == "Contremarque " + report::program_version();
    }

    void check_note(std::string const& name, std::vector<std::byte> const& expected) {
        auto const found = bytes_of(settings_.what / name);
        if (!found) {
            return; // not asked for when the folder was made; the manifest tells if it should be there
        }
        if (*found == expected) {
            add(CheckKind::note, true, name);
        } else if (is_from_this_program()) {
            add(CheckKind::note, false, name);
        } else {
            add(CheckKind::note, CheckState::not_checked, CheckReason::other_program, name);
        }
    }

    void check_notes() {
        bool const can_render = static_cast<bool>(settings_.renderer.pdf);
        std::vector<Format> formats{Format::json};
        if (can_render) { // the charts of the HTML come from it too
            formats = {Format::pdf, Format::html, Format::json};
        }
        for (NoteFile const& note :
             make_notes(computed_.input,
                        {report::Language::french, report::Language::english},
                        formats,
                        settings_.renderer)) {
            check_note(note.name, note.bytes);
        }
        for (char const* name : {"note.fr.pdf", "note.fr.html", "note.en.pdf", "note.en.html"}) {
            std::error_code missing;
            if (!can_render && fs::exists(settings_.what / name, missing)) {
                add(CheckKind::note, CheckState::not_checked, CheckReason::no_renderer, name);
            }
        }
    }

    [[nodiscard]] fs::path case_path() const {
        return *settings_.inputs / computed_.input.file.file;
    }

    void check_input(CheckKind kind,
                     std::string const& subject,
                     fs::path const& path,
                     std::string const& sha256) {
        if (!settings_.inputs) {
            add(kind, CheckState::not_checked, CheckReason::not_asked, subject);
            return;
        }
        auto const bytes = bytes_of(path);
        if (!bytes) {
            add(kind, CheckState::bad, CheckReason::missing, subject);
            return;
        }
        add(kind, hash_of_input(kind, *bytes) == sha256, subject);
    }

    /// Of a case without its comments, as it was read.
    static std::string hash_of_input(CheckKind kind, std::vector<std::byte> const& bytes) {
        if (kind != CheckKind::case_input) {
            return sha256_hex(bytes);
        }
        std::string text(bytes.size(), '\0');
        std::ranges::transform(
            bytes, text.begin(), [](std::byte each) { return static_cast<char>(each); });
        text = casefile::without_comments(text);
        return sha256_hex(std::as_bytes(std::span{text}));
    }

    void check_inputs() {
        casefile::Case const& file = computed_.input.file;
        check_input(CheckKind::case_input,
                    file.file,
                    settings_.inputs ? case_path() : fs::path{},
                    computed_.input.case_sha256);
        for (std::size_t i = 0; i < computed_.input.captures.size(); ++i) {
            std::string const& name = *file.captures.at(i).file;
            check_input(CheckKind::capture,
                        name,
                        settings_.inputs ? *settings_.inputs / name : fs::path{},
                        computed_.input.captures[i].sha256);
            if (auto const& profile = file.captures.at(i).profile) {
                check_input(CheckKind::capture,
                            **profile,
                            settings_.inputs ? *settings_.inputs / **profile : fs::path{},
                            computed_.input.captures[i].profile_sha256);
            }
        }
    }

    [[nodiscard]] bool inputs_are_good() const {
        return std::ranges::none_of(checks_, [](Check const& check) {
            return (check.kind == CheckKind::case_input || check.kind == CheckKind::capture) &&
                   check.state == CheckState::bad;
        });
    }

    /// All of it once more, from the files.
    void measure_again() {
        progress_.report(0.4, Sentence{{"nouvelle mesure", "measuring again"}});
        Computed const again =
            compute_case(case_path(),
                         {.decoder = settings_.decoder, .threads = settings_.threads},
                         nullptr,
                         progress_);
        Sentence difference;
        for (casefile::KeptTable const& table : again.kept.tables) {
            Sentence const found = first_difference(table_of(kept_, table.name), table.table);
            if (difference.empty() && !found.empty()) {
                difference = Sentence{in_table, table.name, found};
            }
        }
        add(CheckKind::measuring, difference.empty(), computed_.input.file.file, difference);
        check_evaluations(again.input.evaluations);
    }

    void check_evaluations(std::vector<lab::Evaluation> const& again) {
        for (std::size_t i = 0; i < again.size(); ++i) {
            casefile::KeptCase before;
            casefile::KeptCase now;
            keep_evaluations(std::span{&computed_.input.evaluations.at(i), 1}, before);
            keep_evaluations(std::span{&again[i], 1}, now);
            Sentence difference;
            for (std::size_t t = 0; t < now.tables.size() && difference.empty(); ++t) {
                Sentence const found =
                    first_difference(before.tables[t].table, now.tables[t].table);
                if (!found.empty()) {
                    difference = Sentence{in_table, now.tables[t].name, found};
                }
            }
            add(CheckKind::weighing,
                difference.empty(),
                again[i].h1 + "/" + again[i].h2,
                difference);
        }
    }

    /// What is computed may say that the case cannot be: then it was not computed from this.
    template <class Compute>
    void compute(CheckKind kind, Compute const& compute) {
        try {
            compute();
        } catch (Error const& error) {
            if (error.kind() == ErrorKind::io || error.kind() == ErrorKind::limits) {
                throw; // the machine's fault, or somebody's who stopped it
            }
            add(kind, false, computed_.input.file.file, error.full_sentence());
        }
    }

    void check_numbers() {
        bool const can_measure = settings_.inputs && inputs_are_good();
        if (settings_.recompute && can_measure) {
            compute(CheckKind::measuring, [this] { measure_again(); });
            return;
        }
        if (!computed_.input.captures.empty()) {
            add(CheckKind::measuring,
                CheckState::not_checked,
                CheckReason::not_asked,
                computed_.input.file.file);
        }
        if (settings_.recompute) {
            progress_.report(0.4, Sentence{{"nouvelle évaluation", "weighing again"}});
            compute(CheckKind::weighing,
                    [this] { check_evaluations(evaluate_again(computed_, settings_.threads)); });
            return;
        }
        for (lab::Evaluation const& evaluation : computed_.input.evaluations) {
            add(CheckKind::weighing,
                CheckState::not_checked,
                CheckReason::not_asked,
                evaluation.h1 + "/" + evaluation.h2);
        }
    }

    VerifySettings const& settings_;
    Progress const& progress_;
    std::vector<Check> checks_;
    casefile::KeptCase kept_;
    Computed computed_;
};

} // namespace

std::vector<Check> verify(VerifySettings const& settings, Progress const& progress) {
    return Verifier{settings, progress}.run();
}

} // namespace cmq::pipeline
