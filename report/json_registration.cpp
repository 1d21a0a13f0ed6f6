// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_registration.hpp"

#include <nlohmann/json.hpp>

namespace cmq::report {

namespace {

using Json = nlohmann::ordered_json;

Json tiles_json(detect::Registration const& registration) {
    Json list = Json::array();
    for (detect::RegistrationTile const& tile : registration.tiles) {
        Json json;
        json["x"] = tile.middle.x;
        json["y"] = tile.middle.y;
        json["dx"] = tile.dx;
        json["dy"] = tile.dy;
        json["correlation"] = tile.correlation;
        list.push_back(std::move(json));
    }
    Json json;
    json["tried"] = registration.tiles_tried;
    json["astray"] = registration.tiles_astray;
    json["aligned"] = std::move(list);
    return json;
}

} // namespace

std::string to_json(detect::Registration const& registration, AlignedFiles const& files) {
    Json json;
    json["file"] = files.reference;
    json["sha256"] = files.reference_sha256;
    json["other"] = files.moving;
    json["other_sha256"] = files.moving_sha256;
    json["simulated"] = files.simulated;
    json["state"] = detect::to_text(registration.state);
    json["doubts"] = Json::array();
    for (detect::RegistrationDoubt const doubt : registration.doubts) {
        json["doubts"].push_back(detect::to_text(doubt));
    }
    json["model"] = detect::to_text(registration.model);
    json["to_other"] = registration.to_moving.matrix;
    json["residual_photosites"] = registration.residual;
    json["largest_residual_photosites"] = registration.largest_residual;
    json["transform_sigma_photosites"] = registration.transform_sigma;
    json["correlation"] = registration.correlation;
    json["peak_z"] = registration.peak_z;
    json["second_peak"] = registration.second_peak;
    json["overlap"] = registration.overlap;
    json["structure"]["reference"] = registration.structure[0];
    json["structure"]["other"] = registration.structure[1];
    json["finest_level"] = registration.finest_level;
    json["tiles"] = tiles_json(registration);
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
