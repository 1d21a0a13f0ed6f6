// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A task that others have solved by simulation: how many glass fragments a laboratory finds on somebody who broke a
/// window so many hours before. Source of model and numbers: J. M. Curran, T. N. Hicks, J. S. Buckleton, Forensic
/// Interpretation of Glass Evidence (2000), as R package tfer has it, with its defaults and a fixed time.

#pragma once

#include "core/random.hpp"
#include "lab/transfer/prior_points.hpp"
#include "lab/transfer/quantile_function.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cmq::lab::test {

/// What is drawn: two coordinates, the first hour's two losses, two for each further hour, and the recovery.
struct GlassRates {
    double mean_fragments = 0.0; ///< that reach the clothing
    double kept = 1.0;           ///< share of ordinary fragments that stay
    double kept_well = 1.0;      ///< of those that are held well
    double recovered = 1.0;      ///< found by the laboratory
};

inline constexpr double held_well = 0.05;

/// \param uniform  gives coordinate c in (0, 1)
template <class Uniform>
GlassRates glass_rates(int hours, Uniform const& uniform) {
    static QuantileFunction const distance{{DistributionKind::gamma, 0.5, 1.0}};
    static QuantileFunction const normal_exp{{DistributionKind::lognormal, 1.0, std::exp(1.0)}};
    auto const between = [&](std::size_t c, double low, double high) {
        return low + (high - low) * uniform(c);
    };
    GlassRates rates;
    double const lambda = 120.0 + 60.0 * std::log(normal_exp(uniform(0)));
    rates.mean_fragments = std::abs(lambda) * std::exp(1.0 - distance(uniform(1)) / 0.5);
    rates.kept = 1.0 - between(2, 0.8, 0.9);
    rates.kept_well = 1.0 - between(3, 0.1, 0.15);
    rates.recovered = between(4, 0.5, 0.7);
    std::size_t next = 5;
    for (int hour = 2; hour <= hours; ++hour) {
        rates.kept *= 1.0 - between(next++, 0.45, 0.7);
        rates.kept_well *= 1.0 - between(next++, 0.05, 0.1);
    }
    return rates;
}

struct GlassTerms {
    std::vector<double> p;  ///< that 0, 1, 2, ... fragments are found
    std::vector<double> se; ///< from 32 independent parts
};

/// \param add  (draw number, sums): adds one draw's probabilities to sums
template <class Add>
GlassTerms mean_of_draws(std::size_t draws, std::size_t terms, Add const& add) {
    std::vector<std::vector<double>> parts(lattices, std::vector<double>(terms, 0.0));
    for (std::size_t i = 0; i < draws; ++i) {
        add(i, parts[i % lattices]);
    }
    GlassTerms result{std::vector<double>(terms, 0.0), std::vector<double>(terms, 0.0)};
    double const each = static_cast<double>(draws) / lattices;
    for (std::size_t n = 0; n < terms; ++n) {
        for (auto const& part : parts) {
            result.p[n] += part[n] / static_cast<double>(draws);
        }
        for (auto const& part : parts) {
            double const off = part[n] / each - result.p[n];
            result.se[n] += off * off / (lattices * (lattices - 1.0));
        }
        result.se[n] = std::sqrt(result.se[n]);
    }
    return result;
}

/// As this program integrates: rates from the lattices, and given the rates the number found is Poisson.
inline GlassTerms
glass_on_lattices(int hours, std::size_t terms, std::size_t draws, std::uint64_t seed) {
    return mean_of_draws(draws, terms, [&](std::size_t i, std::vector<double>& sums) {
        GlassRates const rates =
            glass_rates(hours, [&](std::size_t c) { return prior_point(seed, i, c); });
        double const mean = rates.mean_fragments * rates.recovered *
                            ((1.0 - held_well) * rates.kept + held_well * rates.kept_well);
        double p = std::exp(-mean);
        for (std::size_t n = 0; n < terms; ++n) {
            sums[n] += p;
            p *= mean / static_cast<double>(n + 1);
        }
    });
}

/// As a plain simulation counts: fragment by fragment.
inline GlassTerms
glass_by_fragments(int hours, std::size_t terms, std::size_t draws, std::uint64_t seed) {
    return mean_of_draws(draws, terms, [&](std::size_t i, std::vector<double>& sums) {
        Random random{seed, 1, i};
        GlassRates const rates = glass_rates(hours, [&](std::size_t) { return random.uniform(); });
        std::size_t found = 0;
        for (double waited = -std::log(random.uniform()); waited < rates.mean_fragments;
             waited -= std::log(random.uniform())) {
            double const kept = random.uniform() < held_well ? rates.kept_well : rates.kept;
            found += random.uniform() < kept * rates.recovered ? 1U : 0U;
        }
        if (found < terms) {
            sums[found] += 1.0;
        }
    });
}

} // namespace cmq::lab::test
