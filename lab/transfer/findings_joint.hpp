// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Everything that the model says of the examined zones, as one finite distribution: what a network holds.

#pragma once

#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/parameters.hpp"
#include "lab/transfer/proposition.hpp"
#include "lab/transfer/simulate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

inline constexpr std::size_t most_joint_zones = 10;

/// Upper ends of the classes of marker on all examined zones together, in detection limits of the reference
/// examination; the last class has none.
inline constexpr double joint_amount_ends[] = {
    0.01, 1.0, 10.0, 100.0}; // NOLINT(modernize-avoid-c-arrays)
inline constexpr std::size_t joint_amounts = 5;

struct JointSettings {
    std::uint64_t seed = 1;
    std::size_t draws = 4096;           ///< the first so many that evaluate() makes
    unsigned threads = 0;               ///< the result does not depend on it
    std::size_t most_causes = 3;        ///< told apart; others are summed over
    std::size_t most_numbers = 200'000; ///< of the tables that a network of it would have
};

/// Something that may have happened or not.
struct JointCause {
    std::string key{}; ///< "cause NAME" or "entry ID"
    double probability = 0.0;
};

/// p(level of each zone, amount | proposition, which causes acted).
///
/// A zone's level stands for the probability that it gives the finding's first state, 0, 1/2 or 1 (0 or 1 with two
/// levels): a probability between two levels is shared between them in proportion. Given all else findings of
/// different zones are independent, so that the probability of findings is linear in each zone's probability, and
/// sharing changes no probability of any combination of findings.
struct FindingsJoint {
    /// What a zone's finding is, as two states.
    struct Zone {
        ExaminedZone examined{};
        bool first_is_detected = true; ///< detected or not; else "as found" or otherwise
        bool found_first = true;       ///< what was found is the first state
        double largest =
            1.0; ///< of p(finding | marker) before it was divided by it: densities only
    };

    std::vector<Zone> zones{};
    std::vector<std::string> propositions{};
    std::vector<JointCause> causes{};
    std::vector<JointCause> summed{}; ///< causes not told apart
    std::size_t levels = 3;           ///< 2 or 3
    std::size_t amounts = 1;          ///< joint_amounts, or 1: not told apart
    std::size_t draws = 0;
    /// [proposition][pattern][amount][levels, first zone slowest]; bit c of the pattern: cause c acted. Each
    /// proposition and pattern sums to 1.
    std::vector<double> p{};

    [[nodiscard]] std::size_t cells() const;    ///< levels to the power of zones
    [[nodiscard]] std::size_t patterns() const; ///< 2 to the power of causes
};

/// How many numbers the tables of a network of this shape have.
[[nodiscard]] std::size_t network_numbers(FindingsJoint const& joint);

/// The joint distribution under each proposition, from the draws that evaluate() makes. Amounts, then the third
/// level, then causes are given up while a network would have more numbers than asked for; none of it moves a ratio.
///
/// \throws Error domain, insufficient  as evaluate()
/// \throws Error unsupported  as evaluate(); a proposition has an assigned probability, which says nothing of other
///                            findings
/// \throws Error limits       more than most_joint_zones zones, or tables that cannot be made small enough
/// Cost: about a millisecond a draw, proposition and pattern.
[[nodiscard]] FindingsJoint make_findings_joint(Account const& account,
                                                std::span<Proposition const> propositions,
                                                std::span<Finding const> findings,
                                                ParameterSet const& parameters,
                                                JointSettings const& settings);

} // namespace cmq::lab
