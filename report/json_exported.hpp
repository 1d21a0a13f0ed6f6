// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What an exported network says of one comparison, inside the JSON of its evaluation.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

struct ExportedText {
    std::string file;
    std::string proposition;           ///< the node whose states are compared
    std::vector<std::string> evidence; ///< "node=state"
    std::size_t nodes = 0;
    std::size_t numbers = 0;
    std::size_t draws = 0;
    std::vector<std::string> summed;
    std::optional<double> log10_engine;
    double log10_network = 0.0;
    double stated_error = 0.0;
};

/// The JSON of an evaluation with "network" {file, proposition, evidence, nodes, numbers, draws, summed, log10_lr,
/// difference, stated_error} added; a value that is not finite, and a difference without a value, are null.
[[nodiscard]] std::string with_network(std::string const& evaluation, ExportedText const& exported);

} // namespace cmq::report
