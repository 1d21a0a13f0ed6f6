// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_reader/load_profile.hpp"

#include "capture/profile_fields.hpp"
#include "core/error.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/read.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr std::int64_t layout = 1;

template <class... Texts>
[[noreturn]] void broken(Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::format, Sentence{why, texts...}};
}

std::optional<double> known(double value) {
    return std::isnan(value) ? std::nullopt : std::optional{value};
}

std::size_t count_attribute(hid_t object, char const* name) {
    std::int64_t const count = whole_attribute(object, name);
    if (count < 0) {
        broken({"un nombre négatif", "a negative number"});
    }
    return static_cast<std::size_t>(count);
}

void load_setting(hid_t file, CameraProfile& profile) {
    H5Handle const camera = open_group(file, "camera");
    profile.cfa = make_cfa(text_attribute(camera.get(), "cfa"));
    profile.filter = text_attribute(camera.get(), "filter");
    profile.make = text_attribute(camera.get(), "make");
    profile.model = text_attribute(camera.get(), "model");
    profile.simulated = whole_attribute(camera.get(), "simulated") != 0;
    profile.unique_model = text_attribute(camera.get(), "unique_model");
    H5Handle const setting = open_group(file, "setting");
    profile.dark_exposure_s = known(number_attribute(setting.get(), "dark_exposure_s"));
    profile.dark_frames = count_attribute(setting.get(), "dark_frames");
    profile.dead_photosites = count_attribute(setting.get(), "dead_photosites");
    profile.flat_pairs = count_attribute(setting.get(), "flat_pairs");
    profile.hot_photosites = count_attribute(setting.get(), "hot_photosites");
    profile.iso = known(number_attribute(setting.get(), "iso"));
    profile.white_level_dn = number_attribute(setting.get(), "white_level_dn");
}

// A dataset of those sizes; 0: any.
H5Handle open_sized(hid_t group, std::string const& name, std::vector<hsize_t> const& sizes) {
    H5Handle dataset = open_dataset(group, name);
    auto const extent = extent_of(dataset.get(), static_cast<int>(sizes.size()));
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] != 0 && extent[i] != sizes[i]) {
            broken({"« {} » est d’une autre taille", "'{}' is of another size"}, name);
        }
    }
    return dataset;
}

std::vector<double> plane_numbers(hid_t group, std::string const& name, bool with_interval) {
    std::vector<hsize_t> sizes{plane_count};
    if (with_interval) {
        sizes.push_back(4);
    }
    H5Handle const dataset = open_sized(group, name, sizes);
    return read_numbers(dataset.get(), plane_count * (with_interval ? 4 : 1));
}

PerPlane<double> per_plane(hid_t group, std::string const& name) {
    PerPlane<double> values{};
    std::ranges::copy(plane_numbers(group, name, false), values.begin());
    return values;
}

Measured measured_at(std::vector<double> const& values, std::size_t p) {
    return {values[4 * p], values[4 * p + 1], values[4 * p + 2], values[4 * p + 3]};
}

void load_planes(hid_t file, CameraProfile& profile) {
    H5Handle const group = open_group(file, "planes");
    for (ProfileField const& field : profile_fields) {
        auto const values = plane_numbers(group.get(), field.name, true);
        for (std::size_t p = 0; p < plane_count; ++p) {
            profile.planes[p].*field.member = measured_at(values, p);
        }
    }
    for (OptionalProfileField const& field : optional_profile_fields) {
        auto const values = plane_numbers(group.get(), field.name, true);
        for (std::size_t p = 0; p < plane_count; ++p) {
            Measured const one = measured_at(values, p);
            profile.planes[p].*field.member =
                std::isnan(one.value) ? std::nullopt : std::optional{one};
        }
    }
    H5Handle const dataset = open_sized(group.get(), "saturation_reached", {plane_count});
    auto const reached = read_wholes(dataset.get(), plane_count);
    for (std::size_t p = 0; p < plane_count; ++p) {
        profile.planes[p].saturation_reached = reached[p] != 0;
    }
    profile.black_dn = per_plane(group.get(), "black");
    profile.dark_sigma_dn = per_plane(group.get(), "dark_sigma");
    profile.flat_sigma = per_plane(group.get(), "flat_sigma");
}

void load_transfer(hid_t file, CameraProfile& profile) {
    H5Handle const group = open_group(file, "transfer");
    H5Handle const exposures = open_sized(group.get(), "exposure", {0});
    auto const points = extent_of(exposures.get(), 1).front();
    auto const count = static_cast<std::size_t>(points);
    auto const exposure = read_numbers(exposures.get(), count);
    auto const open = [&](char const* name) {
        return open_sized(group.get(), name, {points, plane_count});
    };
    H5Handle const frames_of = open_sized(group.get(), "frames", {points});
    auto const frames = read_wholes(frames_of.get(), count);
    auto const mean = read_numbers(open("mean").get(), count * plane_count);
    auto const variance = read_numbers(open("variance").get(), count * plane_count);
    auto const in_gain = read_bytes(open("in_gain").get(), count * plane_count);
    auto const in_flat = read_bytes(open("in_flat").get(), count * plane_count);
    for (std::size_t i = 0; i < count; ++i) {
        TransferPoint point;
        point.exposure_s = known(exposure[i]);
        point.frames = static_cast<std::size_t>(std::max<std::int64_t>(frames[i], 0));
        for (std::size_t p = 0; p < plane_count; ++p) {
            point.mean_dn[p] = mean[plane_count * i + p];
            point.variance_dn2[p] = variance[plane_count * i + p];
            point.in_gain[p] = in_gain[plane_count * i + p] != 0;
            point.in_flat[p] = in_flat[plane_count * i + p] != 0;
        }
        profile.transfer.push_back(point);
    }
}

void load_maps(hid_t file, CameraProfile& profile) {
    H5Handle const group = open_group(file, "maps");
    H5Handle const dark = open_sized(group.get(), "dark", {0, 0});
    auto const extent = extent_of(dark.get(), 2);
    // The scan has bounded their product.
    profile.shape = {static_cast<std::ptrdiff_t>(extent[0]),
                     static_cast<std::ptrdiff_t>(extent[1])};
    auto const area = static_cast<std::size_t>(extent[0] * extent[1]);
    profile.dark_dn = read_floats(dark.get(), area);
    profile.defects = read_bytes(open_sized(group.get(), "defects", extent).get(), area);
    if (H5Lexists(group.get(), "flat", H5P_DEFAULT) > 0) {
        profile.flat = read_floats(open_sized(group.get(), "flat", extent).get(), area);
    }
}

ProfileNote note_of(std::string const& text) {
    if (auto const note = to_profile_note(text)) {
        return *note;
    }
    broken({"une remarque inconnue", "an unknown note"});
}

void load_lists(hid_t file, CameraProfile& profile) {
    H5Handle const notes = open_sized(file, "notes", {0});
    for (std::string const& text :
         read_texts(notes.get(), static_cast<std::size_t>(extent_of(notes.get(), 1).front()))) {
        profile.notes.push_back(note_of(text));
    }
    H5Handle const sources = open_sized(file, "sources", {0});
    profile.sources =
        read_texts(sources.get(), static_cast<std::size_t>(extent_of(sources.get(), 1).front()));
}

} // namespace

CameraProfile load_profile(hid_t file) {
    try {
        if (whole_attribute(file, "layout") != layout) {
            broken(
                {"sa structure ne porte pas le numéro 1", "its layout has another number than 1"});
        }
        CameraProfile profile;
        load_setting(file, profile);
        load_planes(file, profile);
        load_transfer(file, profile);
        load_maps(file, profile);
        load_lists(file, profile);
        return profile;
    } catch (Error const& error) {
        throw Error{ErrorKind::format,
                    {"le profil d’appareil est endommagé ou d’une autre structure : {}",
                     "the camera profile is damaged or of another layout: {}"},
                    error.sentence()};
    }
}

} // namespace cmq::capture
