// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// An evaluation as lines for a terminal: number first, then what moves it and what is missing.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "casefile/case.hpp"
#include "lab/transfer/evaluate.hpp"

#include <string>
#include <string_view>

namespace cmq::cli {

/// Breaks at spaces so that no line is wider than 80 columns (a character counts as one); lines after
/// the first are indented. A word that is longer stays whole.
[[nodiscard]] std::string
wrapped(std::string_view text, std::string_view first_indent, std::string_view indent);

/// The text of one comparison, '\n' at the end, in English.
[[nodiscard]] std::string transfer_text(casefile::Case const& of,
                                        pipeline::Translation const& translation,
                                        lab::Evaluation const& evaluation);

} // namespace cmq::cli
