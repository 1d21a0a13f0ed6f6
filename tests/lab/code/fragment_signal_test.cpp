// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/fragment_signal.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using cmq::Random;

struct Hill {
    double scan;
    double height;
    double sigma = 5.0;
};

std::vector<double>
signal_of(std::vector<Hill> const& hills, double noise, double baseline = 100.0) {
    Random random{3, 1, 0};
    std::vector<double> values(3000);
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const x = static_cast<double>(i);
        values[i] = baseline + 0.02 * x + noise * random.normal();
        for (Hill const& hill : hills) {
            double const off = (x - hill.scan) / hill.sigma;
            values[i] += hill.height * std::exp(-0.5 * off * off);
        }
    }
    return values;
}

std::vector<SignalPeak> peaks_of(std::vector<double> const& values,
                                 std::vector<std::size_t> const& full = {}) {
    return find_peaks(subtract_baseline(values), full, 50.0);
}

TEST(SubtractBaseline, FindsSlopeAndNoise) {
    auto const flat = subtract_baseline(signal_of({}, 4.0));
    // 3000 scans in windows of 401: the noise is known to some percent.
    EXPECT_NEAR(flat.noise, 4.0, 0.4);
    double sum = 0.0;
    for (double const value : flat.values) {
        sum += value;
    }
    EXPECT_NEAR(sum / 3000.0, 0.0, 0.5);
}

TEST(SubtractBaseline, IsNotLiftedByPeaksClosePacked) {
    std::vector<Hill> hills;
    for (double scan = 500.0; scan < 2500.0; scan += 45.0) {
        hills.push_back({scan, 1000.0});
    }
    auto const flat = subtract_baseline(signal_of(hills, 3.0));
    // Half way between two peaks, 4.5 sigma off: no light of theirs is left.
    for (std::size_t i = 1; i + 1 < hills.size(); ++i) {
        auto const middle = static_cast<std::size_t>(hills[i].scan + 22.5);
        EXPECT_NEAR(flat.values[middle], 0.0, 20.0) << middle;
    }
    EXPECT_TRUE(subtract_baseline({}).values.empty());
}

TEST(FindPeaks, MeasuresGaussians) {
    auto const peaks = peaks_of(signal_of({{700.3, 400.0}, {1500.7, 3000.0, 7.0}}, 2.0));
    ASSERT_EQ(peaks.size(), 2U);
    // Noise 2 on a height of 400: the summit is known to 5 * 2 / 400 / sqrt(5) = 0.02 scans, rather less by the fit.
    EXPECT_NEAR(peaks[0].scan, 700.3, 0.1);
    EXPECT_NEAR(peaks[1].scan, 1500.7, 0.05);
    EXPECT_NEAR(peaks[0].height, 400.0, 8.0);
    EXPECT_NEAR(peaks[1].width, 2.3548 * 7.0, 0.3);
    EXPECT_NEAR(peaks[1].area, 3000.0 * 7.0 * std::sqrt(2.0 * 3.14159265), 0.02 * 52637.0);
}

TEST(FindPeaks, TellsApartWhatHasAValleyBetween) {
    // 23 scans apart at a width of 12, as one base pair on the public runs.
    EXPECT_EQ(peaks_of(signal_of({{1000.0, 500.0}, {1023.0, 450.0}}, 2.0)).size(), 2U);
    // A shoulder has none.
    EXPECT_EQ(peaks_of(signal_of({{1000.0, 500.0}, {1010.0, 120.0}}, 1.0)).size(), 1U);
}

TEST(FindPeaks, LeavesOutNoiseAndLowPeaks) {
    EXPECT_TRUE(peaks_of(signal_of({{1000.0, 40.0}}, 1.0)).empty());
    EXPECT_TRUE(peaks_of(signal_of({{1000.0, 80.0}}, 20.0)).empty()); // below ten times the noise
    EXPECT_TRUE(peaks_of(std::vector<double>(2, 1.0)).empty());
}

TEST(FindPeaks, MarksAndJoinsWhereTheCameraWasFull) {
    auto values = signal_of({{1000.0, 9000.0}, {2000.0, 500.0}}, 1.0);
    std::vector<std::size_t> full;
    for (std::size_t i = 995; i <= 1005; ++i) {
        values[i] = 8000.0 - 300.0 * static_cast<double>(i == 1000); // a dent in the cut summit
        full.push_back(i);
    }
    auto const peaks = peaks_of(values, full);
    ASSERT_EQ(peaks.size(), 2U);
    EXPECT_TRUE(peaks[0].is_saturated);
    EXPECT_FALSE(peaks[1].is_saturated);
}

} // namespace
