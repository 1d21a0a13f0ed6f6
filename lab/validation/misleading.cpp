// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/misleading.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr double two_sided = 1.959963984540054; // standard normal, 2.5 % above

Misleading count_at(double log10_strength, LrValues const& values, LrCounts const& counts) {
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    bool const any = log10_strength == 0.0; // 1 itself points to no side
    for (std::size_t i = 0; i < values.size(); ++i) {
        double const x = values.log10_lr[i];
        h1 += (any ? x < 0.0 : x <= -log10_strength) ? counts.h1[i] : 0U;
        h2 += (any ? x > 0.0 : x >= log10_strength) ? counts.h2[i] : 0U;
    }
    Misleading found;
    found.under_h1.count = h1;
    found.under_h2.count = h2;
    return found;
}

} // namespace

CountedShare make_share(std::uint64_t count, std::uint64_t of, std::uint64_t units) noexcept {
    CountedShare result{.count = count, .of = of};
    if (of == 0 || units == 0) {
        return result;
    }
    double const p = static_cast<double>(count) / static_cast<double>(of);
    auto const n = static_cast<double>(units);
    double const z2 = two_sided * two_sided;
    double const centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    double const half =
        two_sided / (1.0 + z2 / n) * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    result.share = p;
    // At none and at all the formula gives the end itself, but for rounding.
    result.low = count == 0 ? 0.0 : std::max(0.0, centre - half);
    result.high = count == of ? 1.0 : std::min(1.0, centre + half);
    return result;
}

std::array<Misleading, 3> count_misleading(LrValues const& values,
                                           LrCounts const& counts,
                                           std::uint64_t h1_units,
                                           std::uint64_t h2_units) noexcept {
    std::array<Misleading, 3> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const log10_strength = static_cast<double>(i);
        Misleading found = count_at(log10_strength, values, counts);
        found.strength = std::pow(10.0, log10_strength);
        found.under_h1 = make_share(found.under_h1.count, counts.all_h1, h1_units);
        found.under_h2 = make_share(found.under_h2.count, counts.all_h2, h2_units);
        all.at(i) = found;
    }
    return all;
}

} // namespace cmq::lab
