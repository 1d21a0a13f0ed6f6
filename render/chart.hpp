// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Charts as scenes, which a page or an SVG file then takes up as vectors.

#pragma once

#include "report/document.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

class QGraphicsScene;

namespace cmq::render {

/// The chart without its title and caption, `width` painter units wide; the scene's rectangle says
/// how high it became. Only opaque colours: PDF/A-1 knows no others.
/// \throws Error shape   a curve whose x and y differ in length
/// \throws Error domain  a value that is not finite, or not positive on a logarithmic axis. A y that
///                       is not finite is no error but a gap in its curve
[[nodiscard]] std::unique_ptr<QGraphicsScene>
make_chart_scene(report::Chart const& chart, report::Language language, double width);

/// One <svg> element; see make_renderer().
[[nodiscard]] std::string to_svg(report::Chart const& chart, report::Language language);

/// The chart on white as the bytes of a PNG file, 1440 pixels wide and a margin.
[[nodiscard]] std::vector<std::byte> chart_to_png(report::Chart const& chart,
                                                  report::Language language);

} // namespace cmq::render
