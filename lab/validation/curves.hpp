// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The curves of a validation: Tippett, PAV, ECE. None holds more points than can be drawn.

#pragma once

#include "lab/validation/pav.hpp"
#include "lab/validation/pooled.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace cmq::lab {

inline constexpr std::size_t most_curve_points = 256;
inline constexpr double widest_prior = 3.0; ///< log10 of the prior odds, either way
inline constexpr std::size_t prior_steps = 60;

struct TippettPoint {
    double log10_lr = 0.0;
    double share = 0.0; ///< of the side's ratios, at or above log10_lr
};

/// One side's shares at its own finite values, falling from left to right: of many values those at equal steps of
/// rank, first and last among them. Ratios of 0 and infinity are within the shares, not among the points.
[[nodiscard]] std::vector<TippettPoint>
make_tippett(LrValues const& values, LrCounts const& counts, bool h1);

struct PavPoint {
    double log10_lr_low = 0.0; ///< of the block; minus infinity and infinity occur
    double log10_lr_high = 0.0;
    double log10_pav = 0.0; ///< minus infinity without H1 in the block, infinity without H2
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
};

/// The blocks; of many those at equal steps, first and last among them.
[[nodiscard]] std::vector<PavPoint>
make_pav_points(std::span<PavBlock const> blocks, LrValues const& values, LrCounts const& counts);

struct EcePoint {
    double log10_prior_odds = 0.0; ///< of H1 against H2
    std::optional<double> ece;     ///< bits; nothing where infinite
    double after_pav = 0.0;        ///< of the calibrated ratios
    double neutral = 0.0;          ///< of LR = 1 everywhere: the entropy of the prior
};

/// Empirical cross-entropy P1 mean log2(1 + 1/(LR O)) + P2 mean log2(1 + LR O) at prior odds O from 10^-3 to 10^3, with
/// P1 = O/(1 + O). At O = 1 it is Cllr, and after PAV Cllr_min.
/// Source: D. Ramos, J. Gonzalez-Rodriguez, Forensic Science International 230 (2013) 156.
/// \param threads  0: one for each core; same bits for any number
[[nodiscard]] std::vector<EcePoint> make_ece(LrValues const& values,
                                             LrCounts const& counts,
                                             std::span<PavBlock const> blocks,
                                             unsigned threads);

} // namespace cmq::lab
