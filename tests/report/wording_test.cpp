// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/html.hpp"
#include "report/json_note.hpp"
#include "system/file.hpp"
#include "tests/report/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace cmq::report {
namespace {

/// What no output says: unbalanced words, verdicts, and words that mean something else in court.
constexpr std::array<std::string_view, 10> forbidden{"compatible avec",
                                                     "compatible with",
                                                     "absent",
                                                     "réaction positive",
                                                     "match",
                                                     "thèse",
                                                     "thèses",
                                                     "ratio de vraisemblance",
                                                     "chaîne de possession",
                                                     "certitude"};

bool is_word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           static_cast<unsigned char>(c) >= 0x80U;
}

/// The words stand in the text as whole words ("hypothèse" is not "thèse"), whatever their case.
bool has_word(std::string text, std::string_view words) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80U ? std::tolower(c) : c);
    });
    for (std::size_t i = text.find(words); i != std::string::npos; i = text.find(words, i + 1)) {
        bool const starts = i == 0 || !is_word_byte(text[i - 1]);
        std::size_t const end = i + words.size();
        if (starts && (end == text.size() || !is_word_byte(text[end]))) {
            return true;
        }
    }
    return false;
}

TEST(Wording, SaysNoForbiddenWordInAnyOutput) {
    for (NoteInput const& input : {fixture::make_input(), fixture::make_small_input()}) {
        for (Language const language : {Language::french, Language::english}) {
            Document const note = make_note(input, language);
            for (std::string const& text :
                 {fixture::all_text(note), to_html(note, {}), json_note(input)}) {
                for (std::string_view const words : forbidden) {
                    EXPECT_FALSE(has_word(text, words)) << words;
                }
            }
        }
    }
}

TEST(Wording, HasNoForbiddenWordInAnyPhrase) {
    for (std::string const name : {"front",
                                   "findings",
                                   "value",
                                   "missing",
                                   "reported",
                                   "sources",
                                   "assigned",
                                   "before",
                                   "kit",
                                   "attachments",
                                   "summary",
                                   "seals",
                                   "circumstances",
                                   "by_hand",
                                   "sheet",
                                   "figures",
                                   "claims",
                                   "glossary",
                                   "oral"}) {
        std::string const text = read_text(CMQ_SOURCE_DIR "/report/phrases/" + name + ".hpp");
        ASSERT_NE(text.find("Phrase"), std::string::npos);
        for (std::string_view const words : forbidden) {
            EXPECT_FALSE(has_word(text, words)) << name << ": " << words;
        }
    }
}

TEST(Wording, FindsWordsButNotPartsOfWords) {
    EXPECT_TRUE(has_word("Une THèse.", "thèse"));
    EXPECT_TRUE(has_word("Absent", "absent"));
    EXPECT_FALSE(has_word("hypothèse", "thèse"));
    EXPECT_FALSE(has_word("absents", "absent"));
}

TEST(Wording, KeepsFrenchSpacesUnbroken) {
    std::string const text = fixture::all_text(make_note(fixture::make_input(), Language::french));
    for (std::string_view const broken : {" :", " ;", " ?", " !", " »", "« ", " %"}) {
        EXPECT_EQ(text.find(broken), std::string::npos) << broken;
    }
}

TEST(Wording, UsesTheTypographicApostropheInFrench) {
    std::string const text = fixture::all_text(make_note(fixture::make_input(), Language::french));
    EXPECT_EQ(text.find('\''), std::string::npos);
}

} // namespace
} // namespace cmq::report
