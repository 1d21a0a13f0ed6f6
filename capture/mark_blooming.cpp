// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mark_blooming.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <vector>

namespace cmq::capture {
namespace {

bool spills(std::uint8_t mask) noexcept {
    return (mask & (mask_bit::saturated | mask_bit::hot)) == mask_bit::saturated;
}

// Whether each row has a photosite that spills.
std::vector<std::uint8_t> rows_that_spill(Frame const& frame, unsigned threads) {
    auto const height = static_cast<std::size_t>(frame.shape.height);
    auto const width = static_cast<std::size_t>(frame.shape.width);
    constexpr std::size_t rows_a_block = 64;
    std::vector<std::uint8_t> rows(height);
    parallel_blocks((height + rows_a_block - 1) / rows_a_block, threads, [&](std::size_t block) {
        std::size_t const end = std::min(height, (block + 1) * rows_a_block);
        for (std::size_t y = block * rows_a_block; y < end; ++y) {
            // To the end of every row, so that it compiles to vector instructions.
            auto const* row = frame.mask.data() + y * width;
            std::uint8_t any = 0;
            for (std::size_t x = 0; x < width; ++x) {
                any = static_cast<std::uint8_t>(any | static_cast<int>(spills(row[x])));
            }
            rows[y] = any;
        }
    });
    return rows;
}

// Marks the neighbours of one photosite, itself left as it is saturated; how many had no other bit.
std::size_t mark_around(Frame& frame, std::ptrdiff_t y, std::ptrdiff_t x) {
    std::ptrdiff_t const top = std::max<std::ptrdiff_t>(y - 1, 0);
    std::ptrdiff_t const bottom = std::min(y + 1, frame.shape.height - 1);
    std::ptrdiff_t const left = std::max<std::ptrdiff_t>(x - 1, 0);
    std::ptrdiff_t const right = std::min(x + 1, frame.shape.width - 1);
    std::size_t marked = 0;
    for (std::ptrdiff_t v = top; v <= bottom; ++v) {
        for (std::ptrdiff_t u = left; u <= right; ++u) {
            std::uint8_t& mask = frame.mask[static_cast<std::size_t>(v * frame.shape.width + u)];
            if ((mask & mask_bit::saturated) == 0) {
                marked += mask == 0 ? 1 : 0;
                mask |= mask_bit::blooming;
            }
        }
    }
    return marked;
}

} // namespace

std::size_t mark_blooming(Frame& frame, unsigned threads) {
    CMQ_EXPECTS(std::ssize(frame.mask) == frame.shape.area());
    auto const rows = rows_that_spill(frame, threads);
    std::ptrdiff_t const width = frame.shape.width;
    std::size_t marked = 0;
    // Saturation is rare: one thread is enough, and no two write to one photosite.
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        if (rows[static_cast<std::size_t>(y)] == 0) {
            continue;
        }
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            if (spills(frame.mask[static_cast<std::size_t>(y * width + x)])) {
                marked += mark_around(frame, y, x);
            }
        }
    }
    return marked;
}

} // namespace cmq::capture
