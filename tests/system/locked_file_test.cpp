// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/locked_file.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace {

using namespace cmq;
using testing::HasSubstr;

using Bytes = std::vector<std::byte>;

// The smallest that libsodium takes: the tests are of the format, not of the cost of a guess.
constexpr LockStrength quick{1, 8192};
constexpr std::size_t header_size = 78; // docs/formats/locked.md
constexpr std::size_t chunk_size = 65536 + 17;

Passphrase phrase(std::string text = "correct horse battery staple") {
    return Passphrase{text};
}

Bytes some_bytes(std::size_t size) {
    Bytes bytes(size);
    unsigned state = 1;
    for (std::byte& byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::byte>(state >> 24U);
    }
    return bytes;
}

Error refused(Bytes const& locked, Passphrase const& with = phrase()) {
    try {
        (void)to_clear(locked, with);
    } catch (Error const& error) {
        return error;
    }
    return Error{ErrorKind::internal, std::string{}};
}

TEST(ToLocked, GivesBackWhatWasLockedAtEverySizeOfChunks) {
    for (std::size_t const size : {0U, 1U, 65535U, 65536U, 65537U, 131072U, 200000U}) {
        Bytes const clear = some_bytes(size);
        Bytes const locked = to_locked(clear, phrase(), quick);
        std::size_t const chunks = std::max<std::size_t>(1, (size + 65535) / 65536);
        EXPECT_EQ(locked.size(), header_size + size + 17 * chunks);
        EXPECT_TRUE(is_locked(locked));
        EXPECT_EQ(to_clear(locked, phrase()), clear) << size;
    }
}

TEST(ToLocked, NeverGivesTheSameBytesTwiceNorAnyOfTheClearText) {
    Bytes const clear(100000, std::byte{'a'});
    Bytes const one = to_locked(clear, phrase(), quick);
    Bytes const two = to_locked(clear, phrase(), quick);
    EXPECT_NE(one, two);
    Bytes const part(8, std::byte{'a'});
    EXPECT_EQ(std::search(one.begin(), one.end(), part.begin(), part.end()), one.end());
}

TEST(ToLocked, CostsWhatTheDefaultSays) {
    Bytes const locked = to_locked(some_bytes(10), phrase());
    // Passes and bytes, little-endian, after 22 bytes: 3 and 0x10000000 (libsodium's moderate).
    EXPECT_EQ(locked[22], std::byte{3});
    EXPECT_EQ(locked[33], std::byte{0x10});
    EXPECT_EQ(to_clear(locked, phrase()), some_bytes(10));
}

TEST(ToClear, RefusesAWrongPassphrase) {
    Bytes const locked = to_locked(some_bytes(70000), phrase(), quick);
    Error const error = refused(locked, phrase("correct horse battery stapl"));
    EXPECT_EQ(error.kind(), ErrorKind::integrity);
    EXPECT_THAT(error.what(), HasSubstr("cannot be told apart"));
}

TEST(ToClear, RefusesEveryChangedByte) {
    Bytes const locked = to_locked(some_bytes(200), phrase(), quick);
    for (std::size_t i = 0; i < locked.size(); ++i) {
        Bytes changed = locked;
        changed[i] ^= std::byte{1};
        // A changed number of passes stays within the limits here and makes another key.
        EXPECT_NE(refused(changed).kind(), ErrorKind::internal) << i;
    }
    Bytes late = to_locked(some_bytes(70000), phrase(), quick);
    late[header_size + chunk_size + 5] ^= std::byte{1};
    EXPECT_EQ(refused(late).kind(), ErrorKind::integrity);
    EXPECT_THAT(refused(late).what(), HasSubstr("passphrase is the right one"));
}

TEST(ToClear, RefusesWhatWasCutOrPutTogether) {
    Bytes const locked = to_locked(some_bytes(150000), phrase(), quick);
    for (std::size_t const size : {std::size_t{22},
                                   std::size_t{50},
                                   header_size,
                                   header_size + 16,
                                   header_size + chunk_size,      // between two chunks
                                   header_size + chunk_size + 16, // less than a tag
                                   header_size + 2 * chunk_size,
                                   locked.size() - 1}) {
        Bytes const cut(locked.begin(), locked.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(refused(cut).kind(), ErrorKind::integrity) << size;
    }
    Bytes longer = locked;
    longer.push_back(std::byte{0});
    EXPECT_EQ(refused(longer).kind(), ErrorKind::integrity);
    Bytes whole_chunk = to_locked(some_bytes(65536), phrase(), quick);
    whole_chunk.push_back(std::byte{0});
    EXPECT_THAT(refused(whole_chunk).what(), HasSubstr("1 bytes follow"));
    Bytes swapped = locked;
    std::swap_ranges(swapped.begin() + header_size,
                     swapped.begin() + header_size + chunk_size,
                     swapped.begin() + header_size + chunk_size);
    EXPECT_EQ(refused(swapped).kind(), ErrorKind::integrity);
}

TEST(ToClear, RefusesOtherFiles) {
    EXPECT_EQ(refused({}).kind(), ErrorKind::format);
    EXPECT_EQ(refused(some_bytes(500)).kind(), ErrorKind::format);
    Bytes later = to_locked(some_bytes(5), phrase(), quick);
    later[20] = std::byte{'2'};
    EXPECT_EQ(refused(later).kind(), ErrorKind::unsupported);
}

TEST(ToClear, RefusesAHeaderThatAsksForTooMuch) {
    Bytes const locked = to_locked(some_bytes(5), phrase(), quick);
    for (std::size_t const place : {23U, 29U, 34U, 37U}) { // passes, then bytes of memory
        Bytes greedy = locked;
        greedy[place] = std::byte{0xff};
        EXPECT_EQ(refused(greedy).kind(), ErrorKind::limits) << place;
    }
    Bytes nothing = locked;
    nothing[22] = std::byte{0};
    EXPECT_EQ(refused(nothing).kind(), ErrorKind::limits);
}

// The reader of docs/formats/locked.md, which knows nothing of this program.
TEST(LockedFile, IsReadByTheProgramInItsDocument) {
    namespace fs = std::filesystem;
    std::string const page = read_text(CMQ_SOURCE_DIR "/docs/formats/locked.md");
    std::size_t const begin = page.find("```python\n");
    ASSERT_NE(begin, std::string::npos);
    std::size_t const from = begin + 10;
    std::string const program = page.substr(from, page.find("```", from) - from);
    fs::path const folder =
        fs::temp_directory_path() / ("cmq-locked-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    Bytes const clear = some_bytes(140000);
    write_file(folder / "read.py", std::string_view{program});
    write_file(folder / "phrase", std::string_view{"correct horse battery staple\n"});
    write_file(folder / "x.locked", to_locked(clear, phrase(), quick));
    std::string const command =
        "cd '" + folder.string() + "' && python3 read.py x.locked x < phrase > log 2>&1";
    int const status = std::system(command.c_str());
    EXPECT_EQ(status, 0) << read_text(folder / "log");
    if (status == 0) {
        EXPECT_EQ(read_file(folder / "x"), clear);
    }
    fs::remove_all(folder);
}

} // namespace
