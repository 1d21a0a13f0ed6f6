// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/case_colours.hpp"

#include "apps/pipeline/judge_detection.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <iterator>

namespace cmq::pipeline {
namespace {

void add_library(casefile::Case const& of,
                 casefile::ColourClass const& one,
                 ColourReferences& references) {
    try {
        auto classes = parse_colour_library(read_text(resolve_library(of, one), most_colour_bytes),
                                            casefile::colour_captures(of));
        auto const found = std::ranges::find(classes, *one.id, &ColourReferences::name);
        if (found == classes.end()) {
            throw Error{ErrorKind::insufficient,
                        {"la bibliothèque n’a aucune tache de la classe « {} »",
                         "the library has no spot of class '{}'"},
                        *one.id};
        }
        check_side({*found}, casefile::seeks_darker(of));
        references.spots = std::move(found->spots);
        references.conditions = std::move(found->conditions);
    } catch (Error& error) {
        error.at(casefile::to_sentence(one.library->place));
        throw;
    }
}

bool lies_in(detect::Trace const& trace, casefile::Region const& region) {
    return trace.x >= region.x && trace.x < region.x + region.width && trace.y >= region.y &&
           trace.y < region.y + region.height;
}

// Of a trace in all captures that are joined; nothing where one of them gives none.
std::optional<detect::JoinedLight> light_of(MeasuredCapture const& measured, std::size_t trace) {
    if (!measured.joined.empty()) {
        return measured.joined[trace];
    }
    detect::Trace const& alone = measured.detection->traces[trace];
    return detect::JoinedLight{detect::to_colour_light(alone), alone.saturated};
}

void add_spots(casefile::Case const& of,
               std::span<MeasuredCapture const> captures,
               casefile::Reference const& reference,
               ColourReferences& references) {
    auto const measured = std::ranges::find_if(captures, [&](MeasuredCapture const& one) {
        return *of.captures[one.index].id == *reference.capture;
    });
    CMQ_EXPECTS(measured != captures.end() && measured->detection); // checked with the case
    std::size_t const before = references.spots.size();
    auto const& traces = measured->detection->traces;
    for (std::size_t i = 0; i < traces.size(); ++i) {
        auto light = light_of(*measured, i);
        bool const wanted = !reference.region || lies_in(traces[i], *reference.region);
        bool const usable = wanted && light && !light->saturated;
        if (usable &&
            light->light.total_dn() >= detect::least_colour_snr * light->light.total_sigma_dn()) {
            references.spots.push_back({reference.sample, std::move(light->light)});
        }
    }
    if (references.spots.size() == before) {
        throw casefile::make_error(
            ErrorKind::insufficient,
            reference.place,
            {"la capture « {} » n’y montre aucune trace qui ne soit ni saturée ni au-dessous de {} "
             "fois son incertitude",
             "capture '{}' shows no trace there that is neither saturated nor below {} times its "
             "uncertainty"},
            *reference.capture,
            detect::least_colour_snr);
    }
    references.conditions.push_back(
        conditions_of(of, of.captures[measured->index], measured->capture.metadata));
}

} // namespace

lab::ColourConditions conditions_of(casefile::Case const& of,
                                    casefile::Capture const& entry,
                                    capture::Metadata const& metadata) {
    lab::ColourConditions conditions{.substrate = entry.substrate,
                                     .lamp_nm = entry.lamp_nm,
                                     .filter = entry.filter,
                                     .camera = camera_name(metadata)};
    for (std::size_t const i : casefile::joined_to(of, entry)) {
        casefile::Capture const& other = of.captures[i];
        std::string taken = other.lamp_nm ? number_text(*other.lamp_nm) + " nm" : "";
        taken += taken.empty() || other.filter.empty() ? "" : ", ";
        taken += other.filter;
        conditions.joined += (conditions.joined.empty() ? "" : "; ") + taken;
        ++conditions.captures;
    }
    return conditions;
}

std::filesystem::path resolve_library(casefile::Case const& of, casefile::ColourClass const& one) {
    return casefile::resolve_path(of, **one.library);
}

std::optional<FittedColours> case_colours(casefile::Case const& of,
                                          std::span<MeasuredCapture const> captures) {
    if (of.colour_classes.empty()) {
        return std::nullopt;
    }
    std::vector<ColourReferences> classes;
    for (casefile::ColourClass const& one : of.colour_classes) {
        ColourReferences& references = classes.emplace_back();
        references.name = *one.id;
        if (one.weight) {
            references.weight = **one.weight;
        }
        if (one.library) {
            add_library(of, one, references);
        }
        for (casefile::Reference const& reference : of.references) {
            if (*reference.of_class == *one.id) {
                add_spots(of, captures, reference, references);
            }
        }
    }
    return fit_colours(classes, **of.unknown_weight);
}

std::string colour_parameters(casefile::Case const& of) {
    std::string text;
    if (of.unknown_weight) {
        text += "; unknown weight " + number_text(**of.unknown_weight);
    }
    for (casefile::ColourClass const& one : of.colour_classes) {
        text += "; colour " + *one.id + " weight " + (one.weight ? number_text(**one.weight) : "");
    }
    for (casefile::Reference const& one : of.references) {
        text += "; reference " + *one.of_class + " " + *one.capture + " sample " + one.sample;
        if (one.region) {
            text += " region " + number_text(one.region->x) + " " + number_text(one.region->y) +
                    " " + number_text(one.region->width) + " " + number_text(one.region->height);
        }
    }
    return text;
}

} // namespace cmq::pipeline
