// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/validation_report.hpp"

#include "report/plain_text.hpp"
#include "report/validation_charts.hpp"
#include "report/validation_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::report;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

lab::LrTable make_table(std::string const& rows) {
    return lab::parse_lrs("truth,lr\n" + rows);
}

// Fives and fifths, of which one in four on the wrong side.
std::string fives(int times) {
    std::string rows;
    for (int i = 0; i < times; ++i) {
        rows += "h1,5\nh1,5\nh1,5\nh1,.2\nh2,5\nh2,.2\nh2,.2\nh2,.2\n";
    }
    return rows;
}

std::string text_of(lab::LrTable const& table, Language language) {
    auto const validation = lab::validate(table, {.replicates = 40});
    return to_plain_text(make_validation_report({.file = "a.csv",
                                                 .sha256 = "0123",
                                                 .date = "2026-11-21",
                                                 .program = "Contremarque",
                                                 .table = table,
                                                 .validation = validation},
                                                language));
}

TEST(MakeValidationReport, TellsTheNumbersInBothLanguages) {
    auto const table = make_table(fives(10));
    // Cllr = (3/4 log2(1 + 1/5) + 1/4 log2(1 + 5)), the same for both sides: 0.8435; PAV ratios are 3 and 1/3.
    EXPECT_THAT(text_of(table, Language::english),
                AllOf(HasSubstr("0.84"),
                      HasSubstr("25% ("),
                      HasSubstr("10 of 40 (25%"),
                      HasSubstr("they raise no cap of this program"),
                      HasSubstr("--tables 40 --seed 1")));
    EXPECT_THAT(text_of(table, Language::french),
                AllOf(HasSubstr("0,84"),
                      HasSubstr("10 sur 40"),
                      HasSubstr("trompe plus qu’elle n’éclaire"),
                      Not(HasSubstr("absent")),
                      Not(HasSubstr("compatible"))));
}

TEST(ValidationCharts, HoldTheCurvesOfTheValidation) {
    auto const validation = lab::validate(make_table(fives(10)), {.replicates = 0});
    auto const charts = validation_charts(validation, Language::english);
    ASSERT_EQ(charts.size(), 3U);
    EXPECT_EQ(charts[0].name, "tippett");
    EXPECT_EQ(charts[1].name, "pav");
    EXPECT_EQ(charts[2].name, "ece");
    auto const& pav = std::get<CurveChart>(charts[1].chart.content);
    ASSERT_EQ(pav.series[0].x.size(), 4U);
    EXPECT_NEAR(pav.series[0].x[3], std::log10(5.0), 1e-12);
    EXPECT_NEAR(pav.series[0].y[3], std::log10(3.0), 1e-12);
    EXPECT_EQ(pav.series[1].x, pav.series[1].y); // the diagonal
    auto const& tippett = std::get<CurveChart>(charts[0].chart.content);
    EXPECT_EQ(tippett.series[0].y.front(), 1.0);
    EXPECT_EQ(tippett.series[0].y.back(), 0.75); // three of four H1 at 5
    EXPECT_EQ(tippett.series[1].y.back(), 0.25);
    for (NamedChart const& each : charts) {
        EXPECT_FALSE(each.chart.caption.empty());
        EXPECT_FALSE(each.chart.numbers.rows.empty());
        for (auto const& row : each.chart.numbers.rows) {
            EXPECT_EQ(row.size(), each.chart.numbers.columns.size());
        }
        EXPECT_TRUE(std::ranges::is_sorted(each.chart.x_ticks, {}, &Tick::at));
    }
}

TEST(ValidationCharts, LeaveOutWhatHasNoPlace) {
    auto const apart =
        lab::validate(make_table("h1,10\nh1,inf\nh2,0.1\nh2,0\n"), {.replicates = 0});
    auto const charts = validation_charts(apart, Language::french);
    ASSERT_EQ(charts.size(), 2U); // no PAV ratio is finite
    EXPECT_EQ(charts[1].name, "ece");
    auto const three = lab::validate(make_table("h1,10\nh1,3\nh2,0.1\n"), {.replicates = 0});
    EXPECT_EQ(validation_charts(three, Language::french).size(), 1U);
}

TEST(ValidationCharts, DrawNoEceBeyondTwoBits) {
    auto const wild =
        lab::validate(make_table("h1,1e-9\nh1,1e9\nh2,1e9\nh2,1e-9\n"), {.replicates = 0});
    auto const ece = validation_charts(wild, Language::english).back().chart;
    auto const& drawn = std::get<CurveChart>(ece.content).series[0].y;
    EXPECT_TRUE(std::isnan(drawn[30])); // some 15 bits
    EXPECT_THAT(ece.caption, HasSubstr("Beyond 2 bits"));
}

TEST(ValidationWarnings, SayForWhatFewAreTooFew) {
    auto const many = lab::validate(make_table(fives(300)), {.replicates = 20});
    EXPECT_TRUE(validation_warnings(many, Language::english).empty());
    auto const three = lab::validate(make_table("h1,10\nh1,3\nh2,0.1\n"), {});
    EXPECT_EQ(validation_warnings(three, Language::english).size(), 5U);
}

TEST(MeasureWords, ShowMoreDigitsWhereARangeIsNarrow) {
    lab::Validation validation;
    validation.cllr.value = 0.52345;
    validation.cllr.range = lab::Range{.low = 0.52301, .high = 0.52399};
    EXPECT_EQ(measure_words(validation, Language::english)[0].value, "0.5234");
    validation.cllr.range = lab::Range{.low = 0.4, .high = 0.6};
    EXPECT_EQ(measure_words(validation, Language::english)[0].value, "0.52");
    EXPECT_EQ(measure_words(validation, Language::french)[0].range, "de 0,40 à 0,60");
}

} // namespace
