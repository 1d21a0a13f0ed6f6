// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/symmetric4.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::detect {
namespace {

using Matrix4 = std::array<std::array<double, 4>, 4>;

// Turns a (on both sides) and v (on the right) so that a[p][q] becomes 0.
void rotate(Matrix4& a, Matrix4& v, std::size_t p, std::size_t q) {
    // What is left moves an eigenvalue by its square over the gap: turning on would change nothing but take time.
    if (std::abs(a[p][q]) <= 1e-13 * (std::abs(a[p][p]) + std::abs(a[q][q]))) {
        a[p][q] = a[q][p] = 0.0;
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

bool is_diagonal(Matrix4 const& a) {
    return a[0][1] == 0.0 && a[0][2] == 0.0 && a[0][3] == 0.0 && a[1][2] == 0.0 && a[1][3] == 0.0 &&
           a[2][3] == 0.0;
}

Matrix4 full(Symmetric4 const& matrix) {
    Matrix4 a{};
    std::size_t m = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            a[i][j] = a[j][i] = matrix[m++];
        }
    }
    return a;
}

} // namespace

Bounds eigenvalue_bounds(Symmetric4 const& matrix) {
    Matrix4 const a = full(matrix);
    Bounds bounds{std::numeric_limits<double>::infinity(),
                  -std::numeric_limits<double>::infinity()};
    for (std::size_t i = 0; i < 4; ++i) {
        double reach = 0.0;
        for (std::size_t j = 0; j < 4; ++j) {
            reach += i == j ? 0.0 : std::abs(a[i][j]);
        }
        bounds.least = std::min(bounds.least, a[i][i] - reach);
        bounds.most = std::max(bounds.most, a[i][i] + reach);
    }
    return bounds;
}

namespace {

// Cholesky's root L of a = L L'; nothing where a is not positive definite.
std::optional<Matrix4> root_of(Matrix4 const& a) {
    Matrix4 root{};
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i][j];
            for (std::size_t k = 0; k < j; ++k) {
                sum -= root[i][k] * root[j][k];
            }
            if (i == j && !(sum > 1e-12 * a[i][i])) {
                return std::nullopt;
            }
            root[i][j] = i == j ? std::sqrt(sum) : sum / root[j][j];
        }
    }
    return root;
}

// The inverse of a lower triangle.
Matrix4 inverse_of_root(Matrix4 const& root) {
    Matrix4 w{};
    for (std::size_t i = 0; i < 4; ++i) {
        w[i][i] = 1.0 / root[i][i];
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0.0;
            for (std::size_t k = j; k < i; ++k) {
                sum -= root[i][k] * w[k][j];
            }
            w[i][j] = sum / root[i][i];
        }
    }
    return w;
}

} // namespace

std::optional<Symmetric4> inverse_of(Symmetric4 const& matrix) {
    auto const root = root_of(full(matrix));
    if (!root) {
        return std::nullopt;
    }
    Matrix4 const w = inverse_of_root(*root); // the inverse is W' W
    Symmetric4 inverse{};
    std::size_t m = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i; j < 4; ++j) {
            for (std::size_t k = j; k < 4; ++k) {
                inverse[m] += w[k][i] * w[k][j];
            }
            ++m;
        }
    }
    return inverse;
}

Eigen4 eigen_of(Symmetric4 const& matrix) {
    Matrix4 a = full(matrix);
    Matrix4 v{};
    for (std::size_t i = 0; i < 4; ++i) {
        v[i][i] = 1.0;
    }
    // A 4 x 4 matrix is diagonal to rounding after 6 sweeps; 12 is a fixed number with room.
    for (int sweep = 0; sweep < 12 && !is_diagonal(a); ++sweep) {
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
