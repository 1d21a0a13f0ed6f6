// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A simulated instrument for fragments: known lengths in, the bytes of an .fsa file out.

#pragma once

#include "core/random.hpp"
#include "lab/code/simulate_reads.hpp"
#include "lab/code/write_abif.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// One fragment of a sample.
struct TrueFragment {
    std::size_t dye = 0;   ///< from 0
    double size = 0.0;     ///< base pairs
    double height = 500.0; ///< RFU
};

struct SimulatedCapillary {
    std::string sample = "SIMULATED";
    std::string instrument = "SIMULATED";
    std::size_t scans = 9000;
    std::vector<std::string> dyes{"6-FAM", "VIC", "NED", "LIZ"}; ///< the last is the standard's
    std::string standard = "LIZ-500"; ///< of size_standards; none of another name
    double standard_height = 600.0;
    double noise = 3.0;          ///< RFU
    double baseline = 40.0;      ///< RFU; drifts by as much over the run
    double jitter = 0.03;        ///< standard deviation of a fragment's place, base pairs
    double bleed = 0.02;         ///< share of a dye's light in its neighbours
    double width = 12.0;         ///< scans, at half the height of 100 bp
    std::vector<AbifValue> more; ///< of the file, as they are: operator, date
};

/// Scan of a length: rises ever faster, as on the public runs (18 to 23 scans a base pair).
[[nodiscard]] double scan_of(double size) noexcept;

/// Light of each dye, scan by scan, with the size standard, noise, baseline and bleed.
/// \pre every fragment's dye is one of the instrument's
[[nodiscard]] std::vector<std::vector<double>> simulate_dyes(SimulatedCapillary const& instrument,
                                                             std::vector<TrueFragment> fragments,
                                                             Random& random);

/// Such light as ABIF: DATA 1 to 4, 105 on.
[[nodiscard]] std::string to_fsa(SimulatedCapillary const& instrument,
                                 std::vector<std::vector<double>> const& signal);

struct FragmentRunSettings {
    SimulatedCapillary instrument;
    double sizing_sd = 0.1;     ///< of a length between runs, base pairs
    double height_log_sd = 0.4; ///< of single fragments
    double stray_peaks = 0.1;   ///< expected, of 120 RFU, anywhere from 105 to 485 bp
};

/// The lots' codes with mean heights `amount` (RFU), in the dyes that the registry states, else in the first three in turn.
/// \pre lots of kind fragments
/// \throws Error unsupported  a dye of a lot is none of the instrument's
[[nodiscard]] std::string simulate_fragments(std::span<TubeLot const> tube,
                                             FragmentRunSettings const& settings,
                                             Random& random);

} // namespace cmq::lab
