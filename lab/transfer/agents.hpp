// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What an examination finds if an account is true, from a generator unlike the engine: every quantum of marker is an agent
/// that dries, is lost and changes carriers by its own chances. No state equation, closed form, grid or quadrature of the
/// engine is used.

#pragma once

#include "core/random.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/proposition.hpp"

#include <vector>

namespace cmq::lab {

/// The findings as they would have come out: zones, times and examinations stay; `detected` and `not_detected` become one
/// or the other. Times, occurrences, loads, deviations and every quantum are drawn.
/// Contamination of the account takes part in every proposition. A zone that was examined keeps what was seen there.
///
/// Cost: one step for each quantum and event. Above 2e6 quanta on one zone each agent stands for several, so that a share
/// below 1e-6 of them comes out more scattered than it is.
/// \param seen  what is examined: zone, minutes, examination and kind are read
/// \throws Error unsupported  a finding is a count or an amount
/// \throws Error numeric      a stated order of events held in none of 1000 draws of their times
/// \throws Error domain       as check(account)
[[nodiscard]] std::vector<Finding> simulate_findings(Account const& account,
                                                     Proposition const& proposition,
                                                     std::vector<Finding> seen,
                                                     Psi const& psi,
                                                     Random& random);

} // namespace cmq::lab
