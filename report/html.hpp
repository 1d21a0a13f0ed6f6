// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A document as one HTML file that needs nothing else.

#pragma once

#include "report/document.hpp"
#include "report/renderer.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace cmq::report {

/// HTML 5 in UTF-8: no script, no address outside the file, a content security policy that forbids both;
/// light and dark, screen and paper. Every text is escaped; control characters are dropped.
///
/// Pictures come from renderer.png, charts from renderer.svg. Where one of them is empty, a chart becomes
/// its table of numbers, and a picture a sentence that says that this build cannot draw it.
///
/// \throws Error internal  renderer.svg gave something that is not one <svg> element, or one with a script
[[nodiscard]] std::string to_html(Document const& document, Renderer const& renderer);

/// The same, handed on part by part, so that a page of many pictures does not stand in memory.
void to_html(Document const& document,
             Renderer const& renderer,
             std::function<void(std::string_view)> const& add);

} // namespace cmq::report
