// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/p_findings.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace {

using namespace cmq::lab;

FindingVector
vector_of(FindingKind kind, ReadingModel const& model, double value = 0.0, double sigma = 0.0) {
    Finding f;
    f.kind = kind;
    f.value = value;
    f.sigma = sigma;
    return make_finding_vector(f, model, Grain::quanta);
}

/// Independent: every Poisson term by lgamma, the load by Simpson's rule in ln M on a dense even grid.
double
log_p_by_simpson(std::vector<FindingVector> const& w, std::vector<double> const& share, Load load) {
    auto const given_load = [&](double m) {
        double product = 1.0;
        for (std::size_t z = 0; z < w.size(); ++z) {
            double const lambda = share[z] * m;
            double sum = 0.0;
            double below = 0.0;
            for (std::size_t n = 0; n < w[z].weight.size(); ++n) {
                double const x = static_cast<double>(n);
                double const pmf = std::exp(x * std::log(lambda) - lambda - std::lgamma(x + 1.0));
                sum += pmf * w[z].weight[n];
                below += pmf;
            }
            if (w[z].tail > 0.0) { // the tail's weights: sum them too where 1 - below would cancel
                double beyond = 1.0 - below;
                if (beyond < 1e-3) {
                    beyond = 0.0;
                    for (std::size_t n = w[z].weight.size(); n < w[z].weight.size() + 400; ++n) {
                        double const x = static_cast<double>(n);
                        beyond += std::exp(x * std::log(lambda) - lambda - std::lgamma(x + 1.0));
                    }
                }
                sum += w[z].tail * beyond;
            }
            product *= sum;
        }
        return product;
    };
    int const intervals = 6000;
    double const low = std::log(1.0 / load.rate) - 40.0 / std::min(load.shape, 1.0);
    double const high = std::log((load.shape + 800.0) / load.rate);
    double const h = (high - low) / intervals;
    double sum = 0.0;
    for (int i = 0; i <= intervals; ++i) {
        double const m = std::exp(low + h * i);
        double const density = std::exp(load.shape * std::log(load.rate * m) - load.rate * m -
                                        std::lgamma(load.shape));
        double const simpson = (i == 0 || i == intervals) ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
        sum += simpson * density * given_load(m);
    }
    return std::log(sum * h / 3.0);
}

std::vector<double>
log_p(std::vector<FindingVector> const& w,
      std::vector<double> const& share,
      Load load,
      std::function<void(std::span<ZoneTerm const>, Load const&, std::span<double>)> const& f,
      double extra = 0.0) {
    std::vector<RateLikelihood> likelihoods(w.begin(), w.end());
    std::vector<ZoneTerm> terms;
    for (std::size_t z = 0; z < w.size(); ++z) {
        terms.push_back({&likelihoods[z], share[z], extra});
    }
    std::vector<double> out(w.size());
    f(terms, load, out);
    return out;
}

void closed(std::span<ZoneTerm const> terms, Load const& load, std::span<double> out) {
    ASSERT_TRUE(log_p_closed(terms, load, out));
}

void on_grid(std::span<ZoneTerm const> terms, Load const& load, std::span<double> out) {
    ASSERT_TRUE(log_p_on_grid(terms, load, out));
}

TEST(LogPClosed, IsTheNegativeBinomialForOneCount) {
    double const a = 1.7;
    double const rate = 0.2;
    double const k = 0.3;
    int const n = 4;
    double const p = k / (rate + k);
    double const expected = std::lgamma(a + n) - std::lgamma(a) - std::lgamma(n + 1.0) +
                            n * std::log(p) + a * std::log1p(-p);
    auto const got = log_p({vector_of(FindingKind::count, {}, n)}, {k}, {a, rate}, closed);
    EXPECT_NEAR(got[0], expected, 1e-13);
}

TEST(LogPClosed, AgreesWithSimpsonOverTheLoad) {
    ReadingModel const model{.kappa = 3.0,
                             .slope = 2.0,
                             .look_alikes = {{0.05, 0.6, 0.2}},
                             .contamination_probability = 0.02,
                             .contamination_mean_quanta = 4.0};
    std::vector<FindingVector> const w{vector_of(FindingKind::detected, model),
                                       vector_of(FindingKind::not_detected, model),
                                       vector_of(FindingKind::count, {.kappa = 1.0}, 3.0)};
    for (double const shape : {0.4, 1.0, 3.0}) {
        Load const load{shape, 0.4};
        std::vector<double> const share{0.5, 0.1, 0.25};
        // Simpson on 6000 steps of smooth integrands: far below 1e-10.
        EXPECT_NEAR(log_p(w, share, load, closed).back(), log_p_by_simpson(w, share, load), 1e-9)
            << shape;
    }
}

TEST(LogPClosed, GivesEveryPrefix) {
    ReadingModel const model{.kappa = 2.0, .slope = 1.0};
    std::vector<FindingVector> const w{vector_of(FindingKind::not_detected, model),
                                       vector_of(FindingKind::detected, model)};
    Load const load{1.3, 0.3};
    auto const both = log_p(w, {0.2, 0.4}, load, closed);
    auto const first = log_p({w[0]}, {0.2}, load, closed);
    EXPECT_NEAR(both[0], first[0], 1e-12);
}

TEST(LogPQuadrature, AgreesWithTheClosedForm) {
    ReadingModel const model{.kappa = 5.0, .slope = 2.5, .look_alikes = {{0.03, 0.7, 1.0}}};
    std::vector<FindingVector> const w{vector_of(FindingKind::detected, model),
                                       vector_of(FindingKind::not_detected, model)};
    for (double const shape : {0.3, 1.0, 2.0, 20.0}) {
        for (double const share : {1e-6, 1e-3, 0.1, 0.6}) {
            Load const load{shape, 0.3 * shape + 0.3};
            std::vector<double> const shares{share, 0.5 * share};
            auto const exact = log_p(w, shares, load, closed);
            auto const got = log_p(w, shares, load, log_p_quadrature);
            // interpolation of ln h may cost 2e-5
            EXPECT_NEAR(got[0], exact[0], 3e-5) << shape << ' ' << share;
            EXPECT_NEAR(got[1], exact[1], 6e-5) << shape << ' ' << share;
        }
    }
}

TEST(LogPOnGrid, AgreesWithTheClosedForm) {
    for (double const slope : {1.0, 2.5, 5.0}) {
        ReadingModel const model{.kappa = 5.0,
                                 .slope = slope,
                                 .look_alikes = {{0.03, 0.7, 1.0}},
                                 .contamination_probability = 0.01,
                                 .contamination_mean_quanta = 8.0};
        std::vector<FindingVector> const w{vector_of(FindingKind::detected, model),
                                           vector_of(FindingKind::not_detected, model)};
        for (double const shape : {0.3, 1.0, 2.0, 20.0}) {
            for (double const share : {0.0, 1e-6, 1e-3, 0.1, 0.6}) {
                Load const load{shape, 0.3 * shape + 0.3};
                std::vector<double> const shares{share, 0.5 * share};
                auto const exact = log_p(w, shares, load, closed);
                auto const got = log_p(w, shares, load, on_grid);
                EXPECT_NEAR(got[0], exact[0], 5e-5) << slope << ' ' << shape << ' ' << share;
                EXPECT_NEAR(got[1], exact[1], 5e-5) << slope << ' ' << shape << ' ' << share;
            }
        }
    }
}

TEST(LogPOnGrid, AgreesWithTheQuadratureForLargeLoads) {
    for (double const kappa : {3.0, 30.0, 100.0}) {
        ReadingModel const model{.kappa = kappa, .slope = 3.0, .look_alikes = {{0.03, 0.7, 1.0}}};
        std::vector<FindingVector> const w{vector_of(FindingKind::not_detected, model),
                                           vector_of(FindingKind::detected, model)};
        for (double const shape : {0.5, 1.5, 8.0}) {
            for (double const share : {1e-5, 1e-3, 0.3}) {
                Load const load{shape, shape / (300.0 * kappa)};
                std::vector<double> const shares{share, 0.5 * share};
                auto const other = log_p(w, shares, load, log_p_quadrature);
                auto const got = log_p(w, shares, load, on_grid);
                EXPECT_NEAR(got[1], other[1], 3e-4) << kappa << ' ' << shape << ' ' << share;
            }
        }
    }
}

TEST(LogPOnGrid, LeavesExtraQuantaAndNarrowFindingsToTheQuadrature) {
    std::vector<FindingVector> const w{vector_of(FindingKind::count, {.kappa = 1.0}, 900.0)};
    RateLikelihood likelihood{w[0]};
    std::vector<double> out(1);
    EXPECT_FALSE(log_p_on_grid(
        std::vector<ZoneTerm>{{&likelihood, 0.5, 0.0}}, {1.0, 0.001}, out)); // 1 / 30 wide
    EXPECT_FALSE(log_p_on_grid(std::vector<ZoneTerm>{{&likelihood, 0.5, 1.0}}, {1.0, 0.001}, out));
}

TEST(LogPQuadrature, AgreesWithSimpsonForThousandsOfQuanta) {
    ReadingModel const model{.kappa = 60.0,
                             .slope = 4.0,
                             .look_alikes = {{0.05, 0.6, 1.0}},
                             .contamination_probability = 0.01,
                             .contamination_mean_quanta = 60.0};
    std::vector<FindingVector> const w{vector_of(FindingKind::amount, model, 25.0, 1.0),
                                       vector_of(FindingKind::not_detected, model)};
    for (double const share : {0.3, 0.01}) {
        Load const load{1.0, 1.0 / 6000.0};
        std::vector<double> const shares{share, 0.2 * share};
        EXPECT_NEAR(log_p(w, shares, load, log_p_quadrature).back(),
                    log_p_by_simpson(w, shares, load),
                    1e-4);
    }
}

TEST(LogPFindings, AveragesOverTheMultiplierOfAZone) {
    // Independent: 20 000 multipliers drawn from Gamma(r, r), each multiplying the share, averaged. The relative
    // spread of p over them is below 3, so five standard errors are 0.1.
    ReadingModel const model{.kappa = 12.0,
                             .slope = 3.0,
                             .look_alikes = {{0.05, 0.6, 1.0}},
                             .contamination_probability = 0.01,
                             .contamination_mean_quanta = 12.0};
    double const shape = 1.8;
    Load const load{1.3, 1.3 / 1500.0};
    for (FindingKind const kind :
         {FindingKind::amount, FindingKind::detected, FindingKind::not_detected}) {
        FindingVector const w = vector_of(kind, model, 30.0, 5.0);
        for (double const extra : {0.0, 40.0}) {
            double const share = 0.1;
            cmq::Random random{3, 0, 0};
            double sum = 0.0;
            int const draws = 20'000;
            RateLikelihood plain{w};
            for (int i = 0; i < draws; ++i) {
                double const g = random.gamma(shape) / shape;
                std::vector<ZoneTerm> const term{{&plain, share * g, extra * g}};
                std::vector<double> out(1);
                log_p_quadrature(term, load, out);
                sum += std::exp(out.front());
            }
            RateLikelihood dispersed{w, shape};
            std::vector<ZoneTerm> const term{{&dispersed, share, extra}};
            std::vector<double> out(1);
            log_p_findings(term, load, out);
            EXPECT_NEAR(out.front(), std::log(sum / draws), 0.1) << extra;
        }
    }
}

TEST(LogPFindings, CountsLargeAmountsInLumpsWithoutMovingTheValue) {
    // 185 detection limits of 60 quanta are 11 100 quanta, here counted in lumps of 55. Mean and variance are kept,
    // so p, an average over a wide load, stays within 1 %; where the amount lies 12 or 120 times above the mean,
    // p is the overlap of two far tails (e^-18, e^-50), and the third moment shows: 3 %.
    ReadingModel const model{.kappa = 60.0,
                             .slope = 4.0,
                             .look_alikes = {{0.05, 0.6, 1.0}},
                             .look_alike_mean_dl = 5.0,
                             .contamination_probability = 0.01,
                             .contamination_mean_quanta = 90.0};
    Finding finding;
    finding.kind = FindingKind::amount;
    finding.value = 185.0;
    finding.sigma = 28.0;
    std::vector<FindingVector> const exact{make_finding_vector(finding, model, Grain::quanta)};
    std::vector<FindingVector> const lumps{make_finding_vector(finding, model)};
    EXPECT_GT(lumps.front().lump, 50.0);
    EXPECT_LT(lumps.front().weight.size(), 600U);
    for (double const share : {0.5, 0.05, 0.005}) {
        for (double const extra : {0.0, 400.0}) {
            Load const load{1.5, 1.5 / 18000.0};
            EXPECT_NEAR(log_p(exact, {share}, load, log_p_quadrature, extra).back(),
                        log_p(lumps, {share}, load, log_p_findings, extra).back(),
                        share == 0.5 ? 0.01 : 0.03)
                << share << ' ' << extra;
        }
    }
}

TEST(LogPQuadrature, KeepsNumbersThatUnderflowADouble) {
    // A count of 300 where 1e-5 is expected: p about (1e-8)^300.
    std::vector<FindingVector> const w{vector_of(FindingKind::count, {.kappa = 1.0}, 300.0)};
    Load const load{2.0, 2000.0};
    double const k = 0.01;
    double const p = k / (load.rate + k);
    double const expected = std::lgamma(302.0) - std::lgamma(2.0) - std::lgamma(301.0) +
                            300.0 * std::log(p) + 2.0 * std::log1p(-p);
    EXPECT_LT(expected, -1000.0);
    EXPECT_NEAR(log_p(w, {k}, load, log_p_quadrature)[0], expected, 1e-3);
    EXPECT_NEAR(log_p(w, {k}, load, log_p_findings)[0], expected, 1e-3);
}

TEST(LogPQuadrature, AddsQuantaOfOtherLoads) {
    // No quantum of this load reaches the zone: p is the Poisson probability of the others.
    std::vector<FindingVector> const w{vector_of(FindingKind::count, {.kappa = 1.0}, 3.0)};
    double const expected = 3.0 * std::log(2.5) - 2.5 - std::log(6.0);
    EXPECT_NEAR(log_p(w, {0.0}, {1.0, 0.1}, log_p_quadrature, 2.5)[0], expected, 1e-9);
}

TEST(LogPFindings, IsImpossibleOnlyWhereNothingReachesTheZone) {
    std::vector<FindingVector> const w{vector_of(FindingKind::count, {.kappa = 1.0}, 3.0)};
    EXPECT_EQ(log_p(w, {0.0}, {1.0, 0.1}, log_p_findings)[0],
              -std::numeric_limits<double>::infinity());
    EXPECT_GT(log_p(w, {1e-9}, {1.0, 0.1}, log_p_findings)[0], -100.0);
}

TEST(LogPFindings, SumsToOneOverAllFindings) {
    ReadingModel const model{.kappa = 2.0, .slope = 1.5, .look_alikes = {{0.1, 0.5, 1.0}}};
    std::vector<FindingVector> const seen{vector_of(FindingKind::not_detected, model),
                                          vector_of(FindingKind::detected, model)};
    double sum = 0.0;
    for (int i = 0; i < 8; ++i) {
        std::vector<FindingVector> const w{seen[i & 1], seen[(i >> 1) & 1], seen[(i >> 2) & 1]};
        sum += std::exp(log_p(w, {0.2, 0.3, 0.05}, {1.4, 0.25}, closed).back());
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
}

/// Plain simulation: quanta one by one, no formula of the model but its definition.
TEST(LogPFindings, AgreesWithQuantaSimulatedOneByOne) {
    double const kappa = 4.0;
    double const slope = 2.0;
    std::array<double, 2> const share{0.3, 0.15};
    Load const load{1.5, 0.1};
    int const runs = 200000;
    std::array<int, 4> seen_as{};
    for (int run = 0; run < runs; ++run) {
        cmq::Random random{77, 0, static_cast<std::uint64_t>(run)};
        auto const quanta = random.poisson(random.gamma(load.shape) / load.rate);
        std::array<int, 2> on{};
        for (std::uint64_t quantum = 0; quantum < quanta; ++quantum) {
            double const u = random.uniform();
            if (u < share[0]) {
                ++on[0];
            } else if (u < share[0] + share[1]) {
                ++on[1];
            }
        }
        int outcome = 0;
        for (std::size_t z = 0; z < 2; ++z) {
            double const missed = std::pow(0.5, std::pow(on[z] / kappa, slope));
            outcome |= random.uniform() > missed ? 1 << z : 0;
        }
        ++seen_as[static_cast<std::size_t>(outcome)];
    }
    ReadingModel const model{.kappa = kappa, .slope = slope};
    std::array const vectors{vector_of(FindingKind::not_detected, model),
                             vector_of(FindingKind::detected, model)};
    for (std::size_t outcome = 0; outcome < 4; ++outcome) {
        double const p = std::exp(log_p({vectors[outcome & 1], vectors[outcome >> 1]},
                                        {share[0], share[1]},
                                        load,
                                        log_p_findings)
                                      .back());
        double const sigma = std::sqrt(p * (1.0 - p) / runs);
        EXPECT_NEAR(static_cast<double>(seen_as[outcome]) / runs, p, 4.5 * sigma) << outcome;
    }
}

} // namespace
