// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated runs of the instruments that read a code: files of a sample and its controls, with what they truly hold.

#pragma once

#include "lab/code/match_reads.hpp"
#include "lab/code/registry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class RunKind : std::uint8_t { sanger, fragments, amplicons, qpcr, particles };

/// "sanger" and so on.
[[nodiscard]] std::string_view name_of(RunKind kind) noexcept;

/// What a lot of this instrument has: a sequence, fragments, a text; none for a qPCR.
[[nodiscard]] std::optional<CodeKind> code_kind_of(RunKind kind) noexcept;

struct RunSettings {
    RunKind kind = RunKind::sanger;
    std::optional<std::string>
        lot; ///< in the sample; none: it bears no marker (qPCR: always has it)
    /// In the sample: signal of a trace (1 is full), mean height of a fragment (RFU), molecules, copies or particles expected.
    std::optional<double> amount;
    /// Errors: of a base, of a symbol; of fragments the standard deviation of a length (bp), of a qPCR that of a cycle.
    std::optional<double> error;
    std::optional<int> quality; ///< Phred that reads state; none: what the error is worth
    double contamination =
        0.0; ///< of the reagents, thus in sample and negative control: a share of `amount`
    std::optional<std::string> contaminant; ///< the lot that it is of; a qPCR has none
    double inhibition = 0.0;                ///< of a qPCR, cycles
    bool is_exchanged = false;              ///< sample and negative control bear each other's name
    std::size_t reads = 1000;               ///< of each tube, amplicons
    AmpliconLayout layout;                  ///< amplicons
    std::uint64_t seed = 1;
};

/// What is taken where RunSettings states nothing.
[[nodiscard]] double standard_amount(RunKind kind) noexcept;
[[nodiscard]] double standard_error(RunKind kind) noexcept;

/// A lot in a tube.
struct RunContent {
    std::string lot;                    ///< "" of a qPCR
    double amount = 0.0;                ///< expected
    std::optional<std::uint64_t> drawn; ///< molecules or particles that the tube came to hold
};

struct RunFile {
    std::string name;                ///< "sample.ab1"
    std::string_view role;           ///< "sample", "negative", "positive"; "plate" of a qPCR
    std::vector<RunContent> content; ///< what it truly holds
    std::string bytes;
};

struct SimulatedRun {
    RunSettings settings; ///< as used, nothing left open
    std::vector<RunFile> files;
};

/// A sample, a negative control, and a positive control of the first lot of the instrument's kind; of a qPCR one plate, as CSV
/// and as RDML. Same settings, same bytes. What stands in each file says that it is simulated.
/// \param registry  nullptr for a qPCR
/// \throws Error insufficient  the registry has no lot of the instrument's kind
/// \throws Error domain        a lot that the registry does not have or that is of another kind, an amount or error out of
///                             range
[[nodiscard]] SimulatedRun simulate_run(RunSettings settings, Registry const* registry);

} // namespace cmq::lab
