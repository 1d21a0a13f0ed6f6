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

std::string file_name(report::Language language, std::string const& extension) {
    return std::string{"note."} + (language == report::Language::french ? "fr" : "en") + extension;
}

std::vector<std::byte> to_bytes(std::string_view text) {
    auto const bytes = std::as_bytes(std::span{text});
    return {bytes.begin(), bytes.end()};
}

} // namespace

std::vector<NoteFile> make_notes(report::NoteInput const& input,
                                 std::vector<report::Language> const& languages,
                                 std::vector<Format> const& formats,
                                 report::Renderer const& renderer) {
    auto const wants = [&](Format format) {
        return std::ranges::find(formats, format) != formats.end();
    };
    std::vector<NoteFile> notes;
    std::string const json = report::json_envelope(std::array{report::json_note(input)});
    for (report::Language const language : languages) {
        report::Document note = report::make_note(input, language);
        if (wants(Format::pdf)) {
            note.attachments = report::make_attachments(input, json, language);
            notes.push_back({file_name(language, ".pdf"), renderer.pdf(note)});
        }
        if (wants(Format::html)) {
            notes.push_back(
                {file_name(language, ".html"), to_bytes(report::to_html(note, renderer))});
        }
    }
    if (wants(Format::json)) {
        notes.push_back({"note.json", to_bytes(json)});
    }
    return notes;
}

} // namespace cmq::pipeline
