// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Lines around parts of a picture. Internal.

#pragma once

#include "report/document.hpp"

#include <vector>

namespace cmq::report {

/// Draws a bright line with a dark edge around what is inside, on its outside.
///
/// \param inside  one entry a small pixel, row by row, `width` in a row
/// \param times   each small pixel is a square of so many of `pixels` a side
/// \pre pixels are width * times wide and as high as inside says
void draw_outlines(std::vector<char> const& inside, int width, int times, Pixels& pixels);

} // namespace cmq::report
