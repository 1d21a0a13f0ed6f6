// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/block_pieces.hpp"
#include "render/text_block.hpp"

#include <QPainter>

#include <algorithm>
#include <string>
#include <utility>

namespace cmq::render {

namespace {

constexpr double number_width = 30.0 * pt;

struct Entry {
    TextBlock title;
    std::string anchor;
    std::size_t link = 0;
};

TextLook entry_look() {
    return {.font = {.family = Family::sans, .size_pt = 9.5}, .leading = 1.45};
}

// A heading may be as long as a text of a case; it stands whole at its section.
std::string cut(std::string const& heading) {
    constexpr std::size_t most_bytes = 240;
    std::size_t end = most_bytes;
    if (heading.size() <= end) {
        return heading;
    }
    while (end > 0 && (static_cast<unsigned char>(heading[end]) & 0xC0U) == 0x80U) {
        --end; // not within a character
    }
    return heading.substr(0, end) + "…";
}

void paint_entry(
    QPainter& painter, Structure& structure, Entry const& entry, Column const& column, double y) {
    auto const anchor = structure.anchors().find(entry.anchor);
    CMQ_EXPECTS(anchor != structure.anchors().end());
    TextLook look = entry_look();
    look.alignment = Qt::AlignRight;
    TextBlock const number{std::to_string(anchor->second.page + 1), look, number_width};
    structure.place(entry.link, {column.left, y, column.width, entry.title.height()});
    Marked const mark{painter, entry.link};
    entry.title.paint(painter, {column.left, y});
    number.paint(
        painter,
        {column.left + column.width - number_width, y + entry.title.height() - number.height()});
}

} // namespace

std::vector<Piece> contents_pieces(report::Contents const& contents,
                                   report::Document const& document,
                                   Column const& column,
                                   Structure& structure) {
    std::vector<Piece> pieces;
    auto const title = std::make_shared<TextBlock const>(
        contents.title,
        TextLook{.font = {.family = Family::sans, .size_pt = 10.5, .bold = true},
                 .colour = colour::accent},
        column.width);
    std::size_t const title_id = structure.add(Role::paragraph);
    pieces.push_back({.height = title->height() + 2.0 * pt,
                      .space_before = 12.0 * pt,
                      .keep_with_next = true,
                      .paint = [title, title_id, column](QPainter& painter, double y) {
                          Marked const mark{painter, title_id};
                          title->paint(painter, {column.left, y});
                      }});
    std::size_t const whole = structure.add(Role::contents);
    for (report::Block const& block : document.blocks) {
        auto const* const heading = std::get_if<report::Heading>(&block);
        if (heading == nullptr || heading->level != 1 || heading->anchor.empty()) {
            continue;
        }
        std::size_t const item = structure.add(Role::contents_item, whole);
        auto const entry = std::make_shared<Entry const>(Entry{
            .title = {cut(heading->text), entry_look(), column.width - number_width - 6.0 * pt},
            .anchor = heading->anchor,
            .link = structure.add_link(item, heading->anchor, heading->text)});
        pieces.push_back({.height = entry->title.height(),
                          .keep_with_next = true,
                          .paint = [entry, column, &structure](QPainter& painter, double y) {
                              paint_entry(painter, structure, *entry, column, y);
                          }});
    }
    pieces.back().keep_with_next = false;
    return pieces;
}

} // namespace cmq::render
