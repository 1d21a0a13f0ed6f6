// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/preassess.hpp"

#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;

/// P1's hand was hit, or shook P2's, which was; both hands and a sleeve are to be examined.
struct Street {
    Account account;
    std::vector<Proposition> propositions{{"Hp", Side::prosecution, {"shot_1"}, {}, {}},
                                          {"Hd", Side::defence, {"shot_2"}, {"handshake"}, {}},
                                          {"Hn", Side::defence, {}, {}, {}}};
    std::vector<Pair> pairs{{"Hp", "Hd"}, {"Hn", "Hp"}};
    std::vector<PlannedZone> planned{{"hand", Examination::visual, 240.0},
                                     {"sleeve", Examination::instrument, 250.0}};

    Street() {
        account.carriers = {
            {"hand", Surface::skin}, {"sleeve", Surface::porous}, {"other", Surface::skin}};
        Delivery shot;
        shot.id = "shot_1";
        shot.zones = {{"hand", 0.1}, {"sleeve", 0.2}};
        account.deliveries.push_back(shot);
        shot.id = "shot_2";
        shot.zones = {{"other", 0.3}};
        account.deliveries.push_back(shot);
        Event shake;
        shake.id = "handshake";
        shake.between = {"other", "hand"};
        shake.when = {4.0, 1.0};
        shake.probability = 0.7;
        shake.after = "shot_2";
        account.events.push_back(shake);
    }

    [[nodiscard]] Preassessment run(Settings const& settings) const {
        return preassess(account, propositions, pairs, planned, library(), settings);
    }
};

std::vector<Finding> findings_of(Street const& street, std::size_t outcome) {
    std::vector<Finding> findings;
    for (std::size_t z = 0; z < street.planned.size(); ++z) {
        Finding finding =
            found(street.planned[z].zone,
                  (outcome >> z & 1U) != 0 ? FindingKind::detected : FindingKind::not_detected,
                  street.planned[z].minutes);
        finding.examination = street.planned[z].examination;
        findings.push_back(finding);
    }
    return findings;
}

double sum_of(PropositionOutcomes const& outcomes) {
    double sum = 0.0;
    for (Estimate const& each : outcomes.probability) {
        sum += each.value;
    }
    return sum;
}

Preassessment const& of_street() {
    static Preassessment const result = Street{}.run(value_only(1024));
    return result;
}

TEST(Preassess, GivesClosedFormProbabilities) {
    // A load of Gamma shape 1 and mean m is geometric: quanta i on a and j on b have the probability
    // binom(i + j, i) x^i y^j / (1 + x + y)^(i + j + 1), x = 0.2 m = 2, y = 0.3 m = 3. At one detection
    // limit, one quantum here, half of the marks are missed, and above none (2^-(2^50) = 0).
    Account account;
    account.carriers = {{"a", Surface::smooth}, {"b", Surface::smooth}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{"a", 0.2}, {"b", 0.3}};
    shot.mean_load_dl = 10.0;
    account.deliveries = {shot};
    std::vector<Proposition> const propositions{{"Hp", Side::prosecution, {"shot"}, {}, {}},
                                                {"Hd", Side::defence, {}, {}, {}}};
    // Unmarked zones glow by a look-alike: 0.1 each, apart from one another.
    auto const result =
        preassess(account,
                  propositions,
                  std::vector<Pair>{{"Hp", "Hd"}},
                  std::vector<PlannedZone>{{"a", Examination::visual, 100.0},
                                           {"b", Examination::visual, 100.0}},
                  bare_parameters({{"look_alike.prevalence", 0.1}, {"look_alike.seen", 1.0}}),
                  value_only());
    auto const missed = [](int i, int j) { return (i == 0 ? 1.0 : 0.5) * (j == 0 ? 1.0 : 0.5); };
    auto const p = [](double x, double y, int i, int j) {
        return (i == 1 && j == 1 ? 2.0 : 1.0) * std::pow(x, i) * std::pow(y, j) /
               std::pow(1.0 + x + y, i + j + 1);
    };
    double none = 0.0;   // no marker seen on a, nor on b
    double none_a = 0.0; // whatever is on b, as if a were alone
    double none_b = 0.0;
    for (int i = 0; i < 2; ++i) {
        none_a += missed(i, 0) * p(2.0, 0.0, i, 0);
        none_b += missed(0, i) * p(0.0, 3.0, 0, i);
        for (int j = 0; j < 2; ++j) {
            none += missed(i, j) * p(2.0, 3.0, i, j);
        }
    }
    double const q = 0.1;
    // A zone on which no marker is seen glows all the same with probability q.
    double const dark = none * (1 - q) * (1 - q);
    double const dark_a = none_a * (1 - q);
    double const dark_b = none_b * (1 - q);
    std::vector<double> const p1{
        dark, dark_b - dark, dark_a - dark, 1.0 - dark_a - dark_b + dark}; // a is bit 0
    std::vector<double> const p2{(1 - q) * (1 - q), q * (1 - q), q * (1 - q), q * q};
    ASSERT_EQ(result.propositions.size(), 2U);
    // Integrated over the load at fixed nodes: error of ln p below 3e-5 a finding (docs/methods/transfer.md).
    constexpr double nodes = 6e-5;
    for (std::size_t o = 0; o < 4; ++o) {
        EXPECT_NEAR(result.propositions[0].probability[o].value, p1[o], nodes) << o;
        EXPECT_NEAR(result.propositions[1].probability[o].value, p2[o], 1e-12) << o;
        EXPECT_NEAR(
            result.comparisons[0].outcomes[o].log10_lr.value(), std::log10(p1[o] / p2[o]), 1e-6)
            << o;
    }
    // Only "nothing" speaks against the hit: it misleads if Hp is true; the others do if Hd is.
    EXPECT_NEAR(result.comparisons[0].misleading_if_h1.value, p1[0], nodes);
    EXPECT_NEAR(result.comparisons[0].misleading_if_h2.value, 1.0 - p2[0], 1e-12);
}

TEST(Preassess, SumsToOneForEachProposition) {
    // On the grid of ln M the error of p stays below 3e-4 (docs/methods/transfer.md); the terms of all
    // outcomes at one node sum to 1 but for interpolation, so that the sum is better than that.
    for (PropositionOutcomes const& each : of_street().propositions) {
        EXPECT_NEAR(sum_of(each), 1.0, 1e-4) << each.proposition;
    }
}

TEST(Preassess, TheRatioIsExpectedToBeOneUnderTheSecondProposition) {
    Preassessment const& result = of_street();
    auto const& p_hd = result.propositions[1];
    double sum = 0.0;
    for (std::size_t o = 0; o < 4; ++o) {
        double const log10_lr =
            std::log10(result.propositions[0].probability[o].value / p_hd.probability[o].value);
        if (result.comparisons[0].outcomes[o].log10_lr) {
            EXPECT_NEAR(*result.comparisons[0].outcomes[o].log10_lr, log10_lr, 1e-12);
        }
        sum += p_hd.probability[o].value * std::pow(10.0, log10_lr);
    }
    EXPECT_NEAR(sum, 1.0, 1e-4);
}

TEST(Preassess, GivesWhatEvaluateGivesFromTheSameDraws) {
    Street const street;
    Preassessment const& result = of_street();
    for (std::size_t o = 0; o < 4; ++o) {
        Evaluation const e = evaluate(street.account,
                                      street.propositions[0],
                                      street.propositions[1],
                                      findings_of(street, o),
                                      library(),
                                      value_only(1024));
        // The same terms, summed in another order.
        EXPECT_NEAR(
            std::log10(result.propositions[0].probability[o].value), e.log10_p_h1.value(), 1e-12);
        EXPECT_NEAR(
            std::log10(result.propositions[1].probability[o].value), e.log10_p_h2.value(), 1e-12);
        OutcomeValue const& value = result.comparisons[0].outcomes[o];
        EXPECT_EQ(value.withheld, e.withheld);
        ASSERT_EQ(value.log10_lr.has_value(), e.log10_lr.has_value());
        EXPECT_NEAR(value.log10_lr.value_or(0.0), e.log10_lr.value_or(0.0), 1e-12);
        // Both from 32 blocks of draws.
        EXPECT_NEAR(value.se_log10, e.monte_carlo_se_log10, 1e-9);
        EXPECT_EQ(value.printed.value, e.printed.value);
    }
}

TEST(Preassess, IsTheSameBitsOnAnyNumberOfThreads) {
    Settings settings = value_only(1024);
    settings.threads = 1;
    Preassessment const one = Street{}.run(settings);
    settings.threads = 3;
    Preassessment const three = Street{}.run(settings);
    for (std::size_t p = 0; p < one.propositions.size(); ++p) {
        for (std::size_t o = 0; o < 4; ++o) {
            EXPECT_EQ(one.propositions[p].probability[o].value,
                      three.propositions[p].probability[o].value);
            EXPECT_EQ(one.propositions[p].probability[o].se,
                      three.propositions[p].probability[o].se);
        }
    }
    EXPECT_EQ(one.comparisons[0].misleading_if_h1.value,
              three.comparisons[0].misleading_if_h1.value);
}

TEST(Preassess, TurnsAroundWithTheSides) {
    Street street;
    street.pairs = {{"Hp", "Hd"}, {"Hd", "Hp"}};
    Preassessment const result = street.run(value_only(1024));
    ComparisonOutcomes const& forth = result.comparisons[0];
    ComparisonOutcomes const& back = result.comparisons[1];
    for (std::size_t o = 0; o < 4; ++o) {
        ASSERT_EQ(forth.outcomes[o].log10_lr.has_value(), back.outcomes[o].log10_lr.has_value());
        EXPECT_NEAR(forth.outcomes[o].log10_lr.value_or(0.0),
                    -back.outcomes[o].log10_lr.value_or(0.0),
                    1e-12);
    }
    EXPECT_EQ(forth.misleading_if_h1.value, back.misleading_if_h2.value);
    EXPECT_EQ(forth.misleading_if_h2.value, back.misleading_if_h1.value);
}

TEST(Preassess, MisleadsAtMostAsOftenAsTheRatioAllows) {
    // p(LR >= x | H2) <= 1 / x for every x: here at the ratio of each outcome.
    Preassessment const& result = of_street();
    for (OutcomeValue const& at : result.comparisons[0].outcomes) {
        if (!at.log10_lr) {
            continue;
        }
        double p = 0.0;
        for (std::size_t o = 0; o < 4; ++o) {
            bool const as_high =
                result.comparisons[0].outcomes[o].log10_lr.value_or(-99.0) >= *at.log10_lr;
            p += as_high ? result.propositions[1].probability[o].value : 0.0;
        }
        EXPECT_LE(p, std::pow(10.0, -*at.log10_lr) * (1.0 + 1e-4));
    }
}

TEST(Preassess, AddsDrawsUntilTheRatiosAreSettled) {
    Settings settings = value_only(1024);
    settings.draws_max = 3072;
    settings.target_relative_error = 1e-6; // never reached
    EXPECT_EQ(Street{}.run(settings).draws, 3072U);
    settings.target_relative_error = 10.0; // reached at once
    EXPECT_EQ(Street{}.run(settings).draws, 1024U);
}

template <class Call>
ErrorKind kind_of(Call const& call) {
    try {
        call();
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(Preassess, RefusesMoreThanSixZones) {
    Street street;
    street.account.carriers.clear();
    street.account.deliveries.clear();
    street.account.events.clear();
    street.propositions = {{"Hp", Side::prosecution, {}, {}, {}},
                           {"Hd", Side::defence, {}, {}, {}}};
    street.pairs = {{"Hp", "Hd"}};
    street.planned.clear();
    for (int i = 0; i < 7; ++i) {
        std::string const id = "z" + std::to_string(i);
        street.account.carriers.push_back({id, Surface::skin});
        street.planned.push_back({id, Examination::visual, 1.0});
    }
    auto const run = [&] {
        return preassess(street.account,
                         street.propositions,
                         street.pairs,
                         street.planned,
                         bare_parameters(),
                         value_only());
    };
    EXPECT_EQ(kind_of([&] { static_cast<void>(run()); }), ErrorKind::limits);
    street.planned.pop_back();
    EXPECT_EQ(run().propositions[0].probability.size(), 64U);
}

TEST(Preassess, RefusesNothingPlannedAndNothingCompared) {
    Street street;
    street.planned.clear();
    EXPECT_EQ(kind_of([&] { static_cast<void>(street.run(value_only())); }),
              ErrorKind::insufficient);
    Street other;
    other.pairs.clear();
    EXPECT_EQ(kind_of([&] { static_cast<void>(other.run(value_only())); }),
              ErrorKind::insufficient);
}

TEST(Preassess, RefusesWhatEvaluateRefuses) {
    Street street;
    street.planned[0].zone = "foot";
    EXPECT_EQ(kind_of([&] { static_cast<void>(street.run(value_only())); }), ErrorKind::domain);
    Street twice;
    twice.planned[1].zone = "hand";
    EXPECT_EQ(kind_of([&] { static_cast<void>(twice.run(value_only())); }), ErrorKind::domain);
    Street strange;
    strange.pairs = {{"Hp", "Hq"}};
    EXPECT_EQ(kind_of([&] { static_cast<void>(strange.run(value_only())); }), ErrorKind::domain);
    Street same;
    same.pairs = {{"Hp", "Hp"}};
    EXPECT_EQ(kind_of([&] { static_cast<void>(same.run(value_only())); }), ErrorKind::domain);
    Street moved; // examined, then in contact, then the other zone examined
    moved.planned = {{"other", Examination::visual, 2.0}, {"hand", Examination::visual, 240.0}};
    EXPECT_EQ(kind_of([&] { static_cast<void>(moved.run(value_only())); }), ErrorKind::unsupported);
}

TEST(Preassess, StopsWhenAsked) {
    Street const street;
    std::stop_source stop;
    stop.request_stop();
    cmq::Progress progress;
    progress.stop = stop.get_token();
    EXPECT_EQ(kind_of([&] {
                  static_cast<void>(preassess(street.account,
                                              street.propositions,
                                              street.pairs,
                                              street.planned,
                                              library(),
                                              value_only(),
                                              progress));
              }),
              ErrorKind::limits);
}

} // namespace
