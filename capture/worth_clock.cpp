// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace cmq::capture {
namespace {

namespace time = std::chrono;

// Reads so many digits at the beginning.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count || !std::all_of(text.begin(),
                                            text.begin() + static_cast<std::ptrdiff_t>(count),
                                            [](char c) { return c >= '0' && c <= '9'; })) {
        return {};
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take_one_of(std::string_view& text, std::string_view signs) {
    if (text.empty() || signs.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Seconds> take_offset(std::string_view text) {
    if (text == "Z") {
        return 0;
    }
    bool const west = text.starts_with('-');
    if (!take_one_of(text, "+-")) {
        return {};
    }
    auto const hours = take_digits(text, 2);
    static_cast<void>(take_one_of(text, ":"));
    auto const minutes = take_digits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) {
        return {};
    }
    Seconds const offset = (*hours * 60 + *minutes) * minute_s;
    return west ? -offset : offset;
}

// A day at the beginning of the text: four, two and two digits, the same sign between them or none.
std::optional<Seconds> take_day(std::string_view& text) {
    std::string_view rest = text;
    auto const year = take_digits(rest, 4);
    char const sign = rest.empty() ? '\0' : rest.front();
    bool const apart = take_one_of(rest, ":-_.");
    auto const month = take_digits(rest, 2);
    if (apart && !(rest.starts_with(sign) && take_one_of(rest, ":-_."))) {
        return {};
    }
    auto const date = take_digits(rest, 2);
    if (!year || !month || !date || *year < 1970 || *year > 2200) {
        return {};
    }
    time::year_month_day const calendar{time::year{*year},
                                        time::month{static_cast<unsigned>(*month)},
                                        time::day{static_cast<unsigned>(*date)}};
    if (!calendar.ok()) {
        return {};
    }
    text = rest;
    return Seconds{time::sys_days{calendar}.time_since_epoch().count()} * day_s;
}

// Hours, minutes, perhaps seconds, one of the signs or none between them.
std::optional<Seconds> take_time(std::string_view& text, std::string_view signs) {
    std::string_view rest = text;
    auto const hours = take_digits(rest, 2);
    static_cast<void>(take_one_of(rest, signs));
    auto const minutes = take_digits(rest, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) {
        return {};
    }
    std::string_view behind = rest;
    static_cast<void>(take_one_of(behind, signs));
    auto const seconds = take_digits(behind, 2);
    bool const has_seconds = seconds && *seconds <= 60;
    text = has_seconds ? behind : rest;
    return (*hours * 60 + *minutes) * minute_s + (has_seconds ? *seconds : 0);
}

} // namespace

std::optional<Seconds> to_offset(std::string_view text) {
    return take_offset(text);
}

std::optional<Seconds> to_day(std::string_view text) {
    return take_day(text);
}

Seconds beyond_zones(Seconds difference) noexcept {
    Seconds const length = std::abs(difference);
    Seconds const rest = length % quarter_hour_s;
    return length > farthest_zones_s ? length : std::min(rest, quarter_hour_s - rest);
}

std::optional<Clock> to_clock(std::string_view text) {
    auto const date = take_day(text);
    if (!date || !take_one_of(text, " T")) {
        return {};
    }
    auto const moment = take_time(text, ":");
    if (!moment) {
        return {};
    }
    if (take_one_of(text, ".")) {
        text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    }
    return Clock{*date + *moment, true, take_offset(text)};
}

std::optional<Clock> clock_of_name(std::string_view name) {
    bool digit_before = false;
    for (; name.size() >= 8; name.remove_prefix(1)) {
        std::string_view rest = name;
        auto const date = digit_before ? std::nullopt : take_day(rest);
        digit_before = name.front() >= '0' && name.front() <= '9';
        if (!date) {
            continue;
        }
        // "_", " at ", "-WA" (no time follows that one)
        auto const gap = std::min(rest.find_first_of("0123456789"), rest.size());
        std::string_view moment_text = rest.substr(gap);
        bool const close =
            gap >= 1 && gap <= 4 && rest.substr(0, gap).find("WA") == std::string_view::npos;
        auto const moment = close ? take_time(moment_text, ":-_.") : std::nullopt;
        return Clock{*date + moment.value_or(0), moment.has_value(), {}};
    }
    return {};
}

} // namespace cmq::capture
