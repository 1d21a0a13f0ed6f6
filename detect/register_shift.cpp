// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_shift.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <utility>

namespace cmq::detect {

namespace {

using Complex = std::complex<double>;

/// Radix-2 transform in place of `n` values; n is a power of two. turns: exp(-2 pi i k / n), k < n / 2.
void transform(Complex* value, std::size_t n, std::vector<Complex> const& turns) {
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        std::size_t bit = n >> 1U;
        for (; (j & bit) != 0; bit >>= 1U) {
            j ^= bit;
        }
        j ^= bit;
        if (i < j) {
            std::swap(value[i], value[j]);
        }
    }
    for (std::size_t length = 2; length <= n; length *= 2) {
        for (std::size_t first = 0; first < n; first += length) {
            for (std::size_t k = 0; k < length / 2; ++k) {
                Complex& upper = value[first + k];
                Complex& lower = value[first + k + length / 2];
                Complex const& turn = turns[k * (n / length)];
                // Written out: operator* of complex looks for infinities.
                Complex const turned{lower.real() * turn.real() - lower.imag() * turn.imag(),
                                     lower.real() * turn.imag() + lower.imag() * turn.real()};
                lower = upper - turned;
                upper += turned;
            }
        }
    }
}

void transform_square(std::vector<Complex>& value, std::size_t side) {
    std::vector<Complex> turns;
    for (std::size_t k = 0; k < side / 2; ++k) {
        double const angle =
            -2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(side);
        turns.emplace_back(std::cos(angle), std::sin(angle));
    }
    // Columns as rows of the transposed square: strides of a power of two are slow.
    for (int turn = 0; turn < 2; ++turn) {
        for (std::size_t i = 0; i < side; ++i) {
            transform(value.data() + i * side, side, turns);
        }
        for (std::size_t i = 0; i < side; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                std::swap(value[i * side + j], value[j * side + i]);
            }
        }
    }
}

} // namespace

Spectrum to_spectrum(Grey const& grey, std::size_t side) {
    CMQ_EXPECTS(std::has_single_bit(side) &&
                std::max(grey.shape.height, grey.shape.width) <= static_cast<std::ptrdiff_t>(side));
    Spectrum spectrum{side, std::vector<Complex>(side * side)};
    auto const window = [](std::ptrdiff_t i, std::ptrdiff_t n) {
        return 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) /
                                    static_cast<double>(n));
    };
    for (std::ptrdiff_t y = 0; y < grey.shape.height; ++y) {
        double const wy = window(y, grey.shape.height);
        for (std::ptrdiff_t x = 0; x < grey.shape.width; ++x) {
            std::size_t const i = grey.at(y, x);
            spectrum.value[static_cast<std::size_t>(y) * side + static_cast<std::size_t>(x)] =
                grey.is_good[i] != 0
                    ? static_cast<double>(grey.value[i]) * wy * window(x, grey.shape.width)
                    : 0.0;
        }
    }
    transform_square(spectrum.value, side);
    return spectrum;
}

std::size_t common_side(Shape a, Shape b) {
    return std::bit_ceil(
        static_cast<std::size_t>(std::max({a.height, a.width, b.height, b.width})));
}

ShiftSurface::ShiftSurface(Spectrum const& reference, Spectrum const& moving, double whitening)
    : side_{reference.side} {
    CMQ_EXPECTS(moving.side == reference.side);
    auto product = moving.value;
    for (std::size_t i = 0; i < product.size(); ++i) {
        // The conjugate, so that the forward transform gives the correlation.
        Complex const cross = std::conj(product[i]) * reference.value[i];
        double const size = std::abs(cross);
        product[i] = size > 0.0 ? cross / std::pow(size, whitening) : 0.0;
    }
    product[0] = 0.0; // the means
    transform_square(product, side_);
    double sum = 0.0;
    double squares = 0.0;
    for (Complex const& one : product) {
        value_.push_back(one.real());
        sum += one.real();
        squares += one.real() * one.real();
    }
    auto const n = static_cast<double>(value_.size());
    mean_ = sum / n;
    sd_ = std::sqrt(std::max(0.0, squares / n - mean_ * mean_));
}

double ShiftSurface::z(std::size_t row, std::size_t column) const {
    return sd_ > 0.0 ? (value_[row * side_ + column] - mean_) / sd_ : 0.0;
}

ShiftPeak ShiftSurface::highest() const {
    auto const at =
        static_cast<std::size_t>(std::max_element(value_.begin(), value_.end()) - value_.begin());
    auto const to_shift = [&](std::size_t index) {
        auto const i = static_cast<double>(index);
        return index < side_ / 2 ? i : i - static_cast<double>(side_);
    };
    return {to_shift(at % side_), to_shift(at / side_), z(at / side_, at % side_)};
}

double ShiftSurface::z_at_zero() const {
    return z(0, 0);
}

double ShiftSurface::highest_beyond(double distance) const {
    double highest = 0.0;
    for (std::size_t row = 0; row < side_; ++row) {
        for (std::size_t column = 0; column < side_; ++column) {
            auto const y = static_cast<double>(std::min(row, side_ - row));
            auto const x = static_cast<double>(std::min(column, side_ - column));
            if (x * x + y * y > distance * distance) {
                highest = std::max(highest, z(row, column));
            }
        }
    }
    return highest;
}

} // namespace cmq::detect
