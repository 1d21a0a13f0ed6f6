// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/html_escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cmq::report {

namespace {

/// First bytes of a sequence, and what its second byte may be (Unicode 15, table 3-7): no overlong forms, no
/// surrogates, nothing above U+10FFFF.
struct Utf8Row {
    unsigned char first_low;
    unsigned char first_high;
    unsigned char second_low;
    unsigned char second_high;
    std::size_t length;
};

constexpr std::array<Utf8Row, 8> utf8_rows{{{0xC2, 0xDF, 0x80, 0xBF, 2},
                                            {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                            {0xE1, 0xEC, 0x80, 0xBF, 3},
                                            {0xED, 0xED, 0x80, 0x9F, 3},
                                            {0xEE, 0xEF, 0x80, 0xBF, 3},
                                            {0xF0, 0xF0, 0x90, 0xBF, 4},
                                            {0xF1, 0xF3, 0x80, 0xBF, 4},
                                            {0xF4, 0xF4, 0x80, 0x8F, 4}}};

bool lies_between(char c, unsigned char low, unsigned char high) {
    auto const value = static_cast<unsigned char>(c);
    return value >= low && value <= high;
}

/// Length of the UTF-8 sequence at the start of a text that is not empty, 0 when it is not one.
std::size_t sequence_length(std::string_view text) {
    if (lies_between(text.front(), 0x00, 0x7F)) {
        return 1;
    }
    auto const* const row = std::find_if(utf8_rows.begin(), utf8_rows.end(), [&](Utf8Row each) {
        return lies_between(text.front(), each.first_low, each.first_high);
    });
    if (row == utf8_rows.end() || text.size() < row->length ||
        !lies_between(text[1], row->second_low, row->second_high)) {
        return 0;
    }
    std::string_view const rest = text.substr(2, row->length - 2);
    bool const follows =
        std::all_of(rest.begin(), rest.end(), [](char c) { return lies_between(c, 0x80, 0xBF); });
    return follows ? row->length : 0;
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

} // namespace

std::string clean_text(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        std::string_view const sequence = text.substr(0, length);
        bool const dropped =
            length == 0 || (length == 1 && is_dropped_control(text.front())) ||
            (length == 2 && text[0] == '\xC2' &&
             static_cast<unsigned char>(text[1]) < 0xA0U) || // U+0080 to U+009F: controls too
            is_override(sequence) ||
            sequence == "\uFFFE" || sequence == "\uFFFF";
        if (!dropped) {
            result += sequence;
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

std::string escape_html(std::string_view text) {
    std::string result;
    std::string const clean = clean_text(text);
    result.reserve(clean.size() + clean.size() / 8);
    for (char const c : clean) {
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
            result += c;
        }
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
