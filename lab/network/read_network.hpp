// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Networks from text in the formats of other programs: BIF, XDSL (GeNIe, SMILE), HUGIN .net, UAI.

#pragma once

#include "lab/network/network.hpp"
#include "lab/network/write_network.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace cmq::lab {

struct ReadNetwork {
    Network network; ///< check_network holds
    std::vector<Sentence>
        warnings{}; ///< rows that did not sum to 1 within 1e-6, bytes taken as Latin 1
};

inline constexpr std::size_t most_network_bytes = std::size_t{256} << 20U;

/// Reads a network of discrete chance nodes. Rows are divided by their sum.
///
/// Names: BIF as written, within quotation marks or not, blanks included; XDSL <name> and the state's
/// `label`, .net `label`, where all nodes (all states of a node) have one and no two are alike, else the
/// identifiers, which remain in `id` and `state_ids` either way. UAI has no names: nodes become "X0", "X1",
/// states "0", "1". A BIF `table` of a node with parents lists the node's states slowest and the last
/// parent fastest, as JavaBayes has it; `default` fills rows that are not listed.
/// Text that is no UTF-8 is taken as Latin 1 (ISO 8859-1), with a warning.
///
/// \throws Error format       the text breaks the format or check_network; the place is its line
/// \throws Error unsupported  decisions, utilities, continuous or noisy nodes, classes, dynamic networks
/// \throws Error limits       as check_network
[[nodiscard]] ReadNetwork parse_network(std::string_view text, NetworkFormat format);

} // namespace cmq::lab
