// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/compute_case.hpp"

#include "apps/pipeline/check_restored.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_measured.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/json_envelope.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <gnu/libc-version.h>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;
using casefile::Ledger;
using casefile::LedgerEntry;

constexpr std::string_view weigh = "weigh ";

std::string program() {
    return "Contremarque " + report::program_version();
}

std::string libraries() {
    // Logarithms and exponentials come from the C library; LibRaw's version stands with each capture.
    return std::string{"glibc "} + ::gnu_get_libc_version();
}

std::string step_name(casefile::Comparison const& comparison) {
    return std::string{weigh} + *comparison.h1 + "/" + *comparison.h2;
}

LedgerEntry entry(std::string step, std::string inputs, std::string parameters, std::string made) {
    return {.step = std::move(step),
            .inputs = std::move(inputs),
            .parameters = std::move(parameters),
            .program = program(),
            .libraries = libraries(),
            .made = std::move(made),
            .previous = {},
            .hash = {}};
}

/// SHA-256 of tables in the order of the case, and of the pictures where a table of them is among them.
std::string hash_of_tables(KeptCase const& kept, std::vector<std::string_view> const& names) {
    std::string all;
    for (casefile::KeptTable const& entry : kept.tables) {
        if (std::ranges::find(names, entry.name) != names.end()) {
            all += entry.name + ' ' + sha256_hex(casefile::to_bytes(entry.table)) + '\n';
        }
    }
    if (std::ranges::find(names, "pictures") != names.end()) {
        for (casefile::KeptPicture const& picture : kept.pictures) {
            all += picture.name + ' ' + std::to_string(picture.height) + ' ' +
                   std::to_string(picture.width) + ' ' +
                   sha256_hex(std::as_bytes(std::span{picture.rgb})) + '\n';
        }
    }
    return sha256_hex(std::as_bytes(std::span{all}));
}

std::vector<std::string_view> const measured_tables{"captures",
                                                    "capture_warnings",
                                                    "detections",
                                                    "detection_planes",
                                                    "detection_warnings",
                                                    "traces",
                                                    "pictures",
                                                    "blanks",
                                                    "blank_totals"};
std::vector<std::string_view> const finding_tables{
    "findings", "finding_captures", "finding_ratios"};
std::vector<std::string_view> const account_tables{"account_carriers",
                                                   "account_deliveries",
                                                   "account_zones",
                                                   "account_events",
                                                   "account_look_alikes",
                                                   "account_propositions",
                                                   "account_parameters"};

std::string hash_of(lab::Evaluation const& evaluation) {
    KeptCase alone;
    keep_evaluations(std::span{&evaluation, 1}, alone);
    std::vector<std::string_view> names;
    for (auto const& table : alone.tables) {
        names.push_back(table.name);
    }
    return hash_of_tables(alone, names);
}

std::string without_line_breaks(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

/// What of the case file the measurement depends on, beside the captures' bytes.
std::string measure_parameters(casefile::Case const& of) {
    std::string text = "false_traces " + number_text(false_traces_expected(of)) + "; examined " +
                       number_text(examination_minutes(of)) + " min";
    if (of.examination) {
        text += "; blanks";
        for (auto const& blank : of.examination->blanks) {
            text += " " + *blank;
        }
        text += "; reference " + (of.examination->reference ? **of.examination->reference : "");
    }
    auto const place = [](auto const& value) { return value ? **value : std::string{}; };
    for (casefile::Capture const& capture : of.captures) {
        text += "; " + *capture.id + " role " + std::to_string(static_cast<int>(*capture.role)) +
                " zone " + place(capture.zone) + " of " + place(capture.of) + " material " +
                capture.material;
        if (capture.at) {
            text += " at " + number_text(capture.at->value.minutes) + "+-" +
                    number_text(capture.at->value.uncertainty_min);
        }
    }
    return without_line_breaks(std::move(text));
}

std::string capture_hashes(casefile::Case const& of, std::vector<std::string> const& hashes) {
    std::string text;
    for (std::size_t i = 0; i < of.captures.size(); ++i) {
        text += (i == 0 ? "" : "; ") + *of.captures[i].id + " " + hashes[i];
    }
    return without_line_breaks(std::move(text));
}

std::vector<std::string> hash_captures(casefile::Case const& of) {
    std::vector<std::string> hashes;
    for (casefile::Capture const& capture : of.captures) {
        try {
            hashes.push_back(sha256_hex(read_file(casefile::resolve_path(of, *capture.file))));
        } catch (Error& error) {
            error.at(casefile::to_sentence(capture.file.place));
            throw;
        }
    }
    return hashes;
}

Progress part_of(Progress const& whole, double from, double to) {
    Progress part = whole;
    part.report = [report = whole.report, from, to](double done, Sentence const& doing) {
        report(from + (to - from) * done, doing);
    };
    return part;
}

/// What an earlier run kept, read as far as it may be used.
class Earlier {
public:
    explicit Earlier(KeptCase const* kept) {
        if (kept != nullptr) {
            ledger_ = casefile::to_ledger(table_of(*kept, "ledger"));
            restore_measured(*kept, input_);
            input_.evaluations = restore_evaluations(*kept);
            measured_hash_ = hash_of_tables(*kept, measured_tables);
            findings_hash_ = hash_of_tables(*kept, finding_tables);
        }
    }

    [[nodiscard]] report::NoteInput const* measured(std::string const& inputs,
                                                    std::string const& parameters) const {
        LedgerEntry const* const found = ledger_.find("measure");
        LedgerEntry const* const findings = ledger_.find("find");
        bool const same = found != nullptr && findings != nullptr && found->inputs == inputs &&
                          found->parameters == parameters && is_from_here(*found) &&
                          found->made == measured_hash_ && findings->made == findings_hash_;
        return same ? &input_ : nullptr;
    }

    [[nodiscard]] bool has_captures() const { return ledger_.find("measure") != nullptr; }

    [[nodiscard]] lab::Evaluation const* evaluation(casefile::Comparison const& comparison,
                                                    LedgerEntry const& wanted) const {
        LedgerEntry const* const found = ledger_.find(wanted.step);
        if (found == nullptr || found->inputs != wanted.inputs ||
            found->parameters != wanted.parameters || !is_from_here(*found)) {
            return nullptr;
        }
        for (lab::Evaluation const& evaluation : input_.evaluations) {
            if (evaluation.h1 == *comparison.h1 && evaluation.h2 == *comparison.h2 &&
                hash_of(evaluation) == found->made) {
                return &evaluation;
            }
        }
        return nullptr;
    }

private:
    static bool is_from_here(LedgerEntry const& entry) {
        return entry.program == program() && entry.libraries == libraries();
    }

    Ledger ledger_;
    report::NoteInput input_;
    std::string measured_hash_;
    std::string findings_hash_;
};

/// As on the first reading: the case may state something else now.
void check_origins(casefile::Case const& of, std::vector<report::NoteCapture> const& captures) {
    for (std::size_t i = 0; i < captures.size(); ++i) {
        try {
            check_origin(of, of.captures[i], captures[i].sha256, captures[i].metadata.simulated);
        } catch (Error& error) {
            error.at(casefile::to_sentence(of.captures[i].file.place));
            throw;
        }
    }
}

/// Puts captures, detections, blanks and measured findings into `computed`, from earlier or anew.
void measure(LoadedCase const& loaded,
             MeasureSettings const& settings,
             Earlier const& earlier,
             Progress const& progress,
             Computed& computed) {
    report::NoteInput& input = computed.input;
    std::string const parameters = measure_parameters(loaded.file);
    std::string inputs;
    report::NoteInput const* known = nullptr;
    if (earlier.has_captures()) {
        inputs = capture_hashes(loaded.file, hash_captures(loaded.file));
        known = earlier.measured(inputs, parameters);
    }
    if (known != nullptr) {
        check_origins(loaded.file, known->captures);
        input.captures = known->captures;
        input.detections = known->detections;
        input.blanks = known->blanks;
        for (report::NoteFinding const& finding : known->findings) {
            if (!finding.captures.empty()) {
                input.findings.push_back(finding);
            }
        }
        computed.reused.emplace_back("measure");
    } else {
        report::NoteInput measured =
            to_note_input(measure_case(loaded, settings, part_of(progress, 0.0, 0.6)));
        input.captures = std::move(measured.captures);
        input.detections = std::move(measured.detections);
        input.blanks = std::move(measured.blanks);
        input.findings = std::move(measured.findings);
        std::vector<std::string> hashes;
        for (report::NoteCapture const& capture : input.captures) {
            hashes.push_back(capture.sha256); // of the very bytes that were decoded
        }
        inputs = capture_hashes(loaded.file, hashes);
    }
    keep_measured(input, computed.kept);
    computed.ledger.append(
        entry("measure", inputs, parameters, hash_of_tables(computed.kept, measured_tables)));
}

std::string evaluation_parameters(lab::Settings const& settings) {
    return "seed " + std::to_string(settings.seed) + "; draws " +
           std::to_string(settings.draws_min) + " to " + std::to_string(settings.draws_max) +
           "; target " + number_text(settings.target_relative_error) + "; sensitivity " +
           std::to_string(settings.sensitivity_draws) + " x " +
           std::to_string(settings.inner_draws_max) + "; tornado " +
           std::to_string(settings.tornado_draws) + "; cap " + number_text(settings.print.cap);
}

} // namespace

Computed compute_case(std::filesystem::path const& case_file,
                      MeasureSettings const& settings,
                      KeptCase const* earlier_case,
                      Progress const& progress) {
    LoadedCase const loaded = load_case(case_file);
    Earlier const earlier{earlier_case};
    Computed computed;
    computed.kept.case_text = loaded.text;
    computed.input.file = loaded.file;
    computed.input.case_sha256 = loaded.sha256;
    computed.input.program = program();
    std::string const name = case_file.filename().string();
    computed.input.commands = {"contremarque analyse " + name};
    computed.input.file.file = name; // where the folder lay on this machine is nobody's business
    computed.ledger.append(
        entry("case", "case file " + without_line_breaks(name), "", loaded.sha256));

    measure(loaded, settings, earlier, progress, computed);
    Translation const translation = to_account(loaded.file);
    std::vector<lab::Finding> findings;
    for (report::NoteFinding const& finding : computed.input.findings) {
        findings.push_back(finding.finding);
    }
    for (lab::Finding const& typed : typed_findings(translation, findings)) {
        report::NoteFinding note;
        note.finding = typed;
        note.observation = typed.id;
        computed.input.findings.push_back(std::move(note));
    }
    findings.clear();
    for (report::NoteFinding const& finding : computed.input.findings) {
        findings.push_back(finding.finding);
    }
    // Again with the typed findings: the tables of the measurement stay as they are.
    computed.kept.tables.clear();
    computed.kept.pictures.clear();
    keep_measured(computed.input, computed.kept);
    keep_account(translation, computed.kept);
    std::string const findings_hash = hash_of_tables(computed.kept, finding_tables);
    computed.ledger.append(
        entry("find",
              "measurement " + computed.ledger.find("measure")->made + "; case " + loaded.sha256,
              "",
              findings_hash));

    std::string const inputs =
        "findings " + findings_hash + "; account " + hash_of_tables(computed.kept, account_tables);
    auto const& comparisons = loaded.file.comparisons;
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        auto const n = static_cast<double>(comparisons.size());
        Progress const part = part_of(progress,
                                      0.6 + 0.3 * static_cast<double>(i) / n,
                                      0.6 + 0.3 * static_cast<double>(i + 1) / n);
        part.report(0.0,
                    Sentence{{"comparaison de {} et de {}", "weighing {} against {}"},
                             *comparisons[i].h1,
                             *comparisons[i].h2});
        LedgerEntry wanted =
            entry(step_name(comparisons[i]),
                  inputs,
                  evaluation_parameters(to_settings(loaded.file, settings.threads)),
                  "");
        if (lab::Evaluation const* known = earlier.evaluation(comparisons[i], wanted)) {
            computed.input.evaluations.push_back(*known);
            computed.reused.push_back(wanted.step);
        } else {
            computed.input.evaluations.push_back(evaluate_comparison(
                loaded.file, translation, comparisons[i], findings, settings.threads, part));
        }
        wanted.made = hash_of(computed.input.evaluations.back());
        computed.ledger.append(std::move(wanted));
    }
    keep_evaluations(computed.input.evaluations, computed.kept);
    computed.input.ledger_head = computed.ledger.head();
    return computed;
}

std::vector<lab::Evaluation> evaluate_again(Computed const& restored, unsigned threads) {
    Translation const translation = to_account(restored.input.file);
    std::vector<lab::Finding> findings;
    for (report::NoteFinding const& finding : restored.input.findings) {
        findings.push_back(finding.finding);
    }
    std::vector<lab::Evaluation> evaluations;
    for (auto const& comparison : restored.input.file.comparisons) {
        evaluations.push_back(
            evaluate_comparison(restored.input.file, translation, comparison, findings, threads));
    }
    return evaluations;
}

KeptCase with_ledger(KeptCase kept, Ledger const& ledger) {
    kept.tables.push_back({"ledger", casefile::to_table(ledger)});
    return kept;
}

std::string hash_of_step(KeptCase const& kept, std::string_view step) {
    if (step == "case") {
        return sha256_hex(std::as_bytes(std::span{kept.case_text}));
    }
    if (step == "measure") {
        return hash_of_tables(kept, measured_tables);
    }
    if (step == "find") {
        return hash_of_tables(kept, finding_tables);
    }
    for (lab::Evaluation const& evaluation : restore_evaluations(kept)) {
        if (step == std::string{weigh} + evaluation.h1 + "/" + evaluation.h2) {
            return hash_of(evaluation);
        }
    }
    throw Error{ErrorKind::format,
                {"le registre a une étape « {} » que ce programme ne connaît pas",
                 "the ledger has a step '{}' that this program does not know"},
                step};
}

Computed restore_case(KeptCase const& kept) {
    Computed computed;
    computed.ledger = casefile::to_ledger(table_of(kept, "ledger"));
    for (LedgerEntry const& step : computed.ledger.entries()) {
        if (step.made != hash_of_step(kept, step.step)) {
            throw Error{
                ErrorKind::integrity,
                {"l’étape « {} » du registre a produit autre chose que ce que le fichier de "
                 "résultats contient maintenant",
                 "step '{}' of the ledger made something else than what the case file holds now"},
                step.step};
        }
    }
    LedgerEntry const* const first = computed.ledger.find("case");
    if (first == nullptr || !first->inputs.starts_with("case file ")) {
        throw Error{ErrorKind::format,
                    {"le registre ne nomme pas le fichier de l’affaire",
                     "the ledger does not name the case file"}};
    }
    std::string const name = first->inputs.substr(std::string_view{"case file "}.size());
    LoadedCase const loaded = to_loaded_case(kept.case_text, name);
    computed.kept = kept;
    std::erase_if(computed.kept.tables, [](auto const& entry) { return entry.name == "ledger"; });
    computed.input.file = loaded.file;
    computed.input.case_sha256 = loaded.sha256;
    computed.input.program = first->program;
    computed.input.commands = {"contremarque analyse " + name};
    restore_measured(kept, computed.input);
    computed.input.evaluations = restore_evaluations(kept);
    computed.input.ledger_head = computed.ledger.head();
    check_restored(computed.input);
    return computed;
}

} // namespace cmq::pipeline
