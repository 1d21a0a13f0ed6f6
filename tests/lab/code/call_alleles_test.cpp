// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/call_alleles.hpp"

#include "core/error.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "tests/lab/code/simulated_fragments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

std::string const folder = CMQ_SOURCE_DIR "/../shared/data/traces/fragments/";
std::string const kits = CMQ_SOURCE_DIR "/sample_data/kits/";

FragmentProfile sized(std::span<std::byte const> bytes) {
    return size_fragments(to_fragment_run(Abif{bytes}), {});
}

FragmentProfile size_file(std::string const& name) {
    return sized(cmq::read_file(folder + name));
}

using Alleles = std::map<std::string, std::set<std::string>>;

Alleles alleles_of(std::vector<CalledLocus> const& loci) {
    Alleles alleles;
    for (CalledLocus const& locus : loci) {
        alleles[locus.name];
        for (CalledPeak const& peak : locus.peaks) {
            alleles[locus.name].insert(peak.allele);
        }
    }
    return alleles;
}

std::vector<LadderLocus> ladder_of(std::string const& kit, std::string const& run) {
    return read_ladder(size_file(run), parse_kit(cmq::read_text(kits + kit)));
}

bool has_public_runs() {
    return std::filesystem::exists(folder + "PP16/PP16 LADDER.fsa");
}

// DNA 9947A, as published with the kits (Promega TMD012; Butler, Forensic DNA Typing, appendix).
Alleles const of_9947a{{"AMEL", {"X"}},
                       {"D3S1358", {"14", "15"}},
                       {"TH01", {"8", "9.3"}},
                       {"D21S11", {"30"}},
                       {"D18S51", {"15", "19"}},
                       {"Penta E", {"12", "13"}},
                       {"D5S818", {"11"}},
                       {"D13S317", {"11"}},
                       {"D7S820", {"10", "11"}},
                       {"D16S539", {"11", "12"}},
                       {"CSF1PO", {"10", "12"}},
                       {"Penta D", {"12"}},
                       {"vWA", {"17", "18"}},
                       {"D8S1179", {"13"}},
                       {"TPOX", {"8"}},
                       {"FGA", {"23", "24"}},
                       {"D2S1338", {"19", "23"}},
                       {"D19S433", {"14", "15"}}};

TEST(PublicRuns, PositiveControlsHaveTheRightAllelesAtEveryLocus) {
    if (!has_public_runs()) {
        GTEST_SKIP() << "the runs of ../shared/data/traces/fragments are not on this machine";
    }
    auto const pp16 =
        alleles_of(call_alleles(size_file("PP16/positive control.fsa"),
                                ladder_of("powerplex16.csv", "PP16/PP16 LADDER.fsa")));
    auto const identifiler =
        alleles_of(call_alleles(size_file("ID/Positive Control.fsa"),
                                ladder_of("identifiler.csv", "ID/Identifiler LADDER.fsa")));
    EXPECT_EQ(pp16.size(), 16U);
    EXPECT_EQ(identifiler.size(), 16U);
    for (Alleles const& found : {pp16, identifiler}) {
        for (auto const& [locus, alleles] : found) {
            EXPECT_EQ(alleles, of_9947a.at(locus)) << locus;
        }
    }
}

TEST(PublicRuns, NegativeControlsHaveNoAlleles) {
    if (!has_public_runs()) {
        GTEST_SKIP() << "the runs of ../shared/data/traces/fragments are not on this machine";
    }
    auto const found = call_alleles(size_file("ID/Negative Control.fsa"),
                                    ladder_of("identifiler.csv", "ID/Identifiler LADDER.fsa"));
    for (CalledLocus const& locus : found) {
        EXPECT_TRUE(locus.peaks.empty()) << locus.name;
    }
    // The other one is not quite empty: 78 RFU at Penta E 10.
    std::vector<std::string> seen;
    auto const other = size_file("PP16/negative control.fsa");
    for (CalledLocus const& locus :
         call_alleles(other, ladder_of("powerplex16.csv", "PP16/PP16 LADDER.fsa"))) {
        for (CalledPeak const& peak : locus.peaks) {
            seen.push_back(locus.name + ' ' + peak.allele);
            EXPECT_NEAR(other.dyes[peak.dye].peaks[peak.peak].peak.height, 78.0, 1.0);
        }
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"Penta E 10"}));
}

// Two kits with other primers, dyes and standards on the same people. OSIRIS sizes PP16/MIX05case2 wrongly throughout
// (D3S1358 10.1 and 11.1 where Identifiler finds 15 and 16).
TEST(PublicRuns, TwoKitsAgreeOnTheSamePeople) {
    if (!has_public_runs()) {
        GTEST_SKIP() << "the runs of ../shared/data/traces/fragments are not on this machine";
    }
    auto const pp16 = ladder_of("powerplex16.csv", "PP16/PP16 LADDER.fsa");
    auto const identifiler = ladder_of("identifiler.csv", "ID/Identifiler LADDER.fsa");
    std::size_t compared = 0;
    std::size_t equal = 0;
    for (std::string const person : {"2", "3", "4"}) {
        auto const name = "/MIX05case" + person + "_victim.fsa";
        auto const first = alleles_of(call_alleles(size_file("PP16" + name), pp16));
        auto const second = alleles_of(call_alleles(size_file("ID" + name), identifiler));
        for (auto const& [locus, alleles] : first) {
            if (second.contains(locus)) {
                ++compared;
                equal += alleles == second.at(locus) ? 1U : 0U;
            }
        }
        EXPECT_EQ(first.at("D3S1358"), second.at("D3S1358")) << person;
    }
    EXPECT_EQ(compared, 42U);
    EXPECT_GE(equal, 40U); // a stutter of 18 % is one more allele than there is
}

// Lengths as OSIRIS found them, which takes the standard for ILS-600 too and interpolates otherwise.
TEST(PublicRuns, LengthsAgreeWithAnotherProgram) {
    if (!has_public_runs()) {
        GTEST_SKIP() << "the runs of ../shared/data/traces/fragments are not on this machine";
    }
    auto const rows = cmq::parse_csv(cmq::read_text(folder + "calls/osiris_calls_PP16.csv"));
    auto const profile = size_file("PP16/positive control.fsa");
    std::size_t compared = 0;
    for (auto const& row : rows) {
        if (row[1] != "positive control" ||
            row[4] == "16.3") { // a shoulder, which it takes for an allele
            continue;
        }
        double nearest = 1e9;
        for (SizedDye const& dye : profile.dyes) {
            for (SizedPeak const& peak : dye.peaks) {
                nearest = std::min(nearest, std::abs(peak.size.value_or(0.0) - std::stod(row[6])));
            }
        }
        EXPECT_LT(nearest, 0.1) << row[3] << ' ' << row[4];
        ++compared;
    }
    EXPECT_EQ(compared, 25U);
}

std::string const small_kit = "locus,dye,allele,bp\nA,1,2,108\nA,1,1,104\nA,1,2.2,110\nA,1,4,116\n"
                              "B,2,x,300\nB,2,y,306\n";

/// A ladder of the small kit that runs 1.4 bp beside its lengths.
std::vector<TrueFragment> const ladder_fragments{
    {0, 105.4}, {0, 109.4}, {0, 111.4}, {0, 117.4}, {1, 301.4}, {1, 307.4}};

FragmentProfile simulated(std::vector<TrueFragment> const& fragments, std::uint64_t seed) {
    SimulatedInstrument instrument;
    instrument.bleed = 0.0;
    auto const bytes = simulate_fsa(instrument, fragments, seed);
    return sized(std::as_bytes(std::span{bytes}));
}

std::string why(std::function<void()> const& task, ErrorKind kind) {
    try {
        task();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind) << error.full_text();
        return error.full_text();
    }
    return "";
}

TEST(CallAlleles, NamesFragmentsByTheLadderBeside) {
    auto const ladder = read_ladder(simulated(ladder_fragments, 1), parse_kit(small_kit));
    ASSERT_EQ(ladder.size(), 2U);
    EXPECT_EQ(ladder[0].alleles[2].name, "2.2");
    EXPECT_NEAR(ladder[0].alleles[2].bp, 111.4, 0.3);
    auto const called = call_alleles(
        simulated({{0, 105.4}, {0, 111.4}, {0, 113.9}, {0, 250.0}, {1, 307.4, 60.0}}, 2), ladder);
    EXPECT_EQ(alleles_of(called), (Alleles{{"A", {"1", "2.2", "OL"}}, {"B", {"y"}}}));
}

TEST(ReadLadder, RefusesWhatItCanNotLay) {
    auto const kit = parse_kit(small_kit);
    auto fragments = ladder_fragments;
    fragments.erase(fragments.begin() + 1);
    EXPECT_THAT(
        why([&] { (void)read_ladder(simulated(fragments, 1), kit); }, ErrorKind::insufficient),
        HasSubstr("does not show the 4 fragments of A"));
    fragments = ladder_fragments;
    fragments.push_back({1, 295.4});
    fragments.push_back({1, 298.4});
    fragments.push_back({1, 304.4});
    EXPECT_THAT(
        why([&] { (void)read_ladder(simulated(fragments, 1), kit); }, ErrorKind::insufficient),
        HasSubstr("two ways"));
    auto const standard = parse_kit("locus,dye,allele,bp\nA,4,1,100\n");
    (void)why([&] { (void)read_ladder(simulated(ladder_fragments, 1), standard); },
              ErrorKind::domain);
    auto const seventh = parse_kit("locus,dye,allele,bp\nA,6,1,100\n");
    EXPECT_NE(
        why([&] { (void)read_ladder(simulated(ladder_fragments, 1), seventh); }, ErrorKind::domain),
        "");
}

TEST(CallAlleles, RefusesALadderOfAnotherRun) {
    auto const ladder = read_ladder(simulated(ladder_fragments, 1), parse_kit(small_kit));
    std::vector<TrueFragment> shifted;
    for (double const bp : {103.5, 107.2, 113.4, 119.4, 299.4, 304.4}) {
        shifted.push_back({bp < 200.0 ? 0U : 1U, bp});
    }
    EXPECT_THAT(
        why([&] { (void)call_alleles(simulated(shifted, 2), ladder); }, ErrorKind::insufficient),
        HasSubstr("off the ladder"));
}

TEST(ParseKit, RefusesWhatIsNone) {
    for (std::string const text : {"",
                                   "locus,dye,allele,bp\n",
                                   "locus,dye,allele\nA,1,2\n",
                                   "locus,dye,allele,bp\nA,0,1,100\n",
                                   "locus,dye,allele,bp\nA,1.5,1,100\n",
                                   "locus,dye,allele,bp\nA,7,1,100\n",
                                   "locus,dye,allele,bp\nA,1,,100\n",
                                   "locus,dye,allele,bp\nA,1,1,x\n",
                                   "locus,dye,allele,bp\nA,1,1,100\nA,1,2,100\n"}) {
        EXPECT_NE(why([&] { (void)parse_kit(text); }, ErrorKind::format), "") << text;
    }
}

} // namespace
