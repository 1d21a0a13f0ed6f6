// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/pav.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::lab {
namespace {

// The lower block's share of H1 is no smaller than the upper one's.
bool violates(PavBlock const& lower, PavBlock const& upper) {
    return lower.h1 * upper.h2 >= upper.h1 * lower.h2;
}

} // namespace

void fit_pav(LrCounts const& counts, std::vector<PavBlock>& blocks) {
    CMQ_EXPECTS(counts.all_h1 > 0 && counts.all_h2 > 0);
    CMQ_EXPECTS(counts.all_h1 >> 31U == 0 && counts.all_h2 >> 31U == 0); // products fit 64 bits
    blocks.clear();
    for (std::size_t i = 0; i < counts.h1.size(); ++i) {
        if (counts.h1[i] + counts.h2[i] == 0) {
            continue;
        }
        auto const value = static_cast<std::uint32_t>(i);
        PavBlock block{.first = value, .last = value, .h1 = counts.h1[i], .h2 = counts.h2[i]};
        while (!blocks.empty() && violates(blocks.back(), block)) {
            block.first = blocks.back().first;
            block.h1 += blocks.back().h1;
            block.h2 += blocks.back().h2;
            blocks.pop_back();
        }
        blocks.push_back(block);
    }
}

double pav_log10_lr(PavBlock const& block, LrCounts const& counts) noexcept {
    if (block.h1 == 0) {
        return -std::numeric_limits<double>::infinity();
    }
    if (block.h2 == 0) {
        return std::numeric_limits<double>::infinity();
    }
    // One logarithm of a quotient of whole numbers: 1 gives exactly 0.
    return std::log10((static_cast<double>(block.h1) * static_cast<double>(counts.all_h2)) /
                      (static_cast<double>(block.h2) * static_cast<double>(counts.all_h1)));
}

double measure_cllr_min(std::span<PavBlock const> blocks, LrCounts const& counts) noexcept {
    auto const all_h1 = static_cast<double>(counts.all_h1);
    auto const all_h2 = static_cast<double>(counts.all_h2);
    double cost = 0.0;
    for (PavBlock const& block : blocks) {
        if (block.h1 == 0 || block.h2 == 0) {
            continue; // calibrated to certainty, and right: costs nothing
        }
        double const a = static_cast<double>(block.h1) / all_h1;
        double const b = static_cast<double>(block.h2) / all_h2;
        cost += a * std::log2(1.0 + b / a) + b * std::log2(1.0 + a / b);
    }
    return std::min(1.0, 0.5 * cost); // never above, but for rounding
}

double measure_equal_error_rate(std::span<PavBlock const> blocks, LrCounts const& counts) noexcept {
    // Along the hull from low thresholds to high: H1 missed rises from 0, H2 taken falls from 1.
    double missed = 0.0;
    double taken = 1.0;
    for (PavBlock const& block : blocks) {
        double const more = static_cast<double>(block.h1) / static_cast<double>(counts.all_h1);
        double const less = static_cast<double>(block.h2) / static_cast<double>(counts.all_h2);
        if (missed + more >= taken - less) {
            return missed + more * (taken - missed) / (more + less);
        }
        missed += more;
        taken -= less;
    }
    return missed;
}

} // namespace cmq::lab
