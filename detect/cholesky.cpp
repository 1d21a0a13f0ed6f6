// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/cholesky.hpp"

#include "core/error.hpp"

#include <cmath>

namespace cmq::detect {

std::optional<Cholesky> Cholesky::of(std::span<double const> matrix, std::size_t size) {
    CMQ_EXPECTS(matrix.size() == size * size);
    Cholesky root{size};
    auto const at = [&root, size](std::size_t i, std::size_t j) -> double& {
        return root.lower_[i * size + j];
    };
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * size + j];
            for (std::size_t k = 0; k < j; ++k) {
                rest -= at(i, k) * at(j, k);
            }
            if (i != j) {
                at(i, j) = rest / at(j, j);
            } else if (rest > 0.0) { // false for NaN too
                at(i, i) = std::sqrt(rest);
            } else {
                return std::nullopt;
            }
        }
    }
    return root;
}

double Cholesky::log_determinant() const noexcept {
    double sum = 0.0;
    for (std::size_t i = 0; i < size_; ++i) {
        sum += 2.0 * std::log(lower_[i * size_ + i]);
    }
    return sum;
}

std::vector<double> Cholesky::whitened(std::span<double const> v) const {
    std::vector<double> white(v.begin(), v.end());
    for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            white[i] -= lower_[i * size_ + k] * white[k];
        }
        white[i] /= lower_[i * size_ + i];
    }
    return white;
}

std::vector<double> Cholesky::coloured(std::span<double const> v) const {
    std::vector<double> sum(size_);
    for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t k = 0; k <= i; ++k) {
            sum[i] += lower_[i * size_ + k] * v[k];
        }
    }
    return sum;
}

} // namespace cmq::detect
