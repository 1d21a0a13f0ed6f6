// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The whole way: a case file in, notes out.

#pragma once

#include "apps/pipeline/to_note_input.hpp"
#include "core/progress.hpp"
#include "report/renderer.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cmq::pipeline {

enum class Format : std::uint8_t { pdf, html, json };

struct AnalyseSettings {
    std::filesystem::path case_file;
    std::filesystem::path output; ///< folder; made when missing
    std::vector<report::Language> languages{report::Language::french, report::Language::english};
    std::vector<Format> formats{Format::pdf, Format::html, Format::json};
    std::filesystem::path decoder;
    report::Renderer renderer; ///< empty functions: a build without Qt
    unsigned threads = 0;      ///< 0: one for each core; no effect on the result
};

struct AnalyseOutcome {
    std::vector<std::filesystem::path> files; ///< written, the manifest last
    std::string json;                         ///< the text of note.json's one result
};

/// Reads the case, measures its captures, weighs each comparison. Writes nothing.
/// \throws Error  what read_case, measure_captures, measure_zones and evaluate throw, with places
[[nodiscard]] Results evaluate_case(std::filesystem::path const& case_file,
                                    MeasureSettings const& settings,
                                    Progress const& progress = {});

/// evaluate_case, then the notes: note.fr.pdf, note.en.pdf, note.fr.html, note.en.html, note.json as asked for,
/// run.log (the times of this run, which no result depends on) and manifest.json (SHA-256 of each output).
///
/// An old manifest is removed before the first file is replaced: a folder without a manifest is one whose
/// run did not end.
///
/// \throws Error unsupported  a PDF is asked for and this build has no Qt; before anything is computed
/// \throws Error io           the folder or a file cannot be written
/// \throws Error              as evaluate_case
AnalyseOutcome analyse(AnalyseSettings const& settings, Progress const& progress = {});

} // namespace cmq::pipeline
