// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/parameters.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace cmq::lab;
using Kind = DistributionKind;

double mean_of(Distribution const& d, int n = 40000) {
    double sum = 0.0;
    for (int i = 0; i < n; ++i) {
        cmq::Random random{5, 0, static_cast<std::uint64_t>(i)};
        sum += draw(d, random);
    }
    return sum / n;
}

TEST(Draw, HasTheMeanOfEachDistribution) {
    EXPECT_EQ(mean_of({Kind::fixed, 3.5}, 3), 3.5);
    // Tolerance: 5 standard errors of 40000 draws.
    EXPECT_NEAR(mean_of({Kind::beta, 2.0, 3.0}), 0.4, 5 * 0.2 / 200);
    EXPECT_NEAR(mean_of({Kind::gamma, 2.0, 4.0}), 0.5, 5 * 0.3536 / 200);
    EXPECT_NEAR(mean_of({Kind::uniform, 2.0, 4.0}), 3.0, 5 * 0.5774 / 200);
    // E = median exp(ln(gsd)^2 / 2); sd = E sqrt(exp(ln(gsd)^2) - 1)
    double const s2 = std::log(2.0) * std::log(2.0);
    EXPECT_NEAR(mean_of({Kind::lognormal, 3.0, 2.0}),
                3.0 * std::exp(s2 / 2),
                5 * 3.0 * std::exp(s2 / 2) * std::sqrt(std::exp(s2) - 1) / 200);
    // E = (high - low) / ln(high / low)
    EXPECT_NEAR(mean_of({Kind::log_uniform, 1.0, 10.0}), 9.0 / std::log(10.0), 5 * 2.6 / 200);
}

TEST(Draw, StaysInsideTheTruncation) {
    Distribution const d{Kind::lognormal, 1.0, 4.0, 0.5, 2.0};
    for (std::uint64_t i = 0; i < 2000; ++i) {
        cmq::Random random{5, 0, i};
        double const x = draw(d, random);
        EXPECT_TRUE(x >= 0.5 && x <= 2.0);
    }
}

TEST(QuantilesOf, AreThoseOfTheClosedForms) {
    Quantiles const u = quantiles_of({Kind::uniform, 0.0, 10.0});
    EXPECT_NEAR(u.p05, 0.5, 1e-12);
    EXPECT_NEAR(u.p50, 5.0, 1e-12);
    EXPECT_NEAR(u.p95, 9.5, 1e-12);
    Quantiles const l = quantiles_of({Kind::lognormal, 2.0, std::exp(1.0)});
    EXPECT_NEAR(l.p95, 2.0 * std::exp(1.6448536), 1e-6);
    EXPECT_NEAR(l.p05, 2.0 * std::exp(-1.6448536), 1e-6);
    // Beta(1, 2): F(x) = 1 - (1-x)^2. 4001 draws: sd of the median = 0.5 / sqrt(4001) / density 1.41.
    EXPECT_NEAR(quantiles_of({Kind::beta, 1.0, 2.0}).p50, 1.0 - std::sqrt(0.5), 5 * 0.0056);
}

TEST(ParameterSet, FindsByNameAndReplaces) {
    Parameter a;
    a.name = "a";
    a.distribution = {Kind::fixed, 1.0};
    ParameterSet const set{{a}};
    EXPECT_EQ(set.at("a").distribution.first, 1.0);
    a.distribution.first = 2.0;
    EXPECT_EQ(set.with(a).at("a").distribution.first, 2.0);
    EXPECT_EQ(set.at("a").distribution.first, 1.0);
}

void expect_refused(Distribution const& d) {
    try {
        check(d);
        ADD_FAILURE() << "not refused";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
    }
}

TEST(Check, RefusesNumbersOutOfRange) {
    expect_refused({Kind::fixed, std::numeric_limits<double>::quiet_NaN()});
    expect_refused({Kind::lognormal, 0.0, 2.0});
    expect_refused({Kind::lognormal, 1.0, 0.5});
    expect_refused({Kind::beta, 0.0, 1.0});
    expect_refused({Kind::beta, 1.0, 0.0});
    expect_refused({Kind::log_uniform, 0.0, 1.0});
    expect_refused({Kind::log_uniform, 2.0, 1.0});
    expect_refused({Kind::uniform, 2.0, 2.0});
    expect_refused({Kind::gamma, 0.0, 1.0});
    expect_refused({Kind::gamma, 1.0, -1.0});
}

TEST(Check, RefusesTruncationThatLeavesNothing) {
    expect_refused({Kind::uniform, 0.0, 1.0, 2.0, 3.0});
    expect_refused({Kind::uniform, 0.0, 1.0, 0.7, 0.6});
}

TEST(ParameterSet, RefusesANameTwice) {
    Parameter a;
    a.name = "a";
    EXPECT_THROW((ParameterSet{{a, a}}), cmq::Error);
}

TEST(ParameterSet, RefusesUnknownNames) {
    ParameterSet const set;
    try {
        (void)set.at("nothing");
        ADD_FAILURE() << "not refused";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::insufficient);
    }
    EXPECT_THROW((void)set.with(Parameter{}), cmq::Error);
}

} // namespace
