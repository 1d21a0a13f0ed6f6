// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/request_texts.hpp"

#include "casefile/answers.hpp"
#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

std::string data_file(std::string const& name) {
    return cmq::read_text(CMQ_SOURCE_DIR "/casefile/data/" + name);
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
    std::size_t const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string
message_of(std::string const& structure, std::string const& french, std::string const& english) {
    try {
        (void)parse_request_texts(structure, french, english);
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        return error.what();
    }
    return "no error";
}

class RequestTextsFiles : public testing::Test {
protected:
    std::string const structure = data_file("requests.toml");
    std::string const french = data_file("requests.fr.toml");
    std::string const english = data_file("requests.en.toml");
};

TEST_F(RequestTextsFiles, HaveEveryTextInBothLanguages) {
    RequestTexts const texts = parse_request_texts(structure, french, english);
    EXPECT_EQ(texts.stages.size(), 6U);
    auto const is_full = [](Bilingual const& text) { return !text.fr.empty() && !text.en.empty(); };
    for (RequestItem const& item : texts.requests) {
        EXPECT_TRUE(is_full(item.title) && is_full(item.ask) && is_full(item.why)) << item.id;
        EXPECT_FALSE(item.stages.empty()) << item.id;
    }
    for (RequestQuestion const& question : texts.questions) {
        EXPECT_TRUE(is_full(question.ask) && is_full(question.why)) << question.id;
    }
}

TEST_F(RequestTextsFiles, GiveEachProvisionADayAndWhoChecksIt) {
    for (Provision const& provision : read_request_texts().provisions) {
        EXPECT_TRUE(is_day(provision.as_of)) << provision.id;
        EXPECT_FALSE(provision.check_by.fr.empty()) << provision.id;
        EXPECT_FALSE(provision.says.en.empty()) << provision.id;
    }
}

TEST_F(RequestTextsFiles, HoldAtLeastOneRequestAndOneProvisionForEachStage) {
    RequestTexts const texts = read_request_texts();
    for (RequestStage const& stage : texts.stages) {
        auto const of_stage = [&](auto const& entry) {
            return std::ranges::find(entry.stages, stage.id) != entry.stages.end();
        };
        EXPECT_TRUE(std::ranges::any_of(texts.requests, of_stage)) << stage.id;
        EXPECT_TRUE(std::ranges::any_of(texts.provisions, of_stage)) << stage.id;
    }
}

TEST_F(RequestTextsFiles, NameOnlyProvisionsOfTheCodeThatAreListed) {
    // Every article that a text cites is one of the provisions with a day; the texts name none beside them.
    RequestTexts const texts = read_request_texts();
    for (RequestItem const& item : texts.requests) {
        EXPECT_EQ(item.ask.fr.find("article"), std::string::npos) << item.id;
        EXPECT_EQ(item.why.fr.find("article"), std::string::npos) << item.id;
    }
    for (RequestStage const& stage : texts.stages) {
        EXPECT_EQ(stage.advice.fr.find("article"), std::string::npos) << stage.id;
        EXPECT_EQ(stage.opening.fr.find("article"), std::string::npos) << stage.id;
    }
}

TEST_F(RequestTextsFiles, SayNothingThatACourtPaperMustNotSay) {
    for (std::string const& text : {french, english}) {
        for (std::string const word : {"compatible",
                                       "absent",
                                       "réaction positive",
                                       "match",
                                       "thèse ",
                                       "chaîne de possession",
                                       "'"}) {
            EXPECT_EQ(text.find(word), std::string::npos) << word;
        }
    }
}

TEST_F(RequestTextsFiles, AskAtMostFifteenQuestions) {
    EXPECT_LE(read_request_texts().prompts.size(), 15U);
    std::string more = structure;
    for (int i = 0; i < 15; ++i) {
        more += "[[prompt]]\nid = \"p" + std::to_string(i) + "\"\nkind = \"text\"\n";
    }
    EXPECT_THAT(message_of(more, french, english), HasSubstr("at most 15 prompts"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenOneLanguageLacksAText) {
    EXPECT_THAT(message_of(structure, french, replaced(english, "why = ", "whv = ")),
                HasSubstr("requests.en.toml: the text request.zones_on_record.why is missing"));
    EXPECT_THAT(
        message_of(structure, replaced(french, "interest = \"", "interest = \"\" #"), english),
        HasSubstr("requests.fr.toml: the text label.interest is missing or empty"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenATextBelongsToNothing) {
    EXPECT_THAT(message_of(structure, french + "\n[request.other]\ntitle = \"x\"\n", english),
                HasSubstr("requests.fr.toml: nothing names the text request.other.title"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenAListIsShorterInOneLanguage) {
    EXPECT_THAT(
        message_of(
            structure,
            french,
            replaced(english, "  \"The instruction given on the colour to look for.\",\n", "")),
        HasSubstr("the list aide.record differs in length"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenAProvisionHasNoDayOrNobodyToCheckIt) {
    EXPECT_THAT(message_of(replaced(structure, "as_of = 2026-11-21\n", ""), french, english),
                HasSubstr("the key as_of is missing"));
    EXPECT_THAT(message_of(replaced(structure, "check_by = \"counsel\"\n", ""), french, english),
                HasSubstr("the key check_by is missing"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenAStageOrProvisionIsNotDeclared) {
    EXPECT_THAT(
        message_of(replaced(structure, "references = [\"cpp-63-3\"]", "references = [\"cpp-1\"]"),
                   french,
                   english),
        HasSubstr("nothing declares \"cpp-1\" (provision)"));
    EXPECT_THAT(
        message_of(replaced(structure, "stages = [\"garde-a-vue\"]", "stages = [\"appel\"]"),
                   french,
                   english),
        HasSubstr("nothing declares \"appel\" (stage)"));
}

TEST_F(RequestTextsFiles, AreRefusedWhenAnIdIsGivenTwice) {
    EXPECT_THAT(
        message_of(replaced(structure, "id = \"blanks\"", "id = \"raw_files\""), french, english),
        HasSubstr("the id \"raw_files\" is given twice"));
}

} // namespace
