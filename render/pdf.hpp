// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A document as the bytes of a PDF file.

#pragma once

#include "render/structure.hpp"
#include "report/document.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cmq::render {

enum class PdfForm {
    tagged,  ///< PDF/A-3a and PDF/UA-1: structure, links, attachments
    plain,   ///< PDF/A-1b: the same pages without them, which older validators know
    by_hand, ///< PDF/A-1b without bookmarks and language either: what a build without libqpdf writes
};

/// Whether this build has libqpdf; else every PDF is PdfForm::by_hand.
[[nodiscard]] bool has_qpdf() noexcept;

/// See make_renderer(). Needs the application.
/// \throws Error limits  something that must be whole (the header of a table) is taller than a page
[[nodiscard]] std::vector<std::byte> to_pdf(report::Document const& document,
                                            PdfForm form = PdfForm::tagged);

/// Where a heading stands.
struct PlacedBookmark {
    int level = 1;
    std::string title;
    std::size_t page = 0; ///< from 0
    double top_pt = 0.0;  ///< from the bottom of the page, as PDF counts
};

/// Rewrites what Qt writes: dates and metadata from the document instead of the clock, an
/// identifier made from the content, bookmarks, the language, the title in the window's bar, and
/// tables of characters in which a space is a space (Qt's say tab, and ligatures for letters); and, in
/// the tagged form, the structure and the attachments.
[[nodiscard]] std::vector<std::byte> finish_pdf(std::vector<std::byte> const& bytes,
                                                report::Document const& document,
                                                std::vector<PlacedBookmark> const& bookmarks,
                                                Structure const& structure,
                                                PageScale const& scale,
                                                PdfForm form);

/// What Qt wrote with the document's date in place of the clock's, and an identifier made from the content in place of a
/// random one; nothing else is changed.
/// \throws Error internal  Qt's file has another form than is known
[[nodiscard]] std::vector<std::byte> finish_by_hand(std::vector<std::byte> const& bytes,
                                                    report::Document const& document);

/// The XMP packet of the file, which must agree with its Info dictionary.
/// \throws Error domain  the document's date is not an ISO 8601 date
[[nodiscard]] std::string xmp_packet(report::Document const& document, PdfForm form);

/// The eight digits of the day of an ISO 8601 date, with or without a time: a note has a date, not a minute.
/// \throws Error domain  it is not one
[[nodiscard]] std::string date_digits(std::string const& iso);

} // namespace cmq::render
