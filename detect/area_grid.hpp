// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The blocks in and around a large area: what is area, what is background. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/area_flux.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::detect {

enum class BlockRole : std::uint8_t {
    free,     ///< background
    aperture, ///< the area, and blocks that touch it
    other,    ///< next to the aperture, of another area, or in a trace
};

/// A window of square blocks. Coordinates of photosites are those of the frame.
struct AreaGrid {
    std::ptrdiff_t side = 0; ///< photosites
    std::ptrdiff_t top = 0;
    std::ptrdiff_t left = 0;
    Shape shape; ///< blocks
    std::vector<BlockRole> role;

    /// First x, first y, last x, last y of a block, photosites, within the frame.
    [[nodiscard]] std::array<std::ptrdiff_t, 4> box(std::size_t i) const;
};

/// The area with as much around it as it is wide, six blocks at least; at most 1600 blocks, of the area's own size or
/// larger.
[[nodiscard]] AreaGrid make_area_grid(Shape frame,
                                      std::span<FoundArea const> all,
                                      std::size_t which,
                                      std::span<Trace const> traces);

} // namespace cmq::detect
