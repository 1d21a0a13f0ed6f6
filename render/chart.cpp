// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart.hpp"

#include "render/block_pieces.hpp"
#include "render/chart_items.hpp"

#include <QGraphicsScene>
#include <QPainter>

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
    }
    scene->setSceneRect(0.0, 0.0, width, height);
    return scene;
}

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
    double const scene_top = title->height() + 6.0 * pt;
    double const caption_top = scene_top + scene->height() + 5.0 * pt;
    FigureIds const ids = add_figure(structure, chart.alt);
    std::vector<Piece> pieces;
    pieces.push_back(
        {.height = caption_top + caption->height(),
         .space_before = 14.0 * pt,
         .paint = [=, &structure](QPainter& painter, double y) {
             {
                 Marked const mark{painter, ids.title};
                 title->paint(painter, {column.left, y});
             }
             QRectF const target{column.left, y + scene_top, scene->width(), scene->height()};
             structure.place(ids.figure, target);
             {
                 Marked const mark{painter, ids.figure};
                 scene->render(&painter, target, scene->sceneRect(), Qt::IgnoreAspectRatio);
             }
             Marked const mark{painter, ids.caption};
             caption->paint(painter, {column.left, y + caption_top});
         }});
    if (chart.show_numbers && !chart.numbers.rows.empty()) {
        auto table = to_pieces(chart.numbers, column, structure);
        pieces.insert(pieces.end(), table.begin(), table.end());
    }
    return pieces;
}

} // namespace cmq::render
