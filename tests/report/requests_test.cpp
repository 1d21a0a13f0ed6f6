// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/requests.hpp"

#include "core/error.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cmq::report {
namespace {

using testing::HasSubstr;
using testing::Not;

casefile::RequestTexts const& texts() {
    static casefile::RequestTexts const read = casefile::read_request_texts();
    return read;
}

NoteInput input_at(std::string const& stage) {
    NoteInput input = fixture::make_input();
    input.file.head.stage = stage;
    input.file.captures.clear();
    input.file.population.reset();
    return input;
}

std::string requests_text(NoteInput const& input, Language language = Language::french) {
    return fixture::all_text(make_requests(input, texts(), language));
}

TEST(MakeRequests, AsksForEachStageWhatItsListNames) {
    for (casefile::RequestStage const& stage : texts().stages) {
        std::string const text = requests_text(input_at(stage.id), Language::english);
        for (casefile::RequestItem const& item : texts().requests) {
            bool const listed =
                std::find(item.stages.begin(), item.stages.end(), stage.id) != item.stages.end();
            EXPECT_EQ(text.find(item.ask.en) != std::string::npos, listed)
                << stage.id << ' ' << item.id;
            EXPECT_EQ(text.find(item.why.en) != std::string::npos, listed)
                << stage.id << ' ' << item.id;
        }
    }
}

TEST(MakeRequests, NamesTheProvisionsOfTheStageWithTheirDay) {
    std::string const text = requests_text(input_at("instruction"));
    EXPECT_THAT(text, HasSubstr("Article\u00A082-1 du code de procédure pénale"));
    EXPECT_THAT(text, HasSubstr("21\u00A0novembre\u00A02026, à vérifier par l’avocat signataire"));
    EXPECT_THAT(text, Not(HasSubstr("63-4-3")));
    EXPECT_THAT(requests_text(input_at("garde-a-vue")), HasSubstr("63-4-3"));
}

TEST(MakeRequests, DoesNotAskAgainForWhatIsHeld) {
    NoteInput input = input_at("copj");
    EXPECT_THAT(requests_text(input, Language::english), HasSubstr("Produce the register of lots"));
    input.file.head.held = {{"lot_register", {}}};
    std::string const text = requests_text(input, Language::english);
    EXPECT_THAT(text, Not(HasSubstr("Produce the register of lots")));
    EXPECT_THAT(text, HasSubstr("not requested again: Register of lots."));
}

TEST(MakeRequests, SeesFromTheCaseWhatIsThere) {
    NoteInput input = input_at("copj");
    input.file.population = casefile::Population{{}, 500, 7};
    EXPECT_THAT(requests_text(input, Language::english),
                HasSubstr("not requested again: Number of people checked."));
}

TEST(MakeRequests, WarnsDuringAnInvestigation) {
    Document const during = make_requests(input_at("instruction"), texts(), Language::english);
    Document const before = make_requests(input_at("copj"), texts(), Language::english);
    EXPECT_THAT(during.banners, testing::Contains(HasSubstr("third parties outside the office")));
    EXPECT_THAT(before.banners, Not(testing::Contains(HasSubstr("third parties"))));
}

TEST(MakeRequests, SaysWhatTheDocumentsReportAndNothingElseOfTheCase) {
    NoteInput const input = input_at("audience");
    std::string const text = requests_text(input);
    EXPECT_THAT(text, HasSubstr("la main gauche ne réagit pas aux UV"));
    for (casefile::Proposition const& proposition : input.file.propositions) {
        EXPECT_THAT(text, Not(HasSubstr(proposition.text.fr)));
    }
    for (casefile::Event const& event : input.file.events) {
        EXPECT_THAT(text, Not(HasSubstr(event.label.fr)));
    }
}

TEST(MakeRequests, LeavesABlankForTheNameOfEachPseudonym) {
    EXPECT_THAT(requests_text(input_at("audience")),
                HasSubstr("Les personnes sont désignées par un pseudonyme\u00A0: P1 est [nom]."));
}

TEST(MakeRequests, RefusesACaseWithoutStage) {
    try {
        (void)make_requests(input_at(""), texts(), Language::french);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(std::string{error.what()}, HasSubstr("names no stage"));
    }
}

TEST(MakeRequests, RefusesAPaperThatNoRequestIsAbout) {
    NoteInput input = input_at("copj");
    input.file.head.held = {{"lots", {"case.toml", 7, "case.held[1]"}}};
    try {
        (void)make_requests(input, texts(), Language::french);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(std::string{error.what()}, HasSubstr("case.toml line 7, key case.held[1]"));
    }
}

// What binds counsel is no ground for a request: it stands on the last page alone, which is not filed.
TEST(MakeRequests, KeepWhatBindsCounselOutOfTheGrounds) {
    std::string const text = requests_text(input_at("instruction"), Language::english);
    std::size_t const last_page = text.find("Provisions to be checked");
    ASSERT_NE(last_page, std::string::npos);
    for (casefile::Provision const& provision : texts().provisions) {
        if (provision.id == "cpp-114" || provision.id == "cpp-15-4") {
            EXPECT_FALSE(provision.is_ground);
            EXPECT_GT(text.find(provision.says.en), last_page) << provision.id;
        }
        if (provision.id == "cpp-82-1") {
            EXPECT_LT(text.find(provision.says.en), last_page);
        }
    }
}

TEST(MakeRequests, EndWithWhatIsAskedOfTheAddressee) {
    for (casefile::RequestStage const& stage : texts().stages) {
        std::string const text = requests_text(input_at(stage.id), Language::english);
        std::size_t const heading = text.find("For these reasons");
        ASSERT_NE(heading, std::string::npos) << stage.id;
        EXPECT_NE(text.find(stage.demand.en, heading), std::string::npos) << stage.id;
        EXPECT_GT(heading, text.find(stage.closing.en)) << stage.id;
    }
}

TEST(MakeQuestions, KeepsEachQuestionOnThePageOfItsReason) {
    Document const document = make_questions(input_at("audience"), texts(), Language::english);
    std::size_t questions = 0;
    for (Block const& block : document.blocks) { // a heading is never the last line of a page
        auto const* const heading = std::get_if<Heading>(&block);
        questions += heading != nullptr && heading->level == 3 ? 1 : 0;
    }
    EXPECT_EQ(questions, texts().questions.size());
}

TEST(MakeQuestions, GivesEachQuestionWithItsReason) {
    std::string const text =
        fixture::all_text(make_questions(input_at("audience"), texts(), Language::english));
    for (casefile::RequestQuestion const& question : texts().questions) {
        EXPECT_THAT(text, HasSubstr(question.ask.en));
        EXPECT_THAT(text, HasSubstr(question.why.en));
    }
}

TEST(MakeAideMemoire, NeedsNoCase) {
    Document const page = make_aide_memoire(texts(), "Contremarque 1", Language::french);
    EXPECT_TRUE(page.identifier.empty());
    EXPECT_EQ(page.date, "2026-11-21"); // of the provisions, not of a clock
    std::string const text = fixture::all_text(page);
    EXPECT_THAT(text, HasSubstr("Les zones éclairées où rien n’a été vu"));
    EXPECT_THAT(text, HasSubstr("Ne rien laver"));
}

TEST(Requests, HaveTheSameBlocksInBothLanguages) {
    for (std::string const stage : {"garde-a-vue", "instruction", "audience"}) {
        NoteInput const input = input_at(stage);
        Document const french = make_requests(input, texts(), Language::french);
        Document const english = make_requests(input, texts(), Language::english);
        ASSERT_EQ(french.blocks.size(), english.blocks.size());
        for (std::size_t i = 0; i < french.blocks.size(); ++i) {
            EXPECT_EQ(french.blocks[i].index(), english.blocks[i].index());
        }
    }
}

} // namespace
} // namespace cmq::report
