// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Networks as text in the formats that other programs read: XDSL (GeNIe, SMILE), HUGIN .net, BIF.

#pragma once

#include "lab/network/network.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class NetworkFormat : std::uint8_t { bif, xdsl, net, uai };

/// By the end of a file's name, whatever its case: .bif, .xdsl, .net, .uai.
/// \throws Error unsupported  another end
[[nodiscard]] NetworkFormat network_format(std::string_view file_name);

/// The text of a file. Numbers are written so that they read back to the same doubles, and a network
/// written and read again gives the same posteriors bit by bit. UTF-8.
///
/// XDSL and .net know identifiers of ASCII letters, digits and underscores only: nodes (and in XDSL
/// states) get one, made from the name where they have none, and the name stands beside it (<name> and
/// the state's `label` in XDSL, `label` in .net). BIF has no such place: names that are no single word
/// are written in quotation marks, in which \" and \\ stand for a mark and a backslash.
/// In XDSL nodes come after their parents, which GeNIe expects.
/// docs/formats/networks.md has what is written and read in detail.
///
/// \throws Error format, limits  as check_network
/// \throws Error unsupported     uai, which is read only; xdsl with a node of a single state
[[nodiscard]] std::string to_text(Network const& network, NetworkFormat format);

/// An identifier for each name: ASCII letters, digits and underscores, a letter first, no two alike.
/// Accents are dropped; what else is no letter or digit becomes an underscore. Where `wanted` has an
/// identifier, that one is kept.
[[nodiscard]] std::vector<std::string> to_identifiers(std::vector<std::string> const& names,
                                                      std::vector<std::string> const& wanted);

} // namespace cmq::lab
