// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "core/log_sum.hpp"
#include "lab/transfer/p_findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cmq::lab {

namespace {

constexpr double largest_shape = 25.0; // beyond, the load is narrow and the left tail too steep
constexpr double smallest_width = 0.1; // of ln M, all findings and the load together
constexpr double load_departs = 1e-3;  // rate * M where e^(-rate M) is that far off 1
constexpr double vanished = -1e4;

/// One zone's ln h at the nodes: node i lies at index + i + t of its grid.
struct Reader {
    RateGrid const* grid = nullptr;
    std::ptrdiff_t index = 0;
    std::array<double, 4> cubic{};
    double line_at_start = 0.0; ///< the straight line at node 0
    double line_step = 0.0;

    [[nodiscard]] double on_line(std::size_t node) const {
        return line_at_start + line_step * static_cast<double>(node);
    }
};

/// terms[i] += ln h at node i: along the line, by the cubic through four points, and beyond the grid.
[[gnu::target_clones("avx2", "default")]] void add_log_h(Reader const& reader,
                                                         std::span<double> terms) {
    std::vector<double> const& log_h = reader.grid->log_h;
    auto const node_of = [&](std::ptrdiff_t cell) {
        return static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(cell - reader.index, 0, std::ssize(terms)));
    };
    std::size_t const line_end = node_of(1);
    std::size_t const grid_end = std::max(line_end, node_of(std::ssize(log_h) - 2));
    for (std::size_t i = 0; i < line_end; ++i) {
        terms[i] += reader.on_line(i);
    }
    if (line_end < grid_end) {
        auto const first = reader.index + static_cast<std::ptrdiff_t>(line_end) - 1;
        double const* const y = log_h.data() + first;
        double* const to = terms.data() + line_end;
        std::array<double, 4> const k = reader.cubic;
        for (std::size_t i = 0; i < grid_end - line_end; ++i) {
            to[i] += k[0] * y[i] + k[1] * y[i + 1] + (k[2] * y[i + 2] + k[3] * y[i + 3]);
        }
    }
    for (std::size_t i = grid_end; i < terms.size(); ++i) {
        terms[i] += reader.grid->beyond;
    }
}

Reader make_reader(RateGrid const& grid, double log_lambda) {
    double const position = log_lambda / rate_grid_step - rate_grid_first;
    double const cell = std::floor(position);
    double const t = position - cell;
    return {.grid = &grid,
            .index = static_cast<std::ptrdiff_t>(cell),
            .cubic = {-t * (t - 1.0) * (t - 2.0) / 6.0,
                      (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0,
                      -(t + 1.0) * t * (t - 2.0) / 2.0,
                      (t + 1.0) * t * (t - 1.0) / 6.0},
            .line_at_start = grid.power * log_lambda + grid.constant,
            .line_step = grid.power * rate_grid_step};
}

/// Sum of f over all nodes left of node 0, over f at node 0: f is e^(slope u) (1 - c e^u) there.
double left_sum(double slope, double c) {
    double const q = std::exp(-slope * rate_grid_step);
    double const qc = std::exp(-(slope + 1.0) * rate_grid_step);
    return (q / (1.0 - q) - c * qc / (1.0 - qc)) / (1.0 - c);
}

/// log_sum without the terms at either end that are below e^-44 of the largest.
double log_sum_of_peak(std::span<double const> terms) {
    double const largest = std::ranges::max(terms);
    if (std::isinf(largest)) {
        return largest;
    }
    double const least = largest - 44.0;
    auto const matters = [least](double term) { return term > least; };
    auto const first = std::ranges::find_if(terms, matters);
    auto const end = std::find_if(terms.rbegin(), terms.rend(), matters).base();
    return log_sum({first, end});
}

/// e^(rate_grid_step i), for as many nodes as ever needed so far.
std::span<double const> node_factors(std::size_t count) {
    thread_local std::vector<double> factors;
    while (factors.size() < count) {
        factors.push_back(std::exp(rate_grid_step * static_cast<double>(factors.size())));
    }
    return std::span{factors}.first(count);
}

bool applies(std::span<ZoneTerm const> zones, Load const& load) {
    double precision = load.shape;
    for (ZoneTerm const& zone : zones) {
        if (zone.extra > 0.0) {
            return false;
        }
        if (zone.share > 0.0) {
            precision += 1.0 / (zone.likelihood->width() * zone.likelihood->width());
        }
    }
    return load.shape <= largest_shape && precision * smallest_width * smallest_width <= 1.0 &&
           std::ranges::all_of(zones, [](ZoneTerm const& zone) {
               return zone.share == 0.0 || zone.likelihood->grid().usable;
           });
}

struct Range {
    double start = 0.0; ///< ln M of node 0
    std::size_t count = 0;
};

Range make_range(std::span<ZoneTerm const> zones, Load const& load) {
    double start = std::log(load_departs / load.rate);
    double quanta = load.shape;
    for (ZoneTerm const& zone : zones) {
        if (zone.share > 0.0) {
            double const departs =
                rate_grid_first + static_cast<double>(zone.likelihood->grid().departs) - 1.0;
            double const share = zone.share / zone.likelihood->vector().lump; // of a lump
            start = std::min(start, departs * rate_grid_step - std::log(share));
            quanta += zone.likelihood->reach();
        }
    }
    double const end = std::log((quanta + 12.0 * std::sqrt(quanta) + 50.0) / load.rate);
    return {start, static_cast<std::size_t>(std::ceil((end - start) / rate_grid_step)) + 1};
}

} // namespace

bool log_p_on_grid(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out) {
    CMQ_EXPECTS(!zones.empty() && out.size() == zones.size());
    if (!applies(zones, load)) {
        return false;
    }
    Range const range = make_range(zones, load);
    double const start = range.start;
    std::size_t const count = range.count;

    thread_local std::vector<double> terms; // reused: this is called a million times
    terms.resize(count);
    double const norm =
        std::log(rate_grid_step) - std::lgamma(load.shape) + load.shape * std::log(load.rate);
    double const first_load = load.rate * std::exp(start);
    std::span<double const> const factors = node_factors(count);
    for (std::size_t i = 0; i < count; ++i) {
        terms[i] = norm + load.shape * (start + rate_grid_step * static_cast<double>(i)) -
                   first_load * factors[i];
    }
    double slope = load.shape;
    double c = first_load;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        if (zones[z].share == 0.0) {
            double const constant = zones[z].likelihood->direct(0.0);
            for (double& term : terms) {
                term += constant;
            }
        } else {
            double const share = zones[z].share / zones[z].likelihood->vector().lump;
            Reader const reader = make_reader(zones[z].likelihood->grid(), start + std::log(share));
            double const before = terms.front();
            add_log_h(reader, terms);
            slope += reader.grid->power;
            c += reader.on_line(0) - (terms.front() - before);
        }
        double const sum = log_sum_of_peak(terms);
        double const left = terms.front() + std::log(left_sum(slope, c));
        out[z] = std::isfinite(left) ? log_add(sum, left) : sum;
        if (out[z] < vanished / 2.0) {
            return false; // so small that what was cut off may matter
        }
    }
    return true;
}

} // namespace cmq::lab
