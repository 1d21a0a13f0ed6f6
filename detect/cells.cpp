// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cells.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

// One cell's flags; counts its good photosites.
std::uint8_t cell_flags(Frame const& frame, std::size_t corner, std::int64_t& good) {
    auto const pitch = static_cast<std::size_t>(frame.shape.width);
    std::uint8_t flags = 0;
    for (std::size_t k = 0; k < 4; ++k) {
        std::size_t const i = corner + (k / 2) * pitch + k % 2;
        // What lies beside a saturated photosite belongs to the same bright spot.
        if ((frame.mask[i] & (mask_bit::saturated | mask_bit::blooming)) != 0) {
            flags |= saturated_bit;
        }
        if (frame.mask[i] != 0) {
            continue;
        }
        if (!std::isfinite(frame.value[i]) || !std::isfinite(frame.variance[i]) ||
            frame.variance[i] <= 0.0F) {
            throw Error{ErrorKind::domain,
                        {"un photosite non masqué n’a pas de valeur finie ou pas de variance "
                         "positive ; le masquer",
                         "a photosite that is not masked has no finite value or no variance above "
                         "0; mask it"}};
        }
        flags = static_cast<std::uint8_t>(flags | (1U << static_cast<unsigned>(frame.cfa.cell[k])));
        ++good;
    }
    return flags;
}

} // namespace

Mesh make_mesh(Shape cells, std::ptrdiff_t side) {
    return {cells,
            {std::max<std::ptrdiff_t>(1, (cells.height + side / 2) / side),
             std::max<std::ptrdiff_t>(1, (cells.width + side / 2) / side)}};
}

Cells make_cells(Frame const& frame, unsigned threads) {
    Cells cells;
    cells.shape = {frame.shape.height / 2, frame.shape.width / 2};
    auto const count = static_cast<std::size_t>(cells.shape.area());
    for (auto& plane : cells.residual) {
        plane.assign(count, 0.0F);
    }
    cells.flags.assign(count, 0);
    auto const height = static_cast<std::size_t>(cells.shape.height);
    std::vector<std::int64_t> good(height, 0);
    parallel_blocks(height, threads, [&](std::size_t y) {
        for (std::ptrdiff_t x = 0; x < cells.shape.width; ++x) {
            auto const corner = 2 * y * static_cast<std::size_t>(frame.shape.width) +
                                2 * static_cast<std::size_t>(x);
            cells.flags[cells.at(static_cast<std::ptrdiff_t>(y), x)] =
                cell_flags(frame, corner, good[y]);
        }
    });
    std::int64_t const total = std::accumulate(good.begin(), good.end(), std::int64_t{0});
    if (total < 2 * cells.shape.area()) {
        throw Error{
            ErrorKind::insufficient,
            {"moins de la moitié des photosites sont utilisables, trop peu pour connaître le fond",
             "fewer than half of the photosites are usable, too few to know the background"}};
    }
    return cells;
}

std::size_t first_photosite(Frame const& frame, std::size_t plane) noexcept {
    auto const offset = frame.cfa.offset(static_cast<Plane>(plane));
    return static_cast<std::size_t>(offset[0] * frame.shape.width + offset[1]);
}

} // namespace cmq::detect
