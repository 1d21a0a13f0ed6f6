// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The language of the person at the terminal, and what is said in it.

#pragma once

#include "core/sentence.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace cmq::cli {

/// The values of LC_ALL, LC_MESSAGES and LANG in that order, null where unset: the first that is not empty decides;
/// "fr" and what begins with "fr_", "fr." or "fr@" is French, all else English.
[[nodiscard]] Language language_of_locale(std::initializer_list<char const*> values);

/// Says things in one language.
class Speaker {
public:
    explicit Speaker(Language language) : language_{language} {}

    [[nodiscard]] Language language() const noexcept { return language_; }

    template <class... Texts>
    [[nodiscard]] std::string operator()(Form<sizeof...(Texts)> form, Texts const&... texts) const {
        return Sentence{form, texts...}.in(language_);
    }

    /// A number written with a decimal point, with the decimal sign of the language.
    [[nodiscard]] std::string figure(std::string number) const;

private:
    Language language_;
};

} // namespace cmq::cli
