// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/speaker.hpp"

#include <algorithm>

namespace cmq::cli {

Language language_of_locale(std::initializer_list<char const*> values) {
    for (char const* const value : values) {
        if (value == nullptr || *value == '\0') {
            continue;
        }
        std::string_view const name{value};
        bool const is_french = name.starts_with("fr") && (name.size() == 2 || name[2] == '_' ||
                                                          name[2] == '.' || name[2] == '@');
        return is_french ? Language::french : Language::english;
    }
    return Language::english;
}

std::string Speaker::figure(std::string number) const {
    if (language_ == Language::french) {
        std::ranges::replace(number, '.', ',');
    }
    return number;
}

} // namespace cmq::cli
