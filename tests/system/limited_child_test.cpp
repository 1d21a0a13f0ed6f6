// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/limited_child.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace {

using namespace cmq;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string text_of(ChildResult const& result) {
    auto const bytes = result.output.bytes();
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

ChildResult
shell(std::string const& script, ChildLimits const& limits = {}, std::string const& input = "") {
    return run_limited_child("/bin/sh", {"-c", script}, std::as_bytes(std::span{input}), limits);
}

TEST(RunLimitedChild, HandsBytesInAndOut) {
    std::string input(100'000, 'x');
    input += "end";
    auto const result = shell("cat <&3 >&4", {}, input);
    EXPECT_EQ(result.end, ChildEnd::exited);
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(text_of(result), input);
}

TEST(RunLimitedChild, TellsTheExitStatusAndKeepsWhatWasWritten) {
    auto const result = shell("echo half >&4; exit 7");
    EXPECT_EQ(result.end, ChildEnd::exited);
    EXPECT_EQ(result.code, 7);
    EXPECT_EQ(text_of(result), "half\n");
    EXPECT_TRUE(shell("exit 0").output.bytes().empty());
}

TEST(RunLimitedChild, GivesTheChildNoOtherDescriptorsAndNoEnvironment) {
    int const secret = ::open(CMQ_SOURCE_DIR "/LICENSE", O_RDONLY); // no close-on-exec, on purpose
    ASSERT_GE(secret, 0);
    auto const result = shell("ls -l /proc/$$/fd >&4; tr '\\0' '\\n' < /proc/$$/environ >&4");
    ::close(secret);
    EXPECT_THAT(text_of(result),
                AllOf(HasSubstr("contremarque-in"),
                      HasSubstr("contremarque-out"),
                      Not(HasSubstr("LICENSE")),
                      HasSubstr("TZ=UTC0"),
                      Not(HasSubstr("HOME=")),
                      Not(HasSubstr("PATH="))));
}

TEST(RunLimitedChild, CannotChangeItsInput) {
    auto const result = shell("echo changed > /proc/self/fd/3 || echo refused >&4", {}, "input");
    EXPECT_EQ(text_of(result), "refused\n");
}

TEST(RunLimitedChild, EndsAChildThatComputesForEver) {
    auto const result = shell("while :; do :; done", {.cpu = seconds{1}});
    EXPECT_EQ(result.end, ChildEnd::limit);
}

TEST(RunLimitedChild, EndsAChildThatSleepsForEver) {
    auto const result = shell("exec sleep 1000", {.wall = seconds{1}});
    EXPECT_EQ(result.end, ChildEnd::limit);
}

TEST(RunLimitedChild, EndsAChildThatWritesForEver) {
    auto const result = shell("exec cat /dev/zero >&4", {.output_bytes = 10'000});
    EXPECT_EQ(result.end, ChildEnd::limit);
    EXPECT_LE(result.output.bytes().size(), 10'000U);
}

TEST(RunLimitedChild, RefusesMemoryBeyondTheLimit) {
    // dd wants a buffer of 500 MB and ends by itself when it gets none.
    auto const result = shell("exec dd if=/dev/zero of=/dev/null bs=500M count=1",
                              {.address_space_bytes = 100'000'000});
    EXPECT_EQ(result.end, ChildEnd::exited);
    EXPECT_NE(result.code, 0);
}

TEST(RunLimitedChild, TellsASignalThatIsNoLimit) {
    auto const result = shell("kill -SEGV $$");
    EXPECT_EQ(result.end, ChildEnd::other_signal);
    EXPECT_EQ(result.code, SIGSEGV);
}

TEST(RunLimitedChild, RefusesAProgramThatIsNotThere) {
    try {
        static_cast<void>(run_limited_child("/no/such/program", {}, {}, {}));
        FAIL() << "nothing was refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
        EXPECT_THAT(error.what(), HasSubstr("/no/such/program"));
    }
}

} // namespace
