// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"
#include "tests/detect/plane_picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using cmq::detect::detect_plane;
using cmq::detect::PlaneSettings;
using cmq::detect::PlaneTrace;
using plane_picture::Picture;
using plane_picture::Spot;

struct Errors {
    std::vector<double> relative; ///< measured by true, less 1
    std::vector<double> normal;   ///< in standard uncertainties
};

// Of spots on a grid at 90 electrons; every spot must be found, at signal-to-noise 10 and more it is.
Errors measure(double electrons, double sd, std::uint64_t first_seed, int pictures) {
    Errors errors;
    PlaneSettings settings;
    settings.noise = plane_picture::noise;
    settings.threads = 1;
    for (int i = 0; i < pictures; ++i) {
        auto const seed = first_seed + static_cast<std::uint64_t>(i);
        auto spots = plane_picture::make_grid({640, 960}, 64, electrons, seed);
        for (Spot& spot : spots) {
            spot.sd = sd;
        }
        Picture const picture =
            plane_picture::make_picture({640, 960}, {90.0, 90.0}, spots, seed + 500);
        auto const found = detect_plane(picture.view(), settings);
        for (Spot const& spot : spots) {
            for (PlaneTrace const& trace : found.traces) {
                if (std::hypot(trace.x - spot.x, trace.y - spot.y) < 3.0) {
                    double const error = trace.flux_dn - plane_picture::gain_dn * spot.electrons;
                    errors.relative.push_back(error / (plane_picture::gain_dn * spot.electrons));
                    errors.normal.push_back(error / trace.flux_dn_sigma);
                    break;
                }
            }
        }
        EXPECT_GT(static_cast<double>(errors.relative.size()),
                  0.99 * static_cast<double>(spots.size()) * (i + 1));
    }
    return errors;
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double share_within(std::vector<double> const& values, double bound) {
    auto const n = std::count_if(
        values.begin(), values.end(), [bound](double v) { return std::abs(v) < bound; });
    return static_cast<double>(n) / static_cast<double>(values.size());
}

struct FluxCase {
    double electrons;
    double sd;
    double most_spread; ///< relative
};

class PlaneFlux : public testing::TestWithParam<FluxCase> {};

TEST_P(PlaneFlux, IsTheTrueOneWithinItsUncertainty) {
    auto const [electrons, sd, most_spread] = GetParam();
    Errors const errors = measure(electrons, sd, 700, 10); // 1500 spots
    EXPECT_LT(std::abs(median(errors.relative)), 0.02);
    // 68.3 and 95.4 % with standard errors of 1.2 and 0.5 %.
    EXPECT_NEAR(share_within(errors.normal, 1.0), 0.683, 0.05);
    EXPECT_NEAR(share_within(errors.normal, 2.0), 0.954, 0.025);
    std::vector<double> far;
    double const middle = median(errors.relative);
    for (double const e : errors.relative) {
        far.push_back(std::abs(e - middle));
    }
    EXPECT_LT(1.4826 * median(far), most_spread);
}

// Ideal signal-to-noise 13, 31, 130 (sd 1.35), 19 and 150 (sd 2.2). Spread: that of the background's noise
// over a circle of 4.5 (7) photosites, 79 (123) electrons, with that of the light itself, and a sixth more;
// bright spots so near to each other move the background of a block by as much again.
INSTANTIATE_TEST_SUITE_P(Spots,
                         PlaneFlux,
                         testing::Values(FluxCase{600.0, 1.35, 0.16},
                                         FluxCase{1500.0, 1.35, 0.069},
                                         FluxCase{6000.0, 1.35, 0.025},
                                         FluxCase{1500.0, 2.2, 0.10},
                                         FluxCase{12'000.0, 2.2, 0.025}));

TEST(PlaneFluxOfTwo, KeepsTheLightOfNeighboursApart) {
    std::vector<Spot> spots;
    for (Spot const& spot : plane_picture::make_grid({640, 960}, 60, 1000.0, 41)) {
        spots.push_back(spot);
        spots.push_back({spot.x + 14.0, spot.y + 2.0, 1000.0});
    }
    Picture const picture = plane_picture::make_picture({640, 960}, {90.0, 90.0}, spots, 42);
    PlaneSettings settings;
    settings.noise = plane_picture::noise;
    settings.threads = 1;
    auto const found = detect_plane(picture.view(), settings);
    std::vector<double> light;
    for (Spot const& spot : spots) {
        for (PlaneTrace const& trace : found.traces) {
            if (std::hypot(trace.x - spot.x, trace.y - spot.y) < 2.0) {
                light.push_back(trace.flux_dn / (plane_picture::gain_dn * spot.electrons));
            }
        }
    }
    ASSERT_GT(light.size(), 200U); // of 300
    EXPECT_NEAR(median(light), 1.0, 0.03);
}

} // namespace
