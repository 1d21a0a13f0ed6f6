// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/tail_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace cmq::detect {
namespace {

constexpr double surprise =
    0.01; // of each of three: a frame of plain noise is distrusted once in 40

} // namespace

double poisson_upper_tail(std::size_t count, double mean) {
    double below = 0.0;
    double term = std::exp(-mean);
    for (std::size_t k = 0; k < count; ++k) {
        below += term;
        term *= mean / static_cast<double>(k + 1);
    }
    return 1.0 - below;
}

double tail_factor(std::vector<Segment> const& darker, std::vector<TestedCells> const& tested) {
    std::vector<double> found;
    found.reserve(darker.size());
    for (Segment const& segment : darker) {
        found.push_back(static_cast<double>(segment.significance));
    }
    std::sort(found.begin(), found.end(), std::greater<>{});
    double factor = 1.0;
    for (double const mean : {1.0, 5.0, 20.0}) {
        double const limit = significance_for(tested, mean);
        if (log_false_traces(tested, limit) < std::log(0.9 * mean)) {
            continue; // too few cells to expect so many
        }
        auto const count = static_cast<std::size_t>(
            std::count_if(found.begin(), found.end(), [&](double s) { return s >= limit; }));
        if (poisson_upper_tail(count, mean) < surprise) {
            // The significance that the frame reaches as often as the model says of `limit`.
            auto const rank = static_cast<std::size_t>(std::ceil(mean));
            factor = std::max(factor, found[rank - 1] / limit);
        }
    }
    return factor;
}

} // namespace cmq::detect
