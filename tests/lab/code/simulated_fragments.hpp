// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The simulated instrument for fragments, by a seed.

#pragma once

#include "lab/code/simulate_fragments.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace cmq::lab::test {

using lab::scan_of;
using lab::simulate_dyes;
using lab::TrueFragment;
using SimulatedInstrument = SimulatedCapillary;

inline std::string fsa_of(SimulatedInstrument instrument,
                          std::vector<std::vector<double>> const& signal) {
    instrument.sample = "simu";
    instrument.instrument = "3500";
    instrument.more = {{"User", 1, 18, 1, to_abif_text("OPR")},
                       {"RUND", 1, 10, 4, std::string{"\x07\xda\x01\x1b", 4}},
                       {"RUNT", 1, 11, 4, std::string{"\x09\x34\x2d\x00", 4}}};
    return to_fsa(instrument, signal);
}

inline std::string simulate_fsa(SimulatedInstrument const& instrument,
                                std::vector<TrueFragment> const& fragments,
                                std::uint64_t seed) {
    Random random{seed, 21, 0};
    return fsa_of(instrument, simulate_dyes(instrument, fragments, random));
}

} // namespace cmq::lab::test
