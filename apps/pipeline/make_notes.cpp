// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/make_notes.hpp"

#include "apps/pipeline/kept_pictures.hpp"
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

std::span<std::byte const> to_bytes(std::string_view text) {
    return std::as_bytes(std::span{text});
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

void make_notes(report::NoteInput const& input,
                NoteSettings const& settings,
                report::Renderer const& renderer,
                NoteTaker const& taker) {
    auto const wants = [&](Format format) {
        return std::ranges::find(settings.formats, format) != settings.formats.end();
    };
    std::size_t const pages_of_html = settings.lengths.size() * settings.languages.size();
    report::Renderer const remembering = with_kept_pictures(renderer, pages_of_html);
    std::string const json = report::json_envelope(std::array{report::json_note(input)});
    auto const make_note = [&](report::Length length, report::Language language) {
        return report::make_note(
            input,
            language,
            {.length = length, .attached = renderer.attaches && length != report::Length::summary});
    };
    // All of one format before the next: what with_kept_pictures keeps does not stand beside a PDF.
    for (report::Length const length : settings.lengths) {
        for (report::Language const language : settings.languages) {
            if (wants(Format::pdf)) {
                report::Document note = make_note(length, language);
                if (length != report::Length::summary) {
                    note.attachments = report::make_attachments(input, json, language);
                }
                taker.begin(file_name(length, language, ".pdf"));
                taker.add(renderer.pdf(note));
            }
        }
    }
    for (report::Length const length : settings.lengths) {
        for (report::Language const language : settings.languages) {
            if (wants(Format::html)) {
                taker.begin(file_name(length, language, ".html"));
                report::to_html(make_note(length, language),
                                remembering,
                                [&](std::string_view part) { taker.add(to_bytes(part)); });
            }
        }
    }
    if (wants(Format::json)) {
        taker.begin("note.json");
        taker.add(to_bytes(json));
    }
}

} // namespace cmq::pipeline
