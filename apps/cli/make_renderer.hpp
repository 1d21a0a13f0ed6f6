// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The drawing that this build can do: all of it with Qt, none without.

#pragma once

#include "report/renderer.hpp"

namespace cmq::cli {

[[nodiscard]] bool can_render() noexcept;

/// Empty functions in a build without Qt.
/// \throws Error io  the fonts are missing
[[nodiscard]] report::Renderer make_renderer();

} // namespace cmq::cli
