// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Sums of numbers kept as natural logarithms.

#pragma once

#include <span>

namespace cmq {

/// ln(sum exp(terms)), without overflow or underflow. Minus infinity stands for zero; an empty sum
/// is zero. A NaN term gives NaN. Same terms, same bits.
[[nodiscard]] double log_sum(std::span<double const> terms) noexcept;

/// ln(e^a + e^b).
[[nodiscard]] double log_add(double a, double b) noexcept;

} // namespace cmq
