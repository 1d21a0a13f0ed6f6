// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The whole way: a case in, its case file and notes out; and the notes once more.

#pragma once

#include "apps/pipeline/make_notes.hpp"
#include "casefile/case.hpp"
#include "core/progress.hpp"
#include "report/document.hpp"
#include "report/renderer.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// Told of the case before anything of it is written that may leave the office.
using BeforeWriting = std::function<void(casefile::Case const&)>;

struct AnalyseSettings {
    std::filesystem::path case_file;
    std::filesystem::path output; ///< folder; made when missing
    NoteSettings notes{};
    std::filesystem::path decoder;     ///< the program contremarque-decoder
    std::filesystem::path case_reader; ///< the program contremarque-case-reader
    report::Renderer renderer;         ///< empty functions: a build without Qt
    unsigned threads = 0;              ///< 0: one for each core; no effect on the result
    BeforeWriting before_writing{};    ///< empty: nobody is told
};

struct AnalyseOutcome {
    std::vector<std::filesystem::path> files; ///< written, the manifest last
    std::string json;                         ///< the text of note.json's one result
    std::vector<std::string> reused; ///< steps taken over from the earlier case.h5 of the folder
    Sentence
        earlier_unusable; ///< why its case.h5 could not be used; empty where it could, or is none
};

/// Computes the case and writes into the folder: case.h5, then the notes (note.fr.pdf, note.en.pdf, note.fr.html,
/// note.en.html, note.json as asked for), run.log (the times of this run, which no result depends on) and
/// manifest.json (SHA-256 of each output).
///
/// Everything is computed before the first file is written. The old manifest is removed first and the new
/// one written last: a folder without a manifest is one whose run did not end, and its case.h5 is whole
/// all the same, the old one or the new one.
///
/// \throws Error unsupported  a PDF is asked for and this build has no Qt; before anything is computed
/// \throws Error io           the folder or a file cannot be written
/// \throws Error              as compute_case
AnalyseOutcome analyse(AnalyseSettings const& settings, Progress const& progress = {});

struct ReportSettings {
    std::filesystem::path case_h5;
    std::filesystem::path output;
    NoteSettings notes{};
    std::filesystem::path case_reader;
    report::Renderer renderer;
    BeforeWriting before_writing{}; ///< empty: nobody is told
};

/// The notes once more from case.h5, without the case's other files: the same bytes as from analyse(). Writes them,
/// a copy of case.h5 and a manifest.
/// \throws Error  as read_case_h5, restore_case and the writing of analyse()
AnalyseOutcome report_again(ReportSettings const& settings, Progress const& progress = {});

} // namespace cmq::pipeline
