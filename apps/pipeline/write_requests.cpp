// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_requests.hpp"

#include "apps/pipeline/apart.hpp"
#include "apps/pipeline/to_account.hpp"
#include "report/json_envelope.hpp"
#include "report/requests.hpp"

#include <utility>

namespace cmq::pipeline {
namespace {

std::string program() {
    return "Contremarque " + report::program_version();
}

report::NoteInput to_input(casefile::Case const& of) {
    report::NoteInput input;
    input.file = of;
    input.program = program();
    for (lab::Finding const& finding : to_account(of).findings) {
        report::NoteFinding note;
        note.finding = finding;
        note.observation = finding.id;
        input.findings.push_back(std::move(note));
    }
    return input;
}

} // namespace

std::vector<std::filesystem::path> write_requests(casefile::Case const& of,
                                                  casefile::RequestTexts const& texts,
                                                  DocumentSettings const& settings) {
    refuse_beside_working_note(settings.output);
    report::NoteInput const input = to_input(of);
    DocumentFiles files{settings};
    for (report::Language const language : settings.languages) {
        files.write("requests", report::make_requests(input, texts, language));
        files.write("questions", report::make_questions(input, texts, language));
    }
    return files.take();
}

std::vector<std::filesystem::path> write_aide_memoire(casefile::RequestTexts const& texts,
                                                      DocumentSettings const& settings) {
    DocumentFiles files{settings};
    for (report::Language const language : settings.languages) {
        files.write("aide-memoire", report::make_aide_memoire(texts, program(), language));
    }
    return files.take();
}

} // namespace cmq::pipeline
