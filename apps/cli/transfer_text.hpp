// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// An evaluation as lines for a terminal: number first, then what moves it and what is missing.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "casefile/case.hpp"
#include "core/language.hpp"
#include "lab/transfer/evaluate.hpp"

#include <string>

namespace cmq::cli {

/// The text of one comparison, lines of at most 80 columns, '\n' at the end.
[[nodiscard]] std::string transfer_text(casefile::Case const& of,
                                        pipeline::Translation const& translation,
                                        lab::Evaluation const& evaluation,
                                        Language language);

} // namespace cmq::cli
