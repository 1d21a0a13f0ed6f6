// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/overlay_outline.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cmq::report {
namespace {

constexpr std::ptrdiff_t bright_reach = 2; // pixels
constexpr std::ptrdiff_t dark_reach = 3;
constexpr std::array<std::uint8_t, 3> bright{0xff, 0xb0, 0x00}; // as the rings of a note
constexpr std::array<std::uint8_t, 3> dark{0x00, 0x00, 0x00};

struct Mask {
    std::ptrdiff_t width = 0;
    std::ptrdiff_t height = 0;
    std::vector<char> set;
};

Mask repeated(std::vector<char> const& inside, std::ptrdiff_t width, std::ptrdiff_t times) {
    Mask large{width * times, std::ssize(inside) / width * times, {}};
    large.set.reserve(static_cast<std::size_t>(large.width * large.height));
    for (std::ptrdiff_t y = 0; y < large.height; ++y) {
        for (std::ptrdiff_t x = 0; x < large.width; ++x) {
            large.set.push_back(inside[static_cast<std::size_t>(y / times * width + x / times)]);
        }
    }
    return large;
}

// Sets what lies within `reach` of something set, along one direction: `step` from one to the next, `count` in a line.
void grow_line(std::vector<char> const& from,
               std::vector<char>& to,
               std::ptrdiff_t first,
               std::ptrdiff_t step,
               std::ptrdiff_t count,
               std::ptrdiff_t reach) {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        if (from[static_cast<std::size_t>(first + i * step)] == 0) {
            continue;
        }
        for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - reach);
             j < std::min(count, i + reach + 1);
             ++j) {
            to[static_cast<std::size_t>(first + j * step)] = 1;
        }
    }
}

std::vector<char> grown(Mask const& mask, std::ptrdiff_t reach) {
    std::vector<char> rows(mask.set.size(), 0);
    for (std::ptrdiff_t y = 0; y < mask.height; ++y) {
        grow_line(mask.set, rows, y * mask.width, 1, mask.width, reach);
    }
    std::vector<char> both(mask.set.size(), 0);
    for (std::ptrdiff_t x = 0; x < mask.width; ++x) {
        grow_line(rows, both, x, mask.width, mask.height, reach);
    }
    return both;
}

} // namespace

void draw_outlines(std::vector<char> const& inside, int width, int times, Pixels& pixels) {
    Mask const mask = repeated(inside, width, times);
    auto const near = grown(mask, bright_reach);
    auto const edge = grown(mask, dark_reach);
    for (std::size_t i = 0; i < mask.set.size(); ++i) {
        if (mask.set[i] == 0 && edge[i] != 0) {
            auto const& colour = near[i] != 0 ? bright : dark;
            std::copy(colour.begin(),
                      colour.end(),
                      pixels.rgb.begin() + static_cast<std::ptrdiff_t>(3 * i));
        }
    }
}

} // namespace cmq::report
