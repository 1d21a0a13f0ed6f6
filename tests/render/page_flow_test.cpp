// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/page_flow.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::render::Page;
using cmq::render::Piece;
using cmq::render::to_pages;

Piece piece(double height, bool keep = false) {
    return {.height = height, .keep_with_next = keep};
}

// Which pieces stand on each page, by their place in the list.
std::vector<std::vector<std::ptrdiff_t>> numbers(std::vector<Page> const& pages,
                                                 std::vector<Piece> const& pieces) {
    std::vector<std::vector<std::ptrdiff_t>> result;
    for (auto const& page : pages) {
        result.emplace_back();
        for (auto const& placed : page) {
            result.back().push_back(placed.piece - pieces.data());
        }
    }
    return result;
}

using Numbers = std::vector<std::vector<std::ptrdiff_t>>;

TEST(ToPages, GivesOnePageForNothing) {
    EXPECT_EQ(to_pages({}, 100.0).size(), 1U);
}

TEST(ToPages, FillsPagesInOrder) {
    std::vector<Piece> const pieces{piece(60.0), piece(40.0), piece(1.0), piece(99.0)};
    EXPECT_EQ(numbers(to_pages(pieces, 100.0), pieces), (Numbers{{0, 1}, {2, 3}}));
}

TEST(ToPages, KeepsAHeadingWithWhatFollows) {
    std::vector<Piece> const pieces{piece(80.0), piece(10.0, true), piece(20.0)};
    EXPECT_EQ(numbers(to_pages(pieces, 100.0), pieces), (Numbers{{0}, {1, 2}}));
}

TEST(ToPages, SplitsAChainOnlyWhenItIsLongerThanAPage) {
    std::vector<Piece> const pieces{piece(50.0), piece(60.0, true), piece(60.0)};
    EXPECT_EQ(numbers(to_pages(pieces, 100.0), pieces), (Numbers{{0}, {1}, {2}}));
}

TEST(ToPages, LeavesOutSpaceAtTheTopOfAPage) {
    std::vector<Piece> pieces{piece(90.0), piece(20.0), piece(10.0)};
    pieces[1].space_before = 7.0;
    pieces[2].space_before = 5.0;
    auto const pages = to_pages(pieces, 100.0);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[1][0].y, 0.0);
    EXPECT_EQ(pages[1][1].y, 25.0);
}

TEST(ToPages, StartsAPageWhereAsked) {
    std::vector<Piece> pieces{piece(10.0, true), piece(10.0)};
    pieces[1].new_page = true;
    EXPECT_EQ(numbers(to_pages(pieces, 100.0), pieces), (Numbers{{0}, {1}}));
    pieces[0].new_page = true; // the first page is empty: no blank one before it
    EXPECT_EQ(to_pages(pieces, 100.0).size(), 2U);
}

TEST(ToPages, RepeatsTheHeaderOfATableOnEachPage) {
    auto const header = std::make_shared<Piece const>(piece(10.0, true));
    std::vector<Piece> pieces{*header};
    for (int i = 0; i < 6; ++i) {
        pieces.push_back(piece(30.0));
        pieces.back().header = header;
    }
    auto const pages = to_pages(pieces, 100.0);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].size(), 4U);
    EXPECT_EQ(pages[1][0].piece, header.get());
    EXPECT_EQ(pages[1][1].y, 10.0);
}

TEST(ToPages, NeverPutsAPieceBelowThePage) {
    auto const header = std::make_shared<Piece const>(piece(10.0, true));
    std::vector<Piece> pieces;
    for (int i = 0; i < 200; ++i) {
        pieces.push_back(piece(1.0 + i * 37 % 80, i % 3 == 0));
        pieces.back().space_before = i % 5;
        if (i % 4 == 0) {
            pieces.back().header = header;
        }
    }
    std::size_t placed_pieces = 0;
    for (auto const& page : to_pages(pieces, 100.0)) {
        for (auto const& placed : page) {
            EXPECT_LE(placed.y + placed.piece->height, 100.0);
            placed_pieces += placed.piece != header.get() ? 1U : 0U;
        }
    }
    EXPECT_EQ(placed_pieces, pieces.size());
}

} // namespace
