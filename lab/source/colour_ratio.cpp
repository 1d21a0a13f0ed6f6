// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/colour_ratio.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::lab {
namespace {

void check_weight(double weight) {
    if (!(std::isfinite(weight) && weight > 0.0)) {
        throw Error{ErrorKind::domain,
                    {"le poids d’une autre source doit être un nombre supérieur à 0",
                     "the weight of another source must be a number above 0"}};
    }
}

void check_density(std::optional<double> const& log_density) {
    if (log_density && !std::isfinite(*log_density)) {
        throw Error{ErrorKind::domain,
                    {"la densité d’une couleur n’est pas un nombre",
                     "the density of a colour is no number"}};
    }
}

void check(ColourSources const& sources) {
    check_weight(sources.unknown_weight);
    check_density(sources.unknown_log_density);
    check_density(sources.marker.log_density);
    for (ColourRival const& rival : sources.rivals) {
        check_weight(rival.weight);
        check_density(rival.log_density);
    }
}

std::vector<ColourRival const*> classes_of(ColourSources const& sources) {
    std::vector<ColourRival const*> classes{&sources.marker};
    std::ranges::transform(
        sources.rivals, std::back_inserter(classes), [](auto const& rival) { return &rival; });
    return classes;
}

bool is_faint(ColourSources const& sources) {
    auto const classes = classes_of(sources);
    return !sources.unknown_log_density ||
           std::ranges::any_of(classes, [](ColourRival const* colours) {
               return colours->samples >= least_colour_samples && !colours->log_density;
           });
}

void doubt_references(ColourSources const& sources, ColourRatio& ratio) {
    bool few = false;
    bool other = false;
    for (ColourRival const* colours : classes_of(sources)) {
        bool const is_few = colours->samples < least_colour_samples;
        few = few || is_few;
        other = other || !colours->same_conditions;
        if (is_few || !colours->same_conditions) {
            ratio.of_classes.push_back(colours->name);
        }
    }
    if (few) {
        ratio.doubts.push_back(ColourDoubt::few_references);
    }
    if (other) {
        ratio.doubts.push_back(ColourDoubt::other_conditions);
    }
}

double log_density_of_others(ColourSources const& sources) {
    std::vector<double> weights{sources.unknown_weight};
    std::vector<double> terms{std::log(sources.unknown_weight) + *sources.unknown_log_density};
    for (ColourRival const& rival : sources.rivals) {
        weights.push_back(rival.weight);
        terms.push_back(std::log(rival.weight) + *rival.log_density);
    }
    double sum = 0.0;
    for (double const weight : weights) {
        sum += weight;
    }
    return log_sum(terms) - std::log(sum);
}

} // namespace

std::string_view to_text(ColourDoubt doubt) noexcept {
    switch (doubt) {
    case ColourDoubt::saturated:
        return "saturated";
    case ColourDoubt::too_faint:
        return "too_faint";
    case ColourDoubt::few_references:
        return "few_references";
    case ColourDoubt::other_conditions:
        return "other_conditions";
    case ColourDoubt::no_rival:
        return "no_rival";
    case ColourDoubt::near_one:
        return "near_one";
    case ColourDoubt::three_channels:
        return "three_channels";
    case ColourDoubt::not_measured:
        return "not_measured";
    case ColourDoubt::unlisted:
        return "unlisted";
    }
    return "";
}

std::string_view to_text(ColourVerdict verdict) noexcept {
    switch (verdict) {
    case ColourVerdict::for_marker:
        return "for_marker";
    case ColourVerdict::for_rivals:
        return "for_rivals";
    case ColourVerdict::indeterminate:
        return "indeterminate";
    }
    return "";
}

ColourRatio weigh_colour(ColourSources const& sources) {
    check(sources);
    ColourRatio ratio;
    if (sources.saturated) {
        ratio.doubts.push_back(ColourDoubt::saturated);
    }
    if (is_faint(sources) && !sources.not_measured) {
        ratio.doubts.push_back(ColourDoubt::too_faint);
    }
    doubt_references(sources, ratio);
    if (sources.rivals.empty()) {
        ratio.doubts.push_back(ColourDoubt::no_rival);
    }
    if (sources.not_measured) {
        ratio.doubts.push_back(ColourDoubt::not_measured);
    }
    if (!ratio.doubts.empty()) {
        return ratio;
    }
    ratio.log10_lr =
        (*sources.marker.log_density - log_density_of_others(sources)) / std::numbers::ln10;
    if (*ratio.log10_lr <= -1.0) {
        ratio.verdict = ColourVerdict::for_rivals;
    } else if (*ratio.log10_lr < 1.0) {
        ratio.doubts.push_back(ColourDoubt::near_one);
    } else {
        ratio.doubts.push_back(sources.channels <= 3 ? ColourDoubt::three_channels
                                                     : ColourDoubt::unlisted);
    }
    return ratio;
}

} // namespace cmq::lab
