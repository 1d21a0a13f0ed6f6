// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"
#include "detect/plane_fft.hpp"
#include "tests/detect/plane_picture.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>

namespace {

using cmq::detect::detect_plane;
using cmq::detect::PlaneDetection;
using cmq::detect::PlaneSettings;
using cmq::detect::TileTransform;
using plane_picture::Picture;
using plane_picture::Spot;
using Tile = std::vector<std::complex<double>>;

TEST(TileTransform, IsTheSumOverAllPhotosites) {
    constexpr std::size_t side = 8;
    cmq::Random random{1, 1, 0};
    Tile tile(side * side);
    for (auto& value : tile) {
        value = {random.normal(), random.normal()};
    }
    Tile const before = tile;
    TileTransform const transform{side};
    transform.forward(tile);
    for (std::size_t ky = 0; ky < side; ++ky) {
        for (std::size_t kx = 0; kx < side; ++kx) {
            std::complex<double> sum;
            for (std::size_t y = 0; y < side; ++y) {
                for (std::size_t x = 0; x < side; ++x) {
                    double const turns = static_cast<double>(ky * y + kx * x) / side;
                    sum += before[y * side + x] * std::polar(1.0, -2.0 * std::numbers::pi * turns);
                }
            }
            EXPECT_NEAR(std::abs(tile[ky * side + kx] - sum), 0.0, 1e-12);
        }
    }
    transform.inverse(tile);
    for (std::size_t i = 0; i < tile.size(); ++i) {
        EXPECT_NEAR(std::abs(tile[i] - before[i]), 0.0, 1e-14);
    }
}

// Cloth of two families of threads, periods that no tile divides, and every fifth thread a brighter one.
Picture make_cloth(cmq::Shape shape, std::vector<Spot> const& spots, std::uint64_t seed) {
    Picture picture = plane_picture::make_picture(shape, {90.0, 90.0}, spots, seed);
    cmq::Random random{seed, 9, 0};
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            double const u = 2.0 * std::numbers::pi * static_cast<double>(x) / 7.3;
            double const v = 2.0 * std::numbers::pi * static_cast<double>(y) / 6.1;
            double const light = 15.0 * (std::sin(u) + std::sin(v) + std::sin(u) * std::sin(v)) +
                                 8.0 * std::sin(u / 5.0);
            // The light of 90 electrons is there already: this adds to it, with its photon noise.
            double const noise = std::sqrt(std::max(0.0, light));
            picture.value[static_cast<std::size_t>(y * shape.width + x)] +=
                static_cast<float>(plane_picture::gain_dn * (light + noise * random.normal()));
        }
    }
    return picture;
}

PlaneSettings settings(unsigned threads = 1) {
    PlaneSettings result;
    result.false_traces_expected = 0.1;
    result.threads = threads;
    result.noise = plane_picture::noise;
    return result;
}

TEST(DetectPlane, SeesThroughClothThatRepeatsItself) {
    // Ideal signal-to-noise 31 on an even surface. The threads' own contrast is 2.5 times the noise.
    std::vector<Spot> const spots = plane_picture::make_grid({512, 640}, 64, 1500.0, 21);
    Picture const picture = make_cloth({512, 640}, spots, 22);
    PlaneDetection const found = detect_plane(picture.view(), settings());
    EXPECT_TRUE(found.textured);
    std::size_t seen = 0;
    for (Spot const& spot : spots) {
        for (auto const& trace : found.traces) {
            if (std::hypot(trace.x - spot.x, trace.y - spot.y) < 3.0) {
                ++seen;
                break;
            }
        }
    }
    EXPECT_EQ(seen, spots.size());
    EXPECT_LE(found.traces.size(), spots.size() + 1); // 0.1 false ones promised
}

TEST(DetectPlane, FindsNothingOnClothWithoutDroplets) {
    std::size_t found = 0;
    for (std::uint64_t seed = 30; seed < 34; ++seed) {
        PlaneDetection const detection =
            detect_plane(make_cloth({512, 640}, {}, seed).view(), settings());
        EXPECT_TRUE(detection.textured);
        found += detection.traces.size();
    }
    EXPECT_LE(found, 3U); // Poisson of 0.4: more than 3 once in 1 300
}

TEST(DetectPlane, GivesTheSameBitsOnClothOnOneAndTwoThreads) {
    Picture const picture =
        make_cloth({400, 500}, plane_picture::make_grid({400, 500}, 80, 2000.0, 23), 24);
    auto const one = detect_plane(picture.view(), settings(1));
    auto const two = detect_plane(picture.view(), settings(2));
    ASSERT_EQ(one.traces.size(), two.traces.size());
    ASSERT_GT(one.traces.size(), 10U);
    for (std::size_t i = 0; i < one.traces.size(); ++i) {
        EXPECT_EQ(one.traces[i].x, two.traces[i].x);
        EXPECT_EQ(one.traces[i].flux_dn, two.traces[i].flux_dn);
        EXPECT_EQ(one.traces[i].log10_nfa, two.traces[i].log10_nfa);
    }
}

TEST(DetectPlane, LeavesOutHolesInCloth) {
    Picture picture = make_cloth({320, 400}, {{300.0, 100.0, 4000.0}}, 25);
    for (std::size_t y = 150; y < 200; ++y) {
        for (std::size_t x = 50; x < 150; ++x) {
            picture.value[y * 400 + x] = std::numeric_limits<float>::quiet_NaN();
        }
    }
    PlaneDetection const found = detect_plane(picture.view(), settings());
    EXPECT_TRUE(found.textured);
    EXPECT_EQ(found.masked_photosites, 5000);
    ASSERT_EQ(found.traces.size(), 1U);
    EXPECT_NEAR(found.traces[0].x, 300.0, 1.0);
}

} // namespace
