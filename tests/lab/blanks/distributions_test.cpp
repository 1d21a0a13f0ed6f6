// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/distributions.hpp"

#include "lab/blanks/critical_value.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;

TEST(BetaBelow, AgreesWithBoost) {
    for (double const a : {0.5, 1.0, 3.7, 250.0}) {
        for (double const b : {0.5, 2.0, 40.0}) {
            for (double const x : {0.001, 0.2, 0.5, 0.9, 0.999}) {
                EXPECT_NEAR(
                    beta_below(x, a, b), cdf(boost::math::beta_distribution<>(a, b), x), 1e-12);
            }
        }
    }
    EXPECT_EQ(beta_below(-0.1, 1, 1), 0);
    EXPECT_EQ(beta_below(1.1, 1, 1), 1);
}

TEST(TQuantile, AgreesWithTheWholeDegreesAndWithBoost) {
    for (std::size_t const degrees : {1U, 2U, 5U, 30U, 400U}) {
        double const whole = student_t_quantile(0.95, degrees);
        EXPECT_NEAR(t_quantile(0.95, static_cast<double>(degrees)), whole, 1e-9 * whole);
    }
    for (double const degrees : {1.3, 2.5, 7.77, 99999.0}) {
        double const expected = quantile(boost::math::students_t(degrees), 0.99);
        EXPECT_NEAR(t_quantile(0.99, degrees), expected, 1e-9 * expected);
    }
}

TEST(FAbove, AgreesWithBoost) {
    for (double const f : {0.1, 1.0, 3.5, 40.0}) {
        EXPECT_NEAR(f_above(f, 3, 11), cdf(complement(boost::math::fisher_f(3, 11), f)), 1e-12);
        EXPECT_NEAR(f_above(f, 9, 1), cdf(complement(boost::math::fisher_f(9, 1), f)), 1e-12);
    }
    EXPECT_EQ(f_above(0, 2, 2), 1);
}

TEST(NoncentralTBelow, AgreesWithBoost) {
    for (double const degrees : {1.0, 2.0, 5.0, 40.0, 2000.0}) {
        for (double const shift : {0.0, 1.5, 4.0}) {
            boost::math::non_central_t const expected{degrees, shift};
            for (double const t : {0.7, 1.9, 6.3}) {
                EXPECT_NEAR(noncentral_t_below(t, degrees, shift), cdf(expected, t), 1e-7)
                    << degrees << ' ' << shift << ' ' << t;
            }
        }
    }
}

// L. A. Currie, Pure and Applied Chemistry 67 (1995) 1699: 4.07 for four degrees of freedom, 3.29 for very many.
TEST(DetectableShift, AgreesWithPublishedValues) {
    EXPECT_NEAR(detectable_shift(4, 0.05, 0.05), 4.07, 5e-3);
    EXPECT_NEAR(detectable_shift(1e5, 0.05, 0.05), 3.29, 5e-3);
}

TEST(DetectableShift, IsFoundAsOftenAsItSays) {
    for (double const degrees : {1.0, 3.0, 12.0}) {
        double const shift = detectable_shift(degrees, 0.05, 0.1);
        boost::math::non_central_t const law{degrees, shift};
        EXPECT_NEAR(cdf(law, t_quantile(0.95, degrees)), 0.1, 1e-7);
    }
}

} // namespace
