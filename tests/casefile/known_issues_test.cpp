// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/known_issues.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::casefile;
using testing::ElementsAre;
using testing::HasSubstr;

std::string const one = R"(schema = 1
as_of = 2026-11-23
[[issue]]
id = "a"
found = 2026-11-20
from = "0.2.0"
mended_in = "0.10.0"
results = ["ratio", "note"]
touches = "captures"
what = { fr = "quoi", en = "what" }
effect = { fr = "effet", en = "effect" }
recognise = { fr = "signe", en = "sign" }
)";

std::string with(std::string text, std::string const& part, std::string const& replacement) {
    auto const at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return text.replace(at, part.size(), replacement);
}

std::string refusal(std::string const& text) {
    try {
        static_cast<void>(parse_known_issues(text, "list.toml"));
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        return error.full_text();
    }
    ADD_FAILURE() << text;
    return "";
}

TEST(ParseKnownIssues, ReadsEachKey) {
    KnownIssues const known = parse_known_issues(one, "list.toml");
    EXPECT_EQ(known.as_of, "2026-11-23");
    ASSERT_EQ(known.issues.size(), 1U);
    KnownIssue const& issue = known.issues[0];
    EXPECT_EQ(issue.id, "a");
    EXPECT_EQ(issue.found, "2026-11-20");
    EXPECT_EQ(issue.touches, Touches::captures);
    EXPECT_THAT(issue.results, ElementsAre("ratio", "note"));
    EXPECT_EQ(issue.what.fr, "quoi");
    EXPECT_EQ(issue.effect.en, "effect");
    EXPECT_EQ(issue.recognise.fr, "signe");
}

TEST(ParseKnownIssues, RefusesMistakesWithTheirPlace) {
    EXPECT_THAT(refusal(with(one, "0.2.0", "two")), HasSubstr("\"two\""));
    EXPECT_THAT(refusal(with(one, "0.10.0", "0..1")), HasSubstr("\"0..1\""));
    EXPECT_THAT(refusal(with(one, "\"captures\"", "\"capture\"")), HasSubstr("noise_estimated"));
    EXPECT_THAT(refusal(with(one, "\"note\"]", "\"notes\"]")), HasSubstr("\"notes\""));
    EXPECT_THAT(refusal(with(one, "{ fr = \"quoi\", en = \"what\" }", "{ fr = \"quoi\" }")),
                HasSubstr("what"));
    EXPECT_THAT(refusal(with(one, "as_of = 2026-11-23\n", "")), HasSubstr("as_of"));
    EXPECT_THAT(refusal(one + one.substr(one.find("[[issue]]"))), HasSubstr("line 3"));
    EXPECT_THAT(refusal("schema = 1\nas_of = 2026-11-23\n[[issues]]\n"), HasSubstr("issues"));
}

TEST(ReadKnownIssues, SaysEachErrorInBothLanguagesAndOnlyWithFirmWords) {
    KnownIssues const known = read_known_issues();
    EXPECT_GE(known.issues.size(), 4U);
    for (KnownIssue const& issue : known.issues) {
        EXPECT_LE(issue.found, known.as_of) << issue.id;
        for (Bilingual const& text : {issue.what, issue.effect, issue.recognise}) {
            EXPECT_TRUE(text.fr.ends_with('.') && text.en.ends_with('.')) << issue.id;
            EXPECT_EQ(text.fr.find("compatible avec"), std::string::npos);
            EXPECT_EQ(text.fr.find('\''), std::string::npos) << text.fr;
        }
    }
}

TEST(IsBefore, ComparesByNumbers) {
    EXPECT_TRUE(is_before("0.2.0", "0.10.0"));
    EXPECT_FALSE(is_before("0.10.0", "0.2.0"));
    EXPECT_FALSE(is_before("0.2", "0.2.0"));
    EXPECT_FALSE(is_before("0.2.0", "0.2"));
    EXPECT_TRUE(is_before("0.2", "0.2.1"));
    EXPECT_TRUE(is_before("1", "2"));
}

TEST(IsVersion, TakesDigitsAndPoints) {
    for (char const* const good : {"0.1.0", "12", "1.2.3.4"}) {
        EXPECT_TRUE(is_version(good)) << good;
    }
    for (char const* const bad : {"", "v1", "1.", ".1", "1..2", "1.2-rc", "Contremarque"}) {
        EXPECT_FALSE(is_version(bad)) << bad;
    }
}

TEST(HasError, IsFromTheFirstToTheMendedVersion) {
    KnownIssue const issue = parse_known_issues(one, "list.toml").issues[0];
    EXPECT_FALSE(has_error(issue, "0.1.9"));
    EXPECT_TRUE(has_error(issue, "0.2.0"));
    EXPECT_TRUE(has_error(issue, "0.9"));
    EXPECT_FALSE(has_error(issue, "0.10.0"));
    KnownIssue open = issue;
    open.mended_in.clear();
    EXPECT_TRUE(has_error(open, "7"));
}

} // namespace
