// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A simulated Sanger trace: known codes in, the bytes of an .ab1 file out.

#pragma once

#include "lab/code/simulate_reads.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace cmq::lab {

struct TraceSettings {
    std::string sample = "SIMULATED"; ///< name in the file
    double error = 0.001;             ///< of a base, at full signal
    int most_quality = 60;            ///< Phred that the file states at most
    std::size_t bases_before = 100;   ///< of the vector, in front of the code
    std::size_t bases_behind = 150;
};

/// Signal at which noise adds no error that counts.
inline constexpr double trace_noise = 1.0 / 30.0;

/// The strongest lot of the tube is called, in amounts where 1 is full signal; the next one shows as a second peak under
/// each base in which they differ. Noise of a thirtieth of full signal adds errors: a base is called wrongly with
///
///     error + 3 Phi(-(first - second) / (sqrt(2) noise)), at most 3/4,
///
/// as a substitution, and the file states just that as its quality. An empty tube gives bases at random, as an instrument
/// does. Instrument and sample are named SIMULATED.
/// \pre lots of kind sequence
[[nodiscard]] std::string
simulate_trace(std::span<TubeLot const> tube, TraceSettings const& settings, Random& random);

} // namespace cmq::lab
