// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/quantile_function.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using boost::math::cdf;

constexpr double probabilities[] = {
    1e-9, 1e-6, 1e-3, 0.02, 0.05, 0.25, 0.5, 0.6, 0.95, 0.999, 0.9999};

Distribution of(DistributionKind kind, double first, double second) {
    return {.kind = kind, .first = first, .second = second, .low = {}, .high = {}};
}

// How far P(X <= quantile(u)) of an independent library is from u, relative to the smaller tail.
template <class Law, class Transform>
double worst(QuantileFunction const& quantile, Law const& law, Transform const& transform) {
    double most = 0.0;
    for (double const u : probabilities) {
        double const x = transform(quantile(u));
        double const error = u < 0.5 ? cdf(law, x) / u - 1.0
                                     : cdf(boost::math::complement(law, x)) / (1.0 - u) - 1.0;
        most = std::max(most, std::abs(error));
    }
    return most;
}

TEST(QuantileFunction, IsThatOfAnIndependentLibrary) {
    for (auto const& [a, b] :
         {std::pair{2.0, 8.0}, {0.5, 0.5}, {0.2, 5.0}, {60.0, 3.0}, {1.0, 1.0}, {900.0, 400.0}}) {
        EXPECT_LT(worst(QuantileFunction{of(DistributionKind::beta, a, b)},
                        boost::math::beta_distribution<>{a, b},
                        [](double x) { return x; }),
                  1e-6)
            << a << ' ' << b;
    }
    for (double const shape : {0.1, 0.5, 1.0, 3.0, 200.0}) {
        EXPECT_LT(worst(QuantileFunction{of(DistributionKind::gamma, shape, 4.0)},
                        boost::math::gamma_distribution<>{shape, 0.25},
                        [](double x) { return x; }),
                  1e-6)
            << shape;
    }
    EXPECT_LT(worst(QuantileFunction{of(DistributionKind::lognormal, 7.0, 3.0)},
                    boost::math::normal_distribution<>{},
                    [](double x) { return std::log(x / 7.0) / std::log(3.0); }),
              1e-6);
}

TEST(QuantileFunction, HasClosedForms) {
    EXPECT_EQ(QuantileFunction{of(DistributionKind::fixed, 3.0, 0.0)}(0.3), 3.0);
    EXPECT_DOUBLE_EQ(QuantileFunction{of(DistributionKind::uniform, 2.0, 6.0)}(0.25), 3.0);
    EXPECT_DOUBLE_EQ(QuantileFunction{of(DistributionKind::log_uniform, 1.0, 16.0)}(0.25), 2.0);
    EXPECT_NEAR(QuantileFunction{of(DistributionKind::lognormal, 5.0, 1.0)}(0.9), 5.0, 1e-12);
}

TEST(QuantileFunction, KeepsToItsTruncation) {
    auto law = of(DistributionKind::lognormal, 1.0, 2.0);
    law.low = 0.5; // one geometric standard deviation below the median
    law.high = 4.0;
    QuantileFunction const quantile{law};
    boost::math::normal_distribution<> const normal;
    for (double const u : probabilities) {
        double const x = quantile(u);
        EXPECT_GE(x, 0.5);
        EXPECT_LE(x, 4.0);
        double const expected = cdf(normal, -1.0) + u * (cdf(normal, 2.0) - cdf(normal, -1.0));
        EXPECT_NEAR(cdf(normal, std::log2(x)), expected, 1e-8);
    }
}

TEST(QuantileFunction, Rises) {
    for (auto const kind : {DistributionKind::lognormal,
                            DistributionKind::beta,
                            DistributionKind::gamma,
                            DistributionKind::uniform,
                            DistributionKind::log_uniform}) {
        QuantileFunction const quantile{of(kind, 1.5, 2.5)};
        double before = quantile(1e-12);
        for (int i = 1; i < 2000; ++i) {
            double const now = quantile(i / 2000.0);
            EXPECT_GT(now, before);
            before = now;
        }
    }
}

} // namespace
