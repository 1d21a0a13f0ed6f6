// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/rounded_normal.hpp"

#include <cmath>
#include <numbers>

namespace cmq::capture {
namespace {

constexpr double rounding_variance = 1.0 / 12.0; // of an even spread over one step
constexpr double fine_sd =
    1.0; // from here on where black lies within a step moves the variance by 1e-8

double below(double x, double sd) {
    return 0.5 * std::erfc(-x / (sd * std::numbers::sqrt2));
}

// Mean over all phases: E f (1 - f) / 2 of the fractional part f of a difference, by its Fourier series.
double even_variance(double sd) {
    double variance = sd * sd + rounding_variance;
    for (int k = 1; k <= 60; ++k) {
        double const order = std::numbers::pi * k;
        variance -= std::exp(-4.0 * order * order * sd * sd) / (2.0 * order * order);
    }
    return variance;
}

template <class Variance>
double sd_of(double variance, Variance const& variance_of) {
    if (variance >= fine_sd * fine_sd + rounding_variance) {
        return std::sqrt(variance - rounding_variance);
    }
    double low = 0.0;
    double high = fine_sd;
    for (int i = 0; i < 50; ++i) {
        double const middle = 0.5 * (low + high);
        (variance_of(middle) < variance ? low : high) = middle;
    }
    return low;
}

} // namespace

double rounded_variance(double sd, double phase) {
    if (sd <= 0.0) {
        return phase == 0.5 ? 0.25 : 0.0; // the limit from above
    }
    double mean = 0.0;
    double square = 0.0;
    auto const reach = static_cast<int>(std::ceil(9.0 * sd)) + 1;
    for (int value = -reach; value <= reach + 1; ++value) {
        double const share = below(value + 0.5 - phase, sd) - below(value - 0.5 - phase, sd);
        mean += value * share;
        square += value * value * share;
    }
    return square - mean * mean;
}

BeforeRounding to_before_rounding(double low, double value, double high) {
    return {sd_of(value, even_variance),
            sd_of(low, [](double sd) { return rounded_variance(sd, 0.5); }),
            sd_of(high, [](double sd) { return rounded_variance(sd, 0.0); })};
}

} // namespace cmq::capture
