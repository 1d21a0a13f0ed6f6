// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/zone_readings.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace {

using namespace cmq::lab;

ZoneReading reading(double error, double common, char const* laboratory, char const* run) {
    ZoneReading made;
    made.code = {.error = error,
                 .given_marker = 1.0,
                 .given_material = 0.0,
                 .given_other_lot = 0.0,
                 .laboratory = laboratory,
                 .run = run,
                 .examiner = run};
    made.common = common;
    return made;
}

ZoneReading of_another_lot(ZoneReading made) {
    made.code.given_marker = 0.0;
    made.code.given_other_lot = 1.0;
    return made;
}

double p(CodeEvidence const& code, double given) {
    return code.error + (1.0 - code.error) * given;
}

TEST(CombineZoneReadings, OfOneIsThatReading) {
    auto const one = reading(0.013, 0.002, "L1", "r1");
    auto const all = combine_zone_readings(std::array{one});
    EXPECT_EQ(all.error, 0.013);
    EXPECT_EQ(all.given_marker, 1.0);
    EXPECT_EQ(all.laboratory, "L1");
}

// A reading made again in one laboratory is as sure as the better of the two, never surer.
TEST(CombineZoneReadings, CountsTheErrorOfOneLaboratoryOnce) {
    auto const a = reading(0.01, 0.002, "L1", "r1");
    auto const b = reading(0.03, 0.002, "L1", "r2");
    auto const all = combine_zone_readings(std::array{a, b});
    EXPECT_NEAR(p(all, all.given_marker), 1.0, 1e-12);
    EXPECT_NEAR(p(all, all.given_other_lot), 0.01, 1e-12);
    EXPECT_EQ(all.laboratory, "L1");
    EXPECT_EQ(all.run, "") << "two runs: none is stated";
    auto const thrice = combine_zone_readings(std::array{a, b, a, b, b});
    EXPECT_NEAR(p(thrice, thrice.given_other_lot), 0.01, 1e-12);
}

// Closed form: common + (1 - common) own_1 own_2.
TEST(CombineZoneReadings, MultipliesWhatIsTheLaboratoriesOwnAndKeepsWhatIsCommon) {
    double const common = 0.001;
    auto const a = reading(0.01, common, "L1", "r1");
    auto const b = reading(0.02, common, "L2", "r2");
    auto const all = combine_zone_readings(std::array{a, b});
    double const own_a = (0.01 - common) / (1.0 - common);
    double const own_b = (0.02 - common) / (1.0 - common);
    EXPECT_NEAR(p(all, all.given_material), common + (1.0 - common) * own_a * own_b, 1e-12);
    EXPECT_GT(p(all, all.given_material), common);
}

TEST(CombineZoneReadings, FavoursTheSurerOfTwoThatContradictEachOther) {
    auto const sure = reading(0.001, 0.0, "L1", "r1");
    auto const unsure = of_another_lot(reading(0.1, 0.0, "L1", "r1"));
    auto const all = combine_zone_readings(std::array{sure, unsure});
    // The marker is there where the unsure one is wrong, another lot where both are.
    EXPECT_NEAR(p(all, all.given_marker), 0.1, 1e-12);
    EXPECT_NEAR(p(all, all.given_other_lot), 0.001, 1e-12);
    auto const alike =
        combine_zone_readings(std::array{sure, of_another_lot(reading(0.001, 0.0, "L1", "r1"))});
    EXPECT_NEAR(p(alike, alike.given_marker) / p(alike, alike.given_other_lot), 1.0, 1e-9);
}

TEST(CombineZoneReadings, DoesNotDependOnTheOrder) {
    auto const a = reading(0.01, 0.002, "L1", "r1");
    auto const b = of_another_lot(reading(0.05, 0.01, "L2", "r2"));
    auto const c = reading(0.2, 0.0, "", "r3");
    auto const first = combine_zone_readings(std::array{a, b, c});
    auto const second = combine_zone_readings(std::array{c, a, b});
    EXPECT_NEAR(first.error, second.error, 1e-14);
    EXPECT_NEAR(first.given_marker, second.given_marker, 1e-12);
}

/// The definition itself: the middle of each cell of a fine grid over U and one U_g a group. Every error below is a whole
/// number of cells, so that the grid is exact.
double on_a_grid(std::vector<ZoneReading> const& readings,
                 std::vector<std::size_t> const& group,
                 double CodeEvidence::*given) {
    constexpr std::size_t cells = 100;
    double sum = 0.0;
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = 0; j < cells; ++j) {
            for (std::size_t k = 0; k < cells; ++k) {
                auto const at = [](std::size_t cell) {
                    return (static_cast<double>(cell) + 0.5) / static_cast<double>(cells);
                };
                std::array const u{at(j), at(k)};
                double product = 1.0;
                for (std::size_t r = 0; r < readings.size(); ++r) {
                    ZoneReading const& each = readings[r];
                    double const own = (each.code.error - each.common) / (1.0 - each.common);
                    bool const is_wrong = at(i) < each.common || u.at(group[r]) < own;
                    product *= is_wrong ? 1.0 : each.code.*given;
                }
                sum += product;
            }
        }
    }
    return sum / static_cast<double>(cells * cells * cells);
}

/// With an own part of so many hundredths.
ZoneReading with_own(double common, double own, char const* laboratory, char const* run) {
    return reading(1.0 - (1.0 - common) * (1.0 - own), common, laboratory, run);
}

TEST(CombineZoneReadings, IsTheDefinitionSummedCellByCell) {
    // The first and the third are of one laboratory; the second stands alone.
    auto first = with_own(0.02, 0.07, "L1", "r1");
    auto second = of_another_lot(with_own(0.05, 0.13, "L2", "r2"));
    auto third = with_own(0.01, 0.21, "L1", "r3");
    third.code.given_marker = 0.3; // no code read; a miss of 0.3
    third.code.given_material = 1.0;
    third.code.given_other_lot = 1.0;
    std::vector<ZoneReading> const readings{first, second, third};
    auto const all = combine_zone_readings(readings);
    std::vector<std::size_t> const groups{0, 1, 0};
    EXPECT_NEAR(
        p(all, all.given_marker), on_a_grid(readings, groups, &CodeEvidence::given_marker), 1e-10);
    EXPECT_NEAR(p(all, all.given_material),
                on_a_grid(readings, groups, &CodeEvidence::given_material),
                1e-10);
    EXPECT_NEAR(p(all, all.given_other_lot),
                on_a_grid(readings, groups, &CodeEvidence::given_other_lot),
                1e-10);
}

} // namespace
