// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace cmq::capture {

namespace {

constexpr std::ptrdiff_t letter_height = 7;
constexpr std::ptrdiff_t letter_step = 6; // five columns and a gap
constexpr std::size_t letter_count = 9;

using Letter = std::array<std::string_view, letter_height>;

// Drawn for this program.
constexpr Letter letter_s{" ### ", "#   #", "#    ", " ### ", "    #", "#   #", " ### "};
constexpr Letter letter_i{" ### ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "};
constexpr Letter letter_m{"#   #", "## ##", "# # #", "# # #", "#   #", "#   #", "#   #"};
constexpr Letter letter_u{"#   #", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "};
constexpr Letter letter_l{"#    ", "#    ", "#    ", "#    ", "#    ", "#    ", "#####"};
constexpr Letter letter_a{" ### ", "#   #", "#   #", "#####", "#   #", "#   #", "#   #"};
constexpr Letter letter_t{"#####", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  "};
constexpr Letter letter_e{"#####", "#    ", "#    ", "#### ", "#    ", "#    ", "#####"};
constexpr Letter letter_d{"#### ", "#   #", "#   #", "#   #", "#   #", "#   #", "#### "};
constexpr std::array<Letter, letter_count> word{
    letter_s, letter_i, letter_m, letter_u, letter_l, letter_a, letter_t, letter_e, letter_d};

/// Side of one dot of a letter: even, so that each dot covers whole cells and no plane keeps a part of it.
std::ptrdiff_t dot_side(Shape visible) {
    std::ptrdiff_t const columns = letter_step * static_cast<std::ptrdiff_t>(letter_count);
    return 2 * std::max<std::ptrdiff_t>(
                   1, visible.width / (10 * columns)); // the word takes 10 to 20 % of a wide frame
}

} // namespace

Box mark_box(Shape visible) {
    std::ptrdiff_t const side = dot_side(visible);
    std::ptrdiff_t const bottom = visible.height - 2 * side;
    std::ptrdiff_t const left = 2 * side;
    return {bottom - letter_height * side,
            left,
            bottom,
            left + (letter_step * static_cast<std::ptrdiff_t>(letter_count) - 1) * side};
}

void for_each_mark_photosite(Shape visible,
                             std::function<void(std::ptrdiff_t, std::ptrdiff_t)> const& paint) {
    std::ptrdiff_t const side = dot_side(visible);
    Box const box = mark_box(visible);
    for (std::ptrdiff_t y = box.top; y < box.bottom; ++y) {
        auto const line = static_cast<std::size_t>((y - box.top) / side);
        for (std::ptrdiff_t x = box.left; x < box.right; ++x) {
            std::ptrdiff_t const dot = (x - box.left) / side;
            auto const letter = static_cast<std::size_t>(dot / letter_step);
            auto const column = static_cast<std::size_t>(dot % letter_step);
            if (column < word[letter][line].size() && word[letter][line][column] == '#') {
                paint(y, x);
            }
        }
    }
}

} // namespace cmq::capture
