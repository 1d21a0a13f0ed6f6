// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated particles with engraved texts, as somebody would read them.

#pragma once

#include "core/random.hpp"
#include "lab/code/simulate_reads.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

struct ParticleSettings {
    double symbol_error = 0.05; ///< a symbol is read as another one of the alphabet
    double unread_share = 0.05; ///< of symbols that can not be read
    std::string alphabet; ///< none: what the registered texts of the tube use, and the ten digits
};

struct SimulatedParticles {
    std::string csv;
    std::vector<std::uint64_t> particles; ///< of each lot of the tube
};

/// Of each lot a Poisson number of particles with `amount` expected, each symbol read by itself. CSV as parse_particles reads
/// it, one line a particle, with a column `origin` that says SIMULATED; an empty tube gives the head alone.
/// \pre lots of kind particle
[[nodiscard]] SimulatedParticles
simulate_particles(std::span<TubeLot const> tube, ParticleSettings const& settings, Random& random);

} // namespace cmq::lab
