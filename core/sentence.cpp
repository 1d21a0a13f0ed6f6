// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sentence.hpp"

#include "core/number_text.hpp"
#include "core/typography.hpp"

#include <utility>

namespace cmq {

namespace {

std::string filled(std::string_view form, std::span<Sentence const> texts, Language language) {
    std::string result;
    std::size_t next = 0;
    std::size_t from = 0;
    for (std::size_t open = form.find('{'); open != std::string_view::npos;
         open = form.find('{', from)) {
        result += form.substr(from, open - from);
        bool const is_named = form[open + 1] != '}';
        auto const number = is_named ? static_cast<std::size_t>(form[open + 1] - '0') : next++;
        result += texts[number].in(language);
        from = open + (is_named ? 3 : 2);
    }
    result += form.substr(from);
    return result;
}

// A name of a file or of a key may hold anything: a line of it could pass for a line of ours, and an escape
// sequence steers a terminal. C1 controls are U+0080 to U+009F, in UTF-8 0xc2 and one byte.
std::string without_controls(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        auto const next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : ' ');
        if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {
            text.replace(i, 2, "?");
        } else if (byte < 0x20 || byte == 0x7f) {
            text[i] = '?';
        }
    }
    return text;
}

} // namespace

Sentence Sentence::verbatim(std::string text) {
    text = without_controls(std::move(text));
    Sentence result;
    result.french_ = text;
    result.english_ = std::move(text);
    return result;
}

Sentence Sentence::spoken(std::string french, std::string english) {
    Sentence result;
    result.french_ = std::move(french);
    result.english_ = std::move(english);
    return result;
}

Sentence Sentence::of_number(double number) {
    return verbatim(number_text(number));
}

Sentence
Sentence::fill(std::string_view french, std::string_view english, std::span<Sentence const> texts) {
    // Only the form is typeset: what fills its blanks stays as it was written. English sentences keep their ordinary
    // spaces, since scripts read them.
    return spoken(filled(typeset(french, Language::french), texts, Language::french),
                  filled(english, texts, Language::english));
}

Sentence joined(std::span<Sentence const> parts, std::string_view between) {
    std::string french;
    std::string english;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        french += i > 0 ? between : "";
        french += parts[i].french();
        english += i > 0 ? between : "";
        english += parts[i].english();
    }
    return Sentence::spoken(std::move(french), std::move(english));
}

} // namespace cmq
