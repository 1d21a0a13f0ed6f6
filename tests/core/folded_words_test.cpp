// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/folded_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq;
using testing::ElementsAre;
using testing::IsEmpty;

bool name_stands_in(std::string_view name, std::string_view text) {
    return holds_words(folded_words(text, WordParts::letters),
                       folded_words(name, WordParts::letters));
}

TEST(FoldedWords, AreLowerCaseWithoutAccentsInEitherForm) {
    // NFC, then NFD: U+0301 and U+0327 are combining marks.
    EXPECT_THAT(folded_words("Zoé FRANÇOIS", WordParts::letters), ElementsAre("zoe", "francois"));
    EXPECT_THAT(folded_words("Zoe\u0301 FRANC\u0327OIS", WordParts::letters),
                ElementsAre("zoe", "francois"));
    EXPECT_THAT(folded_words("Œuvré, Łukasz Nguyễn; Ðorđe Weiß", WordParts::letters),
                ElementsAre("oeuvre", "lukasz", "nguyen", "dorde", "weiss"));
    EXPECT_THAT(folded_words("ΠΑΠΑΣ Παπας ИВАНОВ Ёлкин", WordParts::letters),
                ElementsAre("παπασ", "παπασ", "иванов", "ёлкин"));
}

TEST(FoldedWords, EndAtSpacesAndSignsOfEveryKind) {
    EXPECT_THAT(folded_words("«\u00A0Jean-Luc\u00A0» l’O'Brien_x/Dupont.dng", WordParts::letters),
                ElementsAre("jean", "luc", "l", "o", "brien", "x", "dupont", "dng"));
    EXPECT_THAT(folded_words("Du\u00ADpont Du\u200Bpont", WordParts::letters),
                ElementsAre("dupont", "dupont"));
    EXPECT_THAT(folded_words("Du\uFEFFpont Du\u2060pont \u200EDu\u200Fpont", WordParts::letters),
                ElementsAre("dupont", "dupont", "dupont"));
    EXPECT_THAT(folded_words("", WordParts::letters), IsEmpty());
    EXPECT_THAT(folded_words("12:40 ...", WordParts::letters), IsEmpty());
}

TEST(FoldedWords, TakeDigitsWhereTheyBelongToACode) {
    EXPECT_THAT(folded_words("shot_at_P1, P10", WordParts::letters_and_digits),
                ElementsAre("shot", "at", "p1", "p10"));
    EXPECT_THAT(folded_words("DUPONT2.dng", WordParts::letters), ElementsAre("dupont", "dng"));
}

TEST(FoldedWords, KeepBytesThatAreNoUtf8) {
    EXPECT_THAT(folded_words("a\xff z\xe9", WordParts::letters), ElementsAre("a\xff", "z\xe9"));
    EXPECT_THAT(folded_words("\xe2\x82", WordParts::letters), ElementsAre("\xe2\x82"));
}

TEST(HoldsWords, FindsWholeWordsOneAfterTheOther) {
    EXPECT_TRUE(name_stands_in("Jean-Luc Petit", "M. JEAN LUC PETIT, né à"));
    EXPECT_TRUE(name_stands_in("Lefèvre", "photo_lefevre_2.dng"));
    EXPECT_FALSE(name_stands_in("Petit Jean", "Jean Petit"));
    EXPECT_FALSE(name_stands_in("Martin", "Martinique"));
    EXPECT_FALSE(name_stands_in("Martin", "saint-martinien"));
    EXPECT_FALSE(name_stands_in("", "anything"));
    EXPECT_FALSE(name_stands_in("Jean Petit", "Jean"));
}

} // namespace
