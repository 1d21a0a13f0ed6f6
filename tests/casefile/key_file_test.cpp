// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/key_file.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;
using testing::Not;

std::string const key_text = R"(schema = 1
[[person]]
code = "P1"
names = ["Zoé Lefèvre", "Lefèvre", "Bo Li"]
note = "seen on the 14th"

[[person]]
code = "agent_3"
names = ["Durand"]
)";

std::string what_of(std::string const& text, ErrorKind kind) {
    try {
        (void)parse_key(text, "case.key.toml");
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        return error.what();
    }
    return "";
}

std::string found_in(std::string const& text, std::string const& file = "case.toml") {
    try {
        check_without_names(text, file, parse_key(key_text, "case.key.toml"));
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        // Neither language may print a name: messages end in logs.
        for (std::string const& said : {error.sentence().english(), error.sentence().french()}) {
            EXPECT_THAT(said, Not(testing::ContainsRegex("[Ll]ef|LEF|Durand|Bo Li")));
        }
        return error.what();
    }
    return "";
}

TEST(ParseKey, ReadsPersonsWithTheirPlaces) {
    auto const key = parse_key(key_text, "case.key.toml");
    ASSERT_EQ(key.size(), 2U);
    EXPECT_EQ(*key[0].code, "P1");
    ASSERT_EQ(key[0].names.size(), 3U);
    EXPECT_EQ(*key[0].names[1], "Lefèvre");
    EXPECT_EQ(key[0].names[1].place.line, 4);
    EXPECT_EQ(key[0].note, "seen on the 14th");
    EXPECT_EQ(*key[1].code, "agent_3");
    EXPECT_TRUE(parse_key("schema = 1\n", "k").empty());
}

TEST(ParseKey, RefusesWhatIsNoKey) {
    EXPECT_THAT(what_of("schema = 1\n[[person]]\ncode = \"P1\"\n", ErrorKind::format),
                HasSubstr("person[1].names: the key is missing"));
    EXPECT_THAT(
        what_of("schema = 1\n[[person]]\ncode = \"1P\"\nnames = [\"Durand\"]\n", ErrorKind::format),
        HasSubstr("line 3, key person[1].code: expected a code such as P1"));
    EXPECT_THAT(
        what_of(key_text + "[[person]]\ncode = \"P1\"\nnames = [\"Anna\"]\n", ErrorKind::format),
        HasSubstr("line 11, key person[3].code: the code P1 is given twice"));
    EXPECT_NE(what_of("schema = 2\n", ErrorKind::unsupported), "");
}

TEST(ParseKey, RefusesNamesTooShortToBeTold) {
    EXPECT_THAT(
        what_of("schema = 1\n[[person]]\ncode = \"P1\"\nnames = [\"Li\"]\n", ErrorKind::format),
        HasSubstr("fewer than 3 letters"));
    EXPECT_THAT(
        what_of("schema = 1\n[[person]]\ncode = \"P1\"\nnames = [\"Y.\"]\n", ErrorKind::format),
        HasSubstr("fewer than 3 letters"));
    EXPECT_EQ(
        what_of("schema = 1\n[[person]]\ncode = \"P1\"\nnames = [\"Ève\"]\n", ErrorKind::format),
        "");
}

TEST(CheckWithoutNames, FindsANameInAnyValue) {
    EXPECT_EQ(found_in("a = \"P1 et l’agent 3\"\n[[b]]\nc = [1, 2.5]\n"), "");
    EXPECT_THAT(found_in("x = 1\n[[capture]]\nfile = \"photos/LEFEVRE_2.dng\"\n"),
                HasSubstr("case.toml line 3, key capture[1].file: holds a name of P1 (key: "
                          "case.key.toml line 4)"));
    EXPECT_THAT(found_in("label = { fr = \"main de Zoe\u0301 Lefe\u0300vre\", en = \"hand\" }\n"),
                HasSubstr("line 1, key label.fr: holds a name of P1"));
    EXPECT_THAT(found_in("held = [\"a\", \"M. Durand\"]\n"),
                HasSubstr("line 1, key held[2]: holds a name of agent_3"));
    EXPECT_THAT(found_in("words = \"\\u004Cef\\u00e8vre\"\n"), HasSubstr("key words"));
    EXPECT_THAT(found_in("words = \"\"\"one\nBo Li\n\"\"\"\n"), HasSubstr("key words"));
}

TEST(CheckWithoutNames, FindsANameInKeysCommentsAndTheFilesOwnName) {
    EXPECT_THAT(found_in("[b]\nzones = { \"Durand.hand\" = 0.2 }\n"),
                HasSubstr("line 2, key b.zones: holds a name of agent_3"));
    EXPECT_THAT(found_in("a = 1\n# this is Durand\nb = [ # and\n  2, # Bo Li\n]\n"),
                testing::AllOf(HasSubstr("line 2: holds a name of agent_3"),
                               HasSubstr("line 4: holds a name of P1")));
    auto const key = parse_key(key_text, "case.key.toml");
    EXPECT_THROW(check_without_names("a = 1\n", "/home/durand/case-lefevre.toml", key), Error);
    // The folder goes into no output.
    EXPECT_EQ(found_in("a = 1\n", "/home/durand/case.toml"), "");
}

TEST(CheckWithoutNames, FindsANameOverTwoLinesOfComment) {
    EXPECT_THAT(found_in("a = 1\n# M. Bo\n# Li said so\n"),
                HasSubstr("line 2: holds a name of P1"));
    EXPECT_THAT(found_in("b = [ # M. Bo\n  2, # Li\n]\n"), HasSubstr("line 1: holds a name of P1"));
    EXPECT_EQ(found_in("# M. Bo\n\n# Li\na = 1\n"), ""); // not one text
}

TEST(CheckWithoutNames, ComparesWholeWordsOnly) {
    EXPECT_EQ(found_in("a = \"Durandal, Li, bo, bo-lim\"\n"), "");
    EXPECT_NE(found_in("a = \"Bo\u00A0Li\"\n"), "");
}

} // namespace
