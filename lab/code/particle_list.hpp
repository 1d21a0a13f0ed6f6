// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Particles with an engraved text as somebody read them, and the lots whose text they bear.

#pragma once

#include "lab/code/judge_code.hpp"
#include "lab/code/registry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Particles on which one text was read.
struct ReadParticle {
    std::string text;        ///< symbols; '?' for one that could not be read
    std::uint64_t count = 1; ///< particles so read, each by itself
    double error = 0.0;      ///< probability that a symbol of it is read as another, in (0, 0.5]
};

struct ParticleList {
    std::vector<ReadParticle> particles;
    bool is_error_stated = false; ///< else assumed_symbol_error was taken for some
};

/// Where a list does not state it. Judgement.
inline constexpr double assumed_symbol_error = 0.05;

/// Whether a text begins as such a list: a first line with a column "particle".
[[nodiscard]] bool is_particle_list(std::string_view text) noexcept;

/// CSV with the columns particle (the text as read) and optionally count (1) and symbol_error; others are passed over. A list
/// without particles says that none was found, as a clean control does.
/// \throws Error format        no CSV, a count that is no whole number from 1 to a million, an error outside (0, 0.5], a
///                             text that is empty or of more than 64 symbols; the line is named
/// \throws Error limits        more than 10 000 lines
/// \pre is_particle_list
[[nodiscard]] ParticleList parse_particles(std::string_view csv);

/// log10 P(texts | all bear the lot's text) / P(texts | all bear one other text, each of its symbols drawn from `symbols` at
/// random). A symbol is read rightly with probability 1 - error, else as any other one. -infinity where a text differs in
/// length. Never more than log10(symbols) for each symbol of the text, however many particles there are.
[[nodiscard]] double
log10_particle_odds(std::span<ReadParticle const> particles, std::string_view lot, double symbols);

/// Each particle belongs to the lot that explains it best, if any does better than chance; a lot's particles are weighed
/// together. A lot counts as read from N / 10^-5 on (N lots): the ratio's mean over other texts is 1, so that at most one
/// sample in 100 000 without a registered text shows one of them.
/// \pre the registry holds a lot of kind particle
[[nodiscard]] CodeReading match_particles(ParticleList const& list, Registry const& registry);

} // namespace cmq::lab
