// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/pooled.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::lab {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double finite_or_zero(double cost) {
    return std::isfinite(cost) ? cost : 0.0;
}

void add_value(LrValues& values, double log10_lr) {
    values.log10_lr.push_back(log10_lr);
    values.lr.push_back(std::pow(10.0, log10_lr));
    values.h1_cost.push_back(finite_or_zero(cost_under_h1(log10_lr)));
    values.h2_cost.push_back(finite_or_zero(cost_under_h1(-log10_lr)));
}

} // namespace

double cost_under_h1(double log10_lr) noexcept {
    if (log10_lr == -infinite) {
        return infinite;
    }
    double const nats = log10_lr * std::numbers::ln10;
    double const cost = std::log1p(std::exp(-std::abs(nats)));
    return (nats >= 0.0 ? cost : cost - nats) / std::numbers::ln2;
}

PooledLrs pool(std::span<KnownLr const> rows) {
    CMQ_EXPECTS(rows.size() < std::numeric_limits<std::uint32_t>::max());
    CMQ_EXPECTS(
        std::ranges::none_of(rows, [](KnownLr const& row) { return std::isnan(row.log10_lr); }));
    std::vector<KnownLr> sorted{rows.begin(), rows.end()};
    std::ranges::stable_sort(sorted, [](KnownLr const& a, KnownLr const& b) {
        return a.log10_lr < b.log10_lr || (a.log10_lr == b.log10_lr && a.h1 && !b.h1);
    });
    PooledLrs pooled;
    pooled.items.reserve(sorted.size());
    for (KnownLr const& row : sorted) {
        if (pooled.values.size() == 0 || row.log10_lr != pooled.values.log10_lr.back()) {
            add_value(pooled.values, row.log10_lr);
            pooled.counts.h1.push_back(0);
            pooled.counts.h2.push_back(0);
        }
        auto const value = static_cast<std::uint32_t>(pooled.values.size() - 1);
        pooled.items.push_back({.value = value, .group = row.group, .h1 = row.h1});
        ++(row.h1 ? pooled.counts.h1 : pooled.counts.h2).back();
        ++(row.h1 ? pooled.counts.all_h1 : pooled.counts.all_h2);
    }
    return pooled;
}

bool infinite_cost(LrValues const& values, LrCounts const& counts) noexcept {
    return values.size() > 0 && ((values.log10_lr.front() == -infinite && counts.h1.front() > 0) ||
                                 (values.log10_lr.back() == infinite && counts.h2.back() > 0));
}

double measure_cllr(LrValues const& values, LrCounts const& counts) noexcept {
    CMQ_EXPECTS(counts.all_h1 > 0 && counts.all_h2 > 0);
    if (infinite_cost(values, counts)) {
        return infinite;
    }
    double h1 = 0.0;
    double h2 = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        h1 += counts.h1[i] * values.h1_cost[i];
        h2 += counts.h2[i] * values.h2_cost[i];
    }
    return 0.5 *
           (h1 / static_cast<double>(counts.all_h1) + h2 / static_cast<double>(counts.all_h2));
}

} // namespace cmq::lab
