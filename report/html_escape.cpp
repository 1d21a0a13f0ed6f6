// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/html_escape.hpp"

#include <cstdint>

namespace cmq::report {

namespace {

/// Length of the UTF-8 sequence at the start of text, 0 when it is not one (overlong, surrogate, cut).
std::size_t sequence_length(std::string_view text) {
    auto const byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    auto const follows = [&](std::size_t i, unsigned low = 0x80U, unsigned high = 0xBFU) {
        return byte(i) >= low && byte(i) <= high;
    };
    unsigned const first = byte(0);
    if (first < 0x80U) {
        return 1;
    }
    if (first >= 0xC2U && first <= 0xDFU) {
        return follows(1) ? 2 : 0;
    }
    if (first >= 0xE0U && first <= 0xEFU) {
        unsigned const low = first == 0xE0U ? 0xA0U : 0x80U;
        unsigned const high = first == 0xEDU ? 0x9FU : 0xBFU;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        unsigned const low = first == 0xF0U ? 0x90U : 0x80U;
        unsigned const high = first == 0xF4U ? 0x8FU : 0xBFU;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

/// Marks that turn the order of what follows: a file name could read backwards.
bool is_override(std::string_view sequence) {
    return (sequence >= "\u202A" && sequence <= "\u202E") ||
           (sequence >= "\u2066" && sequence <= "\u2069");
}

bool is_dropped_control(char c) {
    auto const value = static_cast<unsigned char>(c);
    return (value < 0x20U && c != '\t' && c != '\n') || value == 0x7FU;
}

void append_ascii(std::string& result, char c) {
    switch (c) {
    case '&':
        result += "&amp;";
        break;
    case '<':
        result += "&lt;";
        break;
    case '>':
        result += "&gt;";
        break;
    case '"':
        result += "&quot;";
        break;
    case '\'':
        result += "&#39;";
        break;
    default:
        if (!is_dropped_control(c)) {
            result += c;
        }
    }
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        if (length == 1) {
            append_ascii(result, text.front());
        } else if (length == 2 && text[0] == '\xC2' &&
                   static_cast<unsigned char>(text[1]) < 0xA0U) {
            // U+0080 to U+009F: controls too
        } else if (length > 1 && !is_override(text.substr(0, length))) {
            result += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

std::string to_base64(std::span<std::byte const> bytes) {
    constexpr std::string_view digits{
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};
    std::string result;
    result.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        std::size_t const length = bytes.size() - i < 3 ? bytes.size() - i : 3;
        for (std::size_t k = 0; k < 3; ++k) {
            group =
                (group << 8U) | (k < length ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            result += k <= length ? digits[(group >> (18U - 6U * k)) & 63U] : '=';
        }
    }
    return result;
}

} // namespace cmq::report
