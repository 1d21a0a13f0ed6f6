// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What inspect says of a file, in lines of at most 80 columns: its worth first, then the numbers.

#pragma once

#include "apps/cli/speaker.hpp"
#include "capture/examine_file.hpp"
#include "report/json_inspect.hpp"

#include <string>

namespace cmq::cli {

/// \param file  its name as typed; the first line, however long
[[nodiscard]] std::string
inspect_text(Speaker const& say, capture::Examination const& seen, std::string const& file);

/// What points to someone, one line a tag.
[[nodiscard]] std::string identifying_text(Speaker const& say,
                                           report::Identifying const& identifying);

} // namespace cmq::cli
