// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/columns.hpp"

#include <algorithm>

namespace cmq {

namespace {

bool begins_character(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

} // namespace

std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string first_columns(std::string_view text, std::size_t most) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (begins_character(text[i]) && columns++ == most) {
            return std::string{text.substr(0, i)};
        }
    }
    return std::string{text};
}

std::string
wrapped(std::string_view text, std::size_t width, std::string_view first, std::string_view indent) {
    std::string all;
    std::string line{first};
    bool is_fresh = true; // no word on the line yet
    std::size_t start = 0;
    while (start <= text.size()) {
        std::size_t const end = std::min(text.find_first_of(" \n", start), text.size());
        std::string_view const word = text.substr(start, end - start);
        if (!is_fresh && columns_of(line) + 1 + columns_of(word) > width) {
            all += line + '\n';
            line = indent;
            is_fresh = true;
        }
        line += is_fresh ? "" : " ";
        line += word;
        is_fresh = false;
        if (end < text.size() && text[end] == '\n') {
            all += line + '\n';
            line = indent;
            is_fresh = true;
        }
        start = end + 1;
    }
    return all + line;
}

} // namespace cmq
