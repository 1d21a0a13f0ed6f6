// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pictures with what is drawn over them.

#pragma once

#include "report/document.hpp"

#include <QRectF>

#include <cstddef>
#include <vector>

class QImage;
class QPainter;

namespace cmq::render {

/// How marks and their labels are drawn: `unit` is the length of a point in the painter's units.
struct OverlayLook {
    double unit = 1.0;
    bool text_as_outlines = false; ///< glyphs as filled paths: the same pixels on every machine
};

/// \throws Error shape  the bytes are not width * height * 3, or a side is not in [1, 32767]
void check_pixels(report::Pixels const& pixels);

/// \throws Error  as check_pixels
[[nodiscard]] QImage to_image(report::Pixels const& pixels);

/// Rings, labels and scale bar of a picture that is shown in `area`. Labels seek a free place
/// around their ring, further out with a line to it where it is crowded.
void paint_overlay(QPainter& painter,
                   report::Picture const& picture,
                   QRectF const& area,
                   OverlayLook const& look);

/// The picture with its overlay as the bytes of a PNG file, without any text or time in it.
[[nodiscard]] std::vector<std::byte> to_png(report::Picture const& picture);

} // namespace cmq::render
