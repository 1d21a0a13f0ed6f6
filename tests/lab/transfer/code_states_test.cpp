// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/code_states.hpp"

#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using enum FindingKind;

constexpr double e = 0.01; // of a reading
constexpr double q = 0.2;  // a look-alike lies there
constexpr double d = 0.9;  // and is seen

CodeEvidence match(double error = e) {
    return {.error = error, .given_marker = 1.0, .given_material = 0.0, .given_other_lot = 0.0};
}

CodeEvidence other_lot(double error = e) {
    return {.error = error, .given_marker = 0.0, .given_material = 0.0, .given_other_lot = 1.0};
}

CodeEvidence
from(CodeEvidence code, std::string laboratory, std::string run, std::string examiner) {
    code.laboratory = std::move(laboratory);
    code.run = std::move(run);
    code.examiner = std::move(examiner);
    return code;
}

Finding glow(std::string zone, std::optional<CodeEvidence> code) {
    Finding finding = found(std::move(zone), detected);
    finding.code = std::move(code);
    return finding;
}

/// A delivery so large that any share of it is seen.
Delivery huge(std::string id, std::string zone, double probability) {
    Delivery delivery;
    delivery.id = std::move(id);
    delivery.zones = {{std::move(zone), 1.0}};
    delivery.probability = probability;
    delivery.mean_load_dl = 1e14;
    return delivery;
}

/// The marker is on a zone with a probability of its own, or something else glows there.
struct MarkedOrNot {
    Account account;
    Proposition marked{"Hp", Side::prosecution, {}, {}};
    Proposition unmarked{"Hd", Side::defence, {}, {}};
    ParameterSet parameters = bare_parameters({{"load.shape", 50.0}});

    explicit MarkedOrNot(std::vector<double> const& p_marked) {
        for (std::size_t i = 0; i < p_marked.size(); ++i) {
            std::string const zone = "z" + std::to_string(i);
            account.carriers.push_back({zone, Surface::skin});
            account.deliveries.push_back(huge("hit" + std::to_string(i), zone, p_marked[i]));
            marked.deliveries.push_back(account.deliveries.back().id);
        }
        account.look_alikes = {{.id = "pen", .prevalence = q, .seen = d}};
    }

    [[nodiscard]] double lr(std::vector<Finding> const& findings) const {
        return std::pow(10.0, evaluation(findings).log10_lr.value());
    }

    [[nodiscard]] Evaluation evaluation(std::vector<Finding> const& findings) const {
        return evaluate(account, marked, unmarked, findings, parameters, value_only(32));
    }
};

TEST(MakeCodeStates, WeighsOneMatchAsTheClosedFormSays) {
    // p(glow, lot read | H) = A + (1 - A) q d e: marker reads as itself, a pen only by an error.
    double const a = 0.3;
    MarkedOrNot const here{{a}};
    auto const result = here.evaluation({glow("z0", match())});
    EXPECT_NEAR(std::pow(10.0, *result.log10_lr), (a + (1 - a) * q * d * e) / (q * d * e), 1e-8);
    EXPECT_NEAR(
        std::pow(10.0, *result.log10_lr_without_codes), (a + (1 - a) * q * d) / (q * d), 1e-9);
    EXPECT_FALSE(here.evaluation({glow("z0", {})}).log10_lr_without_codes);
}

TEST(MakeCodeStates, MovesTheRatioTheOtherWayForAnotherLot) {
    double const a = 0.3;
    double const q2 = 0.05;
    MarkedOrNot here{{a}};
    here.account.look_alikes.push_back(
        {.id = "other", .prevalence = q2, .seen = d, .is_other_lot = true});
    double const unmarked = q * d * e + q2 * d;
    double const expected = (a * e + (1 - a) * unmarked) / unmarked;
    double const value = here.lr({glow("z0", other_lot())});
    EXPECT_NEAR(value, expected, 1e-9);
    EXPECT_LT(value, 1.0);
    EXPECT_GT(here.lr({glow("z0", {})}), 1.0);
    EXPECT_GT(here.lr({glow("z0", match())}), here.lr({glow("z0", {})}));
}

TEST(MakeCodeStates, WeighsAReadingWithoutAnyCodeByHowOftenMarkerIsMissed) {
    double const a = 0.3;
    double const miss = 0.2;
    MarkedOrNot const here{{a}};
    CodeEvidence const none{
        .error = e, .given_marker = miss, .given_material = 1.0, .given_other_lot = 1.0};
    double const missed = e + (1 - e) * miss;
    EXPECT_NEAR(here.lr({glow("z0", none)}), (a * missed + (1 - a) * q * d) / (q * d), 1e-9);
}

TEST(MakeCodeStates, SaysNothingBetweenHitContactAndCustodyOfOneLot) {
    // Wherever what glows is marker of the lot, its code is equally probable however it came there.
    HitOrContact here;
    here.account.look_alikes.clear();
    Delivery cell;
    cell.id = "cell";
    cell.kind = DeliveryKind::contamination;
    cell.zones = {{"P1.hand", 0.5}};
    cell.when = {30.0, 0.0};
    cell.probability = 0.1;
    here.account.deliveries.push_back(cell);
    Proposition const custody{"Hc", Side::defence, {}, {}};
    for (Proposition const& other : {here.contact, custody}) {
        for (FindingKind const kind : {detected, count}) {
            Finding finding = found("P1.hand", kind, 100.0, kind == count ? 3.0 : 0.0);
            ParameterSet const parameters =
                kind == detected ? library() : bare_parameters({{"load.pellet_dl", 10.0}});
            auto const value = [&] {
                return evaluate(here.account,
                                here.hit,
                                other,
                                std::vector{finding},
                                parameters,
                                value_only(2048));
            };
            auto const without = value();
            ASSERT_TRUE(without.log10_lr);
            finding.code = match();
            auto const with = value();
            ASSERT_TRUE(with.log10_lr);
            EXPECT_EQ(*with.log10_lr, *without.log10_lr);
            EXPECT_NEAR(*with.log10_lr_without_codes, *with.log10_lr, 1e-12);
        }
    }
}

TEST(MakeCodeStates, TakesReadingsOfOneRunOrExaminerAsOneError) {
    // Both on z0 and z1, neither marked under Hd: (q d)^2 times the error of both readings.
    double const a0 = 0.3;
    double const a1 = 0.4;
    double const e1 = 0.05;
    MarkedOrNot const here{{a0, a1}};
    double const not0 = (1 - a0) * q * d;
    double const not1 = (1 - a1) * q * d;
    auto const expected = [&](double both) {
        double const marked = a0 * a1 + not0 * a1 * e + a0 * not1 * e1 + not0 * not1 * both;
        return marked / (q * d * q * d * both);
    };
    auto const value = [&](CodeEvidence const& first, CodeEvidence const& second) {
        return here.lr({glow("z0", first), glow("z1", second)});
    };
    double const shared = expected(std::min(e, e1));
    EXPECT_NEAR(value(match(), match(e1)), shared, 1e-7 * shared); // nothing stated
    EXPECT_NEAR(
        value(from(match(), "A", "1", "x"), from(match(e1), "B", "1", "y")), shared, 1e-7 * shared);
    EXPECT_NEAR(
        value(from(match(), "A", "1", "x"), from(match(e1), "B", "2", "x")), shared, 1e-7 * shared);
    EXPECT_NEAR(
        value(from(match(), "A", "1", "x"), from(match(e1), "A", "2", "y")), shared, 1e-7 * shared);
    double const apart = expected(e * e1);
    EXPECT_NEAR(
        value(from(match(), "A", "1", "x"), from(match(e1), "B", "2", "y")), apart, 1e-7 * apart);
    // Joint, the codes of one laboratory never say more than its best reading does: 1 / e.
    EXPECT_LT(shared * (q * d * q * d) / (a0 * a1 + not0 * a1 + a0 * not1 + not0 * not1), 1.0 / e);
}

TEST(MakeCodeStates, ChangesNothingForReorderedReadingsOrOneThatWasNotRead) {
    MarkedOrNot const here{{0.3, 0.4, 0.2}};
    std::vector<Finding> const findings{
        glow("z0", match()), glow("z1", match(0.05)), glow("z2", match(0.02))};
    double const value = here.lr(findings);
    std::vector<Finding> const reversed{findings.rbegin(), findings.rend()};
    EXPECT_NEAR(here.lr(reversed), value, 1e-12 * value);
    std::vector<Finding> const turned{findings[1], findings[2], findings[0]};
    EXPECT_NEAR(here.lr(turned), value, 1e-12 * value);

    auto with_unread = findings;
    with_unread.push_back(found("z2", not_examined));
    EXPECT_EQ(here.lr(with_unread), value);
}

TEST(MakeCodeStates, SumsTheOutcomesOfAReadingToOne) {
    // The lot, another lot, or no code: the three that a reading of a glow can give.
    double const p_wrong_each = e / 3.0; // an error gives each with one third
    std::vector<CodeEvidence> outcomes{
        match(p_wrong_each), other_lot(p_wrong_each), match(p_wrong_each)};
    outcomes[2].given_marker = 0.0;
    outcomes[2].given_material = 1.0;
    for (double const p :
         {outcomes[0].given_marker + outcomes[1].given_marker + outcomes[2].given_marker,
          outcomes[0].given_material + outcomes[1].given_material + outcomes[2].given_material,
          outcomes[0].given_other_lot + outcomes[1].given_other_lot +
              outcomes[2].given_other_lot}) {
        EXPECT_EQ(p, 1.0);
    }
    double const a = 0.3;
    MarkedOrNot here{{a}};
    here.account.look_alikes.push_back(
        {.id = "other", .prevalence = 0.05, .seen = d, .is_other_lot = true});
    double with = 0.0;
    for (CodeEvidence const& outcome : outcomes) {
        // (1 - error) given + error / 3 sums to one: error is the chance of this outcome by error.
        CodeEvidence code = outcome;
        code.error = 0.0;
        for (double* const p : {&code.given_marker, &code.given_material, &code.given_other_lot}) {
            *p = p_wrong_each + (1 - e) * *p;
        }
        auto const result = here.evaluation({glow("z0", code)});
        with += std::pow(10.0, *result.log10_p_h1);
    }
    auto const unread = here.evaluation({glow("z0", {})});
    EXPECT_NEAR(with, std::pow(10.0, *unread.log10_p_h1), 1e-12);
}

TEST(MakeCodeStates, GivesEachReadingItsOwnErrorWhateverItIsGroupedWith) {
    std::vector<ExaminedZone> zones;
    std::array const errors{0.01, 0.2, 0.01, 0.5, 1.0};
    for (double const error : errors) {
        zones.push_back({.finding = glow("z", match(error)), .carrier = 0});
    }
    zones.push_back({.finding = glow("z", {}), .carrier = 0});
    auto const states = make_code_states(zones);
    EXPECT_EQ(states.size(), 4U); // up to 0.01, 0.2, 0.5, 1
    double sum = 0.0;
    std::array<double, errors.size()> wrong{};
    for (CodeState const& state : states) {
        sum += std::exp(state.log_weight);
        for (std::size_t z = 0; z < errors.size(); ++z) {
            wrong[z] += std::exp(state.log_weight) * state.zones[z].finding.code->error;
        }
        EXPECT_FALSE(state.zones.back().finding.code);
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
    for (std::size_t z = 0; z < errors.size(); ++z) {
        EXPECT_NEAR(wrong[z], errors[z], 1e-12);
    }
}

TEST(MakeCodeStates, KeepsOneStateWhereNoTwoReadingsErrTogether) {
    std::vector<ExaminedZone> const zones{
        {.finding = glow("z", from(match(), "A", "1", "x")), .carrier = 0},
        {.finding = glow("z", from(match(), "B", "2", "y")), .carrier = 0}};
    auto const states = make_code_states(zones);
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states.front().log_weight, 0.0);
    EXPECT_EQ(states.front().zones[0].finding.code->error, e);
}

TEST(MakeCodeStates, TakesAllAsOneGroupWhereThereWouldBeTooManyStates) {
    std::vector<ExaminedZone> zones;
    for (int i = 0; i < 20; ++i) { // ten pairs of three states each
        std::string const pair = std::to_string(i / 2);
        zones.push_back(
            {.finding = glow("z", from(match(0.01 * (i + 1)), "L" + pair, "r" + pair, "x" + pair)),
             .carrier = 0});
    }
    auto const states = make_code_states(zones);
    EXPECT_EQ(states.size(), 21U);
}

void expect_refused(CodeEvidence const& code, FindingKind kind) {
    MarkedOrNot const here{{0.3}};
    Finding finding = glow("z0", code);
    finding.kind = kind;
    EXPECT_THROW(static_cast<void>(here.evaluation({finding})), Error);
}

TEST(MakeCodeStates, RefusesProbabilitiesOutOfRangeAndReadingsWhereNothingWasSeen) {
    expect_refused(match(1.5), detected);
    expect_refused(match(-0.1), detected);
    CodeEvidence code = match();
    code.given_marker = std::nan("");
    expect_refused(code, detected);
    expect_refused(match(), not_detected);
}

} // namespace
