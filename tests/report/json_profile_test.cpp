// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_profile.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using namespace cmq;

TEST(JsonProfile, HasEveryNumberWithItsInterval) {
    capture::CameraProfile profile;
    profile.model = "bytes \xff that are no text";
    profile.shape = {2, 4};
    profile.iso = 800.0;
    profile.planes[3].gain_dn = {0.5, 0.01, 0.48, 0.52};
    profile.planes[3].linearity_error = capture::Measured{0.01, 0.002, 0.005, 0.015};
    profile.notes = {capture::ProfileNote::few_levels};
    profile.transfer.resize(1);
    profile.transfer[0].mean_dn[2] = 1234.5;
    profile.sources = {"aa"};
    auto const json = nlohmann::json::parse(report::json_profile(profile, "p.h5"));
    EXPECT_EQ(json["file"], "p.h5");
    EXPECT_EQ(json["camera"]["width"], 4);
    EXPECT_EQ(json["setting"]["iso"], 800.0);
    EXPECT_TRUE(json["setting"]["dark_exposure_s"].is_null());
    EXPECT_EQ(json["planes"]["b"]["gain_dn_per_electron"]["high"], 0.52);
    EXPECT_EQ(json["planes"]["b"]["linearity_error"]["low"], 0.005);
    EXPECT_TRUE(json["planes"]["r"]["linearity_error"].is_null());
    EXPECT_TRUE(json["maps"]["flat_sigma"].is_null()) << "there is no flat map";
    EXPECT_EQ(json["transfer"][0]["mean_dn"]["g2"], 1234.5);
    EXPECT_TRUE(json["transfer"][0]["exposure_s"].is_null());
    EXPECT_EQ(json["notes"][0], "few_levels");
    EXPECT_EQ(json["sources"][0], "aa");
    for (char const* name : {"read_noise_dn",
                             "temporal_dark_dn",
                             "dark_signal_dn",
                             "saturation_dn",
                             "prnu",
                             "dsnu_dn",
                             "row_noise_dn"}) {
        EXPECT_EQ(json["planes"]["g1"][name].size(), 4U) << name;
    }
}

} // namespace
