// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What an error number of the operating system means.

#pragma once

#include "core/sentence.hpp"

namespace cmq {

/// In English the system's own words. In French ours for the numbers that files and processes give; for another one
/// its number, with the system's words in brackets.
[[nodiscard]] Sentence system_message(int error_number);

} // namespace cmq
