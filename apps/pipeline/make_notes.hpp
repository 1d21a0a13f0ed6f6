// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The notes of a case as files in memory.

#pragma once

#include "report/document.hpp"
#include "report/note.hpp"
#include "report/renderer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

enum class Format : std::uint8_t { pdf, html, json };

struct NoteFile {
    std::string name; ///< note.fr.pdf, note.json, ...
    std::vector<std::byte> bytes;
};

/// Which notes to make.
struct NoteSettings {
    std::vector<report::Language> languages{report::Language::french, report::Language::english};
    std::vector<Format> formats{Format::pdf, Format::html, Format::json};
    std::vector<report::Length> lengths{report::Length::report};
};

/// "summary", "note", "annex": the beginning of a note's file name.
[[nodiscard]] std::string_view file_stem(report::Length length);

/// Length by length, language by language, then note.json. Equal inputs give equal bytes. Every PDF but the summary
/// carries the files of report::make_attachments.
/// \pre renderer.pdf is set where PDF is asked for
[[nodiscard]] std::vector<NoteFile> make_notes(report::NoteInput const& input,
                                               NoteSettings const& settings,
                                               report::Renderer const& renderer);

} // namespace cmq::pipeline
