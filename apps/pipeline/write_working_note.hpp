// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Counsel's working note: the case weighed as `analyse` does, what counsel tried beside it, and the effect of each
/// open request.

#pragma once

#include "apps/pipeline/document_files.hpp"
#include "casefile/request_texts.hpp"
#include "core/progress.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace cmq::pipeline {

struct WorkingSettings {
    std::filesystem::path case_file;
    std::optional<std::filesystem::path>
        counsel_file; ///< none: counsel.toml beside the case, if it is there
    std::optional<std::filesystem::path>
        earlier; ///< a folder of `analyse`, whose steps are taken over
    std::filesystem::path decoder;
    std::filesystem::path case_reader;
    DocumentSettings documents;
    unsigned threads = 0; ///< 0: one for each core; no effect on the result
};

/// Writes working-note.LANG.{odt,pdf,txt} and nothing else: no case.h5, no ledger, no JSON.
/// \return the files
/// \throws Error usage  as refuse_beside_court_files: the two never lie together
/// \throws Error        as compute_case, read_counsel, with_counsel, evaluate_comparison and DocumentFiles
[[nodiscard]] std::vector<std::filesystem::path>
write_working_note(WorkingSettings const& settings,
                   casefile::RequestTexts const& texts,
                   Progress const& progress = {});

} // namespace cmq::pipeline
