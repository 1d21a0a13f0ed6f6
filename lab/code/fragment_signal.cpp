// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/fragment_signal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cmq::lab {
namespace {

constexpr std::size_t half_window = 200;
constexpr std::size_t node_step = 50;
constexpr double of_mad =
    1.4826; // standard deviation of a normal of which the median distance is 1

double median_of(std::span<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Middle of what lies between the peaks of a window.
double middle_between(std::vector<double> window) {
    std::ranges::sort(window);
    std::size_t kept = window.size();
    double found = window[window.size() * 3 / 10];
    std::vector<double> below;
    for (int turn = 0; turn < 20; ++turn) {
        below.clear();
        for (double const value : window) {
            if (value > found) {
                break;
            }
            below.push_back(found - value);
        }
        double const most = found + 3.0 * of_mad * median_of(below);
        auto const now =
            static_cast<std::size_t>(std::ranges::upper_bound(window, most) - window.begin());
        found = window[now / 2];
        if (now == kept) {
            break;
        }
        kept = now;
    }
    return found;
}

/// Five scans, second degree (A. Savitzky, M. J. E. Golay, Anal. Chem. 36 (1964) 1627).
std::vector<double> smoothed(std::vector<double> const& values) {
    constexpr std::array weights{-3.0, 12.0, 17.0, 12.0, -3.0};
    std::vector<double> smooth = values;
    for (std::size_t i = 2; i + 2 < values.size(); ++i) {
        double sum = 0.0;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            sum += weights[k] * values[i + k - 2];
        }
        smooth[i] = sum / 35.0;
    }
    return smooth;
}

/// Where the signal turns up again beside a summit, or ends.
struct Flank {
    std::size_t valley = 0;
    double lowest = 0.0;
};

/// From a summit outwards until something higher: the lowest value met, and where.
Flank walk(std::vector<double> const& values, std::size_t summit, int step) {
    Flank flank{summit, values[summit]};
    auto at = static_cast<std::ptrdiff_t>(summit);
    auto const end = static_cast<std::ptrdiff_t>(values.size());
    while ((at += step) >= 0 && at < end) {
        double const value = values[static_cast<std::size_t>(at)];
        if (value > values[summit]) {
            break;
        }
        if (value < flank.lowest) {
            flank = {static_cast<std::size_t>(at), value};
        }
        if (value <= 0.0) {
            break; // the baseline
        }
    }
    return flank;
}

/// Scans at which the signal falls below a level, outwards from the summit, between two scans.
double crossing(std::vector<double> const& values, std::size_t summit, int step, double level) {
    auto at = static_cast<std::ptrdiff_t>(summit);
    auto const end = static_cast<std::ptrdiff_t>(values.size());
    while (at + step >= 0 && at + step < end) {
        double const here = values[static_cast<std::size_t>(at)];
        double const next = values[static_cast<std::size_t>(at + step)];
        if (next < level) {
            return static_cast<double>(at) + step * (here - level) / (here - next);
        }
        at += step;
    }
    return static_cast<double>(at);
}

/// Summit of the parabola through the scans from `left` to `right` by least squares; none where it does not bend down there.
std::optional<double>
summit_of(std::vector<double> const& values, std::size_t summit, double left, double right) {
    auto const first = static_cast<std::size_t>(std::ceil(left));
    auto const last = std::min(static_cast<std::size_t>(std::max(right, 0.0)), values.size() - 1);
    std::array<double, 5> powers{};
    std::array<double, 3> moments{};
    for (std::size_t i = first; i <= last; ++i) {
        double const x = static_cast<double>(i) - static_cast<double>(summit);
        double power = 1.0;
        for (std::size_t k = 0; k < powers.size(); ++k) {
            powers[k] += power;
            if (k < moments.size()) {
                moments[k] += power * values[i];
            }
            power *= x;
        }
    }
    // Cramer's rule for slope and bend of a + b x + c x².
    auto const [s0, s1, s2, s3, s4] = powers;
    auto const [m0, m1, m2] = moments;
    double const b = s0 * (m1 * s4 - s3 * m2) - m0 * (s1 * s4 - s3 * s2) + s2 * (s1 * m2 - m1 * s2);
    double const c = s0 * (s2 * m2 - m1 * s3) - s1 * (s1 * m2 - m1 * s2) + m0 * (s1 * s3 - s2 * s2);
    double const d = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s3 * s2) + s2 * (s1 * s3 - s2 * s2);
    if (!(d > 0.0) || !(c < 0.0)) {
        return {};
    }
    double const x = -b / (2.0 * c);
    double const at = static_cast<double>(summit) + x;
    return at >= left && at <= right ? std::optional{at} : std::nullopt;
}

SignalPeak
measure_peak(FlatSignal const& signal, std::vector<double> const& smooth, std::size_t summit) {
    SignalPeak peak;
    peak.height = smooth[summit];
    double const left = crossing(smooth, summit, -1, 0.5 * peak.height);
    double const right = crossing(smooth, summit, 1, 0.5 * peak.height);
    peak.width = right - left;
    double const upper_left = crossing(smooth, summit, -1, 0.6 * peak.height);
    double const upper_right = crossing(smooth, summit, 1, 0.6 * peak.height);
    peak.scan = summit_of(signal.values, summit, upper_left, upper_right)
                    .value_or(static_cast<double>(summit));
    return peak;
}

} // namespace

FlatSignal subtract_baseline(std::span<double const> raw) {
    FlatSignal signal;
    signal.values.assign(raw.begin(), raw.end());
    if (raw.empty()) {
        return signal;
    }
    std::vector<double> nodes;
    for (std::size_t at = 0; at < raw.size() + node_step; at += node_step) {
        std::size_t const middle = std::min(at, raw.size() - 1);
        std::size_t const first = middle - std::min(middle, half_window);
        std::size_t const last = std::min(raw.size(), middle + half_window + 1);
        nodes.push_back(middle_between({raw.begin() + static_cast<std::ptrdiff_t>(first),
                                        raw.begin() + static_cast<std::ptrdiff_t>(last)}));
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
        std::size_t const node = i / node_step;
        double const share = static_cast<double>(i % node_step) / static_cast<double>(node_step);
        signal.values[i] -= (1.0 - share) * nodes[node] + share * nodes[node + 1];
    }
    // Peaks lie above: what lies below is noise alone, whatever the slope.
    std::vector<double> below;
    for (double const value : signal.values) {
        if (value <= 0.0) {
            below.push_back(-value);
        }
    }
    signal.noise = below.empty() ? 0.0 : of_mad * median_of(below);
    return signal;
}

std::vector<SignalPeak>
find_peaks(FlatSignal const& signal, std::span<std::size_t const> full, double least_height) {
    std::vector<double> const smooth = smoothed(signal.values);
    std::vector<SignalPeak> peaks;
    double const least = std::max(least_height, 10.0 * signal.noise);
    for (std::size_t i = 1; i + 1 < smooth.size(); ++i) {
        // Of a flat top the first scan.
        if (smooth[i] < least || smooth[i] <= smooth[i - 1] || smooth[i] < smooth[i + 1]) {
            continue;
        }
        Flank const before = walk(smooth, i, -1);
        Flank const after = walk(smooth, i, 1);
        double const rise = smooth[i] - std::max(before.lowest, after.lowest);
        if (rise < std::max(0.3 * smooth[i], 5.0 * signal.noise)) {
            continue;
        }
        SignalPeak peak = measure_peak(signal, smooth, i);
        for (std::size_t k = before.valley; k <= after.valley; ++k) {
            peak.area += std::max(signal.values[k], 0.0);
        }
        auto const reach = static_cast<std::size_t>(peak.width) + 1;
        auto const first_full = std::ranges::lower_bound(full, i - std::min(i, reach));
        peak.is_saturated = first_full != full.end() && *first_full <= i + reach;
        // A summit that the camera cut off may look like two.
        if (peak.is_saturated && !peaks.empty() && peaks.back().is_saturated &&
            peak.scan - peaks.back().scan < peak.width) {
            peaks.back() = peak.height > peaks.back().height ? peak : peaks.back();
            continue;
        }
        peaks.push_back(peak);
    }
    return peaks;
}

} // namespace cmq::lab
