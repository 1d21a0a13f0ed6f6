// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which registered codes stand in a Sanger sequence.

#pragma once

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
/// most one trace in 100 000 without a registered code shows one of the N lots: that bound is the reading's
/// probability of a false match.
/// A ratio is also set against every other lot that would explain the same bases.
/// Cost: two edlib alignments a lot; 1000 lots of 32 bases in a trace of 800 take 0.1 s.
/// Limits: bases of a trace are taken as random where they are not the code; what else a laboratory's vectors hold must not
/// be in the registry.
/// \pre the registry holds a lot with a sequence
[[nodiscard]] CodeReading match_trace(SangerTrace const& trace, Registry const& registry);

} // namespace cmq::lab
