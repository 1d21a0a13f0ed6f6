// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/measure_limits.hpp"

#include "lab/blanks/blank_days.hpp"
#include "lab/blanks/critical_value.hpp"

#include <algorithm>

namespace cmq::lab {
namespace {

constexpr std::uint64_t chart_seed =
    1; // any; the share does not depend on it beyond its sampling error

std::vector<double> values_of(std::vector<BlankRow> const& rows) {
    std::vector<double> values;
    values.reserve(rows.size());
    for (BlankRow const& row : rows) {
        values.push_back(row.value);
    }
    return values;
}

std::vector<std::int64_t> days_of(BlankTable const& table) {
    std::vector<std::int64_t> days;
    days.reserve(table.blanks.size());
    for (BlankRow const& row : table.blanks) {
        days.push_back(row.day.value_or(0));
    }
    return days;
}

CriticalOfBlanks one_spread(std::vector<double> const& values) {
    auto const found = measure_critical_value(values);
    CriticalOfBlanks critical;
    critical.value = found.value;
    critical.mean = found.blank_mean;
    critical.sd = found.blank_sd;
    critical.degrees = static_cast<double>(found.blanks - 1);
    critical.blanks = found.blanks;
    critical.false_positive = found.false_positive;
    return critical;
}

CriticalOfBlanks over_days(std::vector<double> const& values,
                           std::vector<std::int64_t> const& days) {
    auto const found = measure_critical_over_days(values, days);
    CriticalOfBlanks critical;
    critical.value = found.value;
    critical.mean = found.mean;
    critical.sd = found.sd;
    critical.degrees = found.degrees;
    critical.blanks = found.blanks;
    critical.days = found.days;
    critical.between_sd = found.between_sd;
    critical.within_sd = found.within_sd;
    critical.false_positive = found.false_positive;
    return critical;
}

void set_points(Limits& limits,
                std::vector<double> const& values,
                std::vector<BlankDay> const& days) {
    limits.of_days = days.size() > 1 && days.size() < values.size();
    if (!limits.of_days) {
        limits.points.reserve(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            limits.points.push_back({values[i], {i}});
        }
        return;
    }
    for (BlankDay const& day : days) {
        limits.points.push_back({day.mean, day.blanks});
        limits.unequal_days |= day.blanks.size() != days.front().blanks.size();
    }
}

Dilution dilution_of(BlankTable const& table) {
    std::vector<KnownAmount> series;
    for (auto const* rows : {&table.blanks, &table.levels}) {
        for (BlankRow const& row : *rows) {
            series.push_back({row.level, row.value});
        }
    }
    return measure_minimum_detectable(series);
}

} // namespace

Limits measure_limits(BlankTable const& table) {
    auto const values = values_of(table.blanks);
    auto const days = days_of(table);
    auto const groups = group_by_day(values, days);
    Limits limits;
    bool const several = table.dated && groups.size() > 1;
    limits.critical = several ? over_days(values, days) : one_spread(values);
    if (table.dated) {
        limits.critical.days = groups.size();
    }
    auto const independent = static_cast<double>(several ? groups.size() : values.size());
    limits.largest = {*std::ranges::max_element(values), 1.0 / (independent + 1.0)};
    set_points(limits, values, groups);
    std::vector<double> points;
    for (ChartPoint const& point : limits.points) {
        points.push_back(point.value);
    }
    limits.skewness = measure_skewness(points);
    limits.chart = make_control_chart(points);
    if (limits.chart.judged) {
        limits.false_signals = simulate_false_signals(points.size(), chart_seed);
    }
    limits.dilution = dilution_of(table);
    return limits;
}

} // namespace cmq::lab
