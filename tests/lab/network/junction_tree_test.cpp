// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/junction_tree.hpp"

#include "lab/network/infer.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/refusal.hpp"
#include "tests/lab/network/slow_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::HasSubstr;

/// Observed and soft findings that a network allows: drawn from a run through it.
Evidence random_evidence(Network const& network, std::uint64_t seed, std::size_t count) {
    Random random{seed, 1, 0};
    std::vector<std::size_t> states;
    for (NetworkNode const& node : network.nodes) {
        std::size_t row = 0;
        for (std::size_t const parent : node.parents) {
            row = row * network.nodes[parent].states.size() + states[parent];
        }
        states.push_back(
            random.categorical({node.table.data() + row * node.states.size(), node.states.size()}));
    }
    Evidence evidence;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const node = random.bits32() % network.nodes.size();
        EvidenceItem item{node, std::vector<double>(network.nodes[node].states.size())};
        item.weights[states[node]] = 1.0;
        if (i % 3 == 2) {
            for (double& weight : item.weights) {
                weight += 2.0 * random.uniform();
            }
        }
        evidence.push_back(item);
    }
    return evidence;
}

TEST(JunctionTree, AgreesWithTheSumOverAllCombinations) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Network const network = random_network(
            seed,
            {.nodes = 9, .most_parents = 4, .most_states = 3, .zeros = seed % 2 == 0 ? 0.3 : 0.0});
        auto const evidence = random_evidence(network, seed, seed % 5);
        auto const slow = by_enumeration(network, evidence);
        JunctionTree const tree{network};
        TreePurpose cut;
        cut.evidence = evidence;
        for (Beliefs const& found :
             {tree.propagate(evidence), JunctionTree{network, cut}.propagate()}) {
            EXPECT_NEAR(
                std::exp(found.log_p_evidence), slow.p_evidence, 1e-14 * slow.p_evidence + 1e-300);
            for (std::size_t i = 0; i < network.nodes.size(); ++i) {
                for (std::size_t s = 0; s < network.nodes[i].states.size(); ++s) {
                    EXPECT_NEAR(found.of(i)[s], slow.posteriors[i][s], 1e-13);
                }
            }
        }
    }
}

TEST(JunctionTree, AgreesWithVariableEliminationOnUpTo200Nodes) {
    for (std::size_t const nodes : {50U, 120U, 200U}) {
        Network const network = random_network(
            nodes, {.nodes = nodes, .most_parents = 2, .most_states = 3, .reach = 4});
        auto const evidence = random_evidence(network, nodes, nodes / 10);
        auto const found = infer(network, evidence);
        for (std::size_t node = 0; node < nodes; node += nodes / 5) {
            auto const slow = by_elimination(network, evidence, node);
            double const sum = std::accumulate(slow.begin(), slow.end(), 0.0);
            EXPECT_NEAR(found.log10_p_evidence, std::log10(sum), 1e-11);
            for (std::size_t s = 0; s < slow.size(); ++s) {
                EXPECT_NEAR(found.beliefs.of(node)[s], slow[s] / sum, 1e-12);
            }
        }
    }
}

TEST(JunctionTree, DoesNotMindTheOrderOfEvidence) {
    Network const network = random_network(7, {.nodes = 30});
    auto evidence = random_evidence(network, 7, 9);
    JunctionTree const tree{network};
    auto const one = tree.propagate(evidence);
    std::ranges::reverse(evidence);
    auto const other = tree.propagate(evidence);
    EXPECT_NEAR(one.log_p_evidence, other.log_p_evidence, 1e-12);
    for (std::size_t i = 0; i < one.values.size(); ++i) {
        EXPECT_NEAR(one.values[i], other.values[i], 1e-14);
    }
}

// Other names change no bit; states in another order and nodes in another order change nothing.
TEST(JunctionTree, DoesNotMindNamesAndOrders) {
    Network const network = random_network(11, {.nodes = 14});
    auto const before = JunctionTree{network}.propagate();

    Network renamed = network;
    for (NetworkNode& node : renamed.nodes) {
        node.name = "x " + node.name;
    }
    EXPECT_EQ(JunctionTree{renamed}.propagate().values, before.values);

    // The states of node 5 turned round, in its own table and in those of its children.
    Network turned = network;
    std::size_t const states = network.nodes[5].states.size();
    for (std::size_t i = 0; i < turned.nodes.size(); ++i) {
        NetworkNode& node = turned.nodes[i];
        auto family = node.parents;
        family.push_back(i);
        std::size_t stride = 1;
        for (auto member = family.rbegin(); member != family.rend(); ++member) {
            if (*member == 5) {
                auto const old = node.table;
                for (std::size_t k = 0; k < old.size(); ++k) {
                    std::size_t const s = k / stride % states;
                    node.table[k + (states - 1 - s) * stride - s * stride] = old[k];
                }
            }
            stride *= turned.nodes[*member].states.size();
        }
    }
    auto const after = JunctionTree{turned}.propagate();
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        std::size_t const count = network.nodes[i].states.size();
        for (std::size_t s = 0; s < count; ++s) {
            EXPECT_NEAR(after.of(i)[i == 5 ? count - 1 - s : s], before.of(i)[s], 1e-14);
        }
    }
}

TEST(JunctionTree, GivesTheSameBitsTwice) {
    Network const network = random_network(13, {.nodes = 60});
    auto const evidence = random_evidence(network, 1, 8);
    EXPECT_EQ(JunctionTree{network}.propagate(evidence).values,
              JunctionTree{network}.propagate(evidence).values);
}

// 3000 findings of probability 1/1000 each: far below what a double holds.
TEST(JunctionTree, DoesNotUnderflow) {
    Network network;
    add_node(network, "n0", {"a", "b"}, {}, {0.5, 0.5});
    Evidence evidence;
    for (std::size_t i = 1; i <= 3000; ++i) {
        NetworkNode node;
        node.name = "n" + std::to_string(i);
        node.states = {"seen", "not"};
        node.parents = {0};
        node.table = {0.001, 0.999, 0.002, 0.998};
        network.nodes.push_back(std::move(node));
        evidence.push_back({i, {1.0, 0.0}});
    }
    auto const found = infer(network, evidence);
    // log10 of (0.001^3000 + 0.002^3000) / 2, of which the first part is nothing.
    EXPECT_NEAR(found.log10_p_evidence, 3000.0 * std::log10(0.002) - std::log10(2.0), 1e-8);
    EXPECT_NEAR(found.beliefs.of(0)[1], 1.0, 1e-15);
    auto const ratio = likelihood_ratio(network, evidence, 0, 1, 0);
    EXPECT_NEAR(ratio.log10_lr, 3000.0 * std::log10(2.0), 1e-8);
}

// In one clique: products that a double cannot hold while all else is near 1.
TEST(JunctionTree, TellsTheRareFromTheImpossible) {
    Network network;
    add_node(network, "a", {"rare", "usual"}, {}, {1e-200, 1.0});
    add_node(network, "b", {"rare", "usual"}, {"a"}, {1e-250, 1.0, 0.0, 1.0});
    Evidence const rare{observed(network, "b", "rare")};
    EXPECT_NEAR(
        JunctionTree{network}.propagate(rare).log_p_evidence, -450.0 * std::log(10.0), 1e-9);
    EXPECT_NEAR(infer(network, rare).log10_p_evidence, -450.0, 1e-12);
    EXPECT_EQ(infer(network, rare).beliefs.of(0)[0], 1.0);
    network.nodes[1].table[0] = 0.0;
    network.nodes[1].table[1] = 1.0;
    EXPECT_FALSE(JunctionTree{network}.propagate(rare).possible());
}

// A grid of 40 x 40 binary nodes: 2^40 numbers in a clique.
TEST(JunctionTree, RefusesWhatDoesNotFitBeforeTakingIt) {
    Network network;
    std::size_t const side = 40;
    for (std::size_t i = 0; i < side * side; ++i) {
        NetworkNode node;
        node.name = "n" + std::to_string(i);
        node.states = {"a", "b"};
        if (i % side > 0) {
            node.parents.push_back(i - 1);
        }
        if (i >= side) {
            node.parents.push_back(i - side);
        }
        node.table.assign(std::size_t{2} << node.parents.size(), 0.5);
        network.nodes.push_back(std::move(node));
    }
    auto const refusal = refusal_of([&] { JunctionTree const tree{network}; });
    EXPECT_EQ(refusal.kind, ErrorKind::limits);
    EXPECT_THAT(refusal.text, HasSubstr("the largest clique has"));
    // With every other row observed, what is left is chains.
    TreePurpose purpose;
    for (std::size_t i = 0; i < side * side; ++i) {
        if (i / side % 2 == 0) {
            purpose.evidence.push_back({i, {1.0, 0.0}});
        }
    }
    EXPECT_NEAR(
        JunctionTree(network, purpose).propagate().log_p_evidence, 800.0 * std::log(0.5), 1e-9);
}

TEST(JunctionTree, StaysBelowTheBytesItNames) {
    Network const network = random_network(17, {.nodes = 40, .most_parents = 4, .reach = 10});
    JunctionTree const tree{network};
    TreePurpose purpose;
    purpose.most_bytes = tree.size().bytes;
    EXPECT_EQ(refusal_of([&] { JunctionTree const same(network, purpose); }).text, "");
    purpose.most_bytes = tree.size().bytes - 1.0;
    EXPECT_EQ(refusal_of([&] { JunctionTree const same(network, purpose); }).kind,
              ErrorKind::limits);
}

TEST(JunctionTree, LeavesOutWhatBearsOnNothingAsked) {
    Network const network = random_network(19, {.nodes = 100, .most_parents = 3, .reach = 12});
    TreePurpose purpose;
    purpose.asked = {10};
    JunctionTree const small(network, purpose);
    JunctionTree const whole{network};
    EXPECT_LT(small.size().numbers, whole.size().numbers / 4);
    auto const few = small.propagate();
    auto const all = whole.propagate();
    EXPECT_EQ(few.of(50).size(), 0U);
    for (std::size_t s = 0; s < few.of(10).size(); ++s) {
        EXPECT_NEAR(few.of(10)[s], all.of(10)[s], 1e-14);
    }
    auto const refusal =
        refusal_of([&] { static_cast<void>(small.propagate({observed(network, "n50", "s0")})); });
    EXPECT_EQ(refusal.kind, ErrorKind::domain);
    purpose.may_be_found = {50};
    EXPECT_EQ(refusal_of([&] {
                  static_cast<void>(
                      JunctionTree(network, purpose).propagate({observed(network, "n50", "s0")}));
              }).text,
              "");
}

TEST(JunctionTree, RefusesNodesThatAreNotThere) {
    TreePurpose purpose;
    purpose.asked = {8};
    EXPECT_EQ(refusal_of([&] { JunctionTree const tree(asia(), purpose); }).kind,
              ErrorKind::domain);
    EXPECT_EQ(refusal_of([&] { static_cast<void>(JunctionTree{asia()}.joint(0)); }).kind,
              ErrorKind::domain);
}

// p(evidence) is linear in each number of a table: the slope is what a small change gives.
TEST(JunctionTreeDerivatives, AreSlopesOfTheProbabilityOfTheEvidence) {
    Network const network = random_network(23, {.nodes = 8, .zeros = 0.3});
    auto const evidence = random_evidence(network, 2, 3);
    JunctionTree const tree{network};
    for (std::size_t node = 0; node < network.nodes.size(); ++node) {
        auto const slopes = tree.derivatives(node, evidence);
        ASSERT_EQ(slopes.values.size(), network.nodes[node].table.size());
        for (std::size_t i = 0; i < slopes.values.size(); ++i) {
            Network changed = network;
            changed.nodes[node].table[i] += 0.25;
            double const slope = (by_enumeration(changed, evidence).p_evidence -
                                  by_enumeration(network, evidence).p_evidence) /
                                 0.25;
            EXPECT_NEAR(slopes.values[i] * std::exp(slopes.log_scale), slope, 1e-13);
        }
    }
}

} // namespace
