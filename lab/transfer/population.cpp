// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/population.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/transfer/prior_points.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace cmq::lab {

namespace {

struct Entry {
    std::string_view name;
    double low;
    double high;
};

constexpr double any = std::numeric_limits<double>::max();
constexpr double tiny = 1e-12;

// The range is what the formulas need, not what is plausible.
constexpr std::array<Entry, population_count> entries{{
    {"load.pellet_dl", tiny, any},
    {"load.spray_dl", tiny, any},
    {"load.shower_dl", tiny, any},
    {"load.drone_dl", tiny, any},
    {"load.contamination_dl", tiny, any},
    {"load.shape", 0.05, 1e4},
    {"kappa", 1.0, 1e4},
    {"transfer.wet", 0.0, 1.0},
    {"transfer.dry_porous", 0.0, 1.0},
    {"transfer.dry_smooth", 0.0, 1.0},
    {"transfer.bound", 0.0, 1.0},
    {"transfer.light_odds", 0.0, any},
    {"transfer.firm_odds", 0.0, any},
    {"transfer.friction_odds", 0.0, any},
    {"transfer.laboratory_odds", 0.0, any},
    {"transfer.event_gsd", 1.0, 100.0},
    {"dry.tau_min", 1e-3, any},
    {"dry.loose_share", 0.0, 1.0},
    {"loss.half_life_loose_skin_min", 1e-3, any},
    {"loss.half_life_loose_porous_min", 1e-3, any},
    {"loss.half_life_loose_smooth_min", 1e-3, any},
    {"loss.half_life_bound_min", 1e-3, any},
    {"loss.half_life_shedding_min", 1e-3, any},
    {"wash.retained_wet", 0.0, 1.0},
    {"wash.retained_loose", 0.0, 1.0},
    {"wash.retained_bound", 0.0, 1.0},
    {"swab.recovery", 0.0, 1.0},
    {"zone.dispersion_shape", 0.05, 1e9},
    {"contamination.probability", 0.0, 1.0},
    {"contamination.mean_dl", tiny, any},
    {"look_alike.prevalence", 0.0, 1.0},
    {"look_alike.seen", 0.0, 1.0},
    {"look_alike.mean_dl", tiny, any},
    {"detection.slope_instrument", 0.5, 50.0},
    {"detection.slope_visual", 0.5, 50.0},
    {"detection.conversion", 1e-3, 1e3},
    {"aim.spread_mrad", 1e-3, 1e3},
    {"footprint.splash_m", 1e-3, 1e3},
    {"footprint.spray_mrad", 1e-3, 1e4},
    {"footprint.shower_m", 1e-3, 1e3},
    {"footprint.drone_mrad", 1e-3, 1e4},
    {"crowd.marked_share", 0.0, 1.0},
    {"crowd.load_dl", tiny, any},
}};

/// The distribution with the model's range as its truncation.
Distribution within(Entry const& entry, Distribution distribution) {
    if (distribution.kind == DistributionKind::fixed) {
        if (distribution.first < entry.low || distribution.first > entry.high) {
            throw Error{ErrorKind::domain,
                        {"le paramètre {} doit être compris entre {} et {}",
                         "parameter {} must lie between {} and {}"},
                        entry.name,
                        entry.low,
                        entry.high};
        }
        return distribution;
    }
    // Only where the kind can leave the range: an untruncated distribution has exact quantiles.
    bool const positive = distribution.kind != DistributionKind::uniform;
    if (entry.low > tiny || (!positive && entry.low >= 0.0)) {
        distribution.low = std::max(distribution.low.value_or(entry.low), entry.low);
    }
    if (entry.high < any && distribution.kind != DistributionKind::beta) {
        distribution.high = std::min(distribution.high.value_or(entry.high), entry.high);
    }
    check(distribution);
    return distribution;
}

} // namespace

std::string_view name_of(Population parameter) noexcept {
    return entries[static_cast<std::size_t>(parameter)].name;
}

std::vector<std::string_view> parameter_names() {
    std::vector<std::string_view> names;
    names.reserve(entries.size());
    for (Entry const& entry : entries) {
        names.push_back(entry.name);
    }
    return names;
}

PopulationPrior::PopulationPrior(ParameterSet const& parameters) {
    for (Entry const& entry : entries) {
        Parameter parameter = parameters.at(entry.name);
        try {
            parameter.distribution = within(entry, parameter.distribution);
        } catch (Error& error) {
            error.at(Sentence{{"paramètre {}", "parameter {}"}, entry.name});
            throw;
        }
        quantiles_.emplace_back(parameter.distribution);
        parameters_.push_back(std::move(parameter));
    }
}

Parameter const& PopulationPrior::operator[](Population parameter) const {
    return parameters_[static_cast<std::size_t>(parameter)];
}

static_assert(population_count <= lattice_coordinates);

Psi PopulationPrior::draw(std::uint64_t seed, std::uint64_t number) const {
    Psi psi;
    for (std::size_t i = 0; i < population_count; ++i) {
        psi.values_[i] = quantiles_[i](prior_point(seed, number, i));
    }
    return psi;
}

Psi PopulationPrior::medians() const {
    Psi psi;
    for (std::size_t i = 0; i < population_count; ++i) {
        psi.values_[i] = quantiles_[i](0.5);
    }
    return psi;
}

Psi PopulationPrior::draw_alone(Random& random) const {
    Psi psi;
    for (std::size_t i = 0; i < population_count; ++i) {
        psi.values_[i] = lab::draw(parameters_[i].distribution, random);
    }
    return psi;
}

} // namespace cmq::lab
