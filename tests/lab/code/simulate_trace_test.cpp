// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_trace.hpp"

#include "lab/code/sanger_trace.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <io_lib/Read.h>
#include <unistd.h>

namespace {

using namespace cmq;
using namespace cmq::lab;

Lot lot_of(std::string const& sequence) {
    Lot lot;
    lot.name = sequence;
    lot.sequence = sequence;
    return lot;
}

std::string const code = "TTACCCGCGATTAGCCACCATCGCGGTAGCGT";
std::string const other = "GACCATTGCAATGGCTTACGGATCCTTGACAA";

SangerTrace read_back(std::string const& bytes) {
    return to_sanger(Abif{std::as_bytes(std::span{bytes})});
}

std::string
trace_of(std::vector<TubeLot> const& tube, TraceSettings const& settings, std::uint64_t seed) {
    Random random{seed, 1, 0};
    return simulate_trace(tube, settings, random);
}

TEST(SimulateTrace, ShowsTheCodeWithItsQualities) {
    Lot const lot = lot_of(code);
    auto const trace = read_back(trace_of({{&lot, 1.0}}, {.error = 1e-6}, 1));
    EXPECT_EQ(trace.bases.size(), 100U + 32U + 150U);
    EXPECT_EQ(trace.bases.substr(100, 32), code);
    EXPECT_EQ(trace.qualities[100], 60);
    EXPECT_EQ(trace.sample, "SIMULATED");
    EXPECT_EQ(trace.instrument, "SIMULATED");
    EXPECT_TRUE(trace.mixed.empty());
}

// io_lib, which the reader of ABIF traces does not use.
TEST(SimulateTrace, ReadsAlikeWithIoLib) {
    Lot const lot = lot_of(code);
    auto const bytes = trace_of({{&lot, 1.0}}, {.error = 0.01}, 2);
    auto const path = std::filesystem::temp_directory_path() /
                      ("cmq-simulated-" + std::to_string(::getpid()) + ".ab1");
    write_file(path, std::string_view{bytes});
    Read* const read = ::read_reading(path.string().data(), TT_ABI);
    std::filesystem::remove(path);
    ASSERT_NE(read, nullptr);
    ASSERT_NE(read, NULLRead);
    auto const ours = read_back(bytes);
    EXPECT_EQ(std::string(read->base, static_cast<std::size_t>(read->NBases)), ours.bases);
    for (std::size_t i = 0; i < ours.bases.size(); ++i) {
        auto const* const of = ours.bases[i] == 'A'   ? read->prob_A
                               : ours.bases[i] == 'C' ? read->prob_C
                               : ours.bases[i] == 'G' ? read->prob_G
                                                      : read->prob_T;
        ASSERT_EQ(static_cast<int>(of[i]), static_cast<int>(ours.qualities[i])) << i;
        ASSERT_EQ(read->basePos[i], static_cast<uint_2>(10 * (i + 1)));
    }
    ::read_deallocate(read);
}

TEST(SimulateTrace, ShowsTheWeakerLotUnderTheStrongerOne) {
    Lot const a = lot_of(code);
    Lot const b = lot_of(other);
    auto const trace = read_back(trace_of({{&b, 0.45}, {&a, 1.0}}, {.error = 1e-6}, 3));
    EXPECT_EQ(trace.bases.substr(100, 32), code);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        differing += code[i] != other[i] ? 1U : 0U;
    }
    ASSERT_EQ(trace.mixed.size(), differing);
    for (MixedPeak const& peak : trace.mixed) {
        EXPECT_EQ(peak.second, other[peak.base - 100]);
        EXPECT_NEAR(peak.ratio, 0.45, 0.01);
    }
}

// Two signals of one height are told apart by noise alone, and the file says so.
TEST(SimulateTrace, StatesTheErrorsThatItMakes) {
    Lot const lot = lot_of(code);
    double const amount = 0.1; // error 0.01 + 3 Phi(-0.1 * 30 / sqrt(2))
    double const error = 0.01 + 1.5 * std::erfc(3.0 / 2.0);
    double wrong = 0.0;
    constexpr std::size_t runs = 300;
    for (std::size_t i = 0; i < runs; ++i) {
        auto const trace = read_back(trace_of({{&lot, amount}}, {.error = 0.01}, 10 + i));
        ASSERT_EQ(trace.qualities[110], std::lround(-10.0 * std::log10(error)));
        for (std::size_t k = 0; k < code.size(); ++k) {
            wrong += trace.bases[100 + k] != code[k] ? 1.0 : 0.0;
        }
    }
    double const bases = static_cast<double>(runs * code.size());
    EXPECT_NEAR(wrong / bases, error, 4.0 * std::sqrt(error / bases));
}

TEST(SimulateTrace, OfAnEmptyTubeIsUnreadable) {
    auto const trace = read_back(trace_of({}, {}, 4));
    EXPECT_EQ(trace.good_end, 0U);
    EXPECT_EQ(trace.qualities[0], 1);
}

} // namespace
