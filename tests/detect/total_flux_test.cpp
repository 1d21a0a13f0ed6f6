// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/total_flux.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cmq::detect::Detection;
using cmq::detect::total_flux;
using cmq::detect::unseen_share;
using testing::ElementsAre;

Detection two_traces() {
    Detection detection;
    detection.shape = {100, 200};
    detection.traces.resize(2);
    detection.traces[0].flux_dn = {10.0, 20.0, 30.0, -4.0};
    detection.traces[0].total_flux_dn_sigma = 3.0;
    detection.traces[1].flux_dn = {1.0, 2.0, 3.0, 6.0};
    detection.traces[1].total_flux_dn_sigma = 4.0;
    return detection;
}

TEST(TotalFlux, AddsTracesAndPlanes) {
    auto const total = total_flux(two_traces());
    EXPECT_DOUBLE_EQ(total.flux_dn, 68.0);
    EXPECT_DOUBLE_EQ(total.flux_dn_sigma, 5.0); // 3, 4, 5
    EXPECT_THAT(total.colour, ElementsAre(11.0, 22.0, 33.0, 6.0));
    EXPECT_FALSE(total.saturated);
    EXPECT_DOUBLE_EQ(total_flux(two_traces().traces[0]), 56.0);
}

TEST(TotalFlux, IsALowerLimitWhereOneTraceIs) {
    Detection detection = two_traces();
    detection.traces[1].saturated = true;
    EXPECT_TRUE(total_flux(detection).saturated);
}

TEST(TotalFlux, IsNothingWithoutTraces) {
    EXPECT_EQ(total_flux(Detection{}).flux_dn, 0.0);
    EXPECT_EQ(total_flux(Detection{}).flux_dn_sigma, 0.0);
}

TEST(UnseenShare, CountsMaskedPhotositesOfAllPlanes) {
    Detection detection = two_traces();
    EXPECT_EQ(unseen_share(detection), 0.0);
    detection.planes[0].masked_photosites = 500;
    detection.planes[3].masked_photosites = 1500;
    EXPECT_DOUBLE_EQ(unseen_share(detection), 0.1); // of 20 000
    EXPECT_EQ(unseen_share(Detection{}), 0.0);
}

} // namespace
