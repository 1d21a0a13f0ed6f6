// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The only code of the project that decodes JPEG, PNG and plain TIFF pictures.

#pragma once

#include "capture/picture_reader/answer.hpp"
#include "capture/picture_reader/output.hpp"

#include <cstddef>
#include <span>

namespace cmq::capture {

using Bytes = std::span<unsigned char const>;

/// Each writes the facts, then the samples, pixel by pixel and row by row, then the facts again as done. Errors of
/// the libraries end the program.
void decode_jpeg(Bytes file, ReaderLimits limits, PictureAnswer& answer);
void decode_png(Bytes file, ReaderLimits limits, PictureAnswer& answer);
void decode_tiff(Bytes file, ReaderLimits limits, PictureAnswer& answer);

/// Mean luminances of the cells of a preview into the answer, its state included; ends the program, answer written,
/// where the JPEG is damaged.
void measure_preview(Bytes jpeg_bytes, ReaderLimits limits, TagAnswer& answer);

} // namespace cmq::capture
