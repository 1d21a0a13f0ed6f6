// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/log_sum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cmq {

double log_sum(std::span<double const> terms) noexcept {
    double largest = -std::numeric_limits<double>::infinity();
    for (double const term : terms) {
        if (std::isnan(term)) {
            return term;
        }
        largest = std::max(largest, term);
    }
    if (std::isinf(largest)) {
        return largest;
    }
    double sum = 0.0;
    for (double const term : terms) {
        sum += std::exp(term - largest);
    }
    return largest + std::log(sum);
}

double log_add(double a, double b) noexcept {
    return log_sum(std::array{a, b});
}

} // namespace cmq
