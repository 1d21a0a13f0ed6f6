// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/case_h5.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "tests/casefile/kept/sample_case.hpp"
#include "tests/times.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::casefile;

std::filesystem::path const reader{CMQ_BINARY_DIR "/bin/contremarque-case-reader"};

std::vector<std::byte> sample_bytes() {
    return to_case_h5(test::sample_case());
}

/// The same bytes with a user block that fits them, as someone who wants to deceive would make it.
void seal(std::vector<std::byte>& bytes) {
    std::string const hash = sha256_hex(std::span{bytes}.subspan(512));
    std::string const text{reinterpret_cast<char const*>(bytes.data()), 512};
    std::size_t const at = text.find("end:\n") + 5;
    std::ranges::copy(std::as_bytes(std::span{hash}),
                      bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

TEST(CaseH5, ComesBackBitForBit) {
    KeptCase const back = to_kept_case_from_h5(sample_bytes(), reader);
    EXPECT_EQ(to_bytes(back), to_bytes(test::sample_case()));
}

TEST(CaseH5, IsTheSameBytesEachTime) {
    EXPECT_EQ(sample_bytes(), sample_bytes());
}

TEST(CaseH5, BeginsWithTextAndTheHashOfTheRest) {
    auto const bytes = sample_bytes();
    std::string const text{reinterpret_cast<char const*>(bytes.data()), 512};
    EXPECT_TRUE(text.starts_with("CONTREMARQUE CASE 1\n"));
    EXPECT_NE(text.find("\n" + sha256_hex(std::span{bytes}.subspan(512)) + "\n"),
              std::string::npos);
    // HDF5's own signature follows.
    EXPECT_EQ(bytes[512], std::byte{0x89});
    EXPECT_EQ(bytes[513], std::byte{'H'});
}

TEST(CaseH5, OpensInH5dump) {
    if (std::system("command -v h5dump >/dev/null") != 0) {
        GTEST_SKIP() << "h5dump is not installed";
    }
    auto const path = std::filesystem::path{testing::TempDir()} / "opens.h5";
    write_file(path, sample_bytes());
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const pipe{
        ::popen(("h5dump '" + path.string() + "'").c_str(), "r"), ::pclose};
    std::string out;
    std::array<char, 4096> buffer{};
    while (std::size_t const n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        out.append(buffer.data(), n);
    }
    for (char const* part : {"GROUP \"tables\"",
                             "DATASET \"x\"",
                             "1.5",
                             "\"photosite\"",
                             "9223372036854775807",
                             "IMAGE_TRUECOLOR"}) {
        EXPECT_NE(out.find(part), std::string::npos) << part << '\n' << out;
    }
}

TEST(CaseH5, FindsEveryChangedByte) {
    auto const good = sample_bytes();
    for (std::size_t i = 0; i < good.size(); i += 7) {
        auto bytes = good;
        bytes[i] ^= std::byte{1};
        try {
            check_user_block(bytes);
            ADD_FAILURE() << "byte " << i;
        } catch (Error const& error) {
            EXPECT_TRUE(error.kind() == ErrorKind::integrity || i < 20) << error.what();
        }
    }
}

TEST(CaseH5, RefusesOtherFilesAndVersions) {
    auto bytes = sample_bytes();
    auto const kind = [&] {
        try {
            check_user_block(bytes);
        } catch (Error const& error) {
            return error.kind();
        }
        return ErrorKind::internal;
    };
    bytes[18] = std::byte{'2'};
    EXPECT_EQ(kind(), ErrorKind::unsupported);
    bytes[0] = std::byte{'X'};
    EXPECT_EQ(kind(), ErrorKind::format);
    bytes.clear();
    EXPECT_EQ(kind(), ErrorKind::format);
}

TEST(CaseH5, NamesAMissingFileAndAMissingReader) {
    for (auto const& [file, program] :
         {std::pair<std::filesystem::path, std::filesystem::path>{"/no/such/case.h5", reader},
          std::pair<std::filesystem::path, std::filesystem::path>{"", "/no/such/reader"}}) {
        auto path = file;
        if (path.empty()) {
            path = std::filesystem::path{testing::TempDir()} / "reader.h5";
            write_file(path, sample_bytes());
        }
        try {
            (void)read_case_h5(path, program);
            FAIL();
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::io) << error.full_text();
        }
    }
}

// Files with a hash that fits, as from someone who wants to deceive: one answer of the two only.
// scripts/study_case_files does ten times as many.
TEST(SlowCaseH5, SurvivesRandomDamageUnderAFittingHash) {
    auto const good = sample_bytes();
    auto const expected = to_bytes(test::sample_case());
    Random random{11, 0, 0};
    int refused = 0;
    int const trials = 150 * study_times();
    for (int i = 0; i < trials; ++i) {
        auto bytes = good;
        int const places = 1 + i % 3;
        for (int k = 0; k < places; ++k) {
            auto const at = 512 + static_cast<std::size_t>(random.uniform() *
                                                           static_cast<double>(good.size() - 512));
            bytes[at] ^= static_cast<std::byte>(1.0 + random.uniform() * 255.0);
        }
        seal(bytes);
        try {
            // Damage in unused space changes nothing; anything else must be seen.
            EXPECT_EQ(to_bytes(to_kept_case_from_h5(bytes, reader)), expected) << i;
        } catch (Error const& error) {
            ++refused;
            EXPECT_TRUE(error.kind() == ErrorKind::format ||
                        error.kind() == ErrorKind::unsupported || error.kind() == ErrorKind::limits)
                << error.full_text();
        }
    }
    EXPECT_GT(refused, trials / 3);
}

} // namespace
