// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/share_estimate.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

/// P(X <= hits) of a binomial number.
double binomial_head(std::uint64_t hits, std::uint64_t all, double rate) {
    auto const n = static_cast<double>(all);
    double total = 0.0;
    for (std::uint64_t k = 0; k <= hits; ++k) {
        auto const x = static_cast<double>(k);
        total += std::exp(std::lgamma(n + 1.0) - std::lgamma(x + 1.0) - std::lgamma(n - x + 1.0) +
                          x * std::log(rate) + (n - x) * std::log1p(-rate));
    }
    return total;
}

} // namespace

ShareEstimate wilson(double hits, double all) noexcept {
    CMQ_EXPECTS(hits >= 0.0 && hits <= all && all > 0.0);
    constexpr double z = 1.959963984540054;
    double const share = hits / all;
    double const centre = (share + z * z / (2.0 * all)) / (1.0 + z * z / all);
    double const half = z / (1.0 + z * z / all) *
                        std::sqrt(share * (1.0 - share) / all + z * z / (4.0 * all * all));
    return {.share = share,
            .low = hits == 0.0 ? 0.0 : std::max(0.0, centre - half),
            .high = hits == all ? 1.0 : std::min(1.0, centre + half)};
}

double rate_bound(std::uint64_t hits, std::uint64_t all) noexcept {
    CMQ_EXPECTS(hits <= all && all > 0);
    if (hits == all) {
        return 1.0;
    }
    if (hits == 0) {
        return std::min(1.0, 3.0 / static_cast<double>(all));
    }
    double low = static_cast<double>(hits) / static_cast<double>(all);
    double high = 1.0;
    for (int round = 0; round < 60; ++round) {
        double const middle = 0.5 * (low + high);
        (binomial_head(hits, all, middle) > 0.05 ? low : high) = middle;
    }
    return high;
}

std::vector<double> split_counts(std::span<double const> counts, std::span<SplitRead const> reads) {
    std::vector<double> split(counts.begin(), counts.end());
    if (reads.empty()) {
        return split;
    }
    // A lot that only split reads speak for begins with some of them.
    for (SplitRead const& read : reads) {
        split[read.first] += 0.5;
        split[read.second] += 0.5;
    }
    for (int round = 0; round < 100; ++round) {
        std::vector<double> next(counts.begin(), counts.end());
        for (SplitRead const& read : reads) {
            double const first = split[read.first] * read.odds;
            double const share = first / (first + split[read.second]);
            next[read.first] += share;
            next[read.second] += 1.0 - share;
        }
        split = std::move(next);
    }
    return split;
}

double poisson_tail(std::uint64_t count, double mean) noexcept {
    CMQ_EXPECTS(mean >= 0.0);
    if (count == 0) {
        return 1.0;
    }
    if (mean == 0.0) {
        return 0.0;
    }
    double term = std::exp(-mean);
    if (term == 0.0) { // a mean above 700: far beyond any count that is asked about, or far below
        return static_cast<double>(count) > mean ? 0.0 : 1.0;
    }
    double head = term;
    for (std::uint64_t k = 1; k < count; ++k) {
        term *= mean / static_cast<double>(k);
        head += term;
    }
    return std::clamp(1.0 - head, 0.0, 1.0);
}

} // namespace cmq::lab
