// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/chart_items.hpp"

#include <QChart>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QValueAxis>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cmq::render {

namespace {

constexpr double plot_height = 190.0 * pt;

// Colour and dashes (in line widths): each pair is told apart without colour, too.
QPen series_pen(std::size_t index) {
    std::array<QColor, 5> const colours{
        colour::blue, colour::vermilion, colour::green, colour::purple, colour::ink};
    std::array<QList<qreal>, 6> const dashes{{{},
                                              {6.0, 3.0},
                                              {1.5, 2.0},
                                              {6.0, 2.0, 1.5, 2.0},
                                              {12.0, 3.0},
                                              {6.0, 2.0, 1.5, 2.0, 1.5, 2.0}}};
    QPen pen = solid_pen(colours.at(index % colours.size()), 1.5);
    if (auto const& dash = dashes.at(index % dashes.size()); !dash.isEmpty()) {
        pen.setDashPattern(dash);
    }
    return pen;
}

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }

    [[nodiscard]] bool is_empty() const { return low > high; }
};

struct Extents {
    Extent x;
    Extent y;
};

Extents measure(report::Chart const& chart, report::CurveChart const& content) {
    Extents extents;
    if (chart.y_ticks.empty()) {
        extents.y.take(0.0); // the line at which neither side is supported is always seen
    }
    for (auto const& series : content.series) {
        if (series.x.size() != series.y.size()) {
            throw Error{ErrorKind::shape,
                        {"la courbe « {} » du graphique « {} » a {} x pour {} y",
                         "the curve \"{}\" of the chart \"{}\" has {} x for {} y"},
                        series.label,
                        chart.title,
                        series.x.size(),
                        series.y.size()};
        }
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            check_finite(series.x[i], chart);
            if (content.x_is_log && series.x[i] <= 0.0) {
                throw Error{
                    ErrorKind::domain,
                    {"le graphique « {} » a un axe logarithmique et un x qui n’est pas positif",
                     "the chart \"{}\" has a logarithmic axis and an x that is not positive"},
                    chart.title};
            }
            extents.x.take(series.x[i]);
            if (std::isfinite(series.y[i])) {
                check_ratio(series.y[i], chart);
                extents.y.take(series.y[i]);
            }
        }
    }
    if (extents.x.is_empty()) {
        extents.x = {.low = 1.0, .high = 10.0};
    }
    if (extents.y.is_empty() && !chart.y_ticks.empty()) { // nothing but gaps
        extents.y.take(chart.y_ticks.front().at);
    }
    return extents;
}

// One QLineSeries for each stretch between gaps; our own axes carry the numbers.
void add_series(QChart& plot,
                QAbstractAxis& x,
                QAbstractAxis& y,
                report::CurveChart const& content) {
    auto const finish = [&](std::unique_ptr<QLineSeries> line, std::size_t index) {
        if (line->count() == 0) {
            return;
        }
        line->setPen(series_pen(index));
        auto* const owned = line.release(); // the chart owns it
        plot.addSeries(owned);
        owned->attachAxis(&x);
        owned->attachAxis(&y);
    };
    for (std::size_t i = 0; i < content.series.size(); ++i) {
        auto const& series = content.series[i];
        auto line = std::make_unique<QLineSeries>();
        for (std::size_t j = 0; j < series.x.size(); ++j) {
            if (std::isfinite(series.y[j])) {
                line->append(series.x[j], series.y[j]);
            } else {
                finish(std::exchange(line, std::make_unique<QLineSeries>()), i);
            }
        }
        finish(std::move(line), i);
    }
}

template <typename QAxis>
QAxis* add_axis(QChart& plot, double low, double high, Qt::Alignment side) {
    auto axis = std::make_unique<QAxis>();
    axis->setRange(low, high);
    axis->setVisible(false);
    auto* const owned = axis.release(); // the chart owns it
    plot.addAxis(owned, side);
    return owned;
}

void add_plot(QGraphicsScene& scene,
              report::CurveChart const& content,
              Axis const& x_axis,
              Axis const& y_axis,
              QRectF const& area) {
    auto plot = std::make_unique<QChart>();
    plot->setBackgroundVisible(false);
    plot->setDropShadowEnabled(false); // a shadow would turn the chart into a bitmap
    plot->setAnimationOptions(QChart::NoAnimation);
    plot->legend()->hide();
    plot->setMargins({0, 0, 0, 0});
    plot->setGeometry(scene.sceneRect());
    plot->setPlotArea(area);
    auto* const y = add_axis<QValueAxis>(*plot, y_axis.low, y_axis.high, Qt::AlignLeft);
    QAbstractAxis* x = nullptr;
    if (content.x_is_log) {
        x = add_axis<QLogValueAxis>(
            *plot, std::pow(10.0, x_axis.low), std::pow(10.0, x_axis.high), Qt::AlignBottom);
    } else {
        x = add_axis<QValueAxis>(*plot, x_axis.low, x_axis.high, Qt::AlignBottom);
    }
    add_series(*plot, *x, *y, content);
    scene.addItem(plot.release()); // the scene owns it
}

void add_left_axis(QGraphicsScene& scene, Axis const& axis, QRectF const& plot) {
    for (auto const& tick : axis.ticks) {
        double const y = to_position(axis, tick.at, plot.bottom(), plot.top());
        bool const one = tick.at == 0.0;
        add_line(scene,
                 {plot.left(), y},
                 {plot.right(), y},
                 solid_pen(one ? colour::ink : colour::grid, one ? 1.0 : 0.5));
        double const width = text_width(tick.label, chart_look().font);
        TextBlock label{tick.label, chart_look(), width + pt};
        double const height = label.height();
        add_text(scene, std::move(label), {plot.left() - 5.0 * pt - width, y - height / 2.0});
    }
    add_line(scene, plot.topLeft(), plot.bottomLeft(), solid_pen(colour::grey, 0.7));
}

Axis make_x_axis(report::Chart const& chart,
                 report::CurveChart const& content,
                 Extent const& x,
                 report::Language language) {
    if (content.x_is_log) {
        return to_axis(chart.x_ticks, std::log10(x.low), std::log10(x.high), true, chart)
            .value_or(make_log_axis(x.low, x.high, language));
    }
    return to_axis(chart.x_ticks, x.low, x.high, false, chart)
        .value_or(make_linear_axis(x.low, x.high, 7, language));
}

// A sample of each line beside its name, in as many rows as needed.
double
add_legend(QGraphicsScene& scene, report::CurveChart const& content, double width, double top) {
    constexpr double sample = 30.0 * pt;
    double x = 0.0;
    double y = top;
    double row_height = 0.0;
    for (std::size_t i = 0; i < content.series.size(); ++i) {
        TextBlock name{content.series[i].label, chart_look(), width - sample - 6.0 * pt};
        double const needed = sample + 6.0 * pt + name.natural_width();
        if (x > 0.0 && x + needed > width) {
            x = 0.0;
            y += row_height + 2.0 * pt;
            row_height = 0.0;
        }
        double const middle = y + name.line_height() / 2.0;
        add_line(scene, {x, middle}, {x + sample, middle}, series_pen(i));
        row_height = std::max(row_height, name.height());
        add_text(scene, std::move(name), {x + sample + 6.0 * pt, y});
        x += needed + 18.0 * pt;
    }
    return y + row_height;
}

} // namespace

double add_curve_chart(QGraphicsScene& scene,
                       report::Chart const& chart,
                       report::CurveChart const& content,
                       report::Language language,
                       double width) {
    Extents const extents = measure(chart, content);
    TextBlock name{chart.y_label, chart_look(Qt::AlignLeft, true), width};
    double const top = name.lines() == 0 ? 0.0 : name.height() + 8.0 * pt;
    add_text(scene, std::move(name), {0.0, 0.0});

    // Labels one above the other need less room than side by side: a third is a safe share.
    Axis const y_axis =
        to_axis(chart.y_ticks, extents.y.low, extents.y.high, false, chart)
            .value_or(fit_ratio_axis(extents.y.low, extents.y.high, plot_height * 3.0, language));
    double label_width = 0.0;
    for (auto const& tick : y_axis.ticks) {
        label_width = std::max(label_width, text_width(tick.label, chart_look().font));
    }
    QRectF const plot{QPointF{label_width + 8.0 * pt, top},
                      QPointF{width - 14.0 * pt, top + plot_height}};
    Axis x_axis = make_x_axis(chart, content, extents.x, language);
    thin_labels(x_axis, plot.width());
    double const below = add_bottom_axis(scene, x_axis, plot, chart.x_label);
    add_left_axis(scene, y_axis, plot);
    double const bottom = add_legend(scene, content, width, plot.bottom() + below + 6.0 * pt);
    scene.setSceneRect(0.0, 0.0, width, bottom);
    add_plot(scene, content, x_axis, y_axis, plot);
    return bottom;
}

} // namespace cmq::render
