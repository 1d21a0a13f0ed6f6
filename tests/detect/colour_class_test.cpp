// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/colour_class.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::detect;

ColourLight light(std::vector<double> flux, double sigma) {
    std::size_t const n = flux.size();
    ColourLight made{.flux_dn = std::move(flux), .covariance_dn2 = std::vector<double>(n * n)};
    for (std::size_t i = 0; i < n; ++i) {
        made.covariance_dn2[i * n + i] = sigma * sigma;
    }
    return made;
}

/// Two coordinates of three shares, by a basis of its own: not the one of the code under test.
struct Plane {
    static constexpr double s2 = std::numbers::sqrt2;

    static std::array<double, 2> of(double r, double g, double b) {
        return {(g - b) / s2, (2 * r - g - b) / std::sqrt(6.0)};
    }

    static std::array<double, 3> shares(double u, double v) {
        double const third = 1.0 / 3.0;
        return {third + 2 * v / std::sqrt(6.0),
                third + u / s2 - v / std::sqrt(6.0),
                third - u / s2 - v / std::sqrt(6.0)};
    }
};

constexpr std::array<double, 2> centre{0.15, -0.05};
constexpr double spread = 0.03;

// Samples of one material: normal shares, hardly any noise.
std::vector<ColourReference> draw_samples(std::size_t n, std::uint64_t seed) {
    std::vector<ColourReference> references;
    for (std::size_t i = 0; i < n; ++i) {
        Random random{seed, 7, i};
        auto const shares = Plane::shares(centre[0] + spread * random.normal(),
                                          centre[1] + spread * random.normal());
        references.push_back({"s" + std::to_string(i),
                              light({1e6 * shares[0], 1e6 * shares[1], 1e6 * shares[2]}, 1.0)});
    }
    return references;
}

/// Sample mean and covariance in this test's coordinates, and the t distribution that predicts.
struct Predictive {
    std::array<double, 2> mean{};
    std::array<double, 3> scale2{}; // 00 01 11
    double degrees = 0.0;

    explicit Predictive(std::vector<ColourReference> const& references) {
        auto const n = static_cast<double>(references.size());
        std::vector<std::array<double, 2>> points;
        for (auto const& reference : references) {
            auto const& f = reference.light.flux_dn;
            double const total = f[0] + f[1] + f[2];
            points.push_back(Plane::of(f[0] / total, f[1] / total, f[2] / total));
            mean[0] += points.back()[0] / n;
            mean[1] += points.back()[1] / n;
        }
        degrees = n - 2;
        for (auto const& point : points) {
            double const x = point[0] - mean[0];
            double const y = point[1] - mean[1];
            double const factor = (1 + 1 / n) / degrees;
            scale2[0] += factor * x * x;
            scale2[1] += factor * x * y;
            scale2[2] += factor * y * y;
        }
    }

    [[nodiscard]] double distance2(double u, double v) const {
        double const x = u - mean[0];
        double const y = v - mean[1];
        return (scale2[2] * x * x - 2 * scale2[1] * x * y + scale2[0] * y * y) / determinant();
    }

    [[nodiscard]] double determinant() const {
        return scale2[0] * scale2[2] - scale2[1] * scale2[1];
    }

    // Bivariate t: closed form.
    [[nodiscard]] double density(double u, double v) const {
        return std::pow(1 + distance2(u, v) / degrees, -(degrees + 2) / 2) /
               (2 * std::numbers::pi * std::sqrt(determinant()));
    }
};

TEST(ColourClass, IsTheSpreadOfItsSamples) {
    auto const references = draw_samples(12, 1);
    ColourClass const colours = fit_colour_class(references);
    Predictive const expected{references};
    EXPECT_EQ(colours.samples, 12U);
    EXPECT_EQ(colours.spots, 12U);
    EXPECT_DOUBLE_EQ(colours.degrees, 10.0);
    auto const shares = Plane::shares(expected.mean[0], expected.mean[1]);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(colours.mean_shares[i], shares[i], 1e-12);
    }
    // Orthonormal coordinates of any kind: same trace and determinant.
    EXPECT_NEAR(
        colours.scale2[0] + colours.scale2[3], expected.scale2[0] + expected.scale2[2], 1e-12);
    EXPECT_NEAR(colours.scale2[0] * colours.scale2[3] - colours.scale2[1] * colours.scale2[2],
                expected.determinant(),
                1e-12);
}

TEST(ColourClass, PredictsAFurtherSampleAsOftenAsItSays) {
    // (distance^2 / 2) follows F(2, n - 2); with n = 10 it exceeds 4.46 one time in 20 (any table of F).
    int beyond = 0;
    constexpr int runs = 4000;
    for (int run = 0; run < runs; ++run) {
        auto all = draw_samples(11, 100 + static_cast<std::uint64_t>(run));
        auto const further = all.back().light.flux_dn;
        all.pop_back();
        ColourClass const colours = fit_colour_class(all);
        Predictive const own{all};
        auto const at = Plane::of(further[0] / 1e6, further[1] / 1e6, further[2] / 1e6);
        beyond += own.distance2(at[0], at[1]) / 2 > 4.459 ? 1 : 0;
        // The code's own scale gives the same distance: ln density falls by it against the centre.
        if (run < 20) {
            double const fall =
                log_density(colours, light({further[0], further[1], further[2]}, 1.0)) -
                std::log(own.density(at[0], at[1]));
            EXPECT_NEAR(fall, 0.5 * std::log(3.0) - 2 * std::log(1e6), 1e-4);
        }
    }
    EXPECT_NEAR(beyond, 0.05 * runs, 4 * std::sqrt(0.05 * 0.95 * runs));
}

// Slow and independent: sum over a grid of amounts and shares.
double density_by_grid(Predictive const& own, ColourLight const& trace, double sigma) {
    double const step = 0.004;
    double sum = 0.0;
    double const total = trace.total_dn();
    double const amount_step = sigma / 2;
    for (double a = total - 12 * sigma; a < total + 12 * sigma; a += amount_step) {
        for (int i = -120; i <= 120; ++i) {
            for (int j = -120; j <= 120; ++j) {
                double const u = own.mean[0] + i * step;
                double const v = own.mean[1] + j * step;
                auto const shares = Plane::shares(u, v);
                double square = 0.0;
                for (std::size_t k = 0; k < 3; ++k) {
                    double const d = (trace.flux_dn[k] - a * shares[k]) / sigma;
                    square += d * d;
                }
                if (square < 80) {
                    sum += own.density(u, v) * std::exp(-square / 2) * step * step * amount_step;
                }
            }
        }
    }
    return sum / std::pow(std::sqrt(2 * std::numbers::pi) * sigma, 3);
}

TEST(ColourClass, AgreesWithASumOverAGridWhereNoiseCounts) {
    auto const references = draw_samples(11, 3);
    ColourClass const colours = fit_colour_class(references);
    Predictive const own{references};
    for (auto const& flux :
         {std::vector<double>{300, 450, 250}, {200, 600, 200}, {500, 300, 200}}) {
        ColourLight const trace = light(flux, 40.0);
        EXPECT_NEAR(log_density(colours, trace), std::log(density_by_grid(own, trace, 40.0)), 2e-3);
    }
}

TEST(ColourClass, DoesNotDependOnTheOrderOfChannels) {
    auto references = draw_samples(12, 5);
    ColourLight trace = light({310, 420, 270}, 25.0);
    trace.covariance_dn2[1] = trace.covariance_dn2[3] = 200.0;
    double const before = log_density(fit_colour_class(references), trace);
    auto const turn = [](ColourLight& l) {
        ColourLight const old = l;
        for (std::size_t i = 0; i < 3; ++i) {
            l.flux_dn[(i + 1) % 3] = old.flux_dn[i];
            for (std::size_t j = 0; j < 3; ++j) {
                l.covariance_dn2[(i + 1) % 3 * 3 + (j + 1) % 3] = old.covariance_dn2[i * 3 + j];
            }
        }
    };
    for (auto& reference : references) {
        turn(reference.light);
    }
    turn(trace);
    EXPECT_NEAR(log_density(fit_colour_class(references), trace), before, 1e-9);
}

TEST(ColourClass, TakesNoSideByTheAmountOfLight) {
    auto const references = draw_samples(12, 6);
    ColourClass const colours = fit_colour_class(references);
    ColourLight const faint = light({310, 420, 270}, 25.0);
    ColourLight const bright = light({3100, 4200, 2700}, 250.0);
    double const both = -2 * std::log(10.0); // DN^(1 - channels), whatever the class
    EXPECT_NEAR(log_density(colours, bright) - log_density(colours, faint), both, 1e-9);
    EXPECT_NEAR(log_density_of_unknown(bright) - log_density_of_unknown(faint), both, 1e-9);
}

TEST(ColourClass, AddsTheSpreadWithinSamples) {
    // Two channels, shares 1/2 +- d: five samples without spread of their means, each of two spots 0.5 +- 0.1.
    std::vector<ColourReference> references;
    for (int i = 0; i < 5; ++i) {
        for (double const share : {0.4, 0.6}) {
            references.push_back(
                {"s" + std::to_string(i), light({1e6 * share, 1e6 * (1 - share)}, 1.0)});
        }
    }
    ColourClass const colours = fit_colour_class(references);
    // Within: each sample's two coordinates sqrt(2) (share - 1/2) lie 0.1 sqrt(2) off their mean: pooled variance
    // 2 * 0.02 = 0.04, of which a mean of two spots keeps half and lost half. Prediction: (1 + 1/5) * 4 / 4.
    EXPECT_EQ(colours.samples, 5U);
    EXPECT_EQ(colours.spots, 10U);
    EXPECT_NEAR(colours.scale2[0], 0.5 * 0.04 * 1.2, 1e-12);
}

TEST(ColourOfUnknown, IsEvenOverAllShares) {
    // Without noise: 2! / total^2 for three channels, whatever the shares.
    EXPECT_NEAR(log_density_of_unknown(light({5e5, 3e5, 2e5}, 1.0)),
                std::log(2.0) - 2 * std::log(1e6),
                1e-5);
    EXPECT_NEAR(log_density_of_unknown(light({1e4, 9.8e5, 1e4}, 1.0)),
                std::log(2.0) - 2 * std::log(1e6),
                1e-5);
}

TEST(ColourOfUnknown, LosesWhatNoiseMayPutBelowZero) {
    // One channel without light: half the noise lies below 0. 4096 draws: 0.5 +- 0.008; 4 of them.
    double const inside = log_density_of_unknown(light({5e5, 5e5, 1e5}, 100.0));
    double const edge = log_density_of_unknown(light({5.5e5, 5.5e5, 0.0}, 100.0));
    EXPECT_NEAR(std::exp(edge - inside), 0.5, 0.032);
}

// Behind a long-pass filter several channels are dark at once: all above 0 by noise is rare, and is no zero.
TEST(ColourOfUnknown, IsKnownWhereManyChannelsAreDark) {
    // Independent channels of noise 100: four at -2 standard deviations. The lit ones' total is far above noise, so
    // the density is that of three lit channels' worth times Phi(-2)^4, but for what the dark ones add to the total.
    double const phi = 0.5 * std::erfc(2.0 / std::sqrt(2.0));
    double const dark =
        log_density_of_unknown(light({1e7, 1e7, -200.0, -200.0, -200.0, -200.0}, 100.0));
    double const total = 2e7;
    EXPECT_NEAR(dark, std::lgamma(6.0) - 5.0 * std::log(total) + 4.0 * std::log(phi), 1e-4);
}

TEST(ColourOfUnknown, AgreesWithCountingDraws) {
    // Correlated noise: the share of plain draws with every channel above 0.
    cmq::detect::ColourLight one = light({4000.0, 150.0, -80.0}, 100.0);
    one.covariance_dn2 = {
        10000.0, 6000.0, 2000.0, 6000.0, 10000.0, -3000.0, 2000.0, -3000.0, 10000.0};
    // Rows of its root: 100; 60, 80; 20, -52.5, 82.73.
    double const c = -(3000.0 + 60.0 * 20.0) / 80.0;
    double const d = std::sqrt(10000.0 - 400.0 - c * c);
    cmq::Random random{77, 0, 0};
    double sum = 0.0;
    constexpr int draws = 1'000'000;
    for (int i = 0; i < draws; ++i) {
        double const a = random.normal();
        double const b = random.normal();
        double const x = 4000.0 + 100.0 * a;
        double const y = 150.0 + 60.0 * a + 80.0 * b;
        double const z = -80.0 + 20.0 * a + c * b + d * random.normal();
        sum += x > 0.0 && y > 0.0 && z > 0.0 ? 1.0 / ((x + y + z) * (x + y + z)) : 0.0;
    }
    double const plain = std::log(2.0 * sum / draws);
    EXPECT_NEAR(log_density_of_unknown(one), plain, 0.02); // 4096 draws: some 0.006
}

ErrorKind kind_of(auto const& call) {
    try {
        call();
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(ColourClass, RefusesTooFewSamples) {
    auto references = draw_samples(4, 1);
    references.push_back(references.back()); // a second spot is no further sample
    EXPECT_EQ(kind_of([&] { (void)fit_colour_class(references); }), ErrorKind::insufficient);
    EXPECT_EQ(kind_of([] { (void)fit_colour_class({}); }), ErrorKind::insufficient);
}

TEST(ColourClass, RefusesSamplesOfOneColour) {
    std::vector<ColourReference> references;
    for (int i = 0; i < 6; ++i) {
        references.push_back({std::to_string(i), light({256.0, 512.0, 256.0}, 1.0)});
    }
    EXPECT_EQ(kind_of([&] { (void)fit_colour_class(references); }), ErrorKind::insufficient);
}

TEST(ColourClass, RefusesAFaintReference) {
    auto references = draw_samples(12, 1);
    references[3].light = light({10, 10, 10}, 5.0); // 30 +- 8.7
    EXPECT_EQ(kind_of([&] { (void)fit_colour_class(references); }), ErrorKind::insufficient);
}

TEST(ColourClass, RefusesUnlikeChannels) {
    auto references = draw_samples(12, 1);
    ColourClass const colours = fit_colour_class(references);
    ColourLight const six = join(references[0].light, references[1].light);
    EXPECT_EQ(kind_of([&] { (void)log_density(colours, six); }), ErrorKind::shape);
    references[3].light = six;
    EXPECT_EQ(kind_of([&] { (void)fit_colour_class(references); }), ErrorKind::shape);
    ColourLight broken = light({300, 400, 300}, 1.0);
    broken.covariance_dn2.pop_back();
    EXPECT_EQ(kind_of([&] { (void)log_density(colours, broken); }), ErrorKind::shape);
}

TEST(ColourClass, RefusesAFaintTrace) {
    ColourClass const colours = fit_colour_class(draw_samples(12, 1));
    EXPECT_EQ(kind_of([&] {
                  (void)log_density(colours, light({10, 10, 10}, 5.0));
              }),
              ErrorKind::insufficient);
    EXPECT_EQ(kind_of([] {
                  (void)log_density_of_unknown(light({10, 10, 10}, 5.0));
              }),
              ErrorKind::insufficient);
}

TEST(ColourClass, RefusesWhatIsNoNumber) {
    ColourClass const colours = fit_colour_class(draw_samples(12, 1));
    ColourLight trace = light({300, 400, 300}, 1.0);
    trace.flux_dn[1] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(kind_of([&] { (void)log_density(colours, trace); }), ErrorKind::domain);
    trace = light({300, 400, 300}, 1.0);
    trace.covariance_dn2[1] = trace.covariance_dn2[3] = 2.0; // correlation above 1
    EXPECT_EQ(kind_of([&] { (void)log_density(colours, trace); }), ErrorKind::domain);
}

TEST(ColourOfUnknown, RefusesNegativeLightBeyondNoise) {
    EXPECT_EQ(kind_of([] {
                  (void)log_density_of_unknown(light({1e6, 1e6, -1e4}, 100.0));
              }),
              ErrorKind::insufficient);
}

} // namespace
