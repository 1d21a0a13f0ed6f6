// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_measurement.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr double most_row_flicker = 0.01; // relative shift of rows from flat to flat

} // namespace

// The second reading: the same bytes, or none.
Capture ProfileMeasurement::read_again(ProfileSource const& source, Seen const& seen) const {
    Capture capture = source.read();
    if (capture.sha256 != seen.sha256 || capture.frame.shape != seen.shape) {
        throw Error{ErrorKind::integrity,
                    {"« {} » a changé pendant la lecture", "'{}' changed while it was read"},
                    source.name};
    }
    return capture;
}

FrameContrasts ProfileMeasurement::contrasts(bool scaled) const {
    return {darks_.front().shape, darks_.front().cfa, profile_.defects, scaled, threads_};
}

void ProfileMeasurement::add_darks() {
    FrameContrasts frames = contrasts(false);
    for (std::size_t i = 0; i < darks_.size(); ++i) {
        frames.add(read_again(sources_.darks[i], darks_[i]).frame);
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneSums& sums = planes_[p];
        sums.dark = frames.sums()[p];
        sums.dark_frames = darks_.size();
        sums.rows = Bands{darks_.front().shape}.rows;
        for (Seen const& dark : darks_) {
            sums.black_sigma_dn = std::max(sums.black_sigma_dn, dark.black_sigma_dn[p]);
            profile_.black_dn[p] += dark.black_dn[p] / static_cast<double>(darks_.size());
        }
        sums.stated_saturation_dn = darks_.front().white_level_dn - profile_.black_dn[p];
    }
}

void ProfileMeasurement::add_flats() {
    profile_.flat.resize(profile_.dark_dn.size());
    for (Level const& level : levels_) {
        FrameContrasts frames = contrasts(true);
        for (std::size_t const i : level.flats) {
            frames.add(read_again(sources_.flats[i], flats_[i]).frame);
        }
        PerPlane<bool> in_flat{};
        PerPlane<double> variance{};
        for (std::size_t p = 0; p < plane_count; ++p) {
            LevelSums sums;
            sums.bands = frames.sums()[p];
            sums.exposure_s = level.exposure_s;
            for (std::size_t k = 0; k < level.flats.size(); ++k) {
                sums.means_dn.push_back(frames.means()[k][p]);
                sums.saturated_share =
                    std::max(sums.saturated_share, flats_[level.flats[k]].saturated_share[p]);
            }
            planes_[p].levels.push_back(std::move(sums));
            // Judged again when all levels are known; what is in the map stays as it is now.
            (void)find_saturation_of(planes_[p]);
            in_flat[p] = planes_[p].levels.back().in_flat;
            variance[p] = check_rows(level, p);
        }
        for (std::size_t const i : level.flats) {
            check_lossless(flats_[i], variance);
        }
        add_to_flat(frames, in_flat);
        in_map_.push_back(in_flat);
    }
}

// Variance within rows of the level added last; refuses rows that shift from flat to flat.
double ProfileMeasurement::check_rows(Level const& level, std::size_t p) const {
    ContrastSums all;
    for (ContrastSums const& band : planes_[p].levels.back().bands) {
        all += band;
    }
    double const variance = all.within_degrees > 0 ? all.within_squares / all.within_degrees : 0.0;
    double const rows =
        all.rows > 0 ? all.row_squares / all.rows - variance * all.row_share / all.rows : 0.0;
    double const mean = planes_[p].levels.back().means_dn.front();
    double const dark = std::max(rough_noise_[p], 1.0);
    if (std::sqrt(std::max(rows - dark * dark, 0.0)) > most_row_flicker * mean) {
        throw Error{ErrorKind::domain,
                    {"la lumière des images uniformes « {} » et suivantes change de ligne en "
                     "ligne ({} %) : la lampe clignote pendant la pose ; poser plus longtemps "
                     "ou alimenter la lampe en courant continu",
                     "the light of the flats '{}' and after changes from row to row ({} %): "
                     "the lamp flickers during the exposure; expose longer or feed the lamp "
                     "with direct current"},
                    flats_[level.flats.front()].name,
                    significant_text(100.0 * std::sqrt(rows) / mean, 2)};
    }
    return variance;
}

void ProfileMeasurement::add_to_flat(FrameContrasts const& frames, PerPlane<bool> const& in_flat) {
    Seen const& first = darks_.front();
    auto const width = static_cast<std::size_t>(first.shape.width);
    auto const n = static_cast<float>(frames.frames());
    parallel_blocks(static_cast<std::size_t>(first.shape.height), threads_, [&](std::size_t y) {
        for (std::size_t x = 0; x < width; ++x) {
            auto const p = static_cast<std::size_t>(
                first.cfa.at(static_cast<std::ptrdiff_t>(y), static_cast<std::ptrdiff_t>(x)));
            std::size_t const at = y * width + x;
            if (in_flat[p]) {
                profile_.flat[at] += frames.total()[at] - n * profile_.dark_dn[at];
            }
        }
    });
}

} // namespace cmq::capture
