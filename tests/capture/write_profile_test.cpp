// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_profile.hpp"

#include "capture/read_profile.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "tests/capture/photon_transfer_runs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <unistd.h>

namespace {

using namespace cmq::capture;
using cmq::Error;
using cmq::ErrorKind;

std::filesystem::path const reader{CMQ_BINARY_DIR "/bin/contremarque-profile-reader"};

CameraProfile const& sample() {
    static CameraProfile const profile = [] {
        photon_transfer::Bench bench;
        bench.side = 128;
        bench.darks = 2;
        bench.exposures_s = {0.2, 0.4, 0.8};
        CameraProfile made = photon_transfer::Session{bench, 1}.measure();
        made.filter = "Y(2) jaune, 450 nm";
        made.planes[2].linearity_error.reset();
        made.transfer[0].exposure_s.reset();
        return made;
    }();
    return profile;
}

void expect_equal(Measured const& a, Measured const& b) {
    EXPECT_EQ(a.value, b.value);
    EXPECT_EQ(a.sigma, b.sigma);
    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
}

TEST(WriteProfile, IsReadBackWhole) {
    CameraProfile const& profile = sample();
    auto const bytes = to_profile_h5(profile);
    CameraProfile const back = to_profile_from_h5(bytes, reader);
    EXPECT_EQ(back.sha256, cmq::sha256_hex(bytes));
    EXPECT_EQ(back.make, profile.make);
    EXPECT_EQ(back.model, profile.model);
    EXPECT_EQ(back.unique_model, profile.unique_model);
    EXPECT_EQ(back.filter, profile.filter);
    EXPECT_EQ(back.iso, profile.iso);
    EXPECT_EQ(back.dark_exposure_s, profile.dark_exposure_s);
    EXPECT_EQ(back.simulated, profile.simulated);
    EXPECT_EQ(back.shape, profile.shape);
    EXPECT_EQ(back.cfa, profile.cfa);
    EXPECT_EQ(back.white_level_dn, profile.white_level_dn);
    EXPECT_EQ(back.black_dn, profile.black_dn);
    EXPECT_EQ(back.dark_dn, profile.dark_dn);
    EXPECT_EQ(back.dark_sigma_dn, profile.dark_sigma_dn);
    EXPECT_EQ(back.flat, profile.flat);
    EXPECT_EQ(back.flat_sigma, profile.flat_sigma);
    EXPECT_EQ(back.defects, profile.defects);
    EXPECT_EQ(back.hot_photosites, profile.hot_photosites);
    EXPECT_EQ(back.dead_photosites, profile.dead_photosites);
    EXPECT_EQ(back.dark_frames, profile.dark_frames);
    EXPECT_EQ(back.flat_pairs, profile.flat_pairs);
    EXPECT_EQ(back.notes, profile.notes);
    EXPECT_EQ(back.sources, profile.sources);
    ASSERT_EQ(back.transfer.size(), profile.transfer.size());
    for (std::size_t i = 0; i < back.transfer.size(); ++i) {
        EXPECT_EQ(back.transfer[i].exposure_s, profile.transfer[i].exposure_s);
        EXPECT_EQ(back.transfer[i].frames, profile.transfer[i].frames);
        EXPECT_EQ(back.transfer[i].mean_dn, profile.transfer[i].mean_dn);
        EXPECT_EQ(back.transfer[i].variance_dn2, profile.transfer[i].variance_dn2);
        EXPECT_EQ(back.transfer[i].in_gain, profile.transfer[i].in_gain);
        EXPECT_EQ(back.transfer[i].in_flat, profile.transfer[i].in_flat);
    }
    for (std::size_t p = 0; p < cmq::plane_count; ++p) {
        PlaneProfile const& a = back.planes[p];
        PlaneProfile const& b = profile.planes[p];
        expect_equal(a.gain_dn, b.gain_dn);
        expect_equal(a.read_noise_dn, b.read_noise_dn);
        expect_equal(a.temporal_dark_dn, b.temporal_dark_dn);
        expect_equal(a.dark_signal_dn, b.dark_signal_dn);
        expect_equal(a.saturation_dn, b.saturation_dn);
        expect_equal(a.prnu, b.prnu);
        expect_equal(a.dsnu_dn, b.dsnu_dn);
        expect_equal(a.row_noise_dn, b.row_noise_dn);
        EXPECT_EQ(a.saturation_reached, b.saturation_reached);
        ASSERT_EQ(a.linearity_error.has_value(), b.linearity_error.has_value());
        if (a.linearity_error) {
            expect_equal(*a.linearity_error, *b.linearity_error);
        }
        ASSERT_EQ(a.curvature_per_dn.has_value(), b.curvature_per_dn.has_value());
        if (a.curvature_per_dn) {
            expect_equal(*a.curvature_per_dn, *b.curvature_per_dn);
        }
    }
}

TEST(WriteProfile, LeavesOutWhatIsNotThere) {
    CameraProfile profile = sample();
    profile.flat.clear();
    profile.flat_sigma = {};
    profile.iso.reset();
    profile.dark_exposure_s.reset();
    profile.transfer.clear();
    profile.notes.clear();
    profile.sources.clear();
    CameraProfile const back = to_profile_from_h5(to_profile_h5(profile), reader);
    EXPECT_TRUE(back.flat.empty());
    EXPECT_FALSE(back.iso.has_value());
    EXPECT_FALSE(back.dark_exposure_s.has_value());
    EXPECT_TRUE(back.transfer.empty() && back.notes.empty() && back.sources.empty());
}

TEST(WriteProfile, GivesEqualBytesForEqualProfiles) {
    EXPECT_EQ(to_profile_h5(sample()), to_profile_h5(sample()));
    CameraProfile other = sample();
    other.sha256 = "of another file";
    EXPECT_EQ(to_profile_h5(other), to_profile_h5(sample()));
    other.dark_dn[5] += 1.0F;
    EXPECT_NE(to_profile_h5(other), to_profile_h5(sample()));
}

TEST(WriteProfile, WritesTheFileThatItNames) {
    auto const path = std::filesystem::temp_directory_path() /
                      ("contremarque-profile-" + std::to_string(::getpid()) + ".h5");
    std::string const hash = write_profile(path, sample());
    EXPECT_EQ(read_profile(path, reader).sha256, hash);
    EXPECT_EQ(hash, cmq::sha256_hex(cmq::read_file(path)));
    std::filesystem::remove(path);
}

TEST(WriteProfile, RefusesWhatCouldNotBeReadBack) {
    auto const refuses = [](auto const& change) {
        CameraProfile profile = sample();
        change(profile);
        try {
            (void)to_profile_h5(profile);
        } catch (Error const& error) {
            return error.kind() == ErrorKind::format;
        }
        return false;
    };
    float const nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(refuses([](auto& p) { p.planes[0].gain_dn.value = 0.0; }));
    EXPECT_TRUE(refuses([](auto& p) { p.planes[1].gain_dn.high = p.planes[1].gain_dn.low; }));
    EXPECT_TRUE(refuses([=](auto& p) { p.planes[2].prnu.sigma = static_cast<double>(nan); }));
    EXPECT_TRUE(refuses([](auto& p) { p.planes[3].saturation_dn.high = 1e9; }));
    EXPECT_TRUE(refuses([=](auto& p) { p.dark_dn[7] = nan; }));
    EXPECT_TRUE(refuses([](auto& p) { p.dark_dn.pop_back(); }));
    EXPECT_TRUE(refuses([=](auto& p) { p.flat[7] = nan; }));
    EXPECT_TRUE(refuses([](auto& p) { p.flat[7] = -1.0F; }));
    EXPECT_TRUE(refuses([](auto& p) { p.defects[7] = 128; }));
    EXPECT_TRUE(refuses([](auto& p) { p.shape.width = 0; }));
    EXPECT_TRUE(refuses([](auto& p) { p.cfa.cell[0] = cmq::Plane::blue; }));
    EXPECT_TRUE(refuses([](auto& p) { p.sources[0] = "not a hash"; }));
    EXPECT_TRUE(refuses([](auto& p) { p.model = "bell \x07"; }));
    EXPECT_TRUE(refuses([](auto& p) { p.iso = -1.0; }));
    EXPECT_TRUE(refuses([](auto& p) { p.white_level_dn = 0.0; }));
    EXPECT_TRUE(refuses([](auto& p) { p.transfer[0].variance_dn2[0] = -1.0; }));
    EXPECT_FALSE(refuses([](auto&) {}));
}

} // namespace
