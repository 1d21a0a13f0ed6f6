// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Requests, questions and the checklist as files.

#pragma once

#include "apps/pipeline/document_files.hpp"
#include "casefile/case.hpp"
#include "casefile/request_texts.hpp"

#include <filesystem>
#include <vector>

namespace cmq::pipeline {

/// Writes requests.LANG.{odt,pdf,txt} and questions.LANG.{odt,pdf,txt} for the stage of the case.
/// \return the files, in the order in which they were written
/// \throws Error domain       as report::make_requests
/// \throws Error              as DocumentFiles
[[nodiscard]] std::vector<std::filesystem::path> write_requests(casefile::Case const& of,
                                                                casefile::RequestTexts const& texts,
                                                                DocumentSettings const& settings);

/// Writes aide-memoire.LANG.{odt,pdf,txt}; needs no case.
[[nodiscard]] std::vector<std::filesystem::path>
write_aide_memoire(casefile::RequestTexts const& texts, DocumentSettings const& settings);

} // namespace cmq::pipeline
