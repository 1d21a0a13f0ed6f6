// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Runs of fragments: lengths, alleles by a kit's ladder, lots.

#pragma once

#include "lab/code/abif.hpp"
#include "lab/code/call_alleles.hpp"
#include "lab/code/fragment_run.hpp"
#include "lab/code/judge_code.hpp"
#include "lab/code/match_fragments.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// How runs of fragments are read.
struct FragmentOptions {
    std::optional<std::string> standard; ///< name of the size standard; none: found
    double least_height = 50.0;          ///< RFU
    std::optional<std::string> kit;      ///< CSV of the fragments of a ladder
    std::optional<std::string> ladder;   ///< its run; goes with the kit
};

/// One run.
struct FragmentFile {
    lab::FragmentRun run;
    lab::FragmentProfile profile;
    std::vector<lab::CalledLocus> loci;      ///< with a kit
    std::optional<lab::FragmentModel> model; ///< that lots were matched with
};

/// The settings, the standard looked up.
/// \throws Error usage  a size standard that is not known; the known ones are named
[[nodiscard]] lab::FragmentSettings to_settings(FragmentOptions const& options);

/// The ladder of the kit as it ran.
/// \throws Error  as read_file, parse_kit, size_fragments and read_ladder; the file named
[[nodiscard]] std::vector<lab::LadderLocus> load_ladder(FragmentOptions const& options,
                                                        std::filesystem::path const& reader);

/// Peaks, lengths and, with a ladder, alleles.
[[nodiscard]] FragmentFile
read_fragments(lab::Abif const& abif,
               FragmentOptions const& options,
               std::optional<std::vector<lab::LadderLocus>> const& ladder);

/// The lots of kind fragments.
/// \throws Error insufficient  the registry has none
[[nodiscard]] lab::CodeReading
match_fragment_file(FragmentFile& file, lab::Registry const& registry, std::uint64_t seed);

} // namespace cmq::pipeline
