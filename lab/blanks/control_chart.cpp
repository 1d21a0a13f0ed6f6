// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/control_chart.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr double d2 = 1.128; // mean range of two standard normal values, 2 / sqrt(pi); ISO 7870-2
constexpr double rounding = 1e-12; // of a mean, in parts of the largest point
constexpr std::size_t run_length = 9;
constexpr std::size_t trend_length = 6;

using Points = std::span<double const>;
using Signals = std::vector<ChartSignal>;

std::vector<std::size_t> from_to(std::size_t first, std::size_t end) {
    std::vector<std::size_t> points;
    for (std::size_t i = first; i < end; ++i) {
        points.push_back(i);
    }
    return points;
}

void find_beyond_action(Points z, Signals& signals) {
    for (std::size_t i = 0; i < z.size(); ++i) {
        if (std::abs(z[i]) > 3.0) {
            signals.push_back({ChartRule::beyond_action, z[i] > 0.0, {i}});
        }
    }
}

// Points beyond 2 s on one side that lie at most two apart, chained.
void find_two_of_three(Points z, bool upward, Signals& signals) {
    std::vector<std::size_t> chain;
    auto const end_chain = [&] {
        if (chain.size() >= 2) {
            signals.push_back({ChartRule::two_of_three, upward, chain});
        }
        chain.clear();
    };
    for (std::size_t i = 0; i < z.size(); ++i) {
        if ((upward ? z[i] : -z[i]) > 2.0) {
            if (!chain.empty() && i - chain.back() > 2) {
                end_chain();
            }
            chain.push_back(i);
        }
    }
    end_chain();
}

void find_runs(Points z, bool upward, Signals& signals) {
    std::size_t first = 0;
    for (std::size_t i = 0; i <= z.size(); ++i) {
        if (i < z.size() && (upward ? z[i] > 0.0 : z[i] < 0.0)) {
            continue;
        }
        if (i - first >= run_length) {
            signals.push_back({ChartRule::nine_on_a_side, upward, from_to(first, i)});
        }
        first = i + 1;
    }
}

void find_trends(Points z, bool upward, Signals& signals) {
    std::size_t first = 0;
    for (std::size_t i = 1; i <= z.size(); ++i) {
        if (i < z.size() && (upward ? z[i] > z[i - 1] : z[i] < z[i - 1])) {
            continue;
        }
        if (i - first >= trend_length) {
            signals.push_back({ChartRule::six_in_a_row, upward, from_to(first, i)});
        }
        first = i;
    }
}

} // namespace

std::string_view name_of(ChartRule rule) noexcept {
    switch (rule) {
    case ChartRule::beyond_action:
        return "beyond_action";
    case ChartRule::two_of_three:
        return "two_of_three";
    case ChartRule::nine_on_a_side:
        return "nine_on_a_side";
    case ChartRule::six_in_a_row:
        break;
    }
    return "six_in_a_row";
}

ControlChart make_control_chart(std::span<double const> points) {
    CMQ_EXPECTS(points.size() >= 2);
    auto const n = static_cast<double>(points.size());
    ControlChart chart;
    double size = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        CMQ_EXPECTS(std::isfinite(points[i]));
        chart.centre += points[i] / n;
        size = std::max(size, std::abs(points[i]));
        if (i > 0) {
            chart.sd += std::abs(points[i] - points[i - 1]) / ((n - 1.0) * d2);
        }
    }
    chart.judged = points.size() >= fewest_judged && chart.sd > rounding * size;
    if (!chart.judged) {
        return chart;
    }
    std::vector<double> z;
    for (double const point : points) {
        z.push_back((point - chart.centre) / chart.sd);
    }
    for (bool const upward : {true, false}) {
        find_runs(z, upward, chart.signals);
        find_trends(z, upward, chart.signals);
    }
    for (bool const upward : {true, false}) {
        find_two_of_three(z, upward, chart.signals);
    }
    find_beyond_action(z, chart.signals);
    return chart;
}

FalseSignals simulate_false_signals(std::size_t points, std::uint64_t seed) {
    CMQ_EXPECTS(points >= fewest_judged);
    constexpr std::size_t most_points = 4'000'000;
    std::size_t const charts = std::clamp<std::size_t>(
        most_points / points, 40, 20'000); // at most 0.35 % standard error below n = 200
    constexpr std::uint32_t task = 0;
    std::size_t signalled = 0;
    std::vector<double> values(points);
    for (std::size_t c = 0; c < charts; ++c) {
        Random random{seed, task, c};
        for (double& value : values) {
            value = random.normal();
        }
        signalled += make_control_chart(values).signals.empty() ? 0U : 1U;
    }
    return {static_cast<double>(signalled) / static_cast<double>(charts), charts};
}

} // namespace cmq::lab
