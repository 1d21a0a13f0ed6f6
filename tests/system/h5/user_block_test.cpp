// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/user_block.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace {

using namespace cmq;

constexpr H5Kind kind{.title = "CONTREMARQUE TEST 1\n",
                      .program = "none",
                      .example = "test.h5",
                      .name = {"fichier d’essai", "test file"},
                      .file = {"le fichier d’essai", "the test file"}};

std::vector<std::byte> sealed() {
    std::vector<std::byte> bytes(700, std::byte{7});
    write_user_block(bytes, kind);
    return bytes;
}

ErrorKind kind_of(std::vector<std::byte> const& bytes) {
    try {
        check_user_block(bytes, kind);
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(UserBlock, NamesTheKindAndTheHashOfWhatFollows) {
    auto const bytes = sealed();
    std::string_view const text{reinterpret_cast<char const*>(bytes.data()), h5_user_block_bytes};
    EXPECT_TRUE(text.starts_with(kind.title));
    EXPECT_NE(text.find(sha256_hex(std::span{bytes}.subspan(h5_user_block_bytes))),
              std::string_view::npos);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_NO_THROW(check_user_block(bytes, kind));
}

TEST(UserBlock, RefusesWhatWasNotWrittenSo) {
    auto bytes = sealed();
    bytes[0] = std::byte{'X'};
    EXPECT_EQ(kind_of(bytes), ErrorKind::format);
    bytes = sealed();
    bytes[18] = std::byte{'2'}; // the version
    EXPECT_EQ(kind_of(bytes), ErrorKind::unsupported);
    for (std::size_t const changed : {30U, 110U, 511U, 512U, 699U}) {
        bytes = sealed();
        bytes[changed] ^= std::byte{1};
        EXPECT_EQ(kind_of(bytes), ErrorKind::integrity) << changed;
    }
    bytes = sealed();
    bytes.resize(512);
    EXPECT_EQ(kind_of(bytes), ErrorKind::integrity);
    EXPECT_EQ(kind_of({}), ErrorKind::format);
}

} // namespace
