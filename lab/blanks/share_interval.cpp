// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/share_interval.hpp"

#include "core/error.hpp"

#include <cmath>

namespace cmq::lab {
namespace {

constexpr double most_people = 1e9;

/// The continued fraction of I_x(a, b) by Lentz's method, x below its turning point.
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22.
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
                {"l’intervalle d’une proportion n’a pas convergé",
                 "the interval of a share did not converge"}};
}

/// I_x(a, b), the probability that a Beta(a, b) variate is below x.
double beta_below(double x, double a, double b) {
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

double beta_quantile(double probability, double a, double b) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 200 && high - low > 1e-12 * high; ++i) {
        double const middle = 0.5 * (low + high);
        (beta_below(middle, a, b) < probability ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

} // namespace

ShareInterval clopper_pearson(std::int64_t hits, std::int64_t all, double confidence) {
    CMQ_EXPECTS(hits >= 0 && hits <= all && all >= 1 && static_cast<double>(all) <= most_people);
    CMQ_EXPECTS(confidence > 0.0 && confidence < 1.0);
    double const tail = 0.5 * (1.0 - confidence);
    auto const k = static_cast<double>(hits);
    auto const n = static_cast<double>(all);
    ShareInterval interval;
    if (hits > 0) {
        interval.low = beta_quantile(tail, k, n - k + 1.0);
    }
    if (hits < all) {
        interval.high = beta_quantile(1.0 - tail, k + 1.0, n - k);
    }
    return interval;
}

} // namespace cmq::lab
