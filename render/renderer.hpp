// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The functions that turn a document, a picture or a chart into bytes.

#pragma once

#include "report/renderer.hpp"

namespace cmq::render {

/// The three functions of report::Renderer. Making it is free: Qt starts at the first call of one of
/// them, on the thread of that call (ensure_application), and later calls must come from the same
/// thread.
///
/// pdf   A4, PDF/A-1b, fonts embedded, pictures without loss, charts as vectors, bookmarks from the
///       headings. The dates inside are those of the document, never the clock's. Long tables
///       repeat their header, rows and captions stay whole unless they are taller than a page.
/// png   8-bit RGB without loss. A picture without marks and scale bar keeps its pixels; with them,
///       a picture narrower than 800 pixels is enlarged by a whole number, each pixel to a square.
/// svg   one <svg> element: text stays text, ink is currentColor, so that it follows the page
///       around it in light and dark.
///
/// The same input gives the same bytes on every run, in every time zone, locale and display
/// setting, as long as Qt and the fonts are the same.
///
/// The functions throw
///   Error io      a Liberation font is missing
///   Error shape   a picture whose bytes are not width * height * 3, or is empty; a table row
///                 whose length is not that of the columns; curves whose x and y differ in length
///   Error domain  a chart holds a value that is not finite, a likelihood ratio beyond 10^10000, or
///                 on a logarithmic axis one that is not positive; the date of the document is not
///                 an ISO 8601 date
///   Error limits  the header of a table is taller than a page
///
/// Cost: a note of 10 pages takes about 0.1 s and a few MB; see docs/methods/render.md.
[[nodiscard]] report::Renderer make_renderer();

} // namespace cmq::render
