// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/evaluate.hpp"

#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <vector>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using enum FindingKind;

double lr(Evaluation const& e) {
    return std::pow(10.0, e.log10_lr.value());
}

/// A delivery so large that any share of it is seen, with this probability.
Delivery huge(std::string id, std::string zone, double probability, std::string cause = "") {
    Delivery d;
    d.id = std::move(id);
    d.zones = {{std::move(zone), 1.0}};
    d.probability = probability;
    d.cause = std::move(cause);
    d.mean_load_dl = 1e14;
    return d;
}

// P(no quantum) of a Gamma load with shape 50 and such a mean is (1e-12)^50.
ParameterSet yes_or_no(double wet = 0.5) {
    return bare_parameters({{"load.shape", 50.0}, {"transfer.wet", wet}});
}

TEST(Evaluate, GivesTheLrOfAltrapForDirectSecondaryAndBackground) {
    // Gill et al., Genes 13 (2022) 18, eq. 3-5: S = 0.05, A = 0.6, B = 0.2 give 31 and 3.6470588.
    Account account;
    account.carriers = {{"poi", Surface::smooth}, {"unknown", Surface::smooth}};
    account.deliveries = {huge("direct", "poi", 0.6),
                          huge("secondary", "poi", 0.05),
                          huge("direct_of_other", "unknown", 0.6),
                          huge("background", "unknown", 0.2)};
    Proposition const hp{"Hp", Side::prosecution, {"direct", "secondary", "background"}, {}};
    Proposition const hd{"Hd", Side::defence, {"secondary", "direct_of_other", "background"}, {}};
    std::vector const poi_only{found("poi", detected), found("unknown", not_detected)};
    EXPECT_NEAR(lr(evaluate(account, hp, hd, poi_only, yes_or_no(), value_only())), 31.0, 1e-8);
    std::vector const both{found("poi", detected), found("unknown", detected)};
    double const s = 0.05;
    double const u = 0.2 + 0.6 - 0.12;
    double const expected = (s + 0.6 - s * 0.6) * 0.2 / (s * u); // 3.6470588
    EXPECT_NEAR(expected, 3.6470588, 1e-7);
    EXPECT_NEAR(lr(evaluate(account, hp, hd, both, yes_or_no(), value_only())), expected, 1e-8);
}

TEST(Evaluate, GivesTheDrugWrapValues) {
    // t = 0.7, s = 0.5: LR(absent) = (1-t)/(1-s) = 0.6, LR(present) = t/s = 1.4 (Genes 2022).
    Account account;
    account.carriers = {{"wrap", Surface::smooth}};
    account.deliveries = {huge("packed", "wrap", 0.7), huge("touched", "wrap", 0.5)};
    Proposition const hp{"Hp", Side::prosecution, {"packed"}, {}};
    Proposition const hd{"Hd", Side::defence, {"touched"}, {}};
    auto const value = [&](FindingKind kind) {
        return lr(
            evaluate(account, hp, hd, std::vector{found("wrap", kind)}, yes_or_no(), value_only()));
    };
    EXPECT_NEAR(value(not_detected), 0.6, 1e-9);
    EXPECT_NEAR(value(detected), 1.4, 1e-9);
}

TEST(Evaluate, GivesTheExactProbabilitiesOfASixPersonNetwork) {
    // P(marked) by exact enumeration, computed apart from this program; a mark passes either way.
    std::array const expected{1.0, 0.6084, 0.361299, 0.384, 0.23592, 0.20263175};

    struct Contact {
        int from;
        int to;
        double p;
    };

    std::array<Contact, 9> const contacts{{{0, 1, .6},
                                           {1, 2, .4},
                                           {0, 3, .3},
                                           {2, 3, .5},
                                           {3, 4, .35},
                                           {1, 4, .2},
                                           {4, 5, .5},
                                           {2, 5, .15},
                                           {0, 5, .05}}};
    Account account;
    Proposition chain{"Hp", Side::prosecution, {"mark"}, {}};
    for (int i = 0; i < 6; ++i) {
        account.carriers.push_back({"p" + std::to_string(i), Surface::skin});
    }
    account.deliveries = {huge("mark", "p0", 1.0)};
    for (std::size_t i = 0; i < contacts.size(); ++i) {
        Event event;
        event.id = "contact" + std::to_string(i);
        event.between = {"p" + std::to_string(contacts[i].from),
                         "p" + std::to_string(contacts[i].to)};
        event.when = {1.0 + static_cast<double>(i), 0.0};
        event.probability = contacts[i].p;
        chain.events.push_back(event.id);
        account.events.push_back(event);
    }
    for (std::size_t i = 0; i < 6; ++i) {
        std::string const zone = "p" + std::to_string(i);
        account.deliveries.resize(1);
        account.deliveries.push_back(huge("direct", zone, 0.5));
        Proposition const direct{"Hd", Side::defence, {"direct"}, {}};
        // Five hops of 1 % leave 1e-10 of 1e14.
        Evaluation const e = evaluate(account,
                                      chain,
                                      direct,
                                      std::vector{found(zone, detected)},
                                      yes_or_no(0.01),
                                      value_only());
        EXPECT_NEAR(std::pow(10.0, *e.log10_p_h1), expected[i], 1e-9) << i;
        EXPECT_NEAR(lr(e), expected[i] / 0.5, 1e-8) << i;
    }
}

TEST(Evaluate, LetsEventsOfOneCauseHappenTogether) {
    // The same two deliveries: together with probability 0.3, or each on its own with 0.3.
    Account account;
    account.carriers = {{"a", Surface::skin}, {"b", Surface::skin}};
    account.deliveries = {huge("a1", "a", 0.3, "patrol"),
                          huge("b1", "b", 0.3, "patrol"),
                          huge("a2", "a", 0.3),
                          huge("b2", "b", 0.3)};
    Proposition const together{"Hp", Side::prosecution, {"a1", "b1"}, {}};
    Proposition const apart{"Hd", Side::defence, {"a2", "b2"}, {}};
    std::vector const both{found("a", detected), found("b", detected)};
    EXPECT_NEAR(
        lr(evaluate(account, together, apart, both, yes_or_no(), value_only())), 0.3 / 0.09, 1e-8);
}

/// All that is uncertain inside one account, with population parameters held.
ParameterSet moderate() {
    return bare_parameters({{"load.pellet_dl", 8.0},
                            {"load.shape", 1.3},
                            {"kappa", 3.0},
                            {"transfer.wet", 0.6},
                            {"transfer.dry_porous", 0.1},
                            {"dry.tau_min", 20.0},
                            {"dry.loose_share", 0.7},
                            {"loss.half_life_loose_skin_min", 60.0},
                            {"loss.half_life_loose_porous_min", 80.0},
                            {"loss.half_life_bound_min", 2000.0},
                            {"contamination.probability", 0.05},
                            {"contamination.mean_dl", 1.0},
                            {"look_alike.prevalence", 0.1},
                            {"look_alike.seen", 0.7},
                            {"detection.slope_instrument", 2.0}});
}

/// The same with two population parameters uncertain.
ParameterSet varied() {
    ParameterSet set = moderate();
    for (auto const& [name, low, high] :
         {std::tuple{"kappa", 2.0, 6.0}, std::tuple{"transfer.wet", 0.4, 0.8}}) {
        Parameter parameter = set.at(name);
        parameter.distribution = {DistributionKind::uniform, low, high};
        set = set.with(parameter);
    }
    return set;
}

std::vector<Finding> outcome(unsigned bits) {
    return {found("P1.hand", (bits & 1U) != 0 ? detected : not_detected, 60.0),
            found("P1.jacket", (bits & 2U) != 0 ? detected : not_detected, 60.0)};
}

TEST(Evaluate, AgreesWithMarkerSimulatedQuantumByQuantum) {
    // Independent: every quantum is followed through drying, loss and contact by its own chances.
    HitOrContact const c;
    int const runs = 60000;
    std::array<std::array<int, 4>, 2> seen{};
    auto const age =
        [](int& pool, double dt, bool skin, cmq::Random& r) { // 0 wet 1 loose 2 bound 3 lost
            if (pool == 0) {
                double const dries = -20.0 * std::log(r.uniform());
                if (dries >= dt) {
                    return;
                }
                pool = r.uniform() < 0.7 ? 1 : 2;
                dt -= dries;
            }
            double const half_life = pool == 1 ? (skin ? 60.0 : 80.0) : 2000.0;
            if (pool < 3 && r.uniform() > std::exp2(-dt / half_life)) {
                pool = 3;
            }
        };
    for (int h = 0; h < 2; ++h) {
        for (int run = 0; run < runs; ++run) {
            cmq::Random r{123, static_cast<std::uint32_t>(h), static_cast<std::uint64_t>(run)};
            double const meet = 5.0 + 10.0 * r.uniform();
            bool const touch = h == 1 && r.uniform() < 0.5;
            std::array<int, 2> on{}; // hand, jacket
            auto const quanta = r.poisson(r.gamma(1.3) / 1.3 * 8.0 * 3.0);
            for (std::uint64_t q = 0; q < quanta; ++q) {
                double const u = r.uniform();
                int pool = 0;
                int zone = h == 0 ? (u < 0.2 ? 0 : u < 0.6 ? 1 : 9) : 9;
                if (h == 1 && u < 0.2 && touch) {
                    age(pool, meet, true, r);
                    double const moves = pool == 0 ? 0.6 : pool == 1 ? 0.1 : 0.0;
                    zone = r.uniform() < moves ? 0 : 9;
                    age(pool, 60.0 - meet, true, r);
                } else if (zone < 2) {
                    age(pool, 60.0, zone == 0, r);
                }
                if (zone < 2 && pool < 3) {
                    ++on[static_cast<std::size_t>(zone)];
                }
            }
            unsigned bits = 0;
            for (std::size_t z = 0; z < 2; ++z) {
                if (r.uniform() < 0.05) { // contamination: geometric with mean 1 DL = 3 quanta
                    while (r.uniform() < 0.75) {
                        ++on[z];
                    }
                }
                bool see = r.uniform() > std::exp2(-std::pow(on[z] / 3.0, 2.0));
                see = see || (r.uniform() < 0.1 && r.uniform() < 0.7);
                bits |= see ? 1U << z : 0U;
            }
            ++seen[static_cast<std::size_t>(h)][bits];
        }
    }
    for (unsigned bits = 0; bits < 4; ++bits) {
        Evaluation const e =
            evaluate(c.account, c.hit, c.contact, outcome(bits), moderate(), value_only(4096));
        for (std::size_t h = 0; h < 2; ++h) {
            double const p = std::pow(10.0, h == 0 ? *e.log10_p_h1 : *e.log10_p_h2);
            double const sigma = std::sqrt(p * (1.0 - p) / runs);
            // and at most 0.5 % for 4096 draws of one meeting time
            EXPECT_NEAR(static_cast<double>(seen[h][bits]) / runs, p, 4.0 * sigma + 0.005 * p)
                << "finding " << bits << " H" << h + 1;
        }
    }
}

TEST(Evaluate, SumsToOneOverAllFindings) {
    HitOrContact const c;
    // Few quanta, so that the sum over quanta applies: it is exact where the integral is good to 1e-5.
    ParameterSet const parameters = held(moderate(), {{"load.pellet_dl", 2.0}});
    double sum1 = 0.0;
    double weighted = 0.0;
    for (unsigned bits = 0; bits < 4; ++bits) {
        Evaluation const e =
            evaluate(c.account, c.hit, c.contact, outcome(bits), parameters, value_only());
        sum1 += std::pow(10.0, *e.log10_p_h1);
        weighted += std::pow(10.0, *e.log10_p_h2) * lr(e);
    }
    EXPECT_NEAR(sum1, 1.0, 1e-12);
    EXPECT_NEAR(weighted, 1.0, 1e-12); // sum_E p(E|H2) LR(E)
}

TEST(Evaluate, TurnsAroundWithTheSides) {
    HitOrContact const c;
    for (unsigned bits = 0; bits < 4; ++bits) {
        Evaluation const there =
            evaluate(c.account, c.hit, c.contact, outcome(bits), moderate(), value_only(512));
        Evaluation const back =
            evaluate(c.account, c.contact, c.hit, outcome(bits), moderate(), value_only(512));
        EXPECT_EQ(there.log10_p_h1.value(), back.log10_p_h2.value());
        EXPECT_EQ(there.log10_p_h2.value(), back.log10_p_h1.value());
        EXPECT_NEAR(there.log10_lr.value() + back.log10_lr.value(), 0.0, 1e-12);
    }
}

TEST(Evaluate, HoldsAParameterAtTheEndsOfItsBar) {
    HitOrContact const c;
    Settings settings = value_only(512);
    settings.tornado_draws = 512;
    Evaluation const e = evaluate(c.account, c.hit, c.contact, outcome(1), varied(), settings);
    ASSERT_EQ(e.tornado.size(), 2U);
    for (TornadoRow const& row : e.tornado) {
        // kappa changes what findings are read with, transfer.wet what reaches the zones.
        ParameterSet const at_low = held(varied(), {{row.parameter, row.low}});
        EXPECT_EQ(row.log10_lr_at_low,
                  evaluate(c.account, c.hit, c.contact, outcome(1), at_low, value_only(512))
                      .log10_lr.value());
    }
}

TEST(Evaluate, NothingSupportsH1OnlyWhereItIsMoreProbableUnderH1) {
    HitOrContact const c;
    Evaluation const e =
        evaluate(c.account, c.hit, c.contact, outcome(0), moderate(), value_only());
    EXPECT_LT(*e.log10_p_h1, *e.log10_p_h2); // a hit leaves marker more often
    EXPECT_LT(*e.log10_lr, 0.0);
}

TEST(Evaluate, SimulatedLrsRarelyMislead) {
    // P(LR >= x | H2) <= 1/x: findings drawn under H2 by their own probabilities from an H2 that the
    // LR does not know of in detail would break it; here they come from draws of the plain model.
    HitOrContact c;
    c.account.carriers.push_back({"P1.sleeve", Surface::porous});
    c.account.deliveries[0].zones.push_back({"P1.sleeve", 0.1});
    std::array<double, 8> p1{};
    std::array<double, 8> p2{};
    for (unsigned bits = 0; bits < 8; ++bits) {
        std::vector<Finding> findings = outcome(bits & 3U);
        findings.push_back(found("P1.sleeve", (bits & 4U) != 0 ? detected : not_detected, 60.0));
        Evaluation const e =
            evaluate(c.account, c.hit, c.contact, findings, moderate(), value_only());
        p1[bits] = std::pow(10.0, *e.log10_p_h1);
        p2[bits] = std::pow(10.0, *e.log10_p_h2);
    }
    int const runs = 100000;
    std::array<int, 3> above{};
    std::array const limits{2.0, 10.0, 100.0};
    for (int run = 0; run < runs; ++run) {
        cmq::Random random{9, 0, static_cast<std::uint64_t>(run)};
        std::size_t const bits = random.categorical(p2);
        for (std::size_t i = 0; i < 3; ++i) {
            above[i] += p1[bits] / p2[bits] >= limits[i] ? 1 : 0;
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        double const bound = 1.0 / limits[i];
        EXPECT_LE(above[i] / static_cast<double>(runs), bound + 4.0 * std::sqrt(bound / runs))
            << limits[i];
    }
}

TEST(Evaluate, IsTheSameBitsOnAnyNumberOfThreads) {
    HitOrContact const c;
    std::array<Evaluation, 3> results;
    std::array<unsigned, 3> const threads{1, 2, 7};
    for (std::size_t i = 0; i < 3; ++i) {
        Settings settings;
        settings.draws_min = 512;
        settings.draws_max = 512;
        settings.sensitivity_draws = 8;
        settings.tornado_draws = 64;
        settings.threads = threads[i];
        results[i] = evaluate(c.account, c.hit, c.contact, outcome(3), library(), settings);
    }
    for (std::size_t i = 1; i < 3; ++i) {
        EXPECT_EQ(results[0].log10_p_h1, results[i].log10_p_h1);
        EXPECT_EQ(results[0].log10_p_h2, results[i].log10_p_h2);
        EXPECT_EQ(results[0].monte_carlo_se_log10, results[i].monte_carlo_se_log10);
        ASSERT_EQ(results[0].sensitivity.has_value(), results[i].sensitivity.has_value());
        if (results[0].sensitivity) {
            EXPECT_EQ(results[0].sensitivity->median, results[i].sensitivity->median);
        }
        ASSERT_EQ(results[0].tornado.size(), results[i].tornado.size());
        for (std::size_t row = 0; row < results[0].tornado.size(); ++row) {
            EXPECT_EQ(results[0].tornado[row].log10_lr_at_high,
                      results[i].tornado[row].log10_lr_at_high);
        }
    }
}

TEST(Evaluate, DoesNotChangeWithUnexaminedZonesNamesOrOrder) {
    HitOrContact const c;
    double const value =
        evaluate(c.account, c.hit, c.contact, outcome(1), library(), value_only(256))
            .log10_p_h1.value();

    HitOrContact more;
    more.account.carriers.push_back({"P1.shoe", Surface::porous});
    more.account.carriers.push_back({"P3.hand", Surface::skin});
    auto findings = outcome(1);
    findings.push_back(found("P1.shoe", not_examined));
    EXPECT_EQ(evaluate(more.account, more.hit, more.contact, findings, library(), value_only(256))
                  .log10_p_h1.value(),
              value);

    HitOrContact renamed;
    auto const rename = [](std::string& id) { id = id == "P2.hand" ? "a friend's hand" : id; };
    rename(renamed.account.carriers[2].id);
    rename(renamed.account.deliveries[1].zones[0].carrier);
    rename(renamed.account.events[0].between[0]);
    EXPECT_EQ(
        evaluate(
            renamed.account, renamed.hit, renamed.contact, outcome(1), library(), value_only(256))
            .log10_p_h1.value(),
        value);

    HitOrContact turned;
    std::ranges::reverse(turned.account.carriers);
    std::ranges::reverse(turned.account.deliveries);
    std::ranges::reverse(turned.account.deliveries[1].zones);
    std::ranges::reverse(turned.account.events[0].between);
    EXPECT_NEAR(
        evaluate(turned.account, turned.hit, turned.contact, outcome(1), library(), value_only(256))
            .log10_p_h1.value(),
        value,
        1e-12);
}

TEST(Evaluate, ChainSumsToTheValue) {
    HitOrContact const c;
    Evaluation const e =
        evaluate(c.account, c.hit, c.contact, outcome(3), library(), value_only(512));
    ASSERT_EQ(e.chain.size(), 2U);
    EXPECT_NEAR(e.chain[0].log10_lr + e.chain[1].log10_lr, *e.log10_lr, 1e-12);
    EXPECT_NEAR(e.chain[0].log10_p_h1 + e.chain[1].log10_p_h1, *e.log10_p_h1, 1e-12);
}

TEST(Evaluate, GivesEachRouteAlone) {
    HitOrContact const c;
    Evaluation const e =
        evaluate(c.account, c.hit, c.contact, outcome(1), moderate(), value_only());
    ASSERT_EQ(e.routes.size(), 3U);
    EXPECT_EQ(e.routes[0].delivery, "shot_at_p1");
    EXPECT_NEAR(
        *e.routes[0].log10_p, *e.log10_p_h1, 3e-5); // the only route of H1; zones spread by 3e-5
    EXPECT_EQ(e.routes[2].delivery, "");
    // No marker but contamination: seen on the hand, not on the jacket. The geometric number with
    // mean 3 is seen with probability sum (1/4)(3/4)^k (1 - 2^-(k/3)^2).
    double geometric = 0.0;
    for (int k = 0; k < 200; ++k) {
        geometric += 0.25 * std::pow(0.75, k) * (1.0 - std::exp2(-(k / 3.0) * (k / 3.0)));
    }
    double const not_seen = (1.0 - 0.1 * 0.7) * (1.0 - 0.05 * geometric);
    EXPECT_NEAR(std::pow(10.0, *e.routes[2].log10_p), (1.0 - not_seen) * not_seen, 1e-12);
}

TEST(Evaluate, CountsUnmarkedPeopleWhoGlow) {
    HitOrContact c;
    c.account.people_checked = 500;
    ParameterSet const parameters = held(moderate(), {{"contamination.probability", 0.0}});
    Evaluation const e =
        evaluate(c.account, c.hit, c.contact, outcome(1), parameters, value_only());
    EXPECT_NEAR(*e.expected_unmarked_glowing, 500 * 0.1 * 0.7, 1e-9);
}

TEST(Evaluate, WithholdsTheValueWhenOnlyOneSideIsPossible) {
    Account account;
    account.carriers = {{"a", Surface::skin}};
    account.deliveries = {huge("hit", "a", 1.0)};
    Proposition const hp{"Hp", Side::prosecution, {"hit"}, {}};
    Proposition const hd{"Hd", Side::defence, {}, {}};
    Evaluation const e =
        evaluate(account, hp, hd, std::vector{found("a", detected)}, yes_or_no(), value_only());
    EXPECT_EQ(e.withheld, Withheld::impossible_under_h2);
    EXPECT_FALSE(e.log10_lr);
    EXPECT_FALSE(e.printed.value);
}

TEST(Evaluate, WithholdsTheValueWhileItsErrorIsLarge) {
    HitOrContact const c;
    Settings settings = value_only(32);
    // Direct hit against contact with the library's wide priors: 32 draws cannot give 5 %.
    Evaluation const e = evaluate(c.account, c.hit, c.contact, outcome(3), library(), settings);
    EXPECT_EQ(e.withheld, Withheld::monte_carlo_error);
    EXPECT_FALSE(e.log10_lr);
    EXPECT_GT(e.monte_carlo_se_log10, 0.05 / std::log(10.0));
}

// Directions, each written down before it was run.

double hit_against_contact(ParameterSet const& parameters,
                           Finding finding,
                           double contact_minutes = 10.0) {
    HitOrContact c;
    c.account.events[0].when = {contact_minutes, 1.0};
    finding.minutes = 400.0;
    return evaluate(c.account,
                    c.hit,
                    c.contact,
                    std::vector{std::move(finding)},
                    parameters,
                    value_only(2048))
        .log10_lr.value();
}

ParameterSet wide_loads() {
    return held(library(),
                {{"load.pellet_dl", 300.0},
                 {"kappa", 20.0},
                 {"detection.conversion", 1.0},
                 {"look_alike.prevalence", 0.02}});
}

TEST(EvaluateDirection, LessFluxSupportsTheHitLess) {
    // A hit leaves tens of detection limits, a contact a few: 5 is less of a hit than 50.
    EXPECT_LT(hit_against_contact(wide_loads(), found("P1.hand", amount, 0, 5.0, 0.5)),
              hit_against_contact(wide_loads(), found("P1.hand", amount, 0, 50.0, 5.0)));
}

TEST(EvaluateDirection, ALaterContactMakesADetectionSupportTheHitMore) {
    // After 3 hours the other's hand is dry and hands over little: seen marker is less probable by
    // contact, and nothing changes for the hit.
    EXPECT_LT(hit_against_contact(wide_loads(), found("P1.hand", detected), 2.0),
              hit_against_contact(wide_loads(), found("P1.hand", detected), 180.0));
}

TEST(EvaluateDirection, FinerQuantaMakeADetectionSupportTheHitMore) {
    // Far below one detection limit, only lumps are seen: with quanta half as large, a contact is seen
    // less often, while the hit, far above the limit, is seen as before.
    auto const with_kappa = [](double kappa) {
        ParameterSet const parameters = held(moderate(),
                                             {{"kappa", kappa},
                                              {"load.pellet_dl", 40.0},
                                              {"dry.tau_min", 2.0},
                                              {"transfer.dry_porous", 0.01},
                                              {"contamination.probability", 0.0},
                                              {"look_alike.prevalence", 0.001}});
        return hit_against_contact(parameters, found("P1.hand", detected), 30.0);
    };
    EXPECT_LT(with_kappa(5.0), with_kappa(10.0));
}

TEST(EvaluateDirection, RarerLookAlikesSupportMarkerMore) {
    HitOrContact const c;
    Proposition const not_marker{"Hn", Side::defence, {}, {}};
    auto const value = [&](double prevalence) {
        return evaluate(c.account,
                        c.hit,
                        not_marker,
                        outcome(1),
                        held(moderate(), {{"look_alike.prevalence", prevalence}}),
                        value_only())
            .log10_lr.value();
    };
    EXPECT_GT(value(0.01), value(0.2));
}

template <class Change>
void expect_refused(cmq::ErrorKind kind, Change change) {
    HitOrContact c;
    std::vector<Finding> findings = outcome(1);
    Settings settings = value_only();
    ParameterSet parameters = moderate();
    change(c, findings, settings, parameters);
    try {
        (void)evaluate(c.account, c.hit, c.contact, findings, parameters, settings);
        ADD_FAILURE() << "not refused";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
    }
}

using enum cmq::ErrorKind;

TEST(Evaluate, RefusesFindingsImpossibleUnderBoth) {
    expect_refused(domain, [](auto&, auto& findings, auto&, auto& parameters) {
        parameters = bare_parameters();
        findings = {found("P1.jacket", detected, -10.0)}; // before anything happened
    });
}

TEST(Evaluate, RefusesUnknownTwiceAndEqualPropositions) {
    expect_refused(domain, [](auto& c, auto&, auto&, auto&) { c.hit.deliveries = {"no such"}; });
    expect_refused(domain, [](auto& c, auto&, auto&, auto&) { c.hit.events = {"no such"}; });
    expect_refused(domain, [](auto& c, auto&, auto&, auto&) {
        c.hit.deliveries = {"shot_at_p1", "shot_at_p1"};
    });
    expect_refused(domain, [](auto& c, auto&, auto&, auto&) { c.hit.id = c.contact.id; });
}

TEST(Evaluate, RefusesFindingsOutOfRange) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    for (Finding const& bad : {found("nowhere", detected),
                               found("P1.hand", count, 60, -1.0),
                               found("P1.hand", count, 60, 1.5),
                               found("P1.hand", amount, 60, nan, 1.0),
                               found("P1.hand", amount, 60, 1.0, 0.0),
                               found("P1.hand", amount, 60, 1.0, nan),
                               found("P1.hand", detected, nan)}) {
        expect_refused(domain, [&](auto&, auto& findings, auto&, auto&) { findings = {bad}; });
    }
    expect_refused(domain, [](auto&, auto& findings, auto&, auto&) {
        findings = {found("P1.hand", detected), found("P1.hand", not_detected)};
    });
    expect_refused(domain, [](auto&, auto& findings, auto&, auto&) {
        findings[0].look_alike_ratio = {1.0, 1.0};
    });
    expect_refused(
        domain, [](auto&, auto& findings, auto&, auto&) { findings[0].look_alike_ratio = {-1.0}; });
}

TEST(Evaluate, RefusesToSayAnythingWithoutAnExaminedZone) {
    expect_refused(insufficient, [](auto&, auto& findings, auto&, auto&) {
        findings = {found("P1.hand", not_examined)};
    });
    expect_refused(insufficient, [](auto&, auto& findings, auto&, auto&) { findings.clear(); });
}

TEST(Evaluate, RefusesAMissingParameter) {
    expect_refused(insufficient, [](auto&, auto&, auto&, auto& parameters) {
        std::vector<Parameter> all = parameters.all();
        all.pop_back();
        parameters = ParameterSet{all};
    });
}

TEST(Evaluate, RefusesParametersOutsideTheModel) {
    for (auto const& [name, value] :
         std::vector<std::pair<std::string, double>>{{"kappa", 0.5},
                                                     {"transfer.wet", 1.5},
                                                     {"dry.tau_min", 0.0},
                                                     {"look_alike.prevalence", -0.1}}) {
        expect_refused(domain, [&](auto&, auto&, auto&, auto& parameters) {
            parameters = held(parameters, {{name, value}});
        });
    }
}

TEST(Evaluate, RefusesToFollowMarkerSeenOnOneZoneToAnother) {
    expect_refused(unsupported, [](auto& c, auto& findings, auto&, auto&) {
        findings = {found("P2.hand", detected, 5.0), found("P1.hand", detected, 60.0)};
        c.hit.events = {"handshake"};
    });
}

TEST(Evaluate, RefusesSettingsOutOfRange) {
    expect_refused(domain, [](auto&, auto&, auto& settings, auto&) { settings.draws_min = 1; });
    expect_refused(domain, [](auto&, auto&, auto& settings, auto&) { settings.draws_max = 1; });
    expect_refused(
        domain, [](auto&, auto&, auto& settings, auto&) { settings.target_relative_error = 0.0; });
}

TEST(Evaluate, StopsWhenAsked) {
    HitOrContact const c;
    std::stop_source source;
    source.request_stop();
    cmq::Progress progress;
    progress.stop = source.get_token();
    try {
        (void)evaluate(c.account, c.hit, c.contact, outcome(1), moderate(), value_only(), progress);
        ADD_FAILURE() << "not stopped";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), limits);
    }
}

} // namespace
