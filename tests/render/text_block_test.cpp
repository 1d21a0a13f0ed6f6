// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/text_block.hpp"

#include "render/application.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using cmq::render::Family;
using cmq::render::TextBlock;
using cmq::render::TextLook;
using cmq::render::to_drawable;
using cmq::render::to_font;

class TextBlocks : public testing::Test {
protected:
    void SetUp() override { cmq::render::ensure_application(); }

    static std::string drawable(char const* text, Family family = Family::serif) {
        return to_drawable(QString::fromUtf8(text), to_font({.family = family})).toStdString();
    }
};

TEST_F(TextBlocks, DrawsWhatLiberationHas) {
    for (Family const family : {Family::sans, Family::serif, Family::mono}) {
        EXPECT_EQ(drawable("é œ « ≥ ≤ → ₁₀ µ − ’ …", family), "é œ « ≥ ≤ → ₁₀ µ − ’ …");
    }
}

TEST_F(TextBlocks, ComposesAccents) {
    EXPECT_EQ(drawable("e\u0301"), "é");
}

TEST_F(TextBlocks, ShowsCharactersThatTheFontLacks) {
    EXPECT_EQ(drawable("a\U0001F600b"), "a[U+1F600]b");
    EXPECT_EQ(drawable("a\x07z"), "a[U+0007]z");
}

TEST_F(TextBlocks, ShowsCharactersThatReorderLetters) {
    EXPECT_EQ(drawable("gnd.\u202Eexe"), "gnd.[U+202E]exe");
}

TEST_F(TextBlocks, KeepsSpacesThatAFontLacks) {
    EXPECT_EQ(drawable("10\u202F000", Family::mono), "10\u00A0000");
}

TEST_F(TextBlocks, BreaksAHashInANarrowColumn) {
    std::string const hash(64, 'f');
    TextBlock const block{
        {{.text = hash, .style = cmq::report::TextStyle::mono}}, TextLook{}, 800.0};
    EXPECT_GT(block.lines(), 1);
    EXPECT_LE(block.natural_width(), 800.0);
}

TEST_F(TextBlocks, NeverBreaksAtANoBreakSpace) {
    TextLook const look;
    double const width = cmq::render::text_width("aaaa bbbb", look.font) + 1.0;
    // "aaaa bbbb cc" does not fit; with the last space unbreakable, bbbb goes down with cc.
    TextBlock const block{"aaaa bbbb\u00A0cc", look, width};
    EXPECT_EQ(block.lines(), 2);
    double const second_line = cmq::render::text_width("bbbb\u00A0cc", look.font);
    EXPECT_NEAR(block.natural_width(), second_line, 1.0);
}

TEST_F(TextBlocks, HasNoLinesWithoutText) {
    EXPECT_EQ((TextBlock{"", TextLook{}, 100.0}.lines()), 0);
    EXPECT_EQ((TextBlock{"", TextLook{}, 100.0}.height()), 0.0);
}

} // namespace
