// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Symmetric 4 x 4 matrices: covariances of the four planes. Internal.

#pragma once

#include "core/frame.hpp"

#include <array>
#include <optional>

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

/// M z.
[[nodiscard]] inline PerPlane<float> product(std::array<float, 10> const& m,
                                             PerPlane<float> const& z) noexcept {
    return {m[0] * z[0] + m[1] * z[1] + m[2] * z[2] + m[3] * z[3],
            m[1] * z[0] + m[4] * z[1] + m[5] * z[2] + m[6] * z[3],
            m[2] * z[0] + m[5] * z[1] + m[7] * z[2] + m[8] * z[3],
            m[3] * z[0] + m[6] * z[1] + m[8] * z[2] + m[9] * z[3]};
}

/// Eigenvalues (largest first) and eigenvectors (columns) of a symmetric matrix, by Jacobi rotations.
struct Eigen4 {
    std::array<double, 4> value{};
    std::array<std::array<double, 4>, 4> vector{}; ///< vector[i][k]: component i of the k-th
};

/// Between which all eigenvalues lie. Source: S. Gerschgorin, Izv. Akad. Nauk SSSR 6 (1931) 749.
struct Bounds {
    double least = 0.0;
    double most = 0.0;
};

[[nodiscard]] Bounds eigenvalue_bounds(Symmetric4 const& matrix);

/// Nothing where the matrix is not positive definite.
[[nodiscard]] std::optional<Symmetric4> inverse_of(Symmetric4 const& matrix);

[[nodiscard]] Eigen4 eigen_of(Symmetric4 const& matrix);

} // namespace cmq::detect
