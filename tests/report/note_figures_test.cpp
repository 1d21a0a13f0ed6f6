// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_figures.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace cmq::report {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

CurveChart const& curves(Chart const& chart) {
    return std::get<CurveChart>(chart.content);
}

void expect_well_formed(Chart const& chart) {
    EXPECT_FALSE(chart.title.empty());
    EXPECT_FALSE(chart.caption.empty());
    EXPECT_FALSE(chart.alt.empty());
    EXPECT_FALSE(chart.numbers.rows.empty());
    for (auto const& row : chart.numbers.rows) {
        EXPECT_EQ(row.size(), chart.numbers.columns.size()) << chart.title;
    }
    for (auto const& ticks : {chart.x_ticks, chart.y_ticks}) {
        ASSERT_GE(ticks.size(), 2U);
        for (std::size_t i = 1; i < ticks.size(); ++i) {
            EXPECT_LT(ticks[i - 1].at, ticks[i].at) << chart.title;
        }
    }
    EXPECT_FALSE(curves(chart).series.empty());
    for (CurveChart::Series const& series : curves(chart).series) {
        ASSERT_EQ(series.x.size(), series.y.size());
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            EXPECT_TRUE(std::isfinite(series.x[i]));
            EXPECT_GE(series.x[i], chart.x_ticks.front().at - 1e-9) << chart.title;
            EXPECT_LE(series.x[i], chart.x_ticks.back().at + 1e-9) << chart.title;
        }
    }
}

std::vector<std::string> labels(CurveChart const& content) {
    std::vector<std::string> all;
    for (auto const& series : content.series) {
        all.push_back(series.label);
    }
    return all;
}

casefile::Moment at(double minutes, double uncertainty) {
    return {.minutes = minutes, .uncertainty_min = uncertainty, .written = ""};
}

TEST(MakeRoutesChart, DrawsEachComparedPropositionOnTheZonesThatItTouches) {
    NoteInput const input = fixture::make_input();
    for (Language const language : {Language::french, Language::english}) {
        NoteWriter const writer{input, language};
        auto const chart = make_routes_chart(writer);
        ASSERT_TRUE(chart);
        expect_well_formed(*chart);
        EXPECT_THAT(labels(curves(*chart)), AllOf(Contains("Hp"), Contains("Hd")));
    }
    NoteWriter const writer{input, Language::english};
    auto const chart = make_routes_chart(writer);
    std::set<std::string> lanes;
    for (Tick const& tick : chart->y_ticks) {
        lanes.insert(tick.text);
    }
    EXPECT_THAT(lanes, Contains("right hand of P1"));
}

TEST(MakeRoutesChart, PutsAContactBetweenItsTwoZones) {
    NoteInput input = fixture::make_input();
    auto& event = input.file.events.at(0);
    event.at.value = at(770.0, 10.0);
    NoteWriter const writer{input, Language::english};
    auto const chart = make_routes_chart(writer);
    ASSERT_TRUE(chart);
    // Some stroke of some series is vertical and joins the lanes of both carriers, at the time but for the shift.
    auto const lane = [&](std::string const& zone) {
        auto const found = std::ranges::find(chart->y_ticks, writer.zone(zone), &Tick::text);
        EXPECT_NE(found, chart->y_ticks.end()) << zone;
        return found->at;
    };
    double const from = lane(*event.carriers[0]);
    double const to = lane(*event.carriers[1]);
    bool joins = false;
    for (auto const& series : curves(*chart).series) {
        for (std::size_t i = 1; i < series.x.size(); ++i) {
            joins = joins || (series.x[i] == series.x[i - 1] && series.y[i - 1] == from &&
                              series.y[i] == to && std::abs(series.x[i] - 770.0) < 5.0);
        }
    }
    EXPECT_TRUE(joins);
    std::string when;
    for (auto const& row : chart->numbers.rows) {
        when += row[1][0].text + '\n';
    }
    EXPECT_THAT(when, HasSubstr("12:50 ±"));
}

TEST(MakeRoutesChart, IsLeftOutWhereNothingHappensOrTooMuch) {
    NoteInput input = fixture::make_input();
    input.file.propositions.clear();
    input.file.contaminations.clear();
    input.file.observations.clear();
    for (auto& capture : input.file.captures) {
        capture.at.reset();
    }
    EXPECT_FALSE(make_routes_chart(NoteWriter{input, Language::french}));
    input = fixture::make_input();
    auto& zones = input.file.deliveries.at(0).zones;
    for (int i = 0; i < 20; ++i) {
        casefile::Carrier carrier;
        carrier.id.value = "P9.zone" + std::to_string(i);
        zones.emplace_back(carrier.id, 0.01);
        input.file.carriers.push_back(carrier);
    }
    EXPECT_FALSE(make_routes_chart(NoteWriter{input, Language::french}));
}

NoteInput input_with_slope(lab::Examination how, std::string const& name) {
    NoteInput input = fixture::make_input();
    lab::Parameter slope;
    slope.name = name;
    slope.distribution = {lab::DistributionKind::fixed, 2.0, 0.0};
    input.evaluations.at(0).parameters.push_back(slope);
    for (auto& each : input.findings) {
        each.finding.examination = how;
    }
    return input;
}

TEST(MakeDetectionChart, IsOneHalfAtOneDetectionLimit) {
    NoteInput const input = input_with_slope(lab::Examination::visual, "detection.slope_visual");
    auto const chart = make_detection_chart(NoteWriter{input, Language::english});
    ASSERT_TRUE(chart);
    expect_well_formed(*chart);
    EXPECT_TRUE(curves(*chart).x_is_log);
    EXPECT_EQ(curves(*chart).series.size(), 1U); // of a slope that is known there is one curve
    for (auto const& series : curves(*chart).series) {
        double before = -1.0;
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            EXPECT_GE(series.y[i], before); // rises, to 1 as far as a double tells
            before = series.y[i];
            if (std::abs(series.x[i] - 1.0) < 1e-9) {
                EXPECT_NEAR(series.y[i], 0.5, 1e-12);
            }
        }
        // 1 - 2^(-u^2) at the ends 0.1 and 10.
        EXPECT_NEAR(series.y.front(), 1.0 - std::pow(2.0, -0.01), 1e-12);
        EXPECT_NEAR(series.y.back(), 1.0 - std::pow(2.0, -100.0), 1e-12);
    }
}

TEST(MakeDetectionChart, ShowsOnlyTheWaysThatWereUsed) {
    NoteInput const input =
        input_with_slope(lab::Examination::instrument, "detection.slope_visual");
    EXPECT_FALSE(make_detection_chart(NoteWriter{input, Language::french}));
}

TEST(MakeBlanksChart, DrawsTheCriticalValueAndTheCapture) {
    NoteInput const input = fixture::make_input();
    NoteWriter const writer{input, Language::french};
    auto const chart = make_blanks_chart(writer, input.blanks.at(0));
    ASSERT_TRUE(chart);
    expect_well_formed(*chart);
    auto const& series = curves(*chart).series;
    ASSERT_EQ(series.size(), 3U);
    // In shares of the largest, here the capture.
    double const total = *evidence_total(input, input.blanks[0]);
    EXPECT_NEAR(series[1].y.front(), 1.0, 1e-9);
    EXPECT_NEAR(series[2].y.front(), *input.blanks[0].critical_dn / total, 1e-9);
    EXPECT_EQ(series[2].y.front(), series[2].y.back());
    NoteBlanks empty = input.blanks[0]; // nothing on any blank: the line lies at 0
    empty.critical_dn = 0.0;
    for (double& each : empty.totals_dn) {
        each = 0.0;
    }
    expect_well_formed(*make_blanks_chart(writer, empty));
    NoteBlanks without = input.blanks[0];
    without.critical_dn.reset();
    EXPECT_FALSE(make_blanks_chart(writer, without));
}

TEST(MakeSizesChart, IsADistribution) {
    NoteInput input = fixture::make_input();
    auto& traces = input.detections.at(0).detection.traces;
    EXPECT_FALSE(
        make_sizes_chart(NoteWriter{input, Language::french}, input.detections[0])); // two traces
    while (traces.size() < 9) {
        traces.push_back(traces.front());
        traces.back().area_cells = static_cast<std::int64_t>(10 * traces.size());
    }
    auto const chart = make_sizes_chart(NoteWriter{input, Language::french}, input.detections[0]);
    ASSERT_TRUE(chart);
    expect_well_formed(*chart);
    auto const& steps = curves(*chart).series.at(0);
    EXPECT_EQ(steps.y.front(), 0.0);
    EXPECT_EQ(steps.y.back(), 1.0);
    EXPECT_TRUE(std::ranges::is_sorted(steps.x));
    EXPECT_TRUE(std::ranges::is_sorted(steps.y));
    // (2 x 0.04 mm)^2 a cell, 21 cells.
    EXPECT_NEAR(steps.x.front(), 21 * 0.0064, 1e-12);
}

TEST(MakeSharesChart, HasACrossForEachTraceByItsVerdict) {
    NoteInput const input = fixture::make_input();
    NoteWriter const writer{input, Language::english};
    auto const chart = make_shares_chart(writer, input.detections.at(0));
    ASSERT_TRUE(chart);
    expect_well_formed(*chart);
    EXPECT_EQ(chart->numbers.rows.size(), input.detections[0].detection.traces.size());
    EXPECT_THAT(labels(curves(*chart)),
                AllOf(Contains("rather something else"), Contains("indeterminate")));
    // Two crosses of the same colour: the axes come near enough to show them.
    EXPECT_LT(chart->x_ticks.back().at - chart->x_ticks.front().at, 0.11);
    EXPECT_THAT(chart->caption, Not(HasSubstr("only")));
    NoteDetection without = input.detections[0];
    without.colours.clear();
    EXPECT_FALSE(make_shares_chart(writer, without));
}

// Two constants of one name in two headers once let the linker print one in place of the other.
TEST(AddValue, SaysOfTheTableOfRoutesThatItIsNoProbabilityOfARoute) {
    Document const note = make_note(fixture::make_input(), Language::french);
    bool found = false;
    for (Block const& block : note.blocks) {
        auto const* const table = std::get_if<TableBlock>(&block);
        found = found || (table != nullptr &&
                          table->caption.find("Ce n’est pas la probabilité des voies.") !=
                              std::string::npos);
    }
    EXPECT_TRUE(found);
}

} // namespace
} // namespace cmq::report
