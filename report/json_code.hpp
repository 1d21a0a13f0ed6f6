// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A marker's code as JSON: what was read, and what may be said of it.

#pragma once

#include "lab/code/judge_code.hpp"
#include "lab/code/match_reads.hpp"
#include "lab/code/particle_list.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_inhibition.hpp"
#include "lab/code/read_sample.hpp"
#include "lab/code/registry.hpp"
#include "lab/code/sanger_trace.hpp"
#include "report/json_fragments.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cmq::report {

/// What one file gave; pointers that are null say that it has no such part.
struct CodeResult {
    std::string file;
    std::string sha256;
    std::string_view format;
    std::span<lab::AmpliconRead const> reads{};
    lab::AmpliconLayout const* layout = nullptr; ///< where primers were given
    bool was_turned = false;
    lab::ReadErrors const* errors = nullptr;
    lab::AmpliconSample const* sample = nullptr; ///< where the reads were matched
    lab::CodeReach const* reach = nullptr;
    lab::SangerTrace const* trace = nullptr; ///< instead of reads
    FragmentResult fragments{};
    std::span<lab::QpcrTarget const> qpcr{};
    std::optional<std::string> internal_control{};
    std::span<lab::SampleInhibition const> inhibition{};
    lab::ParticleList const* particles = nullptr;
    lab::Registry const* registry = nullptr;
    lab::CodeJudgement const* judgement = nullptr;
};

/// Reads that are listed one by one; the rest are counted.
inline constexpr std::size_t most_reads_listed = 100;

/// file, sha256, format, read_count, reads [{sample, bases, qualities}], channels, sizes, run, verdict, lots [{lot, log10_lr, distance, share
/// ...}], false_match_probability, controls, reasons, bound; docs/cli/code.md tells them. Bytes that are no UTF-8 become
/// U+FFFD.
[[nodiscard]] std::string json_code(CodeResult const& result);

} // namespace cmq::report
