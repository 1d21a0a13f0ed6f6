// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_profile.hpp"

#include "capture/profile_bytes.hpp"
#include "capture/profile_fields.hpp"
#include "capture/profile_reader/profile_kind.hpp"
#include "system/file.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/write.hpp"
#include "system/sha256.hpp"

#include <hdf5.h>

#include <array>
#include <limits>

namespace cmq::capture {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

void describe(H5Handle const& dataset, std::string const& unit, std::string const& meaning) {
    write_attribute(dataset.get(), "meaning", meaning);
    write_attribute(dataset.get(), "unit", unit);
}

void write_setting(hid_t file, CameraProfile const& profile) {
    H5Handle const camera = make_group(file, "camera");
    write_attribute(camera.get(), "cfa", profile.cfa.name());
    write_attribute(camera.get(), "filter", profile.filter);
    write_attribute(camera.get(), "make", profile.make);
    write_attribute(camera.get(), "model", profile.model);
    write_attribute(camera.get(), "simulated", std::int64_t{profile.simulated ? 1 : 0});
    write_attribute(camera.get(), "unique_model", profile.unique_model);
    H5Handle const setting = make_group(file, "setting");
    write_attribute(setting.get(), "dark_exposure_s", profile.dark_exposure_s.value_or(none));
    write_attribute(setting.get(), "dark_frames", static_cast<std::int64_t>(profile.dark_frames));
    write_attribute(
        setting.get(), "dead_photosites", static_cast<std::int64_t>(profile.dead_photosites));
    write_attribute(setting.get(), "flat_pairs", static_cast<std::int64_t>(profile.flat_pairs));
    write_attribute(
        setting.get(), "hot_photosites", static_cast<std::int64_t>(profile.hot_photosites));
    write_attribute(setting.get(), "iso", profile.iso.value_or(none));
    write_attribute(setting.get(), "white_level_dn", profile.white_level_dn);
}

void write_per_plane(hid_t group,
                     char const* name,
                     PerPlane<double> const& values,
                     char const* unit,
                     char const* meaning) {
    describe(
        write_cells(group, name, std::vector<double>{values.begin(), values.end()}), unit, meaning);
}

void write_planes(hid_t file, CameraProfile const& profile) {
    H5Handle const group = make_group(file, "planes");
    constexpr std::array extent{hsize_t{plane_count}, hsize_t{4}};
    for (ProfileField const& field : profile_fields) {
        std::vector<double> values;
        for (PlaneProfile const& plane : profile.planes) {
            Measured const& one = plane.*field.member;
            values.insert(values.end(), {one.value, one.sigma, one.low, one.high});
        }
        describe(
            write_dataset(
                group.get(), field.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, extent, values.data()),
            field.unit,
            field.meaning);
    }
    for (OptionalProfileField const& field : optional_profile_fields) {
        std::vector<double> values;
        for (PlaneProfile const& plane : profile.planes) {
            Measured const one = (plane.*field.member).value_or(Measured{none, none, none, none});
            values.insert(values.end(), {one.value, one.sigma, one.low, one.high});
        }
        describe(
            write_dataset(
                group.get(), field.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, extent, values.data()),
            field.unit,
            field.meaning);
    }
    std::vector<std::int64_t> reached;
    for (PlaneProfile const& plane : profile.planes) {
        reached.push_back(plane.saturation_reached ? 1 : 0);
    }
    describe(write_cells(group.get(), "saturation_reached", reached),
             "",
             "1: a flat reaches saturation; 0: it is as the files state");
    write_per_plane(
        group.get(), "black", profile.black_dn, "DN", "raw black level of the dark frames, mean");
    write_per_plane(group.get(),
                    "dark_sigma",
                    profile.dark_sigma_dn,
                    "DN",
                    "standard uncertainty of a photosite of the dark map");
    write_per_plane(group.get(),
                    "flat_sigma",
                    profile.flat_sigma,
                    "1",
                    "standard uncertainty of a photosite of the flat map, at its mean 1");
}

void write_transfer(hid_t file, CameraProfile const& profile) {
    H5Handle const group = make_group(file, "transfer");
    std::vector<double> exposure;
    std::vector<std::int64_t> frames;
    std::vector<double> mean;
    std::vector<double> variance;
    std::vector<std::uint8_t> in_gain;
    std::vector<std::uint8_t> in_flat;
    for (TransferPoint const& point : profile.transfer) {
        exposure.push_back(point.exposure_s.value_or(none));
        frames.push_back(static_cast<std::int64_t>(point.frames));
        mean.insert(mean.end(), point.mean_dn.begin(), point.mean_dn.end());
        variance.insert(variance.end(), point.variance_dn2.begin(), point.variance_dn2.end());
        for (std::size_t p = 0; p < plane_count; ++p) {
            in_gain.push_back(point.in_gain[p] ? 1 : 0);
            in_flat.push_back(point.in_flat[p] ? 1 : 0);
        }
    }
    std::array const extent{hsize_t{profile.transfer.size()}, hsize_t{plane_count}};
    describe(write_cells(group.get(), "exposure", exposure), "s", "as stated; NaN: not stated");
    describe(write_cells(group.get(), "frames", frames), "", "flats of that exposure");
    auto const put = [&](char const* name, hid_t type, hid_t memory, void const* data) {
        return write_dataset(group.get(), name, type, memory, extent, data);
    };
    describe(put("mean", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, mean.data()),
             "DN",
             "mean above the dark frames");
    describe(put("variance", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, variance.data()),
             "DN^2",
             "temporal variance of a photosite, without the shift of rows");
    describe(put("in_gain", H5T_STD_U8LE, H5T_NATIVE_UINT8, in_gain.data()),
             "",
             "1: the gain's line goes through it");
    describe(put("in_flat", H5T_STD_U8LE, H5T_NATIVE_UINT8, in_flat.data()),
             "",
             "1: it has a part in the flat map");
}

void write_maps(hid_t file, CameraProfile const& profile) {
    H5Handle const group = make_group(file, "maps");
    std::array const extent{static_cast<hsize_t>(profile.shape.height),
                            static_cast<hsize_t>(profile.shape.width)};
    auto const put = [&](char const* name, hid_t type, hid_t memory, void const* data) {
        return write_dataset(group.get(), name, type, memory, extent, data);
    };
    describe(put("dark", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, profile.dark_dn.data()),
             "DN",
             "mean of the dark frames above black");
    describe(put("defects", H5T_STD_U8LE, H5T_NATIVE_UINT8, profile.defects.data()),
             "",
             "bits: 2 hot, 4 dead, 16 no data");
    if (!profile.flat.empty()) {
        describe(put("flat", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, profile.flat.data()),
                 "1",
                 "response times illumination, mean 1 in each plane");
    }
}

void write_lists(hid_t file, CameraProfile const& profile) {
    std::vector<std::string> notes;
    for (ProfileNote const note : profile.notes) {
        notes.emplace_back(to_text(note));
    }
    describe(write_cells(file, "notes", notes), "", "what is left open, or speaks against it");
    describe(
        write_cells(file, "sources", profile.sources), "", "SHA-256 of the files it was made from");
}

} // namespace

std::vector<std::byte> to_profile_h5(CameraProfile const& profile) {
    check_profile(profile);
    return to_h5(profile_kind, [&](hid_t file) {
        write_setting(file, profile);
        write_planes(file, profile);
        write_transfer(file, profile);
        write_maps(file, profile);
        write_lists(file, profile);
    });
}

std::string write_profile(std::filesystem::path const& path, CameraProfile const& profile) {
    auto const bytes = to_profile_h5(profile);
    write_file(path, bytes);
    return sha256_hex(bytes);
}

} // namespace cmq::capture
