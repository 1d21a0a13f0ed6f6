// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/typography.hpp"

#include <gtest/gtest.h>

namespace {

using cmq::typeset;

constexpr auto fr = cmq::Language::french;
constexpr auto en = cmq::Language::english;

TEST(Typeset, PutsNoBreakSpacesBeforeFrenchDoublePunctuation) {
    EXPECT_EQ(typeset("Question : qui ? Non ; si !", fr),
              "Question\u00A0: qui\u202F? Non\u202F; si\u202F!");
}

TEST(Typeset, PutsNoBreakSpacesInsideFrenchQuotationMarks) {
    EXPECT_EQ(typeset("il écrit « brille » ici", fr), "il écrit «\u00A0brille\u00A0» ici");
}

TEST(Typeset, KeepsNumbersWithTheirUnitsInBothLanguages) {
    EXPECT_EQ(typeset("à 365 nm, 12 h 40", fr), "à 365\u202Fnm, 12\u202Fh\u202F40");
    EXPECT_EQ(typeset("à {distance} cm, {n} mesures", fr), "à {distance}\u202Fcm, {n} mesures");
    EXPECT_EQ(typeset("P2 s’est accroché", fr), "P2 s’est accroché");
    EXPECT_EQ(typeset("at 365 nm and 5 minutes", en), "at 365\u202Fnm and 5 minutes");
}

TEST(Typeset, KeepsFrenchGroupsOfDigitsTogether) {
    EXPECT_EQ(typeset("10 000 tirages, 2 images", fr), "10\u202F000 tirages, 2 images");
    EXPECT_EQ(typeset("en 2026 100 cas", fr), "en 2026 100 cas"); // a year is no group
}

TEST(Typeset, KeepsANumberWithTheWordThatItBelongsTo) {
    EXPECT_EQ(typeset("PV n° 12, p. 3, agent 5 et agent Z", fr),
              "PV n°\u00A012, p.\u00A03, agent\u00A05 et agent Z");
    EXPECT_EQ(typeset("Article 82-1, reagent 5", en), "Article\u00A082-1, reagent 5");
}

TEST(Typeset, LeavesTimesAddressesAndEnglishPunctuationAlone) {
    EXPECT_EQ(typeset("12:40 https://a.b", fr), "12:40 https://a.b");
    EXPECT_EQ(typeset("what ? this : that", en), "what ? this : that");
}

TEST(Typeset, ChangesNothingTheSecondTime) {
    std::string const once = typeset("« a » : 10 000 nm ; 50 % ?", fr);
    EXPECT_EQ(typeset(once, fr), once);
}

} // namespace
