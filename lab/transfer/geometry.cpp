// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/geometry.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>

namespace cmq::lab {

namespace {

double normal_below(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

} // namespace

double chance_of_mark(Aim const& aim, double distance_m, Psi const& psi) {
    CMQ_EXPECTS(distance_m > 0.0 && aim.half_width_m > 0.0 && aim.offset_m >= 0.0);
    double const spread = 1e-3 * psi[Population::aim_spread_mrad] * distance_m;
    // Both ends lie in the upper tail where the body stands aside: differences of small numbers keep their digits.
    return normal_below((aim.half_width_m - aim.offset_m) / spread) -
           normal_below((-aim.half_width_m - aim.offset_m) / spread);
}

double chance_of_marked_stranger(int contacts, Psi const& psi) {
    CMQ_EXPECTS(contacts >= 0);
    return -std::expm1(contacts * std::log1p(-psi[Population::crowd_marked_share]));
}

double footprint(DeliveryKind kind, double offset_m, double distance_m, Psi const& psi) {
    if (offset_m == 0.0) {
        return 1.0;
    }
    auto const bell = [&](double sd) { return std::exp(-0.5 * (offset_m / sd) * (offset_m / sd)); };
    switch (kind) {
    case DeliveryKind::pellet:
        return std::exp(-offset_m / psi[Population::footprint_splash_m]);
    case DeliveryKind::spray:
        return bell(1e-3 * psi[Population::footprint_spray_mrad] * distance_m);
    case DeliveryKind::shower:
        return bell(psi[Population::footprint_shower_m]);
    case DeliveryKind::drone:
        return bell(1e-3 * psi[Population::footprint_drone_mrad] * distance_m);
    case DeliveryKind::contamination:
    case DeliveryKind::crowd:
        break;
    }
    return 1.0;
}

} // namespace cmq::lab
