// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/account_steps.hpp"
#include "report/note_figures.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cmq::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Line = NetworkChart::Line;

/// The shot on P2's hand at 12:40, the handshake at 12:50, gloves changed at 13:00, and a bench that may contaminate.
NoteInput make_routed() {
    NoteInput input = fixture::make_input();
    casefile::Case& file = input.file;
    file.deliveries.at(0).zones = {{{"P2.right_hand", {}}, 0.5}};
    casefile::Event change;
    change.id.value = "gloves";
    change.kind.value = casefile::EventKind::glove_change;
    change.carriers = {{"P1.right_hand", {}}};
    change.at.value.minutes = 780.0;
    change.probability.value = 0.25;
    file.events.push_back(change);
    file.propositions.at(1).events.push_back({"gloves", {}});
    casefile::Contamination bench;
    bench.id.value = "bench";
    bench.zones = {{{"P1.right_hand", {}}, 0.1}};
    bench.at.value.minutes = 900.0;
    bench.probability.value = 0.01;
    file.contaminations = {bench};
    return input;
}

NetworkChart const& drawing(std::variant<Chart, TableBlock> const& network) {
    return std::get<NetworkChart>(std::get<Chart>(network).content);
}

std::size_t node(NetworkChart const& of, std::string const& label) {
    auto const found = std::ranges::find(of.nodes, label, &NetworkChart::Node::label);
    EXPECT_NE(found, of.nodes.end()) << label;
    return static_cast<std::size_t>(found - of.nodes.begin());
}

TEST(AccountSteps, AreThoseOfComparedPropositionsByTime) {
    NoteInput input = make_routed();
    casefile::Event never;
    never.id.value = "never";
    never.carriers = {{"P1.sleeve", {}}};
    input.file.events.push_back(never); // of the proposition that nothing compares
    input.file.propositions.at(3).events.push_back({"never", {}});
    std::vector<std::string> told;
    for (AccountStep const& step : account_steps(input.file)) {
        std::string text{to_text(step.kind)};
        text += " " + step.id;
        for (auto const& each : step.included_by) {
            text += " " + each;
        }
        told.push_back(text);
    }
    EXPECT_THAT(told,
                ElementsAre("delivery shot1 Hp Hd",
                            "contact handshake Hd",
                            "change gloves Hd",
                            "contamination bench"));
}

TEST(MakeNetworks, StandAPlaceOneColumnAfterWhatReachesIt) {
    NoteInput const input = make_routed();
    NoteWriter const writer{input, Language::english};
    auto const networks = make_networks(writer);
    ASSERT_EQ(networks.size(), 2U); // Hn includes nothing
    NetworkChart const& hd = drawing(networks[1]);
    ASSERT_EQ(hd.nodes.size(), 4U);
    std::size_t const p1 = node(hd, "right hand of P1");
    std::size_t const p2 = node(hd, "right hand of P2");
    EXPECT_EQ(hd.nodes[p2].layer, 1U);
    EXPECT_EQ(hd.nodes[p1].layer, 2U);
    EXPECT_TRUE(hd.nodes[p1].is_examined);
    EXPECT_FALSE(hd.nodes[p2].is_examined);
    EXPECT_THAT(hd.nodes[p1].changes, ElementsAre(3U));
    ASSERT_EQ(hd.arrows.size(), 3U);
    EXPECT_EQ(hd.arrows[0].line, Line::delivery);
    EXPECT_TRUE(hd.nodes[hd.arrows[0].from].is_source);
    EXPECT_EQ(hd.arrows[0].to, p2);
    EXPECT_EQ(hd.arrows[1].line, Line::contact);
    EXPECT_EQ(hd.arrows[1].from, p2);
    EXPECT_EQ(hd.arrows[1].to, p1);
    EXPECT_TRUE(hd.arrows[1].both_ways);
    EXPECT_EQ(hd.arrows[1].number, 2U);
    EXPECT_EQ(hd.arrows[2].line, Line::contamination);
    EXPECT_EQ(hd.arrows[2].number, 4U);
    // Hp knows no handshake: the same events keep their numbers.
    NetworkChart const& hp = drawing(networks[0]);
    ASSERT_EQ(hp.steps.size(), 2U);
    EXPECT_EQ(hp.steps[0].number, 1U);
    EXPECT_EQ(hp.steps[1].number, 4U);
}

TEST(MakeNetworks, SayInWordsWhatIsDrawnInBothLanguages) {
    NoteInput const input = make_routed();
    for (Language const language : {Language::french, Language::english}) {
        NoteWriter const writer{input, language};
        auto const networks = make_networks(writer);
        auto const& chart = std::get<Chart>(networks.at(1));
        EXPECT_THAT(chart.title, HasSubstr("Hd"));
        bool const french = language == Language::french;
        EXPECT_THAT(chart.alt, HasSubstr(french ? "poignée de main entre P2 et P1" : "handshake"));
        EXPECT_THAT(drawing(networks[1]).steps[2].text,
                    HasSubstr(french ? "probabilité supposée" : "supposed probability: 25%"));
        EXPECT_EQ(chart.numbers.rows.size(), 4U);
        for (auto const& row : chart.numbers.rows) {
            EXPECT_EQ(row.size(), chart.numbers.columns.size());
        }
        EXPECT_EQ(drawing(networks[1]).keys.size(), 3U);
        EXPECT_NE(std::get<Chart>(networks[0]).caption, chart.caption);
    }
}

TEST(MakeNetworks, DrawAContactBeforeAnyMarkerArrives) {
    NoteInput input = make_routed();
    input.file.deliveries.at(0).zones.clear();
    input.file.contaminations.clear();
    NoteWriter const writer{input, Language::english};
    auto const networks = make_networks(writer);
    ASSERT_EQ(networks.size(), 1U); // Hp has nothing to draw
    NetworkChart const& hd = drawing(networks[0]);
    ASSERT_EQ(hd.arrows.size(), 1U);
    EXPECT_EQ(hd.nodes[hd.arrows[0].from].layer + 1, hd.nodes[hd.arrows[0].to].layer);
}

TEST(MakeNetworks, AreATableWhereTheyAreTooManyToBeDrawn) {
    NoteInput input = make_routed();
    auto const add_zones = [&](int count) {
        for (int i = 0; i < count; ++i) {
            casefile::Carrier carrier;
            carrier.id.value = "P9.zone" + std::to_string(input.file.deliveries[0].zones.size());
            input.file.deliveries[0].zones.emplace_back(carrier.id, 0.01);
            input.file.carriers.push_back(carrier);
        }
    };
    add_zones(8); // with shot, bench and two hands: 12 boxes
    EXPECT_TRUE(
        std::holds_alternative<Chart>(make_networks(NoteWriter{input, Language::french}).at(1)));
    add_zones(1);
    auto const networks = make_networks(NoteWriter{input, Language::french});
    ASSERT_TRUE(std::holds_alternative<TableBlock>(networks.at(1)));
    auto const& table = std::get<TableBlock>(networks[1]);
    EXPECT_THAT(table.caption, HasSubstr("trop nombreuses pour un dessin"));
    EXPECT_EQ(table.rows.size(), 4U);
}

TEST(MakeNetworks, LeaveOutPropositionsThatIncludeNothing) {
    NoteInput input = make_routed();
    for (auto& each : input.file.propositions) {
        each.deliveries.clear();
        each.events.clear();
    }
    EXPECT_THAT(make_networks(NoteWriter{input, Language::french}), IsEmpty());
    EXPECT_THAT(fixture::all_text(make_note(input, Language::english)),
                Not(HasSubstr("Routes of the marker under")));
}

} // namespace
} // namespace cmq::report
