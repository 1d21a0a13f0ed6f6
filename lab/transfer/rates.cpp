// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/rates.hpp"

#include <numbers>

namespace cmq::lab {

DecayRates rates_on(Surface surface, Psi const& psi) {
    auto const rate = [&](Population half_life) { return std::numbers::ln2 / psi[half_life]; };
    DecayRates rates{.drying_tau_min = psi[Population::dry_tau_min],
                     .loose_share = psi[Population::dry_loose_share],
                     .loose_rate_per_min = 0.0,
                     .bound_rate_per_min = rate(Population::loss_half_life_bound_min)};
    switch (surface) {
    case Surface::skin:
        rates.loose_rate_per_min = rate(Population::loss_half_life_loose_skin_min);
        rates.bound_rate_per_min += rate(Population::loss_half_life_shedding_min);
        break;
    case Surface::porous:
        rates.loose_rate_per_min = rate(Population::loss_half_life_loose_porous_min);
        break;
    case Surface::smooth:
        rates.loose_rate_per_min = rate(Population::loss_half_life_loose_smooth_min);
        break;
    }
    return rates;
}

double odds_of(PlannedEvent const& event, Psi const& psi) {
    double odds = psi[Population::transfer_laboratory_odds] * event.area;
    if (event.pressure == Pressure::light) {
        odds *= psi[Population::transfer_light_odds];
    } else if (event.pressure == Pressure::firm) {
        odds *= psi[Population::transfer_firm_odds];
    }
    if (event.friction) {
        odds *= psi[Population::transfer_friction_odds];
    }
    return odds;
}

TransferFractions
fractions_of(PlannedEvent const& event, Surface from, double odds, Psi const& psi) {
    double const loose = from == Surface::smooth ? psi[Population::transfer_dry_smooth]
                                                 : psi[Population::transfer_dry_porous];
    TransferFractions result{.wet = with_odds(psi[Population::transfer_wet], odds),
                             .loose = with_odds(loose, odds),
                             .bound = 0.0};
    if (event.friction || event.solvent) {
        result.bound = with_odds(psi[Population::transfer_bound], odds);
    }
    return result;
}

double mean_load_dl(PlannedDelivery const& delivery, Psi const& psi) {
    if (delivery.mean_load_dl) {
        return *delivery.mean_load_dl;
    }
    switch (delivery.kind) {
    case DeliveryKind::pellet:
        return psi[Population::load_pellet_dl];
    case DeliveryKind::spray:
        return psi[Population::load_spray_dl];
    case DeliveryKind::shower:
        return psi[Population::load_shower_dl];
    case DeliveryKind::drone:
        return psi[Population::load_drone_dl];
    case DeliveryKind::contamination:
        return psi[Population::load_contamination_dl];
    case DeliveryKind::crowd:
        return psi[Population::crowd_load_dl];
    }
    return 0.0;
}

} // namespace cmq::lab
