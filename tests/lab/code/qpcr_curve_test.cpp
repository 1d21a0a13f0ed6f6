// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_curve.hpp"

#include "core/random.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

namespace {

using namespace cmq::lab;

QpcrWell well(std::optional<double> cq, std::optional<double> copies, std::string sample = "s") {
    QpcrWell of;
    of.target = "T";
    of.sample = std::move(sample);
    of.cq = cq;
    of.copies = copies;
    return of;
}

TEST(MeasureQpcr, FindsALineAndItsErrors) {
    // Cq = 40 - 3.5 log10 N, at 10, 100 and 1000 copies, two wells each, 0.1 above and below it.
    QpcrTable table;
    for (double const x : {1.0, 2.0, 3.0}) {
        for (double const off : {-0.1, 0.1}) {
            table.wells.push_back(well(40 - 3.5 * x + off, std::pow(10, x)));
        }
    }
    table.wells.push_back(well(40 - 3.5 * 2.5, {}, "swab"));
    table.wells.push_back(well({}, {}, "swab"));
    table.wells.push_back(well(40 - 3.5 * 4, {}, "far"));
    table.wells.push_back(well({}, {}, "none"));
    auto const targets = measure_qpcr(table);
    ASSERT_EQ(targets.size(), 1U);
    auto const& curve = *targets[0].curve;
    EXPECT_NEAR(curve.slope, -3.5, 1e-12);
    EXPECT_NEAR(curve.intercept, 40, 1e-12);
    EXPECT_NEAR(curve.efficiency, std::pow(10, 1 / 3.5) - 1, 1e-12);
    EXPECT_NEAR(curve.residual_sd, std::sqrt(6 * 0.01 / 4), 1e-12);
    EXPECT_NEAR(curve.slope_se, std::sqrt(6 * 0.01 / 4 / 4), 1e-12);
    ASSERT_EQ(targets[0].amounts.size(), 3U);
    auto const& swab = targets[0].amounts[0];
    EXPECT_EQ(swab.detected, 1U);
    EXPECT_EQ(swab.wells, 2U);
    EXPECT_NEAR(*swab.log10_copies, 2.5, 1e-12);
    EXPECT_NEAR(
        *swab.log10_se, std::sqrt(6 * 0.01 / 4) / 3.5 * std::sqrt(1.0 + 1.0 / 6 + 0.25 / 4), 1e-12);
    // The interval adds the chance of so many copies in the one well: variance of ln N is 1/N.
    double const half =
        1.959963984540054 * std::sqrt(std::pow(*swab.log10_se, 2) +
                                      std::pow(std::log10(std::exp(1.0)), 2) / std::pow(10, 2.5));
    EXPECT_NEAR(*swab.log10_low, 2.5 - half, 1e-12);
    EXPECT_NEAR(*swab.log10_high, 2.5 + half, 1e-12);
    EXPECT_FALSE(swab.is_extrapolated);
    EXPECT_TRUE(targets[0].amounts[1].is_extrapolated);
    EXPECT_FALSE(targets[0].amounts[2].mean_cq.has_value());
    EXPECT_FALSE(targets[0].probit.has_value()); // no level is found now and then
    EXPECT_FALSE(targets[0].poisson.has_value());
    EXPECT_EQ(targets[0].lowest_level, 10);
}

TEST(MeasureQpcr, HasNoCurveFromOneLevelOrOneThatRises) {
    QpcrTable one;
    QpcrTable rising;
    for (int i = 0; i < 4; ++i) {
        one.wells.push_back(well(30.0 + i, 100));
        rising.wells.push_back(well(30.0 + i, std::pow(10, i)));
    }
    EXPECT_FALSE(measure_qpcr(one)[0].curve.has_value());
    EXPECT_FALSE(measure_qpcr(rising)[0].curve.has_value());
}

TEST(MeasureQpcr, CountsBlanks) {
    QpcrTable table;
    for (int i = 0; i < 3; ++i) {
        table.wells.push_back(well(i == 0 ? std::optional{38.0} : std::nullopt, {}, "NTC"));
        table.wells.back().is_blank = true;
    }
    auto const target = measure_qpcr(table)[0];
    EXPECT_EQ(target.blank_wells, 3U);
    EXPECT_EQ(target.blanks_detected, 1U);
    EXPECT_TRUE(target.amounts.empty());
}

// Wells that are found when a Poisson number of copies is not zero: LoD = -ln 0.05 / 0.3.
TEST(MeasureQpcr, HasIntervalsThatHoldTheSimulatedLimit) {
    double const truth = -std::log(0.05) / 0.3;
    int held = 0;
    for (std::uint64_t run = 0; run < 100; ++run) {
        cmq::Random random{5, 0, run};
        QpcrTable table;
        for (double const copies : {1.0, 3.0, 10.0, 30.0}) {
            for (int i = 0; i < 40; ++i) {
                bool const is_found = random.poisson(0.3 * copies) > 0;
                table.wells.push_back(well(is_found ? std::optional{35.0} : std::nullopt, copies));
            }
        }
        auto const limit = measure_qpcr(table)[0].poisson;
        ASSERT_TRUE(limit.has_value());
        held += limit->low <= truth && truth <= limit->high ? 1 : 0;
    }
    EXPECT_GE(held, 88); // of 95; fewer once in 250
}

/// The values that ../shared/data/qpcr is known to give.
TEST(PublicQpcr, GivesItsKnownValues) {
    std::filesystem::path const file{CMQ_SOURCE_DIR "/../shared/data/qpcr/usgs_lod_data.csv"};
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << "the table of ../shared/data/qpcr is not on this machine";
    }
    auto const targets = measure_qpcr(parse_qpcr(cmq::read_text(file)));
    ASSERT_EQ(targets.size(), 2U);

    struct Known {
        char const* target;
        double slope, intercept, efficiency, r_squared;
    };

    for (auto const& [i, known] :
         {std::pair{0, Known{"SVC", -3.38771, 39.9012, 0.9733, 0.98585}},
          std::pair{1, Known{"BHC", -3.55390, 40.6307, 0.9115, 0.98096}}}) {
        auto const& target = targets[static_cast<std::size_t>(i)];
        EXPECT_EQ(target.target, known.target);
        EXPECT_NEAR(target.curve->slope, known.slope, 5e-6);
        EXPECT_NEAR(target.curve->intercept, known.intercept, 5e-5);
        EXPECT_NEAR(target.curve->efficiency, known.efficiency, 5e-5);
        EXPECT_NEAR(target.curve->r_squared, known.r_squared, 5e-6);
        EXPECT_TRUE(target.curve->is_acceptable);
        EXPECT_EQ(target.levels[0].detected, 25U);
        EXPECT_EQ(target.levels[1].detected, 59U);
        EXPECT_EQ(target.levels[2].detected, 96U);
        EXPECT_NEAR(target.probit->copies, 13.618, 5e-4);
        EXPECT_NEAR(target.logit->copies, 15.888, 5e-4);
        EXPECT_NEAR(target.poisson->copies, 11.163, 5e-4);
        EXPECT_LT(target.probit->low, target.probit->copies);
        EXPECT_EQ(target.lowest_level, 10);
        EXPECT_EQ(target.blank_wells, 96U);
        EXPECT_EQ(target.blanks_detected, 0U);
    }
}

} // namespace
