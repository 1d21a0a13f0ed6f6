// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What makes a PDF one of PDF/A-3a and PDF/UA-1, read from outside: qpdf's JSON of the file, and its operators.

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/pdf.hpp"
#include "render/pdf_tags.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/render/sample_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace report = cmq::report;
using cmq::render::PdfForm;
using cmq::render::replace_marks;
using cmq::render::TaggedPage;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::sample_document;
using cmq::render::test::test_folder;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReplaceMarks, MakesSequencesOfMarksAndArtifactsOfTheRest) {
    TaggedPage const page = replace_marks("1 0 0 1 0 0 cm\n"
                                          "0 0 9 9 re\nf\n"
                                          "-7000006 -7000000 1 1 re\nf\n"
                                          "q\nBT\n<0001> Tj\nET\n"
                                          "-7000000 -7000000 1 1 re\nf\n"
                                          "Q\n"
                                          "-7000003 -7000000 1 1 re\nf\n"
                                          "/Im5 Do\n"
                                          "-7000000 -7000000 1 1 re\nf\n",
                                          true);
    EXPECT_EQ(page.operators,
              "/Artifact BMC\n1 0 0 1 0 0 cm\n0 0 9 9 re\nf\nEMC\n"
              "/P <</MCID 0>> BDC\nq\nBT\n<0001> Tj\nET\nEMC\n"
              "Q\n"
              "/P <</MCID 1>> BDC\n/Im5 Do\nEMC\n");
    EXPECT_THAT(page.elements, ElementsAre(5U, 2U));
}

TEST(ReplaceMarks, LeavesNothingOfThemWithoutTags) {
    EXPECT_EQ(replace_marks("-7000001 -7000000 1 1 re\nf\nBT\n<0001> Tj\nET\n"
                            "-7000000 -7000000 1 1 re\nf\n",
                            false)
                  .operators,
              "BT\n<0001> Tj\nET\n");
}

TEST(ReplaceMarks, TagsNothingWhereNothingIsPainted) {
    TaggedPage const page =
        replace_marks("-7000001 -7000000 1 1 re\nf\nq\nQ\n-7000000 -7000000 1 1 re\nf\n", true);
    EXPECT_EQ(page.operators, "q\nQ\n");
    EXPECT_TRUE(page.elements.empty());
}

TEST(ReplaceMarks, RefusesMarksThatDoNotMatch) {
    for (std::string const operators :
         {"-7000001 -7000000 1 1 re\nf\n",                                 // never ends
          "-7000000 -7000000 1 1 re\nf\n",                                 // never begins
          "-7000001 -7000000 1 1 re\nf\n-7000002 -7000000 1 1 re\nf\n",    // two at a time
          "-7000001 -7000000 1 1 re\nS\n-7000000 -7000000 1 1 re\nf\n"}) { // drawn otherwise
        try {
            (void)replace_marks(operators, true);
            ADD_FAILURE() << operators;
        } catch (cmq::Error const& error) {
            EXPECT_EQ(error.kind(), cmq::ErrorKind::internal);
        }
    }
}

// A document read back: objects by number, as qpdf's JSON (version 2) gives them.
class TaggedPdf : public testing::Test {
protected:
    void SetUp() override {
        if (!has_program("qpdf")) {
            GTEST_SKIP() << "qpdf is not installed";
        }
    }

    static report::Document document() {
        report::Document note = sample_document();
        note.blocks.insert(note.blocks.begin(), report::Contents{.title = "Sommaire"});
        note.attachments = {{.name = "note.json",
                             .media_type = "application/json",
                             .description = "Les nombres de la note",
                             .bytes = "{\"a\": 1}\n"},
                            {.name = "ledger.txt",
                             .media_type = "text/plain",
                             .description = "Registre",
                             .bytes = "0123\n"}};
        return note;
    }

    void read(report::Document const& note = document(), PdfForm form = PdfForm::tagged) {
        cmq::render::ensure_application();
        path_ = (test_folder() / "note.pdf").string();
        cmq::write_file(path_, cmq::render::to_pdf(note, form));
        auto const dumped = run_command("qpdf --json=2 --json-key=qpdf " + path_);
        ASSERT_EQ(dumped.status, 0);
        objects_ = json::parse(dumped.output).at("qpdf").at(1);
        root_ = object(objects_.at("trailer").at("value").at("/Root"));
    }

    // Follows a reference ("12 0 R").
    [[nodiscard]] json object(json const& value) const {
        if (value.is_string()) {
            std::string const text = value.get<std::string>();
            if (text.size() > 4 && text.substr(text.size() - 4) == " 0 R") {
                json const& target = objects_.at("obj:" + text);
                return target.contains("value") ? target.at("value") : target.at("stream");
            }
        }
        return value;
    }

    [[nodiscard]] std::vector<json> kids(json const& element) const {
        std::vector<json> result;
        for (json const& kid : element.at("/K")) {
            result.push_back(object(kid));
        }
        return result;
    }

    // All elements below, in reading order.
    void walk(json const& element, std::vector<json>& found) const {
        found.push_back(element);
        for (json const& kid : kids(element)) {
            if (kid.contains("/S")) {
                walk(kid, found);
            }
        }
    }

    [[nodiscard]] std::vector<json> elements() const {
        std::vector<json> found;
        json const tree = object(root_.at("/StructTreeRoot"));
        for (json const& top : tree.at("/K")) {
            walk(object(top), found);
        }
        return found;
    }

    [[nodiscard]] std::vector<json> elements(std::string const& role) const {
        std::vector<json> found = elements();
        std::erase_if(found, [&](json const& each) { return each.at("/S") != role; });
        return found;
    }

    [[nodiscard]] std::vector<json> pages() const {
        std::vector<json> found;
        json const tree = object(root_.at("/Pages"));
        for (json const& each : tree.at("/Kids")) {
            found.push_back(object(each));
        }
        return found;
    }

    [[nodiscard]] std::string operators(json const& page) const {
        std::string const number = page.at("/Contents").get<std::string>();
        return run_command("qpdf --show-object=" + number.substr(0, number.find(' ')) +
                           " --filtered-stream-data " + path_)
            .output;
    }

    std::string path_;
    json objects_;
    json root_;
};

TEST_F(TaggedPdf, SaysThatItIsTaggedAndInWhichLanguage) {
    read();
    EXPECT_EQ(root_.at("/MarkInfo").at("/Marked"), true);
    EXPECT_EQ(root_.at("/Lang"), "u:fr-FR");
    EXPECT_EQ(root_.at("/ViewerPreferences").at("/DisplayDocTitle"), true);
    EXPECT_EQ(run_command("qpdf --check " + path_).status, 0);
    std::string const xmp = cmq::render::xmp_packet(document(), PdfForm::tagged);
    for (char const* part :
         {"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
          "<pdfuaid:part>1</pdfuaid:part>",
          "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<"}) {
        EXPECT_THAT(xmp, HasSubstr(part));
    }
}

// Each operator that paints lies in one sequence, and none in two (ISO 14289-1, 7.1).
TEST_F(TaggedPdf, MarksEverythingThatIsPainted) {
    read();
    std::set<std::string> const painting{"Tj", "TJ", "Do", "f", "f*", "S", "B", "B*", "sh"};
    for (json const& page : pages()) {
        std::string const all = operators(page);
        EXPECT_EQ(all.find("-7000000"), std::string::npos);
        int depth = 0;
        int painted = 0;
        std::istringstream lines{all};
        for (std::string line; std::getline(lines, line);) {
            std::string const last = line.substr(line.rfind(' ') + 1);
            depth += last == "BDC" || last == "BMC" ? 1 : last == "EMC" ? -1 : 0;
            ASSERT_TRUE(depth == 0 || depth == 1) << line;
            if (painting.count(last) > 0) {
                ++painted;
                ASSERT_EQ(depth, 1) << line;
            }
        }
        EXPECT_EQ(depth, 0);
        EXPECT_GT(painted, 100);
    }
    EXPECT_GT(pages().size(), 5U);
}

// Both ways: a page's sequences to elements (parent tree), and elements to sequences.
TEST_F(TaggedPdf, FindsTheElementOfEachSequence) {
    read();
    json const tree = object(root_.at("/StructTreeRoot"));
    json const numbers = object(tree.at("/ParentTree")).at("/Nums");
    std::map<long, json> owners;
    for (std::size_t i = 0; i < numbers.size(); i += 2) {
        owners[numbers[i].get<long>()] = object(numbers[i + 1]);
    }
    std::size_t sequences = 0;
    for (json const& page : pages()) {
        json const of_page = owners.at(page.at("/StructParents").get<long>());
        std::string const all = operators(page);
        for (std::size_t i = 0; i < of_page.size(); ++i) {
            EXPECT_NE(all.find("/MCID " + std::to_string(i) + ">>"), std::string::npos);
            std::vector<json> const content = kids(object(of_page[i]));
            EXPECT_TRUE(std::ranges::any_of(content, [&](json const& kid) {
                return kid.value("/Type", "") == "/MCR" && kid.at("/MCID") == i &&
                       object(kid.at("/Pg")) == page;
            }));
        }
        EXPECT_EQ(all.find("/MCID " + std::to_string(of_page.size()) + ">>"), std::string::npos);
        sequences += of_page.size();
    }
    std::size_t references = 0;
    for (json const& element : elements()) {
        for (json const& kid : kids(element)) {
            references += kid.value("/Type", "") == "/MCR" ? 1U : 0U;
        }
    }
    EXPECT_EQ(references, sequences);
    EXPECT_GT(sequences, 300U);
}

TEST_F(TaggedPdf, HasTheRolesOfTheDocumentInItsOrder) {
    read();
    std::vector<std::string> headings;
    for (json const& element : elements()) {
        std::string const role = element.at("/S");
        if (role.size() == 3 && role[1] == 'H') {
            headings.push_back(role);
        }
    }
    EXPECT_THAT(headings, ElementsAre("/H1", "/H2", "/H3", "/H2", "/H2", "/H2", "/H3"));
    EXPECT_EQ(elements("/Document").size(), 1U);
    EXPECT_EQ(elements("/Table").size(), 2U);
    EXPECT_EQ(elements("/L").size(), 2U);
    EXPECT_EQ(elements("/LI").size(), 5U);
    EXPECT_EQ(elements("/Figure").size(), 6U); // three pictures, three charts
}

TEST_F(TaggedPdf, TellsWhatEachFigureShowsAndWhereItStands) {
    read();
    ASSERT_FALSE(elements("/Figure").empty());
    for (json const& figure : elements("/Figure")) {
        EXPECT_GT(figure.at("/Alt").get<std::string>().size(), 12U);
        json const box = figure.at("/A").at("/BBox");
        EXPECT_LT(box[0], box[2]);
        EXPECT_LT(box[1], box[3]);
        EXPECT_GE(box[0], 0.0);
        EXPECT_LE(box[3], 842.0);
    }
}

TEST_F(TaggedPdf, HasTablesWhoseCellsKnowTheirHeaders) {
    read();
    std::vector<std::size_t> sizes;
    for (json const& table : elements("/Table")) {
        std::vector<json> const parts = kids(table);
        EXPECT_EQ(parts.front().at("/S"), "/Caption");
        std::size_t const columns = kids(parts.at(1)).size();
        for (std::size_t row = 1; row < parts.size(); ++row) {
            std::vector<json> const cells = kids(parts[row]);
            ASSERT_EQ(cells.size(), columns);
            for (std::size_t i = 0; i < columns; ++i) {
                bool const heads = row == 1 || i == 0;
                ASSERT_EQ(cells[i].at("/S"), heads ? "/TH" : "/TD");
                if (heads) {
                    EXPECT_EQ(cells[i].at("/A").at("/Scope"), row == 1 ? "/Column" : "/Row");
                }
            }
        }
        sizes.push_back(parts.size() - 2);
    }
    EXPECT_THAT(sizes, ElementsAre(3U, 70U)); // rows; the header that is repeated is none
}

TEST_F(TaggedPdf, LinksItsContentsToTheSections) {
    read();
    std::vector<json> const links = elements("/Link");
    ASSERT_EQ(links.size(), 4U);
    std::vector<std::string> const titles{
        "u:1. Ce qui a été demandé", "u:2. Résultats", "u:3. Valeur des résultats", "u:4. Fin"};
    for (std::size_t i = 0; i < links.size(); ++i) {
        std::vector<json> const content = kids(links[i]);
        json const& reference = content.back();
        ASSERT_EQ(reference.at("/Type"), "/OBJR");
        json const annotation = object(reference.at("/Obj"));
        EXPECT_EQ(annotation.at("/Subtype"), "/Link");
        EXPECT_EQ(annotation.at("/Contents"), titles[i]);
        EXPECT_EQ(annotation.at("/F"), 4);
        std::string const target = annotation.at("/Dest").at(0);
        EXPECT_TRUE(objects_.contains("obj:" + target));
        EXPECT_EQ(object(annotation.at("/Dest").at(0)).at("/Type"), "/Page");
    }
}

TEST_F(TaggedPdf, CarriesTheAttachmentsByteForByte) {
    read();
    ASSERT_EQ(root_.at("/AF").size(), 2U);
    for (json const& each : root_.at("/AF")) {
        json const file = object(each);
        EXPECT_EQ(file.at("/AFRelationship"), "/Data");
        EXPECT_EQ(file.at("/F"), file.at("/UF"));
        EXPECT_TRUE(file.contains("/Desc"));
    }
    EXPECT_EQ(run_command("qpdf --show-attachment=note.json " + path_).output, "{\"a\": 1}\n");
    EXPECT_EQ(run_command("qpdf --show-attachment=ledger.txt " + path_).output, "0123\n");
    // The dates are the document's.
    EXPECT_THAT(run_command("qpdf --list-attachments --verbose " + path_).output,
                HasSubstr("D:20261121000000Z"));
}

TEST_F(TaggedPdf, IsNotTaggedInItsPlainForm) {
    read(document(), PdfForm::plain);
    EXPECT_FALSE(root_.contains("/StructTreeRoot"));
    EXPECT_FALSE(root_.contains("/AF"));
    EXPECT_EQ(operators(pages().front()).find("BDC"), std::string::npos);
    EXPECT_EQ(operators(pages().front()).find("-7000000"), std::string::npos);
}

} // namespace
