// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Likelihood ratios for tests: given, and simulated of known truth.

#pragma once

#include "core/random.hpp"
#include "lab/validation/lr_table.hpp"
#include "lab/validation/pooled.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace cmq::lab::test {

inline std::vector<KnownLr> rows_of(std::vector<double> const& h1, std::vector<double> const& h2) {
    std::vector<KnownLr> rows;
    for (double const lr : h1) {
        rows.push_back({.log10_lr = std::log10(lr), .group = 0, .h1 = true});
    }
    for (double const lr : h2) {
        rows.push_back({.log10_lr = std::log10(lr), .group = 0, .h1 = false});
    }
    return rows;
}

inline PooledLrs pooled_of(std::vector<double> const& h1, std::vector<double> const& h2) {
    return pool(rows_of(h1, h2));
}

/// Calibrated: ln LR is normal with mean +-m and variance 2 m, so that its densities under H1 and H2 have the ratio
/// exp(ln LR). Then stretched and moved, which is no longer calibrated.
struct Simulated {
    std::size_t h1 = 100;
    std::size_t h2 = 100;
    double m = 2.0;
    double stretch = 1.0;
    double shift = 0.0; ///< of ln LR
};

inline std::vector<KnownLr> simulate_lrs(Simulated const& how, std::uint64_t seed) {
    Random random{seed, 0, 0};
    std::vector<KnownLr> rows;
    for (std::size_t i = 0; i < how.h1 + how.h2; ++i) {
        bool const h1 = i < how.h1;
        double const ln_lr = (h1 ? how.m : -how.m) + std::sqrt(2.0 * how.m) * random.normal();
        rows.push_back({.log10_lr = (how.stretch * ln_lr + how.shift) / std::numbers::ln10,
                        .group = 0,
                        .h1 = h1});
    }
    return rows;
}

/// Coarse ratios, so that many are equal, also across the sides.
inline std::vector<KnownLr> simulate_tied(Simulated const& how, std::uint64_t seed) {
    auto rows = simulate_lrs(how, seed);
    for (KnownLr& row : rows) {
        row.log10_lr = std::round(2.0 * row.log10_lr) / 2.0;
    }
    return rows;
}

inline LrTable table_of(std::vector<KnownLr> rows) {
    LrTable table;
    table.rows = std::move(rows);
    return table;
}

} // namespace cmq::lab::test
