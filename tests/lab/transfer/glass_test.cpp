// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/transfer/glass.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace {

using namespace cmq::lab::test;

// Published to four digits with a standard error of 1e-4, from 10^6 and more simulated windows.
TEST(GlassTerms, AreThoseOfTheSimulation) {
    std::map<int, double> const none_found{{1, 0.0709}, {2, 0.1035}, {4, 0.1701}};
    for (auto const& [hours, p] : none_found) {
        GlassTerms const terms = glass_on_lattices(hours, 4, 65'536, 1);
        EXPECT_LT(terms.se[0], 1e-4);
        EXPECT_NEAR(terms.p[0], p, 4.0 * std::hypot(1e-4, terms.se[0])) << hours;
    }
}

TEST(GlassTerms, AgreeWithFragmentsCountedOneByOne) {
    GlassTerms const exact = glass_on_lattices(2, 6, 16'384, 1);
    GlassTerms const counted = glass_by_fragments(2, 6, 60'000, 1);
    for (std::size_t n = 0; n < 6; ++n) {
        EXPECT_NEAR(counted.p[n], exact.p[n], 4.0 * std::hypot(counted.se[n], exact.se[n])) << n;
    }
}

} // namespace
