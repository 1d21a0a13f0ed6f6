// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_working_note.hpp"

#include "apps/pipeline/apart.hpp"
#include "apps/pipeline/compute_case.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/request_effects.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "casefile/counsel.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "report/working_note.hpp"

#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

bool is_there(fs::path const& path) {
    std::error_code unreadable;
    return fs::exists(path, unreadable);
}

casefile::Counsel find_counsel(WorkingSettings const& settings, casefile::Case const& of) {
    fs::path const path =
        settings.counsel_file.value_or(casefile::counsel_path(settings.case_file));
    if (!settings.counsel_file && !is_there(path)) {
        return {};
    }
    return casefile::read_counsel(path, of);
}

std::optional<Computed> read_earlier(WorkingSettings const& settings) {
    if (!settings.earlier) {
        return std::nullopt;
    }
    return restore_case(
        casefile::read_case_h5(*settings.earlier / "case.h5", settings.case_reader));
}

} // namespace

std::vector<fs::path> write_working_note(WorkingSettings const& settings,
                                         casefile::RequestTexts const& texts,
                                         Progress const& progress) {
    refuse_beside_court_files(settings.documents.output);
    check_formats(settings.documents);
    report::WorkingInput input;
    {
        casefile::Case const of = load_case(settings.case_file).file;
        input.counsel = find_counsel(settings, of);
        static_cast<void>(casefile::with_counsel(of, input.counsel)); // before the long part
    }
    auto const earlier = read_earlier(settings);
    Computed computed = compute_case(settings.case_file,
                                     {.decoder = settings.decoder, .threads = settings.threads},
                                     earlier ? &*earlier : nullptr,
                                     progress);
    input.compared = computed.input.evaluations.size();
    progress.report(0.9, Sentence{{"effet des demandes", "what the requests could change"}});
    for (lab::Evaluation const& evaluation : computed.input.evaluations) {
        input.effects.push_back(find_request_effects(computed.input, evaluation, settings.threads));
    }
    input.note = std::move(computed.input);
    input.note.file = casefile::with_counsel(input.note.file, input.counsel);
    Translation const translation = to_account(input.note.file);
    std::vector<lab::Finding> const findings = findings_of(input.note);
    for (casefile::Comparison const& tried : input.counsel.comparisons) {
        input.note.evaluations.push_back(evaluate_comparison(
            input.note.file, translation, tried, findings, settings.threads, {}));
    }
    DocumentFiles files{settings.documents};
    for (report::Language const language : settings.documents.languages) {
        files.write(working_note_name, report::make_working_note(input, texts, language));
    }
    progress.report(1.0, Sentence{{"terminé", "done"}});
    return files.take();
}

} // namespace cmq::pipeline
