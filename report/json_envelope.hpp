// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The outermost object of every JSON output.

#pragma once

#include <span>
#include <string>

namespace cmq::report {

/// {"schema": 1, "version": "0.1.0", "results": [...]}, two spaces a level, '\n' at the end.
/// Each entry of results is the text of one JSON value.
[[nodiscard]] std::string json_envelope(std::span<std::string const> results);

/// The program's version, "0.1.0".
[[nodiscard]] std::string program_version();

} // namespace cmq::report
