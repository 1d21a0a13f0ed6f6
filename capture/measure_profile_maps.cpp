// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_maps.hpp"
#include "capture/profile_measurement.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>

namespace cmq::capture {
namespace {

constexpr double most_prnu = 0.05;       // more between neighbours is a pattern of the surface
constexpr double least_of_lamp = 0.2;    // darkest tile of the flat map by the brightest
constexpr double most_flat_sigma = 0.05; // a noisier map does more harm than good

} // namespace

void ProfileMeasurement::finish_maps() {
    Seen const& first = darks_.front();
    bool complete = true;
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneSums& sums = planes_[p];
        saturation_[p] = find_saturation_of(sums);
        bool some = false;
        for (std::size_t i = 0; i < levels_.size(); ++i) {
            sums.levels[i].in_flat = in_map_[i][p];
            sums.levels[i].in_gain = sums.levels[i].in_gain && in_map_[i][p];
            some = some || in_map_[i][p];
        }
        check_some_in_gain(p);
        profile_.flat_sigma[p] = some ? flat_sigma_of(sums) : 0.0;
        complete = complete && some && profile_.flat_sigma[p] <= most_flat_sigma;
    }
    auto const dark_map =
        measure_residuals(profile_.dark_dn, first.shape, first.cfa, profile_.defects, threads_);
    normalise_flat();
    check_flat();
    auto const flat_map =
        measure_residuals(profile_.flat, first.shape, first.cfa, profile_.defects, threads_);
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes_[p].dark_map = dark_map[p];
        planes_[p].flat_map = flat_map[p];
    }
    profile_.dead_photosites = mark_dead(
        profile_.flat, first.shape, first.cfa, profile_.flat_sigma, profile_.defects, threads_);
    if (!complete) {
        profile_.flat.clear();
        profile_.flat_sigma = {};
        profile_.notes.push_back(ProfileNote::flat_left_out);
    }
}

void ProfileMeasurement::check_some_in_gain(std::size_t p) const {
    auto const& levels = planes_[p].levels;
    if (std::ranges::any_of(levels, &LevelSums::in_gain)) {
        return;
    }
    throw Error{ErrorKind::insufficient,
                {"aucune image uniforme ne convient au gain du plan {} : toutes y dépassent "
                 "70 % de la saturation ou y sont écrêtées (la plus sombre, « {} », y vaut {} "
                 "DN sur {}) ; poser moins longtemps",
                 "no flat is fit for the gain of plane {}: all of them are above 70 % of "
                 "saturation or clipped there (the darkest, '{}', has {} DN of {}); expose "
                 "for less time"},
                plane_names[p],
                flats_[levels_.front().flats.front()].name,
                significant_text(levels.front().means_dn.front(), 4),
                significant_text(saturation_[p].level.value, 4)};
}

void ProfileMeasurement::normalise_flat() {
    Seen const& first = darks_.front();
    PerPlane<double> sum{};
    PerPlane<double> count{};
    auto const each = [&](auto const& work) {
        std::size_t at = 0;
        for (std::ptrdiff_t y = 0; y < first.shape.height; ++y) {
            for (std::ptrdiff_t x = 0; x < first.shape.width; ++x) {
                work(at++, static_cast<std::size_t>(first.cfa.at(y, x)));
            }
        }
    };
    each([&](std::size_t at, std::size_t p) {
        if (profile_.defects[at] == 0) {
            sum[p] += static_cast<double>(profile_.flat[at]);
            count[p] += 1;
        }
    });
    each([&](std::size_t at, std::size_t p) {
        bool const has_data = (profile_.defects[at] & mask_bit::no_data) == 0;
        bool const has_light = sum[p] > 0;
        profile_.flat[at] =
            has_data && has_light
                ? static_cast<float>(static_cast<double>(profile_.flat[at]) * count[p] / sum[p])
                : 1.0F;
        if (!has_data) {
            profile_.dark_dn[at] = 0.0F;
        }
    });
}

void ProfileMeasurement::check_flat() const {
    Seen const& first = darks_.front();
    Tiles const tiles =
        measure_tiles(profile_.flat, first.shape, first.cfa, profile_.defects, threads_);
    for (std::size_t p = 0; p < plane_count; ++p) {
        float least = 0;
        float most = 0;
        for (Tile const& tile : tiles.plane[p]) {
            if (tile.photosites > 0) {
                least = most == 0 ? tile.median : std::min(least, tile.median);
                most = std::max(most, tile.median);
            }
        }
        double const own = std::max(tiles.usual_spread(p) - 3.0 * profile_.flat_sigma[p], 0.0);
        if (least < static_cast<float>(least_of_lamp) * most || own > most_prnu) {
            throw Error{
                ErrorKind::domain,
                {"les images uniformes ne le sont pas : dans le plan {}, la partie la plus "
                 "sombre vaut {} % de la plus claire, et des photosites voisins diffèrent de "
                 "{} % ; photographier une surface unie et mate, floue, éclairée également",
                 "the flats are not flat: in plane {} the darkest part is {} % of the "
                 "brightest, and neighbouring photosites differ by {} %; take a plain, matt "
                 "surface, out of focus, evenly lit"},
                plane_names[p],
                significant_text(100.0 * static_cast<double>(least / std::max(most, 1e-6F)), 2),
                significant_text(100.0 * tiles.usual_spread(p), 2)};
        }
    }
}

} // namespace cmq::capture
