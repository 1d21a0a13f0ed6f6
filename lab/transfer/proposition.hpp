// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One alternative account of what happened.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cmq::lab {

enum class Side : std::uint8_t { prosecution, defence, neither };

/// Which deliveries and events of the account happened (or may have, by their probability) if this
/// is true. No delivery at all means: it is not the marker, or it came from custody or laboratory.
/// Deliveries of kind contamination are part of every proposition, listed or not.
struct Proposition {
    std::string id{};
    Side side = Side::neither;
    std::vector<std::string> deliveries{};
    std::vector<std::string> events{};
};

} // namespace cmq::lab
