// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/share_interval.hpp"

#include "core/error.hpp"
#include "lab/blanks/distributions.hpp"

namespace cmq::lab {
namespace {

constexpr double most_people = 1e9;

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
