// SPDX-License-Identifier: GPL-3.0-or-later

// Camera files with owner, serial numbers and place planted in them go through the commands: no output byte may hold
// them unasked, nor where the files lay.

#include "apps/cli/make_renderer.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/small_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using pipeline::test::small_case_text;
using pipeline::test::with;
using pipeline::test::write_scene;
using testing::HasSubstr;
using testing::Not;

bool has_program(std::string const& name) {
    return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

std::string bytes_of_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (char const c : text) {
        std::size_t const value = digits.find(c);
        if (value == std::string_view::npos) {
            break;
        }
        held = (held << 6U | static_cast<unsigned>(value)) & 0xffffU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xffU);
        }
    }
    return bytes;
}

/// The bytes of a file, and what others make of it: pages, tables, pictures inside.
std::string everything_in(fs::path const& file, fs::path const& scratch) {
    std::string all = read_text(file);
    auto const add_output = [&](std::string const& command) {
        fs::remove(scratch);
        EXPECT_EQ(std::system((command + " > /dev/null 2>&1").c_str()), 0) << command;
        all += read_text(scratch);
    };
    std::string const in = " '" + file.string() + "' ";
    std::string const out = "'" + scratch.string() + "'";
    if (file.extension() == ".pdf") {
        add_output("qpdf --qdf --object-streams=disable" + in + out);
        add_output("pdftotext" + in + out);
    } else if (file.extension() == ".h5") {
        add_output("h5dump -o " + out + in);                     // tables
        add_output("h5dump -d /case_text -b LE -o " + out + in); // the case, kept as bytes
    }
    for (std::size_t at = all.find("base64,"); at != std::string::npos;
         at = all.find("base64,", at + 1)) {
        all += bytes_of_base64(std::string_view{all}.substr(at + 7));
    }
    return all;
}

constexpr std::array planted{"PLANTED-ARTIST",
                             "PLANTED-COPYRIGHT",
                             "PLANTED-HOST",
                             "PLANTED-DESCRIPTION",
                             "PLANTED-OWNER",
                             "PLANTED-BODY",
                             "PLANTED-LENS",
                             "PLANTED-CAMERA",
                             "PLANTED-RAW",
                             "PLANTED-DATUM"};

class Identifying : public testing::Test {
protected:
    void SetUp() override {
        for (std::string const program : {"exiftool", "qpdf", "pdftotext", "h5dump"}) {
            if (!has_program(program)) {
                GTEST_SKIP() << program
                             << " is not installed; scripts/packages-test.txt names its package";
            }
        }
        fs::create_directories(root);
        write_scene(root / "evidence.dng", 3, 1);
        write_scene(root / "blank1.dng", 0, 2);
        write_scene(root / "blank2.dng", 0, 3);
        write_scene(root / "ambient.dng", 0, 4);
        std::string const command =
            "exiftool -q -overwrite_original -Artist=PLANTED-ARTIST -Copyright=PLANTED-COPYRIGHT "
            "-IFD0:HostComputer=PLANTED-HOST -IFD0:ImageDescription=PLANTED-DESCRIPTION "
            "-ExifIFD:OwnerName=PLANTED-OWNER -ExifIFD:SerialNumber=PLANTED-BODY "
            "-ExifIFD:LensSerialNumber=PLANTED-LENS -IFD0:CameraSerialNumber=PLANTED-CAMERA "
            "-IFD0:OriginalRawFileName=PLANTED-RAW -GPSLatitude=48.8611 -GPSLatitudeRef=N "
            "-GPSLongitude=2.3364 -GPSLongitudeRef=E -GPSMapDatum=PLANTED-DATUM "
            "-XMP-dc:Creator=PLANTED-CREATOR '" +
            root.string() + "'/*.dng";
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
        write_file(root / "case.toml", with(small_case_text(), "draws = 2048", "draws = 64"));
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] std::string path(char const* name) const { return (root / name).string(); }

    fs::path root =
        fs::temp_directory_path() / ("cmq-home-of-dupont-" + std::to_string(::getpid()));
};

TEST_F(Identifying, IsInNoOutputOfAnalyseAndReport) {
    std::string const formats = cli::can_render() ? "pdf,html,json" : "html,json";
    Outcome const outcome =
        run({"analyse", path("case.toml"), "-o", path("out"), "--format", formats, "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    ASSERT_EQ(run({"report", path("out/case.h5"), "-o", path("again"), "--format", formats}).status,
              0);
    EXPECT_THAT(outcome.out, Not(HasSubstr("PLANTED")));
    std::array<char, 256> host{};
    ASSERT_EQ(::gethostname(host.data(), host.size() - 1), 0);
    std::string const host_name{host.data()};
    std::size_t files = 0;
    for (char const* const folder : {"out", "again"}) {
        for (auto const& entry : fs::directory_iterator{root / folder}) {
            std::string const all = everything_in(entry.path(), root / "scratch");
            if (entry.path().extension() == ".h5" || entry.path().extension() == ".pdf") {
                EXPECT_NE(all.find("evidence.dng"), std::string::npos) << "was not read";
            }
            // Not by EXPECT_THAT: a failure would print megabytes.
            EXPECT_EQ(all.find("PLANTED"), std::string::npos) << entry.path();
            EXPECT_EQ(all.find("cmq-home-of-dupont"), std::string::npos) << entry.path();
            EXPECT_EQ(all.find("48.8611"), std::string::npos) << entry.path();
            EXPECT_TRUE(host_name.size() < 6 || all.find(host_name) == std::string::npos)
                << entry.path();
            ++files;
        }
    }
    EXPECT_GE(files, 9U);
}

TEST_F(Identifying, IsToldByInspectWhenAskedForAlone) {
    for (std::vector<std::string> const& words :
         std::vector<std::vector<std::string>>{{"inspect", path("evidence.dng")},
                                               {"inspect", "--json", path("evidence.dng")},
                                               {"detect", path("evidence.dng")},
                                               {"detect", "--json", path("evidence.dng")}}) {
        Outcome const outcome = run(words);
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        EXPECT_THAT(outcome.out, Not(HasSubstr("PLANTED")));
    }
    Outcome const asked = run({"inspect", "--identifying", path("evidence.dng")});
    Outcome const json = run({"inspect", "--identifying", "--json", path("evidence.dng")});
    for (char const* const word : planted) {
        EXPECT_THAT(asked.out, HasSubstr(word));
        EXPECT_THAT(json.out, HasSubstr(word));
    }
    EXPECT_THAT(asked.out, HasSubstr("GPSLatitude: 48 51 39.96"));
    EXPECT_THAT(json.out, HasSubstr("\"tag\": \"BodySerialNumber\""));
    EXPECT_THAT(run({"inspect", "--identifying", path("evidence.dng")}, Language::french).out,
                HasSubstr("identifiants"));
}

TEST_F(Identifying, AnAbsolutePathInTheCaseIsRefused) {
    write_file(root / "case.toml",
               with(small_case_text(),
                    "file = \"evidence.dng\"",
                    "file = \"" + path("evidence.dng") + '"'));
    Outcome const outcome =
        run({"analyse", path("case.toml"), "-o", path("out"), "--format", "json"});
    EXPECT_EQ(outcome.status, static_cast<int>(ErrorKind::domain));
    EXPECT_THAT(outcome.err, HasSubstr("key capture[1].file: an absolute path"));
    EXPECT_FALSE(fs::exists(root / "out" / "case.h5"));
}

} // namespace
