// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Networks that the tests of this folder share.

#pragma once

#include "core/random.hpp"
#include "lab/network/network.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cmq::lab::test {

inline std::filesystem::path const network_folder = CMQ_SOURCE_DIR "/../shared/data/networks";

/// Visit to Asia, tuberculosis and so on: Lauritzen and Spiegelhalter, J. R. Statist. Soc. B 50 (1988) 157-224.
inline Network asia() {
    Network network;
    network.name = "asia";
    std::vector<std::string> const yes_no{"yes", "no"};
    add_node(network, "visit to Asia", yes_no, {}, {0.01, 0.99});
    add_node(network, "smoker", yes_no, {}, {0.5, 0.5});
    add_node(network, "tuberculosis", yes_no, {"visit to Asia"}, {0.05, 0.95, 0.01, 0.99});
    add_node(network, "lung cancer", yes_no, {"smoker"}, {0.1, 0.9, 0.01, 0.99});
    add_node(network, "bronchitis", yes_no, {"smoker"}, {0.6, 0.4, 0.3, 0.7});
    add_node(network,
             "either",
             yes_no,
             {"tuberculosis", "lung cancer"},
             {1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0});
    add_node(network, "X-ray", {"abnormal", "normal"}, {"either"}, {0.98, 0.02, 0.05, 0.95});
    add_node(network,
             "dyspnœa",
             yes_no,
             {"either", "bronchitis"},
             {0.9, 0.1, 0.7, 0.3, 0.8, 0.2, 0.1, 0.9});
    return network;
}

/// What a random network is like.
struct Shape {
    std::size_t nodes = 8;
    std::size_t most_parents = 3;
    std::size_t most_states = 3;
    std::size_t reach = 6;  ///< parents stand at most so far before
    double zeros = 0.0;     ///< share of numbers set to 0
    bool connected = false; ///< each but the first has a parent
};

/// A network of random arrows and tables; the same seed gives the same.
inline Network random_network(std::uint64_t seed, Shape shape) {
    Random random{seed, 0, 0};
    auto const below = [&](std::size_t n) {
        return std::min(n - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n)));
    };
    Network network;
    network.name = "random";
    for (std::size_t i = 0; i < shape.nodes; ++i) {
        NetworkNode node;
        node.name = "n" + std::to_string(i);
        std::size_t const states = 2 + below(shape.most_states - 1);
        for (std::size_t s = 0; s < states; ++s) {
            node.states.push_back("s" + std::to_string(s));
        }
        std::size_t const first = i > shape.reach ? i - shape.reach : 0;
        std::size_t const parents =
            std::min(i - first,
                     std::max<std::size_t>(shape.connected ? 1 : 0, below(shape.most_parents + 1)));
        std::size_t rows = 1;
        while (node.parents.size() < parents) {
            std::size_t const parent = first + below(i - first);
            if (std::find(node.parents.begin(), node.parents.end(), parent) == node.parents.end()) {
                node.parents.push_back(parent);
                rows *= network.nodes[parent].states.size();
            }
        }
        for (std::size_t row = 0; row < rows; ++row) {
            std::size_t const sure = below(states); // a row of zeros alone would be none
            double sum = 0.0;
            for (std::size_t s = 0; s < states; ++s) {
                bool const zero = s != sure && random.uniform() < shape.zeros;
                node.table.push_back(zero ? 0.0 : 0.01 + random.uniform());
                sum += node.table.back();
            }
            for (std::size_t s = 0; s < states; ++s) {
                node.table[row * states + s] /= sum;
            }
        }
        network.nodes.push_back(std::move(node));
    }
    return network;
}

} // namespace cmq::lab::test
