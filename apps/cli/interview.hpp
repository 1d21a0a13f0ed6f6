// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Questions put one by one on a terminal, each answer kept at once.

#pragma once

#include "casefile/answers.hpp"
#include "casefile/request_texts.hpp"
#include "core/language.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

namespace cmq::cli {

struct InterviewSettings {
    std::filesystem::path answers; ///< written after each answer
    Language language = Language::french;
    std::string today; ///< ISO 8601
};

/// Asks what is not answered yet. A line that is no answer leads to the same question again; "<" goes back
/// to the one before. Lines longer than 64 KiB count as cut there.
/// \return whether all questions are answered: false when the input ended before
/// \throws Error io  the answers cannot be written
[[nodiscard]] bool ask_all(casefile::RequestTexts const& texts,
                           casefile::Answers& answers,
                           InterviewSettings const& settings,
                           std::istream& in,
                           std::ostream& out);

} // namespace cmq::cli
