// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether blanks stay where they were: a control chart of individual values.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class ChartRule : std::uint8_t {
    beyond_action,  ///< one point more than 3 s from the centre
    two_of_three,   ///< two of three in a row more than 2 s from it on one side
    nine_on_a_side, ///< nine or more in a row on one side
    six_in_a_row,   ///< six or more in a row rising, or falling
};

/// "beyond_action", "two_of_three", ...: the words of the JSON.
[[nodiscard]] std::string_view name_of(ChartRule rule) noexcept;

struct ChartSignal {
    ChartRule rule = ChartRule::beyond_action;
    bool upward = true;              ///< above the centre, or rising
    std::vector<std::size_t> points; ///< which show it, in order; a longer run is one signal
};

struct ControlChart {
    double centre = 0.0;
    double sd = 0.0; ///< mean moving range / 1.128; limits lie 2 and 3 of it from the centre
    bool judged =
        false; ///< at least fewest_judged points, and sd above 0: only then signals are sought
    std::vector<ChartSignal> signals; ///< steps and drifts first, single points last
};

inline constexpr std::size_t fewest_judged = 8;

/// Centre, spread and signals of points in their order in time.
///
/// \pre at least two points, all finite
///
/// Limits: limits come from the same points that they judge. Points of unlike precision (means of unlike numbers of
/// blanks), skewed ones and coarsely rounded ones give more false signals than simulate_false_signals says.
/// Source: ISO 7870-2:2013 (limits, d2 = 1.128); L. S. Nelson, J. Quality Technology 16 (1984) 237 (tests 1, 2, 3, 5).
[[nodiscard]] ControlChart make_control_chart(std::span<double const> points);

struct FalseSignals {
    double share = 0.0;     ///< of charts of a steady process that give any signal
    std::size_t charts = 0; ///< simulated
};

/// How often a steady process (independent normal points) gives a signal in a chart of so many points.
/// Cost: at most about 4e6 points. The same seed gives the same bits.
/// \pre points >= fewest_judged
[[nodiscard]] FalseSignals simulate_false_signals(std::size_t points, std::uint64_t seed);

} // namespace cmq::lab
