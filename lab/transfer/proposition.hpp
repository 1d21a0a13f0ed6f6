// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One alternative account of what happened.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::lab {

enum class Side : std::uint8_t { prosecution, defence, neither };

/// A scientist's own probability of findings given one proposition, in place of the model's:
/// p(findings) = p_model(findings on the other zones) * probability, the chain rule with one factor assigned.
struct Assigned {
    std::vector<std::string> zones{}; ///< whose findings, given all the others; none: all findings
    double probability = 1.0;         ///< (0, 1]
    std::optional<double> low{}; ///< the range that its author states: low <= probability <= high
    std::optional<double> high{};
    std::string author{};
    std::string reasons_fr{};
    std::string reasons_en{};
    std::string date{}; ///< ISO 8601, or ""
};

/// Which deliveries and events of the account happened (or may have, by their probability) if this
/// is true. No delivery at all means: it is not the marker, or it came from custody or laboratory.
/// Deliveries of kind contamination are part of every proposition, listed or not.
struct Proposition {
    std::string id{};
    Side side = Side::neither;
    std::vector<std::string> deliveries{};
    std::vector<std::string> events{};
    std::optional<Assigned> assigned{}; ///< none: the model gives all
};

} // namespace cmq::lab
