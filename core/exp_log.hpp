// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Exponentials, logarithms and sums of many numbers at once, several in one instruction where the processor can. The
/// same bits on every processor: additions and multiplications in a fixed order, none fused.

#pragma once

#include <span>

namespace cmq {

/// Each x becomes e^x, within 3e-16 of it; 0 below -708, infinity above 709. A NaN stays one.
void exp_each(std::span<double> x) noexcept;

/// Each x becomes ln x, within 3e-16 of it, or of 1 where the logarithm is smaller.
///
/// \pre every x is finite and at least the smallest normal number
void log_each(std::span<double> x) noexcept;

/// The sum, as four sums of every fourth number; 0 of nothing.
[[nodiscard]] double sum_of(std::span<double const> x) noexcept;

/// The sum of x[i] y[i], likewise.
///
/// \pre x.size() == y.size()
[[nodiscard]] double sum_of_products(std::span<double const> x, std::span<double const> y) noexcept;

} // namespace cmq
