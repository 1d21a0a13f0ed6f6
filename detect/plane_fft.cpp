// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_fft.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace cmq::detect {

TileTransform::TileTransform(std::size_t side) : side_{side}, root_(side / 2), reversed_(side, 0) {
    CMQ_EXPECTS(side >= 2 && (side & (side - 1)) == 0);
    for (std::size_t k = 0; k < root_.size(); ++k) {
        double const angle =
            -2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(side);
        root_[k] = {std::cos(angle), std::sin(angle)};
    }
    for (std::size_t i = 1; i < side; ++i) {
        reversed_[i] = (reversed_[i / 2] / 2) | ((i & 1U) != 0 ? side / 2 : 0);
    }
}

// Butterflies between whole rows: the inner loop runs along memory.
void TileTransform::columns(std::complex<double>* tile, bool inverse) const {
    for (std::size_t i = 0; i < side_; ++i) {
        if (reversed_[i] > i) {
            for (std::size_t x = 0; x < side_; ++x) {
                std::swap(tile[i * side_ + x], tile[reversed_[i] * side_ + x]);
            }
        }
    }
    for (std::size_t half = 1; half < side_; half *= 2) {
        std::size_t const step = side_ / (2 * half);
        for (std::size_t start = 0; start < side_; start += 2 * half) {
            for (std::size_t k = 0; k < half; ++k) {
                double const c = root_[k * step].real();
                double const s = inverse ? -root_[k * step].imag() : root_[k * step].imag();
                auto* a = reinterpret_cast<double*>(tile + (start + k) * side_);
                auto* b = reinterpret_cast<double*>(tile + (start + k + half) * side_);
                for (std::size_t x = 0; x < 2 * side_; x += 2) {
                    double const real = b[x] * c - b[x + 1] * s;
                    double const imaginary = b[x] * s + b[x + 1] * c;
                    b[x] = a[x] - real;
                    b[x + 1] = a[x + 1] - imaginary;
                    a[x] += real;
                    a[x + 1] += imaginary;
                }
            }
        }
    }
}

void TileTransform::transform(std::vector<std::complex<double>>& tile, bool inverse) const {
    CMQ_EXPECTS(tile.size() == side_ * side_);
    for (int axis = 0; axis < 2; ++axis) {
        columns(tile.data(), inverse);
        for (std::size_t y = 0; y < side_; ++y) { // transposed; twice is as before
            for (std::size_t x = y + 1; x < side_; ++x) {
                std::swap(tile[y * side_ + x], tile[x * side_ + y]);
            }
        }
    }
}

void TileTransform::forward(std::vector<std::complex<double>>& tile) const {
    transform(tile, false);
}

void TileTransform::inverse(std::vector<std::complex<double>>& tile) const {
    transform(tile, true);
    double const scale = 1.0 / static_cast<double>(side_ * side_);
    for (std::complex<double>& value : tile) {
        value *= scale;
    }
}

} // namespace cmq::detect
