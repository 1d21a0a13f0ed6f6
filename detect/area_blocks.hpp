// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Square blocks of a frame that stand out from a smooth surface through all of them. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/robust_surface.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Levels of the blocks of a frame, row by row.
struct AreaBlocks {
    Shape shape;             ///< blocks
    std::ptrdiff_t side = 0; ///< photosites
    PerPlane<std::vector<double>> level;
    std::vector<std::uint8_t> good;
};

/// Below the light of blocks, and below their shares of red and blue.
using BlockSurfaces = std::array<SurfaceTerms, 3>;

/// How far blocks stand out, in robust standard deviations.
struct BlockStanding {
    std::vector<double> light_z;  ///< of the sum of the planes, means over 3 x 3 blocks
    std::vector<double> colour_z; ///< of the shares of red and blue, in the same way
    std::vector<double> block;    ///< of the block alone, light or colour: for outlines
    BlockSurfaces surfaces{};     ///< that they stand above

    /// 1 and more: in light or colour it stands out by as much.
    [[nodiscard]] double ratio(std::size_t i, double least) const;
    /// The larger of both; colour counts where the block is not darker all in all.
    [[nodiscard]] double clearest(std::size_t i) const;
};

/// Means near the median of an eighth of the photosites; saturated ones count with what they show.
/// \param side  16, 32 or 64 photosites
[[nodiscard]] AreaBlocks
measure_area_blocks(Frame const& frame, std::ptrdiff_t side, unsigned threads);

/// Nothing in a frame without light or with fewer than 40 good blocks.
/// \param start  surfaces of larger blocks, which lie near: saves time
[[nodiscard]] std::optional<BlockStanding> measure_block_standing(
    AreaBlocks const& blocks, std::optional<BlockSurfaces> const& start, unsigned threads);

/// Blocks that hang together and stand out, four at least, ascending; areas in the order of their first block.
[[nodiscard]] std::vector<std::vector<std::size_t>> find_block_areas(AreaBlocks const& blocks,
                                                                     BlockStanding const& standing);

/// Light of an area as a whole is above what counts as a border, not its colour alone.
[[nodiscard]] bool is_brighter(BlockStanding const& standing, std::vector<std::size_t> const& area);

} // namespace cmq::detect
