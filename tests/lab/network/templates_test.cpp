// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/templates.hpp"

#include "lab/network/questions.hpp"
#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;

double ratio(Network const& network, std::string const& evidence) {
    QuestionTexts texts;
    texts.evidence = {evidence};
    texts.ratios = {"Proposition:H1/H2"};
    return std::pow(10.0, answer_questions(network, texts).ratios[0].ratio.log10_lr);
}

TEST(MakeTemplate, MakesNetworksInBothLanguages) {
    ASSERT_EQ(network_templates().size(), 3U);
    for (NetworkTemplate const& one : network_templates()) {
        for (Language const language : {Language::french, Language::english}) {
            auto const network = make_template(one.name, language);
            EXPECT_EQ(refusal_of([&] { check_network(network); }).text, "") << one.name;
            for (NetworkNode const& node : network.nodes) {
                EXPECT_NE(node.comment, "") << node.name;
            }
        }
    }
}

// The ratios of the source's example (bnRep: disputed1, disputed2) as three other engines compute them.
TEST(MakeTemplate, HasTheRatiosOfItsSource) {
    auto const activity = make_template("disputed-activity", Language::english);
    EXPECT_NEAR(ratio(activity, "Finding on the item=the person alone"), 32.6666666667, 1e-9);
    auto const item = make_template("disputed-item", Language::english);
    EXPECT_NEAR(ratio(item, "Finding on the item=the person alone"), 2.50793650794, 1e-10);
    EXPECT_NEAR(ratio(item, "Finding on the item=someone else alone"), 0.398734177215, 1e-11);
    EXPECT_NEAR(
        ratio(item, "Finding on the item=the person alone,Like fibres found on the item=yes"),
        5.60113960114,
        1e-10);
    auto const french = make_template("disputed-item", Language::french);
    EXPECT_NEAR(ratio(french, "Constatation sur l’objet=la personne seule"), 2.50793650794, 1e-10);
}

// By hand: (0.02 + 0.98 * 0.6) / 0.02.
TEST(MakeTemplate, KeepsTheRatioFiniteWhereContaminationIsPossible) {
    EXPECT_NEAR(
        ratio(make_template("contamination", Language::english), "Trace found=yes"), 30.4, 1e-12);
}

TEST(MakeTemplate, RefusesAnotherName) {
    auto const refusal =
        refusal_of([] { static_cast<void>(make_template("x", Language::english)); });
    EXPECT_EQ(refusal.kind, ErrorKind::domain);
    EXPECT_THAT(refusal.text,
                testing::HasSubstr("disputed-activity, disputed-item, contamination"));
}

} // namespace
