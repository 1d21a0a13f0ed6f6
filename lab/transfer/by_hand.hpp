// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One route of the marker with every parameter at its median, in steps that a person redoes with a pocket calculator.

#pragma once

#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/parameters.hpp"
#include "lab/transfer/proposition.hpp"
#include "lab/transfer/state.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

enum class HandStepKind : std::uint8_t { landing, waiting, contact };

struct HandStep {
    HandStepKind kind = HandStepKind::landing;
    std::string entry{};       ///< id of the delivery or of the contact; "" while waiting
    std::string from{};        ///< contact: the carrier that gives
    std::string carrier{};     ///< where the marker is after the step
    double minutes = 0.0;      ///< waiting: how long
    TransferFractions moved{}; ///< contact: shares of each pool that go over
    State state{};             ///< after the step, as shares of the load
};

/// How marker dries and is lost on a kind of surface.
struct HandSurface {
    Surface surface = Surface::skin;
    DecayRates rates{};
};

/// The way with the fewest contacts from a delivery of the proposition to the zone. Events beside the way are left
/// out, those on it happen, each at the middle of its times.
struct HandLine {
    std::string proposition{};
    std::vector<HandStep> steps{}; ///< the last one ends at the examination
    std::vector<HandSurface> surfaces{};
    double load_dl = 0.0; ///< of the delivery, detection limits
    double amount_dl =
        0.0; ///< on the zone at the examination: the load times the last state's total
    double conversion =
        1.0; ///< detection limits of the reference that one of this examination is worth
    double slope = 1.0;
    double seen = 0.0; ///< 1 - 2^-((amount / conversion)^slope)
};

struct HandCheck {
    std::string zone{};
    std::vector<HandLine>
        lines{}; ///< of h1, of h2; a proposition without a way to the zone has none
};

/// The first finding that an examination by eye or instrument gave and that a way of at most three contacts reaches
/// under both propositions; where there is none, under either. None: there is no such finding, or a probability is assigned.
///
/// \param parameters  as evaluate(); read at their medians
/// \throws Error  as evaluate(), for the parameters
/// Cost: the number of events, for each delivery.
[[nodiscard]] std::optional<HandCheck> work_by_hand(Account const& account,
                                                    Proposition const& h1,
                                                    Proposition const& h2,
                                                    std::span<Finding const> findings,
                                                    ParameterSet const& parameters);

} // namespace cmq::lab
