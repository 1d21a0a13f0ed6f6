// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/estimate_plane.hpp"
#include "capture/student_interval.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::capture {
namespace {

constexpr double most_in_gain = 0.7; // of saturation; EMVA 1288
constexpr double most_in_flat = 0.9; // of saturation: no photosite of a plain flat is cut off yet
constexpr double most_saturated = 1e-3; // share of photosites: hot ones
constexpr double has_fallen = 0.8;      // of the greatest variance of darker flats
constexpr double is_gone = 0.05;        // of it: every photosite is full
constexpr double least_in_line = 0.05;  // of saturation; EMVA 1288

ContrastSums total(std::vector<ContrastSums> const& bands) {
    ContrastSums sum;
    for (ContrastSums const& band : bands) {
        sum += band;
    }
    return sum;
}

double variance_of(ContrastSums const& sums) {
    return sums.within_degrees > 0 ? sums.within_squares / sums.within_degrees : 0.0;
}

double mean_of(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Spread of the means of bands, as the standard uncertainty of their mean.
double sigma_of_mean(std::vector<ContrastSums> const& bands) {
    std::vector<double> means;
    for (ContrastSums const& band : bands) {
        if (band.photosites > 0) {
            means.push_back(band.signal / band.photosites);
        }
    }
    double const mean = mean_of(means);
    double squares = 0;
    for (double const one : means) {
        squares += (one - mean) * (one - mean);
    }
    auto const n = static_cast<double>(means.size());
    return n > 1 ? std::sqrt(squares / (n - 1) / n) : 0.0;
}

Saturation saturation_of(PlaneSums const& sums) {
    std::vector<double> variances;
    for (LevelSums const& level : sums.levels) {
        variances.push_back(variance_of(total(level.bands)));
    }
    auto const most = std::ranges::max_element(variances);
    auto const first_fallen = std::find_if(
        most, variances.end(), [&](double variance) { return variance < has_fallen * *most; });
    Saturation found;
    double const stated = sums.stated_saturation_dn;
    if (first_fallen == variances.end()) {
        double brightest = 0;
        for (LevelSums const& level : sums.levels) {
            if (level.saturated_share <= most_saturated) {
                brightest = std::max(brightest, mean_of(level.means_dn));
            }
        }
        found.level = {stated, 0.0, std::min(brightest, stated), stated};
        return found;
    }
    found.reached = true;
    LevelSums const& top = sums.levels.back();
    double const full = mean_of(top.means_dn);
    double const factor = student_factor(top.bands.size() - 1);
    double const sigma = sigma_of_mean(top.bands);
    double const below =
        mean_of(sums.levels[static_cast<std::size_t>(most - variances.begin())].means_dn);
    found.level = measured(full, std::hypot(sigma, sums.black_sigma_dn), factor);
    found.level.low -= 0.5; // a step: what is full need not be spread over several
    found.level.high += 0.5;
    if (variances.back() > is_gone * *most) { // some photosites are not full yet
        found.level.low = std::min(found.level.low, below);
        found.level.high = std::max(found.level.high, stated);
        found.level.sigma = (found.level.high - found.level.low) / std::sqrt(12.0);
    }
    return found;
}

// A line through (exposure, mean) with weights 1 / mean^2, as relative departures from it.
std::vector<double> departures(std::vector<double> const& exposures,
                               std::vector<double> const& means,
                               std::vector<double> const& weights) {
    double sw = 0;
    double st = 0;
    double sy = 0;
    double stt = 0;
    double sty = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        sw += weights[i];
        st += weights[i] * exposures[i];
        sy += weights[i] * means[i];
        stt += weights[i] * exposures[i] * exposures[i];
        sty += weights[i] * exposures[i] * means[i];
    }
    double const slope = (sw * sty - st * sy) / (sw * stt - st * st);
    double const intercept = (sy - slope * st) / sw;
    std::vector<double> result;
    for (std::size_t i = 0; i < means.size(); ++i) {
        double const line = intercept + slope * exposures[i];
        result.push_back((means[i] - line) * std::sqrt(weights[i]));
    }
    return result;
}

struct LinePoint {
    double exposure_s;
    double mean_dn; // above the dark
    double frames;
    double own_sigma; // relative, of the level's mean, without the lamp
};

struct LinePoints {
    std::vector<LinePoint> points;
    double lamp_squares = 0; // relative, of frames about their level's mean
    std::size_t lamp_degrees = 0;
};

LinePoints points_of(PlaneSums const& sums, double saturation_dn) {
    ContrastSums const dark = total(sums.dark);
    double const dark_mean = dark.signal / dark.photosites;
    double const dark_sigma = sigma_of_mean(sums.dark);
    LinePoints found;
    for (LevelSums const& level : sums.levels) {
        double const mean = mean_of(level.means_dn) - dark_mean;
        if (!level.in_flat || !level.exposure_s || mean < least_in_line * saturation_dn) {
            continue;
        }
        ContrastSums const all = total(level.bands);
        auto const frames = static_cast<double>(level.means_dn.size());
        double const noise = variance_of(all) / all.photosites +
                             variance_of(dark) / dark.photosites + dark_sigma * dark_sigma +
                             2.0 * sums.black_sigma_dn * sums.black_sigma_dn;
        found.points.push_back({*level.exposure_s, mean, frames, std::sqrt(noise) / mean});
        for (double const frame : level.means_dn) {
            double const off = (frame - dark_mean - mean) / mean;
            found.lamp_squares += off * off;
        }
        found.lamp_degrees += level.means_dn.size() - 1;
    }
    return found;
}

// What a straight line against exposure can be asked of.
bool shows_a_line(LinePoints const& found) {
    auto const [least, most] = std::ranges::minmax(found.points, {}, &LinePoint::exposure_s);
    return found.points.size() >= 3 && most.exposure_s >= 2.0 * least.exposure_s;
}

// Relative standard uncertainty of a level's mean: its own, and the lamp's at its exposures.
double sigma_of(LinePoint const& point, LinePoints const& among) {
    double const lamp = among.lamp_squares / static_cast<double>(among.lamp_degrees);
    return std::sqrt(lamp / point.frames + point.own_sigma * point.own_sigma);
}

double curvature_of(std::vector<LinePoint> const& points, std::vector<double> const& weights) {
    double sw = 0;
    double st = 0;
    double su = 0;
    double stt = 0;
    double stu = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double const t = points[i].exposure_s;
        double const u = points[i].mean_dn / t;
        sw += weights[i];
        st += weights[i] * t;
        su += weights[i] * u;
        stt += weights[i] * t * t;
        stu += weights[i] * t * u;
    }
    double const slope = (sw * stu - st * su) / (sw * stt - st * st);
    double const start = (su - slope * st) / sw;
    return -slope / (start * start);
}

} // namespace

Saturation find_saturation_of(PlaneSums& sums) {
    Saturation const found = saturation_of(sums);
    double greatest = 0;
    for (LevelSums& level : sums.levels) {
        double const mean = mean_of(level.means_dn);
        double const variance = variance_of(total(level.bands));
        bool const clear =
            level.saturated_share <= most_saturated && variance >= has_fallen * greatest;
        greatest = std::max(greatest, variance);
        level.in_gain = clear && mean <= most_in_gain * found.level.value;
        level.in_flat = clear && mean <= most_in_flat * found.level.value;
    }
    return found;
}

std::optional<Measured> measure_linearity(PlaneSums const& sums, double saturation_dn) {
    LinePoints const found = points_of(sums, saturation_dn);
    std::vector<double> exposures;
    std::vector<double> means;
    std::vector<double> weights;
    for (LinePoint const& point : found.points) {
        exposures.push_back(point.exposure_s);
        means.push_back(point.mean_dn);
        weights.push_back(1.0 / (point.mean_dn * point.mean_dn));
    }
    if (found.points.empty() || !shows_a_line(found)) {
        return {};
    }
    auto const off = departures(exposures, means, weights);
    std::vector<double> squares(off.size());
    for (std::size_t i = 0; i < means.size();
         ++i) { // each level's error, through the line to all departures
        double const sigma = sigma_of(found.points[i], found);
        std::vector<double> moved = means;
        moved[i] *= 1.0 + sigma;
        auto const moved_off = departures(exposures, moved, weights);
        for (std::size_t j = 0; j < off.size(); ++j) {
            squares[j] += (moved_off[j] - off[j]) * (moved_off[j] - off[j]);
        }
    }
    // For the greatest of several, each gets its part of the 5 %.
    double const factor =
        student_factor(found.lamp_degrees, 0.05 / static_cast<double>(off.size()));
    Measured result;
    for (std::size_t i = 0; i < off.size(); ++i) {
        double const size = std::abs(off[i]);
        double const sigma = std::sqrt(squares[i]);
        if (size >= result.value) {
            result.value = size;
            result.sigma = sigma;
        }
        result.low = std::max(result.low, size - factor * sigma);
        result.high = std::max(result.high, size + factor * sigma);
    }
    return result;
}

std::optional<Measured> measure_curvature(PlaneSums const& sums, double saturation_dn) {
    LinePoints const found = points_of(sums, saturation_dn);
    if (found.points.empty() || !shows_a_line(found)) {
        return {};
    }
    std::vector<double> weights;
    for (LinePoint const& point : found.points) {
        double const error =
            point.mean_dn / point.exposure_s * std::max(sigma_of(point, found), 1e-9);
        weights.push_back(1.0 / (error * error));
    }
    double const value = curvature_of(found.points, weights);
    double squares = 0;
    for (std::size_t i = 0; i < found.points.size(); ++i) {
        std::vector<LinePoint> moved = found.points;
        moved[i].mean_dn *= 1.0 + sigma_of(found.points[i], found);
        double const change = curvature_of(moved, weights) - value;
        squares += change * change;
    }
    return measured(value, std::sqrt(squares), student_factor(found.lamp_degrees));
}

} // namespace cmq::capture
