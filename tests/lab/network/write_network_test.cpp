// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/write_network.hpp"

#include "lab/network/read_network.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::ElementsAre;
using testing::HasSubstr;

/// Names that formats have trouble with.
Network awkward() {
    Network network;
    network.name = "Contact, puis « lavage »";
    add_node(network,
             "Trace relevée : manche (g.)",
             {"oui", "non, rien", "é \"è\" \\ {x}; y"},
             {},
             {0.25, 0.25, 0.5});
    add_node(network, "7 | a, b", {"< 0.5", "&amp;"}, {}, {1.0 / 3.0, 2.0 / 3.0});
    add_node(network,
             "trace_relevee",
             {"// no comment", "% neither", "/* nor */"},
             {"7 | a, b", "Trace relevée : manche (g.)"},
             {0.1,
              0.2,
              0.7,
              0.3,
              0.3,
              0.4,
              1e-300,
              0.0,
              1.0,
              0.1,
              0.2,
              0.7,
              0.3,
              0.3,
              0.4,
              0.5,
              0.25,
              0.25});
    network.nodes[2].comment = "a comment <with> \"marks\" & signs";
    return network;
}

void expect_same(Network const& a, Network const& b) {
    ASSERT_EQ(a.nodes.size(), b.nodes.size());
    for (std::size_t i = 0; i < a.nodes.size(); ++i) {
        EXPECT_EQ(a.nodes[i].name, b.nodes[i].name);
        EXPECT_EQ(a.nodes[i].states, b.nodes[i].states);
        EXPECT_EQ(a.nodes[i].parents, b.nodes[i].parents);
        EXPECT_EQ(a.nodes[i].table, b.nodes[i].table); // every bit
    }
}

class ToText : public testing::TestWithParam<NetworkFormat> {};

TEST_P(ToText, ReadsBackToTheSameNumbersAndNames) {
    for (Network const& network : {asia(), awkward(), random_network(1, {.nodes = 40})}) {
        auto const text = to_text(network, GetParam());
        auto const read = parse_network(text, GetParam());
        expect_same(read.network, network);
        EXPECT_TRUE(read.warnings.empty());
        EXPECT_EQ(to_text(read.network, GetParam()), text);
    }
}

TEST_P(ToText, RefusesWhatIsNoNetwork) {
    EXPECT_EQ(refusal_of([] { static_cast<void>(to_text({}, GetParam())); }).kind,
              ErrorKind::format);
}

INSTANTIATE_TEST_SUITE_P(Formats,
                         ToText,
                         testing::Values(NetworkFormat::bif,
                                         NetworkFormat::xdsl,
                                         NetworkFormat::net),
                         [](auto const& one) {
                             return std::string{one.param == NetworkFormat::bif    ? "Bif"
                                                : one.param == NetworkFormat::xdsl ? "Xdsl"
                                                                                   : "Net"};
                         });

TEST(ToTextXdsl, KeepsNamesBesideIdentifiersAndComments) {
    auto const read = parse_network(to_text(awkward(), NetworkFormat::xdsl), NetworkFormat::xdsl);
    auto const& nodes = read.network.nodes;
    EXPECT_EQ(nodes[0].id, "Trace_relevee___manche__g__");
    EXPECT_EQ(nodes[1].id, "s_7___a__b");
    EXPECT_EQ(nodes[2].id, "trace_relevee");
    EXPECT_EQ(nodes[2].comment, awkward().nodes[2].comment);
    EXPECT_EQ(read.network.name, awkward().name);
}

TEST(ToTextXdsl, WritesParentsFirst) {
    Network network = asia();
    std::swap(network.nodes[0], network.nodes[2]); // tuberculosis before the visit
    network.nodes[0].parents = {2};
    network.nodes[5].parents = {0, 3};
    auto const text = to_text(network, NetworkFormat::xdsl);
    EXPECT_LT(text.find("cpt id=\"visit_to_Asia\""), text.find("cpt id=\"tuberculosis\""));
    auto const read = parse_network(text, NetworkFormat::xdsl).network;
    EXPECT_EQ(read.nodes[*find_node(read, "tuberculosis")].parents[0],
              *find_node(read, "visit to Asia"));
}

TEST(ToTextXdsl, RefusesANodeOfASingleState) {
    Network network;
    add_node(network, "sure", {"yes"}, {}, {1.0});
    auto const refusal =
        refusal_of([&] { static_cast<void>(to_text(network, NetworkFormat::xdsl)); });
    EXPECT_EQ(refusal.kind, ErrorKind::unsupported);
    EXPECT_THAT(refusal.text, HasSubstr("single state"));
}

TEST(ToText, RefusesToWriteUai) {
    EXPECT_EQ(refusal_of([] { static_cast<void>(to_text(asia(), NetworkFormat::uai)); }).kind,
              ErrorKind::unsupported);
}

TEST(ToIdentifiers, MakesThemDifferentAndPlain) {
    EXPECT_THAT(to_identifiers({"é", "e", "E!", "", "œuf", "_x", "a b", "a-b"}, {}),
                ElementsAre("e_2", "e", "E_", "s_", "ouf", "s__x", "a_b", "a_b_2"));
    EXPECT_THAT(to_identifiers({"a", "b", "c"}, {"b", "", "not one"}),
                ElementsAre("b", "b_2", "c"));
}

TEST(NetworkFormatOf, GoesByTheEndOfTheName) {
    EXPECT_EQ(network_format("x/Y.XDSL"), NetworkFormat::xdsl);
    EXPECT_EQ(network_format("a.net"), NetworkFormat::net);
    EXPECT_EQ(network_format("a.bif"), NetworkFormat::bif);
    EXPECT_EQ(network_format("a.uai"), NetworkFormat::uai);
    EXPECT_EQ(refusal_of([] { static_cast<void>(network_format("a.xml")); }).kind,
              ErrorKind::unsupported);
}

} // namespace
