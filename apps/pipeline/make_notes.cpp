// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/make_notes.hpp"

#include "report/attachments.hpp"
#include "report/html.hpp"
#include "report/json_envelope.hpp"
#include "report/json_note.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace cmq::pipeline {
namespace {

std::string
file_name(report::Length length, report::Language language, std::string const& extension) {
    return std::string{file_stem(length)} + (language == report::Language::french ? ".fr" : ".en") +
           extension;
}

std::vector<std::byte> to_bytes(std::string_view text) {
    auto const bytes = std::as_bytes(std::span{text});
    return {bytes.begin(), bytes.end()};
}

} // namespace

std::string_view file_stem(report::Length length) {
    switch (length) {
    case report::Length::summary:
        return "summary";
    case report::Length::annex:
        return "annex";
    case report::Length::report:
        break;
    }
    return "note";
}

std::vector<NoteFile> make_notes(report::NoteInput const& input,
                                 NoteSettings const& settings,
                                 report::Renderer const& renderer) {
    auto const wants = [&](Format format) {
        return std::ranges::find(settings.formats, format) != settings.formats.end();
    };
    std::vector<NoteFile> notes;
    std::string const json = report::json_envelope(std::array{report::json_note(input)});
    for (report::Length const length : settings.lengths) {
        bool const attached = length != report::Length::summary;
        for (report::Language const language : settings.languages) {
            report::Document note =
                report::make_note(input, language, {.length = length, .attached = attached});
            if (wants(Format::pdf)) {
                if (attached) {
                    note.attachments = report::make_attachments(input, json, language);
                }
                notes.push_back({file_name(length, language, ".pdf"), renderer.pdf(note)});
            }
            if (wants(Format::html)) {
                notes.push_back({file_name(length, language, ".html"),
                                 to_bytes(report::to_html(note, renderer))});
            }
        }
    }
    if (wants(Format::json)) {
        notes.push_back({"note.json", to_bytes(json)});
    }
    return notes;
}

} // namespace cmq::pipeline
