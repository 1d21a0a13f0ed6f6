// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/fragment_run.hpp"

#include "core/error.hpp"
#include "tests/lab/code/simulated_fragments.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;

FragmentRun run_of(std::string const& bytes) {
    return to_fragment_run(Abif{std::as_bytes(std::span{bytes})});
}

FragmentProfile sized(std::string const& bytes) {
    return size_fragments(run_of(bytes), {});
}

ErrorKind kind_of(std::string const& bytes) {
    try {
        (void)sized(bytes);
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

std::vector<SizedPeak const*> good(SizedDye const& dye) {
    std::vector<SizedPeak const*> peaks;
    for (SizedPeak const& peak : dye.peaks) {
        if (peak.size && peak.doubt == PeakDoubt::none) {
            peaks.push_back(&peak);
        }
    }
    return peaks;
}

TEST(SizeFragments, FindsKnownLengthsInFourFiveAndSixDyes) {
    for (std::size_t const dyes : {4U, 5U, 6U}) {
        SimulatedInstrument instrument;
        instrument.dyes = {"6-FAM", "VIC", "NED", "PET", "TAZ", "LIZ"};
        instrument.dyes.erase(instrument.dyes.begin() + static_cast<std::ptrdiff_t>(dyes) - 1,
                              instrument.dyes.end() - 1);
        std::vector<TrueFragment> truth;
        for (std::size_t dye = 0; dye + 1 < dyes; ++dye) {
            truth.push_back({dye, 90.0 + 11.0 * static_cast<double>(dye), 300.0});
            truth.push_back({dye, 222.3 + 11.0 * static_cast<double>(dye), 900.0});
            truth.push_back({dye, 430.7, 600.0});
        }
        auto const bytes = simulate_fsa(instrument, truth, dyes);
        auto const run = run_of(bytes);
        ASSERT_EQ(run.dyes.size(), dyes);
        EXPECT_EQ(run.sample, "simu");
        EXPECT_EQ(run.operator_name, "OPR");
        EXPECT_EQ(run.run_start, "2010-01-27 09:52:45");
        EXPECT_TRUE(run.dyes.back().is_standard);
        auto const profile = size_fragments(run, {});
        EXPECT_STREQ(profile.standard.standard->name.data(), "LIZ-500");
        for (std::size_t dye = 0; dye + 1 < dyes; ++dye) {
            auto const peaks = good(profile.dyes[dye]);
            ASSERT_EQ(peaks.size(), 3U) << dyes << ' ' << dye;
            for (std::size_t i = 0; i < 3; ++i) {
                TrueFragment const& of = truth[3 * dye + i];
                // Jitter of 0.03 bp on the fragment and on those of the standard, the curve's bend below 0.1 bp.
                EXPECT_NEAR(*peaks[i]->size, of.size, 0.2);
                EXPECT_NEAR(peaks[i]->peak.height, of.height, 0.04 * of.height + 10.0);
            }
        }
    }
}

// The stated error holds for what it is stated of: it is rather too large, never too small.
TEST(SizeFragments, StatesAnErrorThatHolds) {
    double squares = 0.0;
    double stated = 0.0;
    int count = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SimulatedInstrument instrument;
        instrument.jitter = 0.1;
        std::vector<TrueFragment> truth;
        for (double bp = 110.0; bp < 480.0; bp += 37.0) {
            truth.push_back({0, bp, 500.0});
        }
        auto const profile = sized(simulate_fsa(instrument, truth, 100 + seed));
        auto const peaks = good(profile.dyes[0]);
        ASSERT_EQ(peaks.size(), truth.size());
        for (std::size_t i = 0; i < truth.size(); ++i) {
            squares += std::pow(*peaks[i]->size - truth[i].size, 2.0);
            ++count;
        }
        stated += profile.standard.curve.error() / 20.0;
    }
    double const real = std::sqrt(squares / count);
    EXPECT_LT(real, stated);
    EXPECT_GT(real, 0.1); // the jitter alone
    EXPECT_LT(stated, 0.4);
}

TEST(SizeFragments, MarksLightOfOtherDyes) {
    SimulatedInstrument instrument;
    instrument.bleed = 0.05;
    auto const profile = sized(simulate_fsa(instrument,
                                            {{1, 120.0, 4000.0},
                                             {1, 180.0, 3000.0},
                                             {1, 260.0, 5000.0},
                                             {1, 410.0, 4500.0},
                                             {0, 300.0, 150.0}},
                                            7));
    EXPECT_EQ(good(profile.dyes[1]).size(), 4U);
    ASSERT_EQ(good(profile.dyes[0]).size(), 1U); // the small one that is its own
    EXPECT_NEAR(*good(profile.dyes[0])[0]->size, 300.0, 0.2);
    EXPECT_TRUE(good(profile.dyes[2]).empty());
    auto const bleed = std::ranges::find_if(
        profile.bleeds, [](DyeBleed const& of) { return of.from == 1 && of.into == 0; });
    ASSERT_NE(bleed, profile.bleeds.end());
    EXPECT_NEAR(bleed->share, 0.05, 0.005);
    EXPECT_EQ(bleed->peaks, 4U);
    auto const light =
        std::ranges::find(profile.dyes[0].peaks, PeakDoubt::bleed_through, &SizedPeak::doubt);
    ASSERT_NE(light, profile.dyes[0].peaks.end());
    EXPECT_EQ(*light->from, 1U);
}

TEST(SizeFragments, MarksSatellitesSpikesAndBumps) {
    SimulatedInstrument instrument;
    instrument.bleed = 0.0;
    cmq::Random random{5, 21, 0};
    auto signal = simulate_dyes(instrument,
                                {{0, 200.0, 2000.0},
                                 {0, 196.0, 160.0},
                                 {0, 320.0, 700.0},
                                 {1, 150.0, 800.0},
                                 {1, 330.0, 900.0}},
                                random);
    auto const at = static_cast<std::size_t>(scan_of(250.0));
    signal[0][at] += 900.0;
    signal[0][at + 1] += 500.0;
    for (std::size_t i = 0; i < 400; ++i) {
        double const off = (static_cast<double>(i) - 200.0) / 40.0;
        signal[2][at - 200 + i] += 300.0 * std::exp(-0.5 * off * off);
    }
    auto const profile = sized(fsa_of(instrument, signal));
    EXPECT_EQ(good(profile.dyes[0]).size(), 2U);
    EXPECT_TRUE(good(profile.dyes[2]).empty());
    auto const has = [&](std::size_t dye, PeakDoubt doubt) {
        return std::ranges::count(profile.dyes[dye].peaks, doubt, &SizedPeak::doubt);
    };
    EXPECT_EQ(has(0, PeakDoubt::satellite), 1);
    EXPECT_EQ(has(0, PeakDoubt::spike), 1);
    EXPECT_EQ(has(2, PeakDoubt::broad), 1);
}

TEST(ToFragmentRun, TakesProcessedTracesWhereAllAreThere) {
    auto const trace = [](int value) { return shorts_of(std::vector<int>(50, value)); };
    std::vector<AbifValue> values;
    for (int i = 0; i < 4; ++i) {
        values.push_back({"DATA", 1 + i, 4, 2, trace(1)});
        values.push_back({"DATA", 9 + i, 4, 2, trace(2)});
    }
    values.push_back({"DyeB", 3, 2, 1, "S"});
    auto run = run_of(abif_of(values));
    EXPECT_TRUE(run.is_processed);
    EXPECT_EQ(run.dyes[0].values[0], 2.0);
    EXPECT_TRUE(run.dyes[2].is_standard); // as the file marks it
    values.push_back({"DATA", 105, 4, 2, trace(1)});
    run = run_of(abif_of(values)); // a fifth dye only raw
    EXPECT_FALSE(run.is_processed);
    EXPECT_EQ(run.dyes.size(), 5U);
}

TEST(IsFragmentRun, TellsRunsFromSequences) {
    auto const fragments = simulate_fsa({}, {}, 1);
    auto const sequence = sanger_abif("ACGT", std::string(4, '\x20'));
    EXPECT_TRUE(is_fragment_run(Abif{std::as_bytes(std::span{fragments})}));
    EXPECT_FALSE(is_fragment_run(Abif{std::as_bytes(std::span{sequence})}));
}

TEST(SizeFragments, RefusesWhatCanNotBeSized) {
    EXPECT_EQ(kind_of(abif_of({{"DATA", 1, 4, 2, shorts_of({1, 2, 3})}})), ErrorKind::format);
    SimulatedInstrument instrument;
    instrument.standard = "none";
    EXPECT_EQ(kind_of(simulate_fsa(instrument, {{0, 200.0, 900.0}}, 1)), ErrorKind::insufficient);
    std::vector<AbifValue> values;
    for (int i = 0; i < 4; ++i) {
        values.push_back({"DATA", 1 + i, 4, 2, std::string(2'000'002, '\0')});
    }
    EXPECT_EQ(kind_of(abif_of(values)), ErrorKind::limits);
}

} // namespace
