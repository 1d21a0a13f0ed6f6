// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/bases.hpp"

#include <algorithm>
#include <array>

namespace cmq::lab {
namespace {

constexpr std::array<std::uint8_t, 256> make_numbers() {
    std::array<std::uint8_t, 256> numbers{};
    numbers.fill(4);
    numbers['A'] = numbers['a'] = 0;
    numbers['C'] = numbers['c'] = 1;
    numbers['G'] = numbers['g'] = 2;
    numbers['T'] = numbers['t'] = numbers['U'] = numbers['u'] = 3;
    return numbers;
}

constexpr auto numbers = make_numbers();

} // namespace

std::uint8_t base_number(char base) noexcept {
    return numbers[static_cast<unsigned char>(base)];
}

bool is_sequence(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char base) {
        return base_number(base) < 4 && base != 'U' && base != 'u';
    });
}

std::string to_upper(std::string_view sequence) {
    std::string upper{sequence};
    for (char& base : upper) {
        if (base >= 'a' && base <= 'z') {
            base = static_cast<char>(base - 'a' + 'A');
        }
    }
    return upper;
}

std::string reverse_complement(std::string_view sequence) {
    constexpr std::string_view complement{"TGCAN"};
    std::string other(sequence.size(), 'N');
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        other[sequence.size() - 1 - i] = complement[base_number(sequence[i])];
    }
    return other;
}

} // namespace cmq::lab
