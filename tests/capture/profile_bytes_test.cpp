// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_bytes.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::size_t area = 6 * 8;

// Every number another, so that two fields that change places are seen.
CameraProfile sample() {
    CameraProfile profile;
    profile.make = "Maker";
    profile.model = "Model é"; // UTF-8
    profile.unique_model = "Maker Model";
    profile.filter = "420 nm";
    profile.iso = 400;
    profile.dark_exposure_s = 1.5;
    profile.simulated = true;
    profile.shape = {6, 8};
    profile.cfa = make_cfa("GBRG");
    profile.white_level_dn = 16'383;
    profile.black_dn = {511, 512, 513, 514};
    double next = 1;
    auto const number = [&] {
        next += 0.25;
        return Measured{next, 0.01 * next, 0.9 * next, 1.1 * next};
    };
    for (PlaneProfile& plane : profile.planes) {
        plane = {number(),
                 number(),
                 number(),
                 number(),
                 number(),
                 true,
                 number(),
                 number(),
                 number(),
                 number(),
                 number()};
        plane.prnu = {0.01, 0.001, 0.005, 0.015};
        plane.linearity_error = Measured{0.02, 0.002, 0.01, 0.03};
    }
    profile.planes[2].saturation_reached = false;
    profile.planes[0].curvature_per_dn = Measured{-1e-6, 1e-7, -2e-6, -5e-7};
    profile.planes[1].curvature_per_dn = {};
    profile.planes[2].curvature_per_dn = {};
    profile.planes[3].curvature_per_dn = {};
    profile.planes[3].linearity_error = {};
    profile.dark_dn.assign(area, -0.25F);
    profile.dark_dn[5] = 3.5F;
    profile.dark_sigma_dn = {0.1, 0.2, 0.3, 0.4};
    profile.flat.assign(area, 1.0F);
    profile.flat[7] = 0.5F;
    profile.flat_sigma = {0.01, 0.02, 0.03, 0.04};
    profile.defects.assign(area, 0);
    profile.defects[9] = mask_bit::hot;
    profile.defects[10] = mask_bit::dead | mask_bit::no_data;
    profile.hot_photosites = 1;
    profile.dead_photosites = 2;
    profile.dark_frames = 3;
    profile.flat_pairs = 4;
    profile.transfer = {{.exposure_s = 0.5,
                         .frames = 2,
                         .mean_dn = {1, 2, 3, 4},
                         .variance_dn2 = {5, 6, 7, 8},
                         .in_gain = {true, false, true, false},
                         .in_flat = {false, true, true, true}},
                        {.exposure_s = {}, .frames = 5}};
    profile.notes = {ProfileNote::few_levels, ProfileNote::iso_unknown};
    profile.sources = {std::string(64, 'a'), std::string(64, '0')};
    return profile;
}

void expect_equal(Measured const& a, Measured const& b) {
    EXPECT_EQ(a.value, b.value);
    EXPECT_EQ(a.sigma, b.sigma);
    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
}

void expect_equal(std::optional<Measured> const& a, std::optional<Measured> const& b) {
    ASSERT_EQ(a.has_value(), b.has_value());
    if (a) {
        expect_equal(*a, *b);
    }
}

TEST(ToCameraProfile, GivesBackWhatToBytesWrote) {
    CameraProfile const in = sample();
    CameraProfile const out = to_camera_profile(to_bytes(in));
    EXPECT_EQ(out.make, in.make);
    EXPECT_EQ(out.model, in.model);
    EXPECT_EQ(out.unique_model, in.unique_model);
    EXPECT_EQ(out.filter, in.filter);
    EXPECT_EQ(out.iso, in.iso);
    EXPECT_EQ(out.dark_exposure_s, in.dark_exposure_s);
    EXPECT_TRUE(out.simulated);
    EXPECT_EQ(out.shape, in.shape);
    EXPECT_EQ(out.cfa, in.cfa);
    EXPECT_EQ(out.white_level_dn, in.white_level_dn);
    EXPECT_EQ(out.black_dn, in.black_dn);
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneProfile const& a = out.planes[p];
        PlaneProfile const& b = in.planes[p];
        expect_equal(a.gain_dn, b.gain_dn);
        expect_equal(a.read_noise_dn, b.read_noise_dn);
        expect_equal(a.temporal_dark_dn, b.temporal_dark_dn);
        expect_equal(a.dark_signal_dn, b.dark_signal_dn);
        expect_equal(a.saturation_dn, b.saturation_dn);
        EXPECT_EQ(a.saturation_reached, b.saturation_reached);
        expect_equal(a.prnu, b.prnu);
        expect_equal(a.dsnu_dn, b.dsnu_dn);
        expect_equal(a.row_noise_dn, b.row_noise_dn);
        expect_equal(a.linearity_error, b.linearity_error);
        expect_equal(a.curvature_per_dn, b.curvature_per_dn);
    }
    EXPECT_EQ(out.dark_dn, in.dark_dn);
    EXPECT_EQ(out.dark_sigma_dn, in.dark_sigma_dn);
    EXPECT_EQ(out.flat, in.flat);
    EXPECT_EQ(out.flat_sigma, in.flat_sigma);
    EXPECT_EQ(out.defects, in.defects);
    EXPECT_EQ(out.hot_photosites, 1U);
    EXPECT_EQ(out.dead_photosites, 2U);
    EXPECT_EQ(out.dark_frames, 3U);
    EXPECT_EQ(out.flat_pairs, 4U);
    ASSERT_EQ(out.transfer.size(), 2U);
    EXPECT_EQ(out.transfer[0].exposure_s, 0.5);
    EXPECT_EQ(out.transfer[0].frames, 2U);
    EXPECT_EQ(out.transfer[0].mean_dn, in.transfer[0].mean_dn);
    EXPECT_EQ(out.transfer[0].variance_dn2, in.transfer[0].variance_dn2);
    EXPECT_EQ(out.transfer[0].in_gain, in.transfer[0].in_gain);
    EXPECT_EQ(out.transfer[0].in_flat, in.transfer[0].in_flat);
    EXPECT_EQ(out.transfer[1].exposure_s, std::nullopt);
    EXPECT_EQ(out.notes, in.notes);
    EXPECT_EQ(out.sources, in.sources);
    EXPECT_EQ(to_bytes(out), to_bytes(in));
    EXPECT_NO_THROW(check_profile(out));
}

std::optional<ErrorKind> refusal(std::vector<std::byte> const& bytes) {
    try {
        static_cast<void>(to_camera_profile(bytes));
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(ToCameraProfile, RefusesEveryLengthButItsOwn) {
    auto bytes = to_bytes(sample());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ASSERT_EQ(refusal({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)}),
                  ErrorKind::format)
            << length;
    }
    bytes.push_back(std::byte{0});
    EXPECT_EQ(refusal(bytes), ErrorKind::format);
}

// A length beyond the bytes takes no memory: any eight bytes at the greatest number end in a refusal or a profile.
TEST(ToCameraProfile, RefusesLengthsThatLie) {
    auto const whole = to_bytes(sample());
    std::size_t refused = 0;
    for (std::size_t place = 0; place + 8 <= whole.size(); place += 8) {
        auto bytes = whole;
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(place), 8, std::byte{0xff});
        refused += refusal(bytes) == ErrorKind::format ? 1U : 0U;
    }
    auto first = whole; // the length of the first text
    first[7] = std::byte{0x7f};
    EXPECT_EQ(refusal(first), ErrorKind::format);
    EXPECT_GT(refused, 0U);
}

void expect_refused(std::function<void(CameraProfile&)> const& change, char const* what) {
    CameraProfile profile = sample();
    change(profile);
    try {
        check_profile(profile);
        ADD_FAILURE() << what;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format) << what;
    }
}

TEST(CheckProfile, RefusesNumbersOutOfTheirBounds) {
    static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    static constexpr double infinite = std::numeric_limits<double>::infinity();
    using P = CameraProfile;
    expect_refused([](P& p) { p.planes[1].gain_dn.value = nan; }, "gain NaN");
    expect_refused([](P& p) { p.planes[1].gain_dn = {0, 0, 0, 1}; }, "gain 0");
    expect_refused([](P& p) { p.planes[2].dsnu_dn.high = infinite; }, "interval without end");
    expect_refused([](P& p) { p.planes[2].dsnu_dn.low = p.planes[2].dsnu_dn.value + 1; },
                   "interval without its value");
    expect_refused([](P& p) { p.planes[3].prnu.sigma = -0.1; }, "negative uncertainty");
    expect_refused([](P& p) { p.planes[0].curvature_per_dn = Measured{2, 0, 2, 2}; }, "curvature");
    expect_refused([](P& p) { p.planes[0].linearity_error = Measured{-1, 0, -1, 1}; }, "linearity");
    expect_refused([](P& p) { p.iso = -1; }, "ISO");
    expect_refused([](P& p) { p.dark_exposure_s = infinite; }, "exposure");
    expect_refused([](P& p) { p.white_level_dn = 0; }, "white level");
    expect_refused([](P& p) { p.black_dn[2] = -1; }, "black level");
    expect_refused([](P& p) { p.dark_sigma_dn[0] = nan; }, "sigma of the dark map");
    expect_refused([](P& p) { p.flat_sigma[0] = 1.5; }, "sigma of the flat map");
    expect_refused([](P& p) { p.transfer[0].variance_dn2[1] = -1; }, "transfer");
    expect_refused([](P& p) { p.transfer[0].exposure_s = nan; }, "transfer's exposure");
}

TEST(CheckProfile, RefusesMapsAndTextsThatCannotBe) {
    using P = CameraProfile;
    expect_refused([](P& p) { p.cfa.cell[0] = p.cfa.cell[1]; }, "mosaic");
    expect_refused([](P& p) { p.shape = {0, 8}; }, "no rows");
    expect_refused([](P& p) { p.shape = {8, 8}; }, "another size");
    expect_refused([](P& p) { p.flat.pop_back(); }, "flat map of another size");
    expect_refused([](P& p) { p.defects.clear(); }, "no defects map");
    expect_refused([](P& p) { p.dark_dn[3] = std::numeric_limits<float>::quiet_NaN(); },
                   "dark map");
    expect_refused([](P& p) { p.flat[3] = 0; }, "flat of 0");
    expect_refused([](P& p) { p.flat[3] = 1e9F; }, "flat too great");
    expect_refused([](P& p) { p.defects[3] = mask_bit::saturated; }, "unknown mark");
    expect_refused([](P& p) { p.make = "a\nb"; }, "line break");
    expect_refused([](P& p) { p.filter = std::string(1001, 'x'); }, "long text");
    expect_refused([](P& p) { p.sources[0][5] = 'G'; }, "no hash");
    expect_refused([](P& p) { p.sources[0].pop_back(); }, "short hash");
    expect_refused([](P& p) { p.notes[0] = static_cast<ProfileNote>(200); }, "unknown note");
    // A photosite of response 0 that is known to be bad, and no flat map at all, are fine.
    CameraProfile fine = sample();
    fine.flat[9] = 0;
    EXPECT_NO_THROW(check_profile(fine));
    fine.flat.clear();
    EXPECT_NO_THROW(check_profile(fine));
}

} // namespace
