// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_detect.hpp"

#include "core/error.hpp"
#include "report/json_parts.hpp"
#include "report/json_pattern.hpp"

#include <cmath>

namespace cmq::report {
namespace {

// One entry a capture; null where one of them gives no light.
Json joined_json(std::optional<detect::JoinedLight> const& joined) {
    if (!joined) {
        return nullptr;
    }
    auto const& names = detect::channel_names;
    detect::ColourLight const& light = joined->light;
    Json json = Json::array();
    for (std::size_t c = 0; c < light.channels(); ++c) {
        if (c % names.size() == 0) {
            json.push_back({{"flux", Json::object()}, {"flux_sigma", Json::object()}});
        }
        json.back()["flux"][std::string{names[c % names.size()]}] = light.flux_dn[c];
        json.back()["flux_sigma"][std::string{names[c % names.size()]}] =
            std::sqrt(light.covariance_dn2[(light.channels() + 1) * c]);
    }
    return json;
}

Json trace_json(detect::Trace const& trace, DetectFindings const& findings, std::size_t index) {
    Json json = measures_json(trace);
    json["flux_total"] = detect::total_flux(trace);
    json["flux_total_sigma"] = trace.total_flux_dn_sigma;
    json["area_mm2"] = nullptr;
    json["area_mm2_sigma"] = nullptr;
    if (findings.scale) {
        auto const area = detect::measure_area(trace, *findings.scale);
        json["area_mm2"] = area.mm2;
        json["area_mm2_sigma"] = area.mm2_sigma;
    }
    json["colour"] = nullptr;
    if (!findings.colours.empty()) {
        json["colour"] = colour_json(findings.colours[index]);
    }
    if (!findings.joined.empty()) {
        json["joined"] = joined_json(findings.joined[index]);
    }
    json["masked_photosites"] = trace.masked_photosites;
    json["box"] = {{"first_x", trace.box[0]},
                   {"first_y", trace.box[1]},
                   {"last_x", trace.box[2]},
                   {"last_y", trace.box[3]}};
    json["semi_major"] = trace.semi_major;
    json["semi_minor"] = trace.semi_minor;
    json["angle_rad"] = trace.angle_rad;
    json["filter_sigma_cells"] = trace.scale_cells;
    json["group"] = trace.group;
    return json;
}

Json background_json(PerPlane<detect::PlaneSummary> const& planes) {
    Json json;
    for (std::size_t p = 0; p < plane_count; ++p) {
        detect::PlaneSummary const& plane = planes[p];
        Json entry;
        entry["level_dn"] = plane.level_dn;
        entry["level_low_dn"] = plane.level_low_dn;
        entry["level_high_dn"] = plane.level_high_dn;
        entry["model_noise_dn"] = plane.noise_dn;
        entry["measured_noise_dn"] = plane.measured_noise_dn;
        entry["spread_ratio"] = plane.spread_ratio;
        entry["saturation_dn"] = plane.saturation_dn;
        entry["saturated_photosites"] = plane.saturated_photosites;
        entry["hot_photosites"] = plane.hot_photosites;
        entry["masked_photosites"] = plane.masked_photosites;
        json[std::string{plane_names[p]}] = std::move(entry);
    }
    return json;
}

Json limits_json(DetectFindings const& findings) {
    DetectLimits const& limits = findings.limits;
    Json json;
    json["critical"] = or_null(limits.critical_dn);
    json["minimum_detectable"] = or_null(limits.minimum_detectable);
    json["blanks"] = limits.blanks;
    json["from"] = name_of(limits.origin);
    json["why_no_minimum"] =
        limits.why_no_minimum ? Json(lab::name_of(*limits.why_no_minimum)) : Json(nullptr);
    json["minimum_in_doubt"] = limits.minimum_in_doubt;
    json["skewness"] = lab::name_of(limits.skewness);
    json["in_doubt"] = limits.in_doubt;
    json["found_by_half"] = nullptr;
    if (findings.found_by_half) {
        json["found_by_half"] = {{"flux_total", findings.found_by_half->flux_dn},
                                 {"flux_total_sigma", findings.found_by_half->flux_dn_sigma}};
    }
    json["stated"] = or_null(findings.presence.limit);
    return json;
}

Json scale_json(detect::SceneScale const& scale) {
    return {{"mm_per_photosite", scale.mm_per_photosite},
            {"mm_per_photosite_sigma", or_null(scale.mm_per_photosite_sigma)}};
}

Json conditions_json(lab::ColourConditions const& conditions) {
    auto const text = [](std::string const& stated) {
        return stated.empty() ? Json(nullptr) : Json(stated);
    };
    Json json{{"substrate", text(conditions.substrate)},
              {"lamp_nm", or_null(conditions.lamp_nm)},
              {"filter", text(conditions.filter)},
              {"camera", text(conditions.camera)}};
    if (conditions.captures > 1) {
        json["joined"] = text(conditions.joined);
    }
    return json;
}

// Alike for all traces of a file, so said once.
Json classes_json(DetectFindings const& findings) {
    if (findings.colours.empty()) {
        return nullptr;
    }
    lab::ColourResult const& first = findings.colours.front();
    Json json;
    json["conditions"] = conditions_json(findings.conditions);
    json["classes"] = Json::array();
    for (lab::ColourClassDensity const& one : first.classes) {
        json["classes"].push_back({{"name", one.name},
                                   {"weight", or_null(one.weight)},
                                   {"samples", one.samples},
                                   {"spots", one.spots}});
    }
    json["unknown_weight"] = first.unknown_weight;
    json["differences"] = Json::array();
    for (lab::ConditionDifference const& difference : first.differences) {
        json["differences"].push_back({{"class", difference.of_class},
                                       {"condition", lab::to_text(difference.condition)},
                                       {"trace", difference.trace},
                                       {"references", difference.references}});
    }
    return json;
}

} // namespace

std::string_view name_of(BlanksFrom origin) noexcept {
    switch (origin) {
    case BlanksFrom::nowhere:
        return "none";
    case BlanksFrom::captures:
        return "captures";
    case BlanksFrom::table:
        return "table";
    }
    return "";
}

std::string to_json(detect::Detection const& detection,
                    std::string_view file,
                    std::string_view sha256,
                    DetectFindings const& findings,
                    Applied const& applied) {
    CMQ_EXPECTS(findings.colours.empty() || findings.colours.size() == detection.traces.size());
    Json json;
    json["file"] = file;
    json["sha256"] = sha256;
    json["image"] = {{"width", detection.shape.width},
                     {"height", detection.shape.height},
                     {"cfa", detection.cfa.name()}};
    json["applied"] = applied_json(applied);
    json["darker"] = detection.darker;
    if (!findings.joined_files.empty()) {
        json["joined"] = Json::array();
        for (JoinedFile const& one : findings.joined_files) {
            json["joined"].push_back(
                {{"file", one.file}, {"sha256", one.sha256}, {"residual", or_null(one.residual)}});
        }
    }
    json["false_traces_expected"] = detection.false_traces_expected;
    json["false_discovery_rate"] = or_null(detection.false_discovery_rate);
    json["verdict"] = lab::name_of(findings.presence.verdict);
    json["why"] = Json::array();
    for (lab::PresenceReason const reason : findings.presence.why) {
        json["why"].push_back(lab::name_of(reason));
    }
    json["flux_total"] = findings.total.flux_dn;
    json["flux_total_sigma"] = findings.total.flux_dn_sigma;
    json["saturated"] = findings.total.saturated;
    json["flux_with_areas"] = with_areas_json(findings.total, findings.areas);
    json["limits"] = limits_json(findings);
    json["scale"] = findings.scale ? scale_json(*findings.scale) : Json(nullptr);
    json["traces"] = Json::array();
    for (std::size_t i = 0; i < detection.traces.size(); ++i) {
        json["traces"].push_back(trace_json(detection.traces[i], findings, i));
    }
    json["areas"] = Json::array();
    for (detect::LargeArea const& area : findings.areas) {
        json["areas"].push_back(area_json(area, findings.scale));
    }
    json["colour_classes"] = classes_json(findings);
    json["pattern"] = pattern_json(findings);
    json["background"] = background_json(detection.planes);
    json["noise"] = {{"origin", to_text(detection.noise_origin)},
                     {"textured_share", detection.textured_share},
                     {"tail_factor", detection.tail_factor},
                     {"threshold_snr", detection.threshold},
                     {"border_snr", detection.low_threshold}};
    json["warnings"] = detection.warnings;
    // A file name may be any bytes; JSON is UTF-8.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
