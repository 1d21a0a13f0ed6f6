// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_profile.hpp"

#include "capture/profile_reader/profile_kind.hpp"
#include "capture/write_profile.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/h5/user_block.hpp"
#include "system/h5/write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace cmq::capture;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

std::filesystem::path const reader{CMQ_BINARY_DIR "/bin/contremarque-profile-reader"};

/// 2 x 4 photosites; every number in its range.
CameraProfile tiny() {
    CameraProfile profile;
    profile.model = "X";
    profile.shape = {2, 4};
    profile.white_level_dn = 4095;
    profile.dark_dn.assign(8, 0.5F);
    profile.flat.assign(8, 1.0F);
    profile.defects.assign(8, 0);
    for (PlaneProfile& plane : profile.planes) {
        plane.gain_dn = {0.5, 0.01, 0.48, 0.52};
        plane.saturation_dn = {4000, 0, 3000, 4000};
    }
    return profile;
}

struct Refusal {
    ErrorKind kind = ErrorKind::usage; // nothing was refused
    std::string text;
};

Refusal refusal_of(std::vector<std::byte> const& bytes) {
    try {
        (void)to_profile_from_h5(bytes, reader);
    } catch (Error const& error) {
        return {error.kind(), error.full_text()};
    }
    return {};
}

TEST(ReadProfile, RefusesAnotherFile) {
    EXPECT_EQ(refusal_of(std::vector<std::byte>(1000)).kind, ErrorKind::format);
    auto bytes = to_profile_h5(tiny());
    bytes.resize(bytes.size() - 1);
    EXPECT_EQ(refusal_of(bytes).kind, ErrorKind::integrity);
    EXPECT_THAT(refusal_of(bytes).text, HasSubstr("the camera profile is not the one"));
    EXPECT_THROW((void)read_profile("/no/such.h5", reader), Error);
}

/// A file of that kind with anything in it, under a hash that fits.
Refusal refusal_with(std::function<void(hid_t)> const& fill) {
    return refusal_of(cmq::to_h5(profile_kind, fill));
}

TEST(ReadProfile, RefusesAnotherLayout) {
    Refusal const empty = refusal_with([](hid_t) {});
    EXPECT_EQ(empty.kind, ErrorKind::format);
    EXPECT_THAT(empty.text, HasSubstr("damaged or of another layout: "));
    Refusal const deep = refusal_with([](hid_t file) {
        auto const group = cmq::make_group(file, "camera");
        (void)cmq::make_group(group.get(), "inside");
    });
    EXPECT_EQ(deep.kind, ErrorKind::unsupported);
    EXPECT_THAT(deep.text,
                HasSubstr("groups inside groups, which no camera profile of this program does"));
}

TEST(ReadProfile, RefusesMoreDataThanAFrameHas) {
    Refusal const bomb = refusal_with([](hid_t file) {
        // 60000 x 60000 photosites of zeros that are not even stored: 14 GB when read.
        std::array<hsize_t, 2> const extent{60'000, 60'000};
        std::array<hsize_t, 2> const chunk{1000, 1000};
        cmq::H5Handle const properties{H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties"};
        H5Pset_chunk(properties.get(), 2, chunk.data());
        H5Pset_fletcher32(properties.get());
        cmq::H5Handle const space{H5Screate_simple(2, extent.data(), nullptr), H5Sclose, "space"};
        cmq::H5Handle const dataset{H5Dcreate2(file,
                                               "dark",
                                               H5T_IEEE_F32LE,
                                               space.get(),
                                               H5P_DEFAULT,
                                               properties.get(),
                                               H5P_DEFAULT),
                                    H5Dclose,
                                    "dataset"};
    });
    EXPECT_EQ(bomb.kind, ErrorKind::unsupported);
    EXPECT_THAT(bomb.text, HasSubstr("more data than the limit"));
}

TEST(ReadProfile, NeverTakesDamageForNumbers) {
    CameraProfile const profile = tiny();
    auto const whole = to_profile_h5(profile);
    cmq::Random random{1, 2, 3};
    int refused = 0;
    constexpr int trials = 150;
    for (int i = 0; i < trials; ++i) {
        auto bytes = whole;
        auto const at = 512 + static_cast<std::size_t>(random.uniform() *
                                                       static_cast<double>(bytes.size() - 512));
        bytes[at] ^= static_cast<std::byte>(1 + random.bits32() % 255);
        cmq::write_user_block(bytes, profile_kind); // whoever damages it can compute the hash anew
        try {
            CameraProfile const back = to_profile_from_h5(bytes, reader);
            // Unused bytes of the file may change; what is read may not.
            EXPECT_EQ(back.dark_dn, profile.dark_dn) << at;
            EXPECT_EQ(back.flat, profile.flat) << at;
            EXPECT_EQ(back.planes[3].gain_dn.high, 0.52) << at;
            EXPECT_EQ(back.model, "X") << at;
        } catch (Error const&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, trials / 4) << "metadata and data are a good part of the file";
}

} // namespace
