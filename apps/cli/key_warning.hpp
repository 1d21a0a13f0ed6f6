// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// That the names of a locked key are not looked for.

#pragma once

#include "apps/cli/command.hpp"

#include <filesystem>

namespace cmq::cli {

/// Prints on standard error, in the language of the terminal, that the key of the case is locked and its names are
/// not looked for; nothing where there is no key or where it can be read.
void warn_if_key_locked(std::filesystem::path const& case_file, Streams streams);

} // namespace cmq::cli
