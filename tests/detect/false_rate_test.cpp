// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/false_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::detect::log_false_traces;
using cmq::detect::log_maxima_per_cell;
using cmq::detect::significance_for;
using cmq::detect::TestedCells;

TestedCells one_degree(double scale, double cells) {
    TestedCells tested{scale, {}};
    tested.cells[1] = cells;
    return tested;
}

// ln of a normal variable's two-sided tail, in long double: its erfc reaches e^-11000.
double log_two_sided_tail(double t) {
    return static_cast<double>(std::log(std::erfc(std::sqrt(0.5L * static_cast<long double>(t)))));
}

TEST(LogMaximaPerCell, OfOneDegreeIsTheNormalTailLessHiddenMaxima) {
    for (double const scale : {1.0, 1.3, 2.0}) {
        for (double const t : {16.0, 25.0, 36.0}) {
            double const share = std::exp(log_maxima_per_cell(t, 1, scale) - log_two_sided_tail(t));
            EXPECT_GT(share, 0.2);
            EXPECT_LT(share, 1.0);
        }
        // So far out the hidden share of all but the widest filter is below 2 %; there it is
        // 0.714 exp(-0.02 * 484) = 4e-5. The tail itself is known to 15 / t^3 = 1e-7 of its value.
        for (double const t : {500.0, 1000.0}) {
            EXPECT_NEAR(log_maxima_per_cell(t, 1, scale), log_two_sided_tail(t), 1e-4);
        }
    }
}

TEST(LogMaximaPerCell, OfOneDegreeHasNoStepWhereItsSeriesBegins) {
    // The slope is -1/2 - 1/(2t) and some 1e-4 of hidden maxima: 1e-6 apart it moves by 5e-7.
    double const before = log_maxima_per_cell(200.0 - 1e-6, 1, 1.0);
    double const after = log_maxima_per_cell(200.0, 1, 1.0);
    EXPECT_NEAR(before, after, 3e-6); // 15 / 200^3 is what the series leaves out
}

TEST(LogMaximaPerCell, FallsWithTheWidthOfTheFilterAndRisesWithDegrees) {
    for (double const t : {16.0, 25.0}) {
        EXPECT_GT(log_maxima_per_cell(t, 1, 1.0), log_maxima_per_cell(t, 1, 1.3));
        EXPECT_GT(log_maxima_per_cell(t, 1, 1.3), log_maxima_per_cell(t, 1, 2.0));
        EXPECT_GT(log_maxima_per_cell(t, 2, 1.0), log_maxima_per_cell(t, 1, 1.0));
    }
}

TEST(LogFalseTraces, CountsCellsOfOneDegree) {
    double const one = log_false_traces({one_degree(1.0, 1000.0)}, 20.0);
    EXPECT_NEAR(one, std::log(1000.0) + log_maxima_per_cell(20.0, 1, 1.0), 1e-12);
    EXPECT_NEAR(log_false_traces({one_degree(1.0, 2000.0)}, 20.0), one + std::log(2.0), 1e-12);
}

TEST(SignificanceFor, GivesBackWhatIsExpectedOfOneDegree) {
    std::vector<TestedCells> const tested{one_degree(1.0, 1e6), one_degree(2.0, 1e6)};
    for (double const expected : {0.01, 1.0}) {
        double const significance = significance_for(tested, expected);
        EXPECT_NEAR(log_false_traces(tested, significance), std::log(expected), 1e-9);
    }
}

} // namespace
