// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/log_sum.hpp"

#include "core/exp_log.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
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
    std::array<double, 64> part{};
    for (std::size_t first = 0; first < terms.size(); first += part.size()) {
        auto const some = std::span{part}.first(std::min(part.size(), terms.size() - first));
        for (std::size_t i = 0; i < some.size(); ++i) {
            some[i] = terms[first + i] - largest;
        }
        exp_each(some);
        sum += sum_of(some);
    }
    return largest + std::log(sum);
}

double log_add(double a, double b) noexcept {
    return log_sum(std::array{a, b});
}

} // namespace cmq
