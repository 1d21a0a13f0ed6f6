// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/false_rate.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::detect {
namespace {

// ln P(chi-square with k degrees >= t); closed forms.
double log_tail(double t, int k) {
    if (k == 1) {
        return t < 200.0 ? std::log(std::erfc(std::sqrt(0.5 * t)))
                         : -0.5 * t - 0.5 * std::log(0.5 * std::numbers::pi * t) +
                               std::log1p((3.0 / t - 1.0) / t); // asymptotic series of erfc
    }
    if (k == 2) {
        return -0.5 * t;
    }
    if (k == 4) {
        return -0.5 * t + std::log1p(0.5 * t);
    }
    double const main = 0.5 * std::log(2.0 * t / std::numbers::pi) - 0.5 * t;
    if (t < 200.0) {
        return log_add(main, std::log(std::erfc(std::sqrt(0.5 * t))));
    }
    return main + std::log1p((1.0 - 1.0 / t + 3.0 / (t * t)) / t); // asymptotic series of erfc
}

// Of the cells above t, all but a share a * exp(-b (t - 16)) are local maxima. Fitted to 1.4e9 cells
// of white noise, with one dimension 2.1e9 (docs/studies/false_traces.md, "Maxima of noise"), each
// within 3 % from 16 to 28 (2 to 4 dimensions: 2 % to 38).
struct Fit {
    double a;
    double b;
};

Fit fit_of(int dimensions, double scale_cells) {
    bool const fine = scale_cells < 1.5;
    switch (dimensions) {
    case 1:
        return fine ? (scale_cells < 1.15 ? Fit{0.266, 0.081} : Fit{0.451, 0.047})
                    : Fit{0.714, 0.020};
    case 2:
        return fine ? Fit{0.3083, 0.0798} : Fit{0.7397, 0.0173};
    case 3:
        return fine ? Fit{0.3554, 0.0773} : Fit{0.7695, 0.0199};
    default:
        return fine ? Fit{0.4039, 0.0762} : Fit{0.7942, 0.0193};
    }
}

// Maxima of both scales that belong to one segment; same study.
double share_merged(double significance) {
    return 0.175 * std::exp(-0.069 * (significance - 16.0));
}

} // namespace

double log_maxima_per_cell(double significance, int dimensions, double scale_cells) noexcept {
    Fit const fit = fit_of(dimensions, scale_cells);
    double const hidden = fit.a * std::exp(-fit.b * (significance - 16.0));
    return log_tail(significance, dimensions) + std::log1p(-std::min(hidden, 0.95));
}

double log_false_traces(std::vector<TestedCells> const& tested, double significance) {
    double sum = -std::numeric_limits<double>::infinity();
    for (TestedCells const& scale : tested) {
        for (int k = 1; k <= 4; ++k) {
            double const cells = scale.cells[static_cast<std::size_t>(k)];
            if (cells > 0.0) {
                sum = log_add(
                    sum, std::log(cells) + log_maxima_per_cell(significance, k, scale.scale_cells));
            }
        }
    }
    return tested.size() > 1 ? sum + std::log1p(-std::min(share_merged(significance), 0.5)) : sum;
}

double significance_for(std::vector<TestedCells> const& tested, double expected) {
    CMQ_EXPECTS(expected > 0.0);
    double low = 14.0;
    double high = 2000.0;
    double const target = std::log(expected);
    if (log_false_traces(tested, low) <= target) {
        return low;
    }
    for (int i = 0; i < 60; ++i) {
        double const middle = 0.5 * (low + high);
        (log_false_traces(tested, middle) > target ? low : high) = middle;
    }
    return high;
}

} // namespace cmq::detect
