// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/compute_case.hpp"

#include "apps/pipeline/add_by_hand.hpp"
#include "apps/pipeline/case_colours.hpp"
#include "apps/pipeline/case_steps.hpp"
#include "apps/pipeline/check_restored.hpp"
#include "apps/pipeline/freeze_case.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "apps/pipeline/keep_frozen.hpp"
#include "apps/pipeline/keep_measured.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/read_readings.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_findings.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "apps/pipeline/weigh_readings.hpp"
#include "casefile/frozen.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::LedgerEntry;

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
                " zone " + place(capture.zone) + " subtract " + place(capture.subtract) + " of " +
                place(capture.of) + " material " + capture.material + " substrate " +
                capture.substrate + " filter " + capture.filter + " lamp " +
                (capture.lamp_nm ? number_text(*capture.lamp_nm) : "") +
                (casefile::seeks_darker(capture) ? " darker" : "") +
                (capture.unmoved ? " unmoved" : "");
        if (capture.at) {
            text += " at " + number_text(capture.at->value.minutes) + "+-" +
                    number_text(capture.at->value.uncertainty_min);
        }
    }
    return text + colour_parameters(of);
}

// Files of captures, of the camera profiles that they name, and of libraries of colours.
std::string input_hashes(casefile::Case const& of,
                         std::vector<std::string> const& captures,
                         std::vector<std::string> const& profiles) {
    std::string text;
    for (std::size_t i = 0; i < of.captures.size(); ++i) {
        text += (i == 0 ? "" : "; ") + *of.captures[i].id + " " + captures[i];
        text += profiles[i].empty() ? "" : " profile " + profiles[i];
    }
    for (casefile::ColourClass const& one : of.colour_classes) {
        if (one.library) {
            text += "; colours " + *one.id + " " + sha256_hex(read_file(resolve_library(of, one)));
        }
    }
    return text;
}

std::vector<std::string> hash_profiles(casefile::Case const& of) {
    std::vector<std::string> hashes;
    for (casefile::Capture const& capture : of.captures) {
        try {
            hashes.push_back(capture.profile ? sha256_hex(read_file(
                                                   casefile::resolve_path(of, **capture.profile)))
                                             : std::string{});
        } catch (Error& error) {
            error.at(casefile::to_sentence(capture.profile->place));
            throw;
        }
    }
    return hashes;
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

/// Whether the earlier run made the step of the same things.
bool is_same_step(Computed const* earlier, LedgerEntry const& wanted) {
    LedgerEntry const* const found =
        earlier != nullptr ? earlier->ledger.find(wanted.step) : nullptr;
    return found != nullptr && found->inputs == wanted.inputs &&
           found->parameters == wanted.parameters && is_from_here(*found);
}

/// Captures, detections, blanks and measured findings: those of the earlier run.
void take_over_measurement(LoadedCase const& loaded,
                           report::NoteInput const& known,
                           report::NoteInput& input) {
    check_origins(loaded.file, known.captures);
    input.captures = known.captures;
    input.detections = known.detections;
    input.blanks = known.blanks;
    std::ranges::copy_if(known.findings,
                         std::back_inserter(input.findings),
                         [](auto const& finding) { return !finding.captures.empty(); });
    for (report::NoteFinding& finding : input.findings) {
        finding.finding.code.reset(); // given anew by the readings
    }
}

void measure_anew(LoadedCase const& loaded,
                  MeasureSettings const& settings,
                  Progress const& progress,
                  report::NoteInput& input) {
    auto const captures = measure_captures(loaded.file, settings, progress);
    auto const zones = measure_zones(loaded.file, captures, examination_minutes(loaded.file));
    add_measured(loaded.file, captures, zones, input);
}

/// \return  the ledger's entry but for what was made
LedgerEntry measure(LoadedCase const& loaded,
                    MeasureSettings const& settings,
                    Computed const* earlier,
                    Progress const& progress,
                    Computed& computed) {
    auto const entry_of = [&](std::vector<std::string> const& captures,
                              std::vector<std::string> const& profiles) {
        return make_entry("measure",
                          input_hashes(loaded.file, captures, profiles),
                          measure_parameters(loaded.file),
                          "");
    };
    if (earlier != nullptr) {
        LedgerEntry wanted = entry_of(hash_captures(loaded.file), hash_profiles(loaded.file));
        if (is_same_step(earlier, wanted)) {
            take_over_measurement(loaded, earlier->input, computed.input);
            computed.reused.push_back(wanted.step);
            return wanted;
        }
    }
    measure_anew(loaded, settings, progress, computed.input);
    std::vector<std::string> hashes; // of the very bytes that were decoded
    std::ranges::transform(
        computed.input.captures, std::back_inserter(hashes), &report::NoteCapture::sha256);
    std::vector<std::string> profiles;
    std::ranges::transform(computed.input.captures,
                           std::back_inserter(profiles),
                           &report::NoteCapture::profile_sha256);
    return entry_of(hashes, profiles);
}

/// The readings of the case, or those that the earlier run made of the same files.
/// \return  the ledger's entry but for what was made
LedgerEntry read(LoadedCase const& loaded,
                 MeasureSettings const& settings,
                 Computed const* earlier,
                 Computed& computed) {
    std::string const parameters = reading_parameters(loaded.file);
    LedgerEntry wanted =
        make_entry(read_step,
                   earlier != nullptr ? reading_inputs(loaded.file) : std::string{},
                   parameters,
                   "");
    if (is_same_step(earlier, wanted)) {
        computed.input.readings = earlier->input.readings;
        computed.reused.push_back(wanted.step);
        return wanted;
    }
    // Beside the decoder, as the other programs that meet foreign bytes.
    computed.input.readings =
        read_readings(loaded.file, settings.decoder.parent_path() / "contremarque-code-reader");
    // Of the very bytes that were read.
    return make_entry(
        read_step, reading_inputs(loaded.file, computed.input.readings), parameters, "");
}

/// The typed findings that count: a zone that was measured and also described in a document is weighed
/// once, as measured.
void add_typed_findings(Translation const& translation, report::NoteInput& input) {
    std::vector<lab::Finding> const measured = findings_of(input);
    for (lab::Finding const& finding : translation.findings) {
        if (std::ranges::find(measured, finding.zone, &lab::Finding::zone) == measured.end()) {
            report::NoteFinding typed;
            typed.finding = finding;
            typed.observation = finding.id;
            input.findings.push_back(std::move(typed));
        }
    }
}

std::string evaluation_parameters(lab::Settings const& settings) {
    return "seed " + std::to_string(settings.seed) + "; draws " +
           std::to_string(settings.draws_min) + " to " + std::to_string(settings.draws_max) +
           "; target " + number_text(settings.target_relative_error) + "; sensitivity " +
           std::to_string(settings.sensitivity_draws) + " x " +
           std::to_string(settings.inner_draws_max) + "; tornado " +
           std::to_string(settings.tornado_draws) + "; cap " + number_text(settings.print.cap);
}

/// Weighs each comparison, or takes over what the earlier run made of the same things.
void weigh(LoadedCase const& loaded,
           Translation const& translation,
           unsigned threads,
           Computed const* earlier,
           Progress const& progress,
           Computed& computed) {
    std::vector<lab::Finding> const findings = findings_of(computed.input);
    std::string const inputs = inputs_of_weigh(computed.kept);
    std::string const parameters = evaluation_parameters(to_settings(loaded.file, threads));
    auto const& comparisons = loaded.file.comparisons;
    auto const n = static_cast<double>(comparisons.size());
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        Progress const part =
            part_of(progress, static_cast<double>(i) / n, static_cast<double>(i + 1) / n);
        part.report(0.0,
                    Sentence{{"comparaison de {} et de {}", "weighing {} against {}"},
                             *comparisons[i].h1,
                             *comparisons[i].h2});
        LedgerEntry wanted = make_entry(weigh_step(comparisons[i]), inputs, parameters, "");
        auto& evaluations = computed.input.evaluations;
        if (is_same_step(earlier, wanted)) {
            auto const known = std::ranges::find_if(earlier->input.evaluations, [&](auto const& e) {
                return e.h1 == *comparisons[i].h1 && e.h2 == *comparisons[i].h2;
            });
            CMQ_EXPECTS(known != earlier->input.evaluations.end()); // it was restored
            evaluations.push_back(*known);
            computed.reused.push_back(wanted.step);
        } else {
            evaluations.push_back(evaluate_comparison(
                loaded.file, translation, comparisons[i], findings, threads, part));
        }
        wanted.made = hash_of_evaluation(evaluations.back());
        computed.ledger.append(std::move(wanted));
    }
}

[[noreturn]] void refuse_absolute(casefile::Place const& place) {
    throw casefile::make_error(
        ErrorKind::domain,
        place,
        {"un chemin absolu dit sur quelle machine, et souvent chez qui, se trouvait le "
         "fichier, et la "
         "note le reproduirait ; l’écrire à partir du répertoire de l’affaire",
         "an absolute path says on whose machine the file lay, and the note would print "
         "it; write it "
         "from the folder of the case"});
}

/// case.h5 and the note say what the case says: an absolute path would tell whose machine it was.
void refuse_absolute_paths(casefile::Case const& of) {
    auto const check = [](auto const& file) {
        if (file && std::filesystem::path{**file}.is_absolute()) {
            refuse_absolute(file->place);
        }
    };
    for (casefile::Capture const& capture : of.captures) {
        check(std::optional{capture.file});
        check(capture.profile);
    }
    for (casefile::ColourClass const& one : of.colour_classes) {
        check(one.library);
    }
    if (of.marker) {
        check(of.marker->registry);
    }
    for (casefile::Reading const& reading : of.readings) {
        for (auto const* const list : {&reading.files,
                                       &reading.negative_controls,
                                       &reading.extraction_controls,
                                       &reading.environment_controls,
                                       &reading.positive_controls}) {
            for (auto const& file : *list) {
                check(std::optional{file});
            }
        }
    }
}

} // namespace

Computed compute_case(std::filesystem::path const& case_file,
                      MeasureSettings const& settings,
                      Computed const* earlier,
                      Progress const& progress) {
    LoadedCase const loaded = load_case(case_file);
    refuse_absolute_paths(loaded.file);
    casefile::check_all_used(loaded.file);
    Computed computed;
    report::NoteInput& input = computed.input;
    computed.kept.case_text = loaded.text;
    LedgerEntry first = make_first_entry(case_file.filename().string(), loaded.sha256);
    input.file = loaded.file;
    input.file.file = file_name_in(first); // where the folder lay here is nobody's business
    input.case_sha256 = loaded.sha256;
    input.frozen_text =
        casefile::to_frozen_text(casefile::to_frozen_tables(loaded.text, input.file.file));
    input.program = first.program;
    input.commands = {"contremarque analyse " + input.file.file};
    computed.ledger.append(std::move(first));

    LedgerEntry measured =
        measure(loaded, settings, earlier, part_of(progress, 0.0, 0.6), computed);
    std::optional<LedgerEntry> codes;
    if (!loaded.file.readings.empty()) {
        codes = read(loaded, settings, earlier, computed);
    }
    Translation translation = to_account(loaded.file);
    add_typed_findings(translation, input);
    weigh_readings(loaded.file, examination_minutes(loaded.file), input.readings, input.findings);
    heed_codes(findings_of(input), translation.account);
    keep_measured(input, computed.kept);
    keep_account(translation, computed.kept);
    measured.made = hash_of_measurement(computed.kept);
    computed.ledger.append(std::move(measured));
    if (codes) {
        codes->made = hash_of_readings(computed.kept);
        computed.ledger.append(std::move(*codes));
    }
    computed.ledger.append(
        make_entry("find", inputs_of_find(computed.kept), "", hash_of_findings(computed.kept)));

    weigh(loaded, translation, settings.threads, earlier, part_of(progress, 0.6, 0.9), computed);
    keep_evaluations(input.evaluations, computed.kept);
    if (auto const frozen = find_frozen(case_file)) {
        input.frozen = to_note_frozen(*frozen, loaded.text, input.file.file);
        keep_frozen(input.frozen, computed.kept);
        computed.ledger.append(make_entry(freeze_step,
                                          inputs_of_freeze(input.frozen->sha256, computed.kept),
                                          "",
                                          hash_of_frozen(computed.kept)));
    }
    input.ledger_head = computed.ledger.head();
    check_restored(input);
    add_by_hand(input);
    return computed;
}

} // namespace cmq::pipeline
