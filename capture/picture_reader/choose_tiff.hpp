// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which picture of a TIFF file is read, and whether its form is one that is read.

#pragma once

#include "capture/picture_reader/answer.hpp"

#include <tiffio.h>

#include <cstdint>
#include <string>

namespace cmq::capture {

/// A field of the current directory that has one number.
template <class Number>
[[nodiscard]] Number tiff_field(TIFF* tiff, std::uint32_t tag, Number otherwise) {
    Number value{};
    return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

/// Makes the greatest full-size LinearRaw picture (DNG) the current one, wherever it stands; false without one.
[[nodiscard]] bool choose_linear(TIFF* tiff, PictureAnswer& answer);

/// Makes the first picture that is not called a reduced one the current one, else the first.
void choose_page(TIFF* tiff, PictureAnswer& answer);

/// What is not read of the current picture's form; empty where all is.
[[nodiscard]] std::string unread_form(TIFF* tiff, PictureAnswer const& answer);
[[nodiscard]] std::string unread_linear_form(TIFF* tiff, PictureAnswer const& answer);

/// The value from which on a sample counts as saturated, by channel: the tag WhiteLevel where it can be meant so, else
/// the greatest that the bits allow.
void find_white(TIFF* tiff, PictureAnswer& answer);

} // namespace cmq::capture
