// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Each block of a document as pieces for the pages.

#pragma once

#include "render/page_flow.hpp"
#include "report/document.hpp"

#include <vector>

namespace cmq::render {

/// The part of a page that blocks may use, in painter units from the page's corner.
struct Column {
    double left = 0.0;
    double width = 0.0;
    double height = 0.0; ///< of the body: nothing that is kept whole may be taller
};

[[nodiscard]] std::vector<Piece> to_pieces(report::Heading const& heading, Column const& column);
[[nodiscard]] std::vector<Piece> to_pieces(report::Paragraph const& paragraph,
                                           Column const& column);
[[nodiscard]] std::vector<Piece> to_pieces(report::List const& list, Column const& column);
[[nodiscard]] std::vector<Piece> to_pieces(report::TableBlock const& table, Column const& column);
[[nodiscard]] std::vector<Piece> to_pieces(report::PictureRow const& row, Column const& column);
[[nodiscard]] std::vector<Piece>
to_pieces(report::Chart const& chart, report::Language language, Column const& column);

/// The title of the document and the rule under it.
[[nodiscard]] std::vector<Piece> title_pieces(report::Document const& document,
                                              Column const& column);

} // namespace cmq::render
