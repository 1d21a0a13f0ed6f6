// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path const samples = fs::path{CMQ_SOURCE_DIR} / "sample_data" / "demonstration";

/// The captures of the demonstration and their truth tables: what make.sh makes.
std::vector<fs::path> made_files() {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator{samples}) {
        if (entry.path().extension() == ".dng" || entry.path().extension() == ".csv") {
            files.push_back(entry.path());
        }
    }
    return files;
}

TEST(SampleData, IsDescribedByItsCards) {
    std::string const cards = cmq::read_text(samples / "README.md");
    auto const files = made_files();
    EXPECT_EQ(files.size(), 9U);
    for (fs::path const& file : files) {
        auto const bytes = cmq::read_file(file);
        EXPECT_LT(bytes.size(), 4'000'000U) << file;
        EXPECT_THAT(cards,
                    testing::HasSubstr("| " + std::to_string(bytes.size()) + " | `" +
                                       cmq::sha256_hex(bytes) + "` |"))
            << file;
    }
}

TEST(SlowSampleData, IsMadeAgainByteByByte) {
    fs::path const program = fs::path{CMQ_BINARY_DIR} / "bin" / "contremarque";
    if (!fs::exists(program)) {
        GTEST_SKIP() << "the program is not built";
    }
    fs::path const folder =
        fs::temp_directory_path() / ("cmq_sample_data_test_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    std::string const command = "sh '" + (samples / "make.sh").string() + "' '" + program.string() +
                                "' '" + folder.string() + "' 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0); // NOLINT(cert-env33-c): our own script
    for (fs::path const& file : made_files()) {
        EXPECT_EQ(cmq::read_file(folder / file.filename()), cmq::read_file(file)) << file;
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

} // namespace
