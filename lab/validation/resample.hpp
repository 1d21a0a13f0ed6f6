// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Tables drawn again from a table: how far its measures would vary (bootstrap).

#pragma once

#include "lab/validation/pooled.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::lab {

/// What is drawn together. Without groups each ratio is a unit of its own, and as many of each side are drawn as
/// there are. With groups each group is a unit; groups with H1 only, with H2 only and with both are drawn apart, as
/// many of each as there are, so that every drawn table holds both sides.
struct Units {
    struct Stratum {
        std::uint32_t first = 0;
        std::uint32_t units = 0;
    };

    std::vector<std::uint32_t>
        of_item; ///< as PooledLrs::items; units of a stratum are numbered in a row
    std::vector<Stratum> strata;
    std::uint32_t all = 0;
    std::uint32_t with_h1 = 0; ///< units that hold at least one ratio where H1 was true
    std::uint32_t with_h2 = 0;
};

[[nodiscard]] Units make_units(PooledLrs const& pooled, bool grouped, std::size_t groups);

/// The measures of one table, drawn or not. Logarithms of the bounds to base 10.
struct Measures {
    double cllr = 0.0;
    double cllr_min = 0.0;
    std::optional<double> devpav;
    double log10_lower = 0.0;
    double log10_upper = 0.0;
    double equal_error_rate = 0.0;
};

/// Everything at once, from one pooling of violators.
/// \pre both sides have at least one
[[nodiscard]] Measures measure(LrValues const& values, LrCounts const& counts);

/// The measures of so many drawn tables, in order.
///
/// Table i is drawn by the numbers of (seed, task, i) alone, so that results have the same bits on any number of
/// threads. Cost: linear in rows for each table; memory a few bytes a row and thread.
/// \pre both sides have at least one
[[nodiscard]] std::vector<Measures> resample(PooledLrs const& pooled,
                                             Units const& units,
                                             std::uint32_t replicates,
                                             std::uint64_t seed,
                                             unsigned threads);

/// The measures of tables with the same ratios whose truths are drawn as if each ratio were right: H1 with probability
/// LR n1 / (LR n1 + n2). What a perfectly calibrated method would show in a table of this size. Tables with fewer than
/// `fewest` on a side are left out.
/// Source: J. Bröcker, L. Smith, Weather and Forecasting 22 (2007) 651 (consistency resampling).
/// \pre both sides have at least one. Cost as resample.
[[nodiscard]] std::vector<Measures> draw_calibrated(PooledLrs const& pooled,
                                                    std::uint32_t tables,
                                                    std::uint64_t fewest,
                                                    std::uint64_t seed,
                                                    unsigned threads);

} // namespace cmq::lab
