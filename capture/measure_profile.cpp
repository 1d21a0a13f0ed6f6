// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_profile.hpp"

#include "capture/profile_maps.hpp"
#include "capture/profile_measurement.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace cmq::capture {
namespace {

constexpr std::ptrdiff_t least_height = 128; // 8 bands of 8 rows of a plane
constexpr std::ptrdiff_t least_width = 64;
constexpr double hot_noises = 4.0; // read noises: less adds little noise of its own

ProfileSource file_source(std::filesystem::path const& path, ReadSettings const& settings) {
    return {path.string(), [path, settings] { return read_capture(path, settings); }};
}

} // namespace

void ProfileMeasurement::check_counts() const {
    if (sources_.darks.size() < 2) {
        throw Error{ErrorKind::insufficient,
                    {"il faut au moins deux images d’obscurité d’une même pose, et il y en a {}",
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

Capture ProfileMeasurement::read_first(ProfileSource const& source, std::vector<Seen>& seen) {
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

void ProfileMeasurement::look_at_darks() {
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

void ProfileMeasurement::look_at_flats() {
    for (ProfileSource const& source : sources_.flats) {
        (void)read_first(source, flats_);
    }
}

void ProfileMeasurement::check() {
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

void ProfileMeasurement::find_hot() {
    Seen const& first = darks_.front();
    PerPlane<double> least{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        // Never below the noise of the mean itself, which a map of few whole numbers may hide.
        least[p] = std::max(hot_noises * rough_noise_[p], 2.0);
    }
    profile_.hot_photosites =
        mark_hot(profile_.dark_dn, first.shape, first.cfa, least, profile_.defects, threads_);
}

CameraProfile ProfileMeasurement::run() {
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

CameraProfile measure_profile(ProfileSources const& sources, unsigned threads) {
    return ProfileMeasurement{sources, threads}.run();
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
