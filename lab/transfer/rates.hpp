// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What one draw of the parameters says of a surface and of a contact.

#pragma once

#include "lab/transfer/account.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/state.hpp"

namespace cmq::lab {

[[nodiscard]] DecayRates rates_on(Surface surface, Psi const& psi);

/// What multiplies the odds of transfer in this contact, without its own deviation: setting, area, pressure, friction.
/// \pre event.two_carriers
[[nodiscard]] double odds_of(PlannedEvent const& event, Psi const& psi);

/// Shares of each pool that leave a surface in a contact. Bound marker moves only with friction or solvent.
[[nodiscard]] TransferFractions
fractions_of(PlannedEvent const& event, Surface from, double odds, Psi const& psi);

/// Mean load of a delivery, detection limits: that of its test shot, else that of its kind.
[[nodiscard]] double mean_load_dl(PlannedDelivery const& delivery, Psi const& psi);

} // namespace cmq::lab
