// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/block_pieces.hpp"
#include "render/text_block.hpp"

#include <QPainter>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

namespace cmq::render {

namespace {

constexpr double cell_padding_y = 3.0 * pt;

// Beside the words of a cell, on each side: less where many columns need the width for numbers.
double cell_padding_x(report::TableBlock const& table) {
    constexpr std::size_t many = 6;
    return table.columns.size() > many ? 3.5 * pt : 5.5 * pt;
}

TextLook cell_look(report::Alignment alignment, bool header) {
    return {.font = {.family = Family::sans, .size_pt = 8.6, .bold = header},
            .alignment = alignment == report::Alignment::right ? Qt::AlignRight : Qt::AlignLeft,
            .leading = 1.32};
}

struct Cell {
    double left = 0.0;
    TextBlock block;
    std::optional<std::size_t> id; ///< none: a header that is repeated, which is not read again
};

struct Row {
    std::vector<Cell> cells;
    int lines = 1;
    double line_height = 0.0;
};

// The width of the longest word, as far as a column may claim it: a hash is broken instead.
double longest_word(report::Text const& text, TextLook const& look) {
    double longest = 0.0;
    for (auto const& run : text) {
        for (std::size_t from = 0; from < run.text.size();) {
            std::size_t const to = std::min(run.text.find(' ', from), run.text.size());
            report::Run const word{.text = run.text.substr(from, to - from), .style = run.style};
            TextBlock const block{{word}, look, 1e5};
            longest = std::max(longest, block.natural_width());
            from = to + 1;
        }
    }
    return longest;
}

double least_width(report::TableBlock const& table, std::size_t index, double width) {
    double least = longest_word({{.text = table.columns[index].heading}}, cell_look({}, true));
    // A sample of the rows: measuring each word of a long table would take longer than drawing it.
    std::size_t const rows = std::min<std::size_t>(table.rows.size(), 40);
    for (std::size_t i = 0; i < rows; ++i) {
        if (index < table.rows[i].size()) {
            double const word = longest_word(table.rows[i][index], cell_look({}, false));
            least = std::max(least, word <= 0.2 * width ? word : 0.0);
        }
    }
    return least + 2.0 * cell_padding_x(table) + pt;
}

// What each column needs so that no word and no number is broken; where that is more than there is,
// no column claims more than its even share.
std::vector<double> least_widths(report::TableBlock const& table, double width) {
    std::vector<double> least(table.columns.size());
    for (std::size_t i = 0; i < least.size(); ++i) {
        least[i] = least_width(table, i, width);
    }
    if (std::accumulate(least.begin(), least.end(), 0.0) > width) {
        for (double& each : least) {
            each = std::min(each, width / static_cast<double>(least.size()));
        }
    }
    return least;
}

// By weight; a column in which words would be broken takes what it needs from the others.
std::vector<double> column_widths(report::TableBlock const& table, double width) {
    std::size_t const count = table.columns.size();
    std::vector<double> const least = least_widths(table, width);
    std::vector<bool> fixed(count, false);
    std::vector<double> widths(count);
    // Each turn fixes a column or ends; what is left is shared by weight among the others.
    for (bool changed = true; changed;) {
        changed = false;
        double left = width;
        double weights = 0.0;
        for (std::size_t i = 0; i < count; ++i) {
            left -= fixed[i] ? least[i] : 0.0;
            weights += fixed[i] ? 0.0 : std::max(table.columns[i].weight, 0.01);
        }
        for (std::size_t i = 0; i < count; ++i) {
            double const share = left * std::max(table.columns[i].weight, 0.01) / weights;
            widths[i] = fixed[i] ? least[i] : share;
            if (!fixed[i] && share < least[i]) {
                fixed[i] = true;
                changed = true;
            }
        }
    }
    return widths;
}

// What the rows of one table share.
struct Frame {
    report::TableBlock const& table;
    Column const& column;
    std::vector<double> widths;
    std::size_t id = 0; ///< of the table in the structure
};

// The elements of a new row of the structure, one a column.
std::vector<std::size_t> add_cells(Structure& structure, Frame const& frame, bool header) {
    std::size_t const row = structure.add(Role::table_row, frame.id);
    std::vector<std::size_t> ids;
    for (std::size_t i = 0; i < frame.table.columns.size(); ++i) {
        bool const names_row = i == 0 && frame.table.first_column_names_row;
        ids.push_back(structure.add(header      ? Role::column_header
                                    : names_row ? Role::row_header
                                                : Role::cell,
                                    row));
    }
    return ids;
}

std::shared_ptr<Row>
make_row(std::vector<report::Text> const& texts, Frame const& frame, bool header) {
    auto row = std::make_shared<Row>();
    double left = frame.column.left;
    double const padding = cell_padding_x(frame.table);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        row->cells.push_back(
            {.left = left + padding,
             .block = TextBlock{texts[i],
                                cell_look(frame.table.columns[i].alignment, header),
                                frame.widths[i] - 2.0 * padding},
             .id = {}});
        row->lines = std::max(row->lines, row->cells.back().block.lines());
        row->line_height = row->cells.back().block.line_height();
        left += frame.widths[i];
    }
    return row;
}

void name_cells(Row& row, std::vector<std::size_t> const& ids) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        row.cells[i].id = ids[i];
    }
}

void paint_cell(QPainter& painter, Cell const& cell, double y, int first, int last) {
    std::optional<Marked> mark;
    if (cell.id && first < cell.block.lines()) {
        mark.emplace(painter, *cell.id);
    }
    cell.block.paint(painter, {cell.left, y}, first, last);
}

// The lines [first, last) of a row, with a rule under them when they end it.
Piece row_piece(std::shared_ptr<Row const> const& row, Column const& column, int first, int last) {
    double const height = (last - first) * row->line_height + 2.0 * cell_padding_y;
    bool const ends = last >= row->lines;
    return {.height = height, .paint = [=](QPainter& painter, double y) {
                for (auto const& cell : row->cells) {
                    paint_cell(painter, cell, y + cell_padding_y, first, last);
                }
                if (ends) {
                    painter.fillRect(QRectF{column.left, y + height - 4.0, column.width, 4.0},
                                     colour::rule);
                }
            }};
}

// \param ids  none: the header as it is repeated
std::shared_ptr<Piece const> header_piece(Frame const& frame, std::vector<std::size_t> const* ids) {
    std::vector<report::Text> headings;
    for (auto const& each : frame.table.columns) {
        headings.push_back({{.text = each.heading}});
    }
    auto const row = make_row(headings, frame, true);
    if (ids != nullptr) {
        name_cells(*row, *ids);
    }
    Column const column = frame.column;
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
             Frame const& frame,
             Structure& structure,
             std::shared_ptr<Piece const> const& header) {
    auto const row = make_row(texts, frame, false);
    name_cells(*row, add_cells(structure, frame, false));
    double const room = frame.column.height - header->height - 2.0 * cell_padding_y;
    int const fitting = std::max(1, static_cast<int>(room / row->line_height));
    for (int first = 0; first < row->lines; first += fitting) {
        Piece piece = row_piece(row, frame.column, first, std::min(row->lines, first + fitting));
        piece.header = header;
        pieces.push_back(std::move(piece));
    }
}

} // namespace

std::vector<Piece>
to_pieces(report::TableBlock const& table, Column const& column, Structure& structure) {
    std::vector<Piece> pieces;
    if (table.columns.empty() && table.caption.empty()) {
        return pieces;
    }
    std::size_t const id = structure.add(table.columns.empty() ? Role::division : Role::table);
    if (!table.caption.empty()) {
        auto const caption = std::make_shared<TextBlock const>(
            table.caption,
            TextLook{.font = {.family = Family::sans, .size_pt = 9.0, .bold = true}},
            column.width);
        std::size_t const caption_id =
            structure.add(table.columns.empty() ? Role::paragraph : Role::caption, id);
        pieces = kept_text(caption, caption_id, column);
        pieces.front().space_before = 12.0 * pt;
        pieces.back().height += 3.0 * pt;
    }
    if (table.columns.empty()) {
        return pieces;
    }
    Frame const frame{
        .table = table, .column = column, .widths = column_widths(table, column.width), .id = id};
    auto const header_ids = add_cells(structure, frame, true);
    auto const header = header_piece(frame, nullptr);
    pieces.push_back(*header_piece(frame, &header_ids));
    pieces.back().space_before = table.caption.empty() ? 10.0 * pt : 0.0;
    std::size_t const first_row = pieces.size();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (table.rows[i].size() != table.columns.size()) {
            throw Error{ErrorKind::shape,
                        {"la ligne {} du tableau « {} » a {} cellules pour {} colonnes",
                         "row {} of the table \"{}\" has {} cells for {} columns"},
                        i + 1,
                        table.caption,
                        table.rows[i].size(),
                        table.columns.size()};
        }
        add_row(pieces, table.rows[i], frame, structure, header);
    }
    // A short table is not split; of others two rows stay together at both ends, so that no page
    // holds a lone one.
    constexpr double short_share = 0.25; // of a page
    double const height =
        std::accumulate(pieces.begin(), pieces.end(), 0.0, [](double sum, Piece const& piece) {
            return sum + piece.height;
        });
    if (height <= short_share * column.height) {
        for (std::size_t i = first_row; i + 1 < pieces.size(); ++i) {
            pieces[i].keep_with_next = true;
        }
    } else if (pieces.size() > first_row + 2) {
        pieces[first_row].keep_with_next = true;
        pieces[pieces.size() - 2].keep_with_next = true;
    }
    return pieces;
}

} // namespace cmq::render
