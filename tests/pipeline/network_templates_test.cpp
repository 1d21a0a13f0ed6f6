// SPDX-License-Identifier: GPL-3.0-or-later

// The templates of sample_data/networks against the closed forms of their sources.

#include "lab/network/infer.hpp"
#include "lab/network/read_network.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace cmq;

lab::Network read(std::string const& name) {
    return lab::parse_network(read_text(CMQ_SOURCE_DIR "/sample_data/networks/" + name + ".net"),
                              lab::NetworkFormat::net)
        .network;
}

/// Of H1 to H2, findings by the identifiers of the files, which are the same in both languages; 0: the first state.
double ratio(lab::Network const& network,
             std::vector<std::pair<std::string, std::size_t>> const& findings) {
    lab::Evidence evidence;
    for (auto const& [id, state] : findings) {
        lab::EvidenceItem item{.node = lab::node_index(network, id), .weights = {0.0, 0.0}};
        item.weights[state] = 1.0;
        evidence.push_back(item);
    }
    auto const node = lab::node_index(network, "proposition");
    return std::pow(10.0, lab::likelihood_ratio(network, evidence, node, 0, 1).log10_lr);
}

TEST(NetworkTemplates, GiveTheRatiosOfAltrap) {
    // Gill et al., Genes 13 (2022) 18: 31 and 3.6470588 for S = 0.05, A = 0.6, B = 0.2.
    for (std::string const language : {".fr", ".en"}) {
        auto const network = read("disputed_activity" + language);
        EXPECT_NEAR(ratio(network, {{"trace_person", 0}, {"trace_unknown", 1}}), 31.0, 1e-9);
        EXPECT_NEAR(ratio(network, {{"trace_person", 0}, {"trace_unknown", 0}}), 3.6470588, 1e-7);
    }
}

TEST(NetworkTemplates, WeighAnItemByWhetherItWasUsed) {
    double const r = 0.8;
    double const t = 0.6;
    double const b = 0.05;
    for (std::string const language : {".fr", ".en"}) {
        auto network = read("disputed_item" + language);
        EXPECT_NEAR(ratio(network, {{"trace", 0}}), r * (t + b - t * b) / b + 1.0 - r, 1e-9);
        EXPECT_NEAR(ratio(network, {{"trace", 1}}), 1.0 - r * t, 1e-9);
        network.nodes[lab::node_index(network, "used")].table = {0.0, 1.0};
        EXPECT_NEAR(
            ratio(network, {{"trace", 0}}), 1.0, 1e-12); // an item without a relation says nothing
    }
}

TEST(NetworkTemplates, BoundTheRatioByContamination) {
    double const t = 0.6;
    double const c = 0.02;
    for (std::string const language : {".fr", ".en"}) {
        auto network = read("contamination" + language);
        EXPECT_NEAR(ratio(network, {{"trace", 0}}), (t + c - t * c) / c, 1e-9);
        network.nodes[lab::node_index(network, "contamination")].table = {0.0, 1.0};
        EXPECT_TRUE(std::isinf(ratio(network, {{"trace", 0}})));
    }
}

TEST(NetworkTemplates, NameTheirSources) {
    for (std::string const name : {"disputed_activity", "disputed_item", "contamination"}) {
        for (std::string const language : {".fr", ".en"}) {
            EXPECT_NE(read_text(CMQ_SOURCE_DIR "/sample_data/networks/" + name + language + ".net")
                          .find("Forensic Science International"),
                      std::string::npos);
        }
    }
}

} // namespace
