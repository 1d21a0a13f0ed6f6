// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How far a share of people may lie from the one that was counted.

#pragma once

#include <cstdint>

namespace cmq::lab {

struct ShareInterval {
    double low = 0.0;
    double high = 1.0;
};

/// The exact interval of a share of which `hits` out of `all` were counted: those shares under which a
/// count as far off, on either side, has a probability of more than (1 - confidence) / 2.
///
/// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404.
/// \pre 0 <= hits <= all, 1 <= all <= 1e9, 0 < confidence < 1
[[nodiscard]] ShareInterval
clopper_pearson(std::int64_t hits, std::int64_t all, double confidence = 0.95);

} // namespace cmq::lab
