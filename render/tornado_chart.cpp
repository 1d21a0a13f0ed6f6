// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart_items.hpp"

#include <QBrush>
#include <QGraphicsScene>

#include <algorithm>
#include <cmath>

namespace cmq::render {

namespace {

constexpr double half_row = 11.0 * pt;
constexpr double row_gap = 8.0 * pt;
constexpr double bar_height = 8.0 * pt;
constexpr double text_gap = 4.0 * pt;

struct Plot {
    QRectF area;
    Axis axis;
    double centre = 0.0;

    [[nodiscard]] double at(double value) const {
        return to_position(axis, value, area.left(), area.right());
    }
};

// One end of a parameter: bar from the centre, its value beyond the end of the bar.
void add_bar(QGraphicsScene& scene,
             Plot const& plot,
             double value,
             std::string const& text,
             double y,
             bool low) {
    double const from = plot.at(plot.centre);
    double const to = plot.at(value);
    QRectF const bar{std::min(from, to), y - bar_height / 2.0, std::abs(to - from), bar_height};
    // Low and high differ without colour, too: one is filled, the other is an outline.
    if (low) {
        scene.addRect(bar, solid_pen(colour::blue, 0.9), colour::blue);
    } else {
        scene.addRect(bar, solid_pen(colour::vermilion, 0.9), Qt::NoBrush);
        double const apart = 3.0 * pt;
        auto const strokes = static_cast<int>(bar.width() / apart);
        for (int i = 1; i <= strokes; ++i) {
            double const x = bar.left() + i * apart;
            add_line(scene, {x, bar.top()}, {x, bar.bottom()}, solid_pen(colour::vermilion, 0.5));
        }
    }
    double const width = text_width(text, chart_look().font);
    TextBlock words{text, chart_look(), width + pt};
    double const x = to < from ? to - text_gap - width : to + text_gap;
    double const top = y - words.height() / 2.0;
    add_text(scene, std::move(words), {x, top});
}

// The words at the end of a bar need room in the plot, too.
struct End {
    double value = 0.0;
    double words = 0.0; ///< width, with its gap
};

std::vector<End> bar_ends(report::TornadoChart const& content) {
    std::vector<End> ends;
    for (auto const& row : content.rows) {
        auto const width = [](std::string const& text) {
            return text_width(text, chart_look().font) + text_gap + pt;
        };
        ends.push_back({.value = row.log10_at_low, .words = width(row.low_text)});
        ends.push_back({.value = row.log10_at_high, .words = width(row.high_text)});
    }
    return ends;
}

// Widens the axis until the words fit beside the bars. Each turn takes the scale of the last one,
// which settles quickly as long as the words leave a part of the width to the bars.
void make_room(Axis& axis, std::vector<End> const& ends, double centre, double width) {
    constexpr int turns = 30;
    double const low = axis.low;
    double const high = axis.high;
    for (int turn = 0; turn < turns; ++turn) {
        double const per_unit = (axis.high - axis.low) / width;
        axis.low = low;
        axis.high = high;
        for (auto const& end : ends) {
            double const words = std::min(end.words, 0.4 * width) * per_unit;
            if (end.value < centre) {
                axis.low = std::min(axis.low, end.value - words);
            } else {
                axis.high = std::max(axis.high, end.value + words);
            }
        }
    }
}

Plot make_plot(report::Chart const& chart,
               report::TornadoChart const& content,
               report::Language language,
               double left,
               double right) {
    std::vector<End> const ends = bar_ends(content);
    double const centre = content.log10_centre;
    double low = centre;
    double high = centre;
    for (auto const& end : ends) {
        low = std::min(low, end.value);
        high = std::max(high, end.value);
    }
    // At least a decade, so that some round ratio stands on the axis.
    double const missing = std::max(0.0, 1.0 - (high - low)) / 2.0;
    Plot plot;
    plot.centre = centre;
    plot.area.setLeft(left);
    plot.area.setRight(right);
    plot.axis = to_axis(chart.x_ticks, low, high, false, chart)
                    .value_or(Axis{.low = low - missing, .high = high + missing});
    make_room(plot.axis, ends, centre, right - left);
    if (chart.x_ticks.empty()) {
        plot.axis.ticks =
            fit_ratio_axis(plot.axis.low, plot.axis.high, right - left, language).ticks;
        std::erase_if(plot.axis.ticks, [&](Tick const& tick) {
            return tick.at < plot.axis.low || tick.at > plot.axis.high;
        });
    }
    thin_labels(plot.axis, right - left);
    return plot;
}

} // namespace

double add_tornado_chart(QGraphicsScene& scene,
                         report::Chart const& chart,
                         report::TornadoChart const& content,
                         report::Language language,
                         double width) {
    check_ratio(content.log10_centre, chart);
    double label_width = 0.0;
    for (auto const& row : content.rows) {
        check_ratio(row.log10_at_low, chart);
        check_ratio(row.log10_at_high, chart);
        label_width = std::max(label_width, text_width(row.label, chart_look().font));
    }
    label_width = std::min(label_width, 0.32 * width) + pt;
    // Half of the label of a tick at the end stands beyond the plot.
    double beyond = 16.0 * pt;
    for (auto const& tick : chart.x_ticks) {
        beyond = std::max(beyond, text_width(tick.text, chart_look().font) / 2.0 + 2.0 * pt);
    }
    Plot plot = make_plot(
        chart, content, language, std::max(label_width + 12.0 * pt, beyond), width - beyond);

    TextBlock name{chart.y_label, chart_look(Qt::AlignLeft, true), width};
    double const top = name.lines() == 0 ? 0.0 : name.height() + 4.0 * pt;
    add_text(scene, std::move(name), {0.0, 0.0});
    std::vector<TextBlock> labels;
    std::vector<double> centres;
    double y = top + 3.0 * pt;
    for (auto const& row : content.rows) {
        labels.emplace_back(row.label, chart_look(), label_width);
        double const height = std::max(labels.back().height(), 2.0 * half_row) + row_gap;
        centres.push_back(y + height / 2.0);
        y += height;
    }
    plot.area.setTop(top);
    plot.area.setBottom(y + 3.0 * pt);
    double const below = add_bottom_axis(scene, plot.axis, plot.area, chart.x_label);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        auto const& row = content.rows[i];
        double const label_top = centres[i] - labels[i].height() / 2.0;
        add_text(scene, std::move(labels[i]), {0.0, label_top});
        add_bar(scene, plot, row.log10_at_low, row.low_text, centres[i] - half_row / 2.0, true);
        add_bar(scene, plot, row.log10_at_high, row.high_text, centres[i] + half_row / 2.0, false);
    }
    double const centre = plot.at(plot.centre);
    add_line(scene,
             {centre, plot.area.top()},
             {centre, plot.area.bottom()},
             solid_pen(colour::ink, 1.0));
    return plot.area.bottom() + below;
}

} // namespace cmq::render
