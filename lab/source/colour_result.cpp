// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/colour_result.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <array>

namespace cmq::lab {
namespace {

constexpr std::array conditions{ColourCondition::substrate,
                                ColourCondition::lamp,
                                ColourCondition::filter,
                                ColourCondition::camera};

std::string stated(ColourConditions const& of, ColourCondition condition) {
    switch (condition) {
    case ColourCondition::substrate:
        return of.substrate;
    case ColourCondition::lamp:
        return of.lamp_nm ? number_text(*of.lamp_nm) : "";
    case ColourCondition::filter:
        return of.filter;
    case ColourCondition::camera:
        return of.camera;
    }
    return "";
}

// One space where there were several, none at the ends, small letters.
std::string plain(std::string const& text) {
    std::string words;
    for (char const c : text) {
        bool const is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!is_space) {
            words += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    if (!words.empty() && words.back() == ' ') {
        words.pop_back();
    }
    return words;
}

} // namespace

std::string_view to_text(ColourCondition condition) noexcept {
    switch (condition) {
    case ColourCondition::substrate:
        return "substrate";
    case ColourCondition::lamp:
        return "lamp";
    case ColourCondition::filter:
        return "filter";
    case ColourCondition::camera:
        return "camera";
    }
    return "";
}

std::vector<ConditionDifference>
compare_conditions(std::string const& of_class,
                   ColourConditions const& trace,
                   std::vector<ColourConditions> const& references) {
    std::vector<ConditionDifference> differences;
    for (ColourCondition const condition : conditions) {
        std::string const here = stated(trace, condition);
        // What nobody stated is not known to be alike.
        auto const other = std::ranges::find_if(references, [&](ColourConditions const& one) {
            std::string const there = stated(one, condition);
            return plain(here).empty() || plain(here) != plain(there);
        });
        if (other != references.end()) {
            differences.push_back({of_class, condition, here, stated(*other, condition)});
        }
    }
    return differences;
}

} // namespace cmq::lab
