// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/rate_grid.hpp"

#include "core/error.hpp"
#include "core/exp_log.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace cmq::lab {

namespace {

constexpr int grid_last = 103;       // lambda = 3e4
constexpr double reach_sigmas = 9.0; // Poisson mass beyond: below 1e-17
constexpr double smallest = 1e-280;  // below, a sum of products loses digits to underflow
constexpr double off_the_line = 1e-3;
constexpr double on_the_line = 1e-7;
constexpr double vanished = -1e4;
constexpr double negligible_weight = 1e-10;

/// Poisson probabilities that matter at one rate.
struct Window {
    std::size_t first = 0;
    std::vector<double> pmf;
    std::vector<double> from; ///< from[i]: the sum of pmf[i] and all after it

    void set_sums() {
        from = pmf;
        for (std::size_t i = from.size() - 1; i-- > 0;) {
            from[i] += from[i + 1];
        }
    }
};

/// The same for every finding: made once.
std::vector<Window> const& windows() {
    static std::vector<Window> const all = [] {
        std::vector<Window> made;
        for (int g = rate_grid_first; g <= grid_last; ++g) {
            double const lambda = std::exp(rate_grid_step * g);
            double const reach = reach_sigmas * std::sqrt(lambda) + 12.0;
            Window window;
            window.first = static_cast<std::size_t>(std::max(0.0, std::floor(lambda - reach)));
            auto const last = static_cast<std::size_t>(lambda + reach);
            for (std::size_t n = window.first; n <= last; ++n) {
                auto const x = static_cast<double>(n);
                window.pmf.push_back(
                    std::exp(x * rate_grid_step * g - lambda - std::lgamma(x + 1.0)));
            }
            window.set_sums();
            made.push_back(std::move(window));
        }
        return made;
    }();
    return all;
}

double average(Window const& window, FindingVector const& vector) {
    std::size_t const size = vector.weight.size();
    std::size_t const end = std::min(window.first + window.pmf.size(), size);
    double sum = 0.0;
    if (window.first < end) {
        std::size_t const count = end - window.first;
        sum = sum_of_products(std::span{window.pmf}.first(count),
                              std::span{vector.weight}.subspan(window.first, count));
    }
    std::size_t const beyond = std::max(window.first, size) - window.first;
    if (vector.tail > 0.0 && beyond < window.from.size()) {
        sum += vector.tail * window.from[beyond];
    }
    return sum;
}

/// sum[i] += sum over k of weight[k] h[i + k]. Eight products at a time keep the sums in registers;
/// wider instructions give the same bits, as nothing is fused.
[[gnu::target_clones("avx2", "default")]] void
correlate(std::span<double const> weight, std::span<double const> h, std::span<double> sum) {
    CMQ_EXPECTS(h.size() >= sum.size() + weight.size() - 1);
    std::size_t k = 0;
    for (; k + 8 <= weight.size(); k += 8) {
        double const* const w = weight.data() + k;
        double const* const from = h.data() + k;
        for (std::size_t i = 0; i < sum.size(); ++i) {
            double const low =
                w[0] * from[i] + w[1] * from[i + 1] + (w[2] * from[i + 2] + w[3] * from[i + 3]);
            double const high =
                w[4] * from[i + 4] + w[5] * from[i + 5] + (w[6] * from[i + 6] + w[7] * from[i + 7]);
            sum[i] += low + high;
        }
    }
    for (; k < weight.size(); ++k) {
        for (std::size_t i = 0; i < sum.size(); ++i) {
            sum[i] += weight[k] * h[i + k];
        }
    }
}

/// The straight line that ln h follows where lambda is small; false where it does not at the first
/// point of the grid.
bool set_line(FindingVector const& vector, RateGrid& grid) {
    std::size_t first = 0;
    while (first < vector.weight.size() && vector.weight[first] <= 0.0) {
        ++first;
    }
    double const weight = vector.at(first);
    if (weight <= 0.0) {
        return false;
    }
    grid.power = static_cast<double>(first);
    grid.constant = std::log(weight) - std::lgamma(grid.power + 1.0);
    double const lambda = std::exp(rate_grid_step * rate_grid_first);
    double const slope = vector.at(first + 1) / weight / (grid.power + 1.0) - 1.0;
    double const bend = vector.at(first + 2) / weight / ((grid.power + 1.0) * (grid.power + 2.0));
    return std::abs(slope) * lambda + bend * lambda * lambda < off_the_line;
}

double log_lambda_at(std::ptrdiff_t index) {
    return rate_grid_step * static_cast<double>(rate_grid_first + index);
}

/// First index where ln h is that far off its line; the size where it never is.
std::ptrdiff_t first_off(RateGrid const& grid, double distance) {
    std::ptrdiff_t i = 0;
    while (i < std::ssize(grid.log_h) &&
           std::abs(grid.log_h[static_cast<std::size_t>(i)] - grid.power * log_lambda_at(i) -
                    grid.constant) <= distance) {
        ++i;
    }
    return i;
}

} // namespace

RateGrid make_rate_grid(FindingVector const& vector) {
    RateGrid grid;
    if (!set_line(vector, grid)) {
        return grid;
    }
    grid.beyond = vector.tail > 0.0 ? std::log(vector.tail) : vanished;
    auto const size = static_cast<double>(vector.weight.size());
    for (Window const& window : windows()) {
        double const h = average(window, vector);
        if (h < smallest) {
            // Falling out of its support to the right is fine; starting too low is not.
            grid.usable =
                grid.log_h.size() > 4 && vector.tail == 0.0 &&
                static_cast<double>(window.first) + static_cast<double>(window.pmf.size()) > size;
            break;
        }
        grid.log_h.push_back(h);
        if (vector.tail > 0.0 && static_cast<double>(window.first) >= size) {
            grid.usable = true;
            break;
        }
    }
    log_each(grid.log_h);
    grid.departs = static_cast<std::size_t>(first_off(grid, off_the_line));
    grid.usable = grid.usable && grid.departs > 0;
    return grid;
}

MultiplierKernel make_multiplier_kernel(double shape) {
    // ln of the density of x = ln G is shape (x - e^x) + constant; its peak lies at 0.
    auto const density = [&](int i) {
        double const x = rate_grid_step * i;
        return std::exp(shape * (x - std::exp(x) + 1.0));
    };
    MultiplierKernel kernel;
    for (double at = 1.0; at > negligible_weight; at = density(kernel.first)) {
        kernel.weight.push_back(at);
        --kernel.first;
    }
    kernel.weight.push_back(density(kernel.first)); // the first that is negligible stays
    std::ranges::reverse(kernel.weight);
    for (int i = 1; density(i) > negligible_weight; ++i) {
        kernel.weight.push_back(density(i));
    }
    double sum = 0.0;
    for (double const weight : kernel.weight) {
        sum += weight;
    }
    for (double& weight : kernel.weight) {
        weight /= sum;
    }
    return kernel;
}

RateGrid average_over_multiplier(RateGrid const& grid, double shape) {
    MultiplierKernel const kernel = make_multiplier_kernel(shape);
    std::ptrdiff_t const known = std::ssize(grid.log_h);
    std::ptrdiff_t const width = std::ssize(kernel.weight);
    RateGrid smooth;
    smooth.power = grid.power;
    smooth.constant = grid.constant + std::lgamma(shape + grid.power) - std::lgamma(shape) -
                      grid.power * std::log(shape);
    smooth.beyond = grid.beyond;
    smooth.usable = true;
    // Nodes whose multiples all lie on the straight line keep to it, with its new constant.
    std::ptrdiff_t const start =
        std::max<std::ptrdiff_t>(first_off(grid, on_the_line) - (kernel.first + width - 1), 0);
    for (std::ptrdiff_t i = 0; i < start; ++i) {
        smooth.log_h.push_back(smooth.power * log_lambda_at(i) + smooth.constant);
    }
    // Small multipliers bring high rates back to where h is large: the far side falls slowly now.
    auto const count = static_cast<std::size_t>(known + width - start);
    double const scale = std::max(std::ranges::max(grid.log_h), grid.beyond);
    std::vector<double> h(count + kernel.weight.size(), grid.beyond - scale);
    for (std::ptrdiff_t j = start + kernel.first; j < known; ++j) {
        double const log_h = j < 0 ? grid.power * log_lambda_at(j) + grid.constant
                                   : grid.log_h[static_cast<std::size_t>(j)];
        h[static_cast<std::size_t>(j - start - kernel.first)] = log_h - scale;
    }
    exp_each(h);
    std::vector<double> sum(count, 0.0);
    correlate(kernel.weight, h, sum);
    auto const vanishes = std::ranges::find_if(sum, [](double value) { return value < smallest; });
    std::span<double> const present{sum.begin(), vanishes};
    log_each(present);
    for (double const log_h : present) {
        smooth.log_h.push_back(log_h + scale);
    }
    // Far right of the findings h vanishes, and the grid ends; it must not start there.
    smooth.usable = vanishes == sum.end() || std::ssize(smooth.log_h) > known;
    smooth.departs = static_cast<std::size_t>(first_off(smooth, off_the_line));
    smooth.usable = smooth.usable && smooth.departs > 0;
    return smooth;
}

double read(RateGrid const& grid, double log_lambda) {
    double const position = log_lambda / rate_grid_step - rate_grid_first;
    double const cell = std::floor(position);
    if (cell < 1.0) {
        return grid.power * log_lambda + grid.constant;
    }
    if (cell + 2.0 >= static_cast<double>(grid.log_h.size())) {
        return grid.beyond;
    }
    double const t = position - cell;
    double const* const y = grid.log_h.data() + (static_cast<std::ptrdiff_t>(cell) - 1);
    return -t * (t - 1.0) * (t - 2.0) / 6.0 * y[0] +
           (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 * y[1] - (t + 1.0) * t * (t - 2.0) / 2.0 * y[2] +
           (t + 1.0) * t * (t - 1.0) / 6.0 * y[3];
}

} // namespace cmq::lab
