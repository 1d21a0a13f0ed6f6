// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One dye of a run of fragments: baseline, noise, peaks.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::lab {

/// A dye's signal with its baseline taken off.
struct FlatSignal {
    std::vector<double> values; ///< relative fluorescence units (RFU), one a scan
    double noise = 0.0; ///< standard deviation of the signal between peaks, RFU; of the whole run
};

struct SignalPeak {
    double scan = 0.0;   ///< of its summit, from 0
    double height = 0.0; ///< RFU above the baseline
    double area = 0.0;   ///< RFU times scans, down to the valleys
    double width = 0.0;  ///< at half its height, scans
    bool is_saturated = false;
};

/// Takes the baseline off: the middle of what lies between peaks in windows of 401 scans, a straight line from one to the next.
///
/// Between peaks is what lies below the middle plus three standard deviations of what lies below it, found again until
/// nothing changes: peaks may fill two thirds of a window.
/// \param raw  one value a scan
[[nodiscard]] FlatSignal subtract_baseline(std::span<double const> raw);

/// Maxima of the signal, smoothed over five scans (parabola, Savitzky and Golay), of at least `least_height` and ten times
/// the noise, that rise above the valleys beside them by three tenths of their height and five times the noise. In order of
/// scan. The summit is that of a parabola through the scans of the upper part.
/// \param full  scans at which the camera was full, rising
[[nodiscard]] std::vector<SignalPeak>
find_peaks(FlatSignal const& signal, std::span<std::size_t const> full, double least_height);

} // namespace cmq::lab
