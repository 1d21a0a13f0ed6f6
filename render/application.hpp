// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The one QApplication of a program without windows.

#pragma once

namespace cmq::render {

/// Creates the QApplication on the calling thread, once; it then lives until the program ends. If
/// the program already has one (the desktop program), that one is used.
///
/// Before: hashes of Qt are made deterministic and the platform is set to "offscreen", so that no
/// display is needed. After: LC_NUMERIC is "C" again (Qt sets it from the environment, and
/// std::stod would then read "3.14" as 3), and the fonts are looked for.
///
/// \throws Error io  Liberation Sans, Serif or Mono is missing: Qt would write a PDF without text
void ensure_application();

} // namespace cmq::render
