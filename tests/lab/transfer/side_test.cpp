// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/side.hpp"

#include "lab/transfer/evaluate.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;
using enum FindingKind;

/// Two zones hit by one shot, or by none.
struct TwoZones {
    Account account;
    Proposition hp{"Hp", Side::prosecution, {"shot"}, {}, {}};
    Proposition hd{"Hd", Side::defence, {}, {}, {}};
    std::vector<Finding> findings{found("a", detected), found("b", not_detected)};

    TwoZones() {
        account.carriers = {{"a", Surface::skin}, {"b", Surface::porous}};
        Delivery shot;
        shot.id = "shot";
        shot.zones = {{"a", 0.2}, {"b", 0.1}};
        account.deliveries = {shot};
        account.people_checked = 100;
    }

    /// Fixed parameters: the load is integrated, so that a value has no Monte Carlo error.
    [[nodiscard]] Evaluation run(Settings const& settings = value_only()) const {
        return evaluate(account,
                        hp,
                        hd,
                        findings,
                        bare_parameters({{"load.pellet_dl", 20.0},
                                         {"look_alike.prevalence", 0.05},
                                         {"look_alike.seen", 1.0}}),
                        settings);
    }
};

Assigned assigned(double probability, std::vector<std::string> zones = {}) {
    Assigned result;
    result.probability = probability;
    result.zones = std::move(zones);
    result.author = "D1";
    return result;
}

bool has(Printed const& printed, PrintReason reason) {
    return std::ranges::any_of(printed.reasons,
                               [&](auto const& entry) { return entry.reason == reason; });
}

TEST(AssignedProbability, OnBothSidesGivesTheirQuotient) {
    TwoZones c;
    c.hp.assigned = assigned(0.3);
    c.hd.assigned = assigned(0.01);
    Evaluation const e = c.run();
    // Means of equal terms in logarithms: rounding only.
    EXPECT_NEAR(e.log10_lr.value(), std::log10(0.3 / 0.01), 1e-12);
    EXPECT_NEAR(e.log10_p_h1.value(), std::log10(0.3), 1e-12);
    EXPECT_LT(e.monte_carlo_se_log10, 1e-12);
    EXPECT_TRUE(e.parameters.empty()); // the model had no part in it
    EXPECT_TRUE(e.chain.empty());
    EXPECT_TRUE(e.routes.empty());
    EXPECT_FALSE(e.sensitivity.has_value()); // nobody stated a range
    EXPECT_EQ(e.printed.value, 30.0);
    EXPECT_EQ(e.printed.significant_figures, 1); // nobody measured it
    EXPECT_FALSE(e.printed.words_allowed);
    EXPECT_TRUE(has(e.printed, PrintReason::assigned));
}

TEST(AssignedProbability, TurnsAroundWithTheSides) {
    TwoZones c;
    c.hd.assigned = assigned(0.02);
    c.hd.assigned->low = 0.01;
    c.hd.assigned->high = 0.1;
    Settings settings = value_only();
    settings.sensitivity_draws = 20;
    Evaluation const forth = c.run(settings);
    std::swap(c.hp, c.hd);
    Evaluation const back = c.run(settings);
    EXPECT_NEAR(forth.log10_lr.value(), -back.log10_lr.value(), 1e-12);
    EXPECT_NEAR(forth.sensitivity->low, -back.sensitivity->high, 1e-12);
    EXPECT_NEAR(forth.sensitivity->high, -back.sensitivity->low, 1e-12);
    EXPECT_NEAR(*forth.assigned[0].log10_lr_at_low, -*back.assigned[0].log10_lr_at_low, 1e-12);
}

TEST(AssignedProbability, ReplacesOneSideAndLeavesTheOther) {
    TwoZones c;
    Evaluation const modelled = c.run();
    c.hd.assigned = assigned(0.02);
    Evaluation const e = c.run();
    EXPECT_NEAR(e.log10_p_h1.value(), modelled.log10_p_h1.value(), 1e-12);
    EXPECT_NEAR(e.log10_lr.value(), modelled.log10_p_h1.value() - std::log10(0.02), 1e-12);
}

TEST(AssignedProbability, OfAZoneMultipliesWhatTheModelGivesForTheOthers) {
    // The chain rule: p(a, b | Hp) = p(b | Hp) p(a | b, Hp), and the model gives p(b | Hp) as if a had
    // not been examined.
    TwoZones c;
    c.hp.assigned = assigned(0.4, {"a"});
    double const with_a = c.run().log10_p_h1.value();
    c.hp.assigned.reset();
    c.findings[0].kind = not_examined;
    double const b_alone = c.run().log10_p_h1.value();
    EXPECT_NEAR(with_a, b_alone + std::log10(0.4), 1e-12);
}

TEST(AssignedProbability, OfAllZonesByNameIsThatOfAllFindings) {
    TwoZones c;
    c.hd.assigned = assigned(0.02);
    double const bare = c.run().log10_lr.value();
    c.hd.assigned = assigned(0.02, {"b", "a"});
    EXPECT_EQ(c.run().log10_lr.value(), bare);
}

TEST(AssignedProbability, MovesTheRangeByWhatItsAuthorStates) {
    TwoZones c;
    c.hp.assigned = assigned(0.3);
    c.hd.assigned = assigned(0.02);
    c.hd.assigned->low = 0.005;
    c.hd.assigned->high = 0.04;
    Settings settings = value_only();
    settings.sensitivity_draws = 20;
    Evaluation const e = c.run(settings);
    ASSERT_TRUE(e.sensitivity.has_value());
    EXPECT_NEAR(e.sensitivity->low, std::log10(0.3 / 0.04), 1e-12);
    EXPECT_NEAR(e.sensitivity->median, std::log10(0.3 / 0.02), 1e-12);
    EXPECT_NEAR(e.sensitivity->high, std::log10(0.3 / 0.005), 1e-12);
    ASSERT_EQ(e.assigned.size(), 2U);
    EXPECT_EQ(e.assigned[0].proposition, "Hp");
    EXPECT_NEAR(*e.assigned[0].log10_lr_at_low, *e.log10_lr, 1e-15);
    EXPECT_NEAR(*e.assigned[1].log10_lr_at_low, std::log10(0.3 / 0.005), 1e-12);
    EXPECT_NEAR(*e.assigned[1].log10_lr_at_high, std::log10(0.3 / 0.04), 1e-12);
}

TEST(AssignedProbability, WidensTheModelsRange) {
    TwoZones c;
    c.hd.assigned = assigned(0.02);
    Settings settings = value_only();
    settings.sensitivity_draws = 20;
    Evaluation const bare = c.run(settings);
    c.hd.assigned->low = 0.01;
    c.hd.assigned->high = 0.04;
    Evaluation const wide = c.run(settings);
    EXPECT_NEAR(wide.sensitivity->low, bare.sensitivity->low - std::log10(2.0), 1e-12);
    EXPECT_NEAR(wide.sensitivity->high, bare.sensitivity->high + std::log10(2.0), 1e-12);
    EXPECT_EQ(wide.sensitivity->median, bare.sensitivity->median);
}

template <class Call>
Error error_of(Call const& call) {
    try {
        call();
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, "no error"};
}

TEST(AssignedProbability, RefusesToStandAgainstADensity) {
    TwoZones c;
    c.findings[0] = found("a", amount, 100.0, 5.0, 1.0);
    c.hd.assigned = assigned(0.02);
    EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::unsupported);
    c.hp.assigned = assigned(0.2); // both sides: no density is left
    EXPECT_NEAR(c.run().log10_lr.value(), 1.0, 1e-12);
    c.hp.assigned.reset();
    c.hd.assigned = assigned(0.02, {"b"}); // the amount is modelled on both sides
    EXPECT_TRUE(c.run().log10_lr.has_value());
    c.findings[0] = found("a", detected);
    c.findings[0].look_alike_ratio = {0.5}; // relative to a density of colour
    c.hd.assigned = assigned(0.02, {"a"});
    EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::unsupported);
}

TEST(AssignedProbability, RefusesAZoneWithoutAFinding) {
    TwoZones c;
    c.hd.assigned = assigned(0.02, {"c"});
    EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::domain);
    c.findings[0].kind = not_examined;
    c.hd.assigned = assigned(0.02, {"a"});
    EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::domain);
}

TEST(AssignedProbability, RefusesWhatIsNoProbability) {
    TwoZones c;
    for (double const p : {0.0, -0.1, 1.1, std::nan("")}) {
        c.hd.assigned = assigned(p);
        EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::domain) << p;
    }
    c.hd.assigned = assigned(0.5);
    c.hd.assigned->low = 0.6;
    EXPECT_EQ(error_of([&] { static_cast<void>(c.run()); }).kind(), ErrorKind::domain);
}

TEST(PrevalenceTable, ExpectsMoreGlowingPeopleWhereLookAlikesAreMoreFrequent) {
    TwoZones c;
    Settings settings = value_only();
    settings.tornado_draws = 64;
    // Seen for certain: of N people, a share as large as the prevalence glows, and nothing else does.
    Evaluation const e = c.run(settings);
    ASSERT_EQ(e.by_prevalence.size(), 6U);
    for (PrevalenceRow const& row : e.by_prevalence) {
        EXPECT_NEAR(row.expected_glowing.value(), 100.0 * row.prevalence, 1e-9);
    }
    // The more other things glow, the less a glow supports the shot.
    EXPECT_GT(*e.by_prevalence.front().log10_lr, *e.by_prevalence.back().log10_lr);
}

TEST(PrevalenceTable, IsTheCurveAtItsPoints) {
    TwoZones c;
    Settings settings = value_only();
    settings.tornado_draws = 64;
    Evaluation const e = c.run(settings);
    auto const curve = std::ranges::find(e.curves, "look_alike.prevalence", &Curve::parameter);
    ASSERT_NE(curve, e.curves.end());
    EXPECT_DOUBLE_EQ(e.by_prevalence.front().prevalence, curve->x.front());
    EXPECT_DOUBLE_EQ(*e.by_prevalence.front().log10_lr, curve->log10_lr.front());
}

TEST(PrevalenceTable, IsLeftOutWhereThePrevalenceIsKnown) {
    TwoZones c;
    c.account.look_alikes[0].prevalence = 0.1;
    Settings settings = value_only();
    settings.tornado_draws = 64;
    EXPECT_TRUE(c.run(settings).by_prevalence.empty());
}

TEST(PrevalenceTable, ExpectsNothingOfAnUnknownNumberOfPeople) {
    TwoZones c;
    c.account.people_checked.reset();
    Settings settings = value_only();
    settings.tornado_draws = 64;
    EXPECT_FALSE(c.run(settings).by_prevalence.front().expected_glowing.has_value());
}

} // namespace
