// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pictures encoded once for several notes.

#pragma once

#include "report/renderer.hpp"

#include <cstddef>

namespace cmq::pipeline {

/// The same renderer, whose png() remembers what it made until it has been asked for `uses` times, and then forgets it:
/// the notes in two languages hold the same pictures, and encoding them costs most of their time. A picture is the
/// same where all that png() draws of it is: pixels, marks and scale bar; words around it may differ.
[[nodiscard]] report::Renderer with_kept_pictures(report::Renderer renderer, std::size_t uses);

} // namespace cmq::pipeline
