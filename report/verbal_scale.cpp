// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/verbal_scale.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace cmq::report {

namespace {

constexpr double no_end = std::numeric_limits<double>::infinity();

// ENFSI (2015), the example of a scale in its guidance note on likelihood ratios.
constexpr std::array<VerbalDegree, 7> degrees{{
    {0.0, 2.0, {"aucun soutien", "no support"}},
    {2.0, 10.0, {"soutien faible", "weak support"}},
    {10.0, 100.0, {"soutien modéré", "moderate support"}},
    {100.0, 1e3, {"soutien modérément fort", "moderately strong support"}},
    {1e3, 1e4, {"soutien fort", "strong support"}},
    {1e4, 1e6, {"soutien très fort", "very strong support"}},
    {1e6, no_end, {"soutien extrêmement fort", "extremely strong support"}},
}};

constexpr Phrase rule{"Une valeur située sur une limite relève du degré inférieur.",
                      "A value on an edge belongs to the lower degree."};

} // namespace

std::span<VerbalDegree const> verbal_scale() {
    return degrees;
}

VerbalDegree const& degree_of(double factor) {
    CMQ_EXPECTS(factor >= 1.0);
    auto const* const found =
        std::find_if(degrees.begin(), degrees.end(), [&](VerbalDegree const& degree) {
            return factor <= degree.up_to;
        });
    CMQ_EXPECTS(found != degrees.end());
    return *found;
}

Phrase const& edge_rule() {
    return rule;
}

} // namespace cmq::report
