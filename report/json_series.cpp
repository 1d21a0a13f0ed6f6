// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_series.hpp"

#include "report/json_parts.hpp"

namespace cmq::report {
namespace {

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

Json json_of(capture::Fading const& fading) {
    Json json;
    json["start_dn_per_s"] = json_of(fading.start);
    json["rate_per_s"] = json_of(fading.rate_per_s);
    json["chi2"] = fading.chi2;
    json["points"] = fading.points;
    json["fades"] = fading.fades;
    json["fits"] = fading.fits;
    return json;
}

template <class Number>
Json json_or_null(std::optional<Number> const& number) {
    return number ? json_of(*number) : Json(nullptr);
}

Json json_of(SeriesEntry const& entry) {
    Json json;
    json["file"] = entry.file;
    json["sha256"] = entry.sha256;
    json["time_s"] = entry.time_s ? Json(*entry.time_s) : Json(nullptr);
    json["exposure_s"] = entry.exposure_s;
    json["lamp"] = json_or_null(entry.lamp);
    json["dn_per_s"] = json_of(entry.per_s);
    for (std::size_t p = 0; p < plane_count; ++p) {
        Json plane;
        plane["mean_dn"] = json_of(entry.light.mean_dn[p]);
        plane["spread_dn"] = entry.light.spread_dn[p];
        plane["photosites"] = entry.light.photosites[p];
        plane["to_target"] = json_or_null(entry.to_target[p]);
        json["planes"][std::string{plane_names[p]}] = std::move(plane);
    }
    json["masked_share"] = entry.light.masked_share;
    return json;
}

} // namespace

std::string json_series(std::string const& region,
                        std::vector<SeriesEntry> const& entries,
                        std::optional<capture::Fading> const& fading,
                        std::string const& why_no_fading) {
    Json json;
    json["region"] = region;
    json["captures"] = Json::array();
    for (SeriesEntry const& entry : entries) {
        json["captures"].push_back(json_of(entry));
    }
    json["fading"] = json_or_null(fading);
    json["no_fading"] = why_no_fading.empty() ? Json(nullptr) : Json(why_no_fading);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
