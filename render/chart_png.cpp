// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart.hpp"
#include "render/style.hpp"

#include <QBuffer>
#include <QGraphicsScene>
#include <QImage>
#include <QPainter>

#include <cmath>

namespace cmq::render {

namespace {

constexpr double scene_width = 480.0 * pt;
constexpr double margin = 8.0 * pt;
constexpr double pixels_per_unit = 0.3; // three pixels a point: sharp on paper at half this size

} // namespace

std::vector<std::byte> chart_to_png(report::Chart const& chart, report::Language language) {
    auto const scene = make_chart_scene(chart, language, scene_width);
    QRectF const area = scene->sceneRect().adjusted(-margin, -margin, margin, margin);
    QImage image{static_cast<int>(std::lround(area.width() * pixels_per_unit)),
                 static_cast<int>(std::lround(area.height() * pixels_per_unit)),
                 QImage::Format_RGB888};
    image.fill(Qt::white);
    QPainter painter{&image};
    painter.setRenderHint(QPainter::Antialiasing);
    scene->render(&painter, QRectF{image.rect()}, area, Qt::IgnoreAspectRatio);
    painter.end();
    QByteArray bytes;
    QBuffer buffer{&bytes};
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    auto const* const first = reinterpret_cast<std::byte const*>(bytes.constData());
    return {first, first + bytes.size()};
}

} // namespace cmq::render
