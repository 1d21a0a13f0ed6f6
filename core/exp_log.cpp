// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/exp_log.hpp"

#include "core/error.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace cmq {

namespace {

constexpr double smallest = -708.0; // e^x is a normal number from here
constexpr double largest = 709.0;
// 1.5 * 2^52: a number of moderate size added to it is rounded to an integer, which stands in its lowest bits.
constexpr double rounder = 6755399441055744.0;
constexpr double log2_of_e = 1.4426950408889634;
constexpr double ln2_high = 0x1.62e42fefa38p-1; // its product with any exponent is exact
constexpr double ln2_low = 0x1.ef35793c7673p-45;
constexpr std::uint64_t exponent_bias = 1023;
constexpr int mantissa_bits = 52;
constexpr std::uint64_t mantissa = (std::uint64_t{1} << mantissa_bits) - 1;

/// e^r - 1 for |r| <= ln(2) / 2: the terms left out are below 5e-18.
inline double exp_minus_one(double r) {
    double sum = 1.0 / 6227020800.0;
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    return r + r * r * sum;
}

/// ln((1 + s) / (1 - s)) for |s| <= 0.172: the terms left out are below 1e-18.
inline double twice_atanh(double s) {
    double const q = s * s;
    double sum = 1.0 / 23.0;
    sum = sum * q + 1.0 / 21.0;
    sum = sum * q + 1.0 / 19.0;
    sum = sum * q + 1.0 / 17.0;
    sum = sum * q + 1.0 / 15.0;
    sum = sum * q + 1.0 / 13.0;
    sum = sum * q + 1.0 / 11.0;
    sum = sum * q + 1.0 / 9.0;
    sum = sum * q + 1.0 / 7.0;
    sum = sum * q + 1.0 / 5.0;
    sum = sum * q + 1.0 / 3.0;
    return 2.0 * s + 2.0 * s * q * sum;
}

template <typename Term>
double sum_in_four(std::size_t size, Term const& term) {
    std::array<double, 4> sums{};
    std::size_t i = 0;
    for (; i + 4 <= size; i += 4) {
        for (std::size_t k = 0; k < 4; ++k) {
            sums[k] += term(i + k);
        }
    }
    for (; i < size; ++i) {
        sums[0] += term(i);
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

} // namespace

[[gnu::target_clones("avx2", "default")]] void exp_each(std::span<double> x) noexcept {
    for (double& each : x) {
        double const given = each;
        // A NaN fails the first comparison, is computed with, and stays one.
        double const low = given < smallest ? smallest : given;
        double const bounded = low > largest ? largest : low;
        double const shifted = bounded * log2_of_e + rounder;
        double const n = shifted - rounder;
        double const r = (bounded - n * ln2_high) - n * ln2_low;
        auto const power = std::bit_cast<double>(
            (std::bit_cast<std::uint64_t>(shifted) + exponent_bias) << mantissa_bits);
        double const value = power + power * exp_minus_one(r);
        double const above = given > largest ? std::numeric_limits<double>::infinity() : value;
        each = given < smallest ? 0.0 : above;
    }
}

[[gnu::target_clones("avx2", "default")]] void log_each(std::span<double> x) noexcept {
    constexpr double root_two = 1.4142135623730951;
    for (double& each : x) {
        auto const bits = std::bit_cast<std::uint64_t>(each);
        auto const one_to_two =
            std::bit_cast<double>((bits & mantissa) | exponent_bias << mantissa_bits);
        // The exponent as a double: its bits in the low end of a number that counts in ones there.
        auto const biased =
            std::bit_cast<double>((bits >> mantissa_bits) | std::bit_cast<std::uint64_t>(0x1p52));
        bool const upper = one_to_two > root_two;
        double const m = upper ? 0.5 * one_to_two : one_to_two;
        double const e = biased - 0x1p52 - (upper ? 1022.0 : 1023.0);
        double const s = (m - 1.0) / (m + 1.0);
        each = e * ln2_high + (twice_atanh(s) + e * ln2_low);
    }
}

double sum_of(std::span<double const> x) noexcept {
    return sum_in_four(x.size(), [&](std::size_t i) { return x[i]; });
}

double sum_of_products(std::span<double const> x, std::span<double const> y) noexcept {
    CMQ_EXPECTS(x.size() == y.size());
    return sum_in_four(x.size(), [&](std::size_t i) { return x[i] * y[i]; });
}

} // namespace cmq
