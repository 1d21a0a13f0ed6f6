// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_profile.hpp"

#include "capture/estimate_plane.hpp"
#include "capture/frame_contrasts.hpp"
#include "capture/profile_checks.hpp"
#include "capture/profile_maps.hpp"
#include "capture/student_interval.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cmq::capture {
namespace {

constexpr std::ptrdiff_t least_height = 128; // 8 bands of 8 rows of a plane
constexpr std::ptrdiff_t least_width = 64;
constexpr double hot_noises = 4.0;        // read noises: less adds little noise of its own
constexpr double most_prnu = 0.05;        // more between neighbours is a pattern of the surface
constexpr double least_of_lamp = 0.2;     // darkest tile of the flat map by the brightest
constexpr double most_row_flicker = 0.01; // relative shift of rows from flat to flat
constexpr double told_flicker = 0.005;
constexpr double most_flat_sigma = 0.05; // a noisier map does more harm than good
constexpr std::size_t enough_levels = 3;

// The way from files to a profile; each step fills in what the next one needs.
class Measurement {
public:
    Measurement(ProfileSources const& sources, unsigned threads)
        : sources_{sources}
        , threads_{threads} {}

    CameraProfile run() {
        check_counts();
        look_at_darks();
        look_at_flats();
        check();
        find_hot();
        add_darks();
        add_flats();
        finish_maps();
        estimate();
        describe();
        return std::move(profile_);
    }

private:
    void check_counts() const {
        if (sources_.darks.size() < 2) {
            throw Error{ErrorKind::insufficient,
                        {"il faut au moins deux images noires d’une même pose, et il y en a {}",
                         "at least two dark frames of one exposure are needed; there are {}"},
                        sources_.darks.size()};
        }
        if (sources_.flats.size() < 2) {
            throw Error{ErrorKind::insufficient,
                        {"il faut au moins deux images uniformes d’une même pose, et mieux deux à "
                         "chacune de trois poses ou plus ; il y en a {}",
                         "at least two flats of one exposure are needed, better two at each of "
                         "three or more exposures; there are {}"},
                        sources_.flats.size()};
        }
    }

    Capture read_first(ProfileSource const& source, std::vector<Seen>& seen) {
        Capture capture = source.read();
        Frame const& frame = capture.frame;
        if (frame.shape.height < least_height || frame.shape.width < least_width) {
            throw Error{ErrorKind::shape,
                        {"« {} » est trop petite pour un profil : il faut au moins {} x {} "
                         "photosites",
                         "'{}' is too small for a profile: at least {} x {} photosites are needed"},
                        source.name,
                        least_width,
                        least_height};
        }
        seen.push_back(look_at(capture, source.name));
        Seen const& first = darks_.front();
        check_alike(first, seen.back());
        auto const area = static_cast<std::size_t>(frame.shape.area());
        profile_.defects.resize(area);
        for (std::size_t i = 0; i < area; ++i) {
            if ((frame.mask[i] & mask_bit::no_data) != 0) {
                profile_.defects[i] = mask_bit::no_data;
            }
        }
        return capture;
    }

    void look_at_darks() {
        for (ProfileSource const& source : sources_.darks) {
            Capture const capture = read_first(source, darks_);
            check_not_cut_off(darks_.back());
            std::vector<float> const& value = capture.frame.value;
            profile_.dark_dn.resize(value.size());
            for (std::size_t i = 0; i < value.size(); ++i) {
                profile_.dark_dn[i] += value[i];
            }
            if (darks_.size() == 1) {
                rough_noise_ = capture.frame.noise.read_noise_dn;
            }
        }
        auto const frames = static_cast<float>(darks_.size());
        for (float& value : profile_.dark_dn) {
            value /= frames;
        }
    }

    void look_at_flats() {
        for (ProfileSource const& source : sources_.flats) {
            (void)read_first(source, flats_);
        }
    }

    void check() {
        std::vector<std::string> hashes;
        for (auto const* list : {&darks_, &flats_}) {
            for (Seen const& one : *list) {
                if (!one.sha256.empty() && std::ranges::find(hashes, one.sha256) != hashes.end()) {
                    throw Error{ErrorKind::domain,
                                {"« {} » figure deux fois : un profil a besoin de prises de vue "
                                 "distinctes",
                                 "'{}' is given twice: a profile needs captures of their own"},
                                one.name};
                }
                hashes.push_back(one.sha256);
            }
        }
        check_darks(darks_, rough_noise_);
        levels_ = to_levels(flats_);
        check_against_darks(darks_, flats_, rough_noise_);
        profile_.sources = std::move(hashes);
    }

    void find_hot() {
        Seen const& first = darks_.front();
        PerPlane<double> least{};
        for (std::size_t p = 0; p < plane_count; ++p) {
            // Never below the noise of the mean itself, which a map of few whole numbers may hide.
            least[p] = std::max(hot_noises * rough_noise_[p], 2.0);
        }
        profile_.hot_photosites =
            mark_hot(profile_.dark_dn, first.shape, first.cfa, least, profile_.defects, threads_);
    }

    // The second reading: the same bytes, or none.
    Capture read_again(ProfileSource const& source, Seen const& seen) const {
        Capture capture = source.read();
        if (capture.sha256 != seen.sha256 || capture.frame.shape != seen.shape) {
            throw Error{ErrorKind::integrity,
                        {"« {} » a changé pendant la lecture", "'{}' changed while it was read"},
                        source.name};
        }
        return capture;
    }

    FrameContrasts contrasts(bool scaled) const {
        return {darks_.front().shape, darks_.front().cfa, profile_.defects, scaled, threads_};
    }

    void add_darks() {
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

    void add_flats() {
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
    double check_rows(Level const& level, std::size_t p) const {
        ContrastSums all;
        for (ContrastSums const& band : planes_[p].levels.back().bands) {
            all += band;
        }
        double const variance =
            all.within_degrees > 0 ? all.within_squares / all.within_degrees : 0.0;
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

    void add_to_flat(FrameContrasts const& frames, PerPlane<bool> const& in_flat) {
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

    void finish_maps() {
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

    void check_some_in_gain(std::size_t p) const {
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

    void normalise_flat() {
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

    void check_flat() const {
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

    void estimate() {
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
            profile_.dark_sigma_dn[p] = found->dark_sigma_dn;
            hidden = hidden || found->rounding_hides_noise;
        }
        note(hidden, ProfileNote::rounding_hides_noise);
    }

    void note(bool when, ProfileNote what) {
        if (when) {
            profile_.notes.push_back(what);
        }
    }

    void describe() {
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

    void add_transfer() {
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

    void add_notes() {
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

    ProfileSources const& sources_;
    unsigned threads_;
    std::vector<Seen> darks_;
    std::vector<Seen> flats_;
    std::vector<Level> levels_;
    std::vector<PerPlane<bool>> in_map_;
    PerPlane<double> rough_noise_{};
    PerPlane<PlaneSums> planes_;
    PerPlane<Saturation> saturation_;
    CameraProfile profile_;
};

ProfileSource file_source(std::filesystem::path const& path, ReadSettings const& settings) {
    return {path.string(), [path, settings] { return read_capture(path, settings); }};
}

} // namespace

CameraProfile measure_profile(ProfileSources const& sources, unsigned threads) {
    return Measurement{sources, threads}.run();
}

CameraProfile measure_profile(std::vector<std::filesystem::path> const& darks,
                              std::vector<std::filesystem::path> const& flats,
                              std::string const& filter,
                              ReadSettings const& settings) {
    ProfileSources sources;
    ReadSettings reading = settings;
    reading.full_frames = true;
    for (auto const& path : darks) {
        sources.darks.push_back(file_source(path, reading));
    }
    for (auto const& path : flats) {
        sources.flats.push_back(file_source(path, reading));
    }
    sources.filter = filter;
    return measure_profile(sources, settings.threads);
}

} // namespace cmq::capture
