// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cells.hpp"

#include "core/error.hpp"
#include "detect/cell_loops.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t band_rows = 32;
constexpr std::ptrdiff_t stretch = 256; // cells: one masked photosite makes so many be looked at

[[noreturn]] void refuse_values() {
    throw Error{ErrorKind::domain,
                {"un photosite non masqué n’a pas de valeur finie ou pas de variance positive ; le "
                 "masquer",
                 "a photosite that is not masked has no finite value or no variance above 0; mask "
                 "it"}};
}

// Two rows of photosites that make one row of cells.
struct Pair {
    float const* value;
    float const* variance;
    std::uint8_t const* mask;
    std::size_t pitch;
};

bool all_unmasked(Pair const& pair, std::size_t cells) {
    unsigned any = 0;
    for (std::size_t x = 0; x < 2 * cells; ++x) {
        any |=
            static_cast<unsigned>(pair.mask[x]) | static_cast<unsigned>(pair.mask[pair.pitch + x]);
    }
    return any == 0;
}

std::uint8_t cell_flags(Cfa const& cfa, Pair const& pair, std::size_t x) {
    std::uint8_t flags = 0;
    for (std::size_t k = 0; k < 4; ++k) {
        std::size_t const i = (k / 2) * pair.pitch + 2 * x + k % 2;
        // What lies beside a saturated photosite belongs to the same bright spot.
        if ((pair.mask[i] & (mask_bit::saturated | mask_bit::blooming)) != 0) {
            flags |= saturated_bit;
        }
        if (pair.mask[i] != 0) {
            continue;
        }
        if (!cell_loops().measurable(pair.value + i, pair.variance + i, 1)) {
            refuse_values();
        }
        flags = static_cast<std::uint8_t>(flags | (1U << static_cast<unsigned>(cfa.cell[k])));
    }
    return flags;
}

std::int64_t count_good(std::uint8_t flags) {
    return (flags & 1U) + ((flags >> 1U) & 1U) + ((flags >> 2U) & 1U) + ((flags >> 3U) & 1U);
}

// Flags of cells [from, to) of a row; returns their good photosites.
std::int64_t fill_flags(Cfa const& cfa, Pair const& pair, Span columns, std::uint8_t* flags) {
    auto const from = static_cast<std::size_t>(columns.first);
    auto const count = static_cast<std::size_t>(columns.last) - from;
    std::size_t const first = 2 * from;
    if (all_unmasked({pair.value, pair.variance, pair.mask + first, pair.pitch}, count)) {
        for (std::size_t const i : {first, first + pair.pitch}) {
            if (!cell_loops().measurable(pair.value + i, pair.variance + i, 2 * count)) {
                refuse_values();
            }
        }
        std::fill_n(flags + from, count, all_planes);
        return 4 * static_cast<std::int64_t>(count);
    }
    std::int64_t good = 0;
    for (std::size_t x = from; x < from + count; ++x) {
        flags[x] = cell_flags(cfa, pair, x);
        good += count_good(flags[x]);
    }
    return good;
}

// Flags of a row of cells; returns its good photosites.
std::int64_t fill_row(Frame const& frame, std::ptrdiff_t y, Cells& cells) {
    auto const pitch = static_cast<std::size_t>(frame.shape.width);
    std::size_t const first = 2 * static_cast<std::size_t>(y) * pitch;
    Pair const pair{frame.value.data() + first,
                    frame.variance.data() + first,
                    frame.mask.data() + first,
                    pitch};
    std::int64_t good = 0;
    for (std::ptrdiff_t x = 0; x < cells.shape.width; x += stretch) {
        Span const columns{x, std::min(cells.shape.width, x + stretch)};
        good += fill_flags(frame.cfa, pair, columns, cells.flags.data() + cells.at(y, 0));
    }
    return good;
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
        plane.resize(count);
    }
    cells.flags.assign(count, 0);
    auto const bands = static_cast<std::size_t>((cells.shape.height + band_rows - 1) / band_rows);
    std::vector<std::int64_t> good(bands, 0);
    parallel_blocks(bands, threads, [&](std::size_t band) {
        auto const first = static_cast<std::ptrdiff_t>(band) * band_rows;
        for (std::ptrdiff_t y = first; y < std::min(cells.shape.height, first + band_rows); ++y) {
            good[band] += fill_row(frame, y, cells);
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
