// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From four filtered planes to one significance, by the covariance measured around. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/detect_traces.hpp"
#include "detect/matched_filter.hpp"
#include "detect/symmetric4.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace cmq::detect {

/// Scalar product.
[[nodiscard]] inline float along(PerPlane<float> const& a, PerPlane<float> const& b) noexcept {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

/// The four filtered planes at a cell.
[[nodiscard]] inline PerPlane<float> z_at(FilteredPlanes const& z, std::size_t cell) {
    return {z.z[0][cell], z.z[1][cell], z.z[2][cell], z.z[3][cell]};
}

/// A value of a skewed variable (mean 0, variance 1; a shifted gamma) as the normal value of the same
/// probability. Source: E. B. Wilson, M. M. Hilferty, PNAS 17 (1931) 684.
[[nodiscard]] inline double unskewed(double z, double skewness) noexcept {
    if (skewness < 1e-4) {
        return z;
    }
    double const base = std::max(1e-9, 1.0 + 0.5 * z * skewness);
    return 6.0 / skewness * (std::cbrt(base) - 1.0) + skewness / 6.0;
}

/// The squared signal-to-noise of z: what a chi-square with form.dimensions degrees would have to be
/// for the same probability; its sign is negative for what is darker than the background.
[[nodiscard]] float signed_significance(SignificanceForm const& form,
                                        PerPlane<float> const& z) noexcept;

inline constexpr float least_significance = 8.0F; ///< smaller ones are stored as 0

/// One form a block, row by row.
///
/// \param floor_at_model  a measured spread clearly below the noise model's is not believed
[[nodiscard]] std::vector<SignificanceForm> measure_forms(Cells const& cells,
                                                          FilteredPlanes const& z,
                                                          Kernel const& kernel,
                                                          Background const& background,
                                                          Frame const& frame,
                                                          bool floor_at_model,
                                                          unsigned threads);

struct SignificanceMap {
    /// signed_significance of every cell; 0 below least_significance and where a plane has no data.
    std::vector<float> value;
    std::vector<double> tested; ///< cells with data in all planes, by block
};

[[nodiscard]] SignificanceMap significance_map(Cells const& cells,
                                               FilteredPlanes const& z,
                                               Mesh const& mesh,
                                               std::vector<SignificanceForm> const& forms,
                                               unsigned threads);

} // namespace cmq::detect
