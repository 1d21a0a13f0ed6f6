// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/number_text.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace cmq {
namespace {

// Fixed notation of the largest double takes 309 digits before the point.
using Buffer = std::array<char, 400>;

} // namespace

std::string number_text(double value) {
    Buffer buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

std::string fixed_text(double value, int decimals) {
    CMQ_EXPECTS(decimals >= 0 && decimals <= 17);
    Buffer buffer{};
    auto const end = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
    return {buffer.data(), end.ptr};
}

std::string significant_text(double value, int digits) {
    CMQ_EXPECTS(digits >= 1 && digits <= 17);
    if (value == 0.0 || !std::isfinite(value)) {
        return number_text(value);
    }
    // Rounded in scientific notation first: 9.96 to two digits is 10, which has one more before the point.
    Buffer buffer{};
    auto const end = std::to_chars(buffer.data(),
                                   buffer.data() + buffer.size(),
                                   value,
                                   std::chars_format::scientific,
                                   digits - 1);
    double rounded = 0.0;
    std::from_chars(buffer.data(), end.ptr, rounded);
    auto const exponent = static_cast<int>(std::floor(std::log10(std::abs(rounded)) + 1e-12));
    return fixed_text(rounded, std::clamp(digits - 1 - exponent, 0, 17));
}

std::optional<double> parse_number(std::string_view text) noexcept {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
        text.remove_prefix(1);
    }
    double value = 0.0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

} // namespace cmq
