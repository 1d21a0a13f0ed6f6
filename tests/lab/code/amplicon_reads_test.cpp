// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/amplicon_reads.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using cmq::Error;
using cmq::ErrorKind;

void expect_refused(std::string const& text, ErrorKind kind, std::string const& says) {
    try {
        (void)parse_fastq(text);
        FAIL() << text.substr(0, 40);
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        EXPECT_THAT(error.what(), testing::HasSubstr(says));
    }
}

TEST(ParseFastq, ReadsNamesBasesAndQualities) {
    auto const reads = parse_fastq("@r1 of a run\nACGT\n+r1\nII!~\r\n@r2\n\n+\n\n");
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(reads[0].name, "r1");
    EXPECT_EQ(reads[0].bases, "ACGT");
    EXPECT_EQ(reads[0].qualities, "II!~");
    EXPECT_EQ(reads[1].name, "r2");
    EXPECT_EQ(reads[1].bases, "");
}

TEST(ParseFastq, RefusesWhatIsNoReadAndNamesTheLine) {
    expect_refused(">r1\nACGT\n", ErrorKind::format, "line 1");
    expect_refused("@r1\nAC GT\n+\nIIIII\n", ErrorKind::format, "line 2");
    expect_refused("@r1\nACGT\nIIII\n", ErrorKind::format, "line 3");
    expect_refused("@r1\nACGT\n+\nIII\n", ErrorKind::format, "line 4");
    expect_refused("@r1\nACGT\n+\nIII \n", ErrorKind::format, "line 4");
    expect_refused("@r1\nACGT\n", ErrorKind::format, "line 3");
}

TEST(ParseFastq, RefusesTooLongReads) {
    std::string const bases(longest_read + 1, 'A');
    expect_refused("@r\n" + bases + "\n+\n" + bases + "\n", ErrorKind::limits, "line 2");
}

TEST(ParseFastq, RefusesNothing) {
    expect_refused("", ErrorKind::insufficient, "no reads");
}

} // namespace
