// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/sensitivity.hpp"

#include "lab/network/infer.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::ElementsAre;
using testing::HasSubstr;

double
posterior(Network const& network, Evidence const& evidence, std::size_t node, std::size_t state) {
    return infer(network, evidence).beliefs.of(node)[state];
}

// The function against the answer of a network whose table was changed by hand.
TEST(PosteriorSensitivity, IsWhatChangedNetworksAnswer) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        Network const network =
            random_network(seed, {.nodes = 9, .zeros = seed % 2 == 0 ? 0.3 : 0.0});
        Evidence evidence;
        if (seed > 1) {
            evidence.push_back(observed(network, "n8", network.nodes[8].states[seed % 2]));
            evidence.push_back({4, std::vector<double>(network.nodes[4].states.size(), 0.5)});
            evidence.back().weights[0] = 0.9;
        }
        if (!JunctionTree{network}.propagate(evidence).possible()) {
            continue;
        }
        auto const list = posterior_sensitivity(network, evidence, 3, 1);
        EXPECT_FALSE(list.empty());
        for (OneWay const& one : list) {
            EXPECT_NEAR(one.answer, posterior(network, evidence, 3, 1), 1e-13);
            for (double const t : {0.1, 0.5, 0.93}) {
                auto const changed = with_entry(network, one.entry, t);
                if (JunctionTree{changed}.propagate(evidence).possible()) {
                    EXPECT_NEAR(one.at(t), posterior(changed, evidence, 3, 1), 1e-12);
                }
            }
        }
    }
}

TEST(PosteriorSensitivity, HasTheSlopeOfASmallStep) {
    Network const network = random_network(31, {.nodes = 9});
    Evidence const evidence{observed(network, "n8", "s0")};
    for (OneWay const& one : posterior_sensitivity(network, evidence, 2, 0)) {
        double const step = 1e-6;
        double const slope = (one.at(one.value + step) - one.at(one.value - step)) / (2.0 * step);
        EXPECT_NEAR(one.slope, slope, 1e-6 * (1.0 + std::abs(slope)));
    }
}

TEST(PosteriorSensitivity, LeavesOutWhatDoesNotMatter) {
    Network const network = asia();
    for (OneWay const& one :
         posterior_sensitivity(network, {observed(network, "smoker", "yes")}, 3, 0)) {
        EXPECT_EQ(one.entry.node, 3U); // given the smoker, cancer depends on its own table alone
        EXPECT_EQ(one.entry.row, 0U);
    }
}

// By hand: p(cancer | X-ray abnormal) in a network of two nodes, as a function of the rate of false alarms f:
// 0.1 * 0.98 / (0.1 * 0.98 + 0.9 f) is 1/2 at f = 0.098 / 0.9.
TEST(PosteriorSensitivity, FindsTheTippingPointOfAnExampleByHand) {
    Network network;
    add_node(network, "cancer", {"yes", "no"}, {}, {0.1, 0.9});
    add_node(network, "X-ray", {"abnormal", "normal"}, {"cancer"}, {0.98, 0.02, 0.05, 0.95});
    auto const list =
        posterior_sensitivity(network, {observed(network, "X-ray", "abnormal")}, 0, 0);
    bool found = false;
    for (OneWay const& one : list) {
        if (one.entry == TableEntry{1, 1, 0}) {
            auto const tips = one.crossings(0.5);
            ASSERT_EQ(tips.size(), 1U);
            EXPECT_NEAR(tips[0], 0.098 / 0.9, 1e-15);
            EXPECT_TRUE(one.crossings(0.01).empty());
            found = true;
        }
    }
    EXPECT_TRUE(found);
}

TEST(RatioSensitivity, IsWhatChangedNetworksAnswer) {
    for (std::size_t const node : {0U, 5U}) { // a root, and a node with parents or without
        Network const network = random_network(37, {.nodes = 10});
        Evidence const evidence{observed(network, "n9", "s0"), observed(network, "n7", "s1")};
        auto const list = ratio_sensitivity(network, evidence, node, 0, 1);
        EXPECT_FALSE(list.empty());
        for (OneWay const& one : list) {
            for (double const t : {0.2, 0.7}) {
                auto const changed = with_entry(network, one.entry, t);
                double const lr =
                    std::pow(10.0, likelihood_ratio(changed, evidence, node, 0, 1).log10_lr);
                EXPECT_NEAR(one.at(t), lr, 1e-12 * (1.0 + lr));
            }
            for (double const t : one.crossings(one.at(0.4))) {
                EXPECT_NEAR(one.at(t), one.at(0.4), 1e-9 * one.at(0.4));
            }
            EXPECT_FALSE(one.crossings(one.at(0.4)).empty());
        }
    }
}

// De March and Taroni's point: without contamination the ratio is infinite; with it, it falls below 1 where
// contamination is likely enough. By hand: evidence seen with p = t + (1 - t) * 0.6 under H1, t under H2.
TEST(RatioSensitivity, HandlesRatiosThatBecomeInfinite) {
    Network network;
    add_node(network, "H", {"H1", "H2"}, {}, {0.5, 0.5});
    add_node(network, "contamination", {"yes", "no"}, {}, {0.01, 0.99});
    add_node(network, "seen", {"yes", "no"}, {"contamination", "H"}, {1, 0, 1, 0, 0.6, 0.4, 0, 1});
    auto const list = ratio_sensitivity(network, {observed(network, "seen", "yes")}, 0, 0, 1);
    auto const one = std::ranges::find(list, TableEntry{1, 0, 0}, &OneWay::entry);
    ASSERT_NE(one, list.end());
    EXPECT_NEAR(one->answer, (0.01 + 0.99 * 0.6) / 0.01, 1e-12);
    EXPECT_EQ(one->at(0.0), std::numeric_limits<double>::infinity());
    EXPECT_NEAR(one->at(1.0), 1.0, 1e-15);
    // (t + 0.6 - 0.6 t) / t = 10 at t = 0.6 / 9.6
    EXPECT_THAT(one->crossings(10.0), ElementsAre(testing::DoubleNear(0.6 / 9.6, 1e-15)));
}

TEST(TwoWaySensitivity, IsWhatChangedNetworksAnswer) {
    Network const network = random_network(41, {.nodes = 8});
    Evidence const evidence{observed(network, "n7", "s0")};
    TableEntry const first{2, 0, 0};
    TableEntry const second{5, 0, 1};
    auto const two = two_way_sensitivity(network, evidence, 1, 0, first, second);
    for (double const t : {0.0, 0.3, 1.0}) {
        for (double const u : {0.1, 0.8}) {
            auto const changed = with_entry(with_entry(network, first, t), second, u);
            EXPECT_NEAR(two.at(t, u), posterior(changed, evidence, 1, 0), 1e-12);
        }
    }
    EXPECT_THAT(
        refusal_of([&] {
            static_cast<void>(two_way_sensitivity(network, evidence, 1, 0, first, {2, 0, 1}));
        }).text,
        HasSubstr("do not vary apart"));
}

TEST(WithEntry, SharesTheRestInProportion) {
    Network network;
    add_node(network, "a", {"x", "y", "z"}, {}, {0.2, 0.6, 0.2});
    EXPECT_THAT(with_entry(network, {0, 0, 0}, 0.6).nodes[0].table,
                ElementsAre(0.6, testing::DoubleEq(0.3), testing::DoubleEq(0.1)));
    network.nodes[0].table = {1.0, 0.0, 0.0};
    EXPECT_THAT(with_entry(network, {0, 0, 0}, 0.5).nodes[0].table, ElementsAre(0.5, 0.25, 0.25));
    for (auto const& [entry, t] : {std::pair{TableEntry{1, 0, 0}, 0.5},
                                   std::pair{TableEntry{0, 1, 0}, 0.5},
                                   std::pair{TableEntry{0, 0, 3}, 0.5},
                                   std::pair{TableEntry{0, 0, 0}, 1.5}}) {
        EXPECT_EQ(refusal_of([&] { static_cast<void>(with_entry(network, entry, t)); }).kind,
                  ErrorKind::domain);
    }
}

} // namespace
