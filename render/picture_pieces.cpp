// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/block_pieces.hpp"
#include "render/picture.hpp"
#include "render/text_block.hpp"

#include <QImage>
#include <QPainter>

#include <algorithm>

namespace cmq::render {

namespace {

constexpr double gap = 12.0 * pt;
constexpr double tallest = 300.0 * pt; // leaves room for text on the page of a picture
constexpr double caption_gap = 4.0 * pt;

struct Panel {
    report::Picture const* picture; // the document outlives its pieces
    QImage image;                   ///< one pixel in its place
    TextBlock title;
    TextBlock caption;
    double left;
    double width;
    double image_height;
    FigureIds ids;
};

struct Panels {
    std::vector<Panel> each;
    double title_height = 0.0;
    double image_height = 0.0;
    double caption_height = 0.0;

    [[nodiscard]] double height() const {
        return title_height + image_height + caption_gap + caption_height;
    }
};

// Pictures of a row have columns of equal width. One alone is no wider than one of two, with which it may be compared.
double column_share(report::PictureRow const& row, Column const& column) {
    auto const count = static_cast<double>(std::max<std::size_t>(2, row.pictures.size()));
    return (column.width - gap * (count - 1.0)) / count;
}

// One scale, in painter units a pixel, for all pictures of the row.
double common_scale(report::PictureRow const& row, double share) {
    double scale = tallest;
    for (auto const& picture : row.pictures) {
        scale = std::min({scale,
                          share / std::max(1, picture.pixels.width),
                          tallest / std::max(1, picture.pixels.height)});
    }
    return scale;
}

TextLook title_look() {
    return {.font = {.family = Family::sans, .size_pt = 9.0, .bold = true}};
}

TextLook caption_look() {
    return {
        .font = {.family = Family::sans, .size_pt = 8.2}, .colour = colour::grey, .leading = 1.3};
}

std::shared_ptr<Panels const>
make_panels(report::PictureRow const& row, Column const& column, Structure& structure) {
    auto panels = std::make_shared<Panels>();
    double const share = column_share(row, column);
    double const scale = common_scale(row, share);
    double left = column.left;
    for (auto const& picture : row.pictures) {
        panels->each.push_back({.picture = &picture,
                                .image = structure.pictures().add(picture.pixels),
                                .title = TextBlock{picture.title, title_look(), share},
                                .caption = TextBlock{picture.caption, caption_look(), share},
                                .left = left,
                                .width = picture.pixels.width * scale,
                                .image_height = picture.pixels.height * scale,
                                .ids = add_figure(structure, picture.alt)});
        Panel const& panel = panels->each.back();
        panels->title_height = std::max(panels->title_height, panel.title.height() + 2.0 * pt);
        panels->image_height = std::max(panels->image_height, panel.image_height);
        panels->caption_height = std::max(panels->caption_height, panel.caption.height());
        left += share + gap;
    }
    return panels;
}

void paint_image(QPainter& painter, Structure& structure, Panel const& panel, double y) {
    QRectF const area{panel.left, y, panel.width, panel.image_height};
    structure.place(panel.ids.figure, area);
    Marked const mark{painter, panel.ids.figure};
    painter.drawImage(area, panel.image);
    paint_overlay(painter, *panel.picture, area, {.unit = pt});
}

void paint_panel(
    QPainter& painter, Structure& structure, Panels const& panels, Panel const& panel, double y) {
    // Titles of different length end at the same line, just above the pictures.
    {
        Marked const mark{painter, panel.ids.title};
        panel.title.paint(painter,
                          {panel.left, y + panels.title_height - 2.0 * pt - panel.title.height()});
    }
    paint_image(painter, structure, panel, y + panels.title_height);
    Marked const mark{painter, panel.ids.caption};
    panel.caption.paint(painter,
                        {panel.left, y + panels.title_height + panels.image_height + caption_gap});
}

// Words that leave no room for the pictures stand above and below them, as wide as the page.
std::vector<Piece> pieces_with_words_apart(std::shared_ptr<Panels const> const& panels,
                                           Column const& column,
                                           Structure& structure) {
    std::vector<Piece> pieces;
    auto const add = [&](std::string const& words, TextLook const& look, std::size_t id) {
        auto parts =
            kept_text(std::make_shared<TextBlock const>(words, look, column.width), id, column);
        parts.front().space_before = caption_gap;
        pieces.insert(pieces.end(), parts.begin(), parts.end());
    };
    for (auto const& panel : panels->each) {
        add(panel.picture->title, title_look(), panel.ids.title);
    }
    pieces.push_back({.height = panels->image_height,
                      .space_before = caption_gap,
                      .keep_with_next = true,
                      .paint = [panels, &structure](QPainter& painter, double y) {
                          for (auto const& panel : panels->each) {
                              paint_image(painter, structure, panel, y);
                          }
                      }});
    for (auto const& panel : panels->each) {
        add(panel.picture->caption, caption_look(), panel.ids.caption);
    }
    pieces.front().space_before = 12.0 * pt;
    pieces.back().keep_with_next = false;
    return pieces;
}

} // namespace

FigureIds add_figure(Structure& structure, std::string const& alt) {
    std::size_t const together = structure.add(Role::division);
    return {.title = structure.add(Role::paragraph, together),
            .figure = structure.add(Role::figure, together, alt),
            .caption = structure.add(Role::caption, together)};
}

std::vector<Piece>
to_pieces(report::PictureRow const& row, Column const& column, Structure& structure) {
    if (row.pictures.empty()) {
        return {};
    }
    auto const panels = make_panels(row, column, structure);
    if (panels->height() > column.height) {
        return pieces_with_words_apart(panels, column, structure);
    }
    return {{.height = panels->height(),
             .space_before = 12.0 * pt,
             .paint = [panels, &structure](QPainter& painter, double y) {
                 for (auto const& panel : panels->each) {
                     paint_panel(painter, structure, *panels, panel, y);
                 }
             }}};
}

} // namespace cmq::render
