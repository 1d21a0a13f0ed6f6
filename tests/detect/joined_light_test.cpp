// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/joined_light.hpp"

#include "detect/detect_traces.hpp"
#include "tests/detect/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace {

using cmq::Frame;
using cmq::detect::Detection;
using cmq::detect::measure_places;
using cmq::detect::PlaceLight;
using cmq::detect::Transform;
using synthetic::Recipe;
using synthetic::Spot;

// A turn of 1.2 degrees and a shift.
Transform moved() {
    double const turn = 1.2 * std::numbers::pi / 180.0;
    return {{std::cos(turn),
             -std::sin(turn),
             5.3,
             std::sin(turn),
             std::cos(turn),
             -2.6,
             0.0,
             0.0,
             1.0}};
}

std::vector<Spot> spots(double flux) {
    std::vector<Spot> all;
    for (int y = 0; y < 3; ++y) {
        for (int x = 0; x < 3; ++x) {
            all.push_back(
                {80.0 + 120.0 * x, 80.0 + 120.0 * y, {0.4 * flux, flux, flux, 0.2 * flux}, 2.0});
        }
    }
    return all;
}

Recipe recipe(std::uint64_t seed) {
    Recipe made;
    made.shape = {400, 400};
    made.seed = seed;
    return made;
}

Detection found_in(Frame const& frame) {
    return cmq::detect::detect_traces(frame, {.keep_apertures = true});
}

// The same places under another lamp: red light instead of green.
std::vector<Spot> under_another_lamp(Transform const& to_capture, double flux) {
    auto all = spots(1.0);
    for (Spot& spot : all) {
        auto const place = to_capture.map({spot.x, spot.y});
        spot.x = place.x;
        spot.y = place.y;
        spot.flux_dn = {flux, 0.3 * flux, 0.3 * flux, 0.0};
    }
    return all;
}

struct Spread {
    double sum = 0.0;
    double squares = 0.0;
    int count = 0;

    void add(double z) {
        sum += z;
        squares += z * z;
        ++count;
    }

    [[nodiscard]] double mean() const { return sum / count; }

    [[nodiscard]] double sd() const { return std::sqrt(squares / count - mean() * mean()); }
};

// Folds of cloth: light of some 8 % from place to place, alike in all planes, and a slope. A trace may lie anywhere on
// them.
void add_folds(Frame& frame, std::uint64_t seed) {
    cmq::Random random{seed, 11, 0};
    double const along = 2.0 * std::numbers::pi * random.uniform();
    double const down = 2.0 * std::numbers::pi * random.uniform();
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            double const fold =
                std::sin(0.13 * static_cast<double>(x) + along) +
                std::sin(0.11 * static_cast<double>(y) + 0.05 * static_cast<double>(x) + down);
            frame.value[i] += static_cast<float>(4.0 * fold + 0.05 * static_cast<double>(x));
        }
    }
}

TEST(MeasurePlaces, FindsTheLightOfAMovedCaptureWithinItsStatedUncertainty) {
    std::array<std::array<Spread, 3>, 2> z; // flat, folds
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        auto const detection = found_in(synthetic::make_frame(recipe(seed), spots(4000.0)));
        ASSERT_EQ(detection.traces.size(), 9U);
        for (std::size_t folds = 0; folds < 2; ++folds) {
            auto other =
                synthetic::make_frame(recipe(1000 + seed), under_another_lamp(moved(), 1500.0));
            if (folds == 1) {
                add_folds(other, seed);
            }
            for (auto const& one : measure_places(other, moved(), detection)) {
                ASSERT_TRUE(one.has_value());
                std::array<double, 3> const truth{1500.0, 900.0, 0.0};
                for (std::size_t c = 0; c < 3; ++c) {
                    z[folds][c].add((one->light.flux_dn[c] - truth[c]) /
                                    std::sqrt(one->light.covariance_dn2[4 * c]));
                }
            }
        }
    }
    for (auto const& scene : z) {
        for (Spread const& channel : scene) {
            EXPECT_EQ(channel.count, 216);
            // Spread of a mean of 216: 0.07, more on folds, where nine share their phase; the aperture may miss a hundredth of the light.
            EXPECT_NEAR(channel.mean(), 0.0, 0.4);
            EXPECT_NEAR(channel.sd(), 1.0, 0.25);
        }
    }
}

TEST(MeasurePlaces, StatesMoreUncertaintyOnFolds) {
    auto const detection = found_in(synthetic::make_frame(recipe(3), spots(4000.0)));
    auto other = synthetic::make_frame(recipe(4));
    auto const flat = measure_places(other, {}, detection);
    add_folds(other, 5);
    auto const folded = measure_places(other, {}, detection);
    for (std::size_t i = 0; i < flat.size(); ++i) {
        EXPECT_GT(folded[i]->light.total_sigma_dn(), 2.0 * flat[i]->light.total_sigma_dn());
    }
}

TEST(MeasurePlaces, FindsAsMuchInTheFirstCaptureAsItsPhotometryDoes) {
    auto const frame = synthetic::make_frame(recipe(5), spots(4000.0));
    auto const detection = found_in(frame);
    auto const same = measure_places(frame, {}, detection);
    ASSERT_EQ(same.size(), 9U);
    for (std::size_t i = 0; i < same.size(); ++i) {
        auto const light = to_colour_light(detection.traces[i]);
        for (std::size_t c = 0; c < 3; ++c) {
            EXPECT_NEAR(same[i]->light.flux_dn[c],
                        light.flux_dn[c],
                        3.0 * std::sqrt(same[i]->light.covariance_dn2[4 * c]));
        }
    }
}

TEST(MeasurePlaces, ScalesWithTheLight) {
    auto const detection = found_in(synthetic::make_frame(recipe(6), spots(4000.0)));
    auto other = synthetic::make_frame(recipe(7), under_another_lamp({}, 900.0));
    auto const once = measure_places(other, {}, detection);
    for (std::size_t i = 0; i < other.value.size(); ++i) {
        other.value[i] *= 4.0F;
        other.variance[i] *= 16.0F;
    }
    auto const scaled = measure_places(other, {}, detection);
    for (std::size_t i = 0; i < once.size(); ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            EXPECT_NEAR(scaled[i]->light.flux_dn[c], 4.0 * once[i]->light.flux_dn[c], 1e-3);
        }
        for (std::size_t c = 0; c < 9; ++c) {
            double const sixteen = 16.0 * once[i]->light.covariance_dn2[c];
            EXPECT_NEAR(
                scaled[i]->light.covariance_dn2[c], sixteen, 1e-6 * std::abs(sixteen) + 1e-3);
        }
    }
}

TEST(MeasurePlaces, SaysWhereThereIsNothingToMeasure) {
    auto const detection = found_in(synthetic::make_frame(recipe(8), spots(4000.0)));
    auto other = synthetic::make_frame(recipe(9), under_another_lamp({}, 900.0));
    auto const at = [&](std::ptrdiff_t y, std::ptrdiff_t x) -> std::uint8_t& {
        return other.mask[static_cast<std::size_t>(y * other.shape.width + x)];
    };
    at(80, 80) = cmq::mask_bit::saturated; // the first spot's middle
    for (std::ptrdiff_t y = 60; y < 100; ++y) {
        for (std::ptrdiff_t x = 180; x < 220; ++x) {
            at(y, x) = cmq::mask_bit::dead; // the second's whole place
        }
    }
    // By where the spot is: noise decides the order of a row.
    auto const spot = [&](auto const& light, double x, double y) {
        auto const trace = std::ranges::find_if(detection.traces, [&](auto const& one) {
            return std::hypot(one.x - x, one.y - y) < 3.0;
        });
        return light.at(static_cast<std::size_t>(trace - detection.traces.begin()));
    };
    auto const light = measure_places(other, {}, detection);
    ASSERT_TRUE(spot(light, 80, 80).has_value());
    EXPECT_TRUE(spot(light, 80, 80)->saturated);
    EXPECT_EQ(spot(light, 80, 80)->masked_photosites, 1);
    EXPECT_FALSE(spot(light, 200, 80).has_value());
    ASSERT_TRUE(spot(light, 320, 80).has_value());
    EXPECT_FALSE(spot(light, 320, 80)->saturated);
    // The capture shows only what lies right of the first column of spots.
    auto const right = measure_places(other, {{1, 0, -100, 0, 1, 0, 0, 0, 1}}, detection);
    EXPECT_FALSE(spot(right, 80, 200).has_value());
    EXPECT_TRUE(spot(right, 320, 320).has_value());
}

TEST(MeasurePlaces, FindsNoPlacesAroundALargeTrace) {
    Recipe small = recipe(10);
    small.shape = {96, 96};
    auto const detection = found_in(
        synthetic::make_frame(small, {{48.0, 48.0, {9000.0, 9000.0, 9000.0, 9000.0}, 10.0}}));
    ASSERT_FALSE(detection.traces.empty());
    for (auto const& one : measure_places(synthetic::make_frame(small), {}, detection)) {
        EXPECT_FALSE(one.has_value());
    }
}

TEST(MeasurePlaces, GivesTheSameBitsOnAnyNumberOfThreads) {
    auto const detection = found_in(synthetic::make_frame(recipe(11), spots(4000.0)));
    auto const other = synthetic::make_frame(recipe(12), under_another_lamp(moved(), 900.0));
    auto const one = measure_places(other, moved(), detection, 1);
    auto const two = measure_places(other, moved(), detection, 2);
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i]->light.flux_dn, two[i]->light.flux_dn);
        EXPECT_EQ(one[i]->light.covariance_dn2, two[i]->light.covariance_dn2);
    }
}

TEST(JoinPlaces, BringsExposuresTogetherAndLeavesOutWhatOneLacks) {
    PlaceLight const first{{{10.0, 20.0, 30.0}, {1, 0, 0, 0, 4, 0, 0, 0, 9}}, false, 0};
    PlaceLight const second{{{1.0, 2.0, 3.0}, {1, 0.5, 0, 0.5, 1, 0, 0, 0, 1}}, true, 0};
    auto const joined =
        cmq::detect::join_places({{first, first}, {second, std::nullopt}}, {1.0, 4.0});
    ASSERT_EQ(joined.size(), 2U);
    EXPECT_FALSE(joined[1].has_value());
    ASSERT_TRUE(joined[0].has_value());
    EXPECT_TRUE(joined[0]->saturated);
    EXPECT_EQ(joined[0]->light.flux_dn, (std::vector<double>{10.0, 20.0, 30.0, 4.0, 8.0, 12.0}));
    EXPECT_EQ(joined[0]->light.covariance_dn2[7], 4.0);
    EXPECT_EQ(joined[0]->light.covariance_dn2[3 * 6 + 4], 8.0);
    EXPECT_EQ(joined[0]->light.covariance_dn2[3], 0.0);
}

} // namespace
