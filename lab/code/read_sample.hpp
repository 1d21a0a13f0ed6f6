// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A sample of amplicon reads: which codes it holds, in what shares, and how well its reads fit them.

#pragma once

#include "lab/code/amplicon_reads.hpp"
#include "lab/code/false_match.hpp"
#include "lab/code/match_reads.hpp"
#include "lab/code/share_estimate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// A read that belongs to no registered code may be assigned at most this often.
inline constexpr double most_false_reads = 1e-5;

/// How far a read may lie from its code in this registry, and what that lets through.
struct CodeReach {
    std::size_t most_distance = 0;
    double places = 1.0; ///< where in a read a code may stand; 1 in front of a reverse primer
    std::vector<FalseMatch>
        counted; ///< of a whole read, by distance, from 0 to most_distance and one beyond
};

/// The greatest distance at which at most most_false_reads of random reads would be assigned; 0 at least.
/// \param read_bases  a typical length of the reads: counts where no primer is given
/// \pre codes as count_false_matches
[[nodiscard]] CodeReach measure_reach(std::span<std::string const> codes,
                                      AmpliconLayout const& layout,
                                      std::size_t read_bases,
                                      std::uint64_t seed);

/// One code found in a sample.
struct CodeCount {
    std::uint32_t code = 0;
    std::uint64_t reads = 0;
    std::uint64_t molecules = 0; ///< different identifiers; without identifiers, reads
    ShareEstimate share;         ///< of the molecules of all codes, ambiguous reads split
    std::size_t distance = 0;    ///< of the consensus of its molecules to the code
    std::string consensus;
    double best_log10_lr = 0.0; ///< of its best read
};

struct AmpliconSample {
    std::vector<ReadMatch> matches; ///< one for each read
    std::uint64_t assigned = 0;
    std::uint64_t no_primers = 0;
    std::uint64_t too_far = 0;
    std::uint64_t ambiguous = 0;
    std::uint64_t chimeras = 0;
    std::uint64_t reversed = 0;   ///< of the assigned ones
    std::vector<CodeCount> codes; ///< most molecules first
};

/// Matches all reads and counts what they say. In the order of the reads; one thread.
[[nodiscard]] AmpliconSample read_sample(std::span<AmpliconRead const> reads,
                                         std::vector<std::string> const& codes,
                                         AmpliconLayout const& layout,
                                         ReadErrors const& errors,
                                         MatchLimits limits);

} // namespace cmq::lab
