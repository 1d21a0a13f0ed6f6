// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/student_interval.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::capture {
namespace {

constexpr double well_above_zero = 4.0; // standard uncertainties

// Probability that |t| stays below the tangent's value, by the finite sums for whole degrees of freedom.
double share_within(double t, std::size_t degrees) {
    double const angle = std::atan(t / std::sqrt(static_cast<double>(degrees)));
    double const cosine = std::cos(angle);
    bool const odd = degrees % 2 == 1;
    double term = odd ? cosine : 1.0;
    double sum = degrees == 1 ? 0.0 : term;
    for (std::size_t k = odd ? 3 : 2; k + 2 <= degrees; k += 2) {
        auto const order = static_cast<double>(k);
        term *= (order - 1.0) / order * cosine * cosine;
        sum += term;
    }
    double const part = std::sin(angle) * sum;
    return odd ? 2.0 / std::numbers::pi * (angle + part) : part;
}

} // namespace

double student_factor(std::size_t degrees, double both_sides) {
    CMQ_EXPECTS(degrees > 0 && both_sides > 0 && both_sides < 1);
    double low = 0.0;
    double high = 1.0;
    while (share_within(high, degrees) < 1.0 - both_sides) {
        high *= 2.0;
    }
    for (int i = 0; i < 60; ++i) {
        double const middle = 0.5 * (low + high);
        (share_within(middle, degrees) < 1.0 - both_sides ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

Measured measured(double value, double sigma, double factor) {
    return {value, sigma, value - factor * sigma, value + factor * sigma};
}

Measured measured_root(double square, double sigma, double factor) {
    if (square > well_above_zero * sigma) {
        double const root = std::sqrt(square);
        double const half = 0.5 * factor * sigma / square;
        return {root, 0.5 * sigma / root, root * std::exp(-half), root * std::exp(half)};
    }
    Measured result;
    result.value = std::sqrt(std::max(square, 0.0));
    result.low = std::sqrt(std::max(square - factor * sigma, 0.0));
    result.high = std::sqrt(std::max(square + factor * sigma, 0.0));
    result.sigma = 0.5 * (result.high - result.low) / factor;
    return result;
}

} // namespace cmq::capture
