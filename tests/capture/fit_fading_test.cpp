// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/fit_fading.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::capture;

std::vector<WithSigma>
decay(std::vector<double> const& times, double start, double rate, double sigma, Random* random) {
    std::vector<WithSigma> light;
    for (double const t : times) {
        double const noise = random == nullptr ? 0 : sigma * random->normal();
        light.push_back({start * std::exp(-rate * t) + noise, sigma});
    }
    return light;
}

ErrorKind refusal(std::vector<double> const& times, std::vector<WithSigma> const& light) {
    try {
        static_cast<void>(fit_fading(times, light));
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(FitFading, FindsAnExactDecay) {
    std::vector<double> const times{0, 5, 20, 60, 61};
    for (double const rate : {-0.01, 0.0, 0.003, 0.05, 0.2}) {
        auto const fading = fit_fading(times, decay(times, 800, rate, 1, nullptr));
        EXPECT_NEAR(fading.rate_per_s.value, rate, 1e-8) << rate;
        EXPECT_NEAR(fading.start.value, 800, 1e-5) << rate;
        EXPECT_NEAR(fading.chi2, 0, 1e-10);
        EXPECT_EQ(fading.fades, rate > 0.001);
        EXPECT_TRUE(fading.fits);
    }
}

// 2000 series of 8 points: the true rate lies within one stated uncertainty at least as often as a normal error would
// (0.683; binomial sd 0.0104), as the widening by chi2 only adds.
TEST(FitFading, StatesItsUncertainty) {
    std::vector<double> const times{0, 10, 20, 30, 40, 50, 60, 70};
    int within = 0;
    int fits = 0;
    for (std::uint64_t turn = 0; turn < 2000; ++turn) {
        Random random{4, 4, turn};
        auto const fading = fit_fading(times, decay(times, 500, 0.01, 20, &random));
        within += std::abs(fading.rate_per_s.value - 0.01) <= fading.rate_per_s.sigma ? 1 : 0;
        fits += fading.fits ? 1 : 0;
    }
    EXPECT_GT(within, 1366 - 4 * 21);
    EXPECT_LT(within, 1366 + 2000 / 8);
    EXPECT_GT(fits, 2000 - 12); // two expected beyond
}

// A sum of a fast and a slow decay is no single exponential.
TEST(FitFading, SaysWhenItIsNoExponential) {
    std::vector<double> const times{0, 5, 10, 20, 40, 80};
    auto light = decay(times, 500, 0.2, 2, nullptr);
    for (std::size_t i = 0; i < light.size(); ++i) {
        light[i].value += 500;
    }
    auto const fading = fit_fading(times, light);
    EXPECT_FALSE(fading.fits);
    EXPECT_GT(fading.rate_per_s.sigma, 0);
}

// Time in other units changes the rate alone; light in other units the start alone.
TEST(FitFading, ScalesWithItsUnits) {
    std::vector<double> const times{0, 5, 20, 60};
    std::vector<double> const minutes{0, 5.0 / 60, 20.0 / 60, 1};
    Random random{1, 1, 1};
    auto const light = decay(times, 300, 0.02, 9, &random);
    auto twice = light;
    for (WithSigma& one : twice) {
        one.value *= 2;
        one.sigma *= 2;
    }
    auto const fading = fit_fading(times, light);
    EXPECT_NEAR(fit_fading(minutes, light).rate_per_s.value, 60 * fading.rate_per_s.value, 1e-9);
    EXPECT_NEAR(fit_fading(times, twice).rate_per_s.value, fading.rate_per_s.value, 1e-12);
    EXPECT_NEAR(fit_fading(times, twice).start.value, 2 * fading.start.value, 1e-8);
}

TEST(FitFading, RefusesTooFewPoints) {
    EXPECT_EQ(refusal({0, 1}, {{5, 1}, {4, 1}}), ErrorKind::insufficient);
    EXPECT_EQ(refusal({2, 2, 2}, {{5, 1}, {4, 1}, {3, 1}}), ErrorKind::insufficient);
    EXPECT_EQ(refusal({}, {}), ErrorKind::insufficient);
}

TEST(FitFading, RefusesLightThatIsNotAboveZero) {
    EXPECT_EQ(refusal({0, 1, 2}, {{5, 1}, {-4, 1}, {3, 1}}), ErrorKind::domain);
    EXPECT_EQ(refusal({0, 1, 2}, {{5, 1}, {4, 0}, {3, 1}}), ErrorKind::domain);
}

// A single bright point before near darkness a million times longer: nothing that a decay in doubles could hold.
TEST(FitFading, RefusesWhatNoDecayFits) {
    EXPECT_EQ(refusal({0, 1e-300, 1e300}, {{1e-300, 1e-9}, {1e300, 1e-9}, {1, 1e-9}}),
              ErrorKind::numeric);
}

} // namespace
