// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/qpcr_inhibition.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;

QpcrWell well(std::string const& sample, std::optional<double> cq, bool is_blank = false) {
    return {.line = 2,
            .well = "",
            .sample = sample,
            .target = "IPC",
            .cq = cq,
            .copies = {},
            .is_blank = is_blank};
}

QpcrTable table_of(std::vector<double> const& blanks,
                   std::vector<std::optional<double>> const& sample) {
    QpcrTable table;
    for (double const cq : blanks) {
        table.wells.push_back(well("NTC", cq, true));
    }
    for (auto const& cq : sample) {
        table.wells.push_back(well("swab", cq));
    }
    return table;
}

SampleInhibition only(QpcrTable const& table) {
    auto const all = measure_inhibition(table, "IPC");
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
}

TEST(MeasureInhibition, IsStudentsIntervalByHand) {
    auto const found = only(table_of({28.0, 28.2, 28.4}, {30.9, 31.1, 31.3}));
    EXPECT_NEAR(*found.shift, 2.9, 1e-12);
    // Pooled variance 0.04, four degrees of freedom: t = 2.7764 (tables), half width t * 0.2 * sqrt(2/3).
    double const half = 2.7764451 * 0.2 * std::sqrt(2.0 / 3.0);
    EXPECT_NEAR(*found.shift_low, 2.9 - half, 0.004 * half);
    EXPECT_NEAR(*found.shift_high, 2.9 + half, 0.004 * half);
    EXPECT_EQ(found.state, Inhibition::seen);
    EXPECT_EQ(only(table_of({28.0, 28.2, 28.4}, {28.1, 28.3, 28.2})).state, Inhibition::not_seen);
    EXPECT_EQ(only(table_of({28.0, 28.2, 28.4}, {29.1, 29.3, 29.2})).state, Inhibition::unclear);
}

TEST(MeasureInhibition, TakesAMissingControlForHindered) {
    auto const found = only(table_of({28.0, 28.2, 28.4}, {28.1, {}, 28.2}));
    EXPECT_EQ(found.state, Inhibition::seen);
    EXPECT_EQ(found.detected, 2U);
    EXPECT_EQ(only(table_of({28.0, 28.2, 28.4}, {{}, {}})).state, Inhibition::seen);
    // Where the reference fails too, the reagents may be at fault.
    QpcrTable table = table_of({28.0, 28.2}, {{}, 28.1});
    table.wells.push_back(well("NTC", {}, true));
    EXPECT_EQ(only(table).state, Inhibition::unclear);
}

TEST(MeasureInhibition, CanNotTellFromTooFewWells) {
    EXPECT_EQ(only(table_of({28.0, 28.2}, {33.0})).state, Inhibition::unclear);
    EXPECT_EQ(only(table_of({}, {33.0, 33.1, 33.2})).state, Inhibition::unclear);
    EXPECT_TRUE(measure_inhibition({}, "IPC").empty());
}

TEST(MeasureInhibition, TakesStandardsWithoutBlanks) {
    QpcrTable table = table_of({}, {30.9, 31.1, 31.3});
    for (double const cq : {28.0, 28.2, 28.4}) {
        table.wells.push_back(well("std", cq));
        table.wells.back().copies = 100.0;
    }
    EXPECT_EQ(only(table).state, Inhibition::seen);
}

TEST(FindInternalControl, KnowsItByName) {
    QpcrTable table = table_of({28.0}, {});
    EXPECT_EQ(find_internal_control(table), "IPC");
    table.wells[0].target = "iac-2";
    EXPECT_EQ(find_internal_control(table), "iac-2");
    table.wells[0].target = "marker";
    EXPECT_FALSE(find_internal_control(table));
}

// 1000 plates, wells of 0.25 cycles: at the limit itself either verdict is wrong in at most 2.5 % of them.
TEST(MeasureInhibition, ErrsAsOftenAsItSays) {
    int seen = 0;
    int not_seen = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        cmq::Random random{11, 61, i};
        std::vector<double> blanks;
        std::vector<std::optional<double>> sample;
        for (int k = 0; k < 4; ++k) {
            blanks.push_back(28.0 + 0.25 * random.normal());
            sample.emplace_back(28.0 + most_shift_cycles + 0.25 * random.normal());
        }
        auto const state = only(table_of(blanks, sample)).state;
        seen += state == Inhibition::seen ? 1 : 0;
        not_seen += state == Inhibition::not_seen ? 1 : 0;
    }
    // 25 expected each; 45 is four standard deviations above.
    EXPECT_LT(seen, 45);
    EXPECT_LT(not_seen, 45);
    EXPECT_GT(seen, 8);
    EXPECT_GT(not_seen, 8);
}

} // namespace
