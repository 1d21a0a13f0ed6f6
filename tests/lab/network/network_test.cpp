// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/network.hpp"

#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::HasSubstr;

Refusal refusal_of_network(Network const& network) {
    return refusal_of([&] { check_network(network); });
}

void expect_refusal(Network const& network, ErrorKind kind, std::string const& words) {
    auto const refusal = refusal_of_network(network);
    EXPECT_EQ(refusal.kind, kind) << words;
    EXPECT_THAT(refusal.text, HasSubstr(words));
}

TEST(CheckNetwork, TakesAPublishedNetwork) {
    EXPECT_EQ(refusal_of_network(asia()).text, "");
}

TEST(CheckNetwork, RefusesWhatIsNoNetwork) {
    expect_refusal({}, ErrorKind::format, "has no nodes");

    Network network = asia();
    network.nodes[1].name = network.nodes[0].name;
    expect_refusal(network, ErrorKind::format, "two nodes are named 'visit to Asia'");

    network = asia();
    network.nodes[1].name = "a\nb";
    expect_refusal(network, ErrorKind::format, "control character");

    network = asia();
    network.nodes[1].states = {"yes", "yes"};
    expect_refusal(network, ErrorKind::format, "two states 'yes'");

    network = asia();
    network.nodes[1].states.clear();
    expect_refusal(network, ErrorKind::format, "has no states");

    network = asia();
    network.nodes[1].state_ids = {"one"};
    expect_refusal(network, ErrorKind::format, "one identifier for each state");

    network = asia();
    network.nodes[2].parents = {99};
    expect_refusal(network, ErrorKind::format, "not in the network");

    network = asia();
    network.nodes[5].parents = {2, 2};
    expect_refusal(network, ErrorKind::format, "has the parent 'tuberculosis' twice");

    network = asia();
    network.nodes[2].table.pop_back();
    expect_refusal(network, ErrorKind::format, "has 3 numbers instead of 4 (2 rows of 2 states)");

    network = asia();
    network.nodes[2].table[0] = 0.06;
    expect_refusal(
        network, ErrorKind::format, "row 1 of the table of the node 'tuberculosis' sums to");

    network = asia();
    network.nodes[2].table = {-0.1, 1.1, 0.5, 0.5};
    expect_refusal(network, ErrorKind::format, "-0.1 is no probability");
}

TEST(CheckNetwork, NamesTheCircle) {
    Network network = asia();
    network.nodes[0].parents = {5}; // either -> visit -> tuberculosis -> either
    network.nodes[0].table = {0.5, 0.5, 0.5, 0.5};
    auto const refusal = refusal_of_network(network);
    EXPECT_EQ(refusal.kind, ErrorKind::format);
    for (auto const* const name : {"visit to Asia", "tuberculosis", "either"}) {
        EXPECT_THAT(refusal.text, HasSubstr(name));
    }
    EXPECT_THAT(refusal.text, testing::Not(HasSubstr("smoker")));
}

TEST(CheckNetwork, RefusesTablesBeyondTheLimitBeforeTheyAreMade) {
    Network network;
    for (int i = 0; i < 25; ++i) {
        add_node(network, "n" + std::to_string(i), {"a", "b"}, {}, {0.5, 0.5});
    }
    NetworkNode child;
    child.name = "child";
    child.states = {"a", "b"};
    child.parents.resize(25);
    std::iota(child.parents.begin(), child.parents.end(), std::size_t{0});
    network.nodes.push_back(child);
    expect_refusal(network, ErrorKind::limits, "the node 'child'");
}

TEST(AddNode, RefusesAParentThatIsNotThere) {
    Network network = asia();
    auto const refusal = refusal_of([&] {
        add_node(network, "x", {"a", "b"}, {"cough"}, {1, 0, 1, 0});
    });
    EXPECT_EQ(refusal.kind, ErrorKind::domain);
    EXPECT_THAT(refusal.text, HasSubstr("has no node 'cough'; it has: visit to Asia"));
}

TEST(FindNode, KnowsNamesAndIdentifiersOfNodesAndStates) {
    Network network = asia();
    network.nodes[7].id = "D";
    network.nodes[7].state_ids = {"y", "n"};
    EXPECT_EQ(find_node(network, "dyspnœa"), 7U);
    EXPECT_EQ(find_node(network, "D"), 7U);
    EXPECT_FALSE(find_node(network, "d"));
    EXPECT_EQ(find_state(network.nodes[7], "no"), 1U);
    EXPECT_EQ(find_state(network.nodes[7], "n"), 1U);
    auto const refusal =
        refusal_of([&] { static_cast<void>(state_index(network.nodes[7], "maybe")); });
    EXPECT_EQ(refusal.kind, ErrorKind::domain);
    EXPECT_THAT(refusal.text, HasSubstr("it has: yes, no"));
}

TEST(TopologicalOrder, PutsParentsFirstAndKeepsAnOrderThatIsOne) {
    Network network = asia();
    auto order = topological_order(network);
    EXPECT_TRUE(std::ranges::is_sorted(order));

    // Turned round: node i of the one is node 7 - i of the other.
    std::ranges::reverse(network.nodes);
    for (NetworkNode& node : network.nodes) {
        for (std::size_t& parent : node.parents) {
            parent = 7 - parent;
        }
    }
    order = topological_order(network);
    std::vector<std::size_t> place(8);
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
    }
    for (std::size_t i = 0; i < 8; ++i) {
        for (std::size_t const parent : network.nodes[i].parents) {
            EXPECT_LT(place[parent], place[i]);
        }
    }
}

TEST(NormaliseRows, WarnsAboveAMillionthAndTouchesNoRowThatSumsToOne) {
    Network network = asia();
    NetworkNode node = network.nodes[2];
    EXPECT_TRUE(normalise_rows(node).empty());
    EXPECT_EQ(node.table, network.nodes[2].table);

    node.table = {0.05, 0.95 + 5e-7, 0.01, 0.99};
    EXPECT_TRUE(normalise_rows(node).empty());
    EXPECT_NEAR(node.table[0] + node.table[1], 1.0, 1e-15);

    node.table = {0.05, 0.95, 0.2, 0.6};
    auto const warnings = normalise_rows(node);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_THAT(warnings[0].english(), HasSubstr("'tuberculosis': row 2 of its table sums to 0.8"));
    EXPECT_DOUBLE_EQ(node.table[2], 0.25);
}

TEST(NormaliseRows, ChangesNothingTheSecondTime) {
    NetworkNode node;
    node.name = "n";
    node.states = {"a", "b", "c", "d", "e", "f", "g"};
    Random random{1, 2, 3};
    for (int i = 0; i < 7000; ++i) {
        node.table.push_back(random.uniform());
    }
    static_cast<void>(normalise_rows(node));
    auto const once = node.table;
    static_cast<void>(normalise_rows(node));
    EXPECT_EQ(node.table, once);
}

TEST(NormaliseRows, RefusesARowOfZeros) {
    NetworkNode node;
    node.name = "n";
    node.states = {"a", "b"};
    node.table = {0.0, 0.0};
    EXPECT_EQ(refusal_of([&] { static_cast<void>(normalise_rows(node)); }).kind, ErrorKind::format);
}

} // namespace
