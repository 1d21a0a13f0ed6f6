// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_spectrum.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

TEST(SimulateSpectrum, IsTheProductOfTwoGaussians) {
    // Two Gaussians of sd 20 and 40 whose peaks lie d apart: the integral of their product falls by
    // exp(-d^2 / (2 (20^2 + 40^2))) against d = 0, far from the filters' edges.
    CameraResponse const camera{"", {580, 540, 540, 500}, {40, 40, 40, 40}, 780};
    std::array const band{EmissionBand{540, 20, 1}};
    auto const taken = simulate_plane_response(band, camera, 380);
    double const fall = std::exp(-40.0 * 40.0 / (2 * (20.0 * 20 + 40.0 * 40)));
    EXPECT_NEAR(taken[0] / taken[1], fall, 1e-6);
    EXPECT_NEAR(taken[3] / taken[1], fall, 1e-6);
    EXPECT_EQ(taken[1], taken[2]);
}

TEST(SimulateSpectrum, AWeightIsAShareOfPhotonsWhateverTheWidth) {
    // A response as good as flat over both bands takes as much of either.
    CameraResponse const flat{"", {580, 580, 580, 580}, {1e6, 1e6, 1e6, 1e6}, 780};
    std::array const narrow{EmissionBand{540, 10, 1}};
    std::array const wide{EmissionBand{560, 30, 1}};
    EXPECT_NEAR(simulate_plane_response(narrow, flat, 380)[0] /
                    simulate_plane_response(wide, flat, 380)[0],
                1.0,
                1e-6);
}

TEST(SimulateSpectrum, AFilterTakesWhatIsShorter) {
    CameraResponse const flat{"", {580, 580, 580, 580}, {1e6, 1e6, 1e6, 1e6}, 780};
    std::array const band{EmissionBand{500, 20, 1}};
    double const all = simulate_plane_response(band, flat, 380)[0];
    // From 500.5 nm on: half of it less the half step at the edge, 20 / 0.3989 nm wide in all.
    EXPECT_NEAR(simulate_plane_response(band, flat, 501)[0] / all, 0.5 - 0.5 * 0.3989 / 20, 1e-4);
    EXPECT_EQ(simulate_plane_response(band, flat, 781)[0], 0.0);
}

TEST(FindEmitter, KnowsLongAndShortNamesAndNoOther) {
    ASSERT_NE(find_emitter("riboflavin, dry"), nullptr);
    EXPECT_EQ(find_emitter("riboflavin-dry"), find_emitter("riboflavin, dry"));
    EXPECT_EQ(short_name(*find_emitter("riboflavin after light")), "riboflavin-after-light");
    EXPECT_EQ(find_emitter("riboflavin"), nullptr);
    EXPECT_EQ(find_emitter(""), nullptr);
    for (Emitter const& emitter : emitters()) {
        EXPECT_EQ(find_emitter(short_name(emitter)), &emitter) << "each short name is its own";
    }
}

TEST(SimulateSpectrum, EveryEmitterIsSeenByEveryCamera) {
    for (Emitter const& emitter : emitters()) {
        EXPECT_FALSE(emitter.source.empty()) << emitter.name;
        for (CameraResponse const& camera : camera_responses()) {
            for (double const light : simulate_plane_response(emitter.bands, camera, 420)) {
                EXPECT_GT(light, 0.0) << emitter.name << ", camera " << camera.name;
            }
        }
    }
}

} // namespace
