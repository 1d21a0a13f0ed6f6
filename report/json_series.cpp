// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_series.hpp"

#include "report/json_series_parts.hpp"

namespace cmq::report {

Json json_of(capture::WithSigma const& number) {
    Json json;
    json["value"] = number.value;
    json["sigma"] = number.sigma;
    return json;
}

Json json_of(capture::LampDrift const& lamp) {
    Json json = json_of(lamp.relative);
    json["drifted"] = lamp.drifted;
    json["colour_changed"] = lamp.colour_changed;
    json["chi2"] = lamp.chi2;
    return json;
}

Json planes_json(capture::RegionLight const& light,
                 PerPlane<std::optional<capture::WithSigma>> const& to_target,
                 PerPlane<std::optional<capture::WithSigma>> const& radiance) {
    Json json;
    for (std::size_t p = 0; p < plane_count; ++p) {
        Json plane;
        plane["mean_dn"] = json_of(light.mean_dn[p]);
        plane["spread_dn"] = light.spread_dn[p];
        plane["photosites"] = light.photosites[p];
        plane["to_target"] = json_or_null(to_target[p]);
        plane["radiance"] = json_or_null(radiance[p]);
        json[std::string{plane_names[p]}] = std::move(plane);
    }
    return json;
}

std::string_view units_of(bool has_target, bool has_certificate) {
    return has_certificate ? "absolute" : has_target ? "relative_to_target" : "relative";
}

Json json_of(capture::TargetCertificate const& certificate) {
    Json json;
    json["radiance"] = planes_json(certificate.radiance);
    json["standard_uncertainty"] = planes_json(certificate.sigma);
    json["unit"] = certificate.unit;
    json["source"] = certificate.source;
    return json;
}

namespace {

Json fading_json(capture::Fading const& fading) {
    Json json;
    json["start_dn_per_s"] = json_of(fading.start);
    json["rate_per_s"] = json_of(fading.rate_per_s);
    json["chi2"] = fading.chi2;
    json["points"] = fading.points;
    json["fades"] = fading.fades;
    json["fits"] = fading.fits;
    return json;
}

// What the marker took, for whoever looks at it after: fading is for good.
Json dose_json(std::vector<SeriesEntry> const& entries) {
    double exposed_s = 0.0;
    for (SeriesEntry const& entry : entries) {
        exposed_s += entry.exposure_s;
    }
    Json json{{"exposed_s", exposed_s}, {"under_lamp_s", nullptr}};
    if (!entries.empty() && entries.front().time_s && entries.back().time_s) {
        json["under_lamp_s"] =
            *entries.back().time_s - *entries.front().time_s + entries.back().exposure_s;
    }
    return json;
}

Json entry_json(SeriesEntry const& entry) {
    Json json;
    json["file"] = entry.file;
    json["sha256"] = entry.sha256;
    json["time_s"] = entry.time_s ? Json(*entry.time_s) : Json(nullptr);
    json["exposure_s"] = entry.exposure_s;
    json["lamp"] = json_or_null(entry.lamp);
    json["dn_per_s"] = json_of(entry.per_s);
    json["planes"] = planes_json(entry.light, entry.to_target, entry.radiance);
    json["applied"] = applied_json(entry.applied);
    json["masked_share"] = entry.light.masked_share;
    return json;
}

} // namespace

std::string json_series(std::string const& region,
                        std::vector<SeriesEntry> const& entries,
                        std::optional<capture::Fading> const& fading,
                        std::string const& why_no_fading,
                        std::optional<capture::TargetCertificate> const& certificate) {
    Json json;
    json["region"] = region;
    bool const has_target = !entries.empty() && entries.front().lamp.has_value();
    json["units"] = units_of(has_target, certificate.has_value());
    json["certificate"] = json_or_null(certificate);
    json["captures"] = Json::array();
    for (SeriesEntry const& entry : entries) {
        json["captures"].push_back(entry_json(entry));
    }
    json["dose"] = dose_json(entries);
    json["fading"] = fading ? fading_json(*fading) : Json(nullptr);
    json["no_fading"] = why_no_fading.empty() ? Json(nullptr) : Json(why_no_fading);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
