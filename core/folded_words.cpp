// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/folded_words.hpp"

#include <algorithm>
#include <utility>

namespace cmq {
namespace {

// Two characters a code point, from U+00C0 and from U+1E00 on: the base letters in lower case, blanks where a
// code point is no Latin letter with a base.
constexpr std::string_view latin =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thss"
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l   "
    "  l l n n n n n n   ngngo o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s "
    "  b         o     d d         e e   f           k k       n     "
    "o o                           u u     y y                       "
    "        dzdzdzljljljnjnjnja a i i o o u u u u u u u u u u e a a "
    "a a         g g k k o o o o     j dzdzdzg g     n n a a         "
    "a a a a e e e e i i i i o o o o r r r r u u u u s s t t     h h "
    "            a a e e o o o o o o o o y y                         "
    "                                ";
constexpr std::string_view latin_additional =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f "
    "g g h h h h h h h h h h i i i i k k k k k k l l l l l l l l m m "
    "m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r "
    "s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v "
    "w w w w w w w w w w x x x x y y z z z z z z h t w y   s     ss  "
    "a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e "
    "e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o "
    "o o o o u u u u u u u u u u u u u u y y y y y y y y             ";
constexpr char32_t latin_begin = 0xc0;
constexpr char32_t latin_additional_begin = 0x1e00;
static_assert(latin.size() == std::size_t{2} * (0x250 - 0xc0) &&
              latin_additional.size() == std::size_t{2} * 0x100);

struct Character {
    char32_t code = 0;
    std::size_t length = 1; ///< bytes
    bool is_utf8 = false;
};

Character character_at(std::string_view text, std::size_t i) {
    auto const byte = [&](std::size_t k) -> char32_t {
        return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    char32_t const lead = byte(0);
    if (lead < 0x80U) {
        return {lead, 1, true};
    }
    std::size_t const length = lead >= 0xf0U && lead <= 0xf4U ? 4
                               : lead >= 0xe0U                ? 3
                               : lead >= 0xc2U                ? 2
                                                              : 0;
    if (length == 0 || lead > 0xf4U) {
        return {lead, 1, false};
    }
    char32_t code = lead & (0x7fU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xc0U) != 0x80U) {
            return {lead, 1, false};
        }
        code = code << 6U | (byte(k) & 0x3fU);
    }
    return {code, length, true};
}

bool is_in(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

bool is_combining(char32_t code) { // combining diacritical marks, their supplement, half marks
    return is_in(code, 0x300, 0x36f) || is_in(code, 0x1ab0, 0x1aff) || is_in(code, 0x1dc0, 0x1dff);
}

// Latin-1 signs, general punctuation to miscellaneous symbols, CJK punctuation, half and full width signs.
bool is_sign(char32_t code) {
    bool const is_latin_1 = is_in(code, 0x80, 0xbf) && code != 0xaa && code != 0xb5 && code != 0xba;
    return is_latin_1 || code == 0xd7 || code == 0xf7 || is_in(code, 0x2000, 0x2bff) ||
           is_in(code, 0x2e00, 0x2e7f) || is_in(code, 0x3000, 0x303f) || code == 0xfeff;
}

/// Soft hyphen, joiners, direction marks, byte order mark: not seen, so they end no word.
bool is_unseen(char32_t code) {
    return code == 0xad || is_in(code, 0x200b, 0x200f) || is_in(code, 0x202a, 0x202e) ||
           is_in(code, 0x2060, 0x206f) || code == 0xfeff;
}

void append(std::string& word, std::string_view pair) {
    word += pair[0];
    if (pair[1] != ' ') {
        word += pair[1];
    }
}

/// UTF-8 of U+0370 to U+04FF.
void append_two_bytes(std::string& word, char32_t code) {
    word += static_cast<char>(0xc0U | code >> 6U);
    word += static_cast<char>(0x80U | (code & 0x3fU));
}

/// Adds the folded letter; false where there is no rule for it.
bool fold(std::string& word, char32_t code) {
    std::string_view pair;
    if (is_in(code, latin_begin, 0x24f)) {
        pair = latin.substr(std::size_t{2} * (code - latin_begin), 2);
    } else if (is_in(code, latin_additional_begin, 0x1eff)) {
        pair = latin_additional.substr(std::size_t{2} * (code - latin_additional_begin), 2);
    } else if (is_in(code, 0xfb00, 0xfb06)) { // ff fi fl ffi ffl st st, as PDF readers give them
        constexpr std::string_view ligatures = "ff fi fl ffifflst st ";
        for (char const c : ligatures.substr(std::size_t{3} * (code - 0xfb00), 3)) {
            word += c == ' ' ? "" : std::string(1, c);
        }
        return true;
    } else if (is_in(code, 0x391, 0x3a9) || is_in(code, 0x410, 0x42f)) {
        append_two_bytes(word, code + 0x20);
        return true;
    } else if (code == 0x3c2) { // sigma at the end of a word
        append_two_bytes(word, 0x3c3);
        return true;
    } else if (is_in(code, 0x400, 0x40f)) {
        append_two_bytes(word, code + 0x50);
        return true;
    }
    if (pair.empty() || pair[0] == ' ') {
        return false;
    }
    append(word, pair);
    return true;
}

enum class Part : std::uint8_t { letter, end, unseen };

/// What a character is to a word; a letter is added to it.
Part add_ascii(std::string& word, char32_t code, WordParts parts) {
    bool const is_upper = code >= 'A' && code <= 'Z';
    bool const is_letter = is_upper || (code >= 'a' && code <= 'z');
    bool const is_digit = code >= '0' && code <= '9';
    if (!is_letter && !(is_digit && parts == WordParts::letters_and_digits)) {
        return Part::end;
    }
    word += static_cast<char>(code + (is_upper ? 0x20U : 0U));
    return Part::letter;
}

Part add_to(std::string& word, Character const& c, std::string_view bytes, WordParts parts) {
    if (c.is_utf8 && c.code < 0x80U) {
        return add_ascii(word, c.code, parts);
    }
    if (c.is_utf8 && is_sign(c.code)) {
        return is_unseen(c.code) ? Part::unseen : Part::end;
    }
    if (c.is_utf8 && is_combining(c.code)) {
        return Part::unseen;
    }
    if (!c.is_utf8 || !fold(word, c.code)) {
        word += bytes;
    }
    return Part::letter;
}

} // namespace

std::vector<std::string> folded_words(std::string_view text, WordParts parts) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
        Character const c = character_at(text, i);
        Part const part = add_to(word, c, text.substr(i, c.length), parts);
        if (part == Part::end && !word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
        i += c.length;
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

bool holds_words(std::span<std::string const> whole, std::span<std::string const> part) {
    return !part.empty() &&
           std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

} // namespace cmq
