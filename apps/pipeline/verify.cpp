// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/verify.hpp"

#include "apps/pipeline/case_colours.hpp"
#include "apps/pipeline/check_attestations.hpp"
#include "apps/pipeline/check_folder.hpp"
#include "apps/pipeline/check_notes.hpp"
#include "apps/pipeline/compare_tables.hpp"
#include "apps/pipeline/compute_case.hpp"
#include "apps/pipeline/find_known_issues.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "casefile/kept/case_h5.hpp"
#include "casefile/read_case.hpp"
#include "casefile/without_comments.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_note.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr Form<2> in_table{"tableau {}, {}", "table {}, {}"};

Sentence compared(std::size_t numbers) {
    return Sentence{{"{} nombres comparés, tous égaux", "{} numbers compared, all equal"}, numbers};
}

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
        if (settings_.authorities) {
            authorities_ = read_authorities(*settings_.authorities);
        }
        known_ = settings_.known_issues
                     ? casefile::parse_known_issues(
                           read_text(*settings_.known_issues, casefile::case_size_limit),
                           settings_.known_issues->string())
                     : casefile::read_known_issues();
        std::error_code unreadable;
        bool const is_folder = fs::is_directory(settings_.what, unreadable);
        fs::path const case_h5 = is_folder ? settings_.what / "case.h5" : settings_.what;
        if (is_folder) {
            progress_.report(0.0,
                             Sentence{{"vérification des fichiers du répertoire",
                                       "checking the files of the folder"}});
            append(check_folder(settings_.what, authorities_));
        } else {
            static_cast<void>(read_file(case_h5, casefile::case_h5_size_limit));
            append(check_attestations(case_h5, authorities_));
        }
        progress_.report(
            0.1, Sentence{{"vérification du fichier de résultats", "checking the case file"}});
        if (check_case(case_h5)) {
            if (is_folder) {
                progress_.report(0.2,
                                 Sentence{{"les notes sont refaites", "making the notes again"}});
                append(check_notes(settings_.what, computed_.input, settings_.renderer));
            }
            check_inputs();
            check_reading_inputs();
            check_numbers();
            if (computed_.input.frozen) {
                checks_.push_back(check_frozen_stamp(settings_.inputs,
                                                     computed_.input.file.file,
                                                     *computed_.input.frozen,
                                                     authorities_));
            }
            check_known_issues();
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

    void append(std::vector<Check> checks) {
        std::ranges::move(checks, std::back_inserter(checks_));
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
        check_libraries();
    }

    /// The hash of a class's library in the ledger; "" where it names none.
    [[nodiscard]] std::string library_hash(std::string const& colour_class) const {
        casefile::LedgerEntry const* const measured = computed_.ledger.find("measure");
        std::string const before = "; colours " + colour_class + ' ';
        std::size_t const at =
            measured == nullptr ? std::string::npos : ("; " + measured->inputs).find(before);
        return at == std::string::npos ? ""
                                       : ("; " + measured->inputs).substr(at + before.size(), 64);
    }

    void check_libraries() {
        for (casefile::ColourClass const& one : computed_.input.file.colour_classes) {
            if (one.library) {
                check_input(CheckKind::colour_library,
                            **one.library,
                            settings_.inputs ? *settings_.inputs / **one.library : fs::path{},
                            library_hash(*one.id));
            }
        }
    }

    void check_reading_inputs() {
        casefile::Case const& file = computed_.input.file;
        auto const check = [&](std::string const& name, std::string const& sha256) {
            check_input(CheckKind::reading,
                        name,
                        settings_.inputs ? *settings_.inputs / name : fs::path{},
                        sha256);
        };
        if (!file.readings.empty() && file.marker->registry) {
            check(**file.marker->registry, computed_.input.readings.registry_sha256);
        }
        for (report::NoteReading const& reading : computed_.input.readings.readings) {
            for (report::NoteReadingFile const& each : reading.files) {
                check(each.file, each.sha256);
            }
        }
    }

    [[nodiscard]] bool inputs_are_good() const {
        return std::ranges::none_of(checks_, [](Check const& check) {
            return (check.kind == CheckKind::case_input || check.kind == CheckKind::capture ||
                    check.kind == CheckKind::reading || check.kind == CheckKind::colour_library) &&
                   check.state == CheckState::bad;
        });
    }

    void check_known_issues() {
        if (version_of(computed_.input.program).empty()) {
            add(CheckKind::known_issue,
                CheckState::not_checked,
                CheckReason::other_program,
                computed_.input.program);
            return;
        }
        auto const found = find_known_issues(known_, computed_.input);
        bool const is_touched = std::ranges::any_of(found, &IssueAtHand::touches);
        if (!is_touched) {
            add(CheckKind::known_issue,
                CheckState::good,
                CheckReason::none,
                known_.as_of,
                Sentence{{"aucune des {} erreurs connues de {} ne touche ce rapport",
                          "none of the {} known errors of {} touches this report"},
                         found.size(),
                         computed_.input.program});
        }
        for (IssueAtHand const& each : found) {
            if (each.touches) {
                add(CheckKind::known_issue,
                    CheckState::noted,
                    CheckReason::touches,
                    each.issue.id,
                    to_sentence(each));
            }
        }
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
        std::size_t numbers = 0;
        for (casefile::KeptTable const& table : again.kept.tables) {
            numbers += numbers_in(table.table);
            Sentence const found = first_difference(table_of(kept_, table.name), table.table);
            if (difference.empty() && !found.empty()) {
                difference = Sentence{in_table, table.name, found};
            }
        }
        add(CheckKind::measuring,
            difference.empty(),
            computed_.input.file.file,
            difference.empty() ? compared(numbers) : difference);
        check_evaluations(again.input.evaluations);
    }

    void check_evaluations(std::vector<lab::Evaluation> const& again) {
        for (std::size_t i = 0; i < again.size(); ++i) {
            casefile::KeptCase before;
            casefile::KeptCase now;
            keep_evaluations(std::span{&computed_.input.evaluations.at(i), 1}, before);
            keep_evaluations(std::span{&again[i], 1}, now);
            Sentence difference;
            std::size_t numbers = 0;
            for (std::size_t t = 0; t < now.tables.size() && difference.empty(); ++t) {
                Sentence const found =
                    first_difference(before.tables[t].table, now.tables[t].table);
                numbers += numbers_in(now.tables[t].table);
                if (!found.empty()) {
                    difference = Sentence{in_table, now.tables[t].name, found};
                }
            }
            add(CheckKind::weighing,
                difference.empty(),
                again[i].h1 + "/" + again[i].h2,
                difference.empty() ? compared(numbers) : difference);
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
        if (!computed_.input.captures.empty() || !computed_.input.readings.readings.empty()) {
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
    std::optional<std::string> authorities_;
    casefile::KnownIssues known_;
};

} // namespace

std::vector<Check> verify(VerifySettings const& settings, Progress const& progress) {
    return Verifier{settings, progress}.run();
}

} // namespace cmq::pipeline
