// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Marker on one carrier, and what time, contact and washing do to it.

#pragma once

#include <array>
#include <cstddef>

namespace cmq::lab {

/// Shares of a load: wet, dry and loose, dry and bound to the surface.
struct State {
    double wet = 0.0;
    double loose = 0.0;
    double bound = 0.0;

    [[nodiscard]] double total() const noexcept { return wet + loose + bound; }
};

/// What time does on one surface.
struct DecayRates {
    double drying_tau_min = 60.0;    ///< > 0: wet marker dries as e^(-t/tau)
    double loose_share = 0.5;        ///< phi: share of what dries that stays loose
    double loose_rate_per_min = 0.0; ///< ln 2 / half-life
    double bound_rate_per_min = 0.0; ///< on skin including shedding
};

/// The state after dt >= 0 minutes:
///
///     w' = w e^(-dt/tau)
///     l' = l e^(-m dt) + phi w (e^(-m dt) - e^(-dt/tau)) / (1 - m tau), limit phi w (dt/tau) e^(-dt/tau)
///     b' likewise with 1 - phi and its own rate.
[[nodiscard]] State after(State const& state, double dt_min, DecayRates const& rates);

/// Shares of each pool that leave one carrier for the other in a contact, [0, 1].
struct TransferFractions {
    double wet = 0.0;
    double loose = 0.0;
    double bound = 0.0;
};

/// Both ways at once, from the states just before: x_A' = (1 - F_AB) x_A + F_BA x_B for each pool.
/// What arrives from the bound pool arrives bound. Conserves every pool's sum.
void make_contact(State& a,
                  State& b,
                  TransferFractions const& a_to_b,
                  TransferFractions const& b_to_a);

/// The fraction f with its odds f / (1 - f) multiplied: stays in [0, 1]. \pre 0 <= f <= 1, odds >= 0
[[nodiscard]] double with_odds(double fraction, double odds_multiplier);

} // namespace cmq::lab
