// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/analyse.hpp"

#include "apps/pipeline/apart.hpp"
#include "apps/pipeline/compute_case.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/make_notes.hpp"
#include "apps/pipeline/run_log.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "report/json_note.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cmq::pipeline {
namespace {

constexpr char const* case_name = "case.h5";

void refuse_pdf_without_renderer(std::vector<Format> const& formats,
                                 report::Renderer const& renderer) {
    if (std::ranges::find(formats, Format::pdf) != formats.end() && !renderer.pdf) {
        throw Error{ErrorKind::unsupported,
                    {"ce programme a été construit sans Qt et ne peut écrire de PDF ; demander "
                     "--format html,json",
                     "this build has no Qt and cannot write a PDF; ask for --format html,json"}};
    }
}

/// What an earlier run kept in the folder, if there is something that can be used.
std::optional<Computed> read_earlier(AnalyseSettings const& settings, Sentence& why_not) {
    std::filesystem::path const path = settings.output / case_name;
    std::error_code missing;
    if (!std::filesystem::exists(path, missing)) {
        return std::nullopt;
    }
    try {
        return restore_case(casefile::read_case_h5(path, settings.case_reader));
    } catch (Error const& error) {
        why_not = error.full_sentence();
        return std::nullopt;
    }
}

NoteTaker taker_of(OutputFolder& folder) {
    return {.begin = [&folder](std::string const& name) { folder.begin(name); },
            .add = [&folder](std::span<std::byte const> bytes) { folder.add(bytes); }};
}

void tell(BeforeWriting const& before_writing, Computed const& computed) {
    if (before_writing) {
        before_writing(computed.input.file);
    }
}

} // namespace

AnalyseOutcome analyse(AnalyseSettings const& settings, Progress const& progress) {
    refuse_pdf_without_renderer(settings.notes.formats, settings.renderer);
    refuse_beside_office_files(settings.output);
    RunLog log;
    AnalyseOutcome outcome;
    auto const earlier = read_earlier(settings, outcome.earlier_unusable);
    Computed computed = compute_case(settings.case_file,
                                     {.decoder = settings.decoder, .threads = settings.threads},
                                     earlier ? &*earlier : nullptr,
                                     progress);
    log.step("measured and weighed");
    if (!outcome.earlier_unusable.empty()) {
        log.note("the earlier case.h5 could not be used: " + outcome.earlier_unusable.english());
    }
    for (std::string const& step : computed.reused) {
        log.note("step '" + step + "' was taken over from the earlier case.h5");
    }
    outcome.reused = computed.reused;

    tell(settings.before_writing, computed);
    progress.report(0.9, Sentence{{"écriture de la note", "writing the note"}});
    outcome.json = report::json_note(computed.input);
    OutputFolder folder{settings.output};
    folder.write(
        case_name,
        casefile::to_case_h5(with_ledger(std::exchange(computed.kept, {}), computed.ledger)));
    log.step(case_name);
    make_notes(computed.input, settings.notes, settings.renderer, taker_of(folder));
    log.step("notes");
    folder.write("run.log", log.text());
    folder.write_manifest();
    progress.report(1.0, Sentence{{"terminé", "done"}});
    outcome.files = folder.files();
    return outcome;
}

AnalyseOutcome report_again(ReportSettings const& settings, Progress const& progress) {
    refuse_pdf_without_renderer(settings.notes.formats, settings.renderer);
    refuse_beside_office_files(settings.output);
    progress.report(0.0, Sentence{{"lecture du fichier de l’affaire", "reading the case file"}});
    casefile::KeptCase kept = casefile::read_case_h5(settings.case_h5, settings.case_reader);
    check_against_key(kept.case_text, settings.case_h5.string(), settings.case_h5);
    Computed computed = restore_case(kept);
    computed.kept = {}; // the notes are made from the input
    tell(settings.before_writing, computed);
    progress.report(0.3, Sentence{{"écriture de la note", "writing the note"}});
    AnalyseOutcome outcome;
    outcome.json = report::json_note(computed.input);
    OutputFolder folder{settings.output};
    folder.write(case_name, casefile::to_case_h5(std::exchange(kept, {})));
    make_notes(computed.input, settings.notes, settings.renderer, taker_of(folder));
    folder.write_manifest();
    progress.report(1.0, Sentence{{"terminé", "done"}});
    outcome.files = folder.files();
    return outcome;
}

} // namespace cmq::pipeline
