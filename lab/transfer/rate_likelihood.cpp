// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "core/exp_log.hpp"
#include "core/log_sum.hpp"
#include "lab/transfer/p_findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cmq::lab {

namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();
constexpr double negligible = 1e-17;
constexpr double steps_per_root = 8.0;   // grid in sqrt(lambda), where Poisson noise is even
constexpr double interpolate_from = 4.0; // below, the sum has few terms and h may be rough
constexpr double interpolate_up_to = 3e4;
constexpr double smallest_logged = 1e-300; // quanta: log_each takes no number below the normal ones

} // namespace

RateLikelihood::RateLikelihood(FindingVector vector, double dispersion_shape)
    : vector_{std::move(vector)}
    , dispersion_{dispersion_shape} {
    CMQ_EXPECTS(dispersion_shape > 0.0);
    auto const& w = vector_.weight;
    auto const first = std::ranges::find_if(w, [](double weight) { return weight > 0.0; });
    first_ = static_cast<double>(first - w.begin());
    largest_ = vector_.tail;
    for (double const weight : w) {
        largest_ = std::max(largest_, weight);
    }
    if (largest_ > 0.0) {
        measure_shape();
    }
}

void RateLikelihood::measure_shape() {
    auto const& w = vector_.weight;
    if (vector_.tail > 0.0 || w.front() > 0.5 * largest_) {
        // A curve from w(0) to the far end: where has it gone a tenth and nine tenths of the way?
        double const from = w.front();
        double const way = vector_.tail - from;
        double tenth = 0.0;
        auto most = static_cast<double>(w.size());
        for (std::size_t n = w.size(); n-- > 0;) {
            double const gone = way != 0.0 ? (w[n] - from) / way : 1.0;
            most = gone > 0.9 ? static_cast<double>(n) : most;
            tenth = gone > 0.1 ? static_cast<double>(n) : tenth;
        }
        onset_ = std::max(1.0, 0.1 * tenth);
        double const steepness = std::log(std::max(most, 1.0) / std::max(tenth, 1.0)) / 2.56;
        width_ = std::hypot(steepness, 1.0 / std::sqrt(std::max(tenth, 1.0)));
        return;
    }
    // A peak: how wide is it at half its height?
    auto const top = static_cast<std::size_t>(std::ranges::max_element(w) - w.begin());
    std::size_t low = top;
    std::size_t high = top;
    while (low > 0 && w[low] > 0.5 * largest_) {
        --low;
    }
    while (high < w.size() && w[high] > 0.5 * largest_) {
        ++high;
    }
    double const mean = std::max(static_cast<double>(top), 1.0);
    double const spread = static_cast<double>(high - low) / 2.355;
    width_ = std::sqrt(spread * spread + mean) / mean;
    onset_ = std::max(1.0, 0.02 * mean);
}

double RateLikelihood::onset() const noexcept {
    // A multiplier above 10 is rare for every shape in use; h departs that much earlier.
    return onset_ * vector_.lump * (is_dispersed() ? 0.1 : 1.0);
}

double RateLikelihood::width() const noexcept {
    return is_dispersed() ? std::hypot(width_, 1.0 / std::sqrt(dispersion_)) : width_;
}

double RateLikelihood::direct(double quanta) const {
    double const lambda = quanta / vector_.lump;
    if (!is_dispersed() || lambda == 0.0) {
        return sum_at(lambda);
    }
    MultiplierKernel const kernel = make_multiplier_kernel(dispersion_);
    std::vector<double> terms;
    for (std::size_t i = 0; i < kernel.weight.size(); ++i) {
        auto const step = static_cast<double>(kernel.first + static_cast<int>(i));
        terms.push_back(std::log(kernel.weight[i]) +
                        sum_at(lambda * std::exp(rate_grid_step * step)));
    }
    return log_sum(terms);
}

double RateLikelihood::sum_at(double lambda) const {
    CMQ_EXPECTS(lambda >= 0.0);
    auto const& w = vector_.weight;
    auto const size = static_cast<double>(w.size());
    if (largest_ <= 0.0) {
        return impossible;
    }
    if (lambda == 0.0) {
        return std::log(vector_.at(0));
    }
    if (vector_.tail > 0.0 && lambda > size && (lambda - size) * (lambda - size) > 80.0 * lambda) {
        return std::log(vector_.tail);
    }
    // With a tail, lambda is below size plus a few standard deviations here.
    double const top = vector_.tail > 0.0 ? std::max(lambda, size) : size - 1.0;
    auto const start = static_cast<std::size_t>(std::clamp(std::floor(lambda), first_, top));
    auto const first = static_cast<std::size_t>(first_);
    std::size_t const last =
        vector_.tail > 0.0 ? std::numeric_limits<std::size_t>::max() : w.size() - 1;
    double sum = 0.0;
    double relative = 1.0; // Poisson(n) / Poisson(start)
    for (std::size_t n = start; n <= last; ++n) {
        auto const x = static_cast<double>(n);
        sum += relative * vector_.at(n);
        relative *= lambda / (x + 1.0);
        if (x > lambda && relative * largest_ < negligible * sum) {
            break;
        }
    }
    relative = 1.0;
    for (std::size_t n = start; n-- > first;) {
        auto const x = static_cast<double>(n);
        relative *= (x + 1.0) / lambda;
        sum += relative * vector_.at(n);
        if (x < lambda && relative * largest_ < negligible * sum) {
            break;
        }
    }
    auto const from = static_cast<double>(start);
    return sum > 0.0 ? from * std::log(lambda) - lambda - std::lgamma(from + 1.0) + std::log(sum)
                     : impossible;
}

RateGrid const& RateLikelihood::grid() {
    if (!has_grid_) {
        grid_ = make_rate_grid(vector_);
        if (is_dispersed() && grid_.usable) {
            grid_ = average_over_multiplier(grid_, dispersion_);
        }
        has_grid_ = true;
    }
    return grid_;
}

double RateLikelihood::operator()(double quanta) {
    double const lambda = quanta / vector_.lump;
    // The grid is made anyway for patterns of one load; it reads h to 3e-4 and costs one logarithm.
    if ((vector_.lump > 1.0 || is_dispersed()) && lambda > 0.0 && grid().usable) {
        return read(grid_, std::log(lambda));
    }
    if (is_dispersed()) {
        return direct(quanta);
    }
    if (largest_ <= 0.0 || lambda < interpolate_from || lambda > interpolate_up_to) {
        return sum_at(lambda);
    }
    double const position = std::sqrt(lambda) * steps_per_root;
    auto const cell = static_cast<std::size_t>(position);
    if (kept_.size() < cell + 3) {
        kept_.resize(cell + cell / 2 + 3, std::numeric_limits<double>::quiet_NaN());
    }
    std::array<double, 4> y{};
    for (std::size_t i = 0; i < 4; ++i) {
        double& value = kept_[cell - 1 + i];
        if (std::isnan(value)) {
            double const root = static_cast<double>(cell - 1 + i) / steps_per_root;
            value = sum_at(root * root) - 2.0 * first_ * std::log(root);
        }
        y[i] = value;
    }
    if (std::ranges::any_of(y, [](double value) { return std::isinf(value); })) {
        return sum_at(lambda);
    }
    double const t = position - static_cast<double>(cell);
    double const cubic =
        -t * (t - 1.0) * (t - 2.0) / 6.0 * y[0] + (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 * y[1] -
        (t + 1.0) * t * (t - 2.0) / 2.0 * y[2] + (t + 1.0) * t * (t - 1.0) / 6.0 * y[3];
    return cubic + first_ * std::log(lambda);
}

void RateLikelihood::replace_each(std::span<double> quanta) {
    bool const reads_grid =
        (vector_.lump > 1.0 || is_dispersed()) && grid().usable &&
        std::ranges::all_of(quanta, [](double each) { return each > smallest_logged; });
    if (!reads_grid) {
        for (double& each : quanta) {
            each = (*this)(each);
        }
        return;
    }
    log_each(quanta);
    double const log_lump = std::log(vector_.lump);
    for (double& each : quanta) {
        each = read(grid_, each - log_lump);
    }
}

} // namespace cmq::lab
