// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A document as the bytes of a PDF file.

#pragma once

#include "report/document.hpp"

#include <cstddef>
#include <vector>

namespace cmq::render {

/// See make_renderer(). Needs the application.
/// \throws Error limits  something that must be whole (a caption, a heading) is taller than a page
[[nodiscard]] std::vector<std::byte> to_pdf(report::Document const& document);

/// Where a heading stands.
struct PlacedBookmark {
    int level = 1;
    std::string title;
    std::size_t page = 0; ///< from 0
    double top_pt = 0.0;  ///< from the bottom of the page, as PDF counts
};

/// Rewrites what Qt writes: dates and metadata from the document instead of the clock, an
/// identifier made from the content, bookmarks, the language, the title in the window's bar, and
/// tables of characters in which a space is a space (Qt's say tab, and ligatures for letters).
[[nodiscard]] std::vector<std::byte> finish_pdf(std::vector<std::byte> const& bytes,
                                                report::Document const& document,
                                                std::vector<PlacedBookmark> const& bookmarks);

/// The XMP packet of a PDF/A-1b file, which must agree with the file's Info dictionary.
[[nodiscard]] std::string xmp_packet(report::Document const& document);

} // namespace cmq::render
