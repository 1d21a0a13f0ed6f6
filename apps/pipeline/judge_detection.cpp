// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/judge_detection.hpp"

#include "core/error.hpp"
#include "detect/trace_pattern.hpp"
#include "lab/blanks/critical_value.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cmq::pipeline {
namespace {

Sentence settings_text(capture::Metadata const& m) {
    Sentence const exposure = m.exposure_s ? Sentence{{"{} s", "{} s"}, *m.exposure_s}
                                           : Sentence{{"pose non précisée", "exposure not stated"}};
    Sentence const iso = m.iso ? Sentence{{"ISO {}", "ISO {}"}, *m.iso}
                               : Sentence{{"ISO non précisé", "ISO not stated"}};
    return Sentence{{"{} {}, {}, {}", "{} {}, {}, {}"}, m.make, m.model, exposure, iso};
}

bool leans(lab::Lean lean) {
    return lean == lab::Lean::right || lean == lab::Lean::left;
}

report::DetectLimits limits_of(std::vector<SearchedBlank> const& blanks) {
    report::DetectLimits limits;
    limits.origin = blanks.empty() ? report::BlanksFrom::nowhere : report::BlanksFrom::captures;
    limits.blanks = blanks.size();
    if (blanks.size() < 2) {
        return limits;
    }
    std::vector<double> totals;
    std::ranges::transform(blanks, std::back_inserter(totals), &SearchedBlank::total_dn);
    limits.critical_dn = lab::measure_critical_value(totals).value;
    limits.skewness = lab::measure_skewness(totals).verdict;
    limits.in_doubt = leans(limits.skewness);
    return limits;
}

report::DetectLimits limits_of(lab::Limits const& table) {
    report::DetectLimits limits;
    limits.origin = report::BlanksFrom::table;
    limits.blanks = table.critical.blanks;
    limits.critical_dn = table.critical.value;
    limits.skewness = table.skewness.verdict;
    limits.in_doubt = table.in_doubt();
    if (table.dilution.minimum) {
        limits.minimum_detectable = table.dilution.minimum->value;
        limits.minimum_in_doubt = table.minimum_in_doubt();
    } else {
        limits.why_no_minimum = table.dilution.why;
    }
    return limits;
}

// Of the lot where references show it, else of the traces, else none in particular.
PerPlane<double> colour_of_lot(FittedColours const& colours, detect::TotalFlux const& total) {
    if (colours.marker.colours) {
        auto const& shares = colours.marker.colours->mean_shares;
        return {std::max(0.0, shares[0]),
                std::max(0.0, shares[1]) / 2.0,
                std::max(0.0, shares[1]) / 2.0,
                std::max(0.0, shares[2])};
    }
    bool const any = std::ranges::any_of(total.colour, [](double flux) { return flux > 0.0; });
    return any ? total.colour : PerPlane<double>{1.0, 1.0, 1.0, 1.0};
}

// Symmetry is sought where somebody asks, or references are compared by it.
void add_pattern(detect::Detection const& detection,
                 Judging const& with,
                 report::DetectFindings& findings) {
    bool const compared = with.patterns && std::ranges::find(with.patterns->library.features,
                                                             detect::pattern_features.back()) !=
                                               with.patterns->library.features.end();
    findings.symmetry_sought = with.seek_symmetry || compared;
    detect::PatternSettings settings;
    settings.seek_symmetry = findings.symmetry_sought;
    if (with.scale) {
        settings.mm_per_photosite = with.scale->mm_per_photosite;
    }
    findings.pattern = detect::measure_trace_pattern(detection, settings);
    if (with.patterns) {
        findings.pattern_weighed = weigh_against(*with.patterns, findings.pattern);
    }
}

} // namespace

std::string camera_name(capture::Metadata const& metadata) {
    return metadata.make + (metadata.make.empty() ? "" : " ") + metadata.model;
}

void check_taken_alike(std::string const& name,
                       capture::Metadata const& blank,
                       capture::Metadata const& evidence) {
    if (blank.make != evidence.make || blank.model != evidence.model ||
        blank.exposure_s != evidence.exposure_s || blank.iso != evidence.iso) {
        throw Error{ErrorKind::domain,
                    {"le blanc « {} » a été pris autrement ({}) que la pièce examinée ({}) ; ne "
                     "nommer que des blancs traités comme elle",
                     "blank '{}' was taken otherwise ({}) than the evidence ({}); name only "
                     "blanks that were treated as the evidence was"},
                    name,
                    settings_text(blank),
                    settings_text(evidence)};
    }
}

report::DetectFindings judge_detection(detect::Detection const& detection,
                                       capture::Metadata const& metadata,
                                       Judging const& with,
                                       std::vector<detect::LargeArea> areas,
                                       std::vector<std::optional<detect::JoinedLight>> joined) {
    for (SearchedBlank const& blank : with.blanks) {
        check_taken_alike(blank.name, blank.metadata, metadata);
    }
    report::DetectFindings findings;
    findings.total = detect::total_flux(detection);
    findings.limits = with.table ? limits_of(*with.table) : limits_of(with.blanks);
    findings.found_by_half =
        detect::limit_flux(detection, colour_of_lot(with.colours, findings.total));
    auto const& half = findings.found_by_half;
    findings.presence =
        lab::decide_presence({.any_trace = !detection.traces.empty(),
                              .total = findings.total.flux_dn,
                              .saturated = findings.total.saturated,
                              .unseen_share = detect::unseen_share(detection),
                              .critical = findings.limits.critical_dn,
                              .found_by_half = half ? std::optional{half->flux_dn} : std::nullopt,
                              .area = detect::any_unmeasured(areas)});
    findings.areas = std::move(areas);
    findings.scale = with.scale;
    findings.conditions = with.conditions;
    findings.conditions.camera = camera_name(metadata);
    findings.colours = weigh_colours(detection.traces, with.colours, findings.conditions, joined);
    findings.joined = std::move(joined);
    add_pattern(detection, with, findings);
    return findings;
}

} // namespace cmq::pipeline
