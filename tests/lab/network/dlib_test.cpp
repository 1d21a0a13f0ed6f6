// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/infer.hpp"
#include "tests/lab/network/by_dlib.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/stored_answers.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

void expect_agreement(Network const& network,
                      std::vector<std::pair<std::size_t, std::size_t>> const& observed = {}) {
    Evidence evidence;
    for (auto const& [node, state] : observed) {
        evidence.push_back({node, std::vector<double>(network.nodes[node].states.size())});
        evidence.back().weights[state] = 1.0;
    }
    auto const ours = infer(network, evidence);
    auto const theirs = by_dlib(network, observed);
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        for (std::size_t s = 0; s < network.nodes[i].states.size(); ++s) {
            EXPECT_NEAR(ours.beliefs.of(i)[s], theirs.posteriors[i][s], 1e-12)
                << network.nodes[i].name;
        }
    }
}

// fingermarks2 alone takes dlib more than a minute.
TEST(DlibJoinTree, AgreesOnTheForensicNetworks) {
    auto const names = stored_networks();
    if (names.empty()) {
        GTEST_SKIP() << "../shared/data/networks is not on this machine";
    }
    for (std::string const& name : names) {
        if (name != "fingermarks2") {
            expect_agreement(stored_network(name));
        }
    }
}

TEST(DlibJoinTree, AgreesOnGeneratedNetworksWithEvidence) {
    expect_agreement(asia(), {{6, 0}, {7, 1}});
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Network const network = random_network(seed,
                                               {.nodes = 20 + 4 * seed,
                                                .most_parents = 2,
                                                .most_states = 3,
                                                .reach = 3,
                                                .connected = true});
        expect_agreement(network, {{seed, 0}, {10 + seed, 1}});
    }
}

} // namespace
