// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/frame.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::Plane;

class EveryPattern : public testing::TestWithParam<char const*> {};

TEST_P(EveryPattern, RoundTripsItsName) {
    EXPECT_EQ(cmq::make_cfa(GetParam()).name(), GetParam());
}

TEST_P(EveryPattern, HasGreenOneOnTheRedRow) {
    cmq::Cfa const cfa = cmq::make_cfa(GetParam());
    EXPECT_EQ(cfa.offset(Plane::green1)[0], cfa.offset(Plane::red)[0]);
    EXPECT_EQ(cfa.offset(Plane::green2)[0], cfa.offset(Plane::blue)[0]);
    for (Plane const plane : {Plane::red, Plane::green1, Plane::green2, Plane::blue}) {
        auto const at = cfa.offset(plane);
        EXPECT_EQ(cfa.at(at[0], at[1]), plane);
        EXPECT_EQ(cfa.at(at[0] + 4, at[1] + 6), plane);
    }
}

INSTANTIATE_TEST_SUITE_P(MakeCfa, EveryPattern, testing::Values("RGGB", "BGGR", "GRBG", "GBRG"));

TEST(MakeCfa, RefusesAnotherPattern) {
    EXPECT_THROW(static_cast<void>(cmq::make_cfa("XTRN")), cmq::Error);
}

TEST(NoiseModel, AddsReadPhotonAndFixedPatternVariance) {
    cmq::NoiseModel noise;
    noise.read_noise_dn.fill(3.0);
    noise.gain_dn.fill(0.5);
    noise.prnu.fill(0.01);
    EXPECT_DOUBLE_EQ(noise.variance(Plane::blue, 100.0), 9.0 + 50.0 + 1.0);
    EXPECT_DOUBLE_EQ(noise.variance(Plane::red, -100.0),
                     9.0 + 0.0 + 1.0); // no negative photon noise
}

} // namespace
