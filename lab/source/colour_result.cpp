// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/colour_result.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace cmq::lab {
namespace {

constexpr std::array conditions{ColourCondition::substrate,
                                ColourCondition::lamp,
                                ColourCondition::filter,
                                ColourCondition::camera,
                                ColourCondition::joined};

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
    case ColourCondition::joined:
        return of.joined;
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
    case ColourCondition::joined:
        return "joined";
    }
    return "";
}

ColourRatio ratio_of(ColourResult const& result, bool saturated, std::size_t channels) {
    CMQ_EXPECTS(!result.classes.empty());
    auto const rival_of = [&](ColourClassDensity const& one) {
        return ColourRival{
            .name = one.name,
            .weight = one.weight.value_or(0.0),
            .samples = one.samples,
            .same_conditions = std::ranges::none_of(
                result.differences, [&](auto const& other) { return other.of_class == one.name; }),
            .log_density = one.log_density};
    };
    ColourSources sources{.marker = rival_of(result.classes.front()),
                          .rivals = {},
                          .unknown_weight = result.unknown_weight,
                          .unknown_log_density = result.unknown_log_density,
                          .saturated = saturated,
                          .not_measured = result.not_measured,
                          .channels = channels};
    std::transform(result.classes.begin() + 1,
                   result.classes.end(),
                   std::back_inserter(sources.rivals),
                   rival_of);
    return weigh_colour(sources);
}

std::vector<ConditionDifference>
compare_conditions(std::string const& of_class,
                   ColourConditions const& trace,
                   std::vector<ColourConditions> const& references) {
    std::vector<ConditionDifference> differences;
    for (ColourCondition const condition : conditions) {
        if (condition == ColourCondition::joined && trace.captures < 2) {
            continue;
        }
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
