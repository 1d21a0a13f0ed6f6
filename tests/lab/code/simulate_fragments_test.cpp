// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_fragments.hpp"

#include "core/error.hpp"
#include "lab/code/abif.hpp"
#include "lab/code/fragment_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;

Lot lot_of(std::vector<double> fragments, std::vector<std::string> dyes = {}) {
    Lot lot;
    lot.name = "f";
    lot.kind = CodeKind::fragments;
    lot.fragments = std::move(fragments);
    lot.fragment_dyes = std::move(dyes);
    return lot;
}

TEST(ScanOf, RisesEverFaster) {
    EXPECT_DOUBLE_EQ(scan_of(0.0), 100.0);
    EXPECT_DOUBLE_EQ(scan_of(100.0), 1620.0);
    EXPECT_GT(scan_of(400.0) - scan_of(300.0), scan_of(200.0) - scan_of(100.0));
}

TEST(SimulateDyes, PutsLightWhereTheFragmentIs) {
    SimulatedCapillary quiet;
    quiet.noise = 0.0;
    quiet.baseline = 0.0;
    quiet.jitter = 0.0;
    quiet.bleed = 0.1;
    Random random{1, 1, 0};
    auto const signal = simulate_dyes(quiet, {{1, 200.0, 700.0}}, random);
    auto const at = static_cast<std::size_t>(std::lround(scan_of(200.0)));
    // Of the neighbours a tenth of the light; the standard's 200 bp shines there too, but into the third dye alone.
    EXPECT_NEAR(signal[1][at], 700.0, 1.0);
    EXPECT_NEAR(signal[0][at], 70.0, 0.5);
    EXPECT_NEAR(signal[2][at], 70.0 + 0.1 * quiet.standard_height, 1.0);
    EXPECT_NEAR(signal[3][at], quiet.standard_height, 1.0);
    EXPECT_EQ(signal[1][at + 200], 0.0);
}

TEST(ToFsa, WritesFourDyesAndAFifth) {
    SimulatedCapillary five;
    five.dyes = {"6-FAM", "VIC", "NED", "PET", "LIZ"};
    five.scans = 3;
    auto const bytes = to_fsa(five, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {1, 1, 1}, {-2, 4e4, 0}});
    Abif const abif{std::as_bytes(std::span{bytes})};
    EXPECT_EQ(abif.shorts("DATA", 2), (std::vector<std::int16_t>{4, 5, 6}));
    EXPECT_EQ(abif.shorts("DATA", 105), (std::vector<std::int16_t>{-2, 32767, 0}));
    EXPECT_EQ(abif.text("DyeN", 5), "LIZ");
    EXPECT_EQ(abif.text("SpNm", 1), "SIMULATED");
}

TEST(SimulateFragments, GivesTheLengthsOfTheLotInItsDyes) {
    Lot const lot = lot_of({120.0, 231.5, 300.0}, {"VIC", "NED", "VIC"});
    std::vector<TubeLot> const tube{{&lot, 900.0}};
    Random random{2, 1, 0};
    auto const bytes = simulate_fragments(
        tube,
        {.instrument = {}, .sizing_sd = 0.02, .height_log_sd = 0.1, .stray_peaks = 0.0},
        random);
    auto const run = to_fragment_run(Abif{std::as_bytes(std::span{bytes})});
    EXPECT_EQ(run.instrument, "SIMULATED");
    EXPECT_TRUE(run.run_start.empty()) << "no clock enters";
    auto const profile = size_fragments(run, {});
    std::vector<std::pair<std::string, double>> found;
    for (SizedDye const& dye : profile.dyes) {
        for (SizedPeak const& peak : dye.peaks) {
            if (!dye.is_standard && peak.size && peak.doubt == PeakDoubt::none) {
                found.emplace_back(dye.dye, *peak.size);
            }
        }
    }
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].first, "VIC");
    EXPECT_NEAR(found[0].second, 120.0, 0.3);
    EXPECT_NEAR(found[1].second, 300.0, 0.3);
    EXPECT_EQ(found[2].first, "NED");
    EXPECT_NEAR(found[2].second, 231.5, 0.3);
}

TEST(SimulateFragments, RefusesADyeThatItDoesNotHave) {
    Lot const lot = lot_of({120.0}, {"ROX"});
    std::vector<TubeLot> const tube{{&lot, 900.0}};
    Random random{2, 1, 0};
    try {
        static_cast<void>(simulate_fragments(tube, {}, random));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
}

} // namespace
