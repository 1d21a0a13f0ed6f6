// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_figures.hpp"

#include "lab/transfer/finding_vector.hpp"
#include "report/phrases/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace cmq::report {
namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

void draw(CurveChart::Series& series, std::initializer_list<std::pair<double, double>> points) {
    for (auto const& [x, y] : points) {
        series.x.push_back(x);
        series.y.push_back(y);
    }
    series.x.push_back(series.x.back());
    series.y.push_back(gap);
}

std::vector<Tick> share_ticks(NoteWriter const& writer) {
    std::vector<Tick> ticks;
    for (double const share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        ticks.push_back({share, percent_text(share, writer.language())});
    }
    return ticks;
}

/// The least and the largest of what is drawn along an axis.
struct Reach {
    double low = 1.0;
    double high = 0.0;

    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

/// Four steps around shares that may lie so close together that an axis from 0 to 100 % would not show them: of 1, 2, 5,
/// 10 or 25 %.
std::vector<Tick> near_ticks(NoteWriter const& writer, Reach const& reach) {
    for (double const step : {0.01, 0.02, 0.05, 0.1}) {
        double const first = std::min(std::floor(reach.low / step) * step, 1.0 - 4.0 * step);
        if (first + 4.0 * step < reach.high) {
            continue;
        }
        std::vector<Tick> ticks;
        for (int i = 0; i <= 4; ++i) {
            double const at = std::max(0.0, first) + i * step;
            ticks.push_back({at, percent_text(at, writer.language())});
        }
        return ticks;
    }
    return share_ticks(writer);
}

lab::Parameter const* find_parameter(std::vector<lab::Parameter> const& all,
                                     std::string_view name) {
    auto const found = std::ranges::find(all, name, &lab::Parameter::name);
    return found == all.end() ? nullptr : &*found;
}

bool is_examined(NoteInput const& input, lab::Examination how) {
    return std::ranges::any_of(input.findings, [&](NoteFinding const& each) {
        return each.finding.examination == how &&
               each.finding.kind != lab::FindingKind::not_examined;
    });
}

/// 1, 2 and 5 times the powers of ten inside, with the ends of the data.
std::vector<Tick> decade_ticks(NoteWriter const& writer, double low, double high) {
    std::vector<Tick> ticks{{low, ""}};
    for (int power = -6; power <= 9; ++power) {
        for (double const factor : {1.0, 2.0, 5.0}) {
            double const at = factor * std::pow(10.0, power);
            if (at > low && at < high) {
                ticks.push_back({at, writer.rounded(at, 1)});
            }
        }
    }
    ticks.push_back({high, ""});
    return ticks;
}

double sum(PerPlane<double> const& planes) {
    double total = 0.0;
    for (double const each : planes) {
        total += each;
    }
    return total;
}

} // namespace

std::optional<Chart> make_detection_chart(NoteWriter const& writer) {
    struct Way {
        lab::Examination how;
        std::string_view parameter;
        Phrase const& name;
    };

    std::array const ways{
        Way{lab::Examination::instrument, "detection.slope_instrument", phrases::by_instrument},
        Way{lab::Examination::visual, "detection.slope_visual", phrases::by_eye}};
    constexpr double lowest = 0.1;
    constexpr double highest = 10.0;
    constexpr int points = 81;
    auto const parameters = used_parameters(writer.input());
    CurveChart content{.series = {}, .x_is_log = true};
    Chart chart;
    chart.numbers.columns = {writer.column(phrases::curve_of_detection_x, 1.0)};
    std::array<double, 4> const rows{0.25, 0.5, 1.0, 2.0};
    for (double const amount : rows) {
        chart.numbers.rows.push_back({plain(writer.rounded(amount, 2))});
    }
    double low = 1.0;
    double high = 0.0;
    for (Way const& way : ways) {
        lab::Parameter const* const parameter = find_parameter(parameters, way.parameter);
        if (parameter == nullptr || !is_examined(writer.input(), way.how)) {
            continue;
        }
        lab::Quantiles const slopes = lab::quantiles_of(parameter->distribution);
        std::vector<double> drawn{slopes.p05, slopes.p50, slopes.p95};
        drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
        for (double const slope : drawn) {
            CurveChart::Series series{.label = writer.say(phrases::slope_series,
                                                          {{"how", writer.say(way.name)},
                                                           {"slope", writer.rounded(slope, 2)}}),
                                      .x = {},
                                      .y = {}};
            for (int i = 0; i < points; ++i) {
                double const u = lowest * std::pow(highest / lowest, i / (points - 1.0));
                series.x.push_back(u);
                series.y.push_back(lab::detection_probability(u, slope));
            }
            low = std::min(low, lab::detection_probability(0.5, slope));
            high = std::max(high, lab::detection_probability(0.5, slope));
            chart.numbers.columns.push_back({series.label, Alignment::right, 1.0});
            for (std::size_t i = 0; i < rows.size(); ++i) {
                chart.numbers.rows[i].push_back(plain(
                    percent_text(lab::detection_probability(rows[i], slope), writer.language())));
            }
            content.series.push_back(std::move(series));
        }
    }
    if (content.series.empty()) {
        return std::nullopt;
    }
    chart.title = writer.say(phrases::curve_of_detection_title);
    chart.numbers.caption = chart.title;
    chart.caption = writer.say(phrases::curve_of_detection_caption);
    chart.alt = writer.say(phrases::curve_of_detection_alt,
                           {{"low", percent_text(low, writer.language())},
                            {"high", percent_text(high, writer.language())}});
    chart.x_label = writer.say(phrases::curve_of_detection_x);
    chart.y_label = writer.say(phrases::curve_of_detection_y);
    chart.x_ticks = decade_ticks(writer, lowest, highest);
    chart.y_ticks = share_ticks(writer);
    chart.content = std::move(content);
    return chart;
}

std::optional<Chart> make_blanks_chart(NoteWriter const& writer, NoteBlanks const& blanks) {
    std::optional<double> const total = evidence_total(writer.input(), blanks);
    if (!blanks.critical_dn || !total || blanks.totals_dn.empty()) {
        return std::nullopt;
    }
    // In shares of the largest: an axis is not made for tens of thousands.
    double unit = std::max(std::abs(*blanks.critical_dn), std::abs(*total));
    for (double const each : blanks.totals_dn) {
        unit = std::max(unit, std::abs(each));
    }
    if (!(unit > 0.0)) {
        return std::nullopt;
    }
    double const limit = *blanks.critical_dn / unit;
    double const arm = 0.015 * static_cast<double>(blanks.totals_dn.size() + 1);
    double low = std::min({0.0, *total / unit, limit});
    double high = std::max({0.0, *total / unit, limit});
    for (double const each : blanks.totals_dn) {
        low = std::min(low, each / unit);
        high = std::max(high, each / unit);
    }
    double const tall = 0.02 * (high - low);
    auto const count = static_cast<double>(blanks.totals_dn.size());
    CurveChart::Series points{writer.say(phrases::blanks_series), {}, {}};
    for (std::size_t i = 0; i < blanks.totals_dn.size(); ++i) {
        double const x = static_cast<double>(i) + 1.0;
        double const y = blanks.totals_dn[i] / unit;
        draw(points, {{x - arm, y - tall}, {x + arm, y + tall}});
        draw(points, {{x - arm, y + tall}, {x + arm, y - tall}});
    }
    double const last = count + 1.0;
    double const y = *total / unit;
    CurveChart::Series evidence{writer.say(phrases::blanks_series_capture), {}, {}};
    // Side by side, or a pattern of dashes would leave a corner open.
    draw(evidence, {{last - arm, y}, {last, y + 1.5 * tall}});
    draw(evidence, {{last, y + 1.5 * tall}, {last + arm, y}});
    draw(evidence, {{last + arm, y}, {last, y - 1.5 * tall}});
    draw(evidence, {{last, y - 1.5 * tall}, {last - arm, y}});
    CurveChart::Series const critical{
        writer.say(phrases::blanks_series_critical), {0.5, last + 0.5}, {limit, limit}};
    auto const figure = [&](double value) { return writer.rounded(value, 3); };
    Chart chart;
    chart.content = CurveChart{{std::move(points), std::move(evidence), critical}, false};
    chart.title = writer.say(phrases::blanks_title, {{"capture", blanks.evidence}});
    chart.caption = writer.say(phrases::blanks_caption_chart);
    chart.x_label = writer.say(phrases::blanks_x);
    chart.y_label = writer.say(phrases::blanks_y);
    chart.x_ticks.push_back({0.5, ""});
    for (std::size_t i = 0; i < blanks.captures.size(); ++i) {
        chart.x_ticks.push_back({static_cast<double>(i) + 1.0, blanks.captures[i]});
    }
    chart.x_ticks.push_back({last, blanks.evidence});
    chart.x_ticks.push_back({last + 0.5, ""});
    double const margin = 0.08 * (high - low);
    chart.y_ticks = {{low - margin, ""}, {0.0, figure(0.0)}};
    constexpr double apart = 0.07; // of the axis: room for a label
    std::array<double, 2> places{limit, y};
    std::ranges::sort(places);
    for (double const place : places) {
        if (place > chart.y_ticks.back().at + apart * (high - low)) {
            chart.y_ticks.push_back({place, figure(place * unit)});
        }
    }
    chart.y_ticks.push_back({high + margin, ""});
    auto const ends = std::ranges::minmax(blanks.totals_dn);
    chart.alt = writer.say(phrases::blanks_alt,
                           {{"count", writer.count(blanks.totals_dn.size())},
                            {"low", figure(ends.min)},
                            {"high", figure(ends.max)},
                            {"critical", figure(*blanks.critical_dn)},
                            {"total", figure(*total)}});
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::blanks_x),
                             writer.column(phrases::blanks_y, 1.0, Alignment::right)};
    for (std::size_t i = 0; i < blanks.captures.size(); ++i) {
        chart.numbers.rows.push_back(
            {plain(blanks.captures[i]), plain(figure(blanks.totals_dn[i]))});
    }
    chart.numbers.rows.push_back({plain(blanks.evidence), plain(figure(*total))});
    chart.numbers.rows.push_back(
        {plain(writer.say(phrases::blanks_series_critical)), plain(figure(*blanks.critical_dn))});
    return chart;
}

std::optional<Chart> make_sizes_chart(NoteWriter const& writer, NoteDetection const& detection) {
    constexpr std::size_t fewest = 5; // below it a list says more
    auto const& traces = detection.detection.traces;
    if (traces.size() < fewest) {
        return std::nullopt;
    }
    casefile::Capture const* const capture = find_capture(writer.file(), detection.capture);
    bool const has_scale = capture != nullptr && capture->mm_per_photosite.has_value();
    double const side = has_scale ? 2.0 * *capture->mm_per_photosite : 1.0;
    std::vector<double> areas;
    areas.reserve(traces.size());
    for (detect::Trace const& trace : traces) {
        areas.push_back(static_cast<double>(std::max<std::int64_t>(trace.area_cells, 1)) * side *
                        side);
    }
    std::ranges::sort(areas);
    auto const count = static_cast<double>(areas.size());
    CurveChart::Series steps{writer.say(phrases::sizes_y), {areas.front()}, {0.0}};
    for (std::size_t i = 0; i < areas.size(); ++i) {
        steps.x.insert(steps.x.end(), {areas[i], areas[i]});
        steps.y.insert(steps.y.end(),
                       {static_cast<double>(i) / count, static_cast<double>(i + 1) / count});
    }
    auto const area_text = [&](double area) {
        return has_scale ? writer.rounded(area, 2) + std::string{narrow_no_break_space} + "mm²"
                         : writer.count(static_cast<std::size_t>(std::llround(area)));
    };
    double const median = areas[(areas.size() - 1) / 2];
    Chart chart;
    chart.content = CurveChart{{std::move(steps)}, true};
    chart.title = writer.say(phrases::sizes_title, {{"capture", detection.capture}});
    chart.caption = writer.say(phrases::sizes_caption);
    chart.alt = writer.say(phrases::sizes_alt,
                           {{"count", writer.count(areas.size())},
                            {"low", area_text(areas.front())},
                            {"high", area_text(areas.back())},
                            {"median", area_text(median)}});
    chart.x_label = writer.say(has_scale ? phrases::sizes_x_mm : phrases::sizes_x_cells);
    chart.y_label = writer.say(phrases::sizes_y);
    chart.x_ticks = decade_ticks(writer, 0.8 * areas.front(), 1.25 * areas.back());
    chart.y_ticks = share_ticks(writer);
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::sizes_y),
                             writer.column(phrases::sizes_column, 1.0, Alignment::right)};
    for (double const share : {0.05, 0.25, 0.5, 0.75, 0.95}) {
        auto const at = static_cast<std::size_t>(share * (count - 1.0));
        chart.numbers.rows.push_back(
            {plain(percent_text(share, writer.language())), plain(area_text(areas[at]))});
    }
    return chart;
}

std::optional<Chart> make_shares_chart(NoteWriter const& writer, NoteDetection const& detection) {
    constexpr std::size_t most = 40; // more crosses hide one another
    auto const& traces = detection.detection.traces;
    auto const& colours = detection.colours;
    if (colours.empty() || colours.size() != traces.size()) {
        return std::nullopt;
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < traces.size(); ++i) {
        if (sum(traces[i].flux_dn) > 0.0) {
            order.push_back(i);
        }
    }
    std::ranges::stable_sort(
        order, std::ranges::greater{}, [&](std::size_t i) { return sum(traces[i].flux_dn); });
    order.resize(std::min(order.size(), most));
    std::array<CurveChart::Series, 3> series{
        CurveChart::Series{writer.say(phrases::shares_marker), {}, {}},
        CurveChart::Series{writer.say(phrases::shares_other), {}, {}},
        CurveChart::Series{writer.say(phrases::shares_open), {}, {}}};
    Chart chart;
    double low = 1.0;
    double high = 0.0;
    Reach across;
    Reach up;
    for (std::size_t const i : order) {
        detect::Trace const& trace = traces[i];
        double const total = sum(trace.flux_dn);
        double const green = (trace.flux_dn[1] + trace.flux_dn[2]) / total;
        double const blue = trace.flux_dn[3] / total;
        // One plane's error against a total that is known much better: what a reader can follow.
        double const green_sigma =
            std::hypot(trace.flux_dn_sigma[1], trace.flux_dn_sigma[2]) / total;
        double const blue_sigma = trace.flux_dn_sigma[3] / total;
        auto const verdict = colours[i].ratio.verdict;
        auto& to = series.at(verdict == lab::ColourVerdict::for_marker   ? 0
                             : verdict == lab::ColourVerdict::for_rivals ? 1
                                                                         : 2);
        auto const inside = [](double share) { return std::clamp(share, 0.0, 1.0); };
        draw(to,
             {{inside(green - green_sigma), inside(blue)},
              {inside(green + green_sigma), inside(blue)}});
        draw(to,
             {{inside(green), inside(blue - blue_sigma)},
              {inside(green), inside(blue + blue_sigma)}});
        low = std::min(low, green);
        high = std::max(high, green);
        for (double const side : {-1.0, 1.0}) {
            across.take(inside(green + side * green_sigma));
            up.take(inside(blue + side * blue_sigma));
        }
        chart.numbers.rows.push_back({plain(writer.count(static_cast<std::size_t>(trace.id))),
                                      plain(measured_text(green, green_sigma, writer.language())),
                                      plain(measured_text(blue, blue_sigma, writer.language()))});
    }
    CurveChart content;
    for (CurveChart::Series& each : series) {
        if (!each.x.empty()) {
            content.series.push_back(std::move(each));
        }
    }
    if (content.series.empty()) {
        return std::nullopt;
    }
    chart.content = std::move(content);
    chart.title = writer.say(phrases::shares_title, {{"capture", detection.capture}});
    chart.caption =
        writer.say(phrases::shares_caption) + brightest(writer, order.size(), traces.size());
    chart.alt = writer.say(phrases::shares_alt,
                           {{"count", writer.count(order.size())},
                            {"low", percent_text(low, writer.language())},
                            {"high", percent_text(high, writer.language())}});
    chart.x_label = writer.say(phrases::shares_x);
    chart.y_label = writer.say(phrases::shares_y);
    chart.x_ticks = near_ticks(writer, across);
    chart.y_ticks = near_ticks(writer, up);
    chart.numbers.caption = chart.title;
    chart.numbers.columns = {writer.column(phrases::trace_column, 0.6),
                             writer.column(phrases::shares_x, 1.0, Alignment::right),
                             writer.column(phrases::shares_y, 1.0, Alignment::right)};
    return chart;
}

} // namespace cmq::report
