// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/estimate_noise.hpp"

#include "capture/noise_blocks.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace cmq::capture {
namespace {

constexpr std::size_t fewest_blocks = 16;
constexpr double rounding_variance = 1.0 / 12.0; // of a uniform error one DN wide
constexpr double well_determined_share = 0.25;
constexpr double furthest_above = 3; // standard deviations; beyond it a point is taken for texture

// One class of signal: its blocks' mean signal and variance.
struct Point {
    double signal;
    double variance;
    double spread; // relative standard deviation of variance: sqrt(2 / degrees of freedom)
};

struct Line {
    double read_variance = 0;
    double gain = 0;
    double read_variance_sigma = 0;
    double gain_sigma = 0;

    [[nodiscard]] double at(double signal) const {
        return std::max(read_variance + gain * std::max(signal, 0.0), rounding_variance);
    }

    [[nodiscard]] bool well_determined() const {
        return gain > 0 && gain_sigma <= well_determined_share * gain;
    }
};

Point to_point(std::span<NoiseBlock const> members) {
    double signal = 0;
    double variance = 0;
    for (NoiseBlock const& block : members) {
        signal += static_cast<double>(block.signal);
        variance += static_cast<double>(block.variance);
    }
    auto const n = static_cast<double>(members.size());
    return {signal / n, variance / n, std::sqrt(2.0 / (n * noise_block_dof))};
}

// Two points a class: the smoothest twentieth, and the blocks from there to the smoothest quarter. Where a
// class is smooth both are good; in a rough one the first may still be.
std::vector<Point> to_points(std::vector<NoiseBlock>& blocks) {
    std::ranges::sort(blocks, {}, &NoiseBlock::signal);
    std::size_t const classes = std::clamp<std::size_t>(blocks.size() / 40, 1, 32);
    std::vector<Point> points;
    for (std::size_t i = 0; i < classes; ++i) {
        std::size_t const first = blocks.size() * i / classes;
        std::size_t const last = blocks.size() * (i + 1) / classes;
        auto const members = std::span{blocks}.subspan(first, last - first);
        std::ranges::sort(members, {}, &NoiseBlock::structure);
        std::size_t const twentieth = std::max<std::size_t>(members.size() / 20, 1);
        std::size_t const quarter = std::max(members.size() / 4, twentieth + 1);
        points.push_back(to_point(members.first(twentieth)));
        points.push_back(to_point(members.subspan(twentieth, quarter - twentieth)));
    }
    return points;
}

// Sums of a weighted straight line.
struct Normal {
    double w = 0;
    double x = 0;
    double xx = 0;
    double y = 0;
    double xy = 0;

    void add(double weight, double at, double value) {
        w += weight;
        x += weight * at;
        xx += weight * at * at;
        y += weight * value;
        xy += weight * at * value;
    }

    [[nodiscard]] double determinant() const { return w * xx - x * x; }
};

// Both coefficients, or one where the other would be negative: neither variance nor gain can be.
Line solve(Normal const& n) {
    double const determinant = n.determinant();
    Line line;
    if (determinant > 1e-9 * n.w * n.xx) {
        line.read_variance = (n.xx * n.y - n.x * n.xy) / determinant;
        line.gain = (n.w * n.xy - n.x * n.y) / determinant;
    } else {
        line.read_variance = n.y / n.w;
    }
    if (line.gain < 0) {
        line.gain = 0;
        line.read_variance = n.y / n.w;
    }
    if (line.read_variance < 0) {
        line.read_variance = 0;
        line.gain = n.xx > 0 ? n.xy / n.xx : 0;
    }
    return line;
}

// How far a point lies from the line, in standard deviations of a mean of squares of normal variables;
// from the line's variance, for a point that is low by chance must not weigh more.
double deviation(Line const& line, Point const& point) {
    double const fitted = line.at(point.signal);
    return (point.variance - fitted) / (fitted * point.spread);
}

// Texture lifts points and nothing lowers them: far above counts little, far below counts in full. Ends early
// where the sum passes `enough`: most of the lines that are tried are far worse than the best so far.
double misfit(Line const& line, std::span<Point const> points, double enough) {
    double sum = 0;
    for (Point const& point : points) {
        double const z = deviation(line, point);
        sum += z > 0 ? std::min(z * z, furthest_above * furthest_above) : z * z;
        if (sum >= enough) {
            break;
        }
    }
    return sum;
}

// The best of all lines through two points: some points at least are free of texture.
Line first_line(std::span<Point const> points) {
    Line best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i; j < points.size(); ++j) {
            Normal pair;
            pair.add(1, points[i].signal, points[i].variance);
            pair.add(1, points[j].signal, points[j].variance);
            Line const line = solve(pair);
            if (double const sum = misfit(line, points, least); sum < least) {
                least = sum;
                best = line;
            }
        }
    }
    return best;
}

Line fit_line(std::span<Point const> points) {
    Line line = first_line(points);
    Normal sums;
    double chi2 = 0;
    double used = 0;
    for (int turn = 0; turn < 8; ++turn) {
        sums = {};
        chi2 = 0;
        used = 0;
        for (Point const& point : points) {
            double const z = deviation(line, point);
            if (z < furthest_above) {
                double const sigma = line.at(point.signal) * point.spread;
                sums.add(1 / (sigma * sigma), point.signal, point.variance);
                chi2 += z * z;
                ++used;
            }
        }
        if (used < 2) {
            break;
        }
        line = solve(sums);
    }
    double const widening = std::max(chi2 / std::max(used - 2.0, 1.0), 1.0);
    double const determinant = sums.determinant();
    bool const two = used > 2 && determinant > 1e-9 * sums.w * sums.xx;
    // Without two signals apart the slope is unknown: as uncertain as itself.
    line.gain_sigma = two ? std::sqrt(widening * sums.w / determinant) : std::max(line.gain, 1.0);
    line.read_variance_sigma = two          ? std::sqrt(widening * sums.xx / determinant)
                               : sums.w > 0 ? std::sqrt(widening / sums.w)
                                            : line.at(0);
    return line;
}

// The plane's read noise once its gain is known from elsewhere.
Line with_gain(std::span<Point const> points, Line const& shared) {
    Line line = shared;
    // As in first_line: the level among those that single points would give.
    double least = std::numeric_limits<double>::infinity();
    for (Point const& point : points) {
        Line level = shared;
        level.read_variance =
            std::max(point.variance - shared.gain * std::max(point.signal, 0.0), 0.0);
        if (double const sum = misfit(level, points, least); sum < least) {
            least = sum;
            line = level;
        }
    }
    for (int turn = 0; turn < 4; ++turn) {
        double weights = 0;
        double sum = 0;
        for (Point const& point : points) {
            if (deviation(line, point) < furthest_above) {
                double const sigma = line.at(point.signal) * point.spread;
                weights += 1 / (sigma * sigma);
                sum +=
                    (point.variance - shared.gain * std::max(point.signal, 0.0)) / (sigma * sigma);
            }
        }
        if (weights > 0) {
            line.read_variance = std::max(sum / weights, 0.0);
            line.read_variance_sigma = std::max(shared.read_variance_sigma, 1 / std::sqrt(weights));
        }
    }
    return line;
}

void store(Line const& line, std::size_t plane, NoiseModel& model) {
    double const read = std::sqrt(std::max(line.read_variance, rounding_variance));
    model.read_noise_dn[plane] = read;
    model.read_noise_dn_sigma[plane] = line.read_variance_sigma / (2 * read);
    model.gain_dn[plane] = line.gain;
    model.gain_dn_sigma[plane] = line.gain_sigma;
}

} // namespace

NoiseEstimate estimate_noise(Frame const& frame, unsigned threads) {
    CMQ_EXPECTS(std::ssize(frame.value) == frame.shape.area() &&
                std::ssize(frame.mask) == frame.shape.area());
    NoiseEstimate estimate;
    estimate.model.origin = NoiseOrigin::estimated;
    PerPlane<std::vector<Point>> points;
    std::vector<Point> all;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto blocks = measure_noise_blocks(frame, static_cast<Plane>(p), threads);
        if (blocks.size() < fewest_blocks) {
            throw Error{ErrorKind::insufficient,
                        {"le plan {} n’a que {} blocs sans photosite saturé ni manquant, trop peu "
                         "pour estimer son bruit",
                         "plane {} has only {} blocks without saturated or missing photosites, too "
                         "few to estimate its noise"},
                        plane_names[p],
                        blocks.size()};
        }
        estimate.blocks_used[p] = blocks.size();
        points[p] = to_points(blocks);
        // Classes are in order of signal; within one the order is another, which moves the median by less than a class.
        estimate.signal_dn[p] = static_cast<double>(blocks[blocks.size() / 2].signal);
        all.insert(all.end(), points[p].begin(), points[p].end());
    }
    PerPlane<Line> lines;
    std::ranges::transform(points, lines.begin(), fit_line);
    bool const alone = std::ranges::all_of(lines, &Line::well_determined);
    Line const shared = alone ? Line{} : fit_line(all);
    estimate.well_determined = true;
    for (std::size_t p = 0; p < plane_count; ++p) {
        Line line = lines[p];
        estimate.gain_is_shared[p] = !line.well_determined() && shared.gain > 0;
        if (estimate.gain_is_shared[p]) {
            line = with_gain(points[p], shared);
        }
        estimate.well_determined = estimate.well_determined && line.well_determined();
        store(line, p, estimate.model);
    }
    return estimate;
}

namespace {

constexpr double gross = 2.0; // ratio of variances

bool any_above(PerPlane<double> const& a, PerPlane<double> const& b) noexcept {
    return !std::ranges::equal(a, b, [](double x, double y) { return x <= gross * y; });
}

} // namespace

bool NoiseComparison::stated_too_low() const noexcept {
    return any_above(shown_dn2, stated_dn2);
}

bool NoiseComparison::stated_too_high() const noexcept {
    return any_above(stated_dn2, shown_dn2);
}

std::optional<NoiseComparison>
compare_noise(NoiseModel const& stated, Frame const& frame, unsigned threads) {
    // A quarter of 64 blocks, 9 values each: the variance is known to 12 %, far better than a factor of two.
    constexpr std::size_t enough_blocks = 64;
    NoiseEstimate estimate;
    try {
        estimate = estimate_noise(frame, threads);
    } catch (Error const& error) {
        if (error.kind() != ErrorKind::insufficient) {
            throw;
        }
        return {};
    }
    if (std::ranges::min(estimate.blocks_used) < enough_blocks) {
        return {};
    }
    NoiseComparison comparison;
    comparison.signal_dn = estimate.signal_dn;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const plane = static_cast<Plane>(p);
        comparison.shown_dn2[p] = estimate.model.variance(plane, estimate.signal_dn[p]);
        comparison.stated_dn2[p] = stated.variance(plane, estimate.signal_dn[p]);
    }
    return comparison;
}

std::optional<NoiseModel> to_noise_model(std::span<double const> pairs,
                                         PerPlane<double> const& range_dn) {
    if (pairs.size() != 2 && pairs.size() != 6 && pairs.size() != 8) {
        return {};
    }
    constexpr PerPlane<std::size_t> colour{0, 1, 1, 2}; // DNG's order: red, green, blue
    NoiseModel model;
    model.origin = NoiseOrigin::dng_tag;
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::size_t const pair = pairs.size() == 2 ? 0 : pairs.size() == 6 ? colour[p] : p;
        double const slope = pairs[2 * pair];
        double const offset = pairs[2 * pair + 1];
        if (!(slope >= 0) || !(offset >= 0) || !(slope + offset > 0) || !(slope < 1) ||
            !(offset < 1)) {
            return {};
        }
        model.gain_dn[p] = slope * range_dn[p];
        model.read_noise_dn[p] =
            std::max(std::sqrt(offset) * range_dn[p], std::sqrt(rounding_variance));
    }
    return model;
}

} // namespace cmq::capture
