// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/by_hand.hpp"

#include "lab/transfer/evaluator.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/timeline.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;

/// docs/methods/worked-example.md: a hit at 14:00, or a handshake at 14:10, and a glow at 15:00.
struct Example {
    Account account;
    Proposition hit{"H1", Side::prosecution, {"shot_at_p1"}, {}};
    Proposition handshake{"H2", Side::defence, {"shot_at_p2"}, {"handshake"}};
    std::vector<Finding> findings{found("P1.hand", FindingKind::detected, 60.0)};

    Example() {
        account.carriers = {{"P1.hand", Surface::skin}, {"P2.hand", Surface::skin}};
        account.deliveries.resize(2);
        account.deliveries[0].id = "shot_at_p1";
        account.deliveries[0].zones = {{"P1.hand", 0.3}};
        account.deliveries[1].id = "shot_at_p2";
        account.deliveries[1].zones = {{"P2.hand", 0.3}};
        account.events = {
            {.id = "handshake", .between = {"P2.hand", "P1.hand"}, .when = {10.0, 0.0}}};
        findings.front().examination = Examination::visual;
    }
};

ParameterSet example_parameters() {
    return bare_parameters({{"load.pellet_dl", 20.0},
                            {"transfer.wet", 0.4},
                            {"transfer.dry_porous", 0.1},
                            {"dry.tau_min", 30.0},
                            {"dry.loose_share", 0.6},
                            {"detection.slope_visual", 1.0}});
}

// The figures of the page.
TEST(WorkByHand, GivesTheFiguresOfTheWorkedExample) {
    Example const example;
    auto const check = work_by_hand(
        example.account, example.hit, example.handshake, example.findings, example_parameters());
    ASSERT_TRUE(check);
    EXPECT_EQ(check->zone, "P1.hand");
    ASSERT_EQ(check->lines.size(), 2U);
    HandLine const& hit = check->lines[0];
    EXPECT_EQ(hit.proposition, "H1");
    ASSERT_EQ(hit.steps.size(), 2U);
    EXPECT_EQ(hit.steps[0].entry, "shot_at_p1");
    EXPECT_EQ(hit.steps[0].state.wet, 0.3);
    EXPECT_EQ(hit.steps[1].minutes, 60.0);
    EXPECT_NEAR(hit.steps[1].state.total(), 0.3, 1e-12); // nothing is lost
    EXPECT_NEAR(hit.amount_dl, 6.0, 1e-10);
    EXPECT_NEAR(hit.seen, 1.0 - std::exp2(-6.0), 1e-12);

    HandLine const& handshake = check->lines[1];
    ASSERT_EQ(handshake.steps.size(), 4U);
    HandStep const& before = handshake.steps[1];
    EXPECT_EQ(before.carrier, "P2.hand");
    EXPECT_NEAR(before.state.wet, 0.21496, 5e-6);
    EXPECT_NEAR(before.state.loose, 0.05102, 5e-6);
    HandStep const& shaken = handshake.steps[2];
    EXPECT_EQ(shaken.kind, HandStepKind::contact);
    EXPECT_EQ(shaken.from, "P2.hand");
    EXPECT_EQ(shaken.carrier, "P1.hand");
    EXPECT_NEAR(shaken.moved.wet, 0.4, 1e-12);
    EXPECT_NEAR(shaken.moved.loose, 0.1, 1e-12);
    EXPECT_NEAR(handshake.steps[3].state.total(), 0.09109, 1e-5);
    EXPECT_NEAR(handshake.amount_dl, 20.0 * 0.09109, 2e-4);
}

/// Two to four carriers in a row, with contacts of any kind at any time and look-alike detours.
struct RandomRow {
    Account account;
    Proposition proposition{"H", Side::neither, {"shot"}, {}};
    std::vector<Finding> findings;

    explicit RandomRow(std::uint32_t turn) {
        Random random{77, turn, 0};
        auto const below = [&](std::size_t n) {
            return std::min(static_cast<std::size_t>(random.uniform() * static_cast<double>(n)),
                            n - 1);
        };
        std::size_t const carriers = 2 + below(3);
        for (std::size_t i = 0; i < carriers; ++i) {
            account.carriers.push_back(
                {"c" + std::to_string(i),
                 std::array{Surface::skin, Surface::porous, Surface::smooth}[below(3)]});
        }
        account.deliveries.resize(1);
        account.deliveries[0].id = "shot";
        account.deliveries[0].kind = turn % 2 == 0 ? DeliveryKind::pellet : DeliveryKind::shower;
        account.deliveries[0].zones = {
            {"c0", 0.1 + 0.5 * random.uniform(), 0.3 * random.uniform()}};
        double minutes = 0.0;
        for (std::size_t i = 1; i < carriers; ++i) {
            minutes += 40.0 * random.uniform();
            Event event{.id = "e" + std::to_string(i),
                        .between = {"c" + std::to_string(i - 1), "c" + std::to_string(i)},
                        .when = {minutes, 0.0}};
            event.friction = below(2) == 0;
            event.pressure =
                std::array{Pressure::light, Pressure::normal, Pressure::firm}[below(3)];
            event.area = 0.2 + random.uniform();
            if (below(3) == 0) {
                std::swap(event.between[0], event.between[1]);
            }
            account.events.push_back(event);
            proposition.events.push_back(event.id);
        }
        findings = {
            found(account.carriers.back().id, FindingKind::amount, minutes + 30.0, 1.0, 1.0)};
    }
};

// The engine, on an account of that way alone and with every parameter held at its median.
TEST(WorkByHand, AgreesWithTheEngineOnTheSameWay) {
    ParameterSet medians = held(library(), {{"transfer.event_gsd", 1.0}});
    PopulationPrior const prior{library()};
    for (std::string_view const name : parameter_names()) {
        if (name != "transfer.event_gsd") {
            QuantileFunction const quantile{medians.at(name).distribution};
            medians = held(medians, {{std::string{name}, quantile(0.5)}});
        }
    }
    for (std::uint32_t turn = 0; turn < 60; ++turn) {
        RandomRow const row{turn};
        auto const check =
            work_by_hand(row.account, row.proposition, row.proposition, row.findings, library());
        ASSERT_TRUE(check) << turn;
        auto const zones = examined_zones(row.account, row.findings);
        Plan const plan = make_plan(row.account, row.proposition);
        Psi const psi = PopulationPrior{medians}.medians();
        double share = -1.0;
        Timeline{row.account, plan, zones, psi, {1, 0, 0}, 12}.run(
            [&](double probability, std::vector<double> const& shares) {
                EXPECT_EQ(probability, 1.0);
                share = shares.front();
            });
        EXPECT_NEAR(check->lines[0].steps.back().state.total() / share, 1.0, 1e-9) << turn;
        EXPECT_EQ(check->lines[0].steps.size(), 2 * row.account.carriers.size()) << turn;
    }
}

TEST(WorkByHand, TakesTheWayWithTheFewestContacts) {
    Example example;
    example.account.carriers.push_back({"seat", Surface::porous});
    example.account.events.push_back(
        {.id = "sits", .between = {"P2.hand", "seat"}, .when = {2.0, 0.0}});
    example.account.events.push_back(
        {.id = "leans", .between = {"seat", "P1.hand"}, .when = {5.0, 0.0}});
    example.handshake.events = {"sits", "leans", "handshake"};
    auto const lines =
        work_by_hand(
            example.account, example.hit, example.handshake, example.findings, example_parameters())
            ->lines;
    EXPECT_EQ(lines[1].steps.size(), 4U);
    EXPECT_EQ(lines[1].steps[2].entry, "handshake");
}

TEST(WorkByHand, LeavesOutAPropositionWithoutAWay) {
    Example example;
    example.handshake.events.clear(); // nobody touched P1
    auto const check = work_by_hand(
        example.account, example.hit, example.handshake, example.findings, example_parameters());
    ASSERT_TRUE(check);
    ASSERT_EQ(check->lines.size(), 1U);
    EXPECT_EQ(check->lines[0].proposition, "H1");
    example.hit.deliveries.clear();
    EXPECT_FALSE(work_by_hand(
        example.account, example.hit, example.handshake, example.findings, example_parameters()));
}

TEST(WorkByHand, HeedsTheOrderInTime) {
    Example example;
    example.account.events[0].when.minutes = 70.0; // after the examination
    auto const late = work_by_hand(example.account,
                                   example.handshake,
                                   example.handshake,
                                   example.findings,
                                   example_parameters());
    EXPECT_FALSE(late);
    example.account.events[0].when.minutes = -5.0; // before the shot
    EXPECT_FALSE(work_by_hand(example.account,
                              example.handshake,
                              example.handshake,
                              example.findings,
                              example_parameters()));
    example.account.events[0].when.minutes = 10.0;
    example.account.events[0].one_way = true; // from P2 to P1
    EXPECT_TRUE(work_by_hand(example.account,
                             example.handshake,
                             example.handshake,
                             example.findings,
                             example_parameters()));
    std::swap(example.account.events[0].between[0], example.account.events[0].between[1]);
    EXPECT_FALSE(work_by_hand(example.account,
                              example.handshake,
                              example.handshake,
                              example.findings,
                              example_parameters()));
}

} // namespace
