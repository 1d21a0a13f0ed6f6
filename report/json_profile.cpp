// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_profile.hpp"

#include "report/json_parts.hpp"

namespace cmq::report {
namespace {

Json measured(capture::Measured const& one) {
    return {{"value", one.value}, {"sigma", one.sigma}, {"low", one.low}, {"high", one.high}};
}

Json plane(capture::PlaneProfile const& plane) {
    return {{"gain_dn_per_electron", measured(plane.gain_dn)},
            {"read_noise_dn", measured(plane.read_noise_dn)},
            {"temporal_dark_dn", measured(plane.temporal_dark_dn)},
            {"dark_signal_dn", measured(plane.dark_signal_dn)},
            {"saturation_dn", measured(plane.saturation_dn)},
            {"saturation_reached", plane.saturation_reached},
            {"prnu", measured(plane.prnu)},
            {"dsnu_dn", measured(plane.dsnu_dn)},
            {"row_noise_dn", measured(plane.row_noise_dn)},
            {"linearity_error",
             plane.linearity_error ? measured(*plane.linearity_error) : Json(nullptr)}};
}

Json transfer(capture::TransferPoint const& point) {
    return {{"exposure_s", or_null(point.exposure_s)},
            {"frames", point.frames},
            {"mean_dn", planes_json(point.mean_dn)},
            {"variance_dn2", planes_json(point.variance_dn2)},
            {"in_gain", planes_json(point.in_gain)},
            {"in_flat", planes_json(point.in_flat)}};
}

} // namespace

std::string json_profile(capture::CameraProfile const& profile, std::string_view file) {
    Json planes = Json::object();
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes[std::string{plane_names[p]}] = plane(profile.planes[p]);
    }
    Json points = Json::array();
    for (capture::TransferPoint const& point : profile.transfer) {
        points.push_back(transfer(point));
    }
    Json notes = Json::array();
    for (capture::ProfileNote const note : profile.notes) {
        notes.push_back(capture::to_text(note));
    }
    Json const all{
        {"file", file},
        {"sha256", profile.sha256},
        {"camera",
         {{"make", profile.make},
          {"model", profile.model},
          {"unique_model", profile.unique_model},
          {"filter", profile.filter},
          {"cfa", profile.cfa.name()},
          {"width", profile.shape.width},
          {"height", profile.shape.height}}},
        {"simulated", profile.simulated},
        {"setting",
         {{"iso", or_null(profile.iso)},
          {"dark_exposure_s", or_null(profile.dark_exposure_s)},
          {"white_level_dn", profile.white_level_dn},
          {"black_dn", planes_json(profile.black_dn)}}},
        {"planes", planes},
        {"maps",
         {{"dark_sigma_dn", planes_json(profile.dark_sigma_dn)},
          {"flat_sigma", profile.flat.empty() ? Json(nullptr) : planes_json(profile.flat_sigma)},
          {"hot_photosites", profile.hot_photosites},
          {"dead_photosites", profile.dead_photosites}}},
        {"dark_frames", profile.dark_frames},
        {"flat_pairs", profile.flat_pairs},
        {"transfer", points},
        {"notes", notes},
        {"sources", profile.sources}};
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
