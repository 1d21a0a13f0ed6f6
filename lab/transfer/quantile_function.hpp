// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The quantile function of a parameter's distribution.

#pragma once

#include "lab/transfer/parameters.hpp"

#include <memory>

namespace cmq::lab {

/// Probabilities and quantiles of a density that is known but for a factor, on a line where its logarithm is concave.
class TabulatedDensity;

/// The number below which a draw of one distribution lies with a given probability; the truncation is part of it.
/// Within 1e-8 of the probability: u differs by less than that from P(X <= quantile(u)).
/// Cheap to copy; safe on several threads.
class QuantileFunction {
public:
    /// \pre check(distribution) has passed
    explicit QuantileFunction(Distribution const& distribution);

    /// \pre 0 < u < 1
    [[nodiscard]] double operator()(double u) const;

private:
    [[nodiscard]] double untruncated(double u) const;
    [[nodiscard]] double below(double value) const;

    Distribution distribution_{};
    std::shared_ptr<TabulatedDensity const> table_{}; ///< none where a closed form exists
    double from_ = 0.0;                               ///< P(X < low)
    double to_ = 1.0;                                 ///< P(X < high)
};

} // namespace cmq::lab
