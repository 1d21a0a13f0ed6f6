// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/file.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

class InAFolder : public testing::Test {
protected:
    InAFolder()
        : folder{fs::temp_directory_path() / ("cmq_file_test_" + std::to_string(::getpid()))} {
        fs::create_directories(folder);
    }

    ~InAFolder() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    fs::path folder;
};

cmq::ErrorKind kind_of(auto const& action) {
    try {
        action();
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

using ReadFile = InAFolder;
using WriteFile = InAFolder;
using StagedFileTest = InAFolder;

std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span{text});
}

TEST_F(WriteFile, IsReadBackTheSame) {
    std::string const text{"one\0two\n", 8};
    cmq::write_file(folder / "a", text);
    EXPECT_EQ(cmq::read_text(folder / "a"), text);
    cmq::write_file(folder / "a", std::string_view{""});
    EXPECT_EQ(cmq::read_text(folder / "a"), "");
}

TEST_F(WriteFile, KeepsAPrivateFileForItsOwner) {
    auto const path = folder / "private";
    cmq::write_file(path, std::string_view{"before"});
    cmq::write_private_file(path, std::vector<std::byte>(3, std::byte{'x'}));
    EXPECT_EQ(cmq::read_text(path), "xxx");
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0600});
}

TEST_F(WriteFile, LeavesNothingBesideTheFile) {
    cmq::write_file(folder / "a", std::string_view{"x"});
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 1);
}

TEST_F(WriteFile, LeavesTheOldFileWhenItCannotWrite) {
    fs::create_directory(folder / "target");
    EXPECT_EQ(kind_of([&] { cmq::write_file(folder / "target", std::string_view{"x"}); }),
              cmq::ErrorKind::io);
    EXPECT_TRUE(fs::is_directory(folder / "target"));
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 1);
}

TEST_F(WriteFile, RefusesAMissingFolder) {
    EXPECT_EQ(kind_of([&] { cmq::write_file(folder / "no" / "a", std::string_view{"x"}); }),
              cmq::ErrorKind::io);
}

TEST_F(StagedFileTest, HasItsNameOnlyWhenItIsPublished) {
    cmq::write_file(folder / "a", std::string_view{"before"});
    cmq::StagedFile file{folder / "a"};
    file.add(bytes_of("one "));
    file.add(bytes_of("two"));
    file.finish();
    EXPECT_EQ(cmq::read_text(folder / "a"), "before");
    file.publish();
    EXPECT_EQ(cmq::read_text(folder / "a"), "one two");
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 1);
}

TEST_F(StagedFileTest, LeavesNothingWhereItIsNotPublished) {
    {
        cmq::StagedFile file{folder / "a"};
        file.add(bytes_of("one"));
        file.finish();
    }
    { cmq::StagedFile const file{folder / "b"}; }
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(StagedFileTest, RefusesAMissingFolderAndWhatIsInTheWay) {
    EXPECT_EQ(kind_of([&] { cmq::StagedFile const file{folder / "no" / "a"}; }),
              cmq::ErrorKind::io);
    fs::create_directory(folder / "target");
    cmq::StagedFile file{folder / "target"};
    file.finish();
    EXPECT_EQ(kind_of([&] { file.publish(); }), cmq::ErrorKind::io);
    EXPECT_TRUE(fs::is_directory(folder / "target"));
}

TEST_F(ReadFile, RefusesWhatIsMissingAFolderOrTooLong) {
    EXPECT_EQ(kind_of([&] { static_cast<void>(cmq::read_file(folder / "none")); }),
              cmq::ErrorKind::io);
    EXPECT_EQ(kind_of([&] { static_cast<void>(cmq::read_file(folder)); }), cmq::ErrorKind::io);
    EXPECT_EQ(kind_of([&] { static_cast<void>(cmq::read_file("/dev/zero")); }), cmq::ErrorKind::io);
    cmq::write_file(folder / "a", std::string_view{"12345"});
    EXPECT_EQ(kind_of([&] { static_cast<void>(cmq::read_file(folder / "a", 4)); }),
              cmq::ErrorKind::limits);
}

} // namespace
