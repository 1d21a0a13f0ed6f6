// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Shares of lots in a sample and how far they may lie from the counted ones.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

struct ShareEstimate {
    double share = 0.0;
    double low = 0.0;
    double high = 1.0;
};

/// Wilson's 95 % interval of a share of which `hits` of `all` were counted; both may be fractions after splitting.
/// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
/// \pre 0 <= hits <= all, all > 0
[[nodiscard]] ShareEstimate wilson(double hits, double all) noexcept;

/// Greatest rate, with 95 % confidence, when `hits` of `all` were positive: exact (Clopper and Pearson, one-sided); 3/n
/// (the rule of three) when there was none.
/// \pre hits <= all, all > 0
[[nodiscard]] double rate_bound(std::uint64_t hits, std::uint64_t all) noexcept;

/// A read that may be of two lots.
struct SplitRead {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    double odds = 1.0; ///< how much more probable the read is from the first
};

/// Counts with each split read given to its two lots in proportion to their shares times its odds: the maximum
/// likelihood by expectation and maximisation, 100 rounds.
[[nodiscard]] std::vector<double> split_counts(std::span<double const> counts,
                                               std::span<SplitRead const> reads);

/// P(X >= count) for a Poisson number of that mean.
/// \pre mean >= 0
[[nodiscard]] double poisson_tail(std::uint64_t count, double mean) noexcept;

} // namespace cmq::lab
