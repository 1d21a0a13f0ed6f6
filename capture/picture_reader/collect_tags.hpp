// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The only code of the project that calls Exiv2.

#pragma once

#include "capture/picture_reader/decode_pictures.hpp"

namespace cmq::capture {

/// What Exiv2 needs once and what needs more system calls than are left later. Before any byte of a file.
void prepare_exiv2();

/// Writes the tags, then the preview. Throws nothing.
void collect_tags(Bytes file, ReaderLimits limits, TagAnswer& answer) noexcept;

} // namespace cmq::capture
