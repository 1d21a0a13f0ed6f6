// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/page_flow.hpp"

namespace cmq::render {

namespace {

class Flow {
public:
    explicit Flow(double height) : height_{height} {}

    void add_chain(std::vector<Piece> const& pieces, std::size_t first, std::size_t last) {
        if (pieces[first].new_page || y_ + chain_height(pieces, first, last, at_top()) > height_) {
            start_page();
        }
        for (std::size_t i = first; i < last; ++i) {
            add(pieces[i]);
        }
    }

    [[nodiscard]] std::vector<Page> pages() && { return std::move(pages_); }

private:
    [[nodiscard]] bool at_top() const { return pages_.back().empty(); }

    [[nodiscard]] static double
    chain_height(std::vector<Piece> const& pieces, std::size_t first, std::size_t last, bool top) {
        double sum = 0.0;
        for (std::size_t i = first; i < last; ++i) {
            sum += pieces[i].height + (i == first && top ? 0.0 : pieces[i].space_before);
        }
        return sum;
    }

    void start_page() {
        if (!at_top()) {
            pages_.emplace_back();
            y_ = 0.0;
        }
    }

    void add(Piece const& piece) {
        double const needed = piece.height + (at_top() ? 0.0 : piece.space_before);
        if (y_ + needed > height_) {
            start_page();
        }
        if (at_top()) {
            if (piece.header != nullptr) {
                put(*piece.header);
            }
        } else {
            y_ += piece.space_before;
        }
        put(piece);
    }

    void put(Piece const& piece) {
        pages_.back().push_back({.piece = &piece, .y = y_});
        y_ += piece.height;
    }

    double height_;
    double y_ = 0.0;
    std::vector<Page> pages_{1};
};

} // namespace

std::vector<Page> to_pages(std::vector<Piece> const& pieces, double height) {
    Flow flow{height};
    for (std::size_t first = 0; first < pieces.size();) {
        std::size_t last = first;
        while (last + 1 < pieces.size() && pieces[last].keep_with_next &&
               !pieces[last + 1].new_page) {
            ++last;
        }
        flow.add_chain(pieces, first, last + 1);
        first = last + 1;
    }
    return std::move(flow).pages();
}

} // namespace cmq::render
