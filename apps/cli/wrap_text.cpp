// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/wrap_text.hpp"

#include <algorithm>

namespace cmq::cli {
namespace {

constexpr std::size_t columns = 80;

/// Bytes that do not continue a character.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

} // namespace

std::string wrap_text(std::string_view text, std::size_t indent) {
    std::string const margin(indent, ' ');
    std::string out = margin;
    std::size_t column = indent;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find(' ', begin), text.size());
        std::string_view const word = text.substr(begin, end - begin);
        std::size_t const width = width_of(word);
        if (column > indent && column + 1 + width > columns) {
            out += '\n' + margin;
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += width;
        begin = end + 1;
    }
    return out + '\n';
}

} // namespace cmq::cli
