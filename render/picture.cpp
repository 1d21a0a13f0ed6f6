// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/picture.hpp"

#include "core/error.hpp"

#include <QBuffer>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstring>
#include <string>

namespace cmq::render {

namespace {

constexpr int largest_side = 32767; // of a QImage that QPainter draws
// Pixels: in a narrower picture rings and letters would be coarse.
constexpr int enough_width = 800;

} // namespace

void check_pixels(report::Pixels const& pixels) {
    bool const sides = pixels.width >= 1 && pixels.width <= largest_side && pixels.height >= 1 &&
                       pixels.height <= largest_side;
    if (!sides || pixels.rgb.size() != static_cast<std::size_t>(pixels.width) *
                                           static_cast<std::size_t>(pixels.height) * 3) {
        throw Error{ErrorKind::shape,
                    {"une image de {} x {} pixels et de {} octets ne peut être dessinée",
                     "a picture of {} x {} pixels with {} bytes cannot be drawn"},
                    pixels.width,
                    pixels.height,
                    pixels.rgb.size()};
    }
}

QImage to_image(report::Pixels const& pixels) {
    check_pixels(pixels);
    QImage image{pixels.width, pixels.height, QImage::Format_RGB888};
    auto const row_bytes = static_cast<std::size_t>(pixels.width) * 3;
    for (int y = 0; y < pixels.height; ++y) {
        std::memcpy(image.scanLine(y),
                    pixels.rgb.data() + static_cast<std::size_t>(y) * row_bytes,
                    row_bytes);
    }
    return image;
}

std::vector<std::byte> to_png(report::Picture const& picture) {
    QImage image = to_image(picture.pixels);
    bool const overlay = !picture.marks.empty() || picture.scale_bar.has_value();
    if (overlay) {
        int const times = std::clamp((enough_width + image.width() - 1) / image.width(),
                                     1,
                                     std::max(1, largest_side / image.height()));
        image = image.scaled(image.width() * times, image.height() * times);
        QPainter painter{&image};
        painter.setRenderHint(QPainter::Antialiasing);
        QRectF const area{0.0, 0.0, double(image.width()), double(image.height())};
        // Letters as large as in print, where a picture fills about 230 points.
        paint_overlay(painter,
                      picture,
                      area,
                      {.unit = std::max(1.5, image.width() / 300.0), .text_as_outlines = true});
    }
    QByteArray bytes;
    QBuffer buffer{&bytes};
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG", 70);
    auto const* data = reinterpret_cast<std::byte const*>(bytes.constData());
    return {data, data + bytes.size()};
}

} // namespace cmq::render
