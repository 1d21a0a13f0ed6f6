// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/curves.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::lab {
namespace {

// Which of so many to keep: all, or as many as can be drawn, ends included.
std::vector<std::size_t> spread(std::size_t all) {
    std::size_t const kept = std::min(all, most_curve_points);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < kept; ++i) {
        places.push_back(kept == all ? i : i * (all - 1) / (kept - 1));
    }
    return places;
}

// Sum of n ln(1 + x), mostly of n = 1: factors are multiplied and their logarithm taken now and then.
class LogSum {
public:
    void add(double x, std::uint32_t n) {
        constexpr double large = 1e150;
        if (n > 1 || x > large) {
            sum_ += n * std::log1p(x);
            return;
        }
        product_ *= 1.0 + x;
        if (product_ > large) {
            sum_ += std::log(product_);
            product_ = 1.0;
        }
    }

    [[nodiscard]] double bits() const { return (sum_ + std::log(product_)) / std::numbers::ln2; }

private:
    double product_ = 1.0;
    double sum_ = 0.0;
};

// What is beyond the range of a double is linear in the logarithm.
double beyond(double log10_x, std::uint32_t n) {
    return n * log10_x * (std::numbers::ln10 / std::numbers::ln2);
}

double ece_at(double log10_odds, double share_h1, LrValues const& values, LrCounts const& counts) {
    LogSum h1;
    LogSum h2;
    double far = 0.0;
    double const odds = std::pow(10.0, log10_odds);
    auto const n1 = static_cast<double>(counts.all_h1);
    auto const n2 = static_cast<double>(counts.all_h2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        double const posterior = values.lr[i] * odds;
        double const log10_posterior = values.log10_lr[i] + log10_odds;
        if (counts.h1[i] > 0 && log10_posterior < -300.0) {
            far += share_h1 / n1 * beyond(-log10_posterior, counts.h1[i]);
        } else if (counts.h1[i] > 0) {
            h1.add(1.0 / posterior, counts.h1[i]);
        }
        if (counts.h2[i] > 0 && log10_posterior > 300.0) {
            far += (1.0 - share_h1) / n2 * beyond(log10_posterior, counts.h2[i]);
        } else if (counts.h2[i] > 0) {
            h2.add(posterior, counts.h2[i]);
        }
    }
    return share_h1 * h1.bits() / n1 + (1.0 - share_h1) * h2.bits() / n2 + far;
}

double ece_after_pav(double odds,
                     double share_h1,
                     LrCounts const& counts,
                     std::span<PavBlock const> blocks) {
    double h1 = 0.0;
    double h2 = 0.0;
    for (PavBlock const& block : blocks) {
        if (block.h1 == 0 || block.h2 == 0) {
            continue;
        }
        double const a = static_cast<double>(block.h1) / static_cast<double>(counts.all_h1);
        double const b = static_cast<double>(block.h2) / static_cast<double>(counts.all_h2);
        h1 += a * std::log2(1.0 + b / (a * odds));
        h2 += b * std::log2(1.0 + a * odds / b);
    }
    return share_h1 * h1 + (1.0 - share_h1) * h2;
}

double entropy(double p) {
    return -p * std::log2(p) - (1.0 - p) * std::log2(1.0 - p);
}

} // namespace

std::vector<TippettPoint> make_tippett(LrValues const& values, LrCounts const& counts, bool h1) {
    auto const& side = h1 ? counts.h1 : counts.h2;
    std::uint64_t const all = h1 ? counts.all_h1 : counts.all_h2;
    std::vector<TippettPoint> points;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (side[i] > 0 && std::isfinite(values.log10_lr[i])) {
            points.push_back(
                {.log10_lr = values.log10_lr[i],
                 .share = static_cast<double>(all - below) / static_cast<double>(all)});
        }
        below += side[i];
    }
    std::vector<TippettPoint> kept;
    for (std::size_t const place : spread(points.size())) {
        kept.push_back(points[place]);
    }
    return kept;
}

std::vector<PavPoint>
make_pav_points(std::span<PavBlock const> blocks, LrValues const& values, LrCounts const& counts) {
    std::vector<PavPoint> points;
    for (std::size_t const place : spread(blocks.size())) {
        PavBlock const& block = blocks[place];
        points.push_back({.log10_lr_low = values.log10_lr[block.first],
                          .log10_lr_high = values.log10_lr[block.last],
                          .log10_pav = pav_log10_lr(block, counts),
                          .h1 = block.h1,
                          .h2 = block.h2});
    }
    return points;
}

std::vector<EcePoint> make_ece(LrValues const& values,
                               LrCounts const& counts,
                               std::span<PavBlock const> blocks,
                               unsigned threads) {
    bool const infinite = infinite_cost(values, counts);
    std::vector<EcePoint> points(prior_steps + 1);
    parallel_blocks(points.size(), threads, [&](std::size_t i) {
        EcePoint& point = points[i];
        // A quotient of whole numbers, so that the middle is 0 and both halves mirror each other.
        point.log10_prior_odds = widest_prior *
                                 (2.0 * static_cast<double>(i) - static_cast<double>(prior_steps)) /
                                 static_cast<double>(prior_steps);
        double const odds = std::pow(10.0, point.log10_prior_odds);
        double const share_h1 = odds / (1.0 + odds);
        if (!infinite) {
            point.ece = ece_at(point.log10_prior_odds, share_h1, values, counts);
        }
        point.after_pav = ece_after_pav(odds, share_h1, counts, blocks);
        point.neutral = entropy(share_h1);
    });
    return points;
}

} // namespace cmq::lab
