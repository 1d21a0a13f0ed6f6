// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light that fades under the lamp.

#pragma once

#include "capture/measure_region.hpp"

#include <cstddef>
#include <span>

namespace cmq::capture {

/// y = a exp(-k t), fitted with weights 1 / sigma^2.
struct Fading {
    WithSigma start;      ///< a
    WithSigma rate_per_s; ///< k; negative when it grew brighter
    double chi2 = 0;
    std::size_t points = 0;
    bool fades = false; ///< k is above zero by more than two standard uncertainties
    bool fits =
        true; ///< chi2 is within what chance gives 999 times in 1000 (Wilson and Hilferty 1931)
};

/// Light that fades under the lamp. sigma is widened by sqrt(chi2 / dof) where that exceeds 1.
/// \param times_s  seconds under the lamp; not all the same
/// \throws Error insufficient  fewer than three points, or all at one time
/// \throws Error domain        a value that is not above 0, or an uncertainty that is not
/// \throws Error numeric       no decay fits: the search does not end
[[nodiscard]] Fading fit_fading(std::span<double const> times_s, std::span<WithSigma const> light);

} // namespace cmq::capture
