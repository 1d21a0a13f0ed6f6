// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/symmetric4.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

using Matrix4 = std::array<std::array<double, 4>, 4>;

// Turns a (on both sides) and v (on the right) so that a[p][q] becomes 0.
void rotate(Matrix4& a, Matrix4& v, std::size_t p, std::size_t q) {
    if (a[p][q] == 0.0) {
        return;
    }
    double const theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    double const t =
        (theta >= 0.0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1.0));
    double const c = 1.0 / std::sqrt(t * t + 1.0);
    double const s = t * c;
    auto const turn = [c, s](double& first, double& second) {
        double const old = first;
        first = c * old - s * second;
        second = s * old + c * second;
    };
    for (std::size_t k = 0; k < 4; ++k) {
        turn(a[k][p], a[k][q]);
    }
    for (std::size_t k = 0; k < 4; ++k) {
        turn(a[p][k], a[q][k]);
    }
    for (std::size_t k = 0; k < 4; ++k) {
        turn(v[k][p], v[k][q]);
    }
}

} // namespace

Eigen4 eigen_of(Symmetric4 const& matrix) {
    Matrix4 a{};
    std::size_t m = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            a[i][j] = a[j][i] = matrix[m++];
        }
    }
    Matrix4 v{};
    for (std::size_t i = 0; i < 4; ++i) {
        v[i][i] = 1.0;
    }
    // A 4 x 4 matrix is diagonal to rounding after 6 sweeps; 12 is a fixed number with room.
    for (int sweep = 0; sweep < 12; ++sweep) {
        for (std::size_t p = 0; p < 3; ++p) {
            for (std::size_t q = p + 1; q < 4; ++q) {
                rotate(a, v, p, q);
            }
        }
    }
    std::array<std::size_t, 4> order{0, 1, 2, 3};
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
        return a[i][i] > a[j][j] || (a[i][i] == a[j][j] && i < j);
    });
    Eigen4 sorted;
    for (std::size_t k = 0; k < 4; ++k) {
        sorted.value[k] = a[order[k]][order[k]];
        for (std::size_t i = 0; i < 4; ++i) {
            sorted.vector[i][k] = v[i][order[k]];
        }
    }
    return sorted;
}

} // namespace cmq::detect
