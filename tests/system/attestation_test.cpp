// SPDX-License-Identifier: GPL-3.0-or-later

// Replies and signatures made by the program openssl, which stands for authorities and signers.

#include "system/attestation.hpp"

#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/timestamp_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using testing::HasSubstr;
using testing::MatchesRegex;

std::string const text = "note\n";

std::span<std::byte const> bytes_of(std::string const& from) {
    return std::as_bytes(std::span{from});
}

class Attestation : public testing::Test {
protected:
    // Keys take a second: made once for all tests.
    static void SetUpTestSuite() {
        fs::create_directories(root);
        write_file(root / "note", std::string_view{text});
        write_file(root / "note.tsq", make_timestamp_request(sha256_hex(bytes_of(text))));
        is_there = shell("sh '" CMQ_SOURCE_DIR "/tests/system/make_authority.sh' .") &&
                   shell("openssl ts -reply -config tsa.cnf -queryfile note.tsq -out note.tsr") &&
                   sign("-outform DER -out note.p7s") && sign("-outform PEM -out note.pem.p7s") &&
                   sign("-nodetach -outform DER -out whole.p7s");
    }

    static void TearDownTestSuite() {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    void SetUp() override {
        if (!is_there) {
            GTEST_SKIP() << "there is no openssl program here";
        }
    }

    static bool shell(std::string const& command) {
        std::string const line = "cd '" + root.string() + "' && " + command + " >/dev/null 2>&1";
        return std::system(line.c_str()) == 0; // NOLINT(cert-env33-c): fixed commands
    }

    static bool sign(std::string const& options) {
        return shell("openssl cms -sign -binary -signer signer.pem -inkey signer.key -in note " +
                     options);
    }

    static std::vector<std::byte> file(std::string const& name) { return read_file(root / name); }

    static std::string pem(std::string const& name) { return read_text(root / name); }

    inline static fs::path const root =
        fs::temp_directory_path() / ("cmq_attestation_" + std::to_string(::getpid()));
    inline static bool is_there = false;
};

ErrorKind kind_of(auto const& action) {
    try {
        static_cast<void>(action());
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

using CheckTimestamp = Attestation;

TEST_F(CheckTimestamp, TakesOneCertificateOrMoreForAuthorities) {
    auto const kind = [](std::string const& given) {
        return kind_of([&] {
            check_authorities(given);
            return 0;
        });
    };
    EXPECT_EQ(kind("no certificate"), ErrorKind::format);
    EXPECT_EQ(kind(""), ErrorKind::format);
    EXPECT_EQ(kind(pem("ca.key")), ErrorKind::format);
    EXPECT_NO_THROW(check_authorities(pem("ca.pem") + pem("other.pem")));
}

TEST_F(CheckTimestamp, TellsTimeAndAuthority) {
    auto const reply = check_timestamp(file("note.tsr"), sha256_hex(bytes_of(text)));
    EXPECT_THAT(reply.time, MatchesRegex("20[0-9-]+T[0-9:]+Z"));
    EXPECT_THAT(reply.authority, HasSubstr("CN=Test tsa"));
    EXPECT_THAT(reply.authority, HasSubstr("Essai été"));
    EXPECT_FALSE(reply.serial.empty());
    EXPECT_FALSE(reply.authority_known);
    EXPECT_TRUE(check_timestamp(file("note.tsr"), sha256_hex(bytes_of(text)), pem("ca.pem"))
                    .authority_known);
}

TEST_F(CheckTimestamp, RefusesOtherBytesChangesAndStrangers) {
    std::string const digest = sha256_hex(bytes_of(text));
    auto const reply = file("note.tsr");
    EXPECT_EQ(kind_of([&] { return check_timestamp(reply, sha256_hex(bytes_of("other\n"))); }),
              ErrorKind::integrity);
    EXPECT_EQ(kind_of([&] { return check_timestamp(reply, digest, pem("other.pem")); }),
              ErrorKind::integrity);
    EXPECT_EQ(kind_of([&] { return check_timestamp(reply, digest, "no certificate"); }),
              ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_timestamp(reply, "12"); }), ErrorKind::domain);
    EXPECT_EQ(kind_of([&] { return check_timestamp(file("note"), digest); }), ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_timestamp({}, digest); }), ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_timestamp(file("note.tsq"), digest); }),
              ErrorKind::format);
}

// One byte of the token changed: of its time, its digest, its signature or its wrapping. Never taken for good with
// another time, and nothing but an Error comes out.
TEST_F(CheckTimestamp, RefusesAnyChangedByteOfTheToken) {
    std::string const digest = sha256_hex(bytes_of(text));
    auto const good = check_timestamp(file("note.tsr"), digest);
    auto reply = file("note.tsr");
    std::size_t refused = 0;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        reply[i] ^= std::byte{0x01};
        try {
            auto const changed = check_timestamp(reply, digest);
            EXPECT_EQ(changed.time, good.time) << i;
            EXPECT_EQ(changed.serial, good.serial) << i;
        } catch (Error const&) {
            ++refused;
        }
        reply[i] ^= std::byte{0x01};
    }
    EXPECT_GT(refused,
              reply.size() / 3); // certificates beside the signer's are not part of what is signed
}

TEST_F(CheckTimestamp, RefusesARefusalAndAnotherDigest) {
    ASSERT_TRUE(shell("openssl ts -query -data note -sha512 -cert -out long.tsq") &&
                shell("openssl ts -reply -config tsa.cnf -queryfile long.tsq -out long.tsr"));
    std::string const digest = sha256_hex(bytes_of(text));
    EXPECT_EQ(kind_of([&] { return check_timestamp(file("long.tsr"), digest); }),
              ErrorKind::unsupported);
    ASSERT_TRUE(shell("openssl ts -query -data note -sha1 -cert -out old.tsq") &&
                shell("openssl ts -reply -config tsa.cnf -queryfile old.tsq -out old.tsr"));
    EXPECT_EQ(kind_of([&] { return check_timestamp(file("old.tsr"), digest); }), ErrorKind::format);
    ASSERT_TRUE(shell("openssl ts -query -data note -sha256 -out bare.tsq") &&
                shell("openssl ts -reply -config tsa.cnf -queryfile bare.tsq -out bare.tsr"));
    EXPECT_EQ(kind_of([&] { return check_timestamp(file("bare.tsr"), digest); }),
              ErrorKind::format);
}

using CheckSignature = Attestation;

TEST_F(CheckSignature, TellsTheSignerOfTheseBytes) {
    for (std::string const name : {"note.p7s", "note.pem.p7s"}) {
        auto const found = check_signature(file(name), bytes_of(text));
        EXPECT_THAT(found.signer, HasSubstr("CN=Test signer")) << name;
        EXPECT_THAT(found.claimed_time, MatchesRegex("20[0-9-]+T[0-9:]+Z"));
        EXPECT_FALSE(found.authority_known);
        EXPECT_TRUE(check_signature(file(name), bytes_of(text), pem("ca.pem")).authority_known);
    }
}

TEST_F(CheckSignature, RefusesOtherBytesChangesAndStrangers) {
    auto const signature = file("note.p7s");
    EXPECT_EQ(kind_of([&] { return check_signature(signature, bytes_of("other\n")); }),
              ErrorKind::integrity);
    EXPECT_EQ(kind_of([&] { return check_signature(signature, {}); }), ErrorKind::integrity);
    EXPECT_EQ(kind_of([&] { return check_signature(signature, bytes_of(text), pem("other.pem")); }),
              ErrorKind::integrity);
    EXPECT_EQ(kind_of([&] { return check_signature(file("whole.p7s"), bytes_of(text)); }),
              ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_signature(file("note"), bytes_of(text)); }),
              ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_signature({}, bytes_of(text)); }), ErrorKind::format);
    EXPECT_EQ(kind_of([&] { return check_signature(signature, bytes_of(text), ""); }),
              ErrorKind::format);
}

} // namespace
