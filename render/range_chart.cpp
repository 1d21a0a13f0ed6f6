// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart_items.hpp"

#include <QGraphicsScene>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace cmq::render {

namespace {

struct Layout {
    double left = 0.0; // of the plot
    double right = 0.0;
    double text_left = 0.0;
    double width = 0.0;
};

Layout make_layout(report::RangeChart const& content, double width) {
    double label_width = 0.0;
    double text_width_needed = 0.0;
    for (auto const& row : content.rows) {
        label_width = std::max(label_width, text_width(row.label, chart_look().font));
        text_width_needed =
            std::max(text_width_needed, text_width(row.text, chart_look({}, true).font));
    }
    label_width = std::min(label_width, 0.28 * width) + pt;
    text_width_needed = std::min(text_width_needed, 0.24 * width) + pt;
    return {.left = label_width + 14.0 * pt,
            .right = width - text_width_needed - 14.0 * pt,
            .text_left = width - text_width_needed,
            .width = width};
}

// What lies beyond the edge, drawn at it.
report::RangeChart within_edge(report::RangeChart content) {
    if (double const edge = content.log10_edge; edge > 0.0) {
        for (auto& row : content.rows) {
            for (double* const value : {&row.log10_value, &row.log10_low, &row.log10_high}) {
                *value = std::clamp(*value, -edge, edge);
            }
        }
    }
    return content;
}

// The name of a side over its half, with an arrow away from the middle.
double add_side(QGraphicsScene& scene, std::string const& name, double from, double to) {
    double const width = std::abs(to - from) - 10.0 * pt;
    TextBlock words{name, chart_look(Qt::AlignHCenter), width};
    double const height = words.height();
    double const left = std::min(from, to) + 5.0 * pt;
    add_text(scene, std::move(words), {left, 0.0});
    return height;
}

void add_arrow(QGraphicsScene& scene, double from, double to, double y) {
    double const sign = to > from ? 1.0 : -1.0;
    QPointF const tip{to - sign * 4.0 * pt, y};
    add_line(scene, {from + sign * 8.0 * pt, y}, tip, solid_pen(colour::grey, 0.8));
    QPolygonF const head{{tip + QPointF{sign * 4.0 * pt, 0.0},
                          tip + QPointF{-sign * 1.5 * pt, 2.4 * pt},
                          tip + QPointF{-sign * 1.5 * pt, -2.4 * pt}}};
    scene.addPolygon(head, QPen{Qt::NoPen}, colour::grey);
}

void add_row(QGraphicsScene& scene,
             report::RangeChart::Row const& row,
             Axis const& axis,
             Layout const& layout,
             double y) {
    auto const at = [&](double value) {
        return to_position(axis, value, layout.left, layout.right);
    };
    if (row.has_range) {
        QPen const pen = solid_pen(colour::blue, 1.6);
        double const low = at(row.log10_low);
        double const high = at(row.log10_high);
        add_line(scene, {low, y}, {high, y}, pen);
        for (double const end : {low, high}) {
            add_line(scene, {end, y - 3.5 * pt}, {end, y + 3.5 * pt}, pen);
        }
    }
    if (!row.has_value) {
        return;
    }
    double const x = at(row.log10_value);
    double const size = 4.2 * pt;
    QPolygonF const diamond{{{x, y - size}, {x + size, y}, {x, y + size}, {x - size, y}}};
    if (row.is_open) {
        scene.addPolygon(diamond, solid_pen(colour::ink, 1.2));
    } else {
        scene.addPolygon(diamond, QPen{Qt::NoPen}, colour::ink);
    }
}

} // namespace

double add_range_chart(QGraphicsScene& scene,
                       report::Chart const& chart,
                       report::RangeChart const& whole,
                       report::Language language,
                       double width) {
    report::RangeChart const content = within_edge(whole);
    double reach = 1.0;
    for (auto const& row : content.rows) {
        if (!row.has_value) {
            continue;
        }
        check_ratio(row.log10_value, chart);
        reach = std::max(reach, std::abs(row.log10_value));
        if (row.has_range) {
            check_ratio(row.log10_low, chart);
            check_ratio(row.log10_high, chart);
            reach = std::max({reach, std::abs(row.log10_low), std::abs(row.log10_high)});
        }
    }
    Layout const layout = make_layout(content, width);
    // Symmetrical, so that neither side looks larger than the other.
    double const plot_width = layout.right - layout.left;
    Axis axis = to_axis(chart.x_ticks, -reach, reach, false, chart)
                    .value_or(fit_ratio_axis(-reach, reach, plot_width, language));
    axis.high = std::max(-axis.low, axis.high);
    axis.low = -axis.high;
    thin_labels(axis, plot_width);
    double const middle = to_position(axis, 0.0, layout.left, layout.right);
    double const names = std::max(add_side(scene, content.left_label, middle, layout.left),
                                  add_side(scene, content.right_label, middle, layout.right));
    double const arrows = names + 5.0 * pt;
    add_arrow(scene, middle, layout.left, arrows);
    add_arrow(scene, middle, layout.right, arrows);

    double const top = arrows + 6.0 * pt;

    struct Words {
        TextBlock label;
        TextBlock text;
        double centre;
    };

    std::vector<Words> words;
    double y = top + 4.0 * pt;
    for (auto const& row : content.rows) {
        Words each{
            .label = TextBlock{row.label, chart_look(), layout.left - 14.0 * pt},
            .text = TextBlock{row.text, chart_look(Qt::AlignLeft, true), width - layout.text_left},
            .centre = 0.0};
        double const height =
            std::max({each.label.height(), each.text.height(), 14.0 * pt}) + 6.0 * pt;
        each.centre = y + height / 2.0;
        words.push_back(std::move(each));
        y += height;
    }
    QRectF const plot{QPointF{layout.left, top}, QPointF{layout.right, y + 4.0 * pt}};
    if (content.log10_open > 0.0) {
        double const from = to_position(axis, -content.log10_open, layout.left, layout.right);
        double const to = to_position(axis, content.log10_open, layout.left, layout.right);
        scene.addRect(QRectF{QPointF{from, plot.top()}, QPointF{to, plot.bottom()}},
                      QPen{Qt::NoPen},
                      colour::grid);
    }
    double const below = add_bottom_axis(scene, axis, plot, chart.x_label);
    add_line(scene,
             {middle, plot.top() - 10.0 * pt},
             {middle, plot.bottom()},
             solid_pen(colour::ink, 1.0));
    for (std::size_t i = 0; i < words.size(); ++i) {
        double const centre = words[i].centre;
        add_row(scene, content.rows[i], axis, layout, centre);
        double const label_top = centre - words[i].label.height() / 2.0;
        double const text_top = centre - words[i].text.height() / 2.0;
        add_text(scene, std::move(words[i].label), {0.0, label_top});
        add_text(scene, std::move(words[i].text), {layout.text_left, text_top});
    }
    return plot.bottom() + below;
}

} // namespace cmq::render
