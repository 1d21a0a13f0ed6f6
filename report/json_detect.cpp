// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_detect.hpp"

#include "report/json_parts.hpp"

namespace cmq::report {
namespace {

Json trace_json(detect::Trace const& trace) {
    Json json = measures_json(trace);
    json["masked_photosites"] = trace.masked_photosites;
    json["box"] = {{"first_x", trace.box[0]},
                   {"first_y", trace.box[1]},
                   {"last_x", trace.box[2]},
                   {"last_y", trace.box[3]}};
    json["semi_major"] = trace.semi_major;
    json["semi_minor"] = trace.semi_minor;
    json["angle_rad"] = trace.angle_rad;
    json["filter_sigma_cells"] = trace.scale_cells;
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

} // namespace

std::string to_json(detect::Detection const& detection,
                    std::string_view file,
                    std::string_view sha256,
                    Applied const& applied) {
    Json json;
    json["file"] = file;
    json["sha256"] = sha256;
    json["image"] = {{"width", detection.shape.width},
                     {"height", detection.shape.height},
                     {"cfa", detection.cfa.name()}};
    json["applied"] = applied_json(applied);
    json["false_traces_expected"] = detection.false_traces_expected;
    json["traces"] = Json::array();
    for (detect::Trace const& trace : detection.traces) {
        json["traces"].push_back(trace_json(trace));
    }
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
