// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/evaluator.hpp"
#include "tests/lab/transfer/fixtures.hpp"
#include "tests/lab/transfer/random_case.hpp"

#include <gtest/gtest.h>

#include <array>
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
        happen(known, hit, prior, i);
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

// Simulation-based calibration (S. Talts et al., arXiv 1804.06788): among the prior's draws, weighed by what they say of
// the findings, the truth's place is uniform. 90 % intervals of the posterior then hold the truth 90 times in 100.
TEST(SlowCalibration, PosteriorRanksOfTheTruthAreUniform) {
    PopulationPrior const prior{library()};
    Settings settings = value_only(1024);
    settings.seed = 9;
    constexpr std::array watched{Population::load_pellet_dl,
                                 Population::dry_tau_min,
                                 Population::transfer_wet,
                                 Population::look_alike_prevalence};
    cmq::Progress const progress;
    constexpr std::size_t cases = 150;
    constexpr std::size_t draws = 1024;
    std::array<std::array<int, 5>, watched.size()> counts{};
    std::array<int, watched.size()> held{};
    for (std::uint64_t i = 0; i < cases; ++i) {
        bool const hit = i % 2 == 0;
        KnownCase known = random_case(5000 + i);
        cmq::Random random{78, 3, i};
        Psi const truth = prior.draw_alone(random);
        Proposition const& true_one = hit ? known.hit : known.contact;
        known.findings = simulate_findings(known.account, true_one, known.findings, truth, random);
        Evaluator const evaluator{
            known.account, known.hit, known.contact, known.findings, library(), settings, progress};
        std::vector<Plan> const plans{make_plan(known.account, true_one)};
        Batch const batch = evaluator.simulate(prior, plans, 0, draws, 12);
        for (std::size_t w = 0; w < watched.size(); ++w) {
            double below = 0.0;
            double all = 0.0;
            for (std::size_t d = 0; d < draws; ++d) {
                double const weight = std::exp(batch.at(d, 0, batch.zones - 1));
                all += weight;
                below +=
                    prior.draw(settings.seed, d)[watched[w]] < truth[watched[w]] ? weight : 0.0;
            }
            double const rank = below / all;
            ++counts[w][std::min<std::size_t>(4, static_cast<std::size_t>(5.0 * rank))];
            held[w] += rank > 0.05 && rank < 0.95 ? 1 : 0;
        }
    }
    for (std::size_t w = 0; w < watched.size(); ++w) {
        double chi2 = 0.0;
        for (int const count : counts[w]) {
            chi2 += (count - cases / 5.0) * (count - cases / 5.0) / (cases / 5.0);
        }
        EXPECT_LT(chi2, 20.0) << name_of(watched[w]); // 5 in 10 000 of four degrees of freedom
        EXPECT_NEAR(held[w], 0.9 * cases, 3.5 * std::sqrt(0.09 * cases)) << name_of(watched[w]);
    }
}

} // namespace
