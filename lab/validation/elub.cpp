// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/elub.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

// The threshold above which NBE exceeds 1 while so many lie above it.
double
carried(std::uint64_t for_above, std::uint64_t against_above, double for_all, double against_all) {
    return static_cast<double>(for_above) * against_all /
           ((static_cast<double>(against_above) + 1.0) * for_all);
}

double upper_bound(LrValues const& values, LrCounts const& counts) {
    double const all_h1 = static_cast<double>(counts.all_h1) + 1.0;
    double const all_h2 = static_cast<double>(counts.all_h2) + 1.0;
    auto const first = static_cast<std::size_t>(std::ranges::upper_bound(values.log10_lr, 0.0) -
                                                values.log10_lr.begin());
    std::uint64_t h1 = 0; // above the threshold
    std::uint64_t h2 = 0;
    for (std::size_t i = first; i < values.size(); ++i) {
        h1 += counts.h1[i];
        h2 += counts.h2[i];
    }
    double from = 1.0;
    for (std::size_t i = first; i < values.size(); ++i) {
        double const limit = carried(h1, h2, all_h1, all_h2);
        if (limit < values.lr[i]) {
            return std::max(from, limit);
        }
        from = values.lr[i];
        h1 -= counts.h1[i];
        h2 -= counts.h2[i];
    }
    return from; // above the largest ratio, everything is missed
}

// The same downwards, with the sides swapped and ratios inverted.
double lower_bound(LrValues const& values, LrCounts const& counts) {
    double const all_h1 = static_cast<double>(counts.all_h1) + 1.0;
    double const all_h2 = static_cast<double>(counts.all_h2) + 1.0;
    auto const end = static_cast<std::size_t>(std::ranges::lower_bound(values.log10_lr, 0.0) -
                                              values.log10_lr.begin());
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    for (std::size_t i = 0; i < end; ++i) {
        h1 += counts.h1[i];
        h2 += counts.h2[i];
    }
    double from = 1.0;
    for (std::size_t i = end; i-- > 0;) {
        double const limit = 1.0 / carried(h2, h1, all_h2, all_h1);
        if (limit > values.lr[i]) {
            return std::min(from, limit);
        }
        from = values.lr[i];
        h1 -= counts.h1[i];
        h2 -= counts.h2[i];
    }
    return from;
}

} // namespace

Elub measure_elub(LrValues const& values, LrCounts const& counts) noexcept {
    CMQ_EXPECTS(counts.all_h1 > 0 && counts.all_h2 > 0);
    return {.log10_lower = std::log10(lower_bound(values, counts)),
            .log10_upper = std::log10(upper_bound(values, counts))};
}

} // namespace cmq::lab
