// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sentence.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using cmq::Language;
using cmq::Sentence;

TEST(Sentence, FillsBlanksInTheOrderOfEachLanguage) {
    Sentence const said{{"« {1} » compte {0} lignes", "{0} rows are in '{1}'"}, 3, "traces"};
    EXPECT_EQ(said.english(), "3 rows are in 'traces'");
    EXPECT_EQ(said.french(), "«\u00A0traces\u00A0» compte 3 lignes");
}

TEST(Sentence, FillsUnnamedBlanksFromLeftToRight) {
    Sentence const said{{"de {} à {}", "from {} to {}"}, 0.5, std::size_t{1024}};
    EXPECT_EQ(said.english(), "from 0.5 to 1024");
    EXPECT_EQ(said.french(), "de 0.5 à 1024");
}

TEST(Sentence, LeavesWhatFillsABlankAsItWasWritten) {
    Sentence const said{{"trouvé : {}", "found {}"}, "a : {b} \"c\""};
    EXPECT_EQ(said.french(), "trouvé\u00A0: a : {b} \"c\"");
    EXPECT_EQ(said.english(), "found a : {b} \"c\"");
}

TEST(Sentence, SaysAPartInTheLanguageOfTheWhole) {
    Sentence const part{{"un tableau", "a table"}};
    Sentence const said{{"trouvé : {}", "found {}"}, part};
    EXPECT_EQ(said.in(Language::french), "trouvé\u00A0: un tableau");
    EXPECT_EQ(said.in(Language::english), "found a table");
}

TEST(Sentence, UsesATextTwiceWhereALanguageNeedsTo) {
    Sentence const said{{"{0}, {0}", "{} again"}, "x"};
    EXPECT_EQ(said.french(), "x, x");
    EXPECT_EQ(said.english(), "x again");
}

TEST(Sentence, KeepsOrdinarySpacesInEnglish) {
    EXPECT_EQ((Sentence{{"à 365 nm", "at 365 nm"}}.english()), "at 365 nm");
    EXPECT_EQ((Sentence{{"à 365 nm", "at 365 nm"}}.french()), "à 365\u202Fnm");
}

TEST(Sentence, IsTheSameInBothLanguagesWhenVerbatim) {
    auto const name = Sentence::verbatim("cas ; 12 nm");
    EXPECT_EQ(name.french(), "cas ; 12 nm");
    EXPECT_EQ(name.english(), "cas ; 12 nm");
}

// A name can neither add a line nor steer a terminal; letters beyond ASCII stay (U+00C2 and U+00A0 have the same bytes).
TEST(Sentence, TakesControlCharactersOutOfNames) {
    Sentence const said{{"« {} »", "'{}'"},
                        std::string{"a\nb\x1b[2J\x7f\xc2\x9b"
                                    "1\xc2\xa0\xc3\x82\xc2"}};
    EXPECT_EQ(said.english(), "'a?b?[2J??1\xc2\xa0\xc3\x82\xc2'");
}

TEST(Joined, PutsTheSameTextBetween) {
    std::vector<Sentence> const parts{Sentence{{"un", "one"}}, Sentence{{"deux", "two"}}};
    EXPECT_EQ(cmq::joined(parts, ", ").french(), "un, deux");
    EXPECT_EQ(cmq::joined(parts, ", ").english(), "one, two");
    EXPECT_TRUE(cmq::joined({}, ", ").empty());
}

} // namespace
