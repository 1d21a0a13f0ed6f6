// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_pattern.hpp"

namespace cmq::report {
namespace {

Json ranged_json(detect::Ranged const& ranged) {
    return {{"value", ranged.value}, {"low", ranged.low}, {"high", ranged.high}};
}

Json sizes_json(detect::SizeLaw const& sizes) {
    return {{"count", sizes.count},
            {"d_v10", ranged_json(sizes.d_v10)},
            {"d_v50", ranged_json(sizes.d_v50)},
            {"d_v90", ranged_json(sizes.d_v90)},
            {"found_d_v10", sizes.found_d_v10},
            {"found_d_v50", sizes.found_d_v50},
            {"found_d_v90", sizes.found_d_v90},
            {"mean_ln_diameter", sizes.mean_log},
            {"mean_ln_diameter_sigma", sizes.mean_log_sigma},
            {"sd_ln_diameter", sizes.sd_log},
            {"sd_ln_diameter_sigma", sizes.sd_log_sigma}};
}

Json rings_json(std::vector<detect::DensityRing> const& rings) {
    Json json = Json::array();
    for (detect::DensityRing const& ring : rings) {
        json.push_back({{"inner", ring.inner},
                        {"outer", ring.outer},
                        {"area", ring.area},
                        {"count", ring.count},
                        {"density", ranged_json(ring.density)}});
    }
    return json;
}

Json elongation_json(detect::Elongation const& elongation) {
    return {
        {"ratio", ranged_json(elongation.ratio)},
        {"angle_deg", elongation.angle_deg ? ranged_json(*elongation.angle_deg) : Json(nullptr)},
        {"p_round", elongation.p_round}};
}

Json symmetry_json(detect::MirrorSymmetry const& symmetry) {
    return {{"angle_deg", symmetry.angle_deg},
            {"offset", symmetry.offset},
            {"score", symmetry.score},
            {"tolerance", symmetry.tolerance},
            {"null_mean", symmetry.null_mean},
            {"null_sd", symmetry.null_sd},
            {"p", symmetry.p}};
}

Json weighed_json(lab::PatternResult const& weighed) {
    Json json;
    json["verdict"] = lab::to_text(weighed.ratio.verdict);
    json["log10_lr"] = or_null(weighed.ratio.log10_lr);
    json["doubts"] = Json::array();
    for (lab::PatternDoubt const doubt : weighed.ratio.doubts) {
        json["doubts"].push_back(lab::to_text(doubt));
    }
    json["of_classes"] = weighed.ratio.of_classes;
    json["features"] = weighed.features;
    json["missing_features"] = weighed.missing;
    json["classes"] = Json::array();
    for (lab::PatternClassUsed const& one : weighed.classes) {
        json["classes"].push_back({{"name", one.name},
                                   {"weight", or_null(one.weight)},
                                   {"references", one.references},
                                   {"same_conditions", one.same_conditions}});
    }
    json["unknown_weight"] = weighed.unknown_weight;
    return json;
}

} // namespace

Json pattern_json(DetectFindings const& findings) {
    detect::Pattern const& pattern = findings.pattern;
    Json json;
    json["count"] = pattern.count;
    json["expected_count"] = ranged_json(pattern.expected_count);
    json["unit"] = pattern.unit;
    json["centre"] =
        pattern.centre_x ? Json{{"x", *pattern.centre_x}, {"y", *pattern.centre_y}} : Json(nullptr);
    json["sizes"] = pattern.sizes ? sizes_json(*pattern.sizes) : Json(nullptr);
    json["rings"] = rings_json(pattern.rings);
    json["elongation"] = pattern.elongation ? elongation_json(*pattern.elongation) : Json(nullptr);
    json["clark_evans"] = nullptr;
    if (pattern.clark_evans) {
        json["clark_evans"] = {{"ratio", pattern.clark_evans->ratio},
                               {"sigma", pattern.clark_evans->sigma},
                               {"z", pattern.clark_evans->z}};
    }
    json["symmetry_sought"] = findings.symmetry_sought;
    json["symmetry"] = pattern.symmetry ? symmetry_json(*pattern.symmetry) : Json(nullptr);
    Json features = Json::object();
    for (detect::PatternFeature const& feature : detect::named_features(pattern)) {
        features[std::string{feature.name}] = or_null(feature.value);
    }
    json["features"] = std::move(features);
    json["weighed"] =
        findings.pattern_weighed ? weighed_json(*findings.pattern_weighed) : Json(nullptr);
    return json;
}

} // namespace cmq::report
