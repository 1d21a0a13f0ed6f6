// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/random.hpp"
#include "detect/pattern_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace cmq::detect {

namespace {

constexpr double pi = std::numbers::pi;
constexpr std::size_t most_points = 100; // the cost grows with their square
constexpr int angles = 90;               // 2 degrees apart
constexpr int offsets = 4;               // to each side of the centre, one tolerance apart
constexpr double tolerance_share = 0.15; // of the side of the square that a point has to itself
// Points so near the axis are their own images whatever the pattern.
constexpr double own_image = 1.5;   // tolerances
constexpr double least_share = 0.6; // of points that must lie off the axis

struct Vector2 {
    double x;
    double y;
};

using Points = std::vector<Vector2>;

/// Nearest squared distance in a table of squares of side `cell`, out to the neighbours of a place's own square.
class Neighbours {
public:
    Neighbours(Points const& points, double cell) : points_{points}, cell_{cell} {
        for (Vector2 const& p : points) {
            left_ = std::min(left_, p.x);
            top_ = std::min(top_, p.y);
            right_ = std::max(right_, p.x);
            bottom_ = std::max(bottom_, p.y);
        }
        // Bounds the table where a tolerance is tiny beside the extent: one far point.
        cell_ = std::max({cell_, (right_ - left_) / most_cells, (bottom_ - top_) / most_cells});
        columns_ = static_cast<std::ptrdiff_t>((right_ - left_) / cell_) + 1;
        rows_ = static_cast<std::ptrdiff_t>((bottom_ - top_) / cell_) + 1;
        table_.resize(static_cast<std::size_t>(columns_ * rows_));
        for (std::size_t i = 0; i < points.size(); ++i) {
            table_[at(row(points[i].y), column(points[i].x))].push_back(i);
        }
    }

    /// Infinite where nothing is near.
    [[nodiscard]] double nearest2(Vector2 place, std::size_t but) const {
        double best = std::numeric_limits<double>::infinity();
        double const u = (place.x - left_) / cell_;
        double const v = (place.y - top_) / cell_;
        if (!(u >= -1.0 && v >= -1.0 && u <= static_cast<double>(columns_) + 1.0 &&
              v <= static_cast<double>(rows_) + 1.0)) {
            return best;
        }
        auto const i = static_cast<std::ptrdiff_t>(std::floor(u));
        auto const j = static_cast<std::ptrdiff_t>(std::floor(v));
        for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, j - 1); y <= std::min(rows_ - 1, j + 1);
             ++y) {
            for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, i - 1);
                 x <= std::min(columns_ - 1, i + 1);
                 ++x) {
                for (std::size_t const k : table_[at(y, x)]) {
                    double const dx = points_[k].x - place.x;
                    double const dy = points_[k].y - place.y;
                    best = k == but ? best : std::min(best, dx * dx + dy * dy);
                }
            }
        }
        return best;
    }

private:
    static constexpr double most_cells = 256.0;

    [[nodiscard]] std::ptrdiff_t column(double x) const {
        return static_cast<std::ptrdiff_t>((x - left_) / cell_);
    }

    [[nodiscard]] std::ptrdiff_t row(double y) const {
        return static_cast<std::ptrdiff_t>((y - top_) / cell_);
    }

    [[nodiscard]] std::size_t at(std::ptrdiff_t row, std::ptrdiff_t column) const {
        return static_cast<std::size_t>(row * columns_ + column);
    }

    Points const& points_;
    double cell_;
    double left_ = std::numeric_limits<double>::infinity();
    double top_ = std::numeric_limits<double>::infinity();
    double right_ = -std::numeric_limits<double>::infinity();
    double bottom_ = -std::numeric_limits<double>::infinity();
    std::ptrdiff_t columns_ = 1;
    std::ptrdiff_t rows_ = 1;
    std::vector<std::vector<std::size_t>> table_;
};

struct Axis {
    double angle_rad = 0.0;
    double offset = 0.0;
    double score = 0.0;
};

/// Points are about their centre.
double score_of(Points const& points, Neighbours const& near, Axis const& axis, double tolerance) {
    double const nx = -std::sin(axis.angle_rad);
    double const ny = std::cos(axis.angle_rad);
    double sum = 0.0;
    double used = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double const beyond = nx * points[i].x + ny * points[i].y - axis.offset;
        if (std::abs(beyond) < own_image * tolerance) {
            continue;
        }
        Vector2 const image{points[i].x - 2.0 * beyond * nx, points[i].y - 2.0 * beyond * ny};
        sum += std::exp(-0.5 * near.nearest2(image, i) / (tolerance * tolerance));
        used += 1.0;
    }
    return used >= least_share * static_cast<double>(points.size()) ? sum / used : 0.0;
}

Axis best_axis(Points const& points, double tolerance) {
    Neighbours const near{points, 3.0 * tolerance};
    Axis best;
    for (int k = 0; k < angles; ++k) {
        for (int o = -offsets; o <= offsets; ++o) {
            Axis axis{pi * k / angles, tolerance * o, 0.0};
            axis.score = score_of(points, near, axis, tolerance);
            if (axis.score > best.score) {
                best = axis;
            }
        }
    }
    return best;
}

/// Groups of neighbours: points within `reach` of each other, directly or through others.
std::vector<std::size_t> link(Points const& points, double reach) {
    std::vector<std::size_t> group(points.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (std::hypot(points[i].x - points[j].x, points[i].y - points[j].y) < reach) {
                std::size_t const from = group[i];
                std::size_t const to = group[j];
                std::ranges::replace(group, from, to);
            }
        }
    }
    return group;
}

/// Each group of neighbours turned about the centre by an angle of its own, half of them mirrored.
Points shuffled(Points const& points, std::vector<std::size_t> const& group, Random& random) {
    std::vector<double> turn(points.size());
    std::vector<double> flip(points.size());
    for (std::size_t g = 0; g < points.size(); ++g) {
        turn[g] = 2.0 * pi * random.uniform();
        flip[g] = random.uniform() < 0.5 ? 1.0 : -1.0;
    }
    Points result;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double const c = std::cos(turn[group[i]]);
        double const s = std::sin(turn[group[i]]);
        double const y = flip[group[i]] * points[i].y;
        result.push_back({c * points[i].x - s * y, s * points[i].x + c * y});
    }
    return result;
}

} // namespace

std::optional<MirrorSymmetry> measure_symmetry(std::vector<PatternPoint> points,
                                               PatternSettings const& settings) {
    if (points.size() > most_points) {
        std::ranges::stable_sort(points, std::greater<>{}, &PatternPoint::flux);
        points.resize(most_points);
    }
    Spread2 const s = spread_of(points);
    double const determinant = s.xx * s.yy - s.xy * s.xy;
    double const trace = s.xx + s.yy;
    if (!(determinant > 1e-9 * trace * trace)) {
        return std::nullopt; // all on one line: every line is its own mirror image
    }
    // Of an even disc or ellipse: area = 4 pi sqrt(det).
    double const own_area = 4.0 * pi * std::sqrt(determinant) / static_cast<double>(points.size());
    double const tolerance = tolerance_share * std::sqrt(own_area);
    Points places;
    for (PatternPoint const& point : points) {
        places.push_back({point.x - s.mean_x, point.y - s.mean_y});
    }
    Axis const best = best_axis(places, tolerance);
    auto const group = link(places, 2.0 * tolerance);
    MirrorSymmetry symmetry{.angle_deg = best.angle_rad * 180.0 / pi,
                            .offset = best.offset,
                            .score = best.score,
                            .tolerance = tolerance};
    double squares = 0.0;
    double at_least = 0.0;
    auto const draws = static_cast<double>(settings.null_draws);
    for (std::size_t draw = 0; draw < settings.null_draws; ++draw) {
        Random random{settings.seed, pattern_task::null_draw, draw};
        double const score = best_axis(shuffled(places, group, random), tolerance).score;
        symmetry.null_mean += score / draws;
        squares += score * score / draws;
        at_least += score >= best.score ? 1.0 : 0.0;
    }
    symmetry.null_sd = std::sqrt(std::max(0.0, squares - symmetry.null_mean * symmetry.null_mean));
    symmetry.p = (1.0 + at_least) / (1.0 + draws);
    return symmetry;
}

} // namespace cmq::detect
