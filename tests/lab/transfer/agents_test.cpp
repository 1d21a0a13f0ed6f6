// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/agents.hpp"

#include "core/error.hpp"
#include "lab/transfer/evaluate.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;

// How often each zone is seen in many runs, against what the engine says of that finding alone.
void expect_engine_agrees(Account const& account,
                          Proposition const& proposition,
                          ParameterSet const& parameters,
                          std::vector<std::string> const& zones,
                          double minutes) {
    constexpr int runs = 4000;
    PopulationPrior const prior{parameters};
    Proposition const nothing{"H0", Side::neither, {}, {}, {}};
    std::vector<Finding> seen;
    for (std::string const& zone : zones) {
        seen.push_back(found(zone, FindingKind::detected, minutes));
    }
    std::vector<int> counts(zones.size(), 0);
    for (int i = 0; i < runs; ++i) {
        Random random{3, 4, static_cast<std::uint64_t>(i)};
        Psi const psi = prior.draw_alone(random);
        auto const result = simulate_findings(account, proposition, seen, psi, random);
        for (std::size_t z = 0; z < zones.size(); ++z) {
            counts[z] += result[z].kind == FindingKind::detected ? 1 : 0;
        }
    }
    for (std::size_t z = 0; z < zones.size(); ++z) {
        auto const engine = evaluate(account,
                                     proposition,
                                     nothing,
                                     std::vector<Finding>{seen[z]},
                                     parameters,
                                     value_only(4096));
        double const p = std::pow(10.0, engine.log10_p_h1.value());
        double const sd = std::sqrt(p * (1.0 - p) / runs);
        EXPECT_NEAR(counts[z] / static_cast<double>(runs), p, 4.0 * sd + 0.01) << zones[z];
    }
}

Event event(std::string id, EventKind kind, std::vector<std::string> between, double minutes) {
    Event result;
    result.id = std::move(id);
    result.kind = kind;
    result.between = std::move(between);
    result.when = {minutes, 2.0};
    return result;
}

ParameterSet with_small_loads() {
    return held(library(), {{"load.pellet_dl", 8.0}, {"load.spray_dl", 8.0}, {"kappa", 5.0}});
}

TEST(SimulateFindings, AgreesWithTheEngineOnEveryKindOfEvent) {
    Account account;
    account.carriers = {{"jacket", Surface::porous},
                        {"hand", Surface::skin},
                        {"glove", Surface::smooth},
                        {"seat", Surface::smooth},
                        {"bag", Surface::smooth}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{.carrier = "jacket", .share = 0.6}, {.carrier = "hand", .share = 0.3}};
    Delivery bench;
    bench.id = "bench";
    bench.kind = DeliveryKind::contamination;
    bench.when = {50.0, 0.0};
    bench.zones = {{.carrier = "bag", .share = 0.4}};
    bench.probability = 0.3;
    bench.mean_load_dl = 6.0;
    account.deliveries = {shot, bench};
    account.events = {event("rub", EventKind::contact, {"jacket", "hand"}, 5.0),
                      event("search", EventKind::search, {"glove", "jacket"}, 20.0),
                      event("sit", EventKind::wear, {"jacket", "seat"}, 30.0),
                      event("wash", EventKind::wash, {"hand"}, 40.0),
                      event("cuffs", EventKind::handcuffing, {"hand", "glove"}, 45.0),
                      event("pack", EventKind::package, {"jacket", "bag"}, 60.0)};
    account.events[0].after = "shot";
    account.events[1].probability = 0.6;
    account.events[2].one_way = true;
    account.events[5].solvent = true;
    Proposition const all{
        "H1", Side::neither, {"shot"}, {"rub", "search", "sit", "wash", "cuffs", "pack"}, {}};
    expect_engine_agrees(
        account, all, with_small_loads(), {"jacket", "hand", "glove", "seat", "bag"}, 90.0);
}

TEST(SimulateFindings, AgreesWithTheEngineOnDistances) {
    Account account;
    account.carriers = {{"p1", Surface::porous}, {"p2", Surface::porous}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{.carrier = "p1", .share = 0.5}};
    shot.distance_m = 35.0;
    shot.aim = Aim{0.3, 0.25};
    Delivery spray;
    spray.id = "spray";
    spray.kind = DeliveryKind::spray;
    spray.distance_m = 5.0;
    spray.zones = {{.carrier = "p2", .share = 0.5, .offset_m = 0.6}};
    Delivery crowd;
    crowd.id = "crowd";
    crowd.kind = DeliveryKind::crowd;
    crowd.contacts = 30;
    crowd.zones = {{.carrier = "p1", .share = 0.5}, {.carrier = "p2", .share = 0.5}};
    account.deliveries = {shot, spray, crowd};
    Proposition const all{"H1", Side::neither, {"shot", "spray", "crowd"}, {}, {}};
    expect_engine_agrees(
        account, all, held(with_small_loads(), {{"crowd.load_dl", 8.0}}), {"p1", "p2"}, 60.0);
}

TEST(SimulateFindings, GivesTheSameFromTheSameStream) {
    Account account;
    account.carriers = {{"hand", Surface::skin}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{.carrier = "hand", .share = 0.01}};
    account.deliveries = {shot};
    Proposition const hit{"H1", Side::neither, {"shot"}, {}, {}};
    std::vector<Finding> const seen{found("hand", FindingKind::detected, 60.0)};
    Psi const psi = PopulationPrior{library()}.draw(1, 1);
    for (std::uint64_t i = 0; i < 20; ++i) {
        Random first{1, 2, i};
        Random second{1, 2, i};
        EXPECT_EQ(simulate_findings(account, hit, seen, psi, first)[0].kind,
                  simulate_findings(account, hit, seen, psi, second)[0].kind);
    }
}

TEST(SimulateFindings, RefusesWhatItCannotFollow) {
    Account account;
    account.carriers = {{"hand", Surface::skin}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{.carrier = "hand", .share = 0.5}};
    account.deliveries = {shot};
    Proposition const hit{"H1", Side::neither, {"shot"}, {}, {}};
    Random random{1, 2, 3};
    Psi const psi = PopulationPrior{library()}.draw(1, 1);
    for (FindingKind const kind : {FindingKind::count, FindingKind::amount}) {
        try {
            static_cast<void>(
                simulate_findings(account, hit, {found("hand", kind, 60.0)}, psi, random));
            ADD_FAILURE();
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::unsupported);
            EXPECT_THAT(error.what(), testing::HasSubstr("only findings of something or nothing"));
        }
    }
}

// Loads so large that each agent stands for many quanta: the zone is seen, as the engine says.
TEST(SimulateFindings, FollowsAPartOfAHugeLoad) {
    Account account;
    account.carriers = {{"hand", Surface::skin}};
    Delivery shot;
    shot.id = "shot";
    shot.zones = {{.carrier = "hand", .share = 0.5}};
    account.deliveries = {shot};
    Proposition const hit{"H1", Side::neither, {"shot"}, {}, {}};
    Psi const psi = PopulationPrior{held(library(), {{"load.pellet_dl", 1e9}})}.draw(1, 1);
    Random random{1, 2, 3};
    auto const seen =
        simulate_findings(account, hit, {found("hand", FindingKind::detected, 1.0)}, psi, random);
    EXPECT_EQ(seen[0].kind, FindingKind::detected);
}

} // namespace
