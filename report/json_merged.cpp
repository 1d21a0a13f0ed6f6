// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_merged.hpp"

#include "report/json_series_parts.hpp"

namespace cmq::report {
namespace {

Json share_json(capture::ExposureShare const& share) {
    Json json;
    json["weight"] = planes_json(share.weight);
    json["photosites"] = share.good;
    json["alone"] = share.alone;
    json["saturated"] = share.saturated;
    return json;
}

Json exposure_json(MergedExposure const& exposure) {
    Json json;
    json["file"] = exposure.file;
    json["sha256"] = exposure.sha256;
    json["exposure_s"] = exposure.exposure_s;
    json["lamp"] = json_or_null(exposure.lamp);
    json["share"] = share_json(exposure.share);
    json["applied"] = applied_json(exposure.applied);
    return json;
}

Json region_json(MergedRegion const& region, Merged const& merged) {
    Json json;
    json["region"] = region.name;
    json["dn_per_s"] = json_or_null(region.per_s);
    json["planes"] = region.light ? planes_json(*region.light, region.to_target, region.radiance)
                                  : Json(nullptr);
    json["captures"] = Json::array();
    for (std::size_t i = 0; i < region.single.size(); ++i) {
        SingleLight const& single = region.single[i];
        Json entry;
        entry["file"] = merged.exposures[i].file;
        entry["share"] = share_json(single.share);
        entry["dn_per_s"] = json_or_null(single.per_s);
        entry["planes"] = single.light ? planes_json(*single.light, {}, {}) : Json(nullptr);
        json["captures"].push_back(std::move(entry));
    }
    return json;
}

} // namespace

std::string json_merged(Merged const& merged) {
    Json json;
    json["units"] = units_of(merged.has_target, merged.certificate.has_value());
    json["certificate"] = json_or_null(merged.certificate);
    json["exposures"] = Json::array();
    for (MergedExposure const& exposure : merged.exposures) {
        json["exposures"].push_back(exposure_json(exposure));
    }
    json["merged"] = {{"longest_s", merged.longest_s},
                      {"agrees", merged.agrees},
                      {"chi2_per_dof", planes_json(merged.chi2_per_dof)},
                      {"dof", planes_json(merged.dof)},
                      {"measured_nowhere", merged.measured_nowhere}};
    json["iso_is_stated"] = merged.iso_is_stated;
    json["regions"] = Json::array();
    for (MergedRegion const& region : merged.regions) {
        json["regions"].push_back(region_json(region, merged));
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
