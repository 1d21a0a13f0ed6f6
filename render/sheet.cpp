// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/sheet.hpp"

#include "core/error.hpp"
#include "render/convert.hpp"
#include "render/picture.hpp"
#include "render/style.hpp"
#include "render/text_block.hpp"

#include <QBuffer>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cmq::render {
namespace {

constexpr double panel_pt = 260.0; // width of a panel: letters are then as large as in print
constexpr double gap_pt = 12.0;
constexpr double bar_pt = 9.0;      // height of a legend's bar
constexpr double largest = 30000.0; // pixels a side
FontSpec const title_font{.family = Family::sans, .size_pt = 9.0, .bold = true};
FontSpec const stamp_font{.family = Family::sans, .size_pt = 11.0, .bold = true};
FontSpec const small_font{.family = Family::sans, .size_pt = 7.0};

TextBlock block(std::string const& text, FontSpec const& font, QColor const& colour) {
    return {text, {.font = font, .colour = colour, .leading = 1.25}, panel_pt * pt};
}

QColor to_colour(report::Rgb const& rgb) {
    return {rgb[0], rgb[1], rgb[2]};
}

// All lengths in tenths of a point; `y` moves down as things are painted.
class Column {
public:
    Column(QPainter* painter, QPointF top_left) : painter_{painter}, at_{top_left} {}

    void text(std::string const& words, FontSpec const& font, QColor const& colour = colour::ink) {
        if (words.empty()) {
            return;
        }
        TextBlock const lines = block(words, font, colour);
        if (painter_ != nullptr) {
            lines.paint(*painter_, at_);
        }
        skip(lines.height() + 2.0 * pt);
    }

    void picture(report::Picture const& picture) {
        double const height = panel_pt * pt * picture.pixels.height / picture.pixels.width;
        if (painter_ != nullptr) {
            QRectF const area{at_, QSizeF{panel_pt * pt, height}};
            painter_->drawImage(area, to_image(picture.pixels));
            if (!picture.marks.empty() || picture.scale_bar) {
                paint_overlay(*painter_, picture, area, {.unit = pt, .text_as_outlines = true});
            }
        }
        skip(height + 3.0 * pt);
    }

    void legend(report::ColourLegend const& legend) {
        text(legend.title, small_font);
        bar(legend);
        for (report::ColourLegend::Patch const& patch : legend.patches) {
            double const side = 7.0 * pt;
            if (painter_ != nullptr) {
                painter_->fillRect(QRectF{at_, QSizeF{side, side}}, to_colour(patch.colour));
                block(patch.label, small_font, colour::ink)
                    .paint(*painter_, at_ + QPointF{side + 4.0 * pt, -1.0 * pt});
            }
            skip(side + 3.0 * pt);
        }
    }

    void skip(double by) { at_.ry() += by; }

    [[nodiscard]] double y() const { return at_.y(); }

private:
    void bar(report::ColourLegend const& legend) {
        double const width = panel_pt * pt;
        auto const count = static_cast<double>(legend.colours.size());
        if (painter_ != nullptr) {
            // Each up to the end of the bar, the next over it: no seams where edges are smoothed.
            for (std::size_t i = 0; i < legend.colours.size(); ++i) {
                double const left = width * static_cast<double>(i) / count;
                painter_->fillRect(QRectF{at_.x() + left, at_.y(), width - left, bar_pt * pt},
                                   to_colour(legend.colours[i]));
            }
            for (report::ColourLegend::Tick const& tick : legend.ticks) {
                double const x = at_.x() + tick.at * width;
                painter_->fillRect(QRectF{x - 0.4 * pt, at_.y(), 0.8 * pt, (bar_pt + 2.0) * pt},
                                   colour::ink);
                double const wide = text_width(tick.label, small_font);
                double const left = std::clamp(x - wide / 2.0, at_.x(), at_.x() + width - wide);
                block(tick.label, small_font, colour::ink)
                    .paint(*painter_, {left, at_.y() + (bar_pt + 2.5) * pt});
            }
        }
        skip((bar_pt + 2.5) * pt + small_font.size_pt * 1.25 * pt + 4.0 * pt);
    }

    QPainter* painter_; // nothing: only measured
    QPointF at_;
};

double paint_panel(QPainter* painter, report::SheetPanel const& panel, QPointF top_left) {
    Column column{painter, top_left};
    column.text(panel.picture.title, title_font);
    column.picture(panel.picture);
    if (panel.legend) {
        column.legend(*panel.legend);
    }
    column.text(panel.picture.caption, small_font, colour::grey);
    return column.y();
}

// Paints, or with no painter measures; returns the height.
double paint_sheet(QPainter* painter, report::PictureSheet const& sheet) {
    double const left = gap_pt * pt;
    double const second = left + (panel_pt + gap_pt) * pt;
    Column head{painter, {left, gap_pt * pt}};
    head.text(sheet.title, title_font);
    head.text(sheet.stamp, stamp_font, colour::vermilion);
    double top = head.y();
    double bottom = top;
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        if (i % 2 == 0) {
            top = bottom + 4.0 * pt;
        }
        QPointF const corner{i % 2 == 0 ? left : second, top};
        bottom = std::max(bottom, paint_panel(painter, sheet.panels[i], corner));
    }
    bool const beside = sheet.panels.size() % 2 == 1;
    Column notes{painter, {beside ? second : left, beside ? top : bottom}};
    notes.skip((title_font.size_pt * 1.25 + 2.0) * pt);
    for (std::string const& note : sheet.notes) {
        notes.text(note, small_font);
        notes.skip(3.0 * pt);
    }
    return std::max(bottom, notes.y()) + gap_pt * pt;
}

} // namespace

std::vector<std::byte> to_png(report::PictureSheet const& sheet) {
    int widest = 1;
    for (report::SheetPanel const& panel : sheet.panels) {
        (void)to_image(panel.picture.pixels); // refuses what cannot be drawn
        widest = std::max(widest, panel.picture.pixels.width);
    }
    // Pixels of the widest panel are those of the sheet.
    double const scale = widest / (panel_pt * pt);
    double const width = (2.0 * panel_pt + 3.0 * gap_pt) * pt * scale;
    double const height = paint_sheet(nullptr, sheet) * scale;
    if (width > largest || height > largest) {
        throw Error{ErrorKind::shape,
                    {"la feuille aurait plus de {} pixels de côté",
                     "the sheet would have more than {} pixels a side"},
                    static_cast<int>(largest)};
    }
    QImage image{static_cast<int>(std::ceil(width)),
                 static_cast<int>(std::ceil(height)),
                 QImage::Format_RGB888};
    image.fill(Qt::white);
    QPainter painter{&image};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    paint_sheet(&painter, sheet);
    painter.end();
    QByteArray bytes;
    QBuffer buffer{&bytes};
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    auto const* data = reinterpret_cast<std::byte const*>(bytes.constData());
    return {data, data + bytes.size()};
}

} // namespace cmq::render
