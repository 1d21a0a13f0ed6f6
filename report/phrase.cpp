// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/phrase.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cstddef>

namespace cmq::report {

std::string say(Phrase const& phrase, Language language, std::initializer_list<Blank> blanks) {
    std::string const text = typeset(phrase.in(language), language);
    std::string result;
    std::size_t filled = 0;
    std::size_t from = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', from)) {
        std::size_t const close = text.find('}', open);
        auto const name = std::string_view{text}.substr(open + 1, close - open - 1);
        auto const* const blank = std::find_if(
            blanks.begin(), blanks.end(), [&](Blank const& each) { return each.first == name; });
        CMQ_EXPECTS(blank != blanks.end());
        result.append(text, from, open - from);
        result += blank->second;
        from = close + 1;
        ++filled;
    }
    CMQ_EXPECTS(filled >= blanks.size());
    result.append(text, from, std::string::npos);
    return result;
}

} // namespace cmq::report
