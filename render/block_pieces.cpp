// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/block_pieces.hpp"

#include "render/text_block.hpp"

#include <QPainter>

#include <algorithm>
#include <string>

namespace cmq::render {

namespace {

using report::Text;

TextLook paragraph_look(report::ParagraphStyle style) {
    switch (style) {
    case report::ParagraphStyle::note:
        return {.font = {.family = Family::serif, .size_pt = 9.0}, .colour = colour::grey};
    case report::ParagraphStyle::answer:
        return {.font = {.family = Family::serif, .size_pt = 11.5}, .leading = 1.4};
    case report::ParagraphStyle::warning:
        return {.font = {.family = Family::sans, .size_pt = 9.5}, .leading = 1.4};
    case report::ParagraphStyle::body:
        break;
    }
    return {.font = {.family = Family::serif, .size_pt = 10.5}, .leading = 1.4};
}

// Lines of one paragraph; never its first or its last line alone on a page.
std::vector<Piece> line_pieces(std::shared_ptr<TextBlock const> const& block,
                               std::size_t id,
                               double left,
                               double space_before) {
    std::vector<Piece> pieces;
    int const lines = block->lines();
    pieces.reserve(static_cast<std::size_t>(lines));
    for (int i = 0; i < lines; ++i) {
        pieces.push_back({.height = block->line_height(),
                          .space_before = i == 0 ? space_before : 0.0,
                          .keep_with_next = i + 1 < lines && (i == 0 || i + 2 == lines),
                          .paint = [block, id, left, i](QPainter& painter, double y) {
                              Marked const mark{painter, id};
                              block->paint(painter, {left, y}, i, i + 1);
                          }});
    }
    return pieces;
}

struct BoxLook {
    QColor fill;
    QColor bar;
};

// A box over the lines [first, last) of a paragraph.
Piece box_piece(std::shared_ptr<TextBlock const> const& block,
                std::size_t id,
                Column const& column,
                BoxLook const& look,
                int first,
                int last) {
    constexpr double padding = 9.0 * pt;
    double const height = (last - first) * block->line_height() + 2.0 * padding;
    return {.height = height, .space_before = 8.0 * pt, .paint = [=](QPainter& painter, double y) {
                painter.fillRect(QRectF{column.left, y, column.width, height}, look.fill);
                painter.fillRect(QRectF{column.left, y, 3.0 * pt, height}, look.bar);
                Marked const mark{painter, id};
                block->paint(painter, {column.left + 14.0 * pt, y + padding}, first, last);
            }};
}

std::vector<Piece> box_pieces(report::Paragraph const& paragraph,
                              std::size_t id,
                              Column const& column,
                              BoxLook const& look) {
    auto const block = std::make_shared<TextBlock const>(
        paragraph.text, paragraph_look(paragraph.style), column.width - 26.0 * pt);
    int const fitting =
        std::max(1, static_cast<int>((column.height - 20.0 * pt) / block->line_height()));
    std::vector<Piece> pieces;
    for (int first = 0; first < block->lines(); first += fitting) {
        pieces.push_back(
            box_piece(block, id, column, look, first, std::min(block->lines(), first + fitting)));
    }
    return pieces;
}

} // namespace

std::vector<Piece>
kept_text(std::shared_ptr<TextBlock const> const& block, std::size_t id, Column const& column) {
    constexpr double room_after = 20.0 * pt; // for what a caller adds under it
    int const fitting =
        std::max(1, static_cast<int>((column.height - room_after) / block->line_height()));
    std::vector<Piece> pieces;
    for (int first = 0; first < std::max(1, block->lines()); first += fitting) {
        int const last = std::min(block->lines(), first + fitting);
        pieces.push_back({.height = (last - first) * block->line_height(),
                          .keep_with_next = true,
                          .paint = [=](QPainter& painter, double y) {
                              Marked const mark{painter, id};
                              block->paint(painter, {column.left, y}, first, last);
                          }});
    }
    return pieces;
}

std::vector<Piece>
to_pieces(report::Heading const& heading, Column const& column, Structure& structure) {
    std::size_t const id = structure.add(structure.heading_role(heading.level));
    int const level = std::clamp(heading.level, 1, 3);
    double const size = level == 1 ? 14.0 : level == 2 ? 11.5 : 10.0;
    auto const block = std::make_shared<TextBlock const>(
        heading.text,
        TextLook{.font = {.family = Family::sans, .size_pt = size, .bold = true},
                 .colour = level == 3 ? colour::ink : colour::accent,
                 .leading = 1.25},
        column.width);
    std::vector<Piece> pieces = kept_text(block, id, column);
    pieces.front().space_before = (level == 1 ? 20.0 : level == 2 ? 14.0 : 6.0) * pt;
    pieces.front().bookmark = std::make_shared<Bookmark const>(
        Bookmark{.level = level, .title = heading.text, .anchor = heading.anchor});
    pieces.back().height += (level == 1 ? 3.0 : 1.0) * pt;
    return pieces;
}

std::vector<Piece>
to_pieces(report::Paragraph const& paragraph, Column const& column, Structure& structure) {
    std::size_t const id = structure.add(Role::paragraph);
    if (paragraph.style == report::ParagraphStyle::answer) {
        return box_pieces(
            paragraph, id, column, {.fill = colour::answer_fill, .bar = colour::accent});
    }
    if (paragraph.style == report::ParagraphStyle::warning) {
        return box_pieces(
            paragraph, id, column, {.fill = colour::warning_fill, .bar = colour::warning});
    }
    auto const block = std::make_shared<TextBlock const>(
        paragraph.text, paragraph_look(paragraph.style), column.width);
    return line_pieces(block, id, column.left, 6.0 * pt);
}

std::vector<Piece> to_pieces(report::List const& list, Column const& column, Structure& structure) {
    std::size_t const whole =
        structure.add(list.numbered ? Role::list_numbered : Role::list_bulleted);
    TextLook const look = paragraph_look(report::ParagraphStyle::body);
    double const indent = 20.0 * pt;
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        auto const block =
            std::make_shared<TextBlock const>(list.items[i], look, column.width - indent);
        TextLook marker_look = look;
        marker_look.alignment = Qt::AlignRight;
        auto const marker = std::make_shared<TextBlock const>(
            list.numbered ? std::to_string(i + 1) + "." : "•", marker_look, indent - 6.0 * pt);
        std::size_t const item = structure.add(Role::list_item, whole);
        std::size_t const label = structure.add(Role::list_label, item);
        std::size_t const body = structure.add(Role::list_body, item);
        auto lines = line_pieces(block, body, column.left + indent, (i == 0 ? 6.0 : 3.0) * pt);
        if (lines.empty()) {
            lines.push_back({.height = marker->height(), .space_before = 3.0 * pt});
        }
        auto const text = lines.front().paint;
        lines.front().paint = [marker, label, text, column](QPainter& painter, double y) {
            {
                Marked const mark{painter, label};
                marker->paint(painter, {column.left, y});
            }
            if (text) {
                text(painter, y);
            }
        };
        pieces.insert(pieces.end(), lines.begin(), lines.end());
    }
    return pieces;
}

std::vector<Piece>
title_pieces(report::Document const& document, Column const& column, Structure& structure) {
    std::size_t const title_id = structure.add(Role::h1);
    std::size_t const subtitle_id = structure.add(Role::paragraph);
    auto const title = std::make_shared<TextBlock const>(
        document.title,
        TextLook{.font = {.family = Family::sans, .size_pt = 21.0, .bold = true},
                 .colour = colour::accent,
                 .leading = 1.2},
        column.width);
    auto const subtitle = std::make_shared<TextBlock const>(
        document.subtitle,
        TextLook{.font = {.family = Family::sans, .size_pt = 12.0}, .colour = colour::grey},
        column.width);
    std::vector<Piece> pieces = kept_text(title, title_id, column);
    auto below = kept_text(subtitle, subtitle_id, column);
    below.front().space_before = 4.0 * pt;
    pieces.insert(pieces.end(), below.begin(), below.end());
    Piece& last = pieces.back();
    double const rule_top = last.height + 8.0 * pt;
    last.height += 12.0 * pt;
    last.paint = [rule_top, column, paint = last.paint](QPainter& painter, double y) {
        paint(painter, y);
        painter.fillRect(QRectF{column.left, y + rule_top, column.width, 12.0}, colour::accent);
    };
    return pieces;
}

} // namespace cmq::render
