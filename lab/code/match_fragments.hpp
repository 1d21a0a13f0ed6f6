// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which registered codes of fragment lengths a run shows.

#pragma once

#include "lab/code/false_match.hpp"
#include "lab/code/fragment_run.hpp"
#include "lab/code/judge_code.hpp"
#include "lab/code/registry.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// One length that was read.
struct ReadFragment {
    double size = 0.0; ///< base pairs
    std::string dye;   ///< in capitals, letters and digits only
};

/// What a run may show, and how exactly.
struct FragmentModel {
    double sd = 0.5;    ///< of a length between the registry's run and this one, base pairs
    double from = 60.0; ///< lengths that the run can show
    double to = 500.0;
    double dyes = 4.0;       ///< without the size standard's
    double drop_out = 0.05;  ///< a fragment of a code that the run does not show; judgement
    double drop_in = 0.1;    ///< peaks expected that are of no code; judgement
    double other_code = 0.1; ///< probability that a second code is in the sample; judgement
};

/// log10 P(lengths | lot) / P(lengths | another code) of each lot of kind fragments; -infinity of the others.
///
/// Another code: a Poisson number of fragments, as many on average as the registry's, each with probability a half
/// anywhere and with a half of a length that another lot of the registry has (makers have few lengths to choose from).
/// The lot: each of its fragments in the range is shown with probability 1 - drop_out, normally spread by sd; besides
/// drop-in peaks anywhere and, with probability other_code, the fragments of another code. The ratio is one of two
/// densities: over readings of another code its mean is 1.
[[nodiscard]] std::vector<double> log10_fragment_odds(std::span<ReadFragment const> read,
                                                      Registry const& registry,
                                                      FragmentModel const& model);

/// Probability that a run of another code would be taken for one of the registry: summed over the lots, for each lot of
/// a code as it has it beside this lot. Counted as count_false_matches does: a lot is drawn and its run simulated, each
/// weighed by how much more often it arises so than of another code.
/// \param least  log10 odds from which a lot counts as read
[[nodiscard]] FalseMatch count_false_fragments(Registry const& registry,
                                               FragmentModel const& model,
                                               double least,
                                               std::uint64_t draws,
                                               std::uint64_t seed);

/// Peaks without a doubt and with a length, of the sample's dyes.
[[nodiscard]] std::vector<ReadFragment> fragments_of(FragmentProfile const& profile);

/// Range and dyes of a run; sd as the registry states it, else the size standard's error.
[[nodiscard]] FragmentModel model_of(FragmentProfile const& profile, Registry const& registry);

/// A lot counts as read from N / 10^-5 on (N lots), as of a Sanger trace.
/// \pre the registry holds a lot of fragments
[[nodiscard]] CodeReading match_fragments(std::span<ReadFragment const> read,
                                          Registry const& registry,
                                          FragmentModel const& model,
                                          std::uint64_t seed);

} // namespace cmq::lab
