// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/skewness.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr std::size_t fewest = 8;    // the approximation's range (D'Agostino 1970)
constexpr double rounding = 1e-12;   // of a mean, in parts of the largest value
constexpr double two_sided = 1.9600; // standard normal, 5 % in both tails

double to_z(double skewness, double n) {
    double const y = skewness * std::sqrt((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0)));
    double const beta2 = 3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0) /
                         ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0));
    double const w2 = std::sqrt(2.0 * (beta2 - 1.0)) - 1.0;
    double const delta = 1.0 / std::sqrt(0.5 * std::log(w2));
    double const alpha = std::sqrt(2.0 / (w2 - 1.0));
    return delta * std::asinh(y / alpha);
}

} // namespace

std::string_view name_of(Lean lean) noexcept {
    switch (lean) {
    case Lean::cannot_tell:
        return "cannot_tell";
    case Lean::not_shown:
        return "not_shown";
    case Lean::right:
        return "right";
    case Lean::left:
        break;
    }
    return "left";
}

Skewness measure_skewness(std::span<double const> values) {
    Skewness result{.values = values.size()};
    auto const n = static_cast<double>(values.size());
    double mean = 0.0;
    double size = 0.0;
    for (double const value : values) {
        mean += value / n;
        size = std::max(size, std::abs(value));
    }
    double second = 0.0;
    double third = 0.0;
    for (double const value : values) {
        double const off = value - mean;
        second += off * off / n;
        third += off * off * off / n;
    }
    if (!(std::sqrt(second) > rounding * size)) {
        return result;
    }
    result.value = third / (second * std::sqrt(second));
    if (values.size() < fewest) {
        return result;
    }
    result.z = to_z(result.value, n);
    result.verdict = result.z > two_sided    ? Lean::right
                     : result.z < -two_sided ? Lean::left
                                             : Lean::not_shown;
    return result;
}

} // namespace cmq::lab
