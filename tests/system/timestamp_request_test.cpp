// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/timestamp_request.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using cmq::make_timestamp_request;

std::string const digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

std::string hex_of(std::vector<std::byte> const& bytes) {
    std::string text;
    for (std::byte const byte : bytes) {
        constexpr char const* digits = "0123456789abcdef";
        text += digits[std::to_integer<unsigned>(byte) >> 4U];
        text += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return text;
}

TEST(TimestampRequest, IsTheDerOfRfc3161) {
    // By hand: SEQUENCE { 1, SEQUENCE { SEQUENCE { 2.16.840.1.101.3.4.2.1, NULL }, OCTET STRING }, TRUE }.
    EXPECT_EQ(hex_of(make_timestamp_request(digest)),
              "3039"
              "020101"
              "3031300d060960864801650304020105000420" +
                  digest + "0101ff");
}

TEST(TimestampRequest, CarriesANonceWhereOneIsGiven) {
    EXPECT_EQ(hex_of(make_timestamp_request(digest, 0x1234)),
              "303d"
              "020101"
              "3031300d060960864801650304020105000420" +
                  digest + "020212340101ff");
}

TEST(TimestampRequest, IsReadByOpenssl) {
    std::string const path = std::string{CMQ_BINARY_DIR} + "/timestamp_request_test.tsq";
    cmq::write_file(path, make_timestamp_request(digest));
    std::string const command = "openssl ts -query -in '" + path + "' -text 2>/dev/null";
    std::FILE* const pipe = popen(command.c_str(), "r"); // NOLINT(cert-env33-c): a fixed command
    ASSERT_NE(pipe, nullptr);
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        text += static_cast<char>(c);
    }
    if (pclose(pipe) != 0) {
        GTEST_SKIP() << "there is no openssl program here";
    }
    EXPECT_NE(text.find("Hash Algorithm: sha256"), std::string::npos) << text;
    EXPECT_NE(text.find("Nonce: unspecified"), std::string::npos) << text;
    EXPECT_NE(text.find("Certificate required: yes"), std::string::npos) << text;
}

TEST(TimestampRequest, RefusesWhatIsNoDigest) {
    for (std::string const& text :
         {std::string{}, digest.substr(1), digest + "00", std::string(64, 'g')}) {
        try {
            static_cast<void>(make_timestamp_request(text));
            FAIL() << text;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::domain);
        }
    }
}

} // namespace
