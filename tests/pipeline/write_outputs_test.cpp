// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_outputs.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using cmq::pipeline::OutputFolder;

class OutputFolderTest : public testing::Test {
protected:
    OutputFolderTest()
        : folder{fs::temp_directory_path() / ("cmq_outputs_" + std::to_string(::getpid()))} {}

    ~OutputFolderTest() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    fs::path folder;
};

TEST_F(OutputFolderTest, ListsEachFileWithItsHashLast) {
    OutputFolder out{folder / "deep" / "er"};
    out.write("a.txt", std::string_view{"abc"});
    out.write_manifest();
    // SHA-256 of "abc": FIPS 180-4.
    EXPECT_THAT(
        cmq::read_text(folder / "deep" / "er" / "manifest.json"),
        testing::AllOf(testing::HasSubstr("\"file\": \"a.txt\""),
                       testing::HasSubstr("\"bytes\": 3"),
                       testing::HasSubstr(
                           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    EXPECT_EQ(out.files().back().filename(), "manifest.json");
}

TEST_F(OutputFolderTest, GivesTheFilesTheirNamesTogether) {
    {
        OutputFolder out{folder};
        out.write("a.txt", std::string_view{"old"});
        out.write_manifest();
    }
    auto const old_manifest = cmq::read_text(folder / "manifest.json");
    {
        OutputFolder out{folder};
        out.write("a.txt", std::string_view{"new"});
        out.begin("b.txt");
        std::string_view const part = "ab";
        out.add(std::as_bytes(std::span{part}));
        // An error here: the folder is as it was.
    }
    EXPECT_EQ(cmq::read_text(folder / "a.txt"), "old");
    EXPECT_EQ(cmq::read_text(folder / "manifest.json"), old_manifest);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 2);
}

TEST_F(OutputFolderTest, HashesAFileThatCameInParts) {
    OutputFolder out{folder};
    out.begin("a.txt");
    for (std::string_view const part : {"a", "bc"}) {
        out.add(std::as_bytes(std::span{part}));
    }
    out.write("b.txt", std::string_view{});
    out.write_manifest();
    EXPECT_EQ(cmq::read_text(folder / "a.txt"), "abc");
    EXPECT_THAT(
        cmq::read_text(folder / "manifest.json"),
        testing::AllOf(
            testing::HasSubstr("\"bytes\": 3"),
            testing::HasSubstr("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            testing::HasSubstr(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")));
}

TEST_F(OutputFolderTest, LeavesNoManifestWhereAFileCannotHaveItsName) {
    {
        OutputFolder out{folder};
        out.write_manifest();
    }
    fs::create_directories(folder / "a.txt");
    OutputFolder out{folder};
    out.write("a.txt", std::string_view{"x"});
    EXPECT_THROW(out.write_manifest(), cmq::Error);
    EXPECT_FALSE(fs::exists(folder / "manifest.json"));
}

TEST_F(OutputFolderTest, RefusesAFileInTheWay) {
    fs::create_directories(folder);
    cmq::write_file(folder / "x", std::string_view{"x"});
    try {
        OutputFolder const out{folder / "x"};
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::io);
    }
}

} // namespace
