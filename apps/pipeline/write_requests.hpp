// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Requests, questions and the checklist as files.

#pragma once

#include "casefile/case.hpp"
#include "casefile/request_texts.hpp"
#include "report/document.hpp"
#include "report/renderer.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cmq::pipeline {

enum class RequestFormat : std::uint8_t { odt, pdf, text };

struct RequestsSettings {
    std::filesystem::path output; ///< folder, made where it is missing
    std::vector<report::Language> languages;
    std::vector<RequestFormat> formats;
    report::Renderer renderer;
};

/// Writes requests.LANG.{odt,pdf,txt} and questions.LANG.{odt,pdf,txt} for the stage of the case.
/// \return the files, in the order in which they were written
/// \throws Error domain       as report::make_requests
/// \throws Error unsupported  PDF is asked for and this build has none
/// \throws Error io           as write_file
[[nodiscard]] std::vector<std::filesystem::path> write_requests(casefile::Case const& of,
                                                                casefile::RequestTexts const& texts,
                                                                RequestsSettings const& settings);

/// Writes aide-memoire.LANG.{odt,pdf,txt}; needs no case.
[[nodiscard]] std::vector<std::filesystem::path>
write_aide_memoire(casefile::RequestTexts const& texts, RequestsSettings const& settings);

} // namespace cmq::pipeline
