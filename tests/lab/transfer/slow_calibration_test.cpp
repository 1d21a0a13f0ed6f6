// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/transfer/agents.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

// A tenth of docs/studies/calibration.md: cases of known truth, every parameter drawn from the library, marker moved
// quantum by quantum by the agents.
struct Ratios {
    std::vector<double> log10_if_hit;
    std::vector<double> log10_if_contact;
};

Ratios ratios_of_known_cases(std::uint64_t cases) {
    PopulationPrior const prior{library()};
    Ratios ratios;
    for (std::uint64_t i = 0; i < 2 * cases; ++i) {
        bool const hit = i % 2 == 0;
        KnownCase known = random_case(1000 + i);
        cmq::Random random{77, 2, i};
        happen(known, hit, prior.draw(5, i), random);
        Settings settings = value_only(1024);
        settings.seed = 9;
        Evaluation const result =
            evaluate(known.account, known.hit, known.contact, known.findings, library(), settings);
        (hit ? ratios.log10_if_hit : ratios.log10_if_contact)
            .push_back(result.log10_p_h1.value() - result.log10_p_h2.value());
    }
    return ratios;
}

// Reliability: among cases of either truth in equal number, LR / (1 + LR) is the probability that the hit is true. The
// sum of (truth - probability) has variance sum p (1 - p).
TEST(SlowCalibration, RatiosOfKnownCasesMeanWhatTheySay) {
    Ratios const ratios = ratios_of_known_cases(100);
    double difference = 0.0;
    double variance = 0.0;
    double slope = 0.0; // the same, weighted by log10 LR: too bold or too shy
    double slope_variance = 0.0;
    double cost = 0.0;
    auto const add = [&](double log10_lr, double truth) {
        double const lr = std::pow(10.0, log10_lr);
        double const p = lr / (1.0 + lr);
        difference += truth - p;
        variance += p * (1.0 - p);
        slope += log10_lr * (truth - p);
        slope_variance += log10_lr * log10_lr * p * (1.0 - p);
        cost += std::log2(1.0 + (truth > 0.0 ? 1.0 / lr : lr)) / 200.0;
    };
    for (double const value : ratios.log10_if_hit) {
        add(value, 1.0);
    }
    for (double const value : ratios.log10_if_contact) {
        add(value, 0.0);
    }
    EXPECT_LT(std::abs(difference), 3.3 * std::sqrt(variance)); // 1 in 1 000
    EXPECT_LT(std::abs(slope), 3.3 * std::sqrt(slope_variance));
    EXPECT_LT(cost, 0.95); // Cllr: the findings say something
    int beyond = 0;
    for (double const value : ratios.log10_if_contact) {
        beyond += value >= 1.0 ? 1 : 0;
    }
    // P(LR >= 10 | contact) <= 1/10: at most 20 of 100, but for 1 in 1 000.
    EXPECT_LE(beyond, 20);
}

} // namespace
