// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From four filtered planes to one significance, by the covariance measured around. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/detect_traces.hpp"
#include "detect/matched_filter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace cmq::detect {

/// Upper triangle of a symmetric 4 x 4 matrix, row by row: 00 01 02 03 11 12 13 22 23 33.
using Symmetric4 = std::array<double, 10>;

/// z' M z.
[[nodiscard]] inline float quadratic_form(std::array<float, 10> const& m,
                                          PerPlane<float> const& z) noexcept {
    return m[0] * z[0] * z[0] + m[4] * z[1] * z[1] + m[7] * z[2] * z[2] + m[9] * z[3] * z[3] +
           2.0F * (z[0] * (m[1] * z[1] + m[2] * z[2] + m[3] * z[3]) +
                   z[1] * (m[5] * z[2] + m[6] * z[3]) + m[8] * z[2] * z[3]);
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

/// Eigenvalues (largest first) and eigenvectors (columns) of a symmetric matrix, by Jacobi rotations.
struct Eigen4 {
    std::array<double, 4> value{};
    std::array<std::array<double, 4>, 4> vector{}; ///< vector[i][k]: component i of the k-th
};

[[nodiscard]] Eigen4 eigen_of(Symmetric4 const& matrix);

} // namespace cmq::detect
