// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart_axis.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cmq::render {

namespace {

constexpr char const* narrow_no_break_space = "\xE2\x80\xAF"; // U+202F
constexpr char const* minus_sign = "\xE2\x88\x92";            // U+2212

std::string grouped(std::string const& digits, std::string const& separator) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            result += separator;
        }
        result += digits[i];
    }
    return result;
}

// 2 and 5 times a power of ten; below 1, the round number is the one under the stroke: 0.2 is 1/5.
std::string fine_label(int power, double factor, report::Language language) {
    return power >= 0 ? axis_number(factor * std::pow(10.0, power), language)
                      : "1/" + axis_number(10.0 / factor * std::pow(10.0, -power - 1), language);
}

// The last of 1, 2 and 5 times powers of ten at or below a value, in log10.
double round_below(double log10_value) {
    double const power = std::floor(log10_value + 1e-9);
    double best = power;
    for (double const factor : {2.0, 5.0}) {
        if (power + std::log10(factor) <= log10_value + 1e-9) {
            best = power + std::log10(factor);
        }
    }
    return best;
}

} // namespace

std::string axis_number(double value, report::Language language) {
    bool const french = language == report::Language::french;
    double const size = std::abs(value);
    // Sums of steps carry rounding errors in the 16th digit; 9 digits hide them.
    std::string const digits = size == 0.0 ? "0" : significant_text(size, 9);
    auto const point = digits.find('.');
    std::string fraction = point == std::string::npos ? "" : digits.substr(point + 1);
    while (!fraction.empty() && fraction.back() == '0') {
        fraction.pop_back();
    }
    return (value < 0.0 ? minus_sign : "") +
           grouped(digits.substr(0, point), french ? narrow_no_break_space : ",") +
           (fraction.empty() ? "" : (french ? "," : ".") + fraction);
}

std::string ratio_label(int log10_ratio, report::Language language) {
    constexpr int longest = 6; // zeros that a reader still counts
    int const power = std::abs(log10_ratio);
    std::string const size = power > longest ? "10^" + std::to_string(power)
                                             : axis_number(std::pow(10.0, power), language);
    return log10_ratio < 0 ? "1/" + size : size;
}

Axis make_ratio_axis(double low, double high, int step, report::Language language) {
    Axis axis{.low = std::floor(low), .high = std::ceil(high)};
    if (axis.high <= axis.low) {
        axis.high = axis.low + 1.0;
    }
    for (int power = static_cast<int>(axis.low); power <= static_cast<int>(axis.high); ++power) {
        if (step == 0 || power % step == 0) {
            axis.ticks.push_back({.at = double(power), .label = ratio_label(power, language)});
        }
        for (double const factor : {2.0, 5.0}) {
            double const at = power + std::log10(factor);
            if (step == 0 && at < axis.high) {
                axis.ticks.push_back({.at = at, .label = fine_label(power, factor, language)});
            }
        }
    }
    return axis;
}

Axis make_linear_axis(double low, double high, int ticks, report::Language language) {
    double const span = high > low ? high - low : std::max(std::abs(low), 1.0);
    double const least = span / ticks;
    double const decade = std::pow(10.0, std::floor(std::log10(least)));
    double step = 10.0 * decade;
    for (double const factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= least * (1.0 - 1e-9)) {
            step = factor * decade;
            break;
        }
    }
    double const first = std::floor(low / step + 1e-9);
    double const last = std::max(std::ceil(high / step - 1e-9), first + 1.0);
    Axis axis{.low = first * step, .high = last * step};
    auto const steps = static_cast<int>(last - first);
    for (int i = 0; i <= steps; ++i) {
        double const at = (first + i) * step;
        axis.ticks.push_back({.at = at, .label = axis_number(at, language)});
    }
    return axis;
}

Axis make_log_axis(double low, double high, report::Language language) {
    // 1, 2 and 5 mirror into each other: 1/2 is 5 of the decade below.
    Axis axis{.low = round_below(std::log10(low)), .high = -round_below(-std::log10(high))};
    if (axis.high - axis.low < 1e-9) {
        axis.low = round_below(axis.low - 0.2);
        axis.high = -round_below(-axis.high - 0.2);
    }
    constexpr double few = 3.0; // decades
    double const decades = axis.high - axis.low;
    int const step = std::max(1, static_cast<int>(std::ceil(decades / 8.0)));
    for (int power = static_cast<int>(std::floor(axis.low)); power <= axis.high + 1e-9; ++power) {
        for (double const factor : {1.0, 2.0, 5.0}) {
            double const at = power + std::log10(factor);
            bool const wanted = factor == 1.0 ? power % step == 0 : decades < few;
            if (wanted && at >= axis.low - 1e-9 && at <= axis.high + 1e-9) {
                axis.ticks.push_back(
                    {.at = at, .label = axis_number(factor * std::pow(10.0, power), language)});
            }
        }
    }
    return axis;
}

} // namespace cmq::render
