// SPDX-License-Identifier: GPL-3.0-or-later

// A folder as it could come from the other party: whatever lies in it, inspect says one thing of each file.

#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "core/random.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/times.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using Bytes = std::vector<std::byte>;

Bytes small_dng(capture::DngCompression compression) {
    capture::SceneSettings settings;
    settings.shape = {96, 160};
    auto const scene = capture::simulate_scene(settings, 1);
    auto picture = capture::to_dng_picture(scene);
    picture.compression = compression;
    return capture::to_dng(picture);
}

Bytes to_bytes(std::string_view text) {
    auto const bytes = std::as_bytes(std::span{text});
    return {bytes.begin(), bytes.end()};
}

// The value of a tag of the file's one directory, in place: type and count stay.
void set_tag(Bytes& dng, std::uint16_t tag, std::uint32_t value) {
    for (std::size_t at = 0; at + 12 <= dng.size(); ++at) {
        std::array<std::uint16_t, 2> head{};
        std::memcpy(head.data(), dng.data() + at, 4);
        std::uint32_t count = 0;
        std::memcpy(&count, dng.data() + at + 4, 4);
        bool const number = head[1] == 3 || head[1] == 4;
        if (head[0] == tag && number && count == 1) {
            std::memcpy(dng.data() + at + 8, &value, head[1] == 3 ? 2 : 4);
        }
    }
}

// A folder of its own, and all that is put into it.
class SlowHostileFiles : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("contremarque-hostile-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    void add(std::string const& name, Bytes const& bytes) {
        // Not write_file: syncing thousands of files to the disk takes longer than reading them.
        std::ofstream{folder / name, std::ios::binary}.write(
            reinterpret_cast<char const*>(bytes.data()), std::ssize(bytes));
        files.push_back((folder / name).string());
    }

    // One result or one line of error for each file, and nothing else.
    void expect_one_answer_each() {
        std::vector<std::string> words{"inspect", "--json"};
        words.insert(words.end(), files.begin(), files.end());
        Outcome const outcome = run(words);
        auto const read = nlohmann::json::parse(outcome.out).at("results").size();
        auto const lines = static_cast<std::size_t>(std::ranges::count(outcome.err, '\n'));
        EXPECT_EQ(read + lines, files.size()) << outcome.err.substr(0, 2000);
        EXPECT_NE(outcome.status, 1) << "an internal error";
        for (char const c : outcome.err) {
            ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20U)
                << "a control character";
        }
        std::istringstream all{outcome.err};
        std::string line;
        while (std::getline(all, line)) {
            ASSERT_TRUE(line.starts_with("contremarque inspect: ")) << line;
            ASSERT_LT(line.size(), 500U) << line;
        }
        RecordProperty("read", static_cast<int>(read));
        RecordProperty("refused", static_cast<int>(lines));
    }

    std::filesystem::path folder;
    std::vector<std::string> files;
};

TEST_F(SlowHostileFiles, CutShortAt200Places) {
    for (auto const compression :
         {capture::DngCompression::none, capture::DngCompression::lossless_jpeg}) {
        Bytes const whole = small_dng(compression);
        for (std::size_t i = 0; i < 100; ++i) {
            // The last 512 bytes mean nothing: they only let readers look a little too far.
            auto const length = static_cast<std::ptrdiff_t>((whole.size() - 512) * i / 100);
            add(std::string{capture::to_text(compression)} + std::to_string(i) + ".dng",
                {whole.begin(), whole.begin() + length});
        }
    }
    Outcome const outcome = [&] {
        std::vector<std::string> words{"inspect"};
        words.insert(words.end(), files.begin(), files.end());
        return run(words);
    }();
    EXPECT_EQ(outcome.out, "") << "a file cut short was read";
    expect_one_answer_each();
}

TEST_F(SlowHostileFiles, BitsFlippedInManyWays) {
    auto const ways = static_cast<std::uint64_t>(200 * study_times());
    for (auto const compression :
         {capture::DngCompression::none, capture::DngCompression::lossless_jpeg}) {
        Bytes const whole = small_dng(compression);
        for (std::uint64_t i = 0; i < ways; ++i) {
            Random random{20261122, static_cast<std::uint32_t>(compression), i};
            Bytes bytes = whole;
            for (std::uint32_t flip = 0; flip <= random.bits32() % 4; ++flip) {
                // Half of them where the directory stands, at the end of the file.
                std::size_t const from = random.uniform() < 0.5 ? bytes.size() - 1200 : 0;
                std::size_t const at = from + random.bits64() % (bytes.size() - from);
                bytes[at] ^= static_cast<std::byte>(1U << random.bits32() % 8U);
            }
            add(std::string{capture::to_text(compression)} + std::to_string(i) + ".dng", bytes);
        }
    }
    expect_one_answer_each();
}

TEST_F(SlowHostileFiles, OtherKindsUnderTheNameOfACameraFile) {
    Bytes const dng = small_dng(capture::DngCompression::none);
    add("empty.dng", {});
    add("text.CR2", to_bytes("II*\0 this is a letter, not a picture"));
    add("page.nef", to_bytes("%PDF-1.7\n1 0 obj\n"));
    add("archive.dng", to_bytes(std::string_view{"PK\3\4\24\0\0\0\10\0", 10}));
    add("program.ARW",
        to_bytes("\x7f"
                 "ELF\2\1\1"));
    add("picture.CR3", to_bytes("\xff\xd8\xff\xe0 and so on"));
    add("zeros.dng", Bytes(100'000));
    add("dng.jpg", dng);
    add("dng.txt", dng);
    add("dng", dng);
    // Names that could move the cursor or add a line.
    add("a\nb.dng", to_bytes("nothing"));
    add("\x1b[2J.dng", to_bytes("nothing"));
    add("\xc2\x9b"
        "31m.dng",
        to_bytes("nothing"));
    expect_one_answer_each();
}

TEST_F(SlowHostileFiles, ClaimsOfSizeBeyondTheFile) {
    for (auto const compression :
         {capture::DngCompression::none, capture::DngCompression::lossless_jpeg}) {
        Bytes const whole = small_dng(compression);
        std::string const kind{capture::to_text(compression)};
        for (std::uint32_t const side :
             {1U << 14U, 1U << 15U, 65'534U, 1U << 17U, 0x7fffffffU, 0xffffffffU}) {
            Bytes bytes = whole;
            set_tag(bytes, 0x0100, side);
            add(kind + "_wide" + std::to_string(side) + ".dng", bytes);
            set_tag(bytes, 0x0101, side);
            add(kind + "_large" + std::to_string(side) + ".dng", bytes);
        }
        for (std::uint32_t const samples : {0U, 2U, 3U, 65'535U}) {
            Bytes bytes = whole;
            set_tag(bytes, 0x0115, samples);
            add(kind + "_samples" + std::to_string(samples) + ".dng", bytes);
            set_tag(bytes, 0x0115, 1);
            set_tag(bytes, 0x0102, samples);
            add(kind + "_bits" + std::to_string(samples) + ".dng", bytes);
        }
        // Every compression that a TIFF file can name: none may be tried that is not on the list.
        for (std::uint32_t const method :
             {2U, 5U, 6U, 7U, 8U, 9U, 34892U, 32767U, 32769U, 32770U, 34713U, 65535U}) {
            Bytes bytes = whole;
            set_tag(bytes, 0x0103, method);
            add(kind + "_method" + std::to_string(method) + ".dng", bytes);
        }
    }
    // Pictures that unpack to far more than their bytes.
    std::string png{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x10\2\0\0\0\0\0\0\0",
                    33};
    add("gigapixel.png", to_bytes(png));
    std::string jpeg{"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9",
                     23};
    add("gigapixel.jpg", to_bytes(jpeg));
    expect_one_answer_each();
}

TEST_F(SlowHostileFiles, LinksAndWhatIsNoFile) {
    auto const link = [&](std::string const& name, std::filesystem::path const& to) {
        std::filesystem::create_symlink(to, folder / name);
        files.push_back((folder / name).string());
    };
    link("itself.dng", folder / "itself.dng");
    link("nowhere.dng", folder / "not there.dng");
    link("zero.dng", "/dev/zero");
    link("random.dng", "/dev/urandom");
    link("terminal.dng", "/dev/tty");
    link("memory.dng", "/proc/self/mem");
    link("passwords.dng", "/etc/passwd");
    link("folder.dng", folder);
    ASSERT_EQ(::mkfifo((folder / "pipe.dng").c_str(), 0600), 0);
    files.push_back((folder / "pipe.dng").string());
    files.push_back(folder.string());
    expect_one_answer_each();
    Outcome const outcome = run({"inspect", (folder / "passwords.dng").string()});
    EXPECT_EQ(outcome.err.find("root:"), std::string::npos) << "what lies in the file was told";
}

// After all of the above in one process (ctest runs each alone, so here once more): no decoder grew beyond what
// it may take for the largest picture, 400 MB and 6 bytes a photosite of 200 million.
TEST_F(SlowHostileFiles, TakeNoMoreMemoryThanTheLimit) {
    for (std::uint32_t const side : {8'000U, 14'000U, 40'000U}) {
        Bytes bytes = small_dng(capture::DngCompression::lossless_jpeg);
        set_tag(bytes, 0x0100, side);
        set_tag(bytes, 0x0101, side);
        add("side" + std::to_string(side) + ".dng", bytes);
    }
    expect_one_answer_each();
    rusage usage{};
    ASSERT_EQ(::getrusage(RUSAGE_CHILDREN, &usage), 0);
    EXPECT_LT(usage.ru_maxrss, 1'600'000) << "kilobytes";
    RecordProperty("largest_child_kb", static_cast<int>(usage.ru_maxrss));
}

} // namespace
