// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/draft_accounts.hpp"

#include "casefile/read_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace {

using cmq::casefile::Case;
using cmq::pipeline::AccountDraft;
using cmq::pipeline::draft_accounts;
using testing::HasSubstr;
using testing::Not;

AccountDraft of_three_zones() {
    return {.zones = {{"P1.right_hand", {"main droite", "right hand"}},
                      {"P1.jacket", {"veste", "jacket"}},
                      {"P1.face", {"visage", "face"}}},
            .delivery = "spray",
            .marking = {"2026-11-14", "12:40"},
            .examination = {"2026-11-14", "17:20"}};
}

Case read(AccountDraft const& draft) {
    std::string text = "schema = 1\n[case]\nid = \"a\"\nlanguage = \"fr\"\nday = 2026-11-14\n"
                       "[report]\ndate = 2026-11-21\nrole = \"party\"\n";
    for (std::string const zone : {"P2.right_hand", "P1.right_hand", "P1.jacket", "P1.face"}) {
        text += "[[carrier]]\nid = \"" + zone + "\"\nsurface = \"skin\"\n";
    }
    Case of = cmq::casefile::parse_case(text + draft_accounts(draft), "case.toml");
    cmq::casefile::check_references(of);
    return of;
}

TEST(DraftAccounts, GiveEachZoneOneWayInEitherAccountAndTheSameShare) {
    Case const of = read(of_three_zones());
    ASSERT_EQ(of.deliveries.size(), 2U);
    double const share = of.deliveries[1].zones.at(0).second;
    for (auto const& [zone, name] : of_three_zones().zones) {
        auto const is_here = [&, id = zone](auto const& carrier) { return *carrier == id; };
        EXPECT_EQ(std::ranges::count_if(of.events,
                                        [&](auto const& event) {
                                            return std::ranges::any_of(event.carriers, is_here);
                                        }),
                  1)
            << zone;
        auto const found = std::ranges::find_if(
            of.deliveries[0].zones, [&, id = zone](auto const& each) { return *each.first == id; });
        ASSERT_NE(found, of.deliveries[0].zones.end()) << zone;
        EXPECT_EQ(found->second, share) << zone;
    }
    ASSERT_EQ(of.propositions.size(), 2U);
    EXPECT_EQ(of.propositions[0].deliveries.size(), of.propositions[1].deliveries.size());
    EXPECT_EQ(of.propositions[1].events.size(), 3U);
}

TEST(DraftAccounts, ArePutIntoNobodysMouth) {
    for (auto const& proposition : read(of_three_zones()).propositions) {
        EXPECT_EQ(*proposition.side, cmq::casefile::Side::neither);
    }
    EXPECT_THAT(draft_accounts(of_three_zones()), HasSubstr("que personne n’a choisi ni mesuré"));
}

TEST(DraftAccounts, PutTheContactsHalfWay) {
    for (auto const& event : read(of_three_zones()).events) {
        EXPECT_EQ(event.at->minutes, 900.0); // 15:00, half way between 12:40 and 17:20
        EXPECT_EQ(event.at->uncertainty_min, 140.0);
    }
}

TEST(DraftAccounts, SayThatPelletsAreAssumedWhereThePapersSayNothing) {
    EXPECT_THAT(draft_accounts(of_three_zones()), Not(HasSubstr("supposé)")));
    AccountDraft silent = of_three_zones();
    silent.delivery.reset();
    EXPECT_THAT(read(silent).deliveries[0].label.fr, HasSubstr("tir de billes supposé"));
    EXPECT_EQ(*read(silent).deliveries[0].kind, cmq::casefile::DeliveryKind::pellet);
}

} // namespace
