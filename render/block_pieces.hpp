// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Each block of a document as pieces for the pages.

#pragma once

#include "render/page_flow.hpp"
#include "render/structure.hpp"
#include "render/text_block.hpp"
#include "report/document.hpp"

#include <memory>
#include <vector>

namespace cmq::render {

/// The part of a page that blocks may use, in painter units from the page's corner.
struct Column {
    double left = 0.0;
    double width = 0.0;
    double height = 0.0; ///< of the body: nothing that is kept whole may be taller
};

/// Each adds what it makes to the structure, which must outlive the pieces.
[[nodiscard]] std::vector<Piece>
to_pieces(report::Heading const& heading, Column const& column, Structure& structure);
[[nodiscard]] std::vector<Piece>
to_pieces(report::Paragraph const& paragraph, Column const& column, Structure& structure);
[[nodiscard]] std::vector<Piece>
to_pieces(report::List const& list, Column const& column, Structure& structure);
[[nodiscard]] std::vector<Piece>
to_pieces(report::TableBlock const& table, Column const& column, Structure& structure);
[[nodiscard]] std::vector<Piece>
to_pieces(report::PictureRow const& row, Column const& column, Structure& structure);
[[nodiscard]] std::vector<Piece> to_pieces(report::Chart const& chart,
                                           report::Language language,
                                           Column const& column,
                                           Structure& structure);

/// A text that is kept on one page, in parts where it is longer than a page; each is kept with what follows.
[[nodiscard]] std::vector<Piece>
kept_text(std::shared_ptr<TextBlock const> const& block, std::size_t id, Column const& column);

/// The elements of a picture or chart: its title, itself, its caption, together in a division.
struct FigureIds {
    std::size_t title = 0;
    std::size_t figure = 0;
    std::size_t caption = 0;
};

[[nodiscard]] FigureIds add_figure(Structure& structure, std::string const& alt);

/// One line a section with its page, each a link. The pages are those that the structure knows when it is painted.
[[nodiscard]] std::vector<Piece> contents_pieces(report::Contents const& contents,
                                                 report::Document const& document,
                                                 Column const& column,
                                                 Structure& structure);

/// The title of the document and the rule under it.
[[nodiscard]] std::vector<Piece>
title_pieces(report::Document const& document, Column const& column, Structure& structure);

} // namespace cmq::render
