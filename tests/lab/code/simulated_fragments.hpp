// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A simulated instrument for fragments: known lengths in, the bytes of an .fsa file out.

#pragma once

#include "core/random.hpp"
#include "lab/code/size_standard.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace cmq::lab::test {

/// One fragment of a sample.
struct TrueFragment {
    std::size_t dye = 0;
    double size = 0.0;
    double height = 500.0; ///< RFU
};

struct SimulatedInstrument {
    std::size_t scans = 9000;
    std::vector<std::string> dyes{"6-FAM", "VIC", "NED", "LIZ"}; ///< the last is the standard's
    std::string standard = "LIZ-500";
    double standard_height = 600.0;
    double noise = 3.0;     ///< RFU
    double baseline = 40.0; ///< RFU; drifts by as much over the run
    double jitter = 0.03;   ///< standard deviation of a fragment's place, base pairs
    double bleed = 0.02;    ///< share of a dye's light in its neighbours
    double width = 12.0;    ///< scans, at half the height of 100 bp
};

/// Scan of a length: rises ever faster, as on the public runs (18 to 23 scans a base pair).
inline double scan_of(double size) {
    return 100.0 + 15.0 * size + 0.002 * size * size;
}

inline std::vector<std::vector<double>> simulate_dyes(SimulatedInstrument const& instrument,
                                                      std::vector<TrueFragment> fragments,
                                                      Random& random) {
    std::size_t const dyes = instrument.dyes.size();
    for (SizeStandard const& standard : size_standards()) {
        if (standard.name == instrument.standard) {
            for (double const size : standard.sizes) {
                fragments.push_back({dyes - 1, size, instrument.standard_height});
            }
        }
    }
    std::vector<std::vector<double>> light(dyes, std::vector<double>(instrument.scans, 0.0));
    for (TrueFragment const& of : fragments) {
        double const middle = scan_of(of.size + instrument.jitter * random.normal());
        double const sigma = instrument.width * (0.8 + 0.002 * of.size) / 2.3548;
        for (std::size_t i = 0; i < instrument.scans; ++i) {
            double const off = (static_cast<double>(i) - middle) / sigma;
            if (std::abs(off) < 6.0) {
                light[of.dye][i] += of.height * std::exp(-0.5 * off * off);
            }
        }
    }
    auto signal = light;
    for (std::size_t dye = 0; dye < dyes; ++dye) {
        for (std::size_t i = 0; i < instrument.scans; ++i) {
            double const at = static_cast<double>(i) / static_cast<double>(instrument.scans);
            signal[dye][i] += instrument.baseline * (1.0 + at) + instrument.noise * random.normal();
            if (dye > 0) {
                signal[dye][i] += instrument.bleed * light[dye - 1][i];
            }
            if (dye + 1 < dyes) {
                signal[dye][i] += instrument.bleed * light[dye + 1][i];
            }
        }
    }
    return signal;
}

inline std::string fsa_of(SimulatedInstrument const& instrument,
                          std::vector<std::vector<double>> const& signal) {
    std::vector<AbifValue> values;
    for (std::size_t dye = 0; dye < signal.size(); ++dye) {
        std::vector<int> shorts;
        for (double const value : signal[dye]) {
            shorts.push_back(static_cast<int>(std::clamp(std::round(value), -32768.0, 32767.0)));
        }
        int const number = dye < 4 ? static_cast<int>(dye) + 1 : 101 + static_cast<int>(dye);
        values.push_back({"DATA", number, 4, 2, shorts_of(shorts)});
        std::string const& name = instrument.dyes[dye];
        values.push_back(
            {"DyeN", static_cast<int>(dye) + 1, 18, 1, static_cast<char>(name.size()) + name});
    }
    values.push_back({"SpNm", 1, 18, 1, "\x04simu"});
    values.push_back({"User", 1, 18, 1, "\x03OPR"});
    values.push_back({"MODL", 1, 2, 1, "3500"});
    values.push_back({"RUND", 1, 10, 4, std::string{"\x07\xda\x01\x1b", 4}});
    values.push_back({"RUNT", 1, 11, 4, std::string{"\x09\x34\x2d\x00", 4}});
    return abif_of(values);
}

inline std::string simulate_fsa(SimulatedInstrument const& instrument,
                                std::vector<TrueFragment> const& fragments,
                                std::uint64_t seed) {
    Random random{seed, 21, 0};
    return fsa_of(instrument, simulate_dyes(instrument, fragments, random));
}

} // namespace cmq::lab::test
