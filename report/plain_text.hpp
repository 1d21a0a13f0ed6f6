// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The document model as plain text: to be read on a terminal, sent by mail, or pasted into a filing.

#pragma once

#include "report/document.hpp"

#include <string>

namespace cmq::report {

/// UTF-8 with line feeds. A paragraph is one line, so that a word processor can wrap it. Tables row by
/// row, "heading: cell"; charts as their tables of numbers; a picture as its alternative text.
[[nodiscard]] std::string to_plain_text(Document const& document);

} // namespace cmq::report
