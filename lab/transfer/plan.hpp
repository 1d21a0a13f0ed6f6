// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One proposition made ready for drawing: which entries of the account act, and under which causes.

#pragma once

#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/population.hpp"
#include "lab/transfer/proposition.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// Random streams 0 to 999 belong to the population parameters.
inline constexpr std::uint32_t first_entry_stream = 1000;
inline constexpr std::uint32_t cause_stream_offset = 100'000'000;
inline constexpr std::uint32_t deviation_stream_offset = 200'000'000;
inline constexpr std::uint32_t load_stream_offset = 300'000'000;

inline constexpr std::size_t no_cause = static_cast<std::size_t>(-1);

struct PlannedDelivery {
    std::size_t source = 0; ///< index in the account
    DeliveryKind kind = DeliveryKind::pellet;
    Instant when{};
    std::vector<std::pair<std::size_t, double>> zones{}; ///< carrier, share
    std::vector<double> offsets_m{};                     ///< of each zone
    double distance_m = 0.0;
    std::optional<double> mean_load_dl{};
    std::size_t cause = no_cause;
    std::uint32_t stream = 0;
};

struct PlannedEvent {
    std::size_t source = 0; ///< index in the account
    EventKind kind = EventKind::contact;
    std::array<std::size_t, 2> carriers{}; ///< both the same where the kind has one
    bool two_carriers = false;
    bool one_way = false;
    bool friction = false;
    bool solvent = false;
    Pressure pressure = Pressure::normal;
    double area = 1.0;
    Instant when{};
    std::size_t cause = no_cause;
    std::uint32_t stream = 0;
    std::size_t after = no_cause; ///< entry that comes before: deliveries first, then events
};

struct PlannedCause {
    double probability = 1.0;
    std::uint32_t stream = 0;
    std::string key{};        ///< "cause NAME", or "entry ID" of what has a probability of its own
    std::optional<Aim> aim{}; ///< the probability is multiplied by what follows from it
    double distance_m = 0.0;  ///< of the aim
    int contacts = 0;         ///< > 0: the probability is multiplied by what follows from it

    /// For these population parameters.
    [[nodiscard]] double probability_given(Psi const& psi) const;

    [[nodiscard]] bool depends_on_parameters() const noexcept { return aim || contacts > 0; }
};

struct Plan {
    std::vector<PlannedDelivery> deliveries{};
    std::vector<PlannedEvent> events{};
    std::vector<PlannedCause> causes{};
};

/// Which deliveries take part besides the listed ones.
enum class Contamination : std::uint8_t { included, left_out };

/// \throws Error domain  the proposition names what the account lacks, or names something twice; an
///                       event is stated to follow an entry that is not part of the proposition
[[nodiscard]] Plan make_plan(Account const& account,
                             Proposition const& proposition,
                             Contamination contamination = Contamination::included);

/// \throws Error unsupported  an event of the plan could move marker from a zone already examined to
///                            somewhere else while another zone is still to be examined
void check_examinations(Account const& account,
                        Plan const& plan,
                        std::span<Finding const> findings);

} // namespace cmq::lab
