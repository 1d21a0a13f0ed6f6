// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/typography.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cmq {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<std::string_view, 17> units{"nm",
                                                 "mm",
                                                 "cm",
                                                 "m",
                                                 "s",
                                                 "ms",
                                                 "min",
                                                 "h",
                                                 "j",
                                                 "DN",
                                                 "px",
                                                 "Mo",
                                                 "kB",
                                                 "µm",
                                                 "ISO",
                                                 "°C",
                                                 "%"};

/// Whether a unit of the list, and no longer word, starts the text.
bool starts_with_unit(std::string_view text) {
    return std::any_of(units.begin(), units.end(), [&](std::string_view unit) {
        std::string_view const rest = text.substr(std::min(unit.size(), text.size()));
        bool const is_longer = !rest.empty() && (is_letter(rest.front()) || rest.front() == '\'' ||
                                                 rest.substr(0, 3) == "’"); // "s’est" is no second
        return text.substr(0, unit.size()) == unit && !is_longer;
    });
}

/// "000" and no fourth digit: the next group of a number.
bool starts_with_group(std::string_view text) {
    return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
           (text.size() == 3 || !is_digit(text[3]));
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// A number of one to three digits stands at the end: what may come before a group of three.
bool ends_with_short_number(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[text.size() - 1 - digits])) {
        ++digits;
    }
    return digits >= 1 && digits <= 3;
}

/// Words whose number stays with them: "n° 3", "agent 5", "p. 2".
constexpr std::array<std::string_view, 10> numbered_words{
    "n°", "p.", "page", "agent", "article", "point", "pièce", "scellé", "section", "officer"};

/// One of the list, capitalised or not, and no longer word, ends the text.
bool ends_with_numbered_word(std::string_view text) {
    return std::any_of(numbered_words.begin(), numbered_words.end(), [&](std::string_view word) {
        if (text.size() < word.size() || !ends_with(text, word.substr(1))) {
            return false;
        }
        std::size_t const start = text.size() - word.size();
        char const first = text[start];
        bool const same = first == word[0] || first == static_cast<char>(word[0] - 'a' + 'A');
        return same && (start == 0 || !is_letter(text[start - 1]));
    });
}

/// What the ordinary space between the two texts becomes.
std::string_view space_between(std::string_view before, std::string_view after, bool french) {
    if (french && !after.empty()) {
        if (after.front() == ':' || ends_with(before, "«") || after.substr(0, 2) == "»") {
            return no_break_space;
        }
        if (std::string_view{";!?%"}.find(after.front()) != std::string_view::npos) {
            return narrow_no_break_space;
        }
    }
    // "{distance} cm": a number will stand in the blank.
    if (!before.empty() && before.back() == '}' && starts_with_unit(after)) {
        return narrow_no_break_space;
    }
    if (before.empty() || !is_digit(before.back())) {
        // "12 h 40": the minutes stay with the hour.
        bool const after_hour = before.size() >= 2 && before.back() == 'h' &&
                                !is_letter(before[before.size() - 2]) && !after.empty() &&
                                is_digit(after.front());
        if (after_hour) {
            return narrow_no_break_space;
        }
        bool const numbered =
            !after.empty() && is_digit(after.front()) && ends_with_numbered_word(before);
        return numbered ? no_break_space : " ";
    }
    if (starts_with_unit(after) ||
        (french && starts_with_group(after) && ends_with_short_number(before))) {
        return narrow_no_break_space;
    }
    return " ";
}

} // namespace

std::string typeset(std::string_view text, Language language) {
    std::string result;
    result.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ') {
            result +=
                space_between(text.substr(0, i), text.substr(i + 1), language == Language::french);
        } else {
            result += text[i];
        }
    }
    return result;
}

} // namespace cmq
