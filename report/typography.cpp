// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/typography.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

namespace cmq::report {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Groups of three in a text of digits with an optional '-' and point, in the language's signs.
std::string localised(std::string_view plain, Language language) {
    bool const french = language == Language::french;
    std::string result;
    if (!plain.empty() && plain.front() == '-') {
        plain.remove_prefix(1);
        if (plain.find_first_not_of("0.") != std::string_view::npos) {
            result += minus_sign; // no minus before a zero: it would say more than the digits do
        }
    }
    std::size_t const point = std::min(plain.find('.'), plain.size());
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0) {
            result += french ? narrow_no_break_space : std::string_view{","};
        }
        result += plain[i];
    }
    if (point < plain.size()) {
        result += french ? ',' : '.';
        result += plain.substr(point + 1);
    }
    return result;
}

constexpr std::array<std::array<std::string_view, 2>, 12> months{{{"janvier", "January"},
                                                                  {"février", "February"},
                                                                  {"mars", "March"},
                                                                  {"avril", "April"},
                                                                  {"mai", "May"},
                                                                  {"juin", "June"},
                                                                  {"juillet", "July"},
                                                                  {"août", "August"},
                                                                  {"septembre", "September"},
                                                                  {"octobre", "October"},
                                                                  {"novembre", "November"},
                                                                  {"décembre", "December"}}};

std::optional<int> digits_at(std::string_view text, std::size_t first, std::size_t length) {
    int value = 0;
    for (char const c : text.substr(first, length)) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        value = 10 * value + (c - '0');
    }
    return value;
}

std::string with_unit(double value, int decimals, std::string_view unit, Language language) {
    std::string result = decimal_text(value, decimals, language);
    result += narrow_no_break_space;
    result += unit;
    return result;
}

} // namespace

std::string capitalised(std::string text) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    } else if (text.size() > 1 && byte(0) == 0xC3U && byte(1) >= 0xA0U && byte(1) <= 0xBEU &&
               byte(1) != 0xB7U) { // U+00E0 to U+00FE but the division sign
        text[1] = static_cast<char>(byte(1) - 0x20U);
    }
    return text;
}

std::string count_text(std::int64_t value, Language language) {
    return localised(std::to_string(value), language);
}

std::string decimal_text(double value, int decimals, Language language) {
    CMQ_EXPECTS(std::isfinite(value));
    return localised(fixed_text(value, decimals), language);
}

std::string rounded_text(double value, int digits, Language language) {
    CMQ_EXPECTS(std::isfinite(value));
    return localised(significant_text(value, digits), language);
}

std::string measured_text(double value, double sigma, Language language) {
    CMQ_EXPECTS(std::isfinite(value) && std::isfinite(sigma) && sigma >= 0.0);
    // Decimals from the rounded uncertainty: 0.0996 is 0.10, which needs two and not three.
    double const rounded_sigma = parse_number(significant_text(sigma, 2)).value_or(sigma);
    int const exponent =
        rounded_sigma > 0.0 ? static_cast<int>(std::floor(std::log10(rounded_sigma) + 1e-9)) : 0;
    int const decimals = std::clamp(1 - exponent, 0, 17);
    std::string result = decimal_text(value, decimals, language);
    result += no_break_space;
    result += "±";
    result += no_break_space;
    result += decimal_text(rounded_sigma, decimals, language);
    return result;
}

std::string percent_text(double share, Language language) {
    std::string result = rounded_text(100.0 * share, 2, language);
    if (language == Language::french) {
        result += narrow_no_break_space;
    }
    result += '%';
    return result;
}

std::string factor_text(double log10_value, int digits, Language language) {
    CMQ_EXPECTS(std::isfinite(log10_value) && std::abs(log10_value) <= 300.0);
    return rounded_text(std::pow(10.0, std::abs(log10_value)), digits, language);
}

std::string ratio_text(double log10_value, int digits, Language language) {
    std::string const factor = factor_text(log10_value, digits, language);
    // A factor that rounds to 1 is 1 from either side.
    bool const is_one = factor == factor_text(0.0, digits, language);
    return log10_value >= 0.0 || is_one ? factor : "1/" + factor;
}

std::string date_text(std::string_view iso_date, Language language) {
    if (iso_date.size() != 10 || iso_date[4] != '-' || iso_date[7] != '-') {
        return std::string{iso_date};
    }
    auto const year = digits_at(iso_date, 0, 4);
    auto const month = digits_at(iso_date, 5, 2);
    auto const day = digits_at(iso_date, 8, 2);
    if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31) {
        return std::string{iso_date};
    }
    bool const french = language == Language::french;
    std::string result = std::to_string(*day);
    if (french && *day == 1) {
        result += "er";
    }
    result += no_break_space;
    result += months[static_cast<std::size_t>(*month - 1)][french ? 0 : 1];
    result += no_break_space;
    result += std::to_string(*year);
    return result;
}

std::string duration_text(double seconds, Language language) {
    CMQ_EXPECTS(std::isfinite(seconds) && seconds >= 0.0);
    if (seconds < 60.0) {
        return with_unit(seconds, seconds == std::floor(seconds) ? 0 : 1, "s", language);
    }
    auto const minutes = static_cast<std::int64_t>(std::llround(std::min(seconds / 60.0, 1e12)));
    if (minutes < 60) {
        return with_unit(static_cast<double>(minutes), 0, "min", language);
    }
    if (minutes < std::int64_t{48} * 60) {
        std::int64_t const hours = minutes / 60;
        std::string result = with_unit(static_cast<double>(hours), 0, "h", language);
        if (minutes % 60 != 0) {
            std::string const rest = std::to_string(minutes % 60);
            result += narrow_no_break_space;
            // A French reader writes "1 h 05", an English one "1 h 5 min".
            if (language == Language::french) {
                result += rest.size() < 2 ? "0" + rest : rest;
            } else {
                result += rest + std::string{narrow_no_break_space} + "min";
            }
        }
        return result;
    }
    double const days = static_cast<double>(minutes) / (24.0 * 60.0);
    int const decimals = days < 10.0 && days != std::floor(days) ? 1 : 0;
    return with_unit(days, decimals, language == Language::french ? "jours" : "days", language);
}

} // namespace cmq::report
