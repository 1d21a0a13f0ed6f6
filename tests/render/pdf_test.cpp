// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/pdf.hpp"

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/renderer.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/render/sample_document.hpp"

#include <QImage>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string>

namespace {

namespace report = cmq::report;
using cmq::render::make_renderer;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::sample_document;
using cmq::render::test::test_folder;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Pdf : public testing::Test {
protected:
    // The sample document as a file.
    static std::string make(report::Document const& document = sample_document()) {
        auto const path = test_folder() / "note.pdf";
        cmq::write_file(path, make_renderer().pdf(document));
        return path.string();
    }
};

std::string without_space(std::string const& text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](unsigned char c) {
        return std::isspace(c) == 0;
    });
    return result;
}

std::string one_line(std::string const& text) {
    std::istringstream words{text};
    std::string result;
    for (std::string word; words >> word;) {
        result += (result.empty() ? "" : " ") + word;
    }
    return result;
}

TEST_F(Pdf, GivesBackItsTextToASearch) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    std::string const text = run_command("pdftotext " + make() + " -").output;
    std::string const line = one_line(text);
    for (char const* part :
         {"« réagit aux UV » (page 3)",
          "log₁₀ du rapport est ≥ 1,3 → voir le tableau 1 ; l’œuvre, le cœur, Noël, façade, "
          "difficile, efficace.",
          "DÉMONSTRATION : fichiers simulés",
          "evidence.dng",
          "page 1 sur ",
          "1/100",
          "0,001",
          "10 mm",
          "Prévalence des fluorescences",
          "180 min"}) {
        EXPECT_THAT(line, HasSubstr(part));
    }
    // Whatever the line breaks: the hash is whole, letter by letter, in the text and in the table.
    std::string const hash = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
    EXPECT_THAT(without_space(text), HasSubstr("SHA-256" + hash));
    EXPECT_THAT(text, Not(HasSubstr("\t")));
    EXPECT_THAT(text, Not(HasSubstr("\uFB01")));
}

TEST_F(Pdf, HasBannersAndPageNumbersOnEveryPage) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    std::string const path = make();
    std::istringstream pages{run_command("pdftotext -layout " + path + " -").output};
    int page = 0;
    for (std::string text; std::getline(pages, text, '\f');) {
        ++page;
        EXPECT_THAT(text, HasSubstr("DÉMONSTRATION")) << page;
        EXPECT_THAT(text, HasSubstr("calcul non relu")) << page;
        EXPECT_THAT(text, HasSubstr("demo-1")) << page;
        EXPECT_THAT(text, HasSubstr("2026-11-21")) << page;
        EXPECT_THAT(text, HasSubstr("page " + std::to_string(page) + " sur 7")) << page;
    }
    EXPECT_EQ(page, 7);
}

TEST_F(Pdf, PrintsEachRowOfALongTableOnceAndTheHeaderOnEachOfItsPages) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::Document document = sample_document(1);
    document.blocks.clear();
    report::TableBlock table{.caption = "T", .columns = {{.heading = "Kopf"}}, .rows = {}};
    for (int i = 0; i < 150; ++i) {
        table.rows.push_back({{{.text = "row" + std::to_string(i) + "."}}});
    }
    document.blocks.emplace_back(table);
    std::string const text = run_command("pdftotext -layout " + make(document) + " -").output;
    auto const count = [&](std::string const& what) {
        int n = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
            ++n;
        }
        return n;
    };
    for (int i = 0; i < 150; ++i) {
        EXPECT_EQ(count("row" + std::to_string(i) + "."), 1) << i;
    }
    EXPECT_EQ(count("Kopf"), count("\f"));
    EXPECT_GT(count("\f"), 3);
}

TEST_F(Pdf, PassesTheCheckOfQpdf) {
    if (!has_program("qpdf")) {
        GTEST_SKIP() << "qpdf is not installed";
    }
    auto const checked = run_command("qpdf --check " + make());
    EXPECT_EQ(checked.status, 0);
    EXPECT_THAT(checked.output, HasSubstr("No syntax or stream encoding errors found"));
    EXPECT_THAT(checked.output, Not(HasSubstr("WARNING")));
}

// PDFBox Preflight (Debian); what it wants beside its own jar is named one by one.
std::string preflight(std::string const& path) {
    std::string classes;
    for (char const* jar : {"preflight",
                            "pdfbox2",
                            "xmpbox",
                            "fontbox2",
                            "commons-logging",
                            "javax.activation",
                            "jaxb-api",
                            "jaxb-runtime"}) {
        classes += std::string{"/usr/share/java/"} + jar + ".jar:";
    }
    return "java -Djava.awt.headless=true -cp " + classes +
           " org.apache.pdfbox.preflight.Validator_A1b " + path;
}

class SlowPdf : public Pdf {}; // Java

TEST_F(SlowPdf, IsValidPdfA1b) {
    if (!has_program("java") || !has_program("qpdf") ||
        !std::filesystem::exists("/usr/share/java/preflight.jar")) {
        GTEST_SKIP() << "PDFBox Preflight (packages libpdfbox2-java, libjaxb-java, "
                        "libactivation-java), java or qpdf is not installed";
    }
    std::string const path = (test_folder() / "plain.pdf").string();
    cmq::render::ensure_application();
    cmq::write_file(path, cmq::render::to_pdf(sample_document(), cmq::render::PdfForm::plain));
    auto const valid = run_command(preflight(path));
    EXPECT_EQ(valid.status, 0) << valid.output;
    EXPECT_THAT(valid.output, HasSubstr("is a valid PDF/A-1b file"));
    // The validator can say no: qpdf by itself leaves out the end of line that 6.1.7 asks for.
    ASSERT_EQ(run_command("qpdf " + path + " " + path + ".plain").status, 0);
    auto const invalid = run_command(preflight(path + ".plain"));
    EXPECT_EQ(invalid.status, 255);
    EXPECT_THAT(invalid.output, HasSubstr("before the endstream keyword"));
}

// What a build without libqpdf writes.
TEST_F(SlowPdf, IsValidPdfA1bWithoutQpdfToo) {
    if (!has_program("java") || !std::filesystem::exists("/usr/share/java/preflight.jar")) {
        GTEST_SKIP() << "PDFBox Preflight (packages libpdfbox2-java, libjaxb-java, "
                        "libactivation-java) or java is not installed";
    }
    cmq::render::ensure_application();
    for (char const* const date : {"2026-11-21", ""}) {
        report::Document document = sample_document();
        document.date = date;
        std::string const path = (test_folder() / "by_hand.pdf").string();
        cmq::write_file(path, cmq::render::to_pdf(document, cmq::render::PdfForm::by_hand));
        auto const valid = run_command(preflight(path));
        EXPECT_EQ(valid.status, 0) << valid.output;
        EXPECT_THAT(valid.output, HasSubstr("is a valid PDF/A-1b file"));
    }
}

TEST_F(Pdf, IsWholeWithoutQpdfToo) {
    if (!has_program("qpdf") || !has_program("pdftotext")) {
        GTEST_SKIP() << "qpdf or pdftotext (package poppler-utils) is not installed";
    }
    cmq::render::ensure_application();
    std::string const tagged = one_line(run_command("pdftotext " + make() + " -").output);
    std::string const path = (test_folder() / "by_hand.pdf").string();
    cmq::write_file(path, cmq::render::to_pdf(sample_document(), cmq::render::PdfForm::by_hand));
    auto const checked = run_command("qpdf --check " + path);
    EXPECT_EQ(checked.status, 0) << checked.output;
    EXPECT_THAT(checked.output, Not(HasSubstr("WARNING")));
    std::string const text = one_line(run_command("pdftotext " + path + " -").output);
    EXPECT_EQ(text, tagged); // the same words
    EXPECT_THAT(text, HasSubstr("6b86b273ff34"));
    std::string const info = run_command("TZ=UTC pdfinfo " + path).output;
    EXPECT_THAT(info, testing::ContainsRegex("CreationDate: +Sat Nov 21 00:00:00 2026"));
    // Marks are for libqpdf to replace: none is drawn here.
    EXPECT_THAT(run_command("qpdf --qdf --object-streams=disable " + path + " -").output,
                Not(HasSubstr("-7000000")));
    // Three pictures of 420 x 300 and 640 x 240, each with its own pixels.
    std::string const pictures = run_command("pdfimages -list " + path).output;
    EXPECT_THAT(pictures,
                AllOf(HasSubstr(" 420   300 "), HasSubstr(" 640   240 "), Not(HasSubstr("jpeg"))));
}

TEST_F(Pdf, EmbedsAllFontsAndOnlyLiberation) {
    if (!has_program("pdffonts")) {
        GTEST_SKIP() << "pdffonts (package poppler-utils) is not installed";
    }
    std::istringstream lines{run_command("pdffonts " + make()).output};
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    int fonts = 0;
    for (; std::getline(lines, line); ++fonts) {
        EXPECT_THAT(line, HasSubstr("Liberation"));
        EXPECT_THAT(line, HasSubstr(" yes ")) << "embedded";
    }
    EXPECT_EQ(fonts, 5); // Sans and Serif, regular and bold, and Mono
}

TEST_F(Pdf, HoldsThePicturesWithoutLossAndChartsAsVectors) {
    if (!has_program("pdfimages")) {
        GTEST_SKIP() << "pdfimages (package poppler-utils) is not installed";
    }
    std::string const path = make();
    auto const prefix = std::filesystem::path{path}.parent_path() / "image";
    ASSERT_EQ(run_command("pdfimages -png " + path + " " + prefix.string()).status, 0);
    // The three pictures of the sample, in their order, and no fourth image.
    std::vector<QSize> const sizes{{420, 300}, {420, 300}, {640, 240}};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        QImage const image{
            QString::fromStdString(prefix.string() + "-00" + std::to_string(i) + ".png")};
        ASSERT_EQ(image.size(), sizes[i]);
        auto const expected =
            cmq::render::test::sample_picture(image.width(), image.height(), false).pixels;
        std::size_t at = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x, at += 3) {
                QColor const colour{expected.rgb[at], expected.rgb[at + 1], expected.rgb[at + 2]};
                ASSERT_EQ(image.pixelColor(x, y), colour) << x << " " << y;
            }
        }
    }
    EXPECT_FALSE(std::filesystem::exists(prefix.string() + "-003.png"));
}

TEST_F(Pdf, HoldsEqualPicturesOnce) {
    if (!cmq::render::has_qpdf()) {
        GTEST_SKIP() << "this build has no libqpdf";
    }
    if (!has_program("pdfimages")) {
        GTEST_SKIP() << "pdfimages (package poppler-utils) is not installed";
    }
    // Number of the file's object: the 11th column of each line of pictures.
    std::istringstream lines{run_command("pdfimages -list " + make()).output};
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    std::vector<std::string> objects;
    while (std::getline(lines, line)) {
        std::istringstream columns{line};
        std::string column;
        for (int i = 0; i < 11; ++i) {
            columns >> column;
        }
        objects.push_back(column);
    }
    ASSERT_EQ(objects.size(), 3U);
    EXPECT_EQ(objects[0], objects[1]); // untouched and marked
    EXPECT_NE(objects[0], objects[2]);
}

TEST_F(Pdf, CarriesTheNotesMetadataAndBookmarks) {
    if (!cmq::render::has_qpdf()) {
        GTEST_SKIP() << "this build has no libqpdf";
    }
    if (!has_program("pdfinfo") || !has_program("qpdf")) {
        GTEST_SKIP() << "pdfinfo (package poppler-utils) or qpdf is not installed";
    }
    std::string const path = make();
    std::string const info = run_command("TZ=UTC pdfinfo -isodates " + path).output;
    EXPECT_THAT(one_line(info), HasSubstr("Title: Note technique"));
    EXPECT_THAT(one_line(info), HasSubstr("Subject: Évaluation de traces de marquage codé"));
    EXPECT_THAT(one_line(info), HasSubstr("Author: Aucun auteur & <nommé>"));
    EXPECT_THAT(one_line(info), HasSubstr("CreationDate: 2026-11-21T00:00:00Z"));
    EXPECT_THAT(one_line(info), HasSubstr("ModDate: 2026-11-21T00:00:00Z"));
    EXPECT_THAT(one_line(info), HasSubstr("Page size: 595 x 842 pts (A4)"));
    std::string const raw =
        run_command("qpdf --qdf --object-streams=disable " + path + " -").output;
    // Not HasSubstr: a failure would print the whole file. \xE9 is é in PDFDocEncoding.
    for (char const* part : {"/Lang (fr-FR)",
                             "/DisplayDocTitle true",
                             "/PageMode /UseOutlines",
                             "/Title (2. R\xE9sultats)",
                             "/Title (1.1 Hypoth\xE8ses retenues)",
                             "<pdfaid:part>3</pdfaid:part>"}) {
        EXPECT_NE(raw.find(part), std::string::npos) << part;
    }
}

TEST_F(Pdf, SaysTheSameInXmpAsInItsDictionary) {
    std::string const xmp = cmq::render::xmp_packet(sample_document(), cmq::render::PdfForm::plain);
    EXPECT_THAT(xmp, HasSubstr(">Note technique</rdf:li>"));
    EXPECT_THAT(xmp, HasSubstr(">Aucun auteur &amp; &lt;nommé&gt;</rdf:li>"));
    EXPECT_THAT(xmp, HasSubstr("<xmp:CreateDate>2026-11-21T00:00:00Z</xmp:CreateDate>"));
    EXPECT_THAT(xmp, HasSubstr("<pdf:Producer>Contremarque 0.1.0</pdf:Producer>"));
}

TEST_F(Pdf, BreaksNoWordOfATableThatFits) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::Document document = sample_document(1);
    document.blocks = {
        report::TableBlock{.caption = "T",
                           .columns = {{.heading = "Trace", .weight = 0.01}, {.heading = "Texte"}},
                           .rows = {{{{.text = "1 (saturée)"}}, {{.text = "long"}}}}}};
    std::string const text = run_command("pdftotext " + make(document) + " -").output;
    EXPECT_THAT(text, HasSubstr("Trace"));
    EXPECT_THAT(text, HasSubstr("(saturée)"));
}

// Nine columns of the width that the traces of a capture have: together they need less than a page's width.
TEST_F(Pdf, BreaksNoNumberOfAWideTableThatFits) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::TableBlock table{.caption = "T", .columns = {}, .rows = {{}}};
    for (char const* text : {"18",
                             "691,5\u202F;\u00A0550,6",
                             "276",
                             "4\u202F059\u00A0±\u00A0220",
                             "6\u202F041\u00A0±\u00A0450",
                             "6\u202F568\u00A0±\u00A0430",
                             "\u22122\u202F162\u00A0±\u00A01\u202F300",
                             "78",
                             "≤\u00A010^\u221230"}) {
        table.columns.push_back({.heading = "K", .alignment = report::Alignment::right});
        table.rows[0].push_back({{.text = text}});
    }
    report::Document document = sample_document(1);
    document.blocks = {table};
    // pdftotext writes every kind of space as the ordinary one.
    auto const plain = [](std::string words) {
        for (std::string const space : {"\u202F", "\u00A0"}) {
            for (auto at = words.find(space); at != std::string::npos; at = words.find(space)) {
                words.replace(at, space.size(), " ");
            }
        }
        return words;
    };
    std::string const text =
        plain(run_command("pdftotext -layout " + make(document) + " -").output);
    for (report::Text const& cell : table.rows[0]) {
        EXPECT_THAT(text, HasSubstr(plain(cell[0].text)));
    }
}

TEST_F(Pdf, KeepsAShortTableOnOnePage) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::TableBlock table{.caption = "T", .columns = {{.heading = "a"}}, .rows = {}};
    for (int i = 1; i <= 5; ++i) {
        table.rows.push_back({{{.text = "rang" + std::to_string(i)}}});
    }
    // Some of these tables would straddle the end of a page.
    report::Document document = sample_document(1);
    document.blocks.assign(24, table);
    std::string const text = run_command("pdftotext " + make(document) + " -").output;
    std::size_t pages = 0;
    for (std::size_t from = 0; from < text.size(); ++pages) {
        std::size_t const to = std::min(text.find('\f', from), text.size());
        std::string const page = text.substr(from, to - from);
        from = to + 1;
        auto const count = [&](std::string const& word) {
            std::size_t found = 0;
            for (auto at = page.find(word); at != std::string::npos; at = page.find(word, at + 1)) {
                ++found;
            }
            return found;
        };
        EXPECT_EQ(count("rang1"), count("rang5")) << page;
    }
    EXPECT_GT(pages, 2U);
}

TEST_F(Pdf, SplitsARowThatIsTallerThanAPage) {
    if (!has_program("pdftotext")) {
        GTEST_SKIP() << "pdftotext (package poppler-utils) is not installed";
    }
    report::Document document = sample_document(1);
    std::string words;
    for (int i = 0; i < 2000; ++i) {
        words += "mot" + std::to_string(i) + ". ";
    }
    document.blocks = {report::TableBlock{.caption = "T",
                                          .columns = {{.heading = "a"}, {.heading = "b"}},
                                          .rows = {{{{.text = "x"}}, {{.text = words}}}}}};
    std::string const text = run_command("pdftotext " + make(document) + " -").output;
    for (int i = 0; i < 2000; ++i) {
        EXPECT_THAT(text, HasSubstr("mot" + std::to_string(i) + ".")) << i;
    }
}

TEST_F(Pdf, RefusesAHeaderOfATableTallerThanAPage) {
    report::Document document = sample_document(1);
    report::TableBlock table{.caption = "Tableau", .columns = {{}}, .rows = {}};
    for (int i = 0; i < 3000; ++i) {
        table.columns[0].heading += "mot ";
    }
    document.blocks = {table};
    try {
        (void)make_renderer().pdf(document);
        FAIL() << "no Error was thrown";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::limits);
    }
}

TEST_F(Pdf, WritesAnEmptyDocument) {
    report::Document document;
    document.date = "2026-11-21";
    std::string const path = make(document);
    EXPECT_GT(std::filesystem::file_size(path), 500U);
}

// Some pages of numbered words.
std::string many_words(std::string const& name) {
    std::string words;
    for (int i = 0; i < 3000; ++i) {
        words += name + std::to_string(i) + " ";
    }
    return words + name + "fin";
}

TEST_F(Pdf, SplitsTextsThatAreTallerThanAPageAndCutsNone) {
    report::Document note;
    note.title = "Note";
    note.subtitle = many_words("soustitre");
    note.identifier = "demo-1";
    note.blocks.emplace_back(report::Contents{.title = "Sommaire"});
    note.blocks.emplace_back(
        report::Heading{.level = 1, .text = many_words("titre"), .anchor = "long"});
    note.blocks.emplace_back(report::Paragraph{.text = {{.text = "Suite."}}});
    auto table = report::TableBlock{.caption = many_words("tableau"),
                                    .columns = {{.heading = "Colonne"}},
                                    .rows = {{{{.text = "cellule"}}}}};
    note.blocks.emplace_back(table);
    auto chart = cmq::render::test::sample_range_chart();
    chart.caption = many_words("graphique");
    std::get<report::RangeChart>(chart.content).rows[0].label = many_words("ligne");
    note.blocks.emplace_back(chart);
    report::PictureRow row{.pictures = {cmq::render::test::sample_picture(420, 300, false)}};
    row.pictures[0].caption = many_words("image");
    note.blocks.emplace_back(row);
    auto const path = test_folder() / "long.pdf";
    cmq::write_file(path, make_renderer().pdf(note));
    std::string const text = run_command("pdftotext " + path.string() + " -").output;
    for (char const* const name :
         {"soustitre", "titre", "tableau", "graphique", "ligne", "image"}) {
        for (char const* const end : {"0", "1499", "2999", "fin"}) {
            EXPECT_THAT(text, HasSubstr(std::string{name} + end));
        }
    }
    EXPECT_EQ(run_command("qpdf --check " + path.string()).status, 0);
}

} // namespace
