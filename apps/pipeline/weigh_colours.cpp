// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/colour_library.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace cmq::pipeline {
namespace {

FittedColour fit(ColourReferences const& references) {
    FittedColour fitted;
    fitted.name = references.name;
    fitted.weight = references.weight.value_or(1.0);
    fitted.spots = references.spots.size();
    fitted.conditions = references.conditions;
    std::set<std::string> samples;
    for (detect::ColourReference const& spot : references.spots) {
        samples.insert(spot.sample);
    }
    fitted.samples = samples.size();
    if (references.spots.empty() ||
        fitted.samples < references.spots.front().light.channels() + 2) { // too few for a spread
        return fitted;
    }
    try {
        fitted.colours = detect::fit_colour_class(references.spots);
    } catch (Error& error) {
        error.at(Sentence{{"classe de couleur « {} »", "colour class '{}'"}, references.name});
        throw;
    }
    return fitted;
}

// Nothing where the trace is too faint, or its covariance that of too few places to be one.
template <class Density>
std::optional<double> density_or_nothing(Density const& density) {
    try {
        return density();
    } catch (Error const& error) {
        if (error.kind() == ErrorKind::insufficient || error.kind() == ErrorKind::domain) {
            return std::nullopt;
        }
        throw;
    }
}

lab::ColourClassDensity density_of(FittedColour const& fitted, detect::ColourLight const& light) {
    lab::ColourClassDensity density;
    density.name = fitted.name;
    density.samples = fitted.samples;
    density.spots = fitted.spots;
    if (fitted.colours) {
        density.log_density =
            density_or_nothing([&] { return detect::log_density(*fitted.colours, light); });
    }
    return density;
}

lab::ColourResult weigh(std::int64_t id,
                        detect::JoinedLight const& joined,
                        FittedColours const& colours,
                        std::vector<lab::ConditionDifference> const& differences) {
    auto const& light = joined.light;
    lab::ColourResult result;
    result.trace = id;
    result.unknown_weight = colours.unknown_weight;
    result.unknown_log_density =
        density_or_nothing([&] { return detect::log_density_of_unknown(light); });
    result.differences = differences;
    result.classes.push_back(density_of(colours.marker, light));
    for (FittedColour const& rival : colours.rivals) {
        result.classes.push_back(density_of(rival, light));
        result.classes.back().weight = rival.weight;
    }
    result.saturated = joined.saturated;
    result.captures = light.channels() / detect::channel_names.size();
    result.ratio = lab::ratio_of(result, joined.saturated, light.channels());
    return result;
}

// Nothing of a trace whose light in some capture is not known.
lab::ColourResult unmeasured(std::int64_t id,
                             std::size_t captures,
                             FittedColours const& colours,
                             std::vector<lab::ConditionDifference> const& differences) {
    lab::ColourResult result;
    result.trace = id;
    result.unknown_weight = colours.unknown_weight;
    result.differences = differences;
    result.not_measured = true;
    result.captures = captures;
    auto const add = [&](FittedColour const& fitted, std::optional<double> weight) {
        result.classes.push_back({.name = fitted.name,
                                  .weight = weight,
                                  .samples = fitted.samples,
                                  .spots = fitted.spots});
    };
    add(colours.marker, std::nullopt);
    for (FittedColour const& rival : colours.rivals) {
        add(rival, rival.weight);
    }
    result.ratio = lab::ratio_of(result, false, captures * detect::channel_names.size());
    return result;
}

} // namespace

FittedColours fit_colours(std::vector<ColourReferences> const& classes, double unknown_weight) {
    FittedColours fitted;
    fitted.marker.name = marker_class;
    fitted.unknown_weight = unknown_weight;
    for (ColourReferences const& references : classes) {
        if (references.name == marker_class) {
            fitted.marker = fit(references);
        } else {
            fitted.rivals.push_back(fit(references));
        }
    }
    return fitted;
}

std::vector<lab::ColourResult>
weigh_colours(std::vector<detect::Trace> const& traces,
              FittedColours const& colours,
              lab::ColourConditions const& conditions,
              std::vector<std::optional<detect::JoinedLight>> const& joined) {
    CMQ_EXPECTS(joined.size() == (conditions.captures > 1 ? traces.size() : 0));
    auto differences =
        lab::compare_conditions(colours.marker.name, conditions, colours.marker.conditions);
    for (FittedColour const& rival : colours.rivals) {
        auto const more = lab::compare_conditions(rival.name, conditions, rival.conditions);
        differences.insert(differences.end(), more.begin(), more.end());
    }
    std::vector<lab::ColourResult> results;
    for (std::size_t i = 0; i < traces.size(); ++i) {
        detect::Trace const& trace = traces[i];
        auto const light = conditions.captures > 1
                               ? joined[i]
                               : std::optional{detect::JoinedLight{detect::to_colour_light(trace),
                                                                   trace.saturated}};
        results.push_back(light ? weigh(trace.id, *light, colours, differences)
                                : unmeasured(trace.id, conditions.captures, colours, differences));
    }
    return results;
}

} // namespace cmq::pipeline
