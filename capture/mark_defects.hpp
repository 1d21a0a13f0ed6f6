// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Hot and dead photosites of one frame, told from small bright droplets by what blur allows.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::capture {

struct Defects {
    std::size_t hot = 0;
    std::size_t dead = 0;
};

/// Marks photosites that stand out alone, up (hot) or down (dead).
///
/// Light through a lens cannot fall on one photosite only: with a blur of sigma 0.5 photosites, sharper than
/// any lens, low-pass filter and photosite aperture together, each of the four side neighbours gets 0.23 of what the centre gets;
/// even where their colours see a tenth of it, their excess adds up to 0.09 of the centre's. A photosite is
/// hot when its excess E over the median of its eight neighbours of the same plane is positive, none of those eight
/// reaches a tenth of it, and the four side neighbours' excess (each over the median of its own plane nearby) plus
/// three standard deviations stays below 0.09 E. With the noise counted in, E must exceed about 70
/// standard deviations: weaker hot photosites are left for detection to weigh, so that no small droplet is lost.
/// Dead: the same downwards, with E at least 0.8 of the median.
///
/// \param frame  value, variance, mask, cfa, noise; bits hot and dead are added to mask
[[nodiscard]] Defects mark_defects(Frame& frame, unsigned threads);

/// The same in two steps, for whoever has rows in the cache.
class DefectSearch {
public:
    static constexpr std::size_t reach =
        3; ///< rows that must be there before and behind one that is looked at

    explicit DefectSearch(Shape shape) : found_(static_cast<std::size_t>(shape.height)) {}

    /// Looks at rows [first, last), each once; may be called from several threads, for different rows.
    void look(Frame const& frame, std::size_t first, std::size_t last);

    /// Marks what was found.
    [[nodiscard]] Defects mark(Frame& frame) const;

private:
    struct Found {
        std::ptrdiff_t x;
        std::uint8_t bit;
    };

    std::vector<std::vector<Found>> found_; // by row
};

} // namespace cmq::capture
