// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/pattern.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "detect/pattern_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace cmq::detect {

namespace {

constexpr double pi = std::numbers::pi;

/// P(X <= k) of a Poisson X.
double poisson_below(std::size_t k, double mean) {
    double sum = 0.0;
    for (std::size_t i = 0; i <= k; ++i) {
        auto const n = static_cast<double>(i);
        sum += std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0));
    }
    return sum;
}

/// The mean at which a falling probability is 0.025 (or 0.975): by halving.
double mean_where(std::size_t k, double probability) {
    double low = 1e-12;
    double high = static_cast<double>(k) + 10.0 * std::sqrt(static_cast<double>(k) + 1.0) + 10.0;
    for (int i = 0; i < 100; ++i) {
        double const middle = 0.5 * (low + high);
        (poisson_below(k, middle) > probability ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

void check(std::span<PatternPoint const> points,
           PatternWindow const& window,
           PatternSettings const& settings) {
    auto const refuse = [](bool when, Words why) {
        if (when) {
            throw Error{ErrorKind::domain, why};
        }
    };
    double const scale = settings.mm_per_photosite.value_or(1.0);
    refuse(!(std::isfinite(scale) && scale > 0.0),
           {"l’échelle d’un motif de traces doit être un nombre supérieur à 0",
            "the scale of a pattern of traces must be a number above 0"});
    refuse(!(std::isfinite(window.x) && std::isfinite(window.y) && std::isfinite(window.width) &&
             std::isfinite(window.height) && window.width > 0.0 && window.height > 0.0),
           {"la zone examinée doit avoir une surface",
            "the part that was examined must have an area"});
    for (PatternPoint const& point : points) {
        refuse(
            !(std::isfinite(point.flux) && std::isfinite(point.diameter) && point.diameter >= 0.0),
            {"le flux ou le diamètre d’une trace n’est pas un nombre recevable",
             "the flux or diameter of a trace is no number that can be used"});
        refuse(!(point.x >= window.x && point.x <= window.x + window.width && point.y >= window.y &&
                 point.y <= window.y + window.height),
               {"une trace se trouve hors de la zone examinée",
                "a trace lies outside the part that was examined"});
    }
    if (settings.resamples < 100 || settings.null_draws < 99) {
        throw Error{ErrorKind::insufficient,
                    {"un motif demande au moins 100 rééchantillonnages et 99 tirages",
                     "a pattern needs at least 100 resamples and 99 draws"}};
    }
}

double volume_quantile(std::vector<double> const& sorted, double share) {
    double total = 0.0;
    for (double const d : sorted) {
        total += d * d * d;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        double const volume = sorted[i] * sorted[i] * sorted[i];
        if (sum + volume >= share * total) {
            // Between the one before and this, as the share lies within this one's volume.
            double const part = (share * total - sum) / volume;
            return i == 0 ? sorted[0] : sorted[i - 1] + part * (sorted[i] - sorted[i - 1]);
        }
        sum += volume;
    }
    return sorted.back();
}

std::size_t draw_index(Random& random, std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n)));
}

/// Share of a ring's directions and radii that lie in the window, times its area.
double area_within(PatternWindow const& window, double cx, double cy, double inner, double outer) {
    constexpr int radii = 24;
    constexpr int directions = 360;
    double sum = 0.0;
    for (int i = 0; i < radii; ++i) {
        double const r = inner + (outer - inner) * (i + 0.5) / radii;
        int inside = 0;
        for (int k = 0; k < directions; ++k) {
            double const angle = 2.0 * pi * (k + 0.5) / directions;
            double const x = cx + r * std::cos(angle);
            double const y = cy + r * std::sin(angle);
            inside += x >= window.x && x <= window.x + window.width && y >= window.y &&
                              y <= window.y + window.height
                          ? 1
                          : 0;
        }
        sum += 2.0 * pi * r * (outer - inner) / radii * inside / directions;
    }
    return sum;
}

struct Axes {
    double ratio;
    double angle_deg; ///< [0, 180)
};

Axes axes_of(Spread2 const& s) {
    double const half = 0.5 * (s.xx + s.yy);
    double const apart = std::hypot(0.5 * (s.xx - s.yy), s.xy);
    double const angle = 0.5 * std::atan2(2.0 * s.xy, s.xx - s.yy) * 180.0 / pi;
    double const least = std::max(half - apart, 1e-12 * half);
    return {std::sqrt((half + apart) / least), angle < 0.0 ? angle + 180.0 : angle};
}

} // namespace

std::array<PatternFeature, pattern_features.size()> named_features(Pattern const& pattern) {
    std::array<PatternFeature, pattern_features.size()> features;
    std::ranges::transform(pattern_features, features.begin(), [](std::string_view name) {
        return PatternFeature{name, std::nullopt};
    });
    if (pattern.count > 0) {
        features[0].value = std::log(static_cast<double>(pattern.count));
    }
    if (pattern.sizes) {
        features[1].value = pattern.sizes->mean_log;
        features[2].value = pattern.sizes->sd_log;
    }
    if (pattern.elongation) {
        features[3].value = std::log(pattern.elongation->ratio.value);
    }
    if (pattern.clark_evans && pattern.clark_evans->ratio > 0.0) {
        features[4].value = std::log(pattern.clark_evans->ratio);
    }
    if (pattern.symmetry) {
        features[5].value = pattern.symmetry->score - pattern.symmetry->null_mean;
    }
    return features;
}

std::optional<std::vector<double>> to_features(Pattern const& pattern) {
    std::vector<double> features;
    for (PatternFeature const& feature : named_features(pattern)) {
        if (!feature.value) {
            return std::nullopt;
        }
        features.push_back(*feature.value);
    }
    return features;
}

Ranged poisson_interval(std::size_t count) {
    auto const n = static_cast<double>(count);
    return {n, count == 0 ? 0.0 : mean_where(count - 1, 0.975), mean_where(count, 0.025)};
}

Ranged to_ranged(double value, std::vector<double> resampled) {
    std::ranges::sort(resampled);
    auto const at = [&](double share) {
        return resampled[static_cast<std::size_t>(
            std::floor(share * static_cast<double>(resampled.size() - 1) + 0.5))];
    };
    return {value, std::min(value, at(0.025)), std::max(value, at(0.975))};
}

Spread2 spread_of(std::span<PatternPoint const> points) {
    Spread2 s;
    auto const n = static_cast<double>(points.size());
    for (PatternPoint const& point : points) {
        s.mean_x += point.x / n;
        s.mean_y += point.y / n;
    }
    for (PatternPoint const& point : points) {
        s.xx += (point.x - s.mean_x) * (point.x - s.mean_x) / n;
        s.xy += (point.x - s.mean_x) * (point.y - s.mean_y) / n;
        s.yy += (point.y - s.mean_y) * (point.y - s.mean_y) / n;
    }
    return s;
}

SizeLaw measure_sizes(std::span<double const> diameters, PatternSettings const& settings) {
    std::vector<double> sorted(diameters.begin(), diameters.end());
    std::ranges::sort(sorted);
    SizeLaw law{.count = sorted.size(),
                .d_v10 = {},
                .d_v50 = {},
                .d_v90 = {},
                .found_d_v10 = volume_quantile(sorted, 0.1),
                .found_d_v50 = volume_quantile(sorted, 0.5),
                .found_d_v90 = volume_quantile(sorted, 0.9)};
    auto const n = static_cast<double>(sorted.size());
    for (double const d : sorted) {
        law.mean_log += std::log(d) / n;
    }
    double squares = 0.0;
    for (double const d : sorted) {
        squares += (std::log(d) - law.mean_log) * (std::log(d) - law.mean_log);
    }
    law.sd_log = std::sqrt(squares / (n - 1.0));
    law.mean_log_sigma = law.sd_log / std::sqrt(n);
    law.sd_log_sigma = law.sd_log / std::sqrt(2.0 * (n - 1.0)); // of normal values
    // The volume of log-normal diameters is log-normal too: ln d_v normal about m + 3 s^2 with s.
    constexpr double tenth = 1.2815515655446004; // standard normal quantile of 0.9
    auto const quantile = [](double m, double s, double z) {
        return std::exp(m + 3.0 * s * s + z * s);
    };
    std::array<std::vector<double>, 3> drawn;
    for (std::size_t draw = 0; draw < settings.resamples; ++draw) {
        // Generalised intervals (Weerahandi 1993): what m and s may be, given the sample's.
        Random random{settings.seed, pattern_task::sizes, draw};
        double const s = law.sd_log * std::sqrt((n - 1.0) / (2.0 * random.gamma(0.5 * (n - 1.0))));
        double const m = law.mean_log + s / std::sqrt(n) * random.normal();
        drawn[0].push_back(quantile(m, s, -tenth));
        drawn[1].push_back(quantile(m, s, 0.0));
        drawn[2].push_back(quantile(m, s, tenth));
    }
    law.d_v10 = to_ranged(quantile(law.mean_log, law.sd_log, -tenth), std::move(drawn[0]));
    law.d_v50 = to_ranged(quantile(law.mean_log, law.sd_log, 0.0), std::move(drawn[1]));
    law.d_v90 = to_ranged(quantile(law.mean_log, law.sd_log, tenth), std::move(drawn[2]));
    return law;
}

Elongation measure_elongation(std::span<PatternPoint const> points,
                              PatternSettings const& settings) {
    Spread2 const s = spread_of(points);
    Axes const axes = axes_of(s);
    std::vector<double> ratios;
    std::vector<double> angles; // from the value, (-90, 90]
    std::vector<PatternPoint> some(points.size());
    for (std::size_t draw = 0; draw < settings.resamples; ++draw) {
        Random random{settings.seed, pattern_task::resample, draw};
        std::ranges::generate(some, [&] { return points[draw_index(random, points.size())]; });
        Axes const one = axes_of(spread_of(some));
        ratios.push_back(one.ratio);
        angles.push_back(std::remainder(one.angle_deg - axes.angle_deg, 180.0));
    }
    Elongation elongation{.ratio = to_ranged(axes.ratio, std::move(ratios))};
    // Mauchly's criterion for two normal coordinates: V = 2 sqrt(det) / trace has P(V <= v) = v^(n - 2), exactly.
    double const v =
        2.0 * std::sqrt(std::max(0.0, s.xx * s.yy - s.xy * s.xy)) / std::max(s.xx + s.yy, 1e-300);
    elongation.p_round = std::pow(std::min(v, 1.0), static_cast<double>(points.size()) - 2.0);
    if (elongation.p_round <= 0.05) {
        Ranged const about = to_ranged(0.0, std::move(angles));
        elongation.angle_deg =
            Ranged{axes.angle_deg, axes.angle_deg + about.low, axes.angle_deg + about.high};
    }
    return elongation;
}

std::vector<DensityRing> measure_rings(std::span<PatternPoint const> points,
                                       PatternWindow const& window,
                                       double centre_x,
                                       double centre_y) {
    constexpr std::size_t count = 5;
    double farthest = 0.0;
    for (PatternPoint const& point : points) {
        farthest = std::max(farthest, std::hypot(point.x - centre_x, point.y - centre_y));
    }
    std::vector<DensityRing> rings;
    for (std::size_t i = 0; i < count && farthest > 0.0; ++i) {
        DensityRing ring{.inner = farthest * static_cast<double>(i) / count,
                         .outer = farthest * static_cast<double>(i + 1) / count};
        for (PatternPoint const& point : points) {
            double const r = std::hypot(point.x - centre_x, point.y - centre_y);
            bool const is_last = i + 1 == count;
            ring.count += r >= ring.inner && (r < ring.outer || is_last) ? 1 : 0;
        }
        ring.area = area_within(window, centre_x, centre_y, ring.inner, ring.outer);
        if (ring.area > 0.0) {
            Ranged const n = poisson_interval(ring.count);
            ring.density = {n.value / ring.area, n.low / ring.area, n.high / ring.area};
        }
        rings.push_back(ring);
    }
    return rings;
}

// The sum over points of the distance to the nearest other one: from left to right, none is looked at that is
// farther away in x alone.
double sum_of_nearest(std::vector<PatternPoint> points) {
    std::ranges::sort(points, [](PatternPoint const& a, PatternPoint const& b) {
        return a.x < b.x || (a.x == b.x && a.y < b.y);
    });
    std::vector<double> nearest(points.size(), std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i; j-- > 0 && points[i].x - points[j].x < nearest[i];) {
            double const apart = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
            nearest[i] = std::min(nearest[i], apart);
        }
        for (std::size_t j = i + 1; j < points.size() && points[j].x - points[i].x < nearest[i];
             ++j) {
            double const apart = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
            nearest[i] = std::min(nearest[i], apart);
        }
    }
    return std::accumulate(nearest.begin(), nearest.end(), 0.0);
}

ClarkEvans measure_clark_evans(std::span<PatternPoint const> points, PatternWindow const& window) {
    double const sum = sum_of_nearest({points.begin(), points.end()});
    auto const n = static_cast<double>(points.size());
    double const area = window.width * window.height;
    double const border = 2.0 * (window.width + window.height);
    // Donnelly 1978, fitted to simulations in rectangles; n above 7.
    double const expected =
        0.5 * std::sqrt(area / n) + (0.0514 + 0.041 / std::sqrt(n)) * border / n;
    double const sigma =
        std::sqrt(0.0703 * area / (n * n) + 0.037 * border * std::sqrt(area / std::pow(n, 5.0)));
    ClarkEvans result{.ratio = sum / n / expected, .sigma = sigma / expected};
    result.z = (result.ratio - 1.0) / result.sigma;
    return result;
}

Pattern measure_pattern(std::span<PatternPoint const> points,
                        PatternWindow const& window,
                        PatternSettings const& settings) {
    check(points, window, settings);
    double const scale = settings.mm_per_photosite.value_or(1.0);
    std::vector<PatternPoint> scaled;
    std::vector<double> diameters;
    double flux = 0.0;
    double x = 0.0;
    double y = 0.0;
    for (PatternPoint const& point : points) {
        double const weight = std::max(0.0, point.flux);
        scaled.push_back({scale * point.x, scale * point.y, weight, scale * point.diameter});
        if (point.diameter > 0.0) {
            diameters.push_back(scale * point.diameter);
        }
        flux += weight;
        x += weight * point.x;
        y += weight * point.y;
    }
    PatternWindow const region{
        scale * window.x, scale * window.y, scale * window.width, scale * window.height};
    Pattern pattern;
    pattern.count = points.size();
    pattern.expected_count = poisson_interval(points.size());
    pattern.unit = settings.mm_per_photosite ? "mm" : "photosite";
    if (flux > 0.0) {
        pattern.centre_x = x / flux;
        pattern.centre_y = y / flux;
    }
    if (diameters.size() >= fewest_for_sizes) {
        pattern.sizes = measure_sizes(diameters, settings);
    }
    if (points.size() >= fewest_for_profile && flux > 0.0) {
        pattern.rings =
            measure_rings(scaled, region, scale * *pattern.centre_x, scale * *pattern.centre_y);
    }
    Spread2 const s = spread_of(scaled);
    bool const is_spread = points.size() > 1 && s.xx + s.yy > 0.0; // not all in one place
    if (points.size() >= fewest_for_elongation && is_spread) {
        pattern.elongation = measure_elongation(scaled, settings);
    }
    if (points.size() >= fewest_for_clark_evans) {
        pattern.clark_evans = measure_clark_evans(scaled, region);
    }
    if (settings.seek_symmetry && points.size() >= fewest_for_symmetry && is_spread) {
        pattern.symmetry = measure_symmetry(std::move(scaled), settings);
    }
    return pattern;
}

} // namespace cmq::detect
