// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/sha256.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

std::string of(std::string_view text) {
    return cmq::sha256_hex(std::as_bytes(std::span{text}));
}

// FIPS 180-4 examples.
TEST(Sha256Hex, MatchesThePublishedExamples) {
    EXPECT_EQ(of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, IsTheSameOfTheParts) {
    std::string_view const text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    for (std::size_t const cut : {std::size_t{0}, std::size_t{1}, std::size_t{56}}) {
        cmq::Sha256 hash;
        hash.add(std::as_bytes(std::span{text.substr(0, cut)}));
        hash.add(std::as_bytes(std::span{text.substr(cut)}));
        EXPECT_EQ(hash.hex(), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}

} // namespace
