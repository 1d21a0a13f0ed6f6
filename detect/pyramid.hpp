// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The planes at several sizes of bin, so that one small filter serves every scale. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/cells.hpp"

#include <cstdint>
#include <vector>

namespace cmq::detect {

/// Photosites of a plane that take no part, out of binning x binning.
struct Missing {
    std::int32_t y = 0; ///< place on the lattice
    std::int32_t x = 0;
    std::uint8_t plane = 0;
    std::uint8_t count = 0;
};

/// Sums of residuals over binning x binning cells; odd last rows and columns of cells are left out.
struct Level {
    Level() = default;
    Level(Level&&) = default; // value stays where it points to; a copy's would not
    Level& operator=(Level&&) = default;
    Level(Level const&) = delete;
    Level& operator=(Level const&) = delete;
    ~Level() = default;

    std::ptrdiff_t binning = 1;
    Shape shape;                    ///< of the lattice
    Mesh mesh;                      ///< the blocks of the background over this lattice
    PerPlane<float const*> value{}; ///< shape.area() sums each, DN
    PerPlane<PlaneValues> sums;     ///< what value points to, but for the finest level
    std::vector<Missing> missing;   ///< by row, column, plane
    std::vector<std::size_t> row;   ///< of missing: where each row begins, and the end

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>(y * shape.width + x);
    }
};

/// The cells themselves; borrows their residuals. Nothing is missing before list_missing says so.
[[nodiscard]] Level make_finest_level(Cells const& cells, Mesh const& mesh);

/// Twice the binning. Borrows nothing; its sums are not set before the functions below do so.
[[nodiscard]] Level make_coarser_level(Level const& finer);

/// Sums of the pairs of rows that lie in a range of the finer rows.
void sum_rows_within(Level const& finer, Span rows, Level& coarser);

/// Sums of the pair of rows that two such ranges share, which meet before `row`; nothing where they share none.
void sum_rows_between(Level const& finer, std::ptrdiff_t row, Level& coarser);

/// All bins that hold some of the finer entries within rows and columns.
void sum_around(Level const& finer, Span rows, Span columns, Level& coarser);

/// The one bin that holds an entry of the finer level.
void sum_bin(Level const& finer, std::size_t cell, Level& coarser);

/// Looks up what takes no part.
void list_missing(Cells const& cells, unsigned threads, Level& finest);

/// The same from the level before.
void bin_missing(Level const& finer, Level& coarser);

} // namespace cmq::detect
