// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/chart_items.hpp"
#include "render/network_layout.hpp"

#include <QGraphicsScene>
#include <QPolygonF>

#include <algorithm>
#include <string>

namespace cmq::render {
namespace {

using Line = report::NetworkChart::Line;
using network::badge;
using network::head;

constexpr double padding = 4.0 * pt;
constexpr double badge_step = badge + 3.0 * pt;

// Told apart by dashes (in line widths); colour comes on top.
QPen line_pen(Line line) {
    switch (line) {
    case Line::delivery:
        return solid_pen(colour::blue, 1.5);
    case Line::contact: {
        QPen pen = solid_pen(colour::vermilion, 1.5);
        pen.setDashPattern({5.0, 2.5});
        return pen;
    }
    case Line::contamination:
        break;
    }
    QPen pen = solid_pen(colour::ink, 1.5);
    pen.setDashPattern({1.2, 1.8});
    return pen;
}

TextLook badge_look() {
    TextLook look = chart_look(Qt::AlignLeft, true);
    look.font.size_pt = 7.5;
    look.leading = 1.15;
    return look;
}

void add_badge(QGraphicsScene& scene, std::size_t number, QPointF centre) {
    QRectF const circle{centre.x() - badge / 2.0, centre.y() - badge / 2.0, badge, badge};
    scene.addEllipse(circle, solid_pen(colour::ink, 0.8));
    std::string const text = std::to_string(number);
    double const width = text_width(text, badge_look().font);
    TextBlock words{text, badge_look(), width + pt};
    double const height = words.height();
    add_text(scene, std::move(words), {centre.x() - width / 2.0, centre.y() - height / 2.0});
}

TextBlock box_words(report::NetworkChart::Node const& node, double width) {
    return {node.label, chart_look(Qt::AlignHCenter), width - 2.0 * padding};
}

std::size_t badges_in_row(double width) {
    return std::max<std::size_t>(
        1, static_cast<std::size_t>((width - 2.0 * padding + 3.0 * pt) / badge_step));
}

double box_height(report::NetworkChart::Node const& node, double width) {
    std::size_t const in_row = badges_in_row(width);
    std::size_t const rows = (node.changes.size() + in_row - 1) / in_row;
    return box_words(node, width).height() + 2.0 * padding + static_cast<double>(rows) * badge_step;
}

void add_box(QGraphicsScene& scene, report::NetworkChart::Node const& node, QRectF const& box) {
    QPainterPath outline;
    if (node.is_source) {
        constexpr double radius = 9.0 * pt;
        outline.addRoundedRect(box, radius, radius);
    } else {
        outline.addRect(box);
    }
    scene.addPath(outline, solid_pen(colour::ink, node.is_examined ? 2.2 : 0.8));
    TextBlock const words = box_words(node, box.width());
    double y = box.center().y() - box_height(node, box.width()) / 2.0 + padding;
    double const height = words.height();
    double const width = words.natural_width() + pt; // an item is as wide as its longest line
    add_text(scene,
             TextBlock{node.label, chart_look(Qt::AlignHCenter), width},
             {box.center().x() - width / 2.0, y});
    y += height;
    std::size_t const in_row = badges_in_row(box.width());
    for (std::size_t i = 0; i < node.changes.size(); ++i) {
        std::size_t const row = i / in_row;
        std::size_t const of_row = std::min(in_row, node.changes.size() - row * in_row);
        double const first = box.center().x() - static_cast<double>(of_row - 1) * badge_step / 2.0;
        add_badge(scene,
                  node.changes[i],
                  {first + static_cast<double>(i % in_row) * badge_step,
                   y + (static_cast<double>(row) + 0.5) * badge_step});
    }
}

void add_head(QGraphicsScene& scene, QPointF tip, double direction, QColor const& colour) {
    constexpr double half = 3.2 * pt;
    QPolygonF const triangle{{tip,
                              tip + QPointF{-direction * (head + pt), half},
                              tip + QPointF{-direction * (head + pt), -half}}};
    scene.addPolygon(triangle, QPen{Qt::NoPen}, colour);
}

void add_route(QGraphicsScene& scene,
               report::NetworkChart::Arrow const& arrow,
               NetworkRoute const& route) {
    QPen const pen = line_pen(arrow.line);
    scene.addPath(route.path, pen);
    for (std::size_t i = 0; i < route.tips.size(); ++i) {
        add_head(scene, route.tips[i], route.directions[i], pen.color());
    }
    add_badge(scene, arrow.number, route.badge);
}

// A sample of each kind of line beside its meaning.
double
add_keys(QGraphicsScene& scene, report::NetworkChart const& content, double width, double y) {
    constexpr double sample = 26.0 * pt;
    double x = 0.0;
    double row = 0.0;
    for (auto const& key : content.keys) {
        TextBlock text{key.text, chart_look(), width - sample - 6.0 * pt};
        double const needed = sample + 6.0 * pt + text.natural_width();
        if (x > 0.0 && x + needed > width) {
            x = 0.0;
            y += row + 2.0 * pt;
            row = 0.0;
        }
        double const middle = y + text.line_height() / 2.0;
        add_line(scene, {x, middle}, {x + sample, middle}, line_pen(key.line));
        row = std::max(row, text.height());
        add_text(scene, std::move(text), {x + sample + 6.0 * pt, y});
        x += needed + 16.0 * pt;
    }
    return y + row;
}

double
add_steps(QGraphicsScene& scene, report::NetworkChart const& content, double width, double y) {
    constexpr double indent = 20.0 * pt;
    for (auto const& step : content.steps) {
        TextBlock text{step.text, chart_look(), width - indent};
        double const height = std::max(text.height(), badge + pt);
        add_badge(scene, step.number, {badge / 2.0 + pt, y + badge / 2.0});
        add_text(scene, std::move(text), {indent, y + (badge - chart_font_pt * pt * 1.25) / 2.0});
        y += height + pt;
    }
    return y;
}

void check_network(report::Chart const& chart, report::NetworkChart const& content) {
    for (auto const& arrow : content.arrows) {
        if (arrow.from >= content.nodes.size() || arrow.to >= content.nodes.size() ||
            arrow.from == arrow.to) {
            throw Error{ErrorKind::shape,
                        {"le dessin « {} » a une flèche qui ne joint pas deux cases",
                         "the drawing \"{}\" has an arrow that does not join two boxes"},
                        chart.title};
        }
    }
}

} // namespace

double add_network_chart(QGraphicsScene& scene,
                         report::Chart const& chart,
                         report::NetworkChart const& content,
                         double width) {
    check_network(chart, content);
    constexpr double border = 2.0 * pt; // half of the thickest line
    NetworkColumns const columns = network_columns(content, width - 2.0 * border);
    std::vector<double> heights;
    for (auto const& node : content.nodes) {
        heights.push_back(box_height(node, columns.box_width));
    }
    NetworkLayout layout = lay_out_network(content, columns, heights);
    for (std::size_t i = 0; i < content.arrows.size(); ++i) {
        NetworkRoute& route = layout.routes[i];
        route.path.translate(border, border);
        route.badge += QPointF{border, border};
        for (QPointF& tip : route.tips) {
            tip += QPointF{border, border};
        }
        add_route(scene, content.arrows[i], route);
    }
    for (std::size_t i = 0; i < content.nodes.size(); ++i) {
        add_box(scene, content.nodes[i], layout.boxes[i].translated(border, border));
    }
    double y = layout.height + 2.0 * border + 10.0 * pt;
    y = add_keys(scene, content, width, y) + 6.0 * pt;
    return add_steps(scene, content, width, y);
}

} // namespace cmq::render
