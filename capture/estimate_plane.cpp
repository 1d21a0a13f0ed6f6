// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/estimate_plane.hpp"

#include "capture/rounded_normal.hpp"
#include "capture/student_interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cmq::capture {
namespace {

// Everything that the numbers of a plane are made of, added up over bands.
struct Totals {
    ContrastSums dark;
    std::vector<ContrastSums> levels;
    ResidualSums dark_map;
    ResidualSums flat_map;
};

Totals total_of(PlaneSums const& sums) {
    Totals totals;
    totals.levels.resize(sums.levels.size());
    for (std::size_t band = 0; band < sums.dark.size(); ++band) {
        totals.dark += sums.dark[band];
        if (!sums.dark_map.empty()) {
            totals.dark_map += sums.dark_map[band];
        }
        if (!sums.flat_map.empty()) {
            totals.flat_map += sums.flat_map[band];
        }
        for (std::size_t i = 0; i < sums.levels.size(); ++i) {
            totals.levels[i] += sums.levels[i].bands[band];
        }
    }
    return totals;
}

Totals without(Totals totals, PlaneSums const& sums, std::size_t band) {
    totals.dark -= sums.dark[band];
    if (!sums.dark_map.empty()) {
        totals.dark_map -= sums.dark_map[band];
    }
    if (!sums.flat_map.empty()) {
        totals.flat_map -= sums.flat_map[band];
    }
    for (std::size_t i = 0; i < sums.levels.size(); ++i) {
        totals.levels[i] -= sums.levels[i].bands[band];
    }
    return totals;
}

double mean_of(ContrastSums const& sums) {
    return sums.photosites > 0 ? sums.signal / sums.photosites : 0.0;
}

double within_of(ContrastSums const& sums) {
    return sums.within_degrees > 0 ? sums.within_squares / sums.within_degrees : 0.0;
}

// Half the range that where black lies within a step leaves to a temporal variance.
double rounding_doubt(double variance) {
    if (variance > 1.1) { // noise of a whole step: the range is 1e-8
        return 0.0;
    }
    double const sd = to_before_rounding(variance, variance, variance).sd;
    return 0.5 * (rounded_variance(sd, 0.5) - rounded_variance(sd, 0.0));
}

struct Point {
    double signal = 0;
    double variance = 0;
    double degrees = 0;
    double doubt = 0; // from rounding
};

std::vector<Point> points_of(PlaneSums const& sums, Totals const& totals) {
    double const dark = mean_of(totals.dark);
    std::vector<Point> points{{0.0, within_of(totals.dark), totals.dark.within_degrees, 0.0}};
    for (std::size_t i = 0; i < sums.levels.size(); ++i) {
        if (sums.levels[i].in_gain) {
            points.push_back({mean_of(totals.levels[i]) - dark,
                              within_of(totals.levels[i]),
                              totals.levels[i].within_degrees,
                              0.0});
        }
    }
    for (Point& point : points) {
        point.doubt = rounding_doubt(point.variance);
    }
    return points;
}

struct Line {
    double slope = 0;
    double intercept = 0;
    double doubt = 0; // of the slope, from rounding
};

// Weighted least squares; the weights follow the line, not the scatter of the points.
Line fit_line(std::vector<Point> const& points) {
    Line line;
    for (int turn = 0; turn < 5; ++turn) {
        double sw = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        std::vector<double> weights;
        for (Point const& point : points) {
            double const model =
                turn == 0 ? point.variance : line.intercept + line.slope * point.signal;
            double const variance = std::max(model, 1e-3);
            double const weight =
                1.0 / (2.0 * variance * variance / point.degrees + point.doubt * point.doubt);
            weights.push_back(weight);
            sw += weight;
            sx += weight * point.signal;
            sy += weight * point.variance;
            sxx += weight * point.signal * point.signal;
            sxy += weight * point.signal * point.variance;
        }
        double const determinant = sw * sxx - sx * sx;
        if (!(determinant > 0)) {
            return {};
        }
        line.slope = (sw * sxy - sx * sy) / determinant;
        line.intercept = (sy - line.slope * sx) / sw;
        double doubt = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            double const pull = weights[i] * (sw * points[i].signal - sx) / determinant;
            doubt += pull * pull * points[i].doubt * points[i].doubt;
        }
        line.doubt = std::sqrt(doubt);
    }
    return line;
}

// The numbers that the jackknife is taken of.
enum Number : std::size_t { gain, temporal, row, dark_signal, prnu, dsnu, number_count };

using Numbers =
    std::array<double, number_count>; // gain and dark signal as they are, the others squared

double row_variance(ContrastSums const& sums, std::size_t rows) {
    double const unbiased = static_cast<double>(rows) / static_cast<double>(rows - 1);
    return sums.rows > 0 ? sums.row_squares / sums.rows * unbiased -
                               within_of(sums) * sums.row_share / sums.rows
                         : 0.0;
}

// Variance of one photosite of the flat map: `light` at the level 1, in proportion to the level, and `dark` anywhere.
struct FlatNoise {
    double light = 0;
    double dark = 0;
};

// Light that all frames of the flat map add up to at its mean.
double flat_signal(PlaneSums const& sums, Totals const& totals) {
    double signal = 0;
    for (std::size_t i = 0; i < sums.levels.size(); ++i) {
        if (sums.levels[i].in_flat) {
            signal += static_cast<double>(sums.levels[i].means_dn.size()) *
                      (mean_of(totals.levels[i]) - mean_of(totals.dark));
        }
    }
    return signal;
}

// \param unit       flat_signal of the whole plane: what stands for 1 in the map
// \param row_share  how much of the rows' shift counts
FlatNoise flat_noise(PlaneSums const& sums, Totals const& totals, double unit, double row_share) {
    double const dark =
        within_of(totals.dark) + std::max(row_variance(totals.dark, sums.rows), 0.0) * row_share;
    double light = 0;
    double frames = 0;
    for (std::size_t i = 0; i < sums.levels.size(); ++i) {
        if (sums.levels[i].in_flat) {
            auto const n = static_cast<double>(sums.levels[i].means_dn.size());
            light += n * (within_of(totals.levels[i]) - within_of(totals.dark));
            frames += n;
        }
    }
    double const signal = flat_signal(sums, totals);
    if (!(signal > 0) || !(unit > 0)) {
        return {};
    }
    double const dark_sum =
        dark * (frames + frames * frames / static_cast<double>(sums.dark_frames));
    return {light / signal / unit, dark_sum / (unit * unit)};
}

double flat_sigma(PlaneSums const& sums, Totals const& totals) {
    FlatNoise const noise = flat_noise(sums, totals, flat_signal(sums, totals), 1.0);
    return std::sqrt(std::max(noise.light + noise.dark, 0.0));
}

Numbers numbers_of(PlaneSums const& sums, Totals const& totals, double unit) {
    Numbers numbers{};
    numbers[gain] = fit_line(points_of(sums, totals)).slope;
    numbers[row] = row_variance(totals.dark, sums.rows);
    numbers[temporal] = within_of(totals.dark) + numbers[row];
    numbers[dark_signal] = mean_of(totals.dark);
    auto const frames = static_cast<double>(sums.dark_frames);
    double const dark_noise =
        (within_of(totals.dark) + row_share_in_residual * numbers[row]) / frames;
    if (totals.dark_map.degrees > 0) {
        numbers[dsnu] = totals.dark_map.squares / totals.dark_map.degrees - dark_noise;
    }
    if (totals.flat_map.level_squares > 0) {
        FlatNoise const noise = flat_noise(sums, totals, unit, row_share_in_residual);
        numbers[prnu] = (totals.flat_map.squares - noise.light * totals.flat_map.levels -
                         noise.dark * totals.flat_map.degrees) /
                        totals.flat_map.level_squares;
    }
    return numbers;
}

// Standard uncertainties from leaving out one band at a time.
Numbers jackknife(PlaneSums const& sums, Totals const& totals, double unit) {
    std::size_t const bands = sums.dark.size();
    std::vector<Numbers> parts;
    Numbers mean{};
    for (std::size_t band = 0; band < bands; ++band) {
        parts.push_back(numbers_of(sums, without(totals, sums, band), unit));
        for (std::size_t i = 0; i < number_count; ++i) {
            mean[i] += parts.back()[i] / static_cast<double>(bands);
        }
    }
    Numbers sigma{};
    for (Numbers const& part : parts) {
        for (std::size_t i = 0; i < number_count; ++i) {
            sigma[i] += (part[i] - mean[i]) * (part[i] - mean[i]);
        }
    }
    for (double& one : sigma) {
        one = std::sqrt(one * static_cast<double>(bands - 1) / static_cast<double>(bands));
    }
    return sigma;
}

void set_temporal(double variance, double sigma, double factor, double degrees, PlaneEstimate& to) {
    // Where nothing ever changed, three changes by one would still have been missed once in twenty.
    double const reach = factor * sigma + 3.0 / degrees;
    double const low = std::max(variance - reach, 0.0);
    double const high = std::max(variance, 0.0) + reach;
    double const value = std::max(variance, 0.0);
    Measured& all = to.profile.temporal_dark_dn;
    all = {std::sqrt(value), 0.0, std::sqrt(low), std::sqrt(high)};
    all.sigma = 0.5 * (all.high - all.low) / factor;
    BeforeRounding const before = to_before_rounding(low, value, high);
    to.profile.read_noise_dn = {
        before.sd, 0.5 * (before.high - before.low) / factor, before.low, before.high};
    to.rounding_hides_noise = rounding_doubt(value) > 0.05 * value;
}

// How much rounding may bend the mean of numbers of that variance over time and photosites: the first harmonic of
// the staircase, at the least noise that gives the variance.
double ripple(double variance) {
    double const sd = to_before_rounding(variance, variance, variance).low;
    return 1.1 * std::exp(-2.0 * std::numbers::pi * std::numbers::pi * sd * sd);
}

// Rows shift by a part of a step: they show by the slope of the staircase where black lies.
Measured rows_before_rounding(Measured rows, double bend, double most) {
    double const slope = 2.0 * bend;
    if (slope > 0.5) {
        return {std::min(rows.value, most), 0.5 * most, 0.0, most};
    }
    rows.low /= 1.0 + slope;
    rows.high /= 1.0 - slope;
    return rows;
}

Measured spread_of_dark(double square, double sigma, double factor, double temporal_variance) {
    Measured result = measured_root(square, sigma, factor);
    double const value = std::max(square, 0.0);
    double const noise = std::max(temporal_variance, 0.0);
    if (value + noise > 1.1) {
        return result;
    }
    // What rounding leaves open: one frame's spread over photosites and time is a rounded normal too.
    BeforeRounding const all = to_before_rounding(value + noise, value + noise, value + noise);
    BeforeRounding const part = to_before_rounding(noise, noise, noise);
    double const low = std::max(all.low * all.low - part.high * part.high, 0.0);
    double const high = std::max(all.high * all.high - part.low * part.low, 0.0);
    double const below = std::max(value - low, 0.0);
    double const above = std::max(high - value, 0.0);
    result.value = std::sqrt(std::max(all.sd * all.sd - part.sd * part.sd, 0.0));
    result.low = std::sqrt(std::max(result.low * result.low - below, 0.0));
    result.high = std::sqrt(result.high * result.high + above);
    result.value = std::clamp(result.value, result.low, result.high);
    result.sigma = 0.5 * (result.high - result.low) / factor;
    return result;
}

} // namespace

double flat_sigma_of(PlaneSums const& sums) {
    return flat_sigma(sums, total_of(sums));
}

std::optional<PlaneEstimate> estimate_plane(PlaneSums const& sums) {
    CMQ_EXPECTS(sums.dark_frames > 1 && sums.dark.size() > 1);
    Totals const totals = total_of(sums);
    double const unit = flat_signal(sums, totals);
    Numbers const value = numbers_of(sums, totals, unit);
    Numbers const sigma = jackknife(sums, totals, unit);
    double const factor = student_factor(sums.dark.size() - 1);
    PlaneEstimate estimate;
    PlaneProfile& profile = estimate.profile;
    profile.gain_dn = measured(
        value[gain], std::hypot(sigma[gain], fit_line(points_of(sums, totals)).doubt), factor);
    if (!(profile.gain_dn.low > 0)) {
        return {};
    }
    set_temporal(value[temporal], sigma[temporal], factor, totals.dark.within_degrees, estimate);
    profile.dark_signal_dn =
        measured(value[dark_signal], std::hypot(sigma[dark_signal], sums.black_sigma_dn), factor);
    double const bend = ripple(std::max(value[temporal], 0.0) + std::max(value[dsnu], 0.0));
    double const doubt = std::min(0.5, bend / std::numbers::pi);
    profile.row_noise_dn = rows_before_rounding(
        measured_root(value[row], sigma[row], factor), bend, profile.read_noise_dn.high);
    profile.dark_signal_dn.low -= doubt;
    profile.dark_signal_dn.high += doubt;
    profile.dark_signal_dn.sigma = std::hypot(profile.dark_signal_dn.sigma, doubt / std::sqrt(3.0));
    profile.dsnu_dn = spread_of_dark(value[dsnu], sigma[dsnu], factor, value[temporal]);
    profile.prnu = measured_root(value[prnu], sigma[prnu], factor);
    estimate.dark_sigma_dn =
        profile.temporal_dark_dn.value / std::sqrt(static_cast<double>(sums.dark_frames));
    estimate.flat_sigma = flat_sigma(sums, totals);
    return estimate;
}

} // namespace cmq::capture
