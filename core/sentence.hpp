// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A sentence of the program in French and in English.

#pragma once

#include "core/language.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace cmq {

/// A wording with `count` blanks, at most nine, in both languages. "{}" takes the next text; where a language needs
/// another order it names each by its number, "{0}" to "{8}".
///
/// It does not compile without both languages, when one of them leaves out a text or asks for one that is not given,
/// with the languages the other way round, or with what no French sentence of ours may hold: a straight apostrophe,
/// or "absent" and "compatible", which say more than a finding does.
/// Written with ordinary spaces; the French one is typeset when it is said.
template <std::size_t count>
struct Form {
    std::string_view french;
    std::string_view english;

    consteval Form(std::string_view fr, std::string_view en) : french{fr}, english{en} {
        if (fr.empty() || en.empty()) {
            throw "a form needs both languages";
        }
        if (!uses_all(fr) || !uses_all(en)) {
            throw "both languages use all texts, and no other";
        }
        if (holds(fr, " the ") || holds(fr, " is ") || holds(en, " le ") || holds(en, " est ")) {
            throw "French comes first, English second";
        }
        if (holds(fr, "'") || holds(fr, "absent") || holds(fr, "compatible")) {
            throw "the French is not one for a court";
        }
    }

    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::french ? french : english;
    }

private:
    static constexpr bool holds(std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
    }

    /// Each text is used, none beyond them, and "{}" does not stand beside "{0}".
    static constexpr bool uses_all(std::string_view text) {
        std::array<bool, 9> used{};
        std::size_t unnamed = 0;
        std::size_t named = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '}') {
                return false;
            }
            if (text[i] != '{') {
                continue;
            }
            bool const is_named = text.size() > i + 2 && text[i + 1] >= '0' && text[i + 1] <= '8';
            std::size_t const number =
                is_named ? static_cast<std::size_t>(text[i + 1] - '0') : unnamed;
            i += is_named ? 2 : 1;
            if (i >= text.size() || text[i] != '}' || number >= count || count > used.size()) {
                return false;
            }
            used[number] = true;
            ++(is_named ? named : unnamed);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (!used[i]) {
                return false;
            }
        }
        return unnamed == 0 || named == 0;
    }
};

/// Words without blanks: a line of help, a label.
using Words = Form<0>;

/// What an error, a warning or a progress line says, in both languages. There is no "+": a sentence of pieces is a
/// form whose blanks are sentences, so that each language keeps its own order.
class Sentence {
public:
    Sentence() = default;

    /// Fills the blanks with: text (as it is, in both languages), a Sentence, a whole number, or a double (shortest
    /// form with a decimal point in both languages, as files and options write it).
    template <class... Texts>
    explicit Sentence(Form<sizeof...(Texts)> form, Texts const&... texts)
        : Sentence{fill(
              form.french, form.english, std::array<Sentence, sizeof...(Texts)>{of(texts)...})} {}

    /// A name, a path, the words of a library: the same in both languages.
    [[nodiscard]] static Sentence verbatim(std::string text);

    /// What a child program hands over.
    [[nodiscard]] static Sentence spoken(std::string french, std::string english);

    [[nodiscard]] std::string const& in(Language language) const noexcept {
        return language == Language::french ? french_ : english_;
    }

    [[nodiscard]] std::string const& english() const noexcept { return english_; }

    [[nodiscard]] std::string const& french() const noexcept { return french_; }

    [[nodiscard]] bool empty() const noexcept { return english_.empty(); }

private:
    template <class Text>
    static Sentence of(Text const& text) {
        if constexpr (std::is_same_v<Text, Sentence>) {
            return text;
        } else if constexpr (std::is_convertible_v<Text const&, std::string_view>) {
            return verbatim(std::string{std::string_view{text}});
        } else if constexpr (std::is_floating_point_v<Text>) {
            return of_number(text);
        } else {
            static_assert(std::is_integral_v<Text> && !std::is_same_v<Text, bool> &&
                          !std::is_same_v<Text, char>);
            return verbatim(std::to_string(text));
        }
    }

    static Sentence of_number(double number);

    static Sentence
    fill(std::string_view french, std::string_view english, std::span<Sentence const> texts);

    std::string french_;
    std::string english_;
};

/// All of them in a row with the same text between: lines, items of a list.
[[nodiscard]] Sentence joined(std::span<Sentence const> parts, std::string_view between);

} // namespace cmq
