// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Answers of a network as JSON.

#pragma once

#include "lab/network/questions.hpp"
#include "lab/network/read_network.hpp"

#include <string>

namespace cmq::report {

/// file, nodes, evidence, log10_p_evidence, posteriors {node: {state: p}}, joint, likelihood_ratios, lr and log10_lr
/// of the first of them (null without one, where infinite or beyond a double), conflict or null, sensitivity,
/// warnings. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string
json_network(std::string const& file, lab::ReadNetwork const& read, lab::Answers const& answers);

} // namespace cmq::report
