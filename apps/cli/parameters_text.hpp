// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The library of parameters as text of at most 80 columns.

#pragma once

#include "core/sentence.hpp"
#include "lab/transfer/parameters.hpp"

#include <span>
#include <string>

namespace cmq::cli {

/// A line or two each: name, quantiles at 5, 50 and 95 %, grade, how many others speak of it.
[[nodiscard]] std::string parameters_list(std::span<lab::LibraryEntry const> entries,
                                          Language language);

/// One entry in full, with its candidates.
[[nodiscard]] std::string parameter_text(lab::LibraryEntry const& entry, Language language);

} // namespace cmq::cli
