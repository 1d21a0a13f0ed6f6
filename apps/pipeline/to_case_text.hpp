// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The case file that the answers of a lawyer make.

#pragma once

#include "casefile/answers.hpp"
#include "casefile/request_texts.hpp"

#include <string>
#include <string_view>

namespace cmq::pipeline {

/// A case.toml that parse_case() takes: zones, observations as transcribed, the search, the papers held,
/// and, where day and time of marking and examination are both known, a first pair of propositions (direct
/// hit; contact with a marked person) with a comment on each number that nobody has stated. The person's
/// account is not in it.
///
/// \param today  ISO 8601: the date of the report
/// \pre the answers passed check_answer; stage and reference are among them
[[nodiscard]] std::string to_case_text(casefile::Answers const& answers,
                                       casefile::RequestTexts const& texts,
                                       std::string_view today);

/// What stays in the office: the person's account, as TOML. "" when none was given.
[[nodiscard]] std::string to_counsel_text(casefile::Answers const& answers);

} // namespace cmq::pipeline
