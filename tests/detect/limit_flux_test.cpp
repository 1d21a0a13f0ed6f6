// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/limit_flux.hpp"

#include "core/error.hpp"
#include "tests/detect/synthetic.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::detect::detect_traces;
using cmq::detect::Detection;
using cmq::detect::limit_flux;
using synthetic::make_frame;
using synthetic::Recipe;
using synthetic::Spot;

constexpr cmq::PerPlane<double> colour{0.55, 1.0, 1.0, 0.25};

TEST(LimitFlux, IsTheFluxThatIsFoundHalfTheTime) {
    Recipe recipe{.shape = {512, 512}, .seed = 100};
    auto const limit = limit_flux(detect_traces(make_frame(recipe), {}), colour);
    ASSERT_TRUE(limit.has_value());
    EXPECT_GT(limit->sites, 500);
    EXPECT_LT(limit->flux_dn_sigma, 0.03 * limit->flux_dn);
    int placed = 0;
    int found = 0;
    for (std::uint64_t seed = 101; seed <= 140; ++seed) {
        recipe.seed = seed;
        cmq::Random random{seed, 3, 0};
        std::vector<Spot> spots;
        for (int y = 40; y < 500; y += 216) {
            for (int x = 40; x < 500; x += 216) {
                Spot spot{x + 2.0 * random.uniform(), y + 2.0 * random.uniform(), {}, 2.0};
                for (std::size_t p = 0; p < cmq::plane_count; ++p) {
                    spot.flux_dn[p] = limit->flux_dn * colour[p] / 2.8;
                }
                spots.push_back(spot);
            }
        }
        Detection const detection = detect_traces(make_frame(recipe, spots), {});
        for (Spot const& spot : spots) {
            ++placed;
            for (auto const& trace : detection.traces) {
                if (std::hypot(trace.x - spot.x, trace.y - spot.y) < 6.0) {
                    ++found;
                    break;
                }
            }
        }
    }
    // Far from each other: droplets at the limit that nobody found count as noise to those around.
    // 360 tries: three binomial standard deviations are 0.079. The limit is known to 2 % of a
    // signal-to-noise of 6, which moves the share by 0.4 * 6 * 0.02 = 0.05.
    EXPECT_NEAR(static_cast<double>(found) / placed, 0.5, 0.079 + 0.05);
}

TEST(LimitFlux, GrowsWithNoiseAndStrictness) {
    Recipe recipe{.shape = {512, 512}, .seed = 100};
    auto const at = [&](double promise) {
        return limit_flux(detect_traces(make_frame(recipe), {.false_traces_expected = promise}),
                          colour)
            ->flux_dn;
    };
    double const plain = at(0.01);
    EXPECT_LT(at(1.0), plain);
    EXPECT_GT(at(0.0001), plain);
    recipe.read_noise_dn = 20.0;
    EXPECT_GT(at(0.01), 1.5 * plain);
}

TEST(LimitFlux, NeedsNoScaleOfTheColour) {
    Detection const detection = detect_traces(make_frame({.shape = {512, 512}}), {});
    EXPECT_DOUBLE_EQ(limit_flux(detection, {1.1, 2.0, 2.0, 0.5})->flux_dn,
                     limit_flux(detection, colour)->flux_dn);
}

TEST(LimitFlux, CannotTellWithoutSites) {
    EXPECT_FALSE(limit_flux(Detection{}, colour).has_value());
}

TEST(LimitFlux, RefusesColourOrSizeOutOfRange) {
    Detection const detection;
    auto const kind = [&](cmq::PerPlane<double> const& c, double sigma) {
        try {
            (void)limit_flux(detection, c, sigma);
        } catch (cmq::Error const& error) {
            return error.kind();
        }
        return cmq::ErrorKind::internal;
    };
    EXPECT_EQ(kind({0, 0, 0, 0}, 1.0), cmq::ErrorKind::domain);
    EXPECT_EQ(kind({1, -0.1, 1, 1}, 1.0), cmq::ErrorKind::domain);
    EXPECT_EQ(kind({1, std::nan(""), 1, 1}, 1.0), cmq::ErrorKind::domain);
    EXPECT_EQ(kind(colour, 0.4), cmq::ErrorKind::domain);
    EXPECT_EQ(kind(colour, 2.1), cmq::ErrorKind::domain);
}

} // namespace
