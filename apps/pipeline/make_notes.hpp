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
#include <vector>

namespace cmq::pipeline {

enum class Format : std::uint8_t { pdf, html, json };

struct NoteFile {
    std::string name; ///< note.fr.pdf, note.json, ...
    std::vector<std::byte> bytes;
};

/// Language by language, then note.json. Equal inputs give equal bytes.
/// \pre renderer.pdf is set where PDF is asked for
[[nodiscard]] std::vector<NoteFile> make_notes(report::NoteInput const& input,
                                               std::vector<report::Language> const& languages,
                                               std::vector<Format> const& formats,
                                               report::Renderer const& renderer);

} // namespace cmq::pipeline
