// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What readings of a marker's code allow to be said: match, no match, or inconclusive, with reasons and bounded ratios.

#pragma once

#include "core/sentence.hpp"
#include "lab/code/registry.hpp"
#include "lab/code/share_estimate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class CodeVerdict : std::uint8_t { match, no_match, inconclusive };

[[nodiscard]] std::string_view name_of(CodeVerdict verdict) noexcept;

/// Why a verdict is what it is, for programs and for people.
struct CodeReason {
    std::string_view id; ///< "negative_control_positive"
    Sentence text;
};

/// A lot as one reading speaks for it, before it is judged.
struct LotEvidence {
    std::size_t lot = 0; ///< of Registry::lots
    std::uint64_t reads = 0;
    std::uint64_t molecules = 0;
    std::size_t distance = 0; ///< of the consensus to the lot's code
    std::string consensus;    ///< bases
    double best_log10_lr =
        0.0; ///< of the best single read, against the next lot and against random bases
    /// Probability that a random other code lies as near to this lot's code as the consensus does.
    double chance = 1.0;
    std::optional<ShareEstimate> share;
};

/// What a reading was made with: its words, and what its amount counts.
enum class ReadingKind : std::uint8_t {
    reads,     ///< amplicon reads
    trace,     ///< one Sanger trace: readable bases
    fragments, ///< a run of fragments: peaks
    particles, ///< particles with an engraved text
};

/// A reading of one sample of a case, or of a control.
struct CodeReading {
    std::string sample;
    std::uint64_t read = 0;        ///< reads, or traces, that were good enough to show a code
    std::vector<LotEvidence> lots; ///< those that any read speaks for; strongest first
    /// Probability that a code that is not in the registry would be taken for one of it; and its 95 % interval.
    double false_match = 1.0;
    double false_match_low = 0.0;
    double false_match_high = 1.0;
    std::uint64_t needed_molecules =
        3; ///< for a lot to count as read; 1 for a trace of many molecules
    std::uint64_t needed_reads = 100; ///< for "no match"
    ReadingKind kind = ReadingKind::reads;
    double least_log10_code = 0.0; ///< of the bases alone, for a lot to count as read
};

struct LotResult {
    LotEvidence evidence;
    /// log10 of P(reading | the sample bears this lot) / P(reading | another lot, or contamination, or an error), bounded.
    double log10_lr = 0.0;
    double log10_code = 0.0;             ///< of the bases alone, unbounded
    bool is_read = false;                ///< counts for the verdict
    double hopping_reads = 0.0;          ///< reads expected from other samples of the run
    bool from_hopping = false;           ///< these explain what was read
    std::vector<std::string> handled_by; ///< of the people asked about
};

/// What a control shows to be free of the marker, or able to find it.
enum class ControlKind : std::uint8_t {
    negative,    ///< the run without a sample
    extraction,  ///< reagents and swab, through the whole work
    environment, ///< bench, lamp, gloves
    positive,    ///< a known lot: the work can find one
};

/// "negative" and so on.
[[nodiscard]] std::string_view name_of(ControlKind kind) noexcept;

struct CodeControl {
    std::string name;
    ControlKind kind = ControlKind::negative;
    bool is_negative = true;       ///< every kind but positive
    bool is_good = true;           ///< a negative one shows no lot; a positive one shows one
    std::vector<std::string> lots; ///< names of those read in it
    std::uint64_t read = 0;
    ReadingKind reading = ReadingKind::reads; ///< what `read` counts
};

/// A lot of the registry that passed through the hands of somebody who was asked about.
struct HandledLot {
    std::size_t lot = 0;         ///< of Registry::lots
    std::vector<std::string> by; ///< people and vehicles, as asked
    bool is_read = false;        ///< in this reading
};

/// What bounds every ratio.
struct ErrorBound {
    double laboratory = 0.0;
    double clerical = 0.0;
    bool is_stated = false; ///< else assumed_error was taken
    std::optional<double>
        drop_in; ///< 95 % bound of the rate of positive negative controls; none: no history

    [[nodiscard]] double total() const { return laboratory + clerical + drop_in.value_or(0.0); }
};

/// Where no error rate is stated: ratios stay at or below 100, as without a validation set on real material.
inline constexpr double assumed_error = 0.01;

struct CodeJudgement {
    CodeVerdict verdict = CodeVerdict::inconclusive;
    std::vector<LotResult> lots; ///< in the order of the reading
    double false_match = 1.0;
    double false_match_low = 0.0;
    double false_match_high = 1.0;
    std::vector<CodeControl> controls;
    std::vector<CodeReason> reasons;
    ErrorBound bound;
    std::vector<HandledLot> elimination; ///< in the order of the registry
};

/// Share of a lot's reads that turn up in another sample of the run, where the laboratory states none: the upper end of the 0.1
/// to 2 % that Illumina tells of its sequencers (Effects of Index Misassignment on Multiplexing and Downstream Analysis,
/// 770-2017-004). Unique dual indices bring less, and a laboratory that has them can state so.
inline constexpr double assumed_index_hopping = 0.02;

/// What stands around a reading.
struct JudgeSettings {
    std::vector<CodeReading> negative_controls;
    std::vector<CodeReading> extraction_controls;
    std::vector<CodeReading> environment_controls;
    std::vector<CodeReading> positive_controls;
    std::vector<CodeReading> others_of_run; ///< other samples of the same run
    /// Share of a run's reads that turn up in another sample of it, as stated; none: assumed_index_hopping. 0: the others are
    /// of other runs.
    std::optional<double> index_hopping;
    std::vector<std::string> people;   ///< who arrested, searched, swabbed, analysed
    std::vector<std::string> vehicles; ///< that carried the person or the sample
};

/// The bound from what the registry states.
[[nodiscard]] ErrorBound bound_of(Registry const& registry);

/// Controls first: one of a negative kind in which a lot was read, or a positive one without, withholds the verdict.
///
/// A lot counts as read with at least needed_molecules, more reads than index hopping from the run's other samples and the
/// positive controls explains (Poisson tail below 0.001; of amplicon reads), and a ratio above 1. "No match" needs needed_reads and no lot that any read speaks for.
/// The ratio is 1 / (chance that another code reads so + drop-in + laboratory + clerical error): no sequence, however
/// long, makes a result surer than the laboratory is.
[[nodiscard]] CodeJudgement
judge_code(CodeReading const& reading, Registry const& registry, JudgeSettings const& settings);

} // namespace cmq::lab
