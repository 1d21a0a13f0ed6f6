// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The two languages of the program.

#pragma once

#include <cstdint>

namespace cmq {

enum class Language : std::uint8_t { french, english };

} // namespace cmq
