// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/parameter_library.hpp"

#include "casefile/case_schema.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace cmq::casefile;
using cmq::ErrorKind;
using testing::StartsWith;

std::string const entry = R"([[parameter]]
name = "dry.tau_min"
label_fr = "temps de séchage"
label_en = "drying time"
meaning = "Time after which 1/e is still wet."
unit = "min"
distribution = { kind = "log_uniform", low = 2, high = 180 }
conditions = "claims"
conditions_fr = "affirmations"
source = "press"
source_fr = "presse"
grade = "expert_judgement"
date = 2026-11-21
)";

std::string message_of(std::string const& text) {
    try {
        static_cast<void>(parse_parameters(text, "p.toml"));
    } catch (cmq::Error const& error) {
        return error.what();
    }
    return "";
}

TEST(ParseParameters, ReadsAnEntry) {
    auto const read = parse_parameters(entry, "p.toml");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(*read[0].name, "dry.tau_min");
    EXPECT_EQ(read[0].name.place, (Place{"p.toml", 2, "parameter[1].name"}));
    EXPECT_EQ(read[0].label.fr, "temps de s\u00e9chage");
    EXPECT_EQ(read[0].label.en, "drying time");
    EXPECT_EQ(read[0].unit, "min");
    EXPECT_EQ(read[0].conditions.fr, "affirmations");
    EXPECT_EQ(read[0].conditions.en, "claims");
    EXPECT_EQ(read[0].source.fr, "presse");
    EXPECT_EQ(read[0].source.en, "press");
    EXPECT_EQ(read[0].distribution, "log_uniform");
    ASSERT_EQ(read[0].numbers.size(), 2U);
    EXPECT_EQ(read[0].grade, Grade::expert_judgement);
    EXPECT_EQ(read[0].date, "2026-11-21");
    for (auto const& [name, number] : read[0].numbers) {
        EXPECT_EQ(*number, name == "low" ? 2.0 : 180.0);
        EXPECT_EQ(number.place.line, 7);
    }
}

TEST(ParseParameters, RefusesAnEntryThatLacksItsOrigin) {
    for (std::string const key : {"label_fr",
                                  "label_en",
                                  "conditions",
                                  "conditions_fr",
                                  "source",
                                  "source_fr",
                                  "grade",
                                  "date",
                                  "unit"}) {
        std::string text = entry;
        auto const at = text.find(key + " =");
        text.erase(at, text.find('\n', at) + 1 - at);
        EXPECT_EQ(message_of(text),
                  "p.toml line 1, key parameter[1]." + key + ": the key is missing");
    }
}

TEST(ParseParameters, RefusesANameGivenTwice) {
    EXPECT_THAT(message_of(entry + entry),
                StartsWith("p.toml line 15, key parameter[2].name: expected each parameter once"));
}

TEST(ParseParameters, RefusesAGradeOfADocument) {
    std::string text = entry;
    text.replace(text.find("expert_judgement"), 16, "reported");
    EXPECT_THAT(message_of(text),
                StartsWith("p.toml line 12, key parameter[1].grade: expected one of "
                           "measured_on_product, measured_on_proxy, "
                           "expert_judgement, found \"reported\""));
}

TEST(ParseParameters, RefusesAHugeText) {
    try {
        static_cast<void>(parse_parameters(std::string((4U << 20U) + 1, '#'), "p.toml"));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
}

TEST(ReadParameterLibrary, IsTheFileByteForByte) {
    std::string const path = std::string{CMQ_SOURCE_DIR} + "/casefile/data/parameters.toml";
    auto const built_in = read_parameter_library();
    auto const of_file = parse_parameters(cmq::read_text(path), "parameters.toml");
    ASSERT_EQ(built_in.size(), of_file.size());
    ASSERT_FALSE(built_in.empty());
    for (std::size_t i = 0; i < built_in.size(); ++i) {
        EXPECT_EQ(*built_in[i].name, *of_file[i].name);
        EXPECT_EQ(built_in[i].name.place, of_file[i].name.place);
        EXPECT_EQ(built_in[i].label.fr, of_file[i].label.fr);
    }
}

TEST(ReadParameterLibrary, SaysWhereEachNumberComesFrom) {
    for (ParameterEntry const& parameter : read_parameter_library()) {
        SCOPED_TRACE(*parameter.name);
        for (Bilingual const& text : {parameter.conditions, parameter.source}) {
            EXPECT_GT(text.fr.size(), 5U);
            EXPECT_GT(text.en.size(), 5U);
            EXPECT_EQ(text.fr.find('\''), std::string::npos); // French has the curved apostrophe
        }
        EXPECT_FALSE(parameter.label.fr.empty());
        EXPECT_FALSE(parameter.label.en.empty());
        EXPECT_FALSE(parameter.numbers.empty());
        // Nobody has published a measurement of the French product.
        EXPECT_NE(parameter.grade, Grade::measured_on_product);
    }
}

// A judgement is called so in both languages, and nothing else is.
TEST(ReadParameterLibrary, CallsAJudgementAJudgementInBothLanguages) {
    for (ParameterEntry const& parameter : read_parameter_library()) {
        SCOPED_TRACE(*parameter.name);
        bool const judged = parameter.grade == Grade::expert_judgement;
        EXPECT_EQ(parameter.source.en.starts_with("expert judgement"), judged);
        EXPECT_EQ(parameter.source.fr.starts_with("avis d\u2019expert"), judged);
    }
}

// Words that English sentences hardly do without, and French ones do not have.
TEST(ReadParameterLibrary, IsFrenchWhereItSaysSo) {
    for (ParameterEntry const& parameter : read_parameter_library()) {
        SCOPED_TRACE(*parameter.name);
        std::string const all = ' ' + parameter.label.fr + ' ' + parameter.conditions.fr + ' ' +
                                parameter.source.fr + ' ';
        for (char const* english :
             {" the ", " of ", " on ", " and ", " is ", " by ", " with ", "judgement"}) {
            EXPECT_EQ(all.find(english), std::string::npos) << english;
        }
    }
}

constexpr char const* candidate = R"([[candidate]]
of = "dry.tau_min"
id = "press"
distribution = { kind = "fixed", value = 5 }
conditions = "a claim"
conditions_fr = "une affirmation"
source = "press"
source_fr = "presse"
grade = "expert_judgement"
date = 2023-04-01
)";

TEST(ParseCandidates, ReadsOne) {
    auto const read = parse_candidates(candidate, "c.toml");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(*read[0].of, "dry.tau_min");
    EXPECT_EQ(read[0].id, "press");
    EXPECT_EQ(read[0].conditions.fr, "une affirmation");
    EXPECT_EQ(read[0].date, "2023-04-01");
    EXPECT_EQ(*read[0].numbers.at(0).second, 5.0);
}

TEST(ParseCandidates, RefusesTheSameIdTwiceForOneParameter) {
    try {
        static_cast<void>(parse_candidates(std::string{candidate} + candidate, "c.toml"));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::format);
        EXPECT_NE(std::string{error.what()}.find("\"press\" again"), std::string::npos)
            << error.what();
    }
    std::string other = candidate;
    other.replace(other.find("dry.tau_min"), 11, "kappa");
    EXPECT_EQ(parse_candidates(std::string{candidate} + other, "c.toml").size(), 2U);
}

TEST(ReadParameterCandidates, SpeakOfEntriesOfTheLibraryAndSayWhereTheyComeFrom) {
    auto const library = read_parameter_library();
    auto const candidates = read_parameter_candidates();
    ASSERT_FALSE(candidates.empty());
    for (ParameterCandidate const& one : candidates) {
        SCOPED_TRACE(*one.of + " " + one.id);
        EXPECT_TRUE(std::ranges::any_of(
            library, [&](ParameterEntry const& known) { return *known.name == *one.of; }));
        bool const judged = one.grade == Grade::expert_judgement;
        EXPECT_NE(one.grade, Grade::measured_on_product);
        EXPECT_EQ(one.source.en.starts_with("expert judgement"), judged);
        EXPECT_EQ(one.source.fr.starts_with("avis d\u2019expert"), judged);
        for (Bilingual const& text : {one.conditions, one.source}) {
            EXPECT_GT(text.fr.size(), 5U);
            EXPECT_GT(text.en.size(), 5U);
            EXPECT_EQ(text.fr.find('\''), std::string::npos);
        }
        EXPECT_EQ((' ' + one.conditions.fr + ' ').find(" the "), std::string::npos);
    }
}

} // namespace
