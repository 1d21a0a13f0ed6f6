// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The notes of a case, one after another.

#pragma once

#include "report/document.hpp"
#include "report/note.hpp"
#include "report/renderer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

enum class Format : std::uint8_t { pdf, html, json };

/// Who takes the notes as they are made.
struct NoteTaker {
    std::function<void(std::string const& name)> begin;  ///< note.fr.pdf, note.json, ...
    std::function<void(std::span<std::byte const>)> add; ///< of the note begun last
};

/// Which notes to make.
struct NoteSettings {
    std::vector<report::Language> languages{report::Language::french, report::Language::english};
    std::vector<Format> formats{Format::pdf, Format::html, Format::json};
    std::vector<report::Length> lengths{report::Length::report};
};

/// "summary", "note", "annex": the beginning of a note's file name.
[[nodiscard]] std::string_view file_stem(report::Length length);

/// The PDFs, length by length and language by language, then so the pages of HTML, then note.json. Equal inputs give equal bytes. Every PDF but the summary
/// carries the files of report::make_attachments. One note at a time stands in memory; a picture that looks the same
/// in several of the pages of HTML is encoded once.
/// \pre renderer.pdf is set where PDF is asked for
void make_notes(report::NoteInput const& input,
                NoteSettings const& settings,
                report::Renderer const& renderer,
                NoteTaker const& taker);

} // namespace cmq::pipeline
