// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What distances say of a delivery: whether a ball marked somebody, and how much less lands away from the middle.

#pragma once

#include "lab/transfer/account.hpp"
#include "lab/transfer/population.hpp"

namespace cmq::lab {

/// Probability that a ball marks a body of half-width `aim.half_width_m` whose middle lies `aim.offset_m` beside the point
/// aimed at: the impact is normal about that point, across, with standard deviation aim.spread_mrad times the distance.
/// \pre distance_m > 0, half_width_m > 0, offset_m >= 0
[[nodiscard]] double chance_of_mark(Aim const& aim, double distance_m, Psi const& psi);

/// Probability that at least one of `contacts` unknown people who touched a carrier was marked: 1 - (1 - q)^contacts with
/// q = crowd.marked_share. Source: P. Gill et al., Genes 13 (2022) 18, for contacts alike and independent.
[[nodiscard]] double chance_of_marked_stranger(int contacts, Psi const& psi);

/// What lands `offset_m` from the middle, relative to what lands there, in [0, 1], 1 at 0. Pellet: what a ball that burst
/// throws about falls as exp(-offset / footprint.splash_m). Spray and drone: exp(-(offset / s)^2 / 2) with
/// s = footprint.spray_mrad or footprint.drone_mrad times the distance or height. Shower: the same with s = footprint.shower_m.
/// \pre offset_m >= 0; distance_m > 0 for spray and drone
[[nodiscard]] double
footprint(DeliveryKind kind, double offset_m, double distance_m, Psi const& psi);

} // namespace cmq::lab
