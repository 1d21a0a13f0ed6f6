// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/convert.hpp"
#include "render/picture.hpp"
#include "render/style.hpp"
#include "render/text_block.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::render {

namespace {

QColor const light{0xff, 0xff, 0xff};
QColor const dark{0x00, 0x00, 0x00};
QColor const ring{0xff, 0xb0, 0x00}; // seen on dark, on the marker's green and on blue fabric

// Everything is drawn twice, wide and dark, then narrow and light: seen on any ground.
void stroke(QPainter& painter, QPainterPath const& path, QColor const& top, double unit) {
    painter.strokePath(path, QPen{dark, 2.4 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    painter.strokePath(path, QPen{top, 1.1 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
}

class Labels {
public:
    Labels(QPainter& painter, QRectF const& area, OverlayLook const& look)
        : painter_{painter}
        , area_{area}
        , look_{look}
        , font_{to_font({.family = Family::sans, .size_pt = 7.5 * look.unit / pt, .bold = true})} {}

    [[nodiscard]] double height() const { return QFontMetricsF{font_}.height(); }

    [[nodiscard]] double width(QString const& text) const {
        return QFontMetricsF{font_}.horizontalAdvance(text);
    }

    [[nodiscard]] QString drawable(std::string const& text) const {
        return to_drawable(to_qstring(text), font_);
    }

    void paint(QString const& text, QRectF const& box) {
        QPointF const baseline{box.left(), box.top() + QFontMetricsF{font_}.ascent()};
        QPainterPath outlines;
        outlines.addText(baseline, font_, text);
        painter_.strokePath(
            outlines, QPen{dark, 1.8 * look_.unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
        if (look_.text_as_outlines) {
            painter_.fillPath(outlines, light);
        } else {
            painter_.setFont(font_);
            painter_.setPen(light);
            painter_.drawText(baseline, text);
        }
        taken_.push_back(box);
    }

    void take(QRectF const& box) { taken_.push_back(box); }

    [[nodiscard]] bool is_free(QRectF const& box) const {
        return area_.contains(box) &&
               std::none_of(taken_.begin(), taken_.end(), [&](QRectF const& other) {
                   return other.intersects(box);
               });
    }

    [[nodiscard]] QRectF const& area() const noexcept { return area_; }

private:
    QPainter& painter_;
    QRectF area_;
    OverlayLook look_;
    QFont font_;
    std::vector<QRectF> taken_;
};

// A box of `size` whose side nearest to `centre` is `distance` away from it.
QRectF box_around(QPointF centre, double angle, double distance, QSizeF size) {
    double const x = centre.x() + distance * std::cos(angle);
    double const y = centre.y() - distance * std::sin(angle);
    double const left = x - size.width() * (1.0 - std::cos(angle)) / 2.0;
    double const top = y - size.height() * (1.0 + std::sin(angle)) / 2.0;
    return {left, top, size.width(), size.height()};
}

struct Place {
    QRectF box;
    bool near = true;
};

// The first free place: right above first, then around, then further out.
Place find_place(Labels const& labels, QPointF centre, double radius, QSizeF size, double unit) {
    constexpr int angles = 12;
    constexpr int steps = 9;
    for (int step = 0; step < steps; ++step) {
        for (int i = 0; i < angles; ++i) {
            // 45 degrees, then alternately to both sides of it
            int const turn = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2);
            double const angle = std::numbers::pi * (0.25 + turn * 2.0 / angles);
            QRectF const box =
                box_around(centre, angle, radius + 1.5 * unit + step * size.height() * 0.8, size);
            if (labels.is_free(box)) {
                return {.box = box, .near = step == 0};
            }
        }
    }
    QRectF box = box_around(centre, std::numbers::pi / 4.0, radius, size);
    QRectF const& area = labels.area();
    box.moveLeft(
        std::clamp(box.left(), area.left(), std::max(area.left(), area.right() - box.width())));
    box.moveTop(
        std::clamp(box.top(), area.top(), std::max(area.top(), area.bottom() - box.height())));
    return {.box = box};
}

void paint_scale_bar(
    QPainter& painter, report::ScaleBar const& bar, double scale, double unit, Labels& labels) {
    QRectF const& area = labels.area();
    double const length = bar.length_pixels * scale;
    QString const text = labels.drawable(bar.label);
    double const left = area.left() + 6.0 * unit;
    double const bottom = area.bottom() - 6.0 * unit;
    QPainterPath path;
    path.moveTo(left, bottom - 3.0 * unit);
    path.lineTo(left, bottom);
    path.lineTo(left + length, bottom);
    path.lineTo(left + length, bottom - 3.0 * unit);
    stroke(painter, path, light, unit);
    labels.take(QRectF{left, bottom - 4.0 * unit, length, 6.0 * unit});
    labels.paint(text,
                 {left + 2.5 * unit,
                  bottom - 2.5 * unit - labels.height(),
                  labels.width(text),
                  labels.height()});
}

} // namespace

void paint_overlay(QPainter& painter,
                   report::Picture const& picture,
                   QRectF const& area,
                   OverlayLook const& look) {
    painter.save();
    painter.setClipRect(area);
    double const unit = look.unit;
    double const scale = area.width() / picture.pixels.width;
    Labels labels{painter, area, look};
    if (picture.scale_bar) {
        paint_scale_bar(painter, *picture.scale_bar, scale, unit, labels);
    }

    struct Ring {
        QPointF centre;
        double radius;
    };

    std::vector<Ring> rings;
    for (auto const& mark : picture.marks) {
        // The centre of the top-left pixel is 0, its corner is the corner of the area.
        QPointF const centre{area.left() + (mark.x + 0.5) * scale,
                             area.top() + (mark.y + 0.5) * scale};
        double const radius = std::max(mark.radius * scale, 3.5 * unit);
        rings.push_back({.centre = centre, .radius = radius});
        QPainterPath path;
        path.addEllipse(centre, radius, radius);
        if (mark.ring) {
            stroke(painter, path, ring, unit);
        }
        double const inner = radius * 0.8; // labels may touch a ring's corner box, not the ring
        labels.take({centre.x() - inner, centre.y() - inner, 2.0 * inner, 2.0 * inner});
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        QString const text = labels.drawable(picture.marks[i].label);
        if (text.isEmpty()) {
            continue;
        }
        QSizeF const size{labels.width(text), labels.height()};
        Place const place = find_place(labels, rings[i].centre, rings[i].radius, size, unit);
        if (!place.near) {
            QPointF const towards = place.box.center() - rings[i].centre;
            double const length = std::hypot(towards.x(), towards.y());
            QPainterPath line;
            line.moveTo(rings[i].centre + towards * (rings[i].radius / length));
            line.lineTo(place.box.center());
            stroke(painter, line, ring, 0.6 * unit);
        }
        labels.paint(text, place.box);
    }
    painter.restore();
}

} // namespace cmq::render
