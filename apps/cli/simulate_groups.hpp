// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The groups of droplets that the options of `contremarque simulate scene` describe.

#pragma once

#include "apps/cli/command.hpp"
#include "capture/simulate_scene.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace boost::program_options {
class options_description;
class variables_map;
} // namespace boost::program_options

namespace cmq::cli {

/// Adds the options that describe droplets, smears and further groups.
void add_group_options(boost::program_options::options_description& options, Language language);

/// The group of --droplets, that of --smears, then one for each --group.
/// \throws Error usage  names the option, or the key of a --group, and the text
[[nodiscard]] std::vector<capture::DropletGroup>
to_groups(boost::program_options::variables_map const& values);

/// Numbers with a decimal point, separated by commas; `option` names them in the error.
/// \throws Error usage
[[nodiscard]] std::vector<double> to_numbers(std::string_view text, std::string_view option);

/// "r,g,b", "r,g1,g2,b", or one number for all.
/// \throws Error usage
[[nodiscard]] PerPlane<double> to_planes(std::string_view text, std::string_view option);

} // namespace cmq::cli
