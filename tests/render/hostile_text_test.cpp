// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whatever a document says, its PDF keeps its structure: no object, key or action that a harmless document lacks.

#include "render/application.hpp"
#include "render/pdf.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/render/sample_document.hpp"
#include "tests/report/fixture.hpp"
#include "tests/report/hostile_texts.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace {

namespace report = cmq::report;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::test_folder;
using nlohmann::json;

/// Every kind of block, with the text wherever there is one.
report::Document hostile_document(std::string const& text) {
    // What must be whole on a page may not be taller than one (limits): cut, within a character if it falls so.
    std::string const part = text.substr(0, 150);
    report::Document note;
    note.title = part;
    note.subtitle = part;
    note.subject = text;
    note.author = text;
    note.identifier = text;
    note.date = "2026-11-21";
    note.program = "Contremarque";
    note.page_label = "page {page} sur {pages}";
    note.banners = {"x" + text.substr(0, 80)};
    auto const add = [&note](report::Block block) { note.blocks.push_back(std::move(block)); };
    report::Text const all{{.text = text},
                           {.text = text, .style = report::TextStyle::bold},
                           {.text = text, .style = report::TextStyle::mono}};
    add(report::Heading{.level = 1, .text = "1. " + part, .anchor = "one"});
    add(report::Contents{.title = part});
    add(report::Paragraph{.text = all});
    add(report::Paragraph{.text = all, .style = report::ParagraphStyle::warning});
    add(report::List{.items = {all, all}});
    add(report::TableBlock{
        .caption = part, .columns = {{.heading = part}, {.heading = "b"}}, .rows = {{all, all}}});
    auto picture = cmq::render::test::sample_picture(120, 90, true);
    picture.title = picture.caption = part;
    picture.alt = text;
    picture.scale_bar->label = part;
    picture.marks.front().label = part;
    add(report::PictureRow{.pictures = {picture}});
    auto chart = cmq::render::test::sample_range_chart();
    chart.title = chart.caption = chart.x_label = part;
    chart.alt = text;
    add(chart);
    note.attachments = {{.name = "note.json",
                         .media_type = "application/json",
                         .description = text,
                         .bytes = text}};
    return note;
}

void collect(json const& value, std::set<std::string>& names) {
    if (value.is_object()) {
        for (auto const& [key, each] : value.items()) {
            if (key.starts_with("/")) {
                names.insert(key);
            }
            collect(each, names);
        }
    } else if (value.is_array()) {
        for (auto const& each : value) {
            collect(each, names);
        }
    } else if (value.is_string() && value.get<std::string>().starts_with("/")) {
        names.insert("=" + value.get<std::string>());
    }
}

/// Keys of all dictionaries, and all names that are values, but those of fonts and of what pages draw with.
std::set<std::string> names_of(std::string const& path) {
    std::set<std::string> names;
    auto const read = run_command("qpdf --json=2 --json-key=qpdf " + path);
    EXPECT_EQ(read.status, 0) << read.output.substr(0, 300); // 3: it warns of damage
    collect(json::parse(read.output), names);
    std::erase_if(names, [](std::string const& name) {
        return name.find("+Liberation") != std::string::npos || name.starts_with("/F") ||
               name.starts_with("/Pat") || name.starts_with("/Im") || name.starts_with("/GState") ||
               name == "/Next" || name == "/Prev"; // a document may have one heading or more
    });
    return names;
}

class HostilePdf : public testing::Test {
protected:
    void SetUp() override {
        if (!has_program("qpdf") || !has_program("pdftotext")) {
            GTEST_SKIP() << "qpdf or pdftotext (package poppler-utils) is not installed";
        }
        cmq::render::ensure_application();
    }

    static std::string make(report::Document const& document) {
        auto const path = test_folder() / "hostile.pdf";
        cmq::write_file(path, cmq::render::to_pdf(document));
        return path.string();
    }
};

TEST_F(HostilePdf, HasNoKeyOrNameThatAHarmlessOneLacks) {
    std::set<std::string> const harmless = names_of(make(hostile_document("x")));
    ASSERT_GT(harmless.size(), 80U);
    for (std::string const& text : report::fixture::hostile_texts()) {
        std::string const path = make(hostile_document(text));
        std::set<std::string> const names = names_of(path);
        for (std::string const& name : names) {
            EXPECT_TRUE(harmless.count(name) > 0) << name << " by " << text;
        }
        for (char const* const forbidden :
             {"/JavaScript", "/JS", "/Launch", "/URI", "/OpenAction", "/AA", "/SubmitForm"}) {
            EXPECT_EQ(names.count(forbidden), 0U) << forbidden;
        }
    }
}

// A name that would read backwards, or hide letters, is shown by its number.
TEST_F(HostilePdf, ShowsInvisibleCharactersByTheirNumbers) {
    std::string const text =
        run_command("pdftotext " + make(hostile_document("a\u202Eb\u200Bc\u2066d")) + " -").output;
    EXPECT_NE(text.find("a[U+202E]b"), std::string::npos) << text;
    EXPECT_NE(text.find("c[U+2066]d"), std::string::npos) << text;
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
}

TEST_F(HostilePdf, KeepsWordsOfAnyLengthOnThePage) {
    report::Document document = hostile_document(std::string(3000, 'w'));
    // Labels in a picture are clipped at its edge, which the boxes of words do not show.
    std::erase_if(document.blocks, [](report::Block const& block) {
        return std::holds_alternative<report::PictureRow>(block);
    });
    std::string const path = make(document);
    std::string const boxes = run_command("pdftotext -bbox " + path + " -").output;
    ASSERT_NE(boxes.find("<word"), std::string::npos);
    for (std::size_t at = boxes.find("xMax=\""); at != std::string::npos;
         at = boxes.find("xMax=\"", at + 1)) {
        EXPECT_LE(std::stod(boxes.substr(at + 6, 12)), 595.0);
    }
}

} // namespace
