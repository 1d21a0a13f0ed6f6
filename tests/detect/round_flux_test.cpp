// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/round_flux.hpp"

#include "core/random.hpp"
#include "detect/detect_traces.hpp"
#include "tests/detect/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using cmq::PerPlane;
using cmq::plane_count;
using cmq::detect::Trace;
using synthetic::Recipe;
using synthetic::Spot;

// The least standard deviations of the light that unbiased estimates can have (Cramer and Rao): of the sum of the four
// planes, each with an unknown light, place and profile known; and of the logarithm of the width, by all planes.
struct Least {
    double total = 0.0;
    double width = 0.0;
};

Least least_sd(Recipe const& recipe, Spot const& spot) {
    PerPlane<double> of_light{};
    double of_width = 0.0;
    cmq::Cfa const cfa{};
    for (int y = -30; y <= 30; ++y) {
        for (int x = -30; x <= 30; ++x) {
            double const px = std::floor(spot.x) + x;
            double const py = std::floor(spot.y) + y;
            auto const plane = static_cast<std::size_t>(
                cfa.at(static_cast<std::ptrdiff_t>(py), static_cast<std::ptrdiff_t>(px)));
            double const share = synthetic::share(spot, px, py);
            double const light = spot.flux_dn[plane] * share;
            double const variance = recipe.read_noise_dn * recipe.read_noise_dn +
                                    recipe.gain_dn * (recipe.level_dn[plane] + light);
            of_light[plane] += share * share / variance;
            of_width += light * light / variance;
        }
    }
    Least least;
    for (double const information : of_light) {
        least.total += 1.0 / information;
    }
    least.total = std::sqrt(least.total);
    least.width = 1.0 / std::sqrt(of_width);
    return least;
}

struct Errors {
    std::vector<double> relative;         ///< of the sum, measured by true less 1
    std::vector<double> normal;           ///< of the sum, in standard uncertainties
    PerPlane<std::vector<double>> planes; ///< in standard uncertainties
    PerPlane<std::vector<double>> light;  ///< measured less true, by the true sum
    double bound = 0.0;                   ///< least relative spread, the width unknown as well
    int spots = 0;
};

double total(PerPlane<double> const& flux) {
    return flux[0] + flux[1] + flux[2] + flux[3];
}

void add(Spot const& spot, Trace const& trace, Errors& errors) {
    double const truth = total(spot.flux_dn);
    double const error = total(trace.flux_dn) - truth;
    errors.relative.push_back(error / truth);
    errors.normal.push_back(error / trace.total_flux_dn_sigma);
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const of_plane = trace.flux_dn[p] - spot.flux_dn[p];
        errors.planes[p].push_back(of_plane / trace.flux_dn_sigma[p]);
        errors.light[p].push_back(of_plane / truth);
    }
}

// Spots of one kind at places within a photosite that chance chose, as detect_traces finds them.
Errors errors_of(PerPlane<double> const& flux, double sigma, int frames) {
    Errors errors;
    for (int f = 0; f < frames; ++f) {
        Recipe recipe;
        recipe.shape = {640, 640};
        recipe.seed = static_cast<std::uint64_t>(300 + f);
        cmq::Random random{56, 1, static_cast<std::uint64_t>(f)};
        auto const spots = synthetic::scattered_spots(8, 50.0, flux, sigma, random);
        auto const found = cmq::detect::detect_traces(synthetic::make_frame(recipe, spots), {});
        for (Spot const& spot : spots) {
            ++errors.spots;
            Least const least = least_sd(recipe, spot);
            errors.bound = std::hypot(least.total / total(flux), least.width);
            if (Trace const* trace = synthetic::trace_at(found.traces, spot)) {
                add(spot, *trace, errors);
            }
        }
    }
    return errors;
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double spread(std::vector<double> values) {
    double const middle = median(values);
    for (double& value : values) {
        value = std::abs(value - middle);
    }
    return 1.4826 * median(values);
}

double share_within(std::vector<double> const& values, double bound) {
    auto const n = std::count_if(
        values.begin(), values.end(), [bound](double v) { return std::abs(v) < bound; });
    return static_cast<double>(n) / static_cast<double>(values.size());
}

struct RoundFluxCase {
    PerPlane<double> flux;
    double sigma;
};

class RoundFlux : public testing::TestWithParam<RoundFluxCase> {};

// 768 spots: shares known to 1.7 and 0.75 %, a median to 1.25 / 27.7 of the spread.
TEST_P(RoundFlux, IsTheTrueOneWithinItsUncertainty) {
    Errors const errors = errors_of(GetParam().flux, GetParam().sigma, 12);
    ASSERT_GT(static_cast<double>(errors.relative.size()), 0.99 * errors.spots);
    double const found = spread(errors.relative);
    // Brightness moves width, and both move light, by a fraction of their squares.
    EXPECT_NEAR(median(errors.relative), 0.0, 0.18 * found + 0.01);
    EXPECT_NEAR(share_within(errors.normal, 1.0), 0.683, 0.06);
    EXPECT_NEAR(share_within(errors.normal, 2.0), 0.954, 0.027);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(share_within(errors.planes[p], 1.0), 0.683, 0.06) << "plane " << p;
        EXPECT_NEAR(share_within(errors.planes[p], 2.0), 0.954, 0.027) << "plane " << p;
    }
    // The least possible where neither light nor width is known; what is left of 1: place, and the sharp circle.
    EXPECT_LT(found, 1.25 * errors.bound);
}

// Ideal signal-to-noise 12, 23, 90, of other colours, and wider.
INSTANTIATE_TEST_SUITE_P(Spots,
                         RoundFlux,
                         testing::Values(RoundFluxCase{{110.0, 200.0, 200.0, 50.0}, 1.35},
                                         RoundFluxCase{{220.0, 400.0, 400.0, 100.0}, 1.35},
                                         RoundFluxCase{{900.0, 1600.0, 1600.0, 400.0}, 1.35},
                                         RoundFluxCase{{400.0, 350.0, 350.0, 900.0}, 2.0},
                                         RoundFluxCase{{900.0, 1500.0, 1500.0, 400.0}, 3.2}));

// What a plane has none of stays none, however the circle was found: a class vector is not pulled.
TEST(RoundFluxColour, IsNotPulledTowardsTheBrightPlanes) {
    Errors const errors = errors_of({0.0, 0.0, 0.0, 1500.0}, 1.8, 4);
    ASSERT_GT(errors.relative.size(), 250U);
    for (std::size_t p = 0; p + 1 < plane_count; ++p) {
        double const sd = spread(errors.light[p]);
        EXPECT_NEAR(median(errors.light[p]), 0.0, 5.0 * sd / 16.0) << "plane " << p;
    }
    EXPECT_NEAR(median(errors.light[3]), 0.0, 0.01);
}

// A tenth of the photosites masked, wherever they lie.
TEST(RoundFluxMasked, CountsOnWhatIsLeft) {
    Recipe recipe;
    recipe.noise = false;
    std::vector<Spot> spots;
    for (int i = 0; i < 5; ++i) {
        spots.push_back({40.3 + 45.0 * i, 60.0 + 20.4 * i, {500.0, 900.0, 900.0, 250.0}, 1.8});
    }
    cmq::Frame frame = synthetic::make_frame(recipe, spots);
    cmq::Random random{57, 1, 0};
    for (auto& mask : frame.mask) {
        mask = random.uniform() < 0.1 ? cmq::mask_bit::hot : std::uint8_t{0};
    }
    auto const found = cmq::detect::detect_traces(frame, {});
    ASSERT_EQ(found.traces.size(), spots.size());
    for (Trace const& trace : found.traces) {
        EXPECT_GT(trace.masked_photosites, 0);
        // Places and widths come from photosites filled in with their neighbours' mean: 3 %.
        EXPECT_NEAR(total(trace.flux_dn), 2550.0, 77.0);
        EXPECT_NEAR(trace.flux_dn[3], 250.0, 12.0);
    }
}

} // namespace
