// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The command line of `contremarque code`.

#pragma once

#include "apps/cli/options.hpp"
#include "apps/pipeline/read_fragments.hpp"
#include "lab/code/match_reads.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::cli {

struct CodeOptions {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    std::optional<std::string> registry;
    std::optional<std::string> assignments;
    lab::AmpliconLayout layout;
    std::optional<double> index_hopping;
    std::vector<std::string> negative_controls;
    std::vector<std::string> extraction_controls;
    std::vector<std::string> environment_controls;
    std::vector<std::string> positive_controls;
    std::vector<std::string> people;
    std::vector<std::string> vehicles;
    std::uint64_t seed = 1;
    pipeline::FragmentOptions fragments;
    std::optional<std::string> internal_control;
    std::vector<std::string> files;
};

[[nodiscard]] boost::program_options::options_description code_options(Language language);

/// A primer that an option gives, in upper case; `standard` where it is not given, which may be empty.
/// \throws Error usage  no sequence of 8 to 64 bases
[[nodiscard]] std::string primer_option(boost::program_options::variables_map const& values,
                                        std::string const& name,
                                        std::string const& standard);

/// Opens no file.
/// \throws Error usage  what is missing, malformed or does not go together
[[nodiscard]] CodeOptions parse_code(std::vector<std::string> const& arguments);

} // namespace cmq::cli
