// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A document with every kind of block, long tables, long words, hashes and pictures.

#pragma once

#include "report/document.hpp"

namespace cmq::render::test {

/// A smooth picture with some bright spots: `width` x `height` pixels.
[[nodiscard]] report::Picture sample_picture(int width, int height, bool marked);

[[nodiscard]] report::Chart sample_range_chart();
[[nodiscard]] report::Chart sample_tornado_chart();
[[nodiscard]] report::Chart sample_curve_chart();

/// In French; `rows` in the long table.
[[nodiscard]] report::Document sample_document(int rows = 70);

} // namespace cmq::render::test
