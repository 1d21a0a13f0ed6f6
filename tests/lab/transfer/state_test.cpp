// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/state.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;

/// Independent: the differential equations by Runge-Kutta 4 in 20000 steps.
State by_runge_kutta(State s, double dt, DecayRates const& r) {
    auto const slope = [&](State const& x) {
        double const dries = x.wet / r.drying_tau_min;
        return State{-dries,
                     r.loose_share * dries - r.loose_rate_per_min * x.loose,
                     (1.0 - r.loose_share) * dries - r.bound_rate_per_min * x.bound};
    };
    auto const move = [](State const& x, State const& d, double h) {
        return State{x.wet + h * d.wet, x.loose + h * d.loose, x.bound + h * d.bound};
    };
    int const steps = 20000;
    double const h = dt / steps;
    for (int i = 0; i < steps; ++i) {
        State const k1 = slope(s);
        State const k2 = slope(move(s, k1, h / 2));
        State const k3 = slope(move(s, k2, h / 2));
        State const k4 = slope(move(s, k3, h));
        s = move(move(move(move(s, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
    }
    return s;
}

TEST(After, AgreesWithTheDifferentialEquations) {
    State const start{0.6, 0.3, 0.1};
    for (DecayRates const& rates : {DecayRates{20.0, 0.93, 0.009, 0.0003},
                                    DecayRates{180.0, 0.4, 0.05, 0.001},
                                    DecayRates{50.0, 0.5, 1.0 / 50.0, 1.0 / 50.0 + 1e-9}}) {
        for (double const dt : {0.5, 30.0, 400.0}) {
            State const got = after(start, dt, rates);
            State const expected = by_runge_kutta(start, dt, rates);
            // Runge-Kutta 4: error about (h rate)^4 = (0.02 * 0.05)^4.
            EXPECT_NEAR(got.wet, expected.wet, 1e-10);
            EXPECT_NEAR(got.loose, expected.loose, 1e-10);
            EXPECT_NEAR(got.bound, expected.bound, 1e-10);
        }
    }
}

TEST(After, HasTheLimitWhereDryingAndLossAreEquallyFast) {
    DecayRates const rates{40.0, 0.7, 1.0 / 40.0, 0.0};
    State const got = after({1.0, 0.0, 0.0}, 60.0, rates);
    EXPECT_NEAR(got.loose, 0.7 * (60.0 / 40.0) * std::exp(-60.0 / 40.0), 1e-15);
}

TEST(After, LosesNothingWithoutLoss) {
    State const got = after({0.5, 0.2, 0.3}, 77.0, {15.0, 0.3, 0.0, 0.0});
    EXPECT_NEAR(got.total(), 1.0, 1e-15);
}

TEST(After, DoesNothingInNoTimeAndComposes) {
    DecayRates const rates{30.0, 0.8, 0.01, 0.001};
    State const start{0.5, 0.2, 0.3};
    State const same = after(start, 0.0, rates);
    EXPECT_EQ(same.wet, 0.5);
    EXPECT_EQ(same.loose, 0.2);
    EXPECT_EQ(same.bound, 0.3);
    State const twice = after(after(start, 12.0, rates), 45.0, rates);
    State const once = after(start, 57.0, rates);
    EXPECT_NEAR(twice.wet, once.wet, 1e-15);
    EXPECT_NEAR(twice.loose, once.loose, 1e-15);
    EXPECT_NEAR(twice.bound, once.bound, 1e-15);
}

TEST(MakeContact, MovesBothWaysAtOnceAndConservesEachPool) {
    State a{0.4, 0.2, 0.1};
    State b{0.1, 0.05, 0.15};
    make_contact(a, b, {0.5, 0.1, 0.0}, {0.25, 0.2, 0.0});
    EXPECT_NEAR(a.wet, 0.5 * 0.4 + 0.25 * 0.1, 1e-16);
    EXPECT_NEAR(b.wet, 0.75 * 0.1 + 0.5 * 0.4, 1e-16);
    EXPECT_NEAR(a.wet + b.wet, 0.5, 1e-16);
    EXPECT_NEAR(a.loose + b.loose, 0.25, 1e-16);
    EXPECT_EQ(a.bound, 0.1);
    EXPECT_EQ(b.bound, 0.15);
}

TEST(WithOdds, MultipliesOddsAndStaysInRange) {
    EXPECT_NEAR(with_odds(0.2, 1.0), 0.2, 1e-16);
    EXPECT_NEAR(with_odds(0.5, 3.0), 0.75, 1e-16);
    EXPECT_NEAR(with_odds(with_odds(0.3, 5.0), 0.2), 0.3, 1e-15);
    EXPECT_EQ(with_odds(0.0, 1e300), 0.0);
    EXPECT_EQ(with_odds(1.0, 1e-300), 1.0);
    EXPECT_LE(with_odds(0.999, 1e9), 1.0);
}

} // namespace
