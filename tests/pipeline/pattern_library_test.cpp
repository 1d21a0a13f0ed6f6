// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/pattern_library.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using cmq::detect::Pattern;
using cmq::lab::PatternDoubt;
using cmq::lab::PatternVerdict;
using cmq::pipeline::parse_pattern_library;
using cmq::pipeline::PatternQuestion;
using cmq::pipeline::weigh_against;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ErrorKind refusal(std::string const& text, std::string const& word) {
    try {
        (void)parse_pattern_library(text);
    } catch (Error const& error) {
        EXPECT_THAT(error.what(), HasSubstr(word));
        return error.kind();
    }
    ADD_FAILURE() << "was not refused: " << text;
    return ErrorKind::internal;
}

// Patterns of `count` traces in the mean (sd 0.3 in ln), Clark-Evans ratios about `ratio` (0.1 in ln).
std::string
rows(std::string const& name, double count, double ratio, int references, std::uint32_t task) {
    std::string text;
    for (int i = 0; i < references; ++i) {
        cmq::Random random{17, task, static_cast<std::uint64_t>(i)};
        text += name + ",table, " + cmq::number_text(std::log(count) + 0.3 * random.normal()) +
                "," + cmq::number_text(std::log(ratio) + 0.1 * random.normal()) + "\n";
    }
    return text;
}

std::string const header = "class,conditions,ln_count, ln_clark_evans\n";

PatternQuestion question(int references) {
    return {parse_pattern_library(header + rows("spray", 100.0, 1.0, references, 1) +
                                  rows("print", 30.0, 0.6, references, 2)),
            "spray",
            "table",
            0.1};
}

Pattern pattern(std::size_t count, double ratio) {
    Pattern one;
    one.count = count;
    one.unit = "photosite";
    one.clark_evans = cmq::detect::ClarkEvans{.ratio = ratio};
    return one;
}

TEST(ParsePatternLibrary, ReadsClassesFeaturesAndConditions) {
    auto const library = parse_pattern_library("\xEF\xBB\xBF"
                                               "unit,class,mean_ln_diameter,ln_count,weight\n"
                                               "mm,spray,-0.5,4.5,\n"
                                               "mm,print,-0.1,3.5,2\n"
                                               "mm,print,-0.2,3.25,2\n");
    EXPECT_THAT(library.features, ElementsAre("mean_ln_diameter", "ln_count"));
    EXPECT_EQ(library.unit, "mm");
    ASSERT_EQ(library.classes.size(), 2U);
    EXPECT_EQ(library.classes[1].name, "print");
    EXPECT_EQ(library.classes[1].weight, 2.0);
    EXPECT_THAT(library.classes[1].features,
                ElementsAre(ElementsAre(-0.1, 3.5), ElementsAre(-0.2, 3.25)));
    EXPECT_THAT(library.classes[0].conditions, ElementsAre(""));
}

TEST(WeighAgainst, TellsTheClassesApart) {
    // 0.3 and 0.1 about their centres: 4 and 5 standard deviations from the other class.
    auto const spray = weigh_against(question(30), pattern(100, 1.0));
    ASSERT_TRUE(spray.ratio.log10_lr);
    EXPECT_EQ(spray.ratio.verdict, PatternVerdict::for_first);
    EXPECT_THAT(spray.classes, testing::SizeIs(2));
    EXPECT_EQ(spray.classes[1].references, 30U);
    EXPECT_EQ(spray.classes[1].weight, 1.0);
    auto const print = weigh_against(question(30), pattern(30, 0.6));
    EXPECT_EQ(print.ratio.verdict, PatternVerdict::for_rivals);
    auto const between = weigh_against(question(30), pattern(55, 0.775));
    EXPECT_EQ(between.ratio.verdict, PatternVerdict::indeterminate);
}

TEST(WeighAgainst, CannotTellWithFewReferencesOrOtherConditions) {
    auto const few = weigh_against(question(9), pattern(100, 1.0));
    EXPECT_THAT(few.ratio.doubts, ElementsAre(PatternDoubt::few_references));
    EXPECT_THAT(few.ratio.of_classes, ElementsAre("spray", "print"));
    auto unstated = question(30);
    unstated.conditions.clear();
    EXPECT_THAT(weigh_against(unstated, pattern(100, 1.0)).ratio.doubts,
                ElementsAre(PatternDoubt::other_conditions));
    auto mixed = question(30);
    mixed.library.classes[1].conditions.emplace_back("car seat");
    auto const one_other = weigh_against(mixed, pattern(100, 1.0));
    EXPECT_FALSE(one_other.ratio.log10_lr);
    EXPECT_THAT(one_other.ratio.of_classes, ElementsAre("print"));
}

TEST(WeighAgainst, CannotTellWhereAFeatureIsMissing) {
    Pattern small = pattern(5, 1.0);
    small.clark_evans.reset();
    auto const result = weigh_against(question(30), small);
    EXPECT_EQ(result.ratio.verdict, PatternVerdict::indeterminate);
    EXPECT_THAT(result.ratio.doubts, ElementsAre(PatternDoubt::feature_missing));
    EXPECT_THAT(result.missing, ElementsAre("ln_clark_evans"));
}

TEST(WeighAgainst, RefusesAnotherUnitAndAnUnknownClass) {
    auto asked = question(30);
    asked.library.unit = "mm";
    EXPECT_THROW((void)weigh_against(asked, pattern(100, 1.0)), Error);
    asked = question(30);
    asked.first = "splash";
    EXPECT_THROW(check_question(asked), Error);
    EXPECT_NO_THROW(check_question(question(30)));
}

TEST(ParsePatternLibrary, RefusesWhatIsNoTableOfPatterns) {
    EXPECT_EQ(refusal("class,ln_count\n", "at least one reference pattern"), ErrorKind::format);
    EXPECT_EQ(refusal("class,count\nspray,4\n", "at least one column"), ErrorKind::format);
    EXPECT_EQ(refusal("class,colour\nspray,4\n", "no column of a table"), ErrorKind::format);
    EXPECT_EQ(refusal("ln_count\n4\n", "column is missing"), ErrorKind::format);
    EXPECT_EQ(refusal("class,ln_count,ln_count\na,1,2\n", "twice"), ErrorKind::format);
    EXPECT_EQ(refusal("class,ln_count\nspray,many\n", "no number"), ErrorKind::format);
    EXPECT_EQ(refusal("class,ln_count\nspray,\n", "empty"), ErrorKind::format);
    EXPECT_EQ(refusal("class,mean_ln_diameter\nspray,1\n", "empty"), ErrorKind::format);
    EXPECT_EQ(refusal("class,mean_ln_diameter,unit\na,1,inch\n", "mm or"), ErrorKind::format);
    EXPECT_EQ(refusal("class,mean_ln_diameter,unit\na,1,mm\na,1,photosite\n", "two units"),
              ErrorKind::format);
    EXPECT_EQ(refusal("class,ln_count,weight\na,1,0\n", "not above 0"), ErrorKind::domain);
    EXPECT_EQ(refusal("class,ln_count,weight\na,1,1\na,1,2\n", "already"), ErrorKind::domain);
    std::string many = "class,ln_count\n";
    for (std::size_t i = 0; i < cmq::pipeline::most_pattern_rows; ++i) {
        many += "a,1\n";
    }
    EXPECT_EQ(refusal(many, "more than"), ErrorKind::limits);
}

} // namespace
