// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which registered codes stand in a Sanger sequence.

#pragma once

#include "lab/code/false_match.hpp"
#include "lab/code/judge_code.hpp"
#include "lab/code/registry.hpp"
#include "lab/code/sanger_trace.hpp"

#include <string>

namespace cmq::lab {

/// Looks for the sequence of each lot anywhere in the trace, on both strands, with insertions and deletions.
///
/// log10 P(bases | the code stands in it) / P(bases | random bases), with the quality of each base, summed over all
/// alignments and averaged over places and strands. Random bases reach a ratio of x with a probability of at most 1/x,
/// whatever the code's length (the mean of the ratio over them is 1, Markov); so a lot counts from N / 10^-5 on, and at
/// most one trace in 100 000 without a registered code shows one of the N lots. The reading's probability of a false
/// match is counted for the qualities of this trace (count_false_traces) and lies below that bound.
/// A ratio is also set against every other lot that would explain the same bases.
/// Cost: two edlib alignments a lot; 1000 lots of 32 bases in a trace of 800 take 0.1 s.
/// Limits: bases of a trace are taken as random where they are not the code; what else a laboratory's vectors hold must not
/// be in the registry.
/// \param draws  for counting false matches, at least 2
/// \pre the registry holds a lot with a sequence
[[nodiscard]] CodeReading match_trace(SangerTrace const& trace,
                                      Registry const& registry,
                                      std::uint64_t seed = 1,
                                      std::uint64_t draws = 150);

/// Probability that random bases with the qualities of a trace show a lot with log10 odds of at least `least`, counted as
/// count_false_matches does: traces of the lots are drawn as the odds have them, with these qualities and with worse ones,
/// and weighed by how much more often they arise so than at random; summed over the lots.
[[nodiscard]] FalseMatch count_false_traces(SangerTrace const& trace,
                                            Registry const& registry,
                                            double least,
                                            std::uint64_t draws,
                                            std::uint64_t seed);

} // namespace cmq::lab
