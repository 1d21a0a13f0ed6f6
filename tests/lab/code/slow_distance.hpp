// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Edit distances cell by cell, and random bases: what the tests of lab/code compare with.

#pragma once

#include "core/random.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/code_scanner.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab::test {

inline std::vector<std::uint8_t> numbers_of(std::string_view bases) {
    std::vector<std::uint8_t> numbers;
    for (char const base : bases) {
        numbers.push_back(base_number(base));
    }
    return numbers;
}

inline std::string random_bases(Random& random, std::size_t size, std::string_view of = "ACGT") {
    std::string bases;
    for (std::size_t i = 0; i < size; ++i) {
        bases += of[random.bits32() % of.size()];
    }
    return bases;
}

/// The textbook matrix.
inline std::size_t slow_distance(std::string_view code, std::string_view text, CodeEnds ends) {
    std::vector<std::vector<std::size_t>> cells(code.size() + 1,
                                                std::vector<std::size_t>(text.size() + 1));
    for (std::size_t i = 0; i <= code.size(); ++i) {
        for (std::size_t j = 0; j <= text.size(); ++j) {
            if (i == 0) {
                cells[i][j] = ends == CodeEnds::whole ? j : 0;
            } else if (j == 0) {
                cells[i][j] = i;
            } else {
                std::size_t const step = code[i - 1] == text[j - 1] ? 0 : 1;
                cells[i][j] = std::min(
                    {cells[i - 1][j - 1] + step, cells[i - 1][j] + 1, cells[i][j - 1] + 1});
            }
        }
    }
    return ends == CodeEnds::anywhere ? *std::ranges::min_element(cells.back())
                                      : cells.back().back();
}

} // namespace cmq::lab::test
