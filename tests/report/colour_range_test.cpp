// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/colour_range.hpp"

#include "report/note_figures.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace cmq::report {
namespace {

using testing::HasSubstr;

/// A trace with four channels, whose marker is e^marker times as probable as the unknown, beside a dye of density 0.
lab::ColourResult make_colour(double marker, double dye_weight, std::size_t channels) {
    lab::ColourResult colour;
    colour.trace = 1;
    colour.classes = {
        {.name = "marker", .samples = 12, .spots = 12, .log_density = marker},
        {.name = "dye", .weight = dye_weight, .samples = 12, .spots = 12, .log_density = 2.0}};
    colour.unknown_weight = 1.0;
    colour.unknown_log_density = 0.0;
    colour.ratio = lab::ratio_of(colour, false, channels);
    return colour;
}

TEST(RangeOverWeights, HoldsTheRatioOfAnyWeights) {
    for (double const weight : {1e-6, 0.01, 1.0, 100.0, 1e6}) {
        lab::ColourResult const colour = make_colour(9.0, weight, 6);
        auto const range = range_over_weights(colour);
        ASSERT_TRUE(range);
        EXPECT_NEAR(range->low, 7.0 / std::log(10.0), 1e-12);
        EXPECT_NEAR(range->high, 9.0 / std::log(10.0), 1e-12);
        EXPECT_GE(*colour.ratio.log10_lr, range->low - 1e-12);
        EXPECT_LE(*colour.ratio.log10_lr, range->high + 1e-12);
    }
    // Its ends are those of extreme weights.
    EXPECT_NEAR(*make_colour(9.0, 1e9, 6).ratio.log10_lr, 7.0 / std::log(10.0), 1e-6);
    EXPECT_NEAR(*make_colour(9.0, 1e-9, 6).ratio.log10_lr, 9.0 / std::log(10.0), 1e-6);
}

TEST(RangeOverWeights, IsNothingWhereThereIsNoRatio) {
    lab::ColourResult colour = make_colour(9.0, 1.0, 6);
    colour.ratio = lab::ratio_of(colour, true);
    EXPECT_FALSE(range_over_weights(colour));
}

NoteDetection make_detection(std::vector<lab::ColourResult> colours) {
    NoteDetection detection = fixture::make_input().detections.at(0);
    auto& traces = detection.detection.traces;
    traces.resize(1);
    while (traces.size() < colours.size()) {
        traces.push_back(traces.front());
        traces.back().flux_dn[0] -= static_cast<double>(traces.size()); // fainter and fainter
    }
    for (std::size_t i = 0; i < colours.size(); ++i) {
        traces[i].id = static_cast<std::int64_t>(i) + 1;
        colours[i].trace = traces[i].id;
    }
    detection.colours = std::move(colours);
    return detection;
}

TEST(MakeColourRatiosChart, SaysIndeterminateWhereItIsWhateverTheRatio) {
    lab::ColourResult saturated = make_colour(9.0, 1.0, 6);
    saturated.ratio = lab::ratio_of(saturated, true, 6);
    NoteInput const input = fixture::make_input();
    // High in six channels; the same in three; near one; for something else; without a ratio.
    NoteDetection const detection = make_detection({make_colour(9.0, 1.0, 6),
                                                    make_colour(9.0, 1.0, 3),
                                                    make_colour(1.5, 1.0, 6),
                                                    make_colour(-9.0, 1.0, 3),
                                                    saturated});
    NoteWriter const writer{input, Language::english};
    auto const chart = make_colour_ratios_chart(writer, detection);
    ASSERT_TRUE(chart);
    auto const& rows = std::get<RangeChart>(chart->content).rows;
    ASSERT_EQ(rows.size(), 5U);
    std::vector<std::string> const verdicts{"indeterminate",
                                            "indeterminate",
                                            "indeterminate",
                                            "rather something else",
                                            "indeterminate"};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].text, verdicts[i]) << i;
        EXPECT_EQ(rows[i].is_open, verdicts[i] == "indeterminate") << i;
        EXPECT_EQ(rows[i].has_value, i != 4) << i;
        EXPECT_EQ(chart->numbers.rows[i].back()[0].text, verdicts[i]) << i;
    }
    EXPECT_GT(rows[1].log10_value, 1.0); // far to the right, and yet indeterminate
    EXPECT_EQ(chart->numbers.rows[4][2][0].text, "not given");
    EXPECT_THAT(chart->alt, HasSubstr("Trace 2: indeterminate"));
    EXPECT_EQ(std::get<RangeChart>(chart->content).log10_open, 1.0);
}

TEST(MakeColourRatiosChart, ShowsTheBrightestAndIsLeftOutWithoutARatio) {
    NoteInput const input = fixture::make_input();
    NoteWriter const writer{input, Language::french};
    std::vector<lab::ColourResult> many(30, make_colour(-9.0, 1.0, 3));
    auto const chart = make_colour_ratios_chart(writer, make_detection(many));
    ASSERT_TRUE(chart);
    ASSERT_EQ(chart->numbers.rows.size(), 12U);
    EXPECT_EQ(chart->numbers.rows[11][0][0].text, "trace 12");
    for (auto& each : many) {
        each.ratio = lab::ratio_of(each, true);
    }
    EXPECT_FALSE(make_colour_ratios_chart(writer, make_detection(many)));
    EXPECT_FALSE(make_colour_ratios_chart(writer, make_detection({})));
}

} // namespace
} // namespace cmq::report
