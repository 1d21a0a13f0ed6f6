// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Likelihood ratios of both sides in one order, as every measure reads them.

#pragma once

#include "lab/validation/lr_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// The distinct values, rising.
struct LrValues {
    std::vector<double> log10_lr; ///< minus infinity first, infinity last, where they occur
    std::vector<double> lr;       ///< 10^log10_lr
    std::vector<double> h1_cost;  ///< log2(1 + 1/LR), 0 where that is infinite: see infinite_cost()
    std::vector<double> h2_cost;  ///< log2(1 + LR), 0 where that is infinite

    [[nodiscard]] std::size_t size() const noexcept { return log10_lr.size(); }
};

/// How often each value occurs where H1 was true, and where H2 was: as counted, or as drawn again.
struct LrCounts {
    std::vector<std::uint32_t> h1; ///< as many as values
    std::vector<std::uint32_t> h2;
    std::uint64_t all_h1 = 0; ///< sums of the two
    std::uint64_t all_h2 = 0;
};

/// The rows of a table in order of their value.
struct PooledLrs {
    /// One row.
    struct Item {
        std::uint32_t value = 0; ///< index into values
        std::uint32_t group = 0;
        bool h1 = true;
    };

    LrValues values;
    LrCounts counts;
    std::vector<Item> items; ///< by value, then H1 before H2, then as in the table
};

/// \pre rows hold no NaN and are fewer than 2^32
/// Cost: one sort.
[[nodiscard]] PooledLrs pool(std::span<KnownLr const> rows);

/// log2(1 + 10^-log10_lr), the cost of a ratio where H1 is true, without overflow. Infinite at minus infinity.
[[nodiscard]] double cost_under_h1(double log10_lr) noexcept;

/// A ratio of 0 where H1 was true, or an infinite one where H2 was: every average of costs is infinite.
[[nodiscard]] bool infinite_cost(LrValues const& values, LrCounts const& counts) noexcept;

/// Cllr = 1/2 [mean over H1 of log2(1 + 1/LR) + mean over H2 of log2(1 + LR)]; infinity if infinite_cost().
/// Source: N. Brümmer, J. du Preez, Computer Speech and Language 20 (2006) 230, equation 7.
/// \pre both sides have at least one
[[nodiscard]] double measure_cllr(LrValues const& values, LrCounts const& counts) noexcept;

} // namespace cmq::lab
