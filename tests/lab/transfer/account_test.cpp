// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/account.hpp"

#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

namespace {

using namespace cmq::lab;

void expect_refused(std::string const& id, std::function<void(Account&)> const& change) {
    Account account = test::HitOrContact{}.account;
    change(account);
    try {
        check(account);
        ADD_FAILURE() << "not refused";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
        EXPECT_NE(std::string{error.what()}.find(id), std::string::npos) << error.what();
    }
}

TEST(CheckAccount, TakesAGoodOne) {
    EXPECT_NO_THROW(check(test::HitOrContact{}.account));
}

TEST(CheckAccount, RefusesIdsMissingOrTaken) {
    expect_refused("carrier", [](Account& a) { a.carriers[0].id = ""; });
    expect_refused("P1.jacket", [](Account& a) { a.carriers[0].id = "P1.jacket"; });
    expect_refused("handshake", [](Account& a) { a.deliveries[0].id = "handshake"; });
    expect_refused("look-alike", [](Account& a) { a.look_alikes[0].id = ""; });
}

TEST(CheckAccount, RefusesUnknownCarriersAndPredecessors) {
    expect_refused("no one", [](Account& a) { a.deliveries[0].zones[0].carrier = "no one"; });
    expect_refused("no one", [](Account& a) { a.events[0].between[0] = "no one"; });
    expect_refused("no such", [](Account& a) { a.events[0].after = "no such"; });
    expect_refused("handshake", [](Account& a) { a.events[0].after = "handshake"; });
    expect_refused("come after itself", [](Account& a) {
        for (std::string const id : {"x", "y", "z"}) {
            a.events.push_back(a.events[0]);
            a.events.back().id = id;
            a.events.back().after = id == "x" ? "z" : id == "y" ? "x" : "y";
        }
    });
}

TEST(CheckAccount, RefusesNumbersOutOfRange) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    expect_refused("shot_at_p1", [](Account& a) { a.deliveries[0].probability = 1.5; });
    expect_refused("shot_at_p1", [=](Account& a) { a.deliveries[0].probability = nan; });
    expect_refused("shot_at_p1", [=](Account& a) { a.deliveries[0].when.minutes = nan; });
    expect_refused("shot_at_p1", [](Account& a) { a.deliveries[0].when.half_width = -1.0; });
    expect_refused("shot_at_p1", [](Account& a) { a.deliveries[0].zones[0].share = -0.1; });
    expect_refused("shot_at_p1",
                   [](Account& a) { a.deliveries[0].zones[0].share = 0.7; }); // sum 1.1
    expect_refused("shot_at_p1",
                   [](Account& a) { a.deliveries[0].zones[0].carrier = "P1.jacket"; });
    expect_refused("shot_at_p1", [](Account& a) { a.deliveries[0].mean_load_dl = 0.0; });
    expect_refused("handshake", [](Account& a) { a.events[0].area = 0.0; });
    expect_refused("look-alike", [](Account& a) { a.look_alikes[0].prevalence = 2.0; });
    expect_refused("look-alikes", [](Account& a) {
        a.look_alikes = {{"a", 0.6, 0.5}, {"b", 0.6, 0.5}};
    });
    expect_refused("checked", [](Account& a) { a.people_checked = -1; });
}

TEST(CheckAccount, RefusesTheWrongNumberOfCarriers) {
    expect_refused("handshake", [](Account& a) { a.events[0].between.pop_back(); });
    expect_refused("handshake", [](Account& a) { a.events[0].kind = EventKind::wash; });
    expect_refused("handshake",
                   [](Account& a) { a.events[0].between[1] = a.events[0].between[0]; });
}

TEST(CheckAccount, RefusesOneCauseWithTwoProbabilities) {
    expect_refused("brawl", [](Account& a) {
        a.events[0].cause = "brawl";
        a.deliveries[0].cause = "brawl"; // probability 1 against 0.5
    });
}

TEST(CheckAccount, RefusesAnImpossibleOrderAndNamesBothLines) {
    for (std::string const id : {"handshake", "shot_at_p2"}) {
        expect_refused(id, [](Account& a) {
            a.deliveries[1].when = {30.0, 5.0};
            a.events[0].when = {10.0, 5.0};
            a.events[0].after = "shot_at_p2";
        });
    }
}

} // namespace
