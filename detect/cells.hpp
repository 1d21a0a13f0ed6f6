// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the steps of detection share: cells, the mesh over them, bits for each cell. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/leave_unset.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::detect {

/// Half-open range of rows or columns.
struct Span {
    std::ptrdiff_t first = 0;
    std::ptrdiff_t last = 0;
};

/// Blocks of about `side` cells that divide the frame evenly.
struct Mesh {
    Shape cells;  ///< cells of the frame
    Shape blocks; ///< at least 1 x 1

    [[nodiscard]] Span rows(std::ptrdiff_t block) const noexcept {
        return {block * cells.height / blocks.height, (block + 1) * cells.height / blocks.height};
    }

    [[nodiscard]] Span columns(std::ptrdiff_t block) const noexcept {
        return {block * cells.width / blocks.width, (block + 1) * cells.width / blocks.width};
    }

    [[nodiscard]] std::size_t at(std::ptrdiff_t by, std::ptrdiff_t bx) const noexcept {
        return static_cast<std::size_t>(by * blocks.width + bx);
    }

    /// The block that holds a cell row (or column).
    [[nodiscard]] std::ptrdiff_t block_row(std::ptrdiff_t y) const noexcept {
        return ((y + 1) * blocks.height - 1) / cells.height;
    }

    [[nodiscard]] std::ptrdiff_t block_column(std::ptrdiff_t x) const noexcept {
        return ((x + 1) * blocks.width - 1) / cells.width;
    }
};

[[nodiscard]] Mesh make_mesh(Shape cells, std::ptrdiff_t side);

/// Bits of Cells::good: one for each plane whose photosite takes part, then these.
inline constexpr std::uint8_t all_planes = 0x0F;
inline constexpr std::uint8_t source_bit = 0x10;    ///< in or near a trace: no part in background
inline constexpr std::uint8_t saturated_bit = 0x20; ///< a photosite of the cell is saturated
inline constexpr unsigned scale_shift = 6;          ///< two bits: which filter answered most

/// The frame cell by cell: residuals above the background, 0 where a photosite takes no part.
struct Cells {
    Shape shape;
    PerPlane<PlaneValues> residual; ///< DN
    std::vector<std::uint8_t> flags;

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>(y * shape.width + x);
    }

    [[nodiscard]] bool is_good(std::size_t cell, std::size_t plane) const noexcept {
        return ((static_cast<unsigned>(flags[cell]) >> plane) & 1U) != 0;
    }
};

/// Flags from the frame's mask; the residuals are not set before SurfaceRows fills them.
/// \throws Error domain        a good photosite's value or variance is not finite, or variance <= 0
/// \throws Error insufficient  fewer than half the photosites are good
[[nodiscard]] Cells make_cells(Frame const& frame, unsigned threads);

/// Where the photosites of a plane lie in Frame::value: first + y * 2 * pitch + x * 2.
[[nodiscard]] std::size_t first_photosite(Frame const& frame, std::size_t plane) noexcept;

} // namespace cmq::detect
