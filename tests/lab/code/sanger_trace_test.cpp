// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/sanger_trace.hpp"

#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;

std::filesystem::path const reader{CMQ_BINARY_DIR "/bin/contremarque-code-reader"};
std::string const folder = CMQ_SOURCE_DIR "/../shared/data/traces/sanger/";
std::string const bases = "ACGTACGTTGCATTGACCATGCAATCGGATCC";

SangerTrace read(std::string const& bytes) {
    return read_sanger(std::as_bytes(std::span{bytes}), reader);
}

ErrorKind kind_of(std::string const& bytes) {
    try {
        (void)read(bytes);
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(ReadSanger, ReadsAbif) {
    auto const trace = read(sanger_abif(bases, std::string(bases.size(), '\x1e')));
    EXPECT_EQ(trace.format, "abif");
    EXPECT_EQ(trace.bases, bases);
    EXPECT_EQ(trace.qualities, std::vector<std::uint8_t>(bases.size(), 30));
    EXPECT_EQ(trace.sample, "sample");
    EXPECT_EQ(trace.instrument, "3730");
    EXPECT_EQ(trace.run_start, "2010-01-27 09:52:45");
    EXPECT_EQ(trace.good_end - trace.good_begin, bases.size());
    EXPECT_TRUE(trace.mixed.empty());
}

TEST(ReadSanger, ReadsScfAndZtrInItsChild) {
    auto const scf = read(scf_of(bases, 40));
    EXPECT_EQ(scf.format, "scf");
    EXPECT_EQ(scf.bases, bases);
    EXPECT_EQ(scf.qualities, std::vector<std::uint8_t>(bases.size(), 40));
    EXPECT_EQ(scf.sample, "of_scf");
    auto const ztr = read(ztr_of(bases, 35));
    EXPECT_EQ(ztr.format, "ztr");
    EXPECT_EQ(ztr.bases, bases);
    EXPECT_EQ(ztr.qualities, std::vector<std::uint8_t>(bases.size(), 35));
    EXPECT_EQ(ztr.sample, "of_ztr");
}

TEST(ReadSanger, SaysWherePeaksAreMixed) {
    auto const trace =
        read(sanger_abif(bases, std::string(bases.size(), '\x1e'), {{5, 'T'}, {20, 'C'}}));
    ASSERT_EQ(trace.mixed.size(), 2U);
    EXPECT_EQ(trace.mixed[0].base, 5U);
    EXPECT_EQ(trace.mixed[0].second, 'T');
    EXPECT_NEAR(trace.mixed[0].ratio, 0.5, 0.01);
    EXPECT_EQ(trace.mixed[1].base, 20U);
}

TEST(ReadSanger, RefusesRunsOfFragments) {
    EXPECT_EQ(kind_of(abif_of({{"DATA", 1, 4, 2, shorts_of({1, 2, 3})}})), ErrorKind::unsupported);
}

TEST(ReadSanger, RefusesQualitiesThatDoNotFit) {
    EXPECT_EQ(kind_of(sanger_abif(bases, "\x1e")), ErrorKind::format);
    EXPECT_EQ(kind_of(sanger_abif("", "")), ErrorKind::format);
}

TEST(ReadSanger, RefusesDamagedTraces) {
    auto const scf = scf_of(bases, 40);
    EXPECT_EQ(kind_of(scf.substr(0, 60)), ErrorKind::format);
    EXPECT_EQ(kind_of(ztr_of(bases, 35).substr(0, 12)), ErrorKind::format);
    auto huge = scf;
    huge[4] = '\x7f'; // two thousand million samples
    EXPECT_NE(kind_of(huge), ErrorKind::internal);
}

TEST(FindGoodPart, CutsBadEnds) {
    std::vector<std::uint8_t> qualities(30, 5);
    std::fill(qualities.begin() + 10, qualities.begin() + 22, 40);
    auto const part = find_good_part(qualities);
    EXPECT_EQ(part.begin, 10U);
    EXPECT_EQ(part.end, 22U);
    EXPECT_EQ(find_good_part(std::vector<std::uint8_t>(9, 3)).end, 0U);
}

TEST(FindMixedPeaks, PassesOverWhatLiesOutside) {
    std::vector<std::vector<std::int32_t>> const traces(4, std::vector<std::int32_t>(5, 7));
    std::vector<std::int64_t> const positions{-1, 0, 4, 1'000'000'000'000};
    EXPECT_TRUE(find_mixed_peaks("ACGT", traces, positions, {0, 4}).empty());
}

TEST(IsSanger, KnowsItsFormats) {
    auto const bytes = [](std::string const& text) {
        return is_sanger(std::as_bytes(std::span{text}));
    };
    EXPECT_TRUE(bytes("ABIF"));
    EXPECT_TRUE(bytes(".scf"));
    EXPECT_TRUE(bytes("\xaeZTR\r\n\x1a\n"));
    EXPECT_FALSE(bytes("@r\nA\n+\nI\n"));
    EXPECT_FALSE(bytes(""));
}

/// The files of ../shared/data/traces/sanger against the bases, qualities and facts that come with them.
TEST(PublicTraces, GiveTheirKnownBases) {
    if (!std::filesystem::exists(folder + "expected.json")) {
        GTEST_SKIP() << "the traces of ../shared/data/traces/sanger are not on this machine";
    }
    auto const expected = nlohmann::json::parse(cmq::read_text(folder + "expected.json"));
    ASSERT_EQ(expected.size(), 3U);
    for (auto const& of : expected) {
        auto const trace =
            read_sanger(cmq::read_file(folder + of.at("id").get<std::string>() + ".ab1"), reader);
        EXPECT_EQ(trace.bases, of.at("seq"));
        EXPECT_EQ(trace.qualities, of.at("qual").get<std::vector<std::uint8_t>>());
        EXPECT_EQ(trace.sample, of.at("sample"));
        EXPECT_EQ(trace.well, of.at("sample_well"));
        EXPECT_EQ(trace.instrument, of.at("machine_model"));
        EXPECT_EQ(trace.run_start, of.at("run_start"));
        EXPECT_EQ(trace.run_finish, of.at("run_finish"));
    }
}

TEST(PublicTraces, AreReadWithoutASampleName) {
    if (!std::filesystem::exists(folder + "no_smpl1.ab1")) {
        GTEST_SKIP() << "the traces of ../shared/data/traces/sanger are not on this machine";
    }
    auto const trace = read_sanger(cmq::read_file(folder + "no_smpl1.ab1"), reader);
    EXPECT_EQ(trace.sample, "");
    EXPECT_EQ(trace.bases.substr(0, 20), "CGATGGGCCTTCACCTTTAT");
    EXPECT_EQ(trace.bases.size(), 164U);
    EXPECT_EQ(read_sanger(cmq::read_file(folder + "A6_1-DB3.ab1"), reader).bases.size(), 839U);
}

} // namespace
