// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether blanks lean to one side, so that Student's t does not hold for them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cmq::lab {

enum class Lean : std::uint8_t {
    cannot_tell, ///< fewer than eight values, or all equal
    not_shown,   ///< which is not "not skewed"
    right,       ///< a long tail of high values: the t value is exceeded too often
    left,
};

/// "cannot_tell", "not_shown", "right", "left".
[[nodiscard]] std::string_view name_of(Lean lean) noexcept;

struct Skewness {
    double value =
        0.0; ///< third central moment / (second)^1.5, both over n; 0 where all values are equal
    double z = 0.0; ///< standard normal for normal values; 0 where it cannot be told
    std::size_t values = 0;
    Lean verdict = Lean::cannot_tell;
};

/// D'Agostino's test of skewness, two-sided at 5 %.
/// \pre all values finite
/// Limits: for independent values; eight to twenty of them show only strong skewness.
/// Source: R. B. D'Agostino, Biometrika 57 (1970) 679.
[[nodiscard]] Skewness measure_skewness(std::span<double const> values);

} // namespace cmq::lab
