// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A wording in both languages, side by side, and how its blanks are filled.

#pragma once

#include "report/typography.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace cmq::report {

/// One wording. It does not compile without both languages, nor when one has a blank ("{zone}") that
/// the other lacks. Written with ordinary spaces; typeset() puts the others in.
struct Phrase {
    std::string_view french;
    std::string_view english;

    consteval Phrase(std::string_view fr, std::string_view en) : french{fr}, english{en} {
        if (fr.empty() || en.empty()) {
            throw "a phrase needs both languages";
        }
        if (!blanks_in(fr, en) || !blanks_in(en, fr)) {
            throw "a phrase has the same blanks in both languages";
        }
    }

    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::french ? french : english;
    }

private:
    /// Each "{name}" of a occurs in b.
    static constexpr bool blanks_in(std::string_view a, std::string_view b) {
        for (std::size_t i = a.find('{'); i != std::string_view::npos; i = a.find('{', i + 1)) {
            std::size_t const end = a.find('}', i);
            if (end == std::string_view::npos ||
                b.find(a.substr(i, end - i + 1)) == std::string_view::npos) {
                return false;
            }
        }
        return true;
    }
};

/// What goes into a blank: its name without braces, and the text.
using Blank = std::pair<std::string_view, std::string>;

/// The wording in one language, typeset, with its blanks filled. Filled-in text is not touched: what a
/// case file says stays as it was written.
/// \pre every blank of the phrase is given a text, and every text belongs to a blank
[[nodiscard]] std::string
say(Phrase const& phrase, Language language, std::initializer_list<Blank> blanks = {});

} // namespace cmq::report
