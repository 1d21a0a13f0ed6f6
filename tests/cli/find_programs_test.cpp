// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/find_programs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr auto decoder_name = "contremarque-decoder";

struct Ending {
    int status = -1;
    std::string said;
};

Ending inspect_with(fs::path const& program) {
    // Read as English below, whatever locale the tests run under.
    std::string const command = "LC_ALL=C.UTF-8 '" + program.string() +
                                "' inspect '" CMQ_SOURCE_DIR
                                "/sample_data/demonstration/blank_1.dng' 2>&1";
    FILE* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return {};
    }
    Ending ending;
    std::array<char, 4096> buffer{};
    while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        ending.said.append(buffer.data(), count);
    }
    ending.status = WEXITSTATUS(::pclose(pipe));
    return ending;
}

// The program is copied to a place of its own, for it looks around itself.
class FindDecoder : public testing::Test {
public:
    void SetUp() override {
        fs::create_directories(root_ / "bin");
        fs::copy_file(built() / "contremarque", program());
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    static fs::path built() { return fs::path{CMQ_BINARY_DIR} / "bin"; }

    [[nodiscard]] fs::path program() const { return root_ / "bin" / "contremarque"; }

    [[nodiscard]] fs::path const& root() const { return root_; }

private:
    fs::path root_ =
        fs::temp_directory_path() / ("cmq_find_programs_test_" + std::to_string(::getpid()));
};

TEST_F(FindDecoder, FindsItBesideTheRunningProgram) {
    // The build puts a link to the decoder beside the test program.
    EXPECT_EQ(cmq::cli::find_decoder(), fs::path{CMQ_BINARY_DIR} / "tests" / "cli" / decoder_name);
}

TEST_F(FindDecoder, FindsItInTheLibexecOfAnInstallationThatWasMoved) {
    fs::create_directories(root() / "libexec" / "contremarque");
    for (char const* const name : {decoder_name, "contremarque-picture-reader"}) {
        fs::copy_file(built() / name, root() / "libexec" / "contremarque" / name);
    }
    Ending const ending = inspect_with(program());
    EXPECT_EQ(ending.status, 0) << ending.said;
    EXPECT_THAT(ending.said, HasSubstr("SIMULATED"));
}

TEST_F(FindDecoder, RefusesToRunWithoutItAndSaysWhereItLooked) {
    if (fs::exists(fs::path{"/usr/local/libexec/contremarque"} / decoder_name)) {
        GTEST_SKIP() << "a decoder is installed on this machine";
    }
    Ending const ending = inspect_with(program());
    EXPECT_EQ(ending.status, 3) << ending.said; // io
    EXPECT_THAT(ending.said, HasSubstr("'" + program().parent_path().string() + "'"));
    EXPECT_THAT(ending.said, HasSubstr("install it beside this program"));
}

} // namespace
