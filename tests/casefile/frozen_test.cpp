// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/frozen.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;
using testing::Not;

std::string const small = R"(schema = 1
[case]
id = "a"
language = "fr"
[report]
date = 2026-11-21
role = "party"
[[carrier]]
id = "hand"
surface = "skin"
[[carrier]]
id = "foot"
surface = "skin"
[[delivery]]
zones = { hand = 0.2 }
id = "shot"
kind = "pellet"
at = { time = "12:40", uncertainty_min = 5.0 }
label = "tir « \"A\" \\ »"
[[delivery]]
id = "secret_shot"
kind = "pellet"
at = { time = "12:40", uncertainty_min = 5 }
zones = { foot = 1 }
[[planned]]
zone = "hand"
[[observation]]
zone = "foot"
kind = "detected"
source = { document = "PV 1" }
[[proposition]]
id = "Hp"
side = "prosecution"
deliveries = ["shot"]
events = []
[[proposition]]
id = "Hd"
side = "defence"
deliveries = []
events = []
[[proposition]]
id = "Hsecret"
side = "defence"
deliveries = ["secret_shot"]
events = []
[[comparison]]
h1 = "Hp"
h2 = "Hd"
)";

std::string text_of(std::string const& case_text) {
    return to_frozen_text(to_frozen_tables(case_text, "case.toml"));
}

std::string with(std::string text, std::string const& part, std::string const& replacement) {
    return text.replace(text.find(part), part.size(), replacement);
}

TEST(FrozenText, IsTheOneThatIsDocumented) {
    // By hand, from docs/formats/frozen.toml.md.
    EXPECT_EQ(text_of(small),
              "planned {\"zone\":\"hand\"}\n"
              "carrier {\"id\":\"hand\",\"surface\":\"skin\"}\n"
              "delivery {\"at\":{\"time\":\"12:40\",\"uncertainty_min\":5},\"id\":\"shot\","
              "\"kind\":\"pellet\",\"label\":\"tir « \\\"A\\\" \\\\ »\",\"zones\":{\"hand\":0.2}}\n"
              "proposition {\"deliveries\":[\"shot\"],\"events\":[],\"id\":\"Hp\","
              "\"side\":\"prosecution\"}\n"
              "proposition {\"deliveries\":[],\"events\":[],\"id\":\"Hd\",\"side\":\"defence\"}\n"
              "comparison {\"h1\":\"Hp\",\"h2\":\"Hd\"}\n");
}

TEST(FrozenText, HoldsNothingThatNoComparisonNames) {
    EXPECT_THAT(text_of(small), Not(HasSubstr("secret")));
    EXPECT_THAT(text_of(small), Not(HasSubstr("foot")));
    EXPECT_EQ(text_of(with(small, "id = \"Hsecret\"", "id = \"Hother\"")), text_of(small));
}

TEST(FrozenText, StaysWhereResultsReportOrCommentsChange) {
    EXPECT_EQ(text_of(with(small, "kind = \"detected\"", "kind = \"not_detected\" # else")),
              text_of(small));
    EXPECT_EQ(text_of(with(small, "date = 2026-11-21", "date = 2026-12-21")), text_of(small));
    EXPECT_EQ(text_of(with(small, "uncertainty_min = 5.0", "uncertainty_min = 5")), text_of(small));
}

TEST(FrozenText, ChangesWithAnythingThatMovesTheNumber) {
    EXPECT_NE(text_of(with(small, "hand = 0.2", "hand = 0.3")), text_of(small));
    EXPECT_NE(text_of(with(small, "zone = \"hand\"", "zone = \"foot\"")), text_of(small));
    EXPECT_NE(text_of(with(small, "surface = \"skin\"", "surface = \"smooth\"")), text_of(small));
}

TEST(FrozenText, WritesNumbersWithoutExponents) {
    std::string const tiny = text_of(with(small, "hand = 0.2", "hand = 1e-7"));
    EXPECT_THAT(tiny, HasSubstr("\"hand\":0.0000001"));
}

TEST(FrozenText, SplitsIntoItsTables) {
    auto const made = to_frozen_tables(small, "case.toml");
    auto const split = split_frozen_text(to_frozen_text(made));
    ASSERT_EQ(made.size(), split.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        EXPECT_EQ(made[i].name, split[i].name);
        EXPECT_EQ(made[i].lines, split[i].lines);
    }
}

FrozenEntry make_entry(std::string const& on) {
    std::string const text = text_of(small);
    return {.on = on,
            .is_stated = true,
            .program = "Contremarque 0.1.0",
            .sha256 = cmq::sha256_hex(std::as_bytes(std::span{text})),
            .text = text};
}

TEST(FrozenToml, GivesItsEntriesBack) {
    std::vector const entries{make_entry("2026-11-01"), make_entry("2026-11-22")};
    auto const read = parse_frozen(to_frozen_toml(entries), "case.frozen.toml");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[1].on, "2026-11-22");
    EXPECT_TRUE(read[1].is_stated);
    EXPECT_EQ(read[1].program, "Contremarque 0.1.0");
    EXPECT_EQ(read[1].text, entries[1].text);
    EXPECT_EQ(read[1].sha256, entries[1].sha256);
}

ErrorKind kind_of(std::string const& text) {
    try {
        static_cast<void>(parse_frozen(text, "case.frozen.toml"));
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(FrozenToml, RefusesATextThatWasChanged) {
    std::string const file = to_frozen_toml(std::vector{make_entry("2026-11-01")});
    EXPECT_EQ(kind_of(with(file, "\"hand\":0.2", "\"hand\":0.1")), ErrorKind::integrity);
}

TEST(FrozenToml, RefusesWhatIsNoSuchFile) {
    EXPECT_EQ(kind_of("schema = 1\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("schema = 1\n[[frozen]]\non = 2026-11-01\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("not toml"), ErrorKind::format);
}

} // namespace
