// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/colour_range.hpp"
#include "report/note_figures.hpp"
#include "report/phrases/figures.hpp"
#include "report/phrases/value.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace cmq::report {
namespace {

constexpr std::size_t most_rows = 12;
constexpr double edge = 3.0;  // log10 of the ratio at which the axis ends
constexpr double least = 1.0; // log10 of the ratio from which a verdict follows (lab/source)

double light(detect::Trace const& trace) {
    double total = 0.0;
    for (double const each : trace.flux_dn) {
        total += each;
    }
    return total;
}

std::string verdict_text(NoteWriter const& writer, lab::ColourVerdict verdict) {
    switch (verdict) {
    case lab::ColourVerdict::for_marker:
        return writer.say(phrases::shares_marker);
    case lab::ColourVerdict::for_rivals:
        return writer.say(phrases::shares_other);
    case lab::ColourVerdict::indeterminate:
        break;
    }
    return writer.say(phrases::shares_open);
}

/// One trace, as a row of the drawing and of the table.
void add_row(NoteWriter const& writer,
             lab::ColourResult const& colour,
             Chart& chart,
             RangeChart& to) {
    RangeChart::Row row;
    row.label = writer.say(phrases::ratios_trace,
                           {{"trace", writer.count(static_cast<std::size_t>(colour.trace))}});
    row.text = verdict_text(writer, colour.ratio.verdict);
    row.is_open = colour.ratio.verdict == lab::ColourVerdict::indeterminate;
    auto const range = range_over_weights(colour);
    row.has_value = range.has_value();
    row.has_range = range.has_value();
    std::string const none = writer.say(phrases::not_given);
    std::vector<Text> cells{
        plain(row.label), plain(none), plain(none), plain(none), plain(row.text)};
    if (range) {
        row.log10_value = *colour.ratio.log10_lr;
        row.log10_low = range->low;
        row.log10_high = range->high;
        cells[1] = plain(capped_ratio(writer, range->low, 1));
        cells[2] = plain(capped_ratio(writer, *colour.ratio.log10_lr, 1));
        cells[3] = plain(capped_ratio(writer, range->high, 1));
    }
    chart.alt += (chart.alt.empty() ? "" : " ") + writer.say(phrases::ratios_alt_row,
                                                             {{"label", capitalised(row.label)},
                                                              {"verdict", row.text},
                                                              {"value", cells[2].front().text}});
    chart.numbers.rows.push_back(std::move(cells));
    to.rows.push_back(std::move(row));
}

} // namespace

std::optional<ColourRange> range_over_weights(lab::ColourResult const& colour) {
    if (!colour.ratio.log10_lr || colour.classes.empty()) {
        return std::nullopt;
    }
    double const marker = *colour.classes.front().log_density;
    double nearest = *colour.unknown_log_density;
    double farthest = nearest;
    for (std::size_t i = 1; i < colour.classes.size(); ++i) {
        nearest = std::max(nearest, *colour.classes[i].log_density);
        farthest = std::min(farthest, *colour.classes[i].log_density);
    }
    return ColourRange{(marker - nearest) / std::numbers::ln10,
                       (marker - farthest) / std::numbers::ln10};
}

std::string brightest(NoteWriter const& writer, std::size_t drawn, std::size_t all) {
    return drawn < all ? writer.say(phrases::brightest_only,
                                    {{"count", writer.count(drawn)}, {"all", writer.count(all)}})
                       : "";
}

std::optional<Chart> make_colour_ratios_chart(NoteWriter const& writer,
                                              NoteDetection const& detection) {
    auto const& traces = detection.detection.traces;
    auto const& colours = detection.colours;
    bool const has_ratio = std::ranges::any_of(
        colours, [](auto const& each) { return each.ratio.log10_lr.has_value(); });
    if (!has_ratio || colours.size() != traces.size()) {
        return std::nullopt;
    }
    std::vector<std::size_t> order(colours.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(
        order, std::ranges::greater{}, [&](std::size_t i) { return light(traces[i]); });
    order.resize(std::min(order.size(), most_rows));
    Chart chart;
    RangeChart content;
    content.left_label = writer.say(phrases::shares_other);
    content.right_label = writer.say(phrases::shares_marker);
    content.log10_open = least;
    content.log10_edge = edge;
    for (std::size_t const i : order) {
        add_row(writer, colours[i], chart, content);
    }
    chart.title = writer.say(phrases::ratios_title, {{"capture", detection.capture}});
    chart.caption =
        writer.say(phrases::ratios_caption) + brightest(writer, order.size(), traces.size());
    chart.x_label = writer.say(phrases::ratios_x);
    for (int at = -static_cast<int>(edge); at <= static_cast<int>(edge); ++at) {
        chart.x_ticks.push_back({static_cast<double>(at), writer.ratio(static_cast<double>(at))});
    }
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::trace_column, 0.8),
                             writer.column(phrases::ratios_low, 1.0, Alignment::right),
                             writer.column(phrases::ratios_value, 1.0, Alignment::right),
                             writer.column(phrases::ratios_high, 1.0, Alignment::right),
                             writer.column(phrases::ratios_verdict, 1.2)};
    chart.content = std::move(content);
    return chart;
}

} // namespace cmq::report
