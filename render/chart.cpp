// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart.hpp"

#include "render/block_pieces.hpp"
#include "render/chart_items.hpp"

#include <QGraphicsScene>
#include <QPainter>

#include <algorithm>

namespace cmq::render {

std::unique_ptr<QGraphicsScene>
make_chart_scene(report::Chart const& chart, report::Language language, double width) {
    auto scene = std::make_unique<QGraphicsScene>();
    scene->setItemIndexMethod(QGraphicsScene::NoIndex);
    double height = 0.0;
    if (auto const* range = std::get_if<report::RangeChart>(&chart.content)) {
        height = add_range_chart(*scene, chart, *range, language, width);
    } else if (auto const* tornado = std::get_if<report::TornadoChart>(&chart.content)) {
        height = add_tornado_chart(*scene, chart, *tornado, language, width);
    } else if (auto const* curves = std::get_if<report::CurveChart>(&chart.content)) {
        height = add_curve_chart(*scene, chart, *curves, language, width);
    } else if (auto const* network = std::get_if<report::NetworkChart>(&chart.content)) {
        height = add_network_chart(*scene, chart, *network, width);
    }
    scene->setSceneRect(0.0, 0.0, width, height);
    return scene;
}

namespace {

// A drawing that is taller than a page is made smaller.
Piece scene_piece(std::shared_ptr<QGraphicsScene> const& scene,
                  std::size_t id,
                  Column const& column,
                  Structure& structure) {
    double const scale = std::min(1.0, column.height / scene->height());
    double const height = scale * scene->height();
    double const width = scale * scene->width();
    return {.height = height,
            .keep_with_next = true,
            .paint = [=, &structure](QPainter& painter, double y) {
                QRectF const target{column.left, y, width, height};
                structure.place(id, target);
                Marked const mark{painter, id};
                scene->render(&painter, target, scene->sceneRect(), Qt::IgnoreAspectRatio);
            }};
}

} // namespace

std::vector<Piece> to_pieces(report::Chart const& chart,
                             report::Language language,
                             Column const& column,
                             Structure& structure) {
    auto const title = std::make_shared<TextBlock const>(
        chart.title,
        TextLook{.font = {.family = Family::sans, .size_pt = 9.5, .bold = true}},
        column.width);
    auto const caption =
        std::make_shared<TextBlock const>(chart.caption,
                                          TextLook{.font = {.family = Family::sans, .size_pt = 8.2},
                                                   .colour = colour::grey,
                                                   .leading = 1.3},
                                          column.width);
    std::shared_ptr<QGraphicsScene> const scene = make_chart_scene(chart, language, column.width);
    FigureIds const ids = add_figure(structure, chart.alt);
    std::vector<Piece> pieces = kept_text(title, ids.title, column);
    Piece figure = scene_piece(scene, ids.figure, column, structure);
    figure.space_before = 6.0 * pt;
    pieces.push_back(std::move(figure));
    if (caption->lines() > 0) {
        auto below = kept_text(caption, ids.caption, column);
        below.front().space_before = 5.0 * pt;
        pieces.insert(pieces.end(), below.begin(), below.end());
    }
    pieces.front().space_before = 14.0 * pt;
    pieces.back().keep_with_next = false;
    if (chart.show_numbers && !chart.numbers.rows.empty()) {
        auto table = to_pieces(chart.numbers, column, structure);
        pieces.insert(pieces.end(), table.begin(), table.end());
    }
    return pieces;
}

} // namespace cmq::render
