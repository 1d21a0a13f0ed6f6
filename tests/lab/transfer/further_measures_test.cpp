// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/evaluate.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using enum FindingKind;

Delivery huge(std::string id, std::string zone, double probability, std::string cause) {
    Delivery delivery;
    delivery.id = std::move(id);
    delivery.zones = {{std::move(zone), 1.0}};
    delivery.probability = probability;
    delivery.cause = std::move(cause);
    delivery.mean_load_dl = 1e14;
    return delivery;
}

// Two zones that are marked together with probability 0.6 if Hp is true, each for itself with 0.5 if Hd is.
struct TogetherOrApart {
    Account account;
    Proposition together{"Hp", Side::prosecution, {"first", "second"}, {}};
    Proposition apart{"Hd", Side::defence, {"third", "fourth"}, {}};

    TogetherOrApart() {
        account.carriers = {{"hand", Surface::smooth}, {"sleeve", Surface::smooth}};
        account.deliveries = {huge("first", "hand", 0.6, "one shot"),
                              huge("second", "sleeve", 0.6, "one shot"),
                              huge("third", "hand", 0.5, ""),
                              huge("fourth", "sleeve", 0.5, "")};
    }

    [[nodiscard]] Evaluation evaluated(std::vector<Finding> const& findings) const {
        return evaluate(account,
                        together,
                        apart,
                        findings,
                        bare_parameters({{"load.shape", 50.0}}),
                        value_only());
    }
};

TEST(FindingsAlone, AreWhatEachSaysByItself) {
    TogetherOrApart const example;
    Evaluation const result =
        example.evaluated({found("hand", detected), found("sleeve", detected)});
    ASSERT_EQ(result.chain.size(), 2U);
    EXPECT_NEAR(*result.log10_lr, std::log10(0.6 / 0.25), 1e-9);
    for (ChainLink const& link : result.chain) {
        EXPECT_NEAR(*link.log10_lr_alone, std::log10(0.6 / 0.5), 1e-9) << link.zone;
    }
    EXPECT_NEAR(result.chain[1].log10_lr, std::log10(1.0 / 0.5), 1e-9);
}

TEST(Conflict, IsZeroForUnrelatedFindingsAndTellsThoseThatDisagree) {
    TogetherOrApart const example;
    Evaluation const agree =
        example.evaluated({found("hand", detected), found("sleeve", detected)});
    ASSERT_TRUE(agree.conflict);
    EXPECT_NEAR(agree.conflict->under_h1, std::log(0.6 * 0.6 / 0.6), 1e-9);
    EXPECT_NEAR(agree.conflict->under_h2, 0.0, 1e-9);

    // One seen and the other not is impossible where both come of one shot, but for a contamination.
    TogetherOrApart contaminated;
    contaminated.account.deliveries.push_back(huge("glove", "hand", 0.01, ""));
    contaminated.account.deliveries.back().kind = DeliveryKind::contamination;
    Evaluation const disagree =
        contaminated.evaluated({found("hand", detected), found("sleeve", not_detected)});
    ASSERT_TRUE(disagree.conflict);
    double const hand = 1.0 - 0.4 * 0.99;
    EXPECT_NEAR(disagree.conflict->under_h1, std::log(hand * 0.4 / (0.4 * 0.01)), 1e-9);
    EXPECT_NEAR(disagree.conflict->under_h2, 0.0, 1e-9);
}

TEST(Conflict, NeedsTwoFindingsThatTheModelWeighs) {
    TogetherOrApart example;
    Evaluation const single = example.evaluated({found("hand", detected)});
    EXPECT_FALSE(single.conflict);
    EXPECT_NEAR(*single.chain.front().log10_lr_alone, *single.log10_lr, 1e-12);
    example.apart.assigned = Assigned{};
    example.apart.assigned->probability = 0.3;
    EXPECT_FALSE(example.evaluated({found("hand", detected), found("sleeve", detected)}).conflict);
}

// Ten particles counted; a load of known mean 20 under Hd, of a mean between 12 and 100 under Hp. With load
// shape 1 the number is geometric, m^n / (1 + m)^(n + 1): falling in m there, and equal at m = 20.
struct TwoLoads {
    Account account;
    Proposition unknown{"Hp", Side::prosecution, {"unknown"}, {}};
    Proposition known{"Hd", Side::defence, {"known"}, {}};
    std::vector<Finding> findings{found("hand", count, 100.0, 10.0)};
    ParameterSet parameters = bare_parameters();

    TwoLoads() {
        account.carriers = {{"hand", Surface::smooth}};
        account.deliveries.resize(2);
        account.deliveries[0].id = "unknown";
        account.deliveries[0].zones = {{"hand", 1.0}};
        account.deliveries[1].id = "known";
        account.deliveries[1].zones = {{"hand", 1.0}};
        account.deliveries[1].mean_load_dl = 20.0;
        Parameter load = parameters.at("load.pellet_dl");
        load.distribution = {DistributionKind::uniform, 12.0, 100.0};
        parameters = parameters.with(load);
    }

    [[nodiscard]] Evaluation evaluated() const {
        Settings settings = value_only(4096);
        settings.sensitivity_draws = 100;
        settings.tornado_draws = 64;
        return evaluate(account, unknown, known, findings, parameters, settings);
    }
};

TEST(TippingPoint, IsWhereTheValueIsOne) {
    Evaluation const result = TwoLoads{}.evaluated();
    ASSERT_EQ(result.tornado.size(), 1U);
    TornadoRow const& row = result.tornado.front();
    EXPECT_EQ(row.parameter, "load.pellet_dl");
    EXPECT_GT(row.log10_lr_at_low, 0.0);
    EXPECT_LT(row.log10_lr_at_high, 0.0);
    ASSERT_TRUE(row.tipping_point);
    EXPECT_NEAR(*row.tipping_point, 20.0, 0.1);
    EXPECT_EQ(direction_of(row), Direction::down);
}

TEST(TippingPoint, IsGivenOnlyBetweenTheEndsOfTheBar) {
    TwoLoads far;
    far.account.deliveries[1].mean_load_dl = 500.0; // p(10) is lower there than anywhere below 100
    Evaluation const result = far.evaluated();
    ASSERT_EQ(result.tornado.size(), 1U);
    EXPECT_FALSE(result.tornado.front().tipping_point);
}

TEST(Explains, IsAllForTheOneParameterThatVaries) {
    Evaluation const result = TwoLoads{}.evaluated();
    ASSERT_TRUE(result.sensitivity);
    EXPECT_NEAR(*result.tornado.front().explains, 1.0, 1e-12);
}

TEST(Explains, IsNextToNothingForAParameterThatHardlyMatters) {
    TwoLoads two;
    Parameter factor = two.parameters.at("detection.conversion"); // not read with a count
    factor.distribution = {DistributionKind::uniform, 0.5, 2.0};
    two.parameters = two.parameters.with(factor);
    Parameter shape = two.parameters.at("zone.dispersion_shape");
    shape.distribution = {DistributionKind::uniform, 1000.0, 1001.0};
    two.parameters = two.parameters.with(shape);
    Evaluation const result = two.evaluated();
    auto const row =
        std::ranges::find(result.tornado, "zone.dispersion_shape", &TornadoRow::parameter);
    ASSERT_NE(row, result.tornado.end());
    EXPECT_LT(*row->explains, 0.12); // chance: r^2 of 100 draws is above it 5 times in 10 000
    EXPECT_EQ(direction_of(*row), Direction::none);
    EXPECT_EQ(std::ranges::find(result.tornado, "detection.conversion", &TornadoRow::parameter),
              result.tornado.end());
}

} // namespace
