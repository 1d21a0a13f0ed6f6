// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What is filed with a court and taken to the hearing, small enough for the courts' mail.

#pragma once

#include "apps/pipeline/analyse.hpp"
#include "casefile/request_texts.hpp"
#include "core/progress.hpp"
#include "report/document.hpp"
#include "report/renderer.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace cmq::pipeline {

/// A filing should stay below 4 MB without attachments: the figure of a vendor's help page for RPVA, the lawyers' private
/// network, in civil matters; not checked for criminal ones.
inline constexpr std::size_t filing_limit_bytes = 4'000'000;

struct FilingSettings {
    std::filesystem::path case_h5;
    std::filesystem::path output; ///< folder; must not be there
    std::vector<report::Language> languages{report::Language::french, report::Language::english};
    std::filesystem::path case_reader;
    report::Renderer renderer; ///< pdf must be set
    unsigned threads = 0;
    std::size_t limit_bytes = filing_limit_bytes; ///< of the files of one language together
    BeforeWriting before_writing{};               ///< empty: nobody is told
};

/// Writes the folder whole or not at all. For each language: note.LANG.pdf and summary.LANG.pdf without attached files,
/// missing.LANG.{pdf,odt} (what the file lacks and how far each piece could move the ratio), oral.LANG.{pdf,odt} (one page
/// for the hearing). Where the files of a language would exceed the limit, the pictures of its note are halved, again
/// and again; captions say so. Nothing of counsel's is read.
///
/// \throws Error unsupported  this build cannot write PDF
/// \throws Error limits       they exceed the limit with the smallest pictures, too
/// \throws Error usage        the folder is there already
/// \throws Error              as read_case_h5, restore_case, check_against_key, write_folder
///
/// Cost: the ratios are computed again for each open request: some tenths of a second each.
std::vector<std::filesystem::path> write_filing(FilingSettings const& settings,
                                                casefile::RequestTexts const& texts,
                                                Progress const& progress = {});

} // namespace cmq::pipeline
