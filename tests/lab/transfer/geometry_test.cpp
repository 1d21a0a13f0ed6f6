// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/geometry.hpp"

#include "core/error.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <boost/math/distributions/normal.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;

Psi psi_with(std::map<std::string, double> const& values) {
    return PopulationPrior{held(library(), values)}.draw(1, 0);
}

TEST(ChanceOfMark, IsTheNormalShareOfTheBody) {
    Psi const psi = psi_with({{"aim.spread_mrad", 8.0}});
    boost::math::normal_distribution<> const impact{0.0, 0.008 * 35.0};
    for (double const offset : {0.0, 0.3, 0.8, 2.0}) {
        double const expected = cdf(impact, offset + 0.25) - cdf(impact, offset - 0.25);
        EXPECT_NEAR(chance_of_mark({offset, 0.25}, 35.0, psi), expected, 1e-12) << offset;
    }
    // Far aside, by the complement.
    double const far = cdf(complement(impact, 2.75)) - cdf(complement(impact, 3.25));
    EXPECT_NEAR(chance_of_mark({3.0, 0.25}, 35.0, psi) / far, 1.0, 1e-9);
}

TEST(ChanceOfMark, OfWhomWasAimedAtFallsWithDistanceAndOfWhomWasNotRisesFirst) {
    Psi const psi = psi_with({{"aim.spread_mrad", 8.0}});
    EXPECT_GT(chance_of_mark({0.0, 0.25}, 10.0, psi), chance_of_mark({0.0, 0.25}, 40.0, psi));
    EXPECT_LT(chance_of_mark({0.8, 0.25}, 10.0, psi), chance_of_mark({0.8, 0.25}, 40.0, psi));
}

TEST(ChanceOfMarkedStranger, IsOneLessAllUnmarked) {
    Psi const psi = psi_with({{"crowd.marked_share", 0.05}});
    EXPECT_EQ(chance_of_marked_stranger(0, psi), 0.0);
    EXPECT_NEAR(chance_of_marked_stranger(1, psi), 0.05, 1e-15);
    EXPECT_NEAR(chance_of_marked_stranger(20, psi), 1.0 - std::pow(0.95, 20.0), 1e-14);
}

TEST(Footprint, HasItsClosedFormForEachKind) {
    Psi const psi = psi_with({{"footprint.splash_m", 0.4},
                              {"footprint.spray_mrad", 100.0},
                              {"footprint.shower_m", 0.5},
                              {"footprint.drone_mrad", 200.0}});
    EXPECT_NEAR(footprint(DeliveryKind::pellet, 0.8, 0.0, psi), std::exp(-2.0), 1e-15);
    EXPECT_NEAR(footprint(DeliveryKind::spray, 1.0, 5.0, psi), std::exp(-2.0), 1e-15);
    EXPECT_NEAR(footprint(DeliveryKind::shower, 0.5, 0.0, psi), std::exp(-0.5), 1e-15);
    EXPECT_NEAR(footprint(DeliveryKind::drone, 4.0, 10.0, psi), std::exp(-2.0), 1e-15);
    EXPECT_EQ(footprint(DeliveryKind::spray, 0.0, 5.0, psi), 1.0);
}

// One zone, one shot, known parameters: what distances say is a probability and a share like any other.
struct OneShot {
    Account account;
    Proposition hit{"H1", Side::prosecution, {"shot"}, {}, {}};
    Proposition other{"H2", Side::defence, {}, {}, {}};
    std::vector<Finding> findings{found("P2.sleeve", FindingKind::detected, 30.0)};
    ParameterSet parameters = held(library(),
                                   {{"aim.spread_mrad", 8.0},
                                    {"footprint.splash_m", 0.4},
                                    {"crowd.marked_share", 0.05},
                                    {"crowd.load_dl", 40.0},
                                    {"load.contamination_dl", 40.0}});

    OneShot() {
        account.carriers = {{"P2.sleeve", Surface::porous}};
        Delivery shot;
        shot.id = "shot";
        shot.zones = {{.carrier = "P2.sleeve", .share = 0.3}};
        account.deliveries = {shot};
    }

    Evaluation run() {
        return evaluate(account, hit, other, findings, parameters, value_only(512));
    }
};

TEST(EvaluateWithDistances, TakesAnAimAsItsProbability) {
    OneShot aimed;
    aimed.account.deliveries[0].distance_m = 35.0;
    aimed.account.deliveries[0].aim = Aim{0.8, 0.25};
    OneShot stated;
    stated.account.deliveries[0].probability =
        chance_of_mark({0.8, 0.25}, 35.0, psi_with({{"aim.spread_mrad", 8.0}}));
    EXPECT_NEAR(aimed.run().log10_p_h1.value(), stated.run().log10_p_h1.value(), 1e-12);
}

TEST(EvaluateWithDistances, TakesAnOffsetAsASmallerShare) {
    OneShot beside;
    beside.account.deliveries[0].zones[0].offset_m = 0.8;
    OneShot stated;
    stated.account.deliveries[0].zones[0].share = 0.3 * std::exp(-2.0);
    EXPECT_NEAR(beside.run().log10_p_h1.value(), stated.run().log10_p_h1.value(), 1e-12);
}

TEST(EvaluateWithDistances, TakesACrowdAsDryMarkerThatMayHaveCome) {
    OneShot crowd;
    crowd.account.deliveries[0].kind = DeliveryKind::crowd;
    crowd.account.deliveries[0].contacts = 20;
    OneShot stated;
    stated.account.deliveries[0].kind = DeliveryKind::contamination;
    stated.account.deliveries[0].probability = 1.0 - std::pow(0.95, 20.0);
    EXPECT_NEAR(crowd.run().log10_p_h1.value(), stated.run().log10_p_h1.value(), 1e-12);
}

TEST(EvaluateWithDistances, GivesARouteAloneAsIfItHadMarked) {
    OneShot aimed;
    aimed.account.deliveries[0].distance_m = 35.0;
    aimed.account.deliveries[0].aim = Aim{0.8, 0.25};
    OneShot sure;
    auto const route = [](Evaluation const& result) { return result.routes.at(0).log10_p; };
    EXPECT_EQ(route(aimed.run()), route(sure.run()));
}

void expect_refused(std::function<void(Delivery&)> const& change, std::string const& words) {
    OneShot shot;
    change(shot.account.deliveries[0]);
    try {
        check(shot.account);
        ADD_FAILURE() << words;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.what(), testing::HasSubstr(words));
    }
}

TEST(CheckDistances, RefusesWhatHasNoMeaning) {
    expect_refused([](Delivery& d) { d.aim = Aim{}; }, "distance of the shot");
    expect_refused(
        [](Delivery& d) {
            d.kind = DeliveryKind::spray;
            d.distance_m = 5.0;
            d.aim = Aim{};
        },
        "an aim needs a pellet");
    expect_refused(
        [](Delivery& d) {
            d.distance_m = 35.0;
            d.aim = Aim{-0.1, 0.25};
        },
        "not negative");
    expect_refused(
        [](Delivery& d) {
            d.distance_m = 35.0;
            d.aim = Aim{0.1, 0.0};
        },
        "half-width above 0");
    expect_refused([](Delivery& d) { d.distance_m = -1.0; }, "distance must be above 0");
    expect_refused([](Delivery& d) { d.zones[0].offset_m = -1.0; }, "offset must be finite");
    expect_refused(
        [](Delivery& d) {
            d.kind = DeliveryKind::drone;
            d.zones[0].offset_m = 1.0;
        },
        "height of the drone");
    expect_refused(
        [](Delivery& d) {
            d.kind = DeliveryKind::contamination;
            d.zones[0].offset_m = 1.0;
        },
        "only for a pellet");
    expect_refused([](Delivery& d) { d.kind = DeliveryKind::crowd; }, "number of contacts");
    expect_refused([](Delivery& d) { d.contacts = 3; }, "number of contacts");
    expect_refused(
        [](Delivery& d) {
            d.distance_m = 35.0;
            d.aim = Aim{};
            d.cause = "shared";
        },
        "shares no cause");
}

} // namespace
