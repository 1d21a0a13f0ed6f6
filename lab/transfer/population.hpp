// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The population parameters of the model, and one draw of all of them.

#pragma once

#include "lab/transfer/parameters.hpp"
#include "lab/transfer/quantile_function.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Every parameter that the model reads; the order is part of the random numbers: add at the end.
enum class Population : std::uint8_t {
    load_pellet_dl,
    load_spray_dl,
    load_shower_dl,
    load_drone_dl,
    load_contamination_dl,
    load_shape,
    kappa,
    transfer_wet,
    transfer_dry_porous,
    transfer_dry_smooth,
    transfer_bound,
    transfer_light_odds,
    transfer_firm_odds,
    transfer_friction_odds,
    transfer_laboratory_odds,
    transfer_event_gsd,
    dry_tau_min,
    dry_loose_share,
    loss_half_life_loose_skin_min,
    loss_half_life_loose_porous_min,
    loss_half_life_loose_smooth_min,
    loss_half_life_bound_min,
    loss_half_life_shedding_min,
    wash_retained_wet,
    wash_retained_loose,
    wash_retained_bound,
    swab_recovery,
    zone_dispersion_shape,
    contamination_probability,
    contamination_mean_dl,
    look_alike_prevalence,
    look_alike_seen,
    look_alike_mean_dl,
    detection_slope_instrument,
    detection_slope_visual,
    detection_conversion,
    aim_spread_mrad,
    footprint_splash_m,
    footprint_spray_mrad,
    footprint_shower_m,
    footprint_drone_mrad,
    crowd_marked_share,
    crowd_load_dl,
};

inline constexpr std::size_t population_count = 43;

[[nodiscard]] std::string_view name_of(Population parameter) noexcept;

/// One value for each parameter; remembers which were read.
class Psi {
public:
    [[nodiscard]] double operator[](Population parameter) const noexcept {
        auto const index = static_cast<std::size_t>(parameter);
        read_ |= std::uint64_t{1} << index;
        return values_[index];
    }

    [[nodiscard]] std::uint64_t read() const noexcept { return read_; }

    /// The same values with one replaced.
    [[nodiscard]] Psi with(Population parameter, double value) const noexcept {
        Psi other = *this;
        other.values_[static_cast<std::size_t>(parameter)] = value;
        return other;
    }

private:
    friend class PopulationPrior;
    std::array<double, population_count> values_{};
    mutable std::uint64_t read_ = 0;
};

/// The prior of all population parameters.
class PopulationPrior {
public:
    /// \throws Error insufficient  the set lacks a parameter
    /// \throws Error domain        a parameter can leave the range that the model needs
    explicit PopulationPrior(ParameterSet const& parameters);

    [[nodiscard]] Parameter const& operator[](Population parameter) const;

    /// Draw number `number`: the quantiles at prior_point(seed, number, parameter). Each parameter has a coordinate of
    /// its own, so that fixing one leaves the draws of the others as they are.
    [[nodiscard]] Psi draw(std::uint64_t seed, std::uint64_t number) const;

    /// Every parameter at its median.
    [[nodiscard]] Psi medians() const;

    /// One draw on its own, of no lattice: for the truth of a simulated case.
    [[nodiscard]] Psi draw_alone(Random& random) const;

private:
    std::vector<Parameter> parameters_;
    std::vector<QuantileFunction> quantiles_;
};

} // namespace cmq::lab
