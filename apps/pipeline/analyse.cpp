// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/analyse.hpp"

#include "apps/pipeline/run_log.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "report/html.hpp"
#include "report/json_envelope.hpp"
#include "report/json_note.hpp"
#include "report/note.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cmq::pipeline {
namespace {

bool wants(AnalyseSettings const& settings, Format format) {
    return std::ranges::find(settings.formats, format) != settings.formats.end();
}

std::string file_name(report::Language language, std::string const& extension) {
    return std::string{"note."} + (language == report::Language::french ? "fr" : "en") + extension;
}

// Parts of one run in the bar that the user sees: reading takes most of the time, writing little.
Progress part_of(Progress const& whole, double from, double to) {
    Progress part = whole;
    part.report = [report = whole.report, from, to](double done, std::string_view doing) {
        report(from + (to - from) * done, doing);
    };
    return part;
}

} // namespace

Results evaluate_case(std::filesystem::path const& case_file,
                      MeasureSettings const& settings,
                      Progress const& progress) {
    Results results;
    // Hashed and parsed from the same bytes: the file could change in between.
    std::string const text = read_text(case_file, casefile::case_size_limit);
    results.case_sha256 = sha256_hex(std::as_bytes(std::span{text}));
    results.file = casefile::parse_case(text, case_file.string());
    casefile::check_references(results.file);

    results.captures = measure_captures(results.file, settings, part_of(progress, 0.0, 0.6));
    results.zones =
        measure_zones(results.file, results.captures, examination_minutes(results.file));
    for (ZoneMeasurement const& zone : results.zones) {
        results.findings.push_back(zone.finding);
    }
    Translation const translated = to_account(results.file);
    for (lab::Finding const& finding : translated.findings) {
        // A zone that was measured and also described in a document is weighed once, as measured.
        bool const measured = std::ranges::any_of(results.zones, [&](ZoneMeasurement const& zone) {
            return zone.finding.zone == finding.zone;
        });
        if (!measured) {
            results.findings.push_back(finding);
        }
    }
    Progress const weighing = part_of(progress, 0.6, 0.9);
    for (std::size_t i = 0; i < results.file.comparisons.size(); ++i) {
        auto const& comparison = results.file.comparisons[i];
        auto const n = static_cast<double>(results.file.comparisons.size());
        weighing.report(static_cast<double>(i) / n,
                        "weighing " + *comparison.h1 + " against " + *comparison.h2);
        results.evaluations.push_back(evaluate_comparison(
            results.file, translated, comparison, results.findings, settings.threads));
    }
    return results;
}

AnalyseOutcome analyse(AnalyseSettings const& settings, Progress const& progress) {
    if (wants(settings, Format::pdf) && !settings.renderer.pdf) {
        throw Error{ErrorKind::unsupported,
                    "this build has no Qt and cannot write a PDF; ask for --format html,json"};
    }
    RunLog log;
    Results const results = evaluate_case(
        settings.case_file, {.decoder = settings.decoder, .threads = settings.threads}, progress);
    log.step("measured and weighed");
    report::NoteInput const input = to_note_input(results);

    OutputFolder folder{settings.output};
    for (report::Language const language : settings.languages) {
        report::Document const note = report::make_note(input, language);
        progress.report(0.9, "writing the note");
        if (wants(settings, Format::pdf)) {
            folder.write(file_name(language, ".pdf"), settings.renderer.pdf(note));
            log.step(file_name(language, ".pdf"));
        }
        if (wants(settings, Format::html)) {
            folder.write(file_name(language, ".html"), report::to_html(note, settings.renderer));
            log.step(file_name(language, ".html"));
        }
    }
    AnalyseOutcome outcome;
    outcome.json = report::json_note(input);
    if (wants(settings, Format::json)) {
        folder.write("note.json", report::json_envelope(std::array{outcome.json}));
    }
    folder.write("run.log", log.text());
    folder.write_manifest();
    progress.report(1.0, "done");
    outcome.files = folder.files();
    return outcome;
}

} // namespace cmq::pipeline
