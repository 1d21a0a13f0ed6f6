// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/simulate.hpp"

#include "lab/transfer/evaluator.hpp"
#include "lab/transfer/timeline.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using enum FindingKind;

Proposition all_of(Account const& account) {
    Proposition everything{"H", Side::neither, {}, {}};
    for (Delivery const& delivery : account.deliveries) {
        everything.deliveries.push_back(delivery.id);
    }
    for (Event const& event : account.events) {
        everything.events.push_back(event.id);
    }
    return everything;
}

/// Shares of the first delivery at the first finding's zone by probability, summed over patterns.
std::map<double, double> patterns(Account const& account,
                                  std::vector<Finding> const& findings,
                                  ParameterSet const& parameters,
                                  std::size_t exact = 12,
                                  std::uint64_t draw = 0) {
    Plan const plan = make_plan(account, all_of(account));
    auto const zones = examined_zones(account, findings);
    Psi const psi = PopulationPrior{parameters}.draw(1, draw);
    std::map<double, double> result;
    Timeline{account, plan, zones, psi, {1, draw, 0}, exact}.run(
        [&](double probability, std::vector<double> const& shares) {
            result[shares[0]] += probability;
        });
    return result;
}

TEST(Timeline, SplitsOnlyWhereMarkerCanReachAnExamination) {
    Account account;
    account.carriers = {{"a", Surface::skin}, {"b", Surface::skin}, {"c", Surface::skin}};
    account.deliveries.resize(1);
    account.deliveries[0].id = "shot";
    account.deliveries[0].zones = {{"a", 1.0}};
    auto const add = [&](std::string id, std::string one, std::string two, double minutes) {
        Event event;
        event.id = std::move(id);
        event.between = {std::move(one), std::move(two)};
        event.when = {minutes, 0.0};
        event.probability = 0.25;
        account.events.push_back(event);
    };
    add("before marker", "b", "c", -5.0);
    add("matters", "a", "b", 5.0);
    add("leads nowhere", "a", "c", 6.0);
    add("after the examination", "a", "b", 200.0);
    auto const result = patterns(account, {found("b", detected)}, bare_parameters());
    ASSERT_EQ(result.size(), 2U); // nothing, or half of what is wet
    EXPECT_EQ(result.begin()->first, 0.0);
    EXPECT_EQ(result.begin()->second, 0.75);
    EXPECT_NEAR(result.rbegin()->first, 0.5, 1e-12);
}

TEST(Timeline, FollowsMarkerThroughWashSwabAndGloves) {
    HitOrContact c;
    c.account.deliveries.resize(1);
    c.account.events[0].kind = EventKind::wash;
    c.account.events[0].between = {"P1.hand"};
    c.account.events[0].probability = 1.0;
    ParameterSet const parameters =
        bare_parameters({{"wash.retained_wet", 0.25}, {"swab.recovery", 0.4}});
    EXPECT_NEAR(patterns(c.account, {found("P1.hand", detected)}, parameters).begin()->first,
                0.2 * 0.25,
                1e-12);
    c.account.events[0].kind = EventKind::swab;
    EXPECT_NEAR(patterns(c.account, {found("P1.hand", detected)}, parameters).begin()->first,
                0.2 * 0.6,
                1e-12);
    c.account.events[0].kind = EventKind::glove_change;
    EXPECT_EQ(patterns(c.account, {found("P1.hand", detected)}, parameters).begin()->first, 0.0);
}

TEST(Timeline, RaisesTransferWithPressureFrictionAndArea) {
    auto const share = [](auto change) {
        HitOrContact c;
        c.account.deliveries.erase(c.account.deliveries.begin());
        c.account.events[0].probability = 1.0;
        change(c.account.events[0]);
        ParameterSet const parameters = bare_parameters({{"transfer.firm_odds", 2.0},
                                                         {"transfer.light_odds", 0.5},
                                                         {"transfer.friction_odds", 3.0}});
        return patterns(c.account, {found("P1.hand", detected)}, parameters).begin()->first;
    };
    // wet fraction 0.5 has odds 1: shares of 0.2 are 0.2 x odds / (1 + odds)
    EXPECT_NEAR(share([](Event&) {}), 0.1, 1e-9);
    EXPECT_NEAR(share([](Event& e) { e.pressure = Pressure::firm; }), 0.2 * 2.0 / 3.0, 1e-9);
    EXPECT_NEAR(share([](Event& e) { e.kind = EventKind::wear; }), 0.2 * 0.5 / 1.5, 1e-9);
    EXPECT_NEAR(share([](Event& e) { e.friction = true; }), 0.2 * 3.0 / 4.0, 1e-9);
    EXPECT_NEAR(share([](Event& e) { e.kind = EventKind::handcuffing; }), 0.2 * 6.0 / 7.0, 1e-9);
    EXPECT_NEAR(share([](Event& e) { e.area = 4.0; }), 0.2 * 4.0 / 5.0, 1e-9);
}

TEST(Timeline, DrawsCausesBeyondTheExactOnesWithTheirProbability) {
    HitOrContact c;
    c.account.deliveries.erase(c.account.deliveries.begin());
    c.account.events[0].probability = 0.3;
    int happened = 0;
    int const draws = 4000;
    for (int i = 0; i < draws; ++i) {
        auto const result = patterns(c.account,
                                     {found("P1.hand", detected)},
                                     bare_parameters(),
                                     0,
                                     static_cast<std::uint64_t>(i));
        ASSERT_EQ(result.size(), 1U); // one pattern, drawn
        happened += result.begin()->first > 0.0 ? 1 : 0;
    }
    EXPECT_NEAR(happened / static_cast<double>(draws), 0.3, 4.5 * std::sqrt(0.21 / draws));
}

TEST(Timeline, KeepsAStatedOrder) {
    HitOrContact c;
    c.account.deliveries.erase(c.account.deliveries.begin());
    c.account.deliveries[0].when = {10.0, 10.0};
    c.account.events[0].when = {10.0, 10.0};
    c.account.events[0].probability = 1.0;
    int reached = 0;
    for (std::uint64_t i = 0; i < 200; ++i) {
        c.account.events[0].after = "shot_at_p2";
        auto const ordered =
            patterns(c.account, {found("P1.hand", detected)}, bare_parameters(), 12, i);
        ASSERT_GT(ordered.begin()->first, 0.0); // the contact always follows the shot
        c.account.events[0].after = "";
        auto const free =
            patterns(c.account, {found("P1.hand", detected)}, bare_parameters(), 12, i);
        reached += free.begin()->first > 0.0 ? 1 : 0;
    }
    EXPECT_NEAR(reached, 100, 4.5 * std::sqrt(50.0)); // else in half of all draws
}

TEST(MakePlan, RefusesAnEventThatFollowsWhatIsNotPartOfTheProposition) {
    HitOrContact c;
    c.account.events[0].after = "shot_at_p1";
    EXPECT_THROW((void)make_plan(c.account, c.contact), cmq::Error);
}

TEST(MakePlan, PutsContaminationIntoEveryProposition) {
    HitOrContact c;
    Delivery glove;
    glove.id = "glove";
    glove.kind = DeliveryKind::contamination;
    glove.zones = {{"P1.hand", 0.1}};
    c.account.deliveries.push_back(glove);
    EXPECT_EQ(make_plan(c.account, c.hit).deliveries.size(), 2U);
    EXPECT_EQ(make_plan(c.account, {"Hn", Side::defence, {}, {}}).deliveries.size(), 1U);
    EXPECT_EQ(make_plan(c.account, {"Hn", Side::defence, {}, {}}, Contamination::left_out)
                  .deliveries.size(),
              0U);
}

TEST(SimulateLogP, IsTheClosedFormForOneDelivery) {
    HitOrContact const c;
    ParameterSet const parameters = bare_parameters({{"load.pellet_dl", 5.0}});
    Plan const plan = make_plan(c.account, c.hit);
    auto const zones = examined_zones(c.account, std::vector{found("P1.hand", count, 60.0, 2.0)});
    Psi const psi = PopulationPrior{parameters}.draw(1, 0);
    auto likelihoods = make_likelihoods(c.account, zones, psi);
    std::vector<double> out(1);
    simulate_log_p(c.account, plan, zones, psi, likelihoods, {1, 0, 0}, 12, out);
    // Load with shape 1 and mean 5, share 0.2: geometric with mean 1, P(2) = 1/8.
    EXPECT_NEAR(out[0], std::log(0.125), 1e-3); // the zone's share spreads by 3e-5
}

TEST(PopulationPrior, LeavesOtherDrawsAloneWhenOneIsHeld) {
    PopulationPrior const prior{library()};
    PopulationPrior const other{held(library(), {{"kappa", 7.0}})};
    Psi const a = prior.draw(3, 11);
    for (Psi const& b : {other.draw(3, 11), a.with(Population::kappa, 7.0)}) {
        EXPECT_EQ(b[Population::kappa], 7.0);
        EXPECT_EQ(a[Population::dry_tau_min], b[Population::dry_tau_min]);
        EXPECT_EQ(a[Population::detection_conversion], b[Population::detection_conversion]);
    }
}

TEST(PopulationPrior, TakesTheLibraryThatShips) {
    ParameterSet const set = library();
    EXPECT_EQ(set.all().size(), parameter_names().size());
    EXPECT_NO_THROW(PopulationPrior{set});
}

TEST(Evaluator, GivesTheSameDrawsInSeparateBlocks) {
    HitOrContact const c;
    Settings const settings = value_only();
    cmq::Progress const progress;
    ParameterSet const parameters = library();
    std::vector const findings{found("P1.hand", detected)};
    Evaluator const evaluator{
        c.account, c.hit, c.contact, findings, parameters, settings, progress};
    std::vector const plans{make_plan(c.account, c.hit)};
    PopulationPrior const prior{parameters};
    Batch const whole = evaluator.simulate(prior, plans, 0, 50, 12);
    Batch const first = evaluator.simulate(prior, plans, 0, 21, 12);
    Batch const second = evaluator.simulate(prior, plans, 21, 29, 12);
    std::vector<double> joined = first.log_p;
    joined.insert(joined.end(), second.log_p.begin(), second.log_p.end());
    EXPECT_EQ(whole.log_p, joined);
}

// A cluster can share the draws: a block computed in another process has the same bits.
TEST(Evaluator, GivesTheSameDrawsInAnotherProcess) {
    HitOrContact const c;
    Settings settings = value_only();
    settings.threads = 1;
    cmq::Progress const progress;
    ParameterSet const parameters = library();
    std::vector const findings{found("P1.hand", detected)};
    Evaluator const evaluator{
        c.account, c.hit, c.contact, findings, parameters, settings, progress};
    std::vector const plans{make_plan(c.account, c.hit)};
    PopulationPrior const prior{parameters};
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    pid_t const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        Batch const part = evaluator.simulate(prior, plans, 30, 20, 12);
        auto const size = static_cast<ssize_t>(part.log_p.size() * sizeof(double));
        bool const whole =
            ::write(ends[1], part.log_p.data(), static_cast<std::size_t>(size)) == size;
        ::_exit(whole ? 0 : 1);
    }
    std::vector<double> other(20);
    auto const bytes = static_cast<ssize_t>(other.size() * sizeof(double));
    EXPECT_EQ(::read(ends[0], other.data(), static_cast<std::size_t>(bytes)), bytes);
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    Batch const whole = evaluator.simulate(prior, plans, 0, 50, 12);
    EXPECT_EQ(std::vector<double>(whole.log_p.begin() + 30, whole.log_p.end()), other);
}

TEST(RelativeErrorOfRatio, IsZeroForEqualDrawsAndRightForNormalOnes) {
    Batch batch{.plans = 2, .zones = 1, .draws = 32000};
    batch.log_p.resize(64000, -3.0);
    EXPECT_EQ(relative_error_of_ratio(batch), 0.0);
    for (std::size_t i = 0; i < batch.draws; ++i) {
        cmq::Random random{4, 0, i};
        batch.log_p[2 * i] = std::log(1.0 + 0.1 * random.normal());
    }
    // 0.1 / sqrt(32000); 32 blocks know a standard error to 1 / sqrt(62) = 13 %, taken three times.
    double const expected = 0.1 / std::sqrt(32000.0);
    EXPECT_NEAR(relative_error_of_ratio(batch), expected, 0.4 * expected);
}

} // namespace
