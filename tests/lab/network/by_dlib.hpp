// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Posteriors by dlib's join tree, an independent implementation: an oracle in tests, a peer in benchmarks.

#pragma once

#include "lab/network/network.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace cmq::lab::test {

struct DlibAnswer {
    std::vector<std::vector<double>> posteriors{}; ///< by node
    double tree_s = 0.0;                           ///< processor time: moral graph and join tree
    double solve_s = 0.0;                          ///< processor time: all posteriors from them
};

/// \param observed  nodes and states
/// \pre   the network is connected, which dlib demands
/// Limits: dlib takes a time that grows with the square of a clique's table and more.
[[nodiscard]] DlibAnswer
by_dlib(Network const& network,
        std::vector<std::pair<std::size_t, std::size_t>> const& observed = {});

/// Processor time of this process, seconds.
[[nodiscard]] double processor_time();

} // namespace cmq::lab::test
