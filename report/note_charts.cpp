// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

/// Decades that hold all values, 1 among them, two either side of it at least; at most nine labels.
std::vector<Tick> ratio_ticks(NoteWriter const& writer, std::vector<double> const& log10_values) {
    int low = -2;
    int high = 2;
    for (double const value : log10_values) {
        low = std::min(low, static_cast<int>(std::floor(std::max(value, -300.0))));
        high = std::max(high, static_cast<int>(std::ceil(std::min(value, 300.0))));
    }
    int const step = std::max(1, (high - low + 7) / 8);
    // Steps are counted from 1, so that 1 keeps its label; the ends move out to whole steps.
    low = -((-low + step - 1) / step) * step;
    high = ((high + step - 1) / step) * step;
    std::vector<Tick> ticks;
    for (int at = low; at <= high; at += step) {
        ticks.push_back({static_cast<double>(at), writer.ratio(static_cast<double>(at))});
    }
    return ticks;
}

/// What a caption adds where something is drawn beyond the cap.
std::string beyond_cap(NoteWriter const& writer, std::vector<double> const& drawn) {
    if (std::none_of(drawn.begin(), drawn.end(), is_beyond_cap)) {
        return {};
    }
    return " " + writer.say(phrases::chart_beyond_cap,
                            {{"cap", writer.rounded(lab::PrintRules{}.cap, 1)}});
}

std::string pair_label(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    return writer.say(phrases::pair, {{"first", evaluation.h1}, {"second", evaluation.h2}});
}

void set_sides(NoteWriter const& writer,
               lab::Evaluation const& evaluation,
               std::string& left,
               std::string& right) {
    left = writer.say(phrases::left_named, {{"first", evaluation.h1}, {"second", evaluation.h2}});
    right = writer.say(phrases::right_named, {{"first", evaluation.h1}, {"second", evaluation.h2}});
}

/// As parameter_value, but "0,003" and not "0,0030" where one digit says all: an axis is exact.
std::string tick_value(NoteWriter const& writer, std::string_view name, double value) {
    std::string const text = parameter_value(writer, name, value);
    std::string const one = writer.rounded(value, 1);
    return text == one + "0" ? one : text;
}

/// Places on the axis of a curve: its ends, and between them the steps of `nice` that are not too near.
std::vector<Tick> value_ticks(NoteWriter const& writer, lab::Curve const& curve, bool log_axis) {
    constexpr std::array<double, 12> nice{
        0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 5, 20, 60, 180, 720};
    double const first = curve.x.front();
    double const last = curve.x.back();
    auto const place = [&](double x) {
        return log_axis ? std::log(x / first) / std::log(last / first)
                        : (x - first) / (last - first);
    };
    constexpr double least_gap = 0.12; // of the axis: room for a label
    std::vector<Tick> ticks{{first, tick_value(writer, curve.parameter, first)}};
    double before = 0.0;
    for (double const x : nice) {
        if (x <= first || x >= last) {
            continue;
        }
        double const at = place(x);
        if (at - before >= least_gap && 1.0 - at >= least_gap) {
            ticks.push_back({x, tick_value(writer, curve.parameter, x)});
            before = at;
        }
    }
    ticks.push_back({last, tick_value(writer, curve.parameter, last)});
    return ticks;
}

bool is_log_axis(lab::Curve const& curve) {
    constexpr double decade = 10.0;
    return curve.x.front() > 0.0 && curve.x.back() / curve.x.front() >= decade;
}

} // namespace

std::string parameter_value(NoteWriter const& writer, std::string_view name, double value) {
    std::string unit;
    for (lab::Parameter const& parameter : used_parameters(writer.input())) {
        if (parameter.name == name) {
            unit = parameter.unit;
        }
    }
    if (unit == "min" && value >= 0.0) {
        return duration_text(60.0 * value, writer.language());
    }
    if (unit == "h" && value >= 0.0) {
        return duration_text(3600.0 * value, writer.language());
    }
    std::string text = writer.rounded(value, 2);
    if (!unit.empty() && unit != "1") {
        text += narrow_no_break_space;
        text += unit == "DL" && writer.language() == Language::french ? "LD" : unit;
    }
    return text;
}

Chart make_value_chart(NoteWriter const& writer) {
    Chart chart;
    chart.title = writer.say(phrases::chart_value_title);
    chart.x_label = writer.say(phrases::ratio_axis);
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::propositions_column, 1.0),
                             writer.column(phrases::low_column, 1.0, Alignment::right),
                             writer.column(phrases::value_column, 1.0, Alignment::right),
                             writer.column(phrases::high_column, 1.0, Alignment::right)};
    RangeChart content;
    content.left_label = writer.say(phrases::left_of_one);
    content.right_label = writer.say(phrases::right_of_one);
    std::vector<double> values;
    std::vector<lab::Evaluation const*> shown;
    for (lab::Evaluation const& evaluation : writer.input().evaluations) {
        if (!evaluation.printed.value || !evaluation.log10_lr) {
            continue;
        }
        int const digits = evaluation.printed.significant_figures;
        RangeChart::Row row;
        row.label = pair_label(writer, evaluation);
        row.text = printed_ratio(writer, evaluation);
        row.log10_value = *evaluation.log10_lr;
        row.has_range = evaluation.sensitivity.has_value();
        std::string low = writer.say(phrases::not_given);
        std::string high = low;
        if (evaluation.sensitivity) {
            row.log10_low = evaluation.sensitivity->low;
            row.log10_high = evaluation.sensitivity->high;
            low = capped_ratio(writer, row.log10_low, digits);
            high = capped_ratio(writer, row.log10_high, digits);
            values.insert(values.end(), {row.log10_low, row.log10_high});
            chart.alt += chart.alt.empty() ? "" : " ";
            chart.alt += writer.say(
                phrases::chart_alt_row,
                {{"label", row.label}, {"value", row.text}, {"low", low}, {"high", high}});
        } else {
            chart.alt += chart.alt.empty() ? "" : " ";
            chart.alt +=
                writer.say(phrases::chart_alt_point, {{"label", row.label}, {"value", row.text}});
        }
        values.push_back(row.log10_value);
        chart.numbers.rows.push_back({plain(row.label), plain(low), plain(row.text), plain(high)});
        content.rows.push_back(std::move(row));
        shown.push_back(&evaluation);
    }
    if (shown.size() == 1) { // one pair: the sides can be named
        set_sides(writer, *shown.front(), content.left_label, content.right_label);
    }
    chart.caption = writer.say(phrases::chart_value_caption) + beyond_cap(writer, values);
    chart.x_ticks = ratio_ticks(writer, values);
    chart.content = std::move(content);
    return chart;
}

Chart make_tornado_chart(NoteWriter const& writer, lab::Evaluation const& evaluation) {
    constexpr std::size_t most_bars = 10; // what lies below moves the number too little to be seen
    int const digits = evaluation.printed.significant_figures;
    Chart chart;
    chart.title = writer.say(phrases::tornado_title);
    chart.x_label = writer.say(phrases::ratio_axis) + " (" + pair_label(writer, evaluation) + ")";
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::parameter, 2.0),
                             writer.column(phrases::at_low, 1.0, Alignment::right),
                             writer.column(phrases::ratio_at_low, 0.8, Alignment::right),
                             writer.column(phrases::at_high, 1.0, Alignment::right),
                             writer.column(phrases::ratio_at_high, 0.8, Alignment::right)};
    TornadoChart content;
    content.log10_centre = evaluation.log10_lr.value_or(0.0);
    std::vector<double> values{content.log10_centre};
    for (std::size_t i = 0; i < evaluation.tornado.size() && i < most_bars; ++i) {
        lab::TornadoRow const& from = evaluation.tornado[i];
        if (!std::isfinite(from.log10_lr_at_low) || !std::isfinite(from.log10_lr_at_high)) {
            continue; // impossible at one end: no bar has that length
        }
        TornadoChart::Row row{writer.parameter_label(from.parameter),
                              from.log10_lr_at_low,
                              from.log10_lr_at_high,
                              parameter_value(writer, from.parameter, from.low),
                              parameter_value(writer, from.parameter, from.high)};
        values.insert(values.end(), {from.log10_lr_at_low, from.log10_lr_at_high});
        chart.numbers.rows.push_back({plain(row.label),
                                      plain(row.low_text),
                                      plain(capped_ratio(writer, from.log10_lr_at_low, digits)),
                                      plain(row.high_text),
                                      plain(capped_ratio(writer, from.log10_lr_at_high, digits))});
        content.rows.push_back(std::move(row));
    }
    chart.caption = writer.say(phrases::tornado_caption) + beyond_cap(writer, values);
    if (!content.rows.empty()) {
        TornadoChart::Row const& top = content.rows.front();
        chart.alt = writer.say(phrases::tornado_alt,
                               {{"parameter", top.label},
                                {"low", capped_ratio(writer, top.log10_at_low, digits)},
                                {"high", capped_ratio(writer, top.log10_at_high, digits)}});
    }
    chart.x_ticks = ratio_ticks(writer, values);
    chart.content = std::move(content);
    return chart;
}

Chart make_curve_chart(NoteWriter const& writer,
                       lab::Evaluation const& evaluation,
                       lab::Curve const& curve) {
    int const digits = evaluation.printed.significant_figures;
    std::string const label = writer.parameter_label(curve.parameter);
    Chart chart;
    chart.title = writer.say(phrases::curve_title, {{"parameter", label}});
    chart.x_label = label;
    chart.y_label = writer.say(phrases::ratio_axis) + " (" + pair_label(writer, evaluation) + ")";
    chart.caption = writer.say(phrases::curve_caption) + beyond_cap(writer, curve.log10_lr);
    chart.alt = writer.say(phrases::curve_alt,
                           {{"first_x", parameter_value(writer, curve.parameter, curve.x.front())},
                            {"first_y", capped_ratio(writer, curve.log10_lr.front(), digits)},
                            {"last_x", parameter_value(writer, curve.parameter, curve.x.back())},
                            {"last_y", capped_ratio(writer, curve.log10_lr.back(), digits)}});
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::parameter, 1.0),
                             writer.column(phrases::ratio_axis, 1.0, Alignment::right)};
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        chart.numbers.rows.push_back({plain(parameter_value(writer, curve.parameter, curve.x[i])),
                                      plain(capped_ratio(writer, curve.log10_lr[i], digits))});
    }
    CurveChart content;
    content.x_is_log = is_log_axis(curve);
    content.series.push_back({pair_label(writer, evaluation), curve.x, curve.log10_lr});
    chart.x_ticks = value_ticks(writer, curve, content.x_is_log);
    chart.y_ticks = ratio_ticks(writer, curve.log10_lr);
    chart.content = std::move(content);
    return chart;
}

} // namespace cmq::report
