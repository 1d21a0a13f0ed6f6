// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Several pictures with their words on one sheet.

#pragma once

#include "report/overlay_sheet.hpp"

#include <cstddef>
#include <vector>

namespace cmq::render {

/// The bytes of a PNG file, without any text or time in it. Panels stand in two columns, notes in the place after the last.
/// \throws Error shape  a panel's pixels do not fit its sides, or the sheet would be larger than a picture may be
[[nodiscard]] std::vector<std::byte> to_png(report::PictureSheet const& sheet);

} // namespace cmq::render
