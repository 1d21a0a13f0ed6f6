// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/colour.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::detect;
using testing::ElementsAre;

TEST(ColourLight, AddsTheGreens) {
    std::array<PerPlane<double>, plane_count> covariance{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        covariance[p][p] = 10.0 * static_cast<double>(p + 1); // 10 20 30 40
    }
    covariance[0][1] = covariance[1][0] = 1.0;
    covariance[0][2] = covariance[2][0] = 2.0;
    covariance[1][2] = covariance[2][1] = 3.0;
    covariance[2][3] = covariance[3][2] = 4.0;
    ColourLight const light = to_colour_light({100, 200, 300, 400}, covariance);
    EXPECT_THAT(light.flux_dn, ElementsAre(100, 500, 400));
    EXPECT_THAT(light.covariance_dn2, ElementsAre(10, 3, 0, /**/ 3, 56, 4, /**/ 0, 4, 40));
    EXPECT_DOUBLE_EQ(light.total_dn(), 1000.0);
    EXPECT_DOUBLE_EQ(light.total_sigma_dn(),
                     std::sqrt(120.0)); // 10 + 20 + 30 + 40 + 2 (1 + 2 + 3 + 4)
}

TEST(ColourLight, TakesTheFluxesOfATraceWithTheirCovariance) {
    Trace trace;
    trace.flux_dn = {100, 200, 300, 400};
    trace.flux_covariance_dn2 = {10, 1, 2, 0, /**/ 20, 3, 0, /**/ 30, 4, /**/ 40};
    ColourLight const light = to_colour_light(trace); // as above
    EXPECT_THAT(light.flux_dn, ElementsAre(100, 500, 400));
    EXPECT_THAT(light.covariance_dn2, ElementsAre(10, 3, 0, /**/ 3, 56, 4, /**/ 0, 4, 40));
}

TEST(ColourLight, JoinsCapturesOfIndependentNoise) {
    ColourLight const first{{1, 2}, {4, 1, 1, 9}};
    ColourLight const second{{3}, {16}};
    ColourLight const both = join(first, second);
    EXPECT_THAT(both.flux_dn, ElementsAre(1, 2, 3));
    EXPECT_THAT(both.covariance_dn2, ElementsAre(4, 1, 0, 1, 9, 0, 0, 0, 16));
}

} // namespace
