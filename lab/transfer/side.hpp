// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One proposition as an evaluation computes it: what the model gives, times what a scientist assigned.

#pragma once

#include "lab/transfer/simulate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

struct SidePlan {
    Plan plan{};
    std::vector<ExaminedZone> zones{};    ///< those that the model weighs
    std::vector<std::size_t> positions{}; ///< of these among all examined zones
    double log_assigned = 0.0;            ///< ln of the probability assigned to the other zones
    bool is_assigned = false;
};

/// All zones weighed by the model.
[[nodiscard]] SidePlan make_side(Plan plan, std::span<ExaminedZone const> zones);

/// The zones that the proposition's assigned probability speaks of are left to it.
/// \throws Error domain       as make_plan(); the probability or its range is outside (0, 1] or they do not
///                            enclose it; it speaks of a zone without a finding
/// \throws Error unsupported  as check_examinations()
[[nodiscard]] SidePlan make_side(Account const& account,
                                 Proposition const& proposition,
                                 std::span<ExaminedZone const> zones);

/// A zone that one side leaves to an assigned probability and the other to the model needs a finding that
/// has a probability.
/// \throws Error unsupported  it is an amount, or was read against look-alikes: the model gives a density
void check_sides(Proposition const& h1,
                 SidePlan const& side1,
                 Proposition const& h2,
                 SidePlan const& side2,
                 std::span<ExaminedZone const> zones);

/// ln p(findings 1 to k | side) as simulate_log_p(); where a probability is assigned, all entries are
/// ln p(all findings | side).
/// \pre likelihoods and out have one entry for each examined zone
void simulate_log_p(Account const& account,
                    SidePlan const& side,
                    Psi const& psi,
                    std::span<RateLikelihood> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out);

/// How far log10 of the assigned probability moves at the ends of its range: (<= 0, >= 0).
struct AssignedShift {
    double low = 0.0;
    double high = 0.0;
};

[[nodiscard]] AssignedShift shift_of(Assigned const& assigned);

} // namespace cmq::lab
