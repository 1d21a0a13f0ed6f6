// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/clock_time.hpp"

#include <chrono>

namespace cmq::casefile {
namespace {

// The number of exactly `digits` decimal digits at text[at], or nothing.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) {
        return {};
    }
    int value = 0;
    for (char const c : text.substr(at, digits)) {
        if (c < '0' || c > '9') {
            return {};
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::optional<long> to_day_number(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') {
        return {};
    }
    auto const year = digits_at(iso, 0, 4);
    auto const month = digits_at(iso, 5, 2);
    auto const day = digits_at(iso, 8, 2);
    if (!year || !month || !day) {
        return {};
    }
    std::chrono::year_month_day const date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return {};
    }
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::optional<ClockTime> to_clock_time(Node const& node) {
    if (node.kind != NodeKind::text && node.kind != NodeKind::time &&
        node.kind != NodeKind::moment) {
        return {};
    }
    std::string_view text = node.text;
    ClockTime time;
    if (text.size() > 10 && (text[10] == ' ' || text[10] == 'T')) {
        time.day = std::string{text.substr(0, 10)};
        if (!to_day_number(time.day)) {
            return {};
        }
        text.remove_prefix(11);
    }
    bool const with_seconds = text.size() == 8 && text[5] == ':';
    if ((text.size() != 5 && !with_seconds) || text[2] != ':') {
        return {};
    }
    auto const hour = digits_at(text, 0, 2);
    auto const minute = digits_at(text, 3, 2);
    auto const second = with_seconds ? digits_at(text, 6, 2) : std::optional{0};
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
        return {};
    }
    time.minutes = *hour * 60.0 + *minute + *second / 60.0;
    return time;
}

} // namespace cmq::casefile
