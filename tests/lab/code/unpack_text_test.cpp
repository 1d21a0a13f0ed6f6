// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/unpack_text.hpp"

#include "core/error.hpp"
#include "lab/code/amplicon_reads.hpp"
#include "tests/lab/code/packed_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;

std::filesystem::path const reader{CMQ_BINARY_DIR "/bin/contremarque-code-reader"};

std::string unpacked(std::string const& bytes) {
    return unpack_text(std::as_bytes(std::span{bytes}), reader);
}

ErrorKind kind_of(std::string const& bytes) {
    try {
        (void)unpacked(bytes);
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(UnpackText, LeavesPlainTextAsItIs) {
    EXPECT_EQ(unpacked("@r\nA\n+\nI\n"), "@r\nA\n+\nI\n");
    EXPECT_EQ(unpacked(""), "");
}

TEST(UnpackText, UnpacksGzip) {
    EXPECT_EQ(unpacked(gzip_of("@r\nACGT\n+\nIIII\n")), "@r\nACGT\n+\nIIII\n");
    EXPECT_EQ(unpacked(gzip_of("x")), "x");
}

TEST(UnpackText, TurnsBamRecordsBackIntoReads) {
    std::string const record_a = bam_record("a", 4, {1, 2, 4, 8}, {10, 20, 30, 40});       // ACGT
    std::string const record_b = bam_record("b", 4 + 16, {1, 2, 4, 15}, {10, 20, 30, 40}); // turned
    std::string const record_c = bam_record("c", 256, {1, 1, 1, 1}, {1, 1, 1, 1}); // not primary
    auto const text = unpacked(gzip_of(bam_head() + record_a + record_b + record_c));
    EXPECT_EQ(text, "@a\nACGT\n+\n+5?I\n@b\nNCGT\n+\nI?5+\n");
}

TEST(UnpackText, RefusesBamWithoutQualities) {
    EXPECT_EQ(kind_of(gzip_of(bam_head() + bam_record("a", 4, {1, 2}, {255, 255}))),
              ErrorKind::unsupported);
}

TEST(UnpackText, RefusesWhatIsDamagedOrCutShort) {
    std::string const text(5000, 'A');
    auto const packed = gzip_of("@r\n" + text);
    EXPECT_EQ(kind_of(packed.substr(0, packed.size() / 2)), ErrorKind::format);
    auto broken = packed;
    broken[packed.size() - 5] = static_cast<char>(broken[packed.size() - 5] + 1); // its checksum
    EXPECT_EQ(kind_of(broken), ErrorKind::format);
    EXPECT_EQ(kind_of("\x1f\x8b\x08"), ErrorKind::format);
    EXPECT_EQ(kind_of(gzip_of(bam_head() + "\x20")), ErrorKind::format);
}

TEST(UnpackText, RefusesAReaderThatIsNotThere) {
    auto const bytes = gzip_of("x");
    EXPECT_THROW((void)unpack_text(std::as_bytes(std::span{bytes}), "/nowhere/reader"), Error);
}

} // namespace
