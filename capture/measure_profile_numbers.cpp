// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_measurement.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr double told_flicker = 0.005;
constexpr std::size_t enough_levels = 3;

} // namespace

void ProfileMeasurement::estimate() {
    bool hidden = false;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const found = estimate_plane(planes_[p]);
        if (!found) {
            throw Error{ErrorKind::insufficient,
                        {"le bruit du plan {} ne croît pas avec la lumière au-delà de son "
                         "incertitude : ajouter des images uniformes plus claires",
                         "the noise of plane {} does not grow with light beyond its "
                         "uncertainty: add brighter flats"},
                        plane_names[p]};
        }
        PlaneProfile& plane = profile_.planes[p];
        plane = found->profile;
        plane.saturation_dn = saturation_[p].level;
        plane.saturation_reached = saturation_[p].reached;
        plane.linearity_error = measure_linearity(planes_[p], plane.saturation_dn.value);
        plane.curvature_per_dn = measure_curvature(planes_[p], plane.saturation_dn.value);
        profile_.dark_sigma_dn[p] = found->dark_sigma_dn;
        hidden = hidden || found->rounding_hides_noise;
    }
    note(hidden, ProfileNote::rounding_hides_noise);
}

void ProfileMeasurement::note(bool when, ProfileNote what) {
    if (when) {
        profile_.notes.push_back(what);
    }
}

void ProfileMeasurement::describe() {
    Seen const& first = darks_.front();
    profile_.make = first.said.make;
    profile_.model = first.said.model;
    profile_.unique_model = first.said.unique_model;
    profile_.iso = first.said.iso;
    profile_.dark_exposure_s = first.said.exposure_s;
    profile_.filter = sources_.filter;
    profile_.simulated = first.said.simulated;
    profile_.shape = first.shape;
    profile_.cfa = first.cfa;
    profile_.white_level_dn = first.white_level_dn;
    profile_.dark_frames = darks_.size();
    profile_.flat_pairs = flats_.size() - levels_.size();
    add_transfer();
    add_notes();
}

void ProfileMeasurement::add_transfer() {
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        TransferPoint point;
        point.exposure_s = levels_[i].exposure_s;
        point.frames = levels_[i].flats.size();
        for (std::size_t p = 0; p < plane_count; ++p) {
            LevelSums const& level = planes_[p].levels[i];
            ContrastSums all;
            ContrastSums dark;
            for (std::size_t band = 0; band < level.bands.size(); ++band) {
                all += level.bands[band];
                dark += planes_[p].dark[band];
            }
            point.mean_dn[p] = all.signal / all.photosites - dark.signal / dark.photosites;
            point.variance_dn2[p] = all.within_squares / all.within_degrees;
            point.in_gain[p] = level.in_gain;
            point.in_flat[p] = level.in_flat;
        }
        profile_.transfer.push_back(point);
    }
}

void ProfileMeasurement::add_notes() {
    std::size_t fewest = levels_.size();
    bool linear = true;
    bool saturates = true;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const used = std::ranges::count_if(planes_[p].levels, &LevelSums::in_gain);
        fewest = std::min(fewest, static_cast<std::size_t>(used));
        linear = linear && profile_.planes[p].linearity_error.has_value();
        saturates = saturates && profile_.planes[p].saturation_reached;
    }
    double flicker = 0;
    for (Level const& level : levels_) {
        for (std::size_t const i : level.flats) {
            for (std::size_t p = 0; p < plane_count; ++p) {
                double const mean = flats_[level.flats.front()].mean_dn[p];
                flicker = std::max(flicker, std::abs(flats_[i].mean_dn[p] / mean - 1.0));
            }
        }
    }
    note(fewest < enough_levels, ProfileNote::few_levels);
    note(fewest < levels_.size(), ProfileNote::levels_left_out);
    note(!linear, ProfileNote::linearity_unknown);
    note(!saturates, ProfileNote::saturation_unknown);
    note(darks_.front().black_origin == BlackOrigin::file, ProfileNote::black_as_stated);
    note(flicker > told_flicker, ProfileNote::lamp_corrected);
    note(!profile_.iso.has_value(), ProfileNote::iso_unknown);
    note(!profile_.dark_exposure_s.has_value(), ProfileNote::exposure_unknown);
}

} // namespace cmq::capture
