// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/write_folder.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

class WriteFolder : public testing::Test {
protected:
    WriteFolder() { fs::create_directories(root); }

    ~WriteFolder() override {
        std::error_code ignored;
        fs::permissions(root, fs::perms::owner_all, ignored);
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] std::size_t entries() const {
        std::size_t count = 0;
        for ([[maybe_unused]] auto const& each : fs::directory_iterator{root}) {
            ++count;
        }
        return count;
    }

    fs::path root = fs::temp_directory_path() / ("cmq_write_folder_" + std::to_string(::getpid()));
    std::array<cmq::FolderFile, 2> files{
        cmq::FolderFile{"a.txt", {std::byte{'a'}, std::byte{'\n'}}}, cmq::FolderFile{"b", {}}};
};

cmq::ErrorKind kind_of(auto const& action) {
    try {
        action();
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST_F(WriteFolder, WritesAllFilesAndLeavesNothingElse) {
    for (std::string const name : {"kit", "kit2/"}) {
        cmq::write_folder(root / name, files);
        EXPECT_EQ(cmq::read_text(root / name / "a.txt"), "a\n");
        EXPECT_EQ(cmq::read_text(root / name / "b"), "");
    }
    EXPECT_EQ(entries(), 2U);
}

TEST_F(WriteFolder, CanBeAskedBeforeThereIsAnythingToWrite) {
    cmq::refuse_taken_folder(root / "kit");
    fs::create_directory(root / "kit");
    EXPECT_EQ(kind_of([&] { cmq::refuse_taken_folder(root / "kit"); }), cmq::ErrorKind::usage);
    EXPECT_EQ(kind_of([&] { cmq::refuse_taken_folder(root / "kit/"); }), cmq::ErrorKind::usage);
    fs::create_symlink(root / "nowhere", root / "link");
    EXPECT_EQ(kind_of([&] { cmq::refuse_taken_folder(root / "link"); }), cmq::ErrorKind::usage);
}

TEST_F(WriteFolder, MayBeReadByWhomTheMaskLets) {
    mode_t const before = ::umask(022);
    cmq::write_folder(root / "kit", files);
    ::umask(before);
    EXPECT_EQ(fs::status(root / "kit").permissions(), fs::perms{0755});
}

TEST_F(WriteFolder, RefusesWhatIsThere) {
    fs::create_directory(root / "folder");
    std::ofstream{root / "file"} << "x";
    fs::create_symlink(root / "nowhere", root / "link");
    for (char const* const name : {"folder", "file", "link", "folder/"}) {
        EXPECT_EQ(kind_of([&] { cmq::write_folder(root / name, files); }), cmq::ErrorKind::usage)
            << name;
    }
    EXPECT_EQ(entries(), 3U);
    EXPECT_TRUE(fs::is_empty(root / "folder"));
}

TEST_F(WriteFolder, RefusesAFolderThatIsMissingOrNotWritable) {
    EXPECT_EQ(kind_of([&] { cmq::write_folder(root / "no" / "kit", files); }), cmq::ErrorKind::io);
    EXPECT_EQ(kind_of([&] { cmq::write_folder("/proc/kit", files); }), cmq::ErrorKind::io);
    EXPECT_EQ(entries(), 0U);
}

} // namespace
