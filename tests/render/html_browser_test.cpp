// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The HTML of a note in a real browser: Debian's chromium-headless-shell, where it is installed.

#include "render/renderer.hpp"
#include "report/html.hpp"
#include "report/note.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/report/fixture.hpp"
#include "tests/report/hostile_texts.hpp"

#include <QColor>
#include <QImage>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace report = cmq::report;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::test_folder;
using testing::HasSubstr;

report::NoteInput plain_input() {
    report::NoteInput input = report::fixture::make_input();
    input.file.demonstration = true;
    return input;
}

class SlowBrowser : public testing::Test {
protected:
    void SetUp() override {
        if (!has_program("chromium-headless-shell")) {
            GTEST_SKIP() << "chromium-headless-shell is not installed";
        }
        folder_ = test_folder();
    }

    void write(report::NoteInput const& input) const {
        cmq::write_file(
            folder_ / "note.html",
            std::string_view{report::to_html(report::make_note(input, report::Language::french),
                                             cmq::render::make_renderer())});
    }

    // A browser of its own folder, without network. Its sandbox needs rights that a test has not.
    [[nodiscard]] std::string browse(std::string const& options) const {
        auto const ran = run_command(
            "timeout 120 chromium-headless-shell --no-sandbox --disable-gpu --hide-scrollbars "
            "--host-resolver-rules='MAP * ~NOTFOUND' --user-data-dir='" +
            (folder_ / "profile").string() + "' " + options + " 'file://" +
            (folder_ / "note.html").string() + "' 2>/dev/null");
        EXPECT_EQ(ran.status, 0);
        return ran.output;
    }

    [[nodiscard]] QImage picture(std::string const& options) const {
        auto const path = folder_ / "picture.png";
        (void)browse("--window-size=900,700 --screenshot='" + path.string() + "' " + options);
        return QImage{QString::fromStdString(path.string())};
    }

    std::filesystem::path folder_;
};

// Names of the elements in order. What stands in quotes within a tag is no tag.
std::vector<std::string> elements(std::string const& html) {
    std::vector<std::string> names;
    for (std::size_t at = html.find('<'); at != std::string::npos;) {
        std::size_t end = at + 1;
        while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end])) != 0) {
            ++end;
        }
        if (end > at + 1) {
            names.push_back(html.substr(at + 1, end - at - 1));
        }
        char quote = 0;
        for (; end < html.size() && (quote != 0 || html[end] != '>'); ++end) {
            if (quote != 0) {
                quote = html[end] == quote ? '\0' : quote;
            } else if (html[end] == '"') {
                quote = '"';
            }
        }
        at = html.find('<', end);
    }
    return names;
}

TEST_F(SlowBrowser, BuildsTheElementsThatWereWrittenAndNoOther) {
    write(plain_input());
    std::string const source = cmq::read_text(folder_ / "note.html");
    auto const built = elements(browse("--dump-dom"));
    EXPECT_GT(built.size(), 300U);
    EXPECT_EQ(built, elements(source));
}

TEST_F(SlowBrowser, BuildsNoOtherElementsOfHostileTexts) {
    report::NoteInput input = plain_input();
    report::fixture::plant(input, "x");
    write(input);
    auto const kinds = [this] {
        auto const names = elements(browse("--dump-dom"));
        return std::set<std::string>(names.begin(), names.end());
    };
    auto const harmless = kinds(); // longer labels of charts take more of the same elements
    ASSERT_GT(harmless.size(), 20U);
    // All of them in one text, so that one start of the browser is enough.
    std::string all;
    for (std::string const& text : report::fixture::hostile_texts()) {
        all += text.substr(0, 200) + " ";
    }
    report::fixture::plant(input, all);
    write(input);
    EXPECT_EQ(kinds(), harmless);
}

TEST_F(SlowBrowser, IsLightOrDarkAsTheReaderAsks) {
    write(plain_input());
    QColor const light = picture("--blink-settings=preferredColorScheme=1").pixelColor(2, 2);
    QColor const dark = picture("--blink-settings=preferredColorScheme=0").pixelColor(2, 2);
    EXPECT_GT(light.lightness(), 250);
    EXPECT_LT(dark.lightness(), 40);
}

TEST_F(SlowBrowser, PrintsBlackOnWhiteWithItsBannersOnEveryPage) {
    if (!has_program("pdftotext") || !has_program("pdftoppm")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    write(plain_input());
    auto const path = (folder_ / "print.pdf").string();
    (void)browse("--blink-settings=preferredColorScheme=0 --no-pdf-header-footer --print-to-pdf='" +
                 path + "'");
    std::istringstream pages{run_command("pdftotext " + path + " -").output};
    int count = 0;
    for (std::string page; std::getline(pages, page, '\f'); ++count) {
        EXPECT_THAT(page, HasSubstr("DÉMONSTRATION")) << count;
    }
    EXPECT_GT(count, 3);
    ASSERT_EQ(run_command("pdftoppm -r 20 -f 1 -l 1 -singlefile -png " + path + " " +
                          (folder_ / "page").string())
                  .status,
              0);
    QImage const page{QString::fromStdString((folder_ / "page.png").string())};
    EXPECT_EQ(page.pixelColor(2, 2), QColor(Qt::white));
}

TEST_F(SlowBrowser, PrintsACaptionOnThePageOfItsTable) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::Document note;
    note.title = "Note";
    constexpr int tables = 40;
    for (int i = 0; i < tables; ++i) {
        std::string words;
        for (int word = 0; word < 40 + 23 * (i % 11); ++word) { // tables begin anywhere on a page
            words += "mot ";
        }
        note.blocks.emplace_back(report::Paragraph{.text = {{.text = words}}});
        std::string const number = std::to_string(i) + ".";
        note.blocks.emplace_back(
            report::TableBlock{.caption = "Tableau" + number,
                               .columns = {{.heading = "Colonne"}},
                               .rows = {{{{.text = "Ligne" + number}}}, {{{.text = "Suite"}}}}});
    }
    cmq::write_file(folder_ / "note.html",
                    std::string_view{report::to_html(note, cmq::render::make_renderer())});
    auto const path = (folder_ / "print.pdf").string();
    (void)browse("--no-pdf-header-footer --print-to-pdf='" + path + "'");
    std::istringstream pages{run_command("pdftotext " + path + " -").output};
    int found = 0;
    for (std::string page; std::getline(pages, page, '\f');) {
        for (int i = 0; i < tables; ++i) {
            std::string const number = std::to_string(i) + ".";
            bool const has_caption = page.find("Tableau" + number) != std::string::npos;
            EXPECT_EQ(has_caption, page.find("Ligne" + number) != std::string::npos) << i;
            found += has_caption ? 1 : 0;
        }
    }
    EXPECT_EQ(found, tables);
}

// The widest thing that does not scroll by itself decides how wide a phone must draw the page.
TEST_F(SlowBrowser, FitsANarrowScreen) {
    write(plain_input());
    auto const path = folder_ / "narrow.png";
    (void)browse("--window-size=500,3000 --screenshot='" + path.string() + "'");
    QImage const image{QString::fromStdString(path.string())};
    ASSERT_EQ(image.width(), 500);
    QColor const ground = image.pixelColor(2, 2);
    for (int y = 0; y < image.height(); ++y) { // the right margin of the body stays empty
        ASSERT_EQ(image.pixelColor(image.width() - 3, y), ground) << y;
    }
}

} // namespace
