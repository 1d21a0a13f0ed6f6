// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the decoder program lies.

#pragma once

#include <filesystem>

namespace cmq::cli {

/// The program contremarque-decoder: beside this program, else in libexec/contremarque of the folder
/// above (so an installation may be moved), else where it is installed by default.
/// \throws Error io  it is in none of these places
[[nodiscard]] std::filesystem::path find_decoder();

} // namespace cmq::cli
