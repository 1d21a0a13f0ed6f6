// SPDX-License-Identifier: GPL-3.0-or-later

// Evaluator: each finding by itself, conflict, tipping points, and what a parameter explains of the sensitivity.

#include "lab/transfer/evaluator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cmq::lab {

namespace {

constexpr std::size_t few_exact_causes = 3; // as for the other side figures
constexpr std::size_t least_draws = 256;
constexpr double no_swing = 0.01;
constexpr int bracket_points =
    8; // a bar is first looked at in so many steps: it may cross 1 and come back
constexpr int bisections = 5;

Population population_of(PopulationPrior const& prior, std::string const& name) {
    for (std::size_t i = 0; i < population_count; ++i) {
        if (prior[static_cast<Population>(i)].name == name) {
            return static_cast<Population>(i);
        }
    }
    return {};
}

/// A place between two values of a parameter: evenly on a log scale where both are above 0.
double between(double low, double high, double share) {
    return low > 0.0 && high > 0.0 ? low * std::pow(high / low, share)
                                   : std::lerp(low, high, share);
}

/// Ranks from 0; equal values share the middle of theirs.
std::vector<double> ranks_of(std::vector<double> const& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return values[a] < values[b] || (values[a] == values[b] && a < b);
    });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) {
            ++last;
        }
        for (std::size_t i = first; i <= last; ++i) {
            ranks[order[i]] = 0.5 * static_cast<double>(first + last);
        }
        first = last + 1;
    }
    return ranks;
}

/// Spearman, Am. J. Psychol. 15 (1904) 72. 0 where one of them does not vary.
double rank_correlation(std::vector<double> const& a, std::vector<double> const& b) {
    std::vector<double> const x = ranks_of(a);
    std::vector<double> const y = ranks_of(b);
    double const middle = 0.5 * static_cast<double>(x.size() - 1);
    double xy = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - middle) * (y[i] - middle);
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
    }
    return xx > 0.0 && yy > 0.0 ? xy / std::sqrt(xx * yy) : 0.0;
}

} // namespace

Direction direction_of(TornadoRow const& row) noexcept {
    double const rise = row.log10_lr_at_high - row.log10_lr_at_low;
    return std::abs(rise) < no_swing ? Direction::none
           : rise > 0.0              ? Direction::up
                                     : Direction::down;
}

void Evaluator::fill_explained(std::vector<std::optional<double>> const& ratios,
                               std::vector<TornadoRow>& rows) const {
    std::vector<double> settled;
    std::vector<Psi> psis;
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        if (ratios[i]) {
            settled.push_back(*ratios[i]);
            psis.push_back(prior_.draw(settings_.seed, i));
        }
    }
    if (settled.size() < 2) {
        return;
    }
    for (TornadoRow& row : rows) {
        Population const parameter = population_of(prior_, row.parameter);
        std::vector<double> values;
        values.reserve(psis.size());
        for (Psi const& psi : psis) {
            values.push_back(psi[parameter]);
        }
        double const correlation = rank_correlation(values, settled);
        row.explains = correlation * correlation;
    }
}

// All points of a bar are computed on the same draws, so that the value is smooth in the parameter.
double Evaluator::tipping_point(TornadoRow const& row) const {
    Population const parameter = population_of(prior_, row.parameter);
    std::vector<Held> points;
    for (int i = 1; i <= bracket_points; ++i) {
        double const share = static_cast<double>(i) / bracket_points;
        points.push_back({parameter, between(row.low, row.high, share)});
    }
    std::vector<double> const values = log10_lr_held(points);
    double at_low = row.log10_lr_at_low;
    std::size_t step = 0;
    while (step + 1 < values.size() && at_low * values[step] > 0.0) {
        at_low = values[step++];
    }
    double low =
        static_cast<double>(step) / bracket_points; // as a share of the way from end to end
    double high = static_cast<double>(step + 1) / bracket_points;
    for (int i = 0; i < bisections; ++i) {
        double const middle = 0.5 * (low + high);
        Held const point{parameter, between(row.low, row.high, middle)};
        double const value = log10_lr_held({&point, 1}).front();
        bool const crossed = at_low * value <= 0.0;
        (crossed ? high : low) = middle;
        at_low = crossed ? at_low : value;
    }
    return between(row.low, row.high, 0.5 * (low + high));
}

void Evaluator::fill_tipping_points(std::vector<TornadoRow>& rows) const {
    for (TornadoRow& row : rows) {
        if (row.log10_lr_at_low * row.log10_lr_at_high <= 0.0) {
            row.tipping_point = tipping_point(row);
        }
    }
}

void Evaluator::fill_alone(Evaluation& result) const {
    // h1 and h2 with the first finding alone, with the second, and so on; then with all.
    std::vector<SidePlan> sides;
    for (std::size_t z = 0; z < zones_.size(); ++z) {
        for (SidePlan const& side : sides_) {
            // What is assigned to the other zones is a probability of 1: nothing is known of them.
            sides.push_back({.plan = side.plan,
                             .zones = {zones_[z]},
                             .positions = {z},
                             .log_assigned = 0.0,
                             .is_assigned = true});
        }
    }
    sides.insert(sides.end(), sides_.begin(), sides_.end());
    std::size_t const draws = std::max(settings_.tornado_draws, least_draws);
    Batch const batch = simulate(prior_, sides, 0, draws, few_exact_causes);
    std::size_t const last = zones_.size() - 1;
    std::array<double, 2> conflict{-batch.log_mean(2 * zones_.size(), last),
                                   -batch.log_mean(2 * zones_.size() + 1, last)};
    for (std::size_t z = 0; z < zones_.size(); ++z) {
        double const log_p1 = batch.log_mean(2 * z, last);
        double const log_p2 = batch.log_mean(2 * z + 1, last);
        conflict[0] += log_p1;
        conflict[1] += log_p2;
        if (z < result.chain.size() && std::isfinite(log_p1 - log_p2)) {
            result.chain[z].log10_lr_alone = (log_p1 - log_p2) / std::numbers::ln10;
        }
    }
    if (zones_.size() > 1 && std::isfinite(conflict[0]) && std::isfinite(conflict[1])) {
        result.conflict = Conflict{.under_h1 = conflict[0], .under_h2 = conflict[1]};
    }
}

} // namespace cmq::lab
