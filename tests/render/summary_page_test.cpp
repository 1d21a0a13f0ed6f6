// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The summary of a note stays on its page, whatever the case.

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/pdf.hpp"
#include "report/note.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"
#include "tests/render/sample_document.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

namespace report = cmq::report;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using cmq::render::test::test_folder;
using testing::HasSubstr;

class SummaryPage : public testing::Test {
protected:
    void SetUp() override {
        if (!has_program("pdfinfo")) {
            GTEST_SKIP() << "pdfinfo (package poppler-utils) is not installed";
        }
        cmq::render::ensure_application();
    }

    static void expect_one_page(report::NoteInput const& input) {
        for (auto const language : {report::Language::french, report::Language::english}) {
            auto const note = report::make_note(
                input, language, {.length = report::Length::summary, .attached = false});
            auto const path = test_folder() / "summary.pdf";
            cmq::write_file(path, cmq::render::to_pdf(note));
            EXPECT_THAT(run_command("pdfinfo " + path.string()).output,
                        testing::ContainsRegex("Pages: +1\n"));
        }
    }
};

TEST_F(SummaryPage, IsOneForAnOrdinaryCase) {
    expect_one_page(report::fixture::make_input());
    expect_one_page(report::fixture::make_small_input());
    expect_one_page(report::fixture::make_readings_input());
}

TEST_F(SummaryPage, IsOneForACaseOfManyLongWords) {
    report::NoteInput input = report::fixture::make_readings_input();
    for (int i = 0; i < 10; ++i) {
        input.file.readings.push_back(input.file.readings[0]);
        input.readings.readings.push_back(input.readings.readings[0]);
        input.readings.readings.back().lots = std::string(300, 'L');
    }
    std::string words;
    for (int i = 0; i < 400; ++i) {
        words += i % 7 == 0 ? "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww " : "témoin ";
    }
    for (auto& each : input.file.propositions) {
        each.text = {.fr = words, .en = words};
    }
    for (auto& each : input.file.carriers) {
        each.label = {.fr = words, .en = words};
    }
    input.file.report.author = words;
    input.file.report.propositions_chosen_by = words;
    while (input.findings.size() < 40) {
        input.findings.push_back(input.findings.front());
    }
    while (input.evaluations.size() < 12) {
        input.evaluations.push_back(input.evaluations.front());
    }
    expect_one_page(input);
}

TEST_F(SummaryPage, RefusesADocumentThatCannotFit) {
    auto document = cmq::render::test::sample_document();
    document.most_pages = 1;
    try {
        (void)cmq::render::to_pdf(document);
        FAIL() << "no Error was thrown";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::limits);
        EXPECT_THAT(error.what(), HasSubstr("does not fit on 1 page(s)"));
    }
}

} // namespace
