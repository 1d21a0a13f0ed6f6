// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/quantile_function.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace cmq::lab {

namespace {

constexpr double deepest = 46.0; // ln of 1e20: what lies beyond is never drawn
constexpr double nodes_a_scale = 64.0;
constexpr std::size_t most_nodes = std::size_t{1} << 17U;

/// How far from the mode, in one direction, the density has fallen below e^-46 of it.
double reach(std::function<double(double)> const& log_density, double mode, double direction) {
    double const top = log_density(mode);
    double distance = 1e-3;
    while (log_density(mode + direction * distance) > top - deepest) {
        distance *= 1.25;
    }
    return distance;
}

} // namespace

class TabulatedDensity {
public:
    /// `scale` is a length over which the density changes little.
    TabulatedDensity(std::function<double(double)> const& log_density, double mode, double scale) {
        double const left = reach(log_density, mode, -1.0);
        double const range = left + reach(log_density, mode, 1.0);
        auto const cells = static_cast<std::size_t>(
            std::clamp(nodes_a_scale * range / scale, 256.0, static_cast<double>(most_nodes)));
        first_ = mode - left;
        step_ = range / static_cast<double>(cells);
        double const top = log_density(mode);
        auto const density = [&](double k) {
            return std::exp(log_density(first_ + step_ * k) - top);
        };
        std::vector<double> mass(cells);
        density_.push_back(density(0.0));
        for (std::size_t k = 0; k < cells; ++k) {
            auto const at = static_cast<double>(k);
            density_.push_back(density(at + 1.0));
            mass[k] = (density_[k] + 4.0 * density(at + 0.5) + density_[k + 1]) / 6.0;
        }
        // Summed from both ends, so that small probabilities of either tail keep their digits.
        lower_.assign(cells + 1, 0.0);
        upper_.assign(cells + 1, 0.0);
        for (std::size_t k = 0; k < cells; ++k) {
            lower_[k + 1] = lower_[k] + mass[k];
            upper_[cells - 1 - k] = upper_[cells - k] + mass[cells - 1 - k];
        }
        double const sum = lower_.back();
        for (std::vector<double>* values : {&density_, &lower_, &upper_}) {
            for (double& value : *values) {
                value /= sum;
            }
        }
    }

    [[nodiscard]] double quantile(double u) const {
        bool const low = u <= 0.5;
        double const tail = low ? u : 1.0 - u;
        auto const next =
            low ? std::upper_bound(lower_.begin(), lower_.end(), tail) - lower_.begin()
                : std::upper_bound(upper_.rbegin(), upper_.rend(), tail).base() - upper_.begin();
        auto const last = static_cast<std::ptrdiff_t>(lower_.size()) - 2;
        auto const cell = static_cast<std::size_t>(std::clamp(next - 1, std::ptrdiff_t{0}, last));
        double const wanted = low ? tail - lower_[cell] : upper_[cell] - tail;
        double s = std::clamp(wanted / std::max(mass_to(cell, 1.0), 1e-300), 0.0, 1.0);
        for (int i = 0; i < 4; ++i) {
            double const slope =
                (1.0 - s) * density_[cell] + s * density_[cell + 1]; // near enough to converge
            s = std::clamp(s - (mass_to(cell, s) - wanted) / std::max(slope, 1e-300), 0.0, 1.0);
        }
        return first_ + step_ * (static_cast<double>(cell) + s);
    }

    [[nodiscard]] double below(double y) const {
        double const at = (y - first_) / step_;
        if (!(at > 0.0)) {
            return 0.0;
        }
        auto const cell =
            static_cast<std::size_t>(std::min(at, static_cast<double>(lower_.size() - 1)));
        return cell + 1 >= lower_.size()
                   ? 1.0
                   : lower_[cell] + mass_to(cell, at - static_cast<double>(cell));
    }

private:
    /// Probability between node `cell` and the share s of the way to the next: the cubic through masses and densities.
    [[nodiscard]] double mass_to(std::size_t cell, double s) const {
        double const whole = lower_[cell + 1] < 0.5 ? lower_[cell + 1] - lower_[cell]
                                                    : upper_[cell] - upper_[cell + 1];
        double const rest = 1.0 - s;
        return s * s * (3.0 - 2.0 * s) * whole + s * rest * rest * density_[cell] -
               s * s * rest * density_[cell + 1];
    }

    double first_ = 0.0;
    double step_ = 0.0;
    std::vector<double> density_{}; ///< probability a cell
    std::vector<double> lower_{};
    std::vector<double> upper_{};
};

namespace {

std::shared_ptr<TabulatedDensity const> normal_table() {
    static auto const table =
        std::make_shared<TabulatedDensity const>([](double z) { return -0.5 * z * z; }, 0.0, 1.0);
    return table;
}

/// Of ln x.
std::shared_ptr<TabulatedDensity const> gamma_table(double shape) {
    return std::make_shared<TabulatedDensity const>(
        [shape](double y) { return shape * y - std::exp(y); },
        std::log(shape),
        1.0 / std::sqrt(1.0 + shape));
}

/// Of ln(x / (1 - x)).
std::shared_ptr<TabulatedDensity const> beta_table(double a, double b) {
    return std::make_shared<TabulatedDensity const>(
        [a, b](double y) { return -a * std::log1p(std::exp(-y)) - b * std::log1p(std::exp(y)); },
        std::log(a / b),
        1.0 / std::sqrt(1.0 + a * b / (a + b)));
}

} // namespace

QuantileFunction::QuantileFunction(Distribution const& distribution) : distribution_{distribution} {
    switch (distribution.kind) {
    case DistributionKind::lognormal:
        table_ = normal_table();
        break;
    case DistributionKind::beta:
        table_ = beta_table(distribution.first, distribution.second);
        break;
    case DistributionKind::gamma:
        table_ = gamma_table(distribution.first);
        break;
    case DistributionKind::fixed:
    case DistributionKind::log_uniform:
    case DistributionKind::uniform:
        break;
    }
    from_ = distribution.low ? below(*distribution.low) : 0.0;
    to_ = distribution.high ? below(*distribution.high) : 1.0;
}

double QuantileFunction::below(double value) const {
    Distribution const& d = distribution_;
    switch (d.kind) {
    case DistributionKind::fixed:
        return value >= d.first ? 1.0 : 0.0;
    case DistributionKind::lognormal:
        if (!(value > 0.0) || d.second == 1.0) {
            return value >= d.first ? 1.0 : 0.0;
        }
        return table_->below(std::log(value / d.first) / std::log(d.second));
    case DistributionKind::beta:
        return value <= 0.0   ? 0.0
               : value >= 1.0 ? 1.0
                              : table_->below(std::log(value / (1.0 - value)));
    case DistributionKind::gamma:
        return value <= 0.0 ? 0.0 : table_->below(std::log(value * d.second));
    case DistributionKind::log_uniform:
        return value <= d.first
                   ? 0.0
                   : std::min(std::log(value / d.first) / std::log(d.second / d.first), 1.0);
    case DistributionKind::uniform:
        return std::clamp((value - d.first) / (d.second - d.first), 0.0, 1.0);
    }
    CMQ_EXPECTS(false);
    return 0.0;
}

double QuantileFunction::untruncated(double u) const {
    Distribution const& d = distribution_;
    switch (d.kind) {
    case DistributionKind::fixed:
        return d.first;
    case DistributionKind::lognormal:
        return d.first * std::exp(std::log(d.second) * table_->quantile(u));
    case DistributionKind::beta:
        return 1.0 / (1.0 + std::exp(-table_->quantile(u)));
    case DistributionKind::gamma:
        return std::exp(table_->quantile(u)) / d.second;
    case DistributionKind::log_uniform:
        return d.first * std::exp(std::log(d.second / d.first) * u);
    case DistributionKind::uniform:
        return d.first + (d.second - d.first) * u;
    }
    CMQ_EXPECTS(false);
    return 0.0;
}

double QuantileFunction::operator()(double u) const {
    CMQ_EXPECTS(u > 0.0 && u < 1.0);
    double const value = untruncated(from_ + u * (to_ - from_));
    return std::clamp(value, distribution_.low.value_or(value), distribution_.high.value_or(value));
}

} // namespace cmq::lab
