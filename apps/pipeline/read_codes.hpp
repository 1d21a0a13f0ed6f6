// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From files of instruments to what may be said of a marker's code.

#pragma once

#include "apps/pipeline/read_fragments.hpp"
#include "lab/code/judge_code.hpp"
#include "lab/code/match_reads.hpp"
#include "lab/code/particle_list.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_inhibition.hpp"
#include "lab/code/read_sample.hpp"
#include "lab/code/registry.hpp"
#include "lab/code/sanger_trace.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// Amplicon reads of one file; matched where there is a registry.
struct AmpliconFile {
    std::string text;                     ///< what reads view
    std::vector<lab::AmpliconRead> reads; ///< into text
    lab::AmpliconLayout layout;           ///< with the reverse primer as it stands in the reads
    bool was_turned = false;              ///< its reverse primer was given as the other strand
    lab::ReadErrors errors;
    lab::AmpliconSample sample;
};

/// One file of an instrument and what was read in it.
struct CodeFile {
    std::string name; ///< as given
    std::string sha256;
    std::string_view
        format; ///< "fastq", "packed_reads" (gzip, BAM), "abif", "scf", "ztr", "fragments", "qpcr",
                ///< "rdml", "particles"
    std::optional<AmpliconFile> amplicons;
    std::optional<lab::SangerTrace> trace;
    std::optional<FragmentFile> fragments;
    std::vector<lab::QpcrTarget> qpcr; ///< of a table of cycles; says how much, not which code
    std::optional<std::string> internal_control; ///< target of the table, where it has one
    std::vector<lab::SampleInhibition> inhibition;
    std::optional<lab::ParticleList> particles;
    bool is_simulated = false;               ///< says so itself (contremarque simulate run)
    std::optional<lab::CodeReading> reading; ///< with a registry
    std::optional<lab::CodeJudgement> judgement;

    CodeFile() = default;
    // Views into AmpliconFile::text would dangle in a copy; in a moved one of short text too.
    CodeFile(CodeFile const&) = delete;
    CodeFile& operator=(CodeFile const&) = delete;
};

/// What belongs to a run of readings.
struct CodeRun {
    std::optional<lab::Registry> registry;
    std::optional<lab::CodeReach> reach; ///< found with the first file
    lab::AmpliconLayout layout;
    std::filesystem::path reader; ///< the program contremarque-code-reader
    std::uint64_t seed = 1;       ///< of the count of false matches
    FragmentOptions fragments;
    std::optional<std::string> internal_control;         ///< target; none: by its name
    std::optional<std::vector<lab::LadderLocus>> ladder; ///< where a kit is given
};

/// Reads one file; matches it where there is a registry (CodeFile::reading).
/// \throws Error io, format, unsupported, limits, insufficient  the file, named
[[nodiscard]] std::unique_ptr<CodeFile> read_code_file(std::string const& name, CodeRun& run);

/// One line a read: name, code or "-", distance, log10_lr, with tabs; a header first. Read and code in bytes as given.
[[nodiscard]] std::string assignment_table(CodeFile const& file, lab::Registry const& registry);

} // namespace cmq::pipeline
