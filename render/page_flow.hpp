// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pieces of a document put on pages.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class QPainter;

namespace cmq::render {

struct Bookmark {
    int level = 1;
    std::string title;
    std::string anchor = {};
};

/// Something that is never split. Lengths in painter units.
struct Piece {
    double height = 0.0;
    double space_before = 0.0; ///< left out at the top of a page
    bool keep_with_next = false;
    bool new_page = false; ///< starts a page, if the page holds anything yet
    std::function<void(QPainter&, double y)> paint = {}; ///< y: top of the piece on the page
    std::shared_ptr<Piece const> header = {}; ///< repeated above it when it starts a page
    std::shared_ptr<Bookmark const> bookmark = {};
};

struct Placed {
    Piece const* piece = nullptr;
    double y = 0.0; ///< from the top of the page's body
};

using Page = std::vector<Placed>;

/// Places the pieces in order on pages with a body of `height`.
///
/// Pieces that are kept with what follows form a chain; a chain that does not fit in what is left of
/// a page starts the next one, and is split only when it is longer than a page. Always gives at
/// least one page. The result points into `pieces`.
[[nodiscard]] std::vector<Page> to_pages(std::vector<Piece> const& pieces, double height);

} // namespace cmq::render
