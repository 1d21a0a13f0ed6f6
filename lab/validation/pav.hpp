// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The best calibrated likelihood ratios that keep the order of those given: pool adjacent violators.

#pragma once

#include "lab/validation/pooled.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// Neighbouring values that calibration gives one ratio.
struct PavBlock {
    std::uint32_t first = 0; ///< value index; both ends occur at least once
    std::uint32_t last = 0;
    std::uint64_t h1 = 0; ///< how many of each side lie in it
    std::uint64_t h2 = 0;
};

/// The isotonic regression of truth on the order of the values, equal values pooled first; from low to high, ratios
/// strictly rising. `blocks` is emptied first, so that its memory serves again.
///
/// Source: N. Brümmer, J. du Preez, Computer Speech and Language 20 (2006) 230, section 6.2; M. Ayer and others,
/// Annals of Mathematical Statistics 26 (1955) 641. Whole numbers throughout: no rounding.
/// \pre both sides have at least one, and fewer than 2^31
/// Cost: linear.
void fit_pav(LrCounts const& counts, std::vector<PavBlock>& blocks);

/// log10 of (h1 / all_h1) / (h2 / all_h2): minus infinity without H1, infinity without H2.
[[nodiscard]] double pav_log10_lr(PavBlock const& block, LrCounts const& counts) noexcept;

/// Cllr of the calibrated ratios: what discrimination alone leaves. 0 where the sides are separated, at most 1.
[[nodiscard]] double measure_cllr_min(std::span<PavBlock const> blocks,
                                      LrCounts const& counts) noexcept;

/// Where the convex hull of the ROC meets equal rates of error on both sides, from 0 to 0.5.
/// Source: N. Brümmer, The BOSARIS Toolkit, arXiv:1304.2865, section 2 (ROCCH-EER).
[[nodiscard]] double measure_equal_error_rate(std::span<PavBlock const> blocks,
                                              LrCounts const& counts) noexcept;

} // namespace cmq::lab
