// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/distributions.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::lab {
namespace {

/// The continued fraction of I_x(a, b) by Lentz's method, x below its turning point.
double beta_fraction(double x, double a, double b) {
    constexpr double tiny = 1e-300;
    constexpr int most_terms = 200000; // about the square root of a + b is needed
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (std::abs(d) < tiny ? tiny : d);
    double value = d;
    for (int m = 1; m < most_terms; ++m) {
        double const n = m;
        double factor = 1.0;
        for (double const term :
             {n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n)),
              -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0))}) {
            d = 1.0 + term * d;
            d = 1.0 / (std::abs(d) < tiny ? tiny : d);
            c = 1.0 + term / c;
            c = std::abs(c) < tiny ? tiny : c;
            factor = c * d;
            value *= factor;
        }
        if (std::abs(factor - 1.0) < 1e-15) {
            return value;
        }
    }
    throw Error{ErrorKind::numeric,
                {"une probabilité de la loi bêta n’a pas convergé",
                 "a probability of the beta distribution did not converge"}};
}

double normal_below(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

} // namespace

double beta_below(double x, double a, double b) {
    CMQ_EXPECTS(a > 0.0 && b > 0.0 && a + b <= 1e10);
    if (x <= 0.0 || x >= 1.0) {
        return x <= 0.0 ? 0.0 : 1.0;
    }
    double const log_front =
        std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
    if (x < (a + 1.0) / (a + b + 2.0)) {
        return std::exp(log_front) * beta_fraction(x, a, b) / a;
    }
    return 1.0 - std::exp(log_front) * beta_fraction(1.0 - x, b, a) / b;
}

double t_quantile(double probability, double degrees) {
    CMQ_EXPECTS(degrees > 0.0 && probability >= 0.5 && probability < 1.0);
    auto const below = [&](double t) {
        double const share = t * t / (degrees + t * t);
        return 0.5 + 0.5 * beta_below(share, 0.5, 0.5 * degrees);
    };
    double low = 0.0;
    double high = 1.0;
    while (below(high) < probability && high < 1e300) {
        high *= 2.0;
    }
    for (int i = 0; i < 200 && high - low > 1e-12 * high; ++i) {
        double const middle = 0.5 * (low + high);
        (below(middle) < probability ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double f_above(double f, double upper_degrees, double lower_degrees) {
    CMQ_EXPECTS(upper_degrees > 0.0 && lower_degrees > 0.0);
    if (!(f > 0.0)) {
        return 1.0;
    }
    return beta_below(lower_degrees / (lower_degrees + upper_degrees * f),
                      0.5 * lower_degrees,
                      0.5 * upper_degrees);
}

double noncentral_t_below(double t, double degrees, double shift) {
    CMQ_EXPECTS(degrees >= 1.0);
    // Over u = sqrt(chi2 / degrees), whose standard deviation is about 1 / sqrt(2 degrees).
    double const reach = 12.0 / std::sqrt(2.0 * degrees);
    double const low = std::max(0.0, 1.0 - reach);
    double const high = 1.0 + reach;
    constexpr int steps = 1200;
    double const step = (high - low) / steps;
    double const log_front =
        std::numbers::ln2 + 0.5 * degrees * std::log(0.5 * degrees) - std::lgamma(0.5 * degrees);
    double sum = 0.0;
    for (int i = 0; i <= steps; ++i) {
        double const u = low + step * i;
        double const log_power = degrees > 1.0 ? (degrees - 1.0) * std::log(u) : 0.0;
        double const density = std::exp(log_front + log_power - 0.5 * degrees * u * u);
        double const weight = i == 0 || i == steps ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
        sum += weight * density * normal_below(t * u - shift);
    }
    return sum * step / 3.0;
}

double detectable_shift(double degrees, double alpha, double beta) {
    CMQ_EXPECTS(alpha > 0.0 && alpha < 0.5 && beta > 0.0 && beta < 0.5);
    double const t = t_quantile(1.0 - alpha, degrees);
    double low = 0.0;
    double high = 2.0;
    while (noncentral_t_below(t, degrees, high) > beta) {
        high *= 2.0;
    }
    for (int i = 0; i < 100 && high - low > 1e-10 * high; ++i) {
        double const middle = 0.5 * (low + high);
        (noncentral_t_below(t, degrees, middle) > beta ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

} // namespace cmq::lab
