// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/questions.hpp"

#include "tests/lab/network/example_networks.hpp"
#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::ElementsAre;
using testing::HasSubstr;

/// Names that hold every sign of the questions.
Network with_signs() {
    Network network;
    add_node(network, "a", {"x", "x,a=y", "y"}, {}, {0.5, 0.25, 0.25});
    add_node(network, "a, b = c", {"1/2", "1:2", "no"}, {}, {0.5, 0.25, 0.25});
    network.nodes[1].id = "abc";
    network.nodes[1].state_ids = {"half", "ratio", "none"};
    return network;
}

TEST(ParseEvidence, ReadsNamesWithBlanksAndSigns) {
    Network const network = asia();
    EXPECT_EQ(parse_evidence(network, "visit to Asia=yes, X-ray = abnormal"),
              (Evidence{observed(network, "visit to Asia", "yes"),
                        observed(network, "X-ray", "abnormal")}));
    Network const signs = with_signs();
    EXPECT_EQ(parse_evidence(signs, "a, b = c=1/2,a=x"),
              (Evidence{observed(signs, "abc", "half"), observed(signs, "a", "x")}));
    EXPECT_EQ(parse_evidence(signs, "abc=none"), (Evidence{observed(signs, "abc", "no")}));
}

TEST(ParseEvidence, RefusesWhatIsUnknownOrCanBeReadInTwoWays) {
    auto const refused = [](Network const& network, std::string const& text) {
        return refusal_of([&] { static_cast<void>(parse_evidence(network, text)); });
    };
    EXPECT_THAT(refused(asia(), "cough=yes").text, HasSubstr("no node 'cough'"));
    EXPECT_THAT(refused(asia(), "smoker=maybe").text,
                HasSubstr("no state 'maybe'; it has: yes, no"));
    EXPECT_THAT(refused(asia(), "smoker").text, HasSubstr("does not have the form A=x,B=y"));
    EXPECT_THAT(refused(asia(), "smoker=yes,").text, HasSubstr("does not have the form"));
    EXPECT_THAT(refused(with_signs(), "a=x,a=y").text, HasSubstr("in two ways"));
    EXPECT_EQ(refused(asia(), "cough=yes").kind, ErrorKind::domain);
}

TEST(ParseSoft, ReadsWeights) {
    Network const network = with_signs();
    EXPECT_THAT(parse_soft(network, "abc=1:2:0.5/1/2:2e-1").weights, ElementsAre(0.2, 0.5, 0.0));
    EXPECT_THAT(parse_soft(network, "a = y : 3").weights, ElementsAre(0.0, 0.0, 3.0));
    for (std::string const text :
         {"a=x", "a=x:1/", "a=x:-1", "a=x:0", "b=x:1", "a=q:1", "a=x:nan"}) {
        EXPECT_EQ(refusal_of([&] { static_cast<void>(parse_soft(network, text)); }).kind,
                  ErrorKind::domain)
            << text;
    }
}

TEST(AnswerQuestions, AnswersAllOfThem) {
    Network const network = asia();
    QuestionTexts texts;
    texts.evidence = {"dyspnœa=yes"};
    texts.soft = {"X-ray=abnormal:0.9/normal:0.2"};
    texts.queries = {"bronchitis"};
    texts.joint = {"smoker,lung cancer"};
    texts.ratios = {"lung cancer:yes/no"};
    texts.sensitivity = {"lung cancer=yes", "lung cancer:yes/no"};
    auto const answers = answer_questions(network, texts);
    ASSERT_EQ(answers.evidence.size(), 2U);
    ASSERT_EQ(answers.posteriors.size(), 1U);
    EXPECT_EQ(answers.posteriors[0].called, "bronchitis");
    ASSERT_EQ(answers.joint.size(), 1U);
    EXPECT_THAT(answers.joint[0].nodes, ElementsAre(1U, 3U));
    ASSERT_EQ(answers.ratios.size(), 1U);
    EXPECT_TRUE(answers.conflict);
    ASSERT_EQ(answers.sensitivity.size(), 2U);
    EXPECT_EQ(answers.sensitivity[0].tipping, 0.5);
    EXPECT_EQ(answers.sensitivity[1].tipping, 1.0);
    for (auto const& one : answers.sensitivity) {
        ASSERT_GT(one.functions.size(), 2U);
        EXPECT_GE(std::abs(one.functions[0].slope), std::abs(one.functions[1].slope));
    }
    // Posterior odds are the ratio times the odds before: p(cancer) = 0.055.
    double const p = answers.joint[0].p[0] + answers.joint[0].p[2];
    EXPECT_NEAR(
        std::pow(10.0, answers.ratios[0].ratio.log10_lr), p / (1.0 - p) / (0.055 / 0.945), 1e-12);
    EXPECT_EQ(answer_questions(network, {}).posteriors.size(), 8U);
}

TEST(AnswerQuestions, RefusesFormsItDoesNotKnow) {
    Network const network = asia();
    for (auto const& [member, text] :
         std::initializer_list<std::pair<std::vector<std::string> QuestionTexts::*, std::string>>{
             {&QuestionTexts::queries, "cough"},
             {&QuestionTexts::joint, "smoker,cough"},
             {&QuestionTexts::ratios, "smoker:yes"},
             {&QuestionTexts::ratios, "smoker:yes/maybe"},
             {&QuestionTexts::sensitivity, "smoker"},
             {&QuestionTexts::sensitivity, "smoker=yes,bronchitis=yes"}}) {
        QuestionTexts texts;
        texts.*member = {text};
        EXPECT_EQ(refusal_of([&] { static_cast<void>(answer_questions(network, texts)); }).kind,
                  ErrorKind::domain)
            << text;
    }
}

TEST(RowText, NamesTheStatesOfTheParents) {
    Network const network = asia();
    EXPECT_EQ(row_text(network, 7, 1), "either = yes, bronchitis = no");
    EXPECT_EQ(row_text(network, 0, 0), "");
}

} // namespace
