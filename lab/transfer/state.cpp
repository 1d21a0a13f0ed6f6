// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/state.hpp"

#include "core/error.hpp"

#include <cmath>

namespace cmq::lab {

namespace {

/// Share of wet marker at the start that is dry and still there after dt, when what dries is lost
/// at this rate: (e^(-m dt) - e^(-dt/tau)) / (1 - m tau).
double dried_and_kept(double dt, double tau, double rate) {
    double const x = (1.0 / tau - rate) * dt;
    if (std::abs(x) < 1.0) {
        // Near m tau = 1 the quotient is 0/0; this form has no difference of near equals.
        double const ratio = x == 0.0 ? 1.0 : std::expm1(x) / x;
        return std::exp(-dt / tau) * (dt / tau) * ratio;
    }
    return (std::exp(-rate * dt) - std::exp(-dt / tau)) / (1.0 - rate * tau);
}

void exchange(double& a, double& b, double a_to_b, double b_to_a) {
    double const before_a = a;
    a = (1.0 - a_to_b) * before_a + b_to_a * b;
    b = (1.0 - b_to_a) * b + a_to_b * before_a;
}

} // namespace

State after(State const& state, double dt_min, DecayRates const& rates) {
    CMQ_EXPECTS(dt_min >= 0.0 && rates.drying_tau_min > 0.0);
    double const phi = rates.loose_share;
    State later{.wet = 0.0,
                .loose = state.loose * std::exp(-rates.loose_rate_per_min * dt_min),
                .bound = state.bound * std::exp(-rates.bound_rate_per_min * dt_min)};
    if (state.wet > 0.0) {
        double const tau = rates.drying_tau_min;
        later.wet = state.wet * std::exp(-dt_min / tau);
        later.loose += phi * state.wet * dried_and_kept(dt_min, tau, rates.loose_rate_per_min);
        later.bound +=
            (1.0 - phi) * state.wet * dried_and_kept(dt_min, tau, rates.bound_rate_per_min);
    }
    return later;
}

void make_contact(State& a,
                  State& b,
                  TransferFractions const& a_to_b,
                  TransferFractions const& b_to_a) {
    exchange(a.wet, b.wet, a_to_b.wet, b_to_a.wet);
    exchange(a.loose, b.loose, a_to_b.loose, b_to_a.loose);
    exchange(a.bound, b.bound, a_to_b.bound, b_to_a.bound);
}

double with_odds(double fraction, double odds_multiplier) {
    CMQ_EXPECTS(fraction >= 0.0 && fraction <= 1.0 && odds_multiplier >= 0.0);
    if (fraction == 1.0) {
        return odds_multiplier > 0.0 ? 1.0 : 0.0;
    }
    double const scaled = fraction * odds_multiplier;
    return scaled / (1.0 - fraction + scaled);
}

} // namespace cmq::lab
