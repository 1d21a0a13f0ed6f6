// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/number_text.hpp"
#include "lab/network/infer.hpp"
#include "lab/network/write_network.hpp"
#include "system/file.hpp"
#include "tests/lab/network/example_networks.hpp"
#include "tests/render/run_command.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;

Network awkward() {
    Network network;
    network.name = "Réseau & essai";
    add_node(network,
             "Trace relevée : « nette »",
             {"oui", "non, \"rien\"", "peut-être <1"},
             {},
             {0.25, 0.25, 0.5});
    add_node(network,
             "2e lampe",
             {"365 nm", "aucune"},
             {"Trace relevée : « nette »"},
             {0.1, 0.9, 1e-5, 0.99999, 1, 0});
    add_node(network,
             "2e_lampe",
             {"a\\b", "%"},
             {"2e lampe", "Trace relevée : « nette »"},
             {0.5, 0.5, 0.25, 0.75, 0.1, 0.9, 1, 0, 0, 1, 0.3, 0.7});
    network.nodes[1].comment = "ce que le rapport dit : \"UV\"";
    return network;
}

class WrittenFile : public testing::TestWithParam<char const*> {};

// A reader of its own, in Python, checks the grammar and computes the same by enumeration.
TEST_P(WrittenFile, IsReadByAnIndependentProgram) {
    if (!render::test::has_program("python3")) {
        GTEST_SKIP() << "python3 is not on this machine";
    }
    for (Network const& network :
         {asia(),
          awkward(),
          random_network(3, {.nodes = 9, .most_parents = 3, .most_states = 3})}) {
        auto const path = render::test::test_folder() / (std::string{"network"} + GetParam());
        write_file(path, to_text(network, network_format(path.string())));
        auto const ran = render::test::run_command("python3 '" CMQ_SOURCE_DIR
                                                   "/tests/lab/network/read_network_file.py' '" +
                                                   path.string() + "'");
        ASSERT_EQ(ran.status, 0) << ran.output;
        auto const beliefs = infer(network, {}).beliefs;
        std::istringstream lines{ran.output};
        std::size_t compared = 0;
        for (std::string line; std::getline(lines, line);) {
            auto const first = line.find('\t');
            auto const second = line.find('\t', first + 1);
            std::size_t const node = node_index(network, line.substr(0, first));
            std::size_t const state =
                state_index(network.nodes[node], line.substr(first + 1, second - first - 1));
            EXPECT_NEAR(
                beliefs.of(node)[state], parse_number(line.substr(second + 1)).value(), 1e-13)
                << line;
            ++compared;
        }
        EXPECT_EQ(compared, beliefs.values.size());
    }
}

INSTANTIATE_TEST_SUITE_P(Formats,
                         WrittenFile,
                         testing::Values(".xdsl", ".net"),
                         [](auto const& one) { return std::string{one.param}.substr(1); });

} // namespace
