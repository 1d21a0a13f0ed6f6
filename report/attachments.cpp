// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/attachments.hpp"

#include "report/facts.hpp"
#include "report/json_parts.hpp"
#include "report/phrases/attachments.hpp"

namespace cmq::report {

namespace {

std::string dump(Json const& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string provenance(NoteInput const& input) {
    return dump(
        {{"program", input.program},
         {"case", *input.file.head.id},
         {"case_sha256", input.case_sha256},
         {"ledger_head", input.ledger_head.empty() ? Json(nullptr) : Json(input.ledger_head)},
         {"frozen_sha256", input.frozen ? Json(input.frozen->sha256) : Json(nullptr)},
         {"commands", input.commands}});
}

} // namespace

std::vector<Attachment>
make_attachments(NoteInput const& input, std::string const& note_json, Language language) {
    Json parameters = Json::array();
    for (lab::Parameter const& parameter : used_parameters(input)) {
        parameters.push_back(parameter_json(parameter));
    }
    std::vector<Attachment> attachments{{.name = "note.json",
                                         .media_type = "application/json",
                                         .description = say(phrases::attached_note, language),
                                         .bytes = note_json},
                                        {.name = "parameters.json",
                                         .media_type = "application/json",
                                         .description = say(phrases::attached_parameters, language),
                                         .bytes = dump(parameters)},
                                        {.name = "provenance.json",
                                         .media_type = "application/json",
                                         .description = say(phrases::attached_provenance, language),
                                         .bytes = provenance(input)}};
    if (!input.frozen_text.empty()) {
        attachments.push_back({.name = "propositions.jsonl",
                               .media_type = "text/plain",
                               .description = say(phrases::attached_propositions, language),
                               .bytes = input.frozen_text});
    }
    return attachments;
}

} // namespace cmq::report
