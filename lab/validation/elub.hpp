// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The empirical lower and upper bound of likelihood ratios.

#pragma once

#include "lab/validation/pooled.hpp"

namespace cmq::lab {

struct Elub {
    double log10_lower = 0.0; ///< at most 0
    double log10_upper = 0.0; ///< at least 0
};

/// How far ratios of this method are carried by the table: the stretch around 1 in which deciding by them costs no
/// more than deciding without any, one ratio that misleads with full force being added on each side.
///
/// With a decision for H1 above a threshold t, the normalised Bayes error rate is, for t >= 1,
///
///     NBE(t) = (#H1 not above t + 1) / (N1 + 1) + t (#H2 above t + 1) / (N2 + 1),
///
/// and 1 for decisions without evidence. The upper bound is the first t from 1 on where NBE exceeds 1, found
/// exactly; the lower one is the same with the sides swapped. So no table carries more than N2 + 1, nor less than
/// 1 / (N1 + 1), nor beyond its own ratios.
///
/// Source: P. Vergeer, A. van Es, A. de Jongh, I. Alberink, R. Stoel, Science and Justice 56 (2016) 482.
/// \pre both sides have at least one
/// Cost: linear.
[[nodiscard]] Elub measure_elub(LrValues const& values, LrCounts const& counts) noexcept;

} // namespace cmq::lab
