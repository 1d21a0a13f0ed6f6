// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the world around a process must not change; each case is a process of its own.

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/renderer.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using cmq::render::test::run_command;
using cmq::render::test::test_folder;
using testing::HasSubstr;

std::string const child = CMQ_RENDER_CHILD;

class Environment : public testing::TestWithParam<char const*> {};

TEST_P(Environment, GivesTheSameBytesEverywhere) {
    std::string const kind = GetParam();
    auto const folder = test_folder();
    std::string const plain = (folder / "plain").string();
    ASSERT_EQ(
        run_command("env -u DISPLAY -u LC_ALL -u LANG TZ=UTC " + child + " " + kind + " " + plain)
            .status,
        0);
    auto const expected = cmq::read_file(plain);
    ASSERT_GT(expected.size(), 1000U);
    std::string const other = (folder / "other").string();
    for (std::string const variables : {"TZ=America/New_York",
                                        "TZ=Asia/Kathmandu LC_ALL=fr_FR.UTF-8 LANG=fr_FR.UTF-8",
                                        "LC_ALL=C.UTF-8 QT_SCALE_FACTOR=2",
                                        "QT_FONT_DPI=192 QT_STYLE_OVERRIDE=Windows",
                                        "DISPLAY=:97 QT_QPA_PLATFORM=xcb",
                                        "HOME=/nonexistent XDG_RUNTIME_DIR=/nonexistent"}) {
        auto const ran = run_command(variables + " " + child + " " + kind + " " + other);
        ASSERT_EQ(ran.status, 0) << variables << ": " << ran.output;
        EXPECT_EQ(ran.output, "") << variables;
        EXPECT_EQ(cmq::read_file(other), expected) << variables;
    }
}

INSTANTIATE_TEST_SUITE_P(Outputs,
                         Environment,
                         testing::Values("pdf", "byhand", "png", "svg"),
                         [](auto const& each) { return std::string{each.param}; });

TEST(EnsureApplicationRefuses, AMachineWithoutFonts) {
    auto const folder = test_folder();
    auto const fonts = folder / "fonts";
    std::filesystem::create_directories(fonts);
    std::string const settings = (folder / "fonts.conf").string();
    cmq::write_file(
        settings,
        std::string_view{"<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n"
                         "<fontconfig><dir>" +
                         fonts.string() + "</dir></fontconfig>\n"});
    auto const note = folder / "note.pdf";
    auto const ran =
        run_command("FONTCONFIG_FILE=" + settings + " " + child + " pdf " + note.string());
    EXPECT_EQ(ran.status, static_cast<int>(cmq::ErrorKind::io));
    EXPECT_THAT(ran.output, HasSubstr("Liberation Sans"));
    EXPECT_THAT(ran.output, HasSubstr("install the package fonts-liberation2"));
    EXPECT_FALSE(std::filesystem::exists(note));
}

} // namespace
