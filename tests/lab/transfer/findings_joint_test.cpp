// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/findings_joint.hpp"

#include "lab/transfer/preassess.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;
using testing::HasSubstr;

constexpr std::size_t draws = 256;
constexpr std::size_t draws_before = 1024; // the fewest of a preassessment

// A shot at one person, or a contact with another who was shot, with contamination that may have happened.
Account make_account() {
    Account account;
    account.carriers = {{.id = "sleeve", .surface = Surface::porous},
                        {.id = "hand", .surface = Surface::skin},
                        {.id = "face", .surface = Surface::skin},
                        {.id = "other", .surface = Surface::skin},
                        {.id = "gloves", .surface = Surface::smooth}};
    account.deliveries = {{.id = "shot",
                           .kind = DeliveryKind::pellet,
                           .when = {.minutes = 0.0, .half_width = 2.0},
                           .zones = {{"sleeve", 0.2}, {"hand", 0.02}}},
                          {.id = "shot_at_other",
                           .kind = DeliveryKind::pellet,
                           .when = {.minutes = 0.0, .half_width = 2.0},
                           .zones = {{"other", 0.1}}},
                          {.id = "dirty",
                           .kind = DeliveryKind::contamination,
                           .when = {.minutes = 60.0, .half_width = 0.0},
                           .zones = {{"gloves", 1.0}},
                           .probability = 0.1}};
    account.events = {{.id = "grip",
                       .kind = EventKind::contact,
                       .between = {"other", "sleeve"},
                       .when = {.minutes = 10.0, .half_width = 2.0},
                       .probability = 0.6},
                      {.id = "search",
                       .kind = EventKind::search,
                       .between = {"gloves", "sleeve"},
                       .when = {.minutes = 70.0, .half_width = 2.0}}};
    return account;
}

std::vector<Proposition> propositions() {
    return {{.id = "Hp", .deliveries = {"shot"}, .events = {"search"}},
            {.id = "Hd", .deliveries = {"shot_at_other"}, .events = {"grip", "search"}}};
}

Finding seen(std::string zone, FindingKind kind, Examination by = Examination::visual) {
    return {.zone = std::move(zone), .kind = kind, .examination = by, .minutes = 90.0};
}

std::vector<Finding> binary_findings() {
    return {seen("sleeve", FindingKind::detected),
            seen("hand", FindingKind::not_detected),
            seen("face", FindingKind::not_detected)};
}

Settings settings_of_evaluation() {
    Settings settings;
    settings.seed = 7;
    settings.draws_min = draws;
    settings.draws_max = draws;
    settings.sensitivity_draws = 0;
    settings.tornado_draws = 0;
    return settings;
}

FindingsJoint joint_of(std::vector<Finding> const& findings, JointSettings settings = {}) {
    settings.seed = 7;
    settings.draws = settings.draws == JointSettings{}.draws ? draws : settings.draws;
    auto const all = propositions();
    return make_findings_joint(make_account(), all, findings, test::library(), settings);
}

// p(each zone in its first state where the bit of `firsts` is set, else in the other | proposition), summed over all.
double p_of(FindingsJoint const& joint, std::size_t proposition, std::size_t firsts) {
    double p = 0.0;
    for (std::size_t pattern = 0; pattern < joint.patterns(); ++pattern) {
        double weight = 1.0;
        for (std::size_t c = 0; c < joint.causes.size(); ++c) {
            double const q = joint.causes[c].probability;
            weight *= (pattern >> c & 1U) != 0 ? q : 1.0 - q;
        }
        for (std::size_t a = 0; a < joint.amounts; ++a) {
            for (std::size_t cell = 0; cell < joint.cells(); ++cell) {
                double term =
                    weight *
                    joint.p[((proposition * joint.patterns() + pattern) * joint.amounts + a) *
                                joint.cells() +
                            cell];
                std::size_t rest = cell;
                for (std::size_t z = joint.zones.size(); z-- > 0;) {
                    double const first = static_cast<double>(rest % joint.levels) /
                                         static_cast<double>(joint.levels - 1);
                    term *= (firsts >> z & 1U) != 0 ? first : 1.0 - first;
                    rest /= joint.levels;
                }
                p += term;
            }
        }
    }
    return p;
}

std::size_t found(FindingsJoint const& joint) {
    std::size_t firsts = 0;
    for (std::size_t z = 0; z < joint.zones.size(); ++z) {
        firsts |= joint.zones[z].found_first ? std::size_t{1} << z : 0;
    }
    return firsts;
}

double log10_ratio(FindingsJoint const& joint) {
    return std::log10(p_of(joint, 0, found(joint)) / p_of(joint, 1, found(joint)));
}

Evaluation evaluation_of(std::vector<Finding> const& findings) {
    auto const all = propositions();
    return evaluate(
        make_account(), all[0], all[1], findings, test::library(), settings_of_evaluation());
}

double engine_ratio(std::vector<Finding> const& findings) {
    auto const evaluation =
        evaluation_of(findings); // 256 draws are too few for a value that may be given
    return *evaluation.log10_p_h1 - *evaluation.log10_p_h2;
}

// The engine's own integral over the load is good to 3e-4 of p on either side.
constexpr double load_error = 3e-4;

TEST(MakeFindingsJoint, GivesTheProbabilitiesOfTheEvaluation) {
    auto const joint = joint_of(binary_findings());
    auto const evaluation = evaluation_of(binary_findings());
    EXPECT_NEAR(std::log10(p_of(joint, 0, found(joint))), *evaluation.log10_p_h1, load_error);
    EXPECT_NEAR(std::log10(p_of(joint, 1, found(joint))), *evaluation.log10_p_h2, load_error);
    EXPECT_EQ(joint.propositions, (std::vector<std::string>{"Hp", "Hd"}));
    ASSERT_EQ(joint.causes.size(), 2U);
    EXPECT_EQ(joint.causes[0].key, "entry grip"); // 0.6 is more even than 0.1
    EXPECT_EQ(joint.causes[1].key, "entry dirty");
}

TEST(MakeFindingsJoint, GivesEveryOtherOutcomeAsThePreassessment) {
    auto const joint = joint_of(binary_findings(), {.draws = draws_before});
    auto const all = propositions();
    std::vector<Pair> const pairs{{"Hp", "Hd"}};
    std::vector<PlannedZone> const planned{{"sleeve", Examination::visual, 90.0},
                                           {"hand", Examination::visual, 90.0},
                                           {"face", Examination::visual, 90.0}};
    auto settings = settings_of_evaluation();
    settings.draws_min = draws_before;
    settings.draws_max = draws_before;
    auto const before = preassess(make_account(), all, pairs, planned, test::library(), settings);
    ASSERT_EQ(before.draws, draws_before);
    double sum = 0.0;
    for (std::size_t outcome = 0; outcome < 8; ++outcome) {
        for (std::size_t p = 0; p < 2; ++p) {
            double const expected = before.propositions[p].probability[outcome].value;
            EXPECT_NEAR(p_of(joint, p, outcome), expected, 1e-3 * expected + 1e-9) << outcome;
        }
        sum += p_of(joint, 0, outcome);
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
}

TEST(MakeFindingsJoint, GivesTheSameProbabilitiesInEveryShape) {
    auto const whole = joint_of(binary_findings());
    EXPECT_EQ(whole.levels, 3U);
    EXPECT_EQ(whole.amounts, joint_amounts);
    std::vector<std::pair<std::size_t, std::size_t>> shapes;
    for (std::size_t const most : {1500U, 400U, 150U, 60U}) {
        auto const smaller = joint_of(binary_findings(), {.most_numbers = most});
        EXPECT_LE(network_numbers(smaller), most);
        shapes.emplace_back(smaller.amounts * smaller.levels, smaller.causes.size());
        for (std::size_t outcome = 0; outcome < 8; ++outcome) {
            EXPECT_NEAR(p_of(smaller, 0, outcome), p_of(whole, 0, outcome), 1e-9);
            EXPECT_NEAR(p_of(smaller, 1, outcome), p_of(whole, 1, outcome), 1e-9);
        }
    }
    EXPECT_NE(shapes.front(), shapes.back());
    EXPECT_EQ(joint_of(binary_findings(), {.most_causes = 0}).summed.size(), 2U);
}

TEST(MakeFindingsJoint, WeighsCountsAndAmountsUpToAFactor) {
    std::vector<Finding> findings{seen("sleeve", FindingKind::amount, Examination::instrument),
                                  seen("hand", FindingKind::count, Examination::instrument)};
    findings[0].value = 12.0;
    findings[0].sigma = 3.0;
    findings[1].value = 2.0;
    auto const joint = joint_of(findings);
    EXPECT_FALSE(joint.zones[0].first_is_detected);
    EXPECT_TRUE(joint.zones[0].found_first);
    EXPECT_NEAR(log10_ratio(joint), engine_ratio(findings), 2 * load_error);
}

TEST(MakeFindingsJoint, WeighsReadingsAgainstLookAlikes) {
    auto findings = binary_findings();
    findings[0].look_alike_ratio = {0.05};
    auto const joint = joint_of(findings);
    EXPECT_FALSE(joint.zones[0].first_is_detected);
    EXPECT_TRUE(joint.zones[1].first_is_detected);
    EXPECT_NEAR(log10_ratio(joint), engine_ratio(findings), 2 * load_error);
}

TEST(MakeFindingsJoint, WeighsReadingsOfACodeThatMayBeWrongTogether) {
    auto findings = binary_findings();
    findings[0].code = CodeEvidence{.error = 0.01};
    findings[1].kind = FindingKind::detected;
    findings[1].code = CodeEvidence{.error = 0.05};
    auto const joint = joint_of(findings);
    EXPECT_FALSE(joint.zones[0].first_is_detected);
    EXPECT_TRUE(joint.zones[2].first_is_detected);
    EXPECT_NEAR(log10_ratio(joint), engine_ratio(findings), 2 * load_error);
}

TEST(MakeFindingsJoint, SumsToOneForEveryPatternAndHasTheSameBitsOnAnyNumberOfThreads) {
    auto const one = joint_of(binary_findings(), {.threads = 1});
    auto const many = joint_of(binary_findings(), {.threads = 5});
    EXPECT_EQ(one.p, many.p);
    std::size_t const size = one.amounts * one.cells();
    for (std::size_t first = 0; first < one.p.size(); first += size) {
        double sum = 0.0;
        for (std::size_t i = first; i < first + size; ++i) {
            EXPECT_GE(one.p[i], 0.0);
            sum += one.p[i];
        }
        EXPECT_NEAR(sum, 1.0, 1e-12);
    }
}

TEST(MakeFindingsJoint, RefusesAssignedProbabilities) {
    auto all = propositions();
    all[0].assigned = Assigned{.zones = {}, .probability = 0.5};
    try {
        static_cast<void>(make_findings_joint(
            make_account(), all, binary_findings(), test::library(), {.draws = 8}));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
        EXPECT_THAT(error.full_text(), HasSubstr("Hp"));
    }
}

TEST(MakeFindingsJoint, RefusesMoreZonesThanANetworkHolds) {
    auto account = make_account();
    std::vector<Finding> findings;
    for (std::size_t i = 0; i <= most_joint_zones; ++i) {
        account.carriers.push_back({.id = "zone" + std::to_string(i), .surface = Surface::skin});
        findings.push_back(seen("zone" + std::to_string(i), FindingKind::not_detected));
    }
    auto const all = propositions();
    try {
        static_cast<void>(
            make_findings_joint(account, all, findings, test::library(), {.draws = 8}));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
    EXPECT_THROW(static_cast<void>(joint_of(binary_findings(), {.most_numbers = 10})), Error);
}

} // namespace
