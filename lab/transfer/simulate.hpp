// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One draw of what belongs to one account, and the findings' probability given it.

#pragma once

#include "lab/transfer/p_findings.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/state.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace cmq::lab {

/// The findings that say something, ready to be weighed.
struct ExaminedZone {
    Finding finding{};
    std::size_t carrier = 0;
};

/// p(finding | rate of quanta) of every examined zone for one draw of the population parameters.
[[nodiscard]] std::vector<RateLikelihood>
make_likelihoods(Account const& account, std::span<ExaminedZone const> zones, Psi const& psi);

/// What one finding is read with: kappa in quanta of its own examination, look-alikes, contamination.
[[nodiscard]] ReadingModel
make_reading_model(Account const& account, Finding const& finding, Psi const& psi);

/// Names one draw: the same name gives the same bits anywhere.
struct DrawName {
    std::uint64_t seed = 0;
    std::uint64_t population = 0; ///< number of the psi
    std::uint64_t inner = 0;      ///< number of the draw of the latents, below 65536

    [[nodiscard]] std::uint64_t number() const noexcept { return (population << 16U) | inner; }
};

/// ln p(findings 1 to k | plan, psi, one draw of times, deviations and loads) into out[k-1], for
/// every k. Occurrence patterns are summed exactly over up to `exact_causes` causes, the rarest
/// first; further causes are drawn.
/// \pre out.size() == zones.size() == likelihoods.size() >= 1
/// \throws Error numeric  a stated order of events held in none of 1000 draws of their times
void simulate_log_p(Account const& account,
                    Plan const& plan,
                    std::span<ExaminedZone const> zones,
                    Psi const& psi,
                    std::span<RateLikelihood> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out);

/// The same with the likelihoods named one by one.
void simulate_log_p(Account const& account,
                    Plan const& plan,
                    std::span<ExaminedZone const> zones,
                    Psi const& psi,
                    std::span<RateLikelihood* const> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out);

/// What may have become of the marker in one draw: one occurrence pattern and one node of the load's quadrature.
struct Atom {
    double probability = 0.0; ///< those of one draw sum to 1 within 1e-8
    double quanta = 0.0;      ///< mean number that reaches the examined zones together
    std::span<double const>
        log_p{}; ///< ln p(finding | this), one for each zone: given this, findings are independent
};

/// Calls visit for every atom of one draw: summed over them, probability * product of p is what simulate_log_p()
/// gives, to the error of its load integral.
/// \pre as simulate_log_p()
void visit_atoms(Account const& account,
                 Plan const& plan,
                 std::span<ExaminedZone const> zones,
                 Psi const& psi,
                 std::span<RateLikelihood> likelihoods,
                 DrawName const& name,
                 std::size_t exact_causes,
                 std::function<void(Atom const&)> const& visit);

/// ln p(findings on all zones | plan, psi, one draw) for several findings at once, from one draw of times,
/// deviations and loads: outcome o has likelihoods[o * zones.size() + z] on zone z, and its value comes
/// to out[o], the same bits as simulate_log_p() gives for it alone.
/// \pre likelihoods.size() == out.size() * zones.size() >= 1
void simulate_log_p_of_outcomes(Account const& account,
                                Plan const& plan,
                                std::span<ExaminedZone const> zones,
                                Psi const& psi,
                                std::span<RateLikelihood* const> likelihoods,
                                DrawName const& name,
                                std::size_t exact_causes,
                                std::span<double> out);

} // namespace cmq::lab
