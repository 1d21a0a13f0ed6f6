// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_curve.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace cmq::lab {
namespace {

constexpr double z95 = 1.959963984540054;

using Wells = std::vector<QpcrWell const*>;
using Standards = std::map<double, Wells>;

std::vector<double> cqs_of(Wells const& wells) {
    std::vector<double> cqs;
    for (QpcrWell const* const well : wells) {
        if (well->cq) {
            cqs.push_back(*well->cq);
        }
    }
    return cqs;
}

double mean_of(std::vector<double> const& values) {
    double sum = 0.0;
    for (double const value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

/// Sum of squared distances from the mean.
double squares_of(std::vector<double> const& values) {
    double const mean = mean_of(values);
    double sum = 0.0;
    for (double const value : values) {
        sum += (value - mean) * (value - mean);
    }
    return sum;
}

// ---- standard curve

struct Points {
    std::vector<double> x; ///< log10 copies
    std::vector<double> y; ///< Cq
};

/// Standards that are found at least half the time; below, the wells that are found are the early ones.
Points points_of(Standards const& standards, StandardCurve& curve) {
    Points points;
    for (auto const& [copies, wells] : standards) {
        auto const cqs = cqs_of(wells);
        if (2 * cqs.size() < wells.size() || cqs.empty()) {
            continue;
        }
        curve.lowest = points.x.empty() ? copies : curve.lowest;
        curve.highest = copies;
        points.x.insert(points.x.end(), cqs.size(), std::log10(copies));
        points.y.insert(points.y.end(), cqs.begin(), cqs.end());
    }
    return points;
}

std::optional<StandardCurve> fit_curve(Standards const& standards) {
    StandardCurve curve;
    auto const points = points_of(standards, curve);
    if (points.x.size() < 3 || curve.lowest >= curve.highest) {
        return {};
    }
    auto const n = static_cast<double>(points.x.size());
    double const mean_y = mean_of(points.y);
    curve.wells = points.x.size();
    curve.mean_log10 = mean_of(points.x);
    curve.squares = squares_of(points.x);
    double products = 0.0;
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        products += (points.x[i] - curve.mean_log10) * (points.y[i] - mean_y);
    }
    curve.slope = products / curve.squares;
    if (!(curve.slope < 0.0)) {
        return {}; // more copies must come earlier
    }
    curve.intercept = mean_y - curve.slope * curve.mean_log10;
    double residuals = 0.0;
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        double const off = points.y[i] - curve.intercept - curve.slope * points.x[i];
        residuals += off * off;
    }
    curve.residual_sd = std::sqrt(residuals / (n - 2.0));
    curve.slope_se = curve.residual_sd / std::sqrt(curve.squares);
    curve.r_squared = 1.0 - residuals / squares_of(points.y);
    curve.efficiency = std::pow(10.0, -1.0 / curve.slope) - 1.0;
    curve.is_acceptable =
        curve.efficiency >= 0.9 && curve.efficiency <= 1.1 && curve.r_squared >= 0.98;
    return curve;
}

// ---- limits of detection

/// A chance of being found and how fast it rises, at some value of a line.
struct Link {
    double p = 0.0;
    double slope = 0.0;
};

Link logit(double at) {
    double const p = 1.0 / (1.0 + std::exp(-at));
    return {p, p * (1.0 - p)};
}

Link probit(double at) {
    return {0.5 * std::erfc(-at / std::numbers::sqrt2),
            std::exp(-0.5 * at * at) / std::sqrt(2.0 * std::numbers::pi)};
}

/// Fisher information and score of a line over the levels.
struct Step {
    double information_00 = 0.0;
    double information_01 = 0.0;
    double information_11 = 0.0;
    double score_0 = 0.0;
    double score_1 = 0.0;

    [[nodiscard]] double determinant() const {
        return information_00 * information_11 - information_01 * information_01;
    }
};

Step step_of(std::vector<QpcrLevel> const& levels, Link (*link)(double), double a, double b) {
    Step step;
    for (QpcrLevel const& level : levels) {
        double const x = std::log10(level.copies);
        auto const [p, slope] = link(a + b * x);
        double const spread = p * (1.0 - p);
        if (spread < 1e-14) {
            continue; // as good as certain: tells nothing
        }
        auto const n = static_cast<double>(level.wells);
        double const weight = n * slope * slope / spread;
        double const score = (static_cast<double>(level.detected) - n * p) * slope / spread;
        step.information_00 += weight;
        step.information_01 += weight * x;
        step.information_11 += weight * x * x;
        step.score_0 += score;
        step.score_1 += score * x;
    }
    return step;
}

/// Where the line a + b log10 N reaches `at`, by Fisher scoring.
std::optional<DetectionLimit>
fit_line(std::vector<QpcrLevel> const& levels, Link (*link)(double), double at) {
    double a = 0.0;
    double b = 1.0;
    for (int round = 0; round < 200; ++round) {
        Step const step = step_of(levels, link, a, b);
        double const determinant = step.determinant();
        if (!(determinant > 1e-12)) {
            return {};
        }
        // Steps of at most 1, or a far start overshoots.
        double const da =
            (step.information_11 * step.score_0 - step.information_01 * step.score_1) / determinant;
        double const db =
            (step.information_00 * step.score_1 - step.information_01 * step.score_0) / determinant;
        double const scale = std::min(1.0, 1.0 / std::max({std::abs(da), std::abs(db), 1e-300}));
        a += scale * da;
        b += scale * db;
        if (std::abs(da) + std::abs(db) > 1e-10) {
            continue;
        }
        double const x = (at - a) / b;
        double const variance =
            (step.information_11 - 2.0 * x * step.information_01 + x * x * step.information_00) /
            (determinant * b * b);
        if (!(b > 0.0) || !(std::abs(x) < 15.0)) {
            return {};
        }
        double const wide = z95 * std::sqrt(std::max(0.0, variance));
        return DetectionLimit{
            std::pow(10.0, x), std::pow(10.0, x - wide), std::pow(10.0, x + wide)};
    }
    return {};
}

/// Derivative of the log likelihood by ln lambda, and the information on it.
std::pair<double, double> poisson_step(std::vector<QpcrLevel> const& levels, double lambda) {
    double score = 0.0;
    double information = 0.0;
    for (QpcrLevel const& level : levels) {
        double const mean = lambda * level.copies;
        auto const found = static_cast<double>(level.detected);
        auto const n = static_cast<double>(level.wells);
        double const odds = mean < 700.0 ? 1.0 / std::expm1(mean) : 0.0; // not found to found
        score += mean * (found * odds - (n - found));
        information += n * mean * mean * odds;
    }
    return {score, information};
}

std::optional<DetectionLimit> fit_poisson(std::vector<QpcrLevel> const& levels) {
    double low = 1e-15;
    double high = 1e6;
    if (!(poisson_step(levels, low).first > 0.0) || !(poisson_step(levels, high).first < 0.0)) {
        return {}; // nothing found, or everything
    }
    for (int round = 0; round < 200; ++round) {
        double const middle = std::sqrt(low * high);
        (poisson_step(levels, middle).first > 0.0 ? low : high) = middle;
    }
    double const lambda = std::sqrt(low * high);
    double const wide = z95 / std::sqrt(poisson_step(levels, lambda).second);
    double const copies = -std::log(0.05) / lambda;
    return DetectionLimit{copies, copies * std::exp(-wide), copies * std::exp(wide)};
}

/// Whether there are levels that are found sometimes: else no model can be fitted.
bool has_rise(std::vector<QpcrLevel> const& levels) {
    return std::ranges::any_of(levels, [](QpcrLevel const& level) {
        return level.detected > 0 && level.detected < level.wells;
    });
}

// ---- levels, amounts

/// Wells by a name, in order of the first of each.
class Groups {
public:
    void add(std::string const& name, QpcrWell const& well) {
        auto const [at, is_new] = index_.try_emplace(name, groups_.size());
        if (is_new) {
            groups_.emplace_back(name, Wells{});
        }
        groups_[at->second].second.push_back(&well);
    }

    [[nodiscard]] std::vector<std::pair<std::string, Wells>> const& all() const { return groups_; }

private:
    std::map<std::string, std::size_t> index_;
    std::vector<std::pair<std::string, Wells>> groups_;
};

QpcrLevel level_of(double copies, Wells const& wells, std::optional<StandardCurve> const& curve) {
    QpcrLevel level{.copies = copies, .wells = wells.size(), .cv = {}};
    auto const cqs = cqs_of(wells);
    level.detected = cqs.size();
    if (!cqs.empty()) {
        level.mean_cq = mean_of(cqs);
    }
    if (curve && cqs.size() >= 2) {
        double const variance = squares_of(cqs) / static_cast<double>(cqs.size() - 1);
        double const growth = 1.0 + curve->efficiency;
        level.cv = std::sqrt(std::pow(growth, variance * std::log(growth)) - 1.0);
    }
    return level;
}

QpcrAmount
amount_of(std::string sample, Wells const& wells, std::optional<StandardCurve> const& curve) {
    QpcrAmount amount;
    amount.sample = std::move(sample);
    amount.wells = wells.size();
    auto const cqs = cqs_of(wells);
    amount.detected = cqs.size();
    if (cqs.empty()) {
        return amount;
    }
    amount.mean_cq = mean_of(cqs);
    if (!curve) {
        return amount;
    }
    double const x = (*amount.mean_cq - curve->intercept) / curve->slope;
    double const off = x - curve->mean_log10;
    amount.log10_copies = x;
    amount.log10_se =
        curve->residual_sd / std::abs(curve->slope) *
        std::sqrt(1.0 / static_cast<double>(cqs.size()) + 1.0 / static_cast<double>(curve->wells) +
                  off * off / curve->squares);
    double const counting =
        std::numbers::log10e / std::sqrt(static_cast<double>(cqs.size()) * std::pow(10.0, x));
    double const half = z95 * std::hypot(*amount.log10_se, counting);
    amount.log10_low = x - half;
    amount.log10_high = x + half;
    amount.is_extrapolated = x < std::log10(curve->lowest) || x > std::log10(curve->highest);
    return amount;
}

void add_levels(Standards const& standards, QpcrTarget& target) {
    for (auto const& [copies, wells] : standards) {
        target.levels.push_back(level_of(copies, wells, target.curve));
        QpcrLevel const& level = target.levels.back();
        bool const is_found = 100 * level.detected >= 95 * level.wells;
        if (is_found && !target.lowest_level) {
            target.lowest_level = copies;
        } else if (!is_found) {
            target.lowest_level.reset(); // all above it must be found too
        }
        bool const is_counted = is_found && level.cv && *level.cv <= most_quantified_cv;
        if (is_counted && !target.quantification) {
            target.quantification = copies;
        } else if (!is_counted) {
            target.quantification.reset();
        }
    }
}

QpcrTarget measure_target(std::string name, Wells const& wells) {
    QpcrTarget target;
    target.target = std::move(name);
    Standards standards;
    Groups samples;
    for (QpcrWell const* const well : wells) {
        if (well->is_blank) {
            ++target.blank_wells;
            target.blanks_detected += well->cq ? 1U : 0U;
        } else if (well->copies) {
            standards[*well->copies].push_back(well);
        } else {
            samples.add(well->sample, *well);
        }
    }
    target.curve = fit_curve(standards);
    add_levels(standards, target);
    if (has_rise(target.levels)) {
        constexpr double probit_95 = 1.6448536269514722;
        target.probit = fit_line(target.levels, probit, probit_95);
        target.logit = fit_line(target.levels, logit, std::log(19.0));
        target.poisson = fit_poisson(target.levels);
    }
    for (auto const& [sample, of] : samples.all()) {
        target.amounts.push_back(amount_of(sample, of, target.curve));
    }
    return target;
}

} // namespace

std::vector<QpcrTarget> measure_qpcr(QpcrTable const& table) {
    Groups targets;
    for (QpcrWell const& well : table.wells) {
        targets.add(well.target, well);
    }
    std::vector<QpcrTarget> measured;
    for (auto const& [name, wells] : targets.all()) {
        measured.push_back(measure_target(name, wells));
    }
    return measured;
}

} // namespace cmq::lab
