// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Cases of known truth from a generator unlike the engine: every quantum of marker is an agent that dries, is lost and
/// moves by its own chances. Nothing of the engine's states, closed forms or quadratures is used.

#pragma once

#include "core/random.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/proposition.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::lab::test {

/// One case: two accounts of how marker came to two zones of P1, examined once.
struct KnownCase {
    Account account{};
    Proposition hit{"Hp", Side::prosecution, {"shot_at_p1"}, {}};
    Proposition contact{"Hd", Side::defence, {"shot_at_p2"}, {}};
    std::vector<Finding> findings{}; ///< what an examination gave; kind and zone are set
};

/// Accounts that differ in shares, times, contacts and their probabilities; no findings yet. Same seed, same account.
[[nodiscard]] KnownCase random_case(std::uint64_t seed);

/// Fills the findings with what happens if the proposition is true, under these parameters.
void happen(KnownCase& known, bool hit_is_true, Psi const& psi, cmq::Random& random);

} // namespace cmq::lab::test
