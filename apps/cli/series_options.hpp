// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The command line of `contremarque series`.

#pragma once

#include "apps/cli/options.hpp"
#include "apps/pipeline/measure_series.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::cli {

struct SeriesOptions {
    bool help = false;
    bool json = false;
    bool merge = false; ///< exposures put together, instead of followed
    std::optional<std::string> output;
    pipeline::SeriesSettings series; ///< without the programs that read
};

[[nodiscard]] boost::program_options::options_description series_options(Language language);

/// Opens no file.
/// \throws Error usage  what is missing, malformed or does not go together
[[nodiscard]] SeriesOptions parse_series(std::vector<std::string> const& arguments);

} // namespace cmq::cli
