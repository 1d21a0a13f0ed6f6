// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/critical_value.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>
#include <string>

namespace cmq::lab {
namespace {

// P(|T| <= t): a finite sum of powers of cos(theta), theta = atan(t / sqrt(degrees)).
double two_sided(double t, std::size_t degrees) {
    double const theta = std::atan(t / std::sqrt(static_cast<double>(degrees)));
    double const c2 = std::cos(theta) * std::cos(theta);
    bool const odd = degrees % 2 == 1;
    double term = odd ? std::cos(theta) : 1.0;
    double sum = degrees == 1 ? 0.0 : term;
    for (std::size_t k = odd ? 3 : 2; k + 2 <= degrees; k += 2) {
        auto const n = static_cast<double>(k);
        term *= c2 * (n - 1.0) / n;
        sum += term;
    }
    double const s = std::sin(theta);
    return odd ? 2.0 / std::numbers::pi * (theta + s * sum) : s * sum;
}

} // namespace

double student_t_quantile(double probability, std::size_t degrees) {
    CMQ_EXPECTS(degrees >= 1 && probability >= 0.5 && probability < 1.0);
    double const wanted = 2.0 * probability - 1.0;
    double low = 0.0;
    double high = 1.0;
    while (two_sided(high, degrees) < wanted) {
        high *= 2.0;
    }
    for (int i = 0; i < 200 && high - low > 1e-12 * high; ++i) {
        double const middle = 0.5 * (low + high);
        (two_sided(middle, degrees) < wanted ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

CriticalValue measure_critical_value(std::span<double const> blanks, double alpha) {
    if (!(alpha >= 0.0001 && alpha <= 0.4)) {
        throw Error{ErrorKind::domain,
                    {"la probabilité d’un faux positif doit être comprise entre 0,0001 et 0,4",
                     "the chance of a false positive must lie between 0.0001 and 0.4"}};
    }
    if (blanks.size() < 2) {
        if (blanks.empty()) {
            throw Error{ErrorKind::insufficient,
                        {"une valeur critique demande au moins deux blancs ; il n’y en a pas",
                         "a critical value needs at least two blanks, there is none"}};
        }
        throw Error{ErrorKind::insufficient,
                    {"une valeur critique demande au moins deux blancs ; il n’y en a qu’un",
                     "a critical value needs at least two blanks, there is one"}};
    }
    auto const n = static_cast<double>(blanks.size());
    double mean = 0.0;
    for (double const blank : blanks) {
        if (!std::isfinite(blank)) {
            throw Error{ErrorKind::domain,
                        {"un blanc n’est pas un nombre fini", "a blank is not a finite number"}};
        }
        mean += blank / n;
    }
    double squares = 0.0;
    for (double const blank : blanks) {
        squares += (blank - mean) * (blank - mean);
    }
    double const sd = std::sqrt(squares / (n - 1.0));
    double const t = student_t_quantile(1.0 - alpha, blanks.size() - 1);
    return {.value = mean + t * sd * std::sqrt(1.0 + 1.0 / n),
            .blank_mean = mean,
            .blank_sd = sd,
            .blanks = blanks.size(),
            .false_positive = alpha};
}

} // namespace cmq::lab
