// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The document model as an OpenDocument text that a word processor opens and edits.

#pragma once

#include "report/document.hpp"

#include <cstddef>
#include <vector>

namespace cmq::report {

/// OpenDocument 1.3 (.odt): headings, lists and tables as such, with named styles; language, title and
/// date set. Equal documents give equal bytes. Charts come as their tables of numbers, a picture as a
/// sentence with its alternative text: the requests, for which this is made, hold neither.
///
/// \throws Error internal  the archive could not be made
[[nodiscard]] std::vector<std::byte> to_odt(Document const& document);

} // namespace cmq::report
