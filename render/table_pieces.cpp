// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/block_pieces.hpp"
#include "render/text_block.hpp"

#include <QPainter>

#include <algorithm>
#include <numeric>
#include <string>

namespace cmq::render {

namespace {

constexpr double cell_padding_x = 5.5 * pt;
constexpr double cell_padding_y = 3.0 * pt;

TextLook cell_look(report::Alignment alignment, bool header) {
    return {.font = {.family = Family::sans, .size_pt = 8.6, .bold = header},
            .alignment = alignment == report::Alignment::right ? Qt::AlignRight : Qt::AlignLeft,
            .leading = 1.32};
}

struct Cell {
    double left = 0.0;
    TextBlock block;
};

struct Row {
    std::vector<Cell> cells;
    int lines = 1;
    double line_height = 0.0;
};

std::vector<double> column_widths(report::TableBlock const& table, double width) {
    double const total = std::accumulate(
        table.columns.begin(), table.columns.end(), 0.0, [](double sum, auto const& column) {
            return sum + std::max(column.weight, 0.01);
        });
    std::vector<double> widths;
    for (auto const& column : table.columns) {
        widths.push_back(width * std::max(column.weight, 0.01) / total);
    }
    return widths;
}

std::shared_ptr<Row const> make_row(std::vector<report::Text> const& texts,
                                    report::TableBlock const& table,
                                    Column const& column,
                                    bool header) {
    auto row = std::make_shared<Row>();
    auto const widths = column_widths(table, column.width);
    double left = column.left;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        row->cells.push_back({.left = left + cell_padding_x,
                              .block = TextBlock{texts[i],
                                                 cell_look(table.columns[i].alignment, header),
                                                 widths[i] - 2.0 * cell_padding_x}});
        row->lines = std::max(row->lines, row->cells.back().block.lines());
        row->line_height = row->cells.back().block.line_height();
        left += widths[i];
    }
    return row;
}

// The lines [first, last) of a row, with a rule under them when they end it.
Piece row_piece(std::shared_ptr<Row const> const& row, Column const& column, int first, int last) {
    double const height = (last - first) * row->line_height + 2.0 * cell_padding_y;
    bool const ends = last >= row->lines;
    return {.height = height, .paint = [=](QPainter& painter, double y) {
                for (auto const& cell : row->cells) {
                    cell.block.paint(painter, {cell.left, y + cell_padding_y}, first, last);
                }
                if (ends) {
                    painter.fillRect(QRectF{column.left, y + height - 4.0, column.width, 4.0},
                                     colour::rule);
                }
            }};
}

std::shared_ptr<Piece const> header_piece(report::TableBlock const& table, Column const& column) {
    std::vector<report::Text> headings;
    for (auto const& each : table.columns) {
        headings.push_back({{.text = each.heading}});
    }
    auto const row = make_row(headings, table, column, true);
    Piece text = row_piece(row, column, 0, row->lines);
    double const height = text.height;
    auto const paint_text = text.paint;
    text.paint = [=](QPainter& painter, double y) {
        painter.fillRect(QRectF{column.left, y, column.width, height}, colour::table_fill);
        painter.fillRect(QRectF{column.left, y, column.width, 8.0}, colour::accent);
        paint_text(painter, y);
    };
    text.keep_with_next = true;
    return std::make_shared<Piece const>(std::move(text));
}

void add_row(std::vector<Piece>& pieces,
             std::vector<report::Text> const& texts,
             report::TableBlock const& table,
             Column const& column,
             std::shared_ptr<Piece const> const& header) {
    auto const row = make_row(texts, table, column, false);
    double const room = column.height - header->height - 2.0 * cell_padding_y;
    int const fitting = std::max(1, static_cast<int>(room / row->line_height));
    for (int first = 0; first < row->lines; first += fitting) {
        Piece piece = row_piece(row, column, first, std::min(row->lines, first + fitting));
        piece.header = header;
        pieces.push_back(std::move(piece));
    }
}

} // namespace

std::vector<Piece> to_pieces(report::TableBlock const& table, Column const& column) {
    std::vector<Piece> pieces;
    if (!table.caption.empty()) {
        auto const caption = std::make_shared<TextBlock const>(
            table.caption,
            TextLook{.font = {.family = Family::sans, .size_pt = 9.0, .bold = true}},
            column.width);
        pieces.push_back({.height = caption->height() + 3.0 * pt,
                          .space_before = 12.0 * pt,
                          .keep_with_next = true,
                          .paint = [caption, column](QPainter& painter, double y) {
                              caption->paint(painter, {column.left, y});
                          }});
    }
    if (table.columns.empty()) {
        return pieces;
    }
    auto const header = header_piece(table, column);
    pieces.push_back(*header);
    pieces.back().space_before = table.caption.empty() ? 10.0 * pt : 0.0;
    std::size_t const first_row = pieces.size();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (table.rows[i].size() != table.columns.size()) {
            throw Error{ErrorKind::shape,
                        "row " + std::to_string(i + 1) + " of the table \"" + table.caption +
                            "\" has " + std::to_string(table.rows[i].size()) + " cells for " +
                            std::to_string(table.columns.size()) + " columns"};
        }
        add_row(pieces, table.rows[i], table, column, header);
    }
    // Two rows stay together at both ends, so that no page holds a lone one.
    if (pieces.size() > first_row + 2) {
        pieces[first_row].keep_with_next = true;
        pieces[pieces.size() - 2].keep_with_next = true;
    }
    return pieces;
}

} // namespace cmq::render
