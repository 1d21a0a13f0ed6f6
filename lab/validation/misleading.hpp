// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How often likelihood ratios point to the wrong side.

#pragma once

#include "lab/validation/pooled.hpp"

#include <array>
#include <cstdint>

namespace cmq::lab {

/// A share that was counted, with its range of 95 %.
struct CountedShare {
    std::uint64_t count = 0;
    std::uint64_t of = 0;
    double share = 0.0;
    double low = 0.0;
    double high = 1.0;
};

/// Misleading evidence of at least one strength, on both sides.
struct Misleading {
    double strength = 1.0; ///< 1: any that points to the wrong side; k: by a factor of k or more
    CountedShare under_h1; ///< H1 was true and LR < 1; LR <= 1/k
    CountedShare under_h2; ///< H2 was true and LR > 1; LR >= k
};

/// Wilson's range of a share. `units`: how many independent observations stand behind it, at most `of`; nothing is
/// known where there are none.
/// Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209.
[[nodiscard]] CountedShare
make_share(std::uint64_t count, std::uint64_t of, std::uint64_t units) noexcept;

/// At the strengths 1, 10 and 100.
/// \param h1_units  independent observations where H1 was true: ratios, or groups of them
/// Source: R. Royall, Journal of the American Statistical Association 95 (2000) 760. A well-calibrated method gives a
/// ratio of k or more under H2 in at most 1/k of cases.
[[nodiscard]] std::array<Misleading, 3> count_misleading(LrValues const& values,
                                                         LrCounts const& counts,
                                                         std::uint64_t h1_units,
                                                         std::uint64_t h2_units) noexcept;

} // namespace cmq::lab
