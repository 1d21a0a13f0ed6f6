// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_transfer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq;

lab::Evaluation evaluation() {
    lab::Evaluation e;
    e.h1 = "Hp";
    e.h2 = "Hd";
    e.log10_lr = 1.25;
    e.sensitivity = lab::Sensitivity{0.5, 1.0, 1.75};
    e.monte_carlo_se_log10 = 0.0625;
    e.draws = 4096;
    e.seed = 7;
    e.log10_p_h1 = -0.25;
    e.log10_p_h2 = -1.5;
    e.printed.value = 20.0;
    e.printed.supports = lab::Supports::h1;
    e.printed.reasons = {{lab::PrintReason::influential_not_measured, {"kappa"}}};
    e.chain = {{"P1.hand", lab::FindingKind::detected, 1.25, -0.25, -1.5}};
    e.routes = {{"shot", "Hp", -0.25}, {"", "", std::nullopt}};
    e.tornado = {{"kappa", 3.0, 100.0, 1.0, 1.5}};
    e.curves = {{"dry.tau_min", {2.0, 480.0}, {1.5, 1.0}}};
    lab::Parameter kappa;
    kappa.name = "kappa";
    kappa.distribution = {lab::DistributionKind::lognormal, 10.0, 2.0, 1.0, 100.0};
    e.parameters = {kappa};
    return e;
}

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

TEST(ToJson, HasTheKeysOfTheCommandInTheirOrder) {
    std::string const json = without_blanks(report::to_json(evaluation()));
    EXPECT_TRUE(json.starts_with(
        R"({"h1":"Hp","h2":"Hd","log10_lr":{"value":1.25,"sensitivity_low":0.5,"sensitivity_median":1.0,)"
        R"("sensitivity_high":1.75},"monte_carlo_se_log10":0.0625,"draws":4096,"printed":{"value":20.0,)"
        R"("words":null,"reasons":[{"reason":"influential_not_measured","parameters":["kappa"]}])"))
        << json;
    EXPECT_TRUE(
        holds(json,
              R"("routes":[{"delivery":"shot","proposition":"Hp","log10_p":-0.25,"route":"shot",)"
              R"("log10_p_findings":-0.25},{"delivery":null,"proposition":null,"log10_p":null,)"
              R"("route":"not_delivered","log10_p_findings":null}])"));
    EXPECT_TRUE(holds(
        json, R"("curves":[{"parameter":"dry.tau_min","x":[2.0,480.0],"log10_lr":[1.5,1.0]}])"));
    EXPECT_TRUE(holds(
        json,
        R"("distribution":{"kind":"lognormal","median":10.0,"gsd":2.0,"low":1.0,"high":100.0})"));
    EXPECT_TRUE(holds(json, R"("withheld":"no")"));
}

TEST(ToJson, TellsWhatMovesTheValueAndWhichWay) {
    lab::Evaluation e = evaluation();
    e.chain = {{.zone = "P1.hand",
                .kind = lab::FindingKind::detected,
                .log10_lr = 1.25,
                .log10_lr_alone = 1.5}};
    e.conflict = lab::Conflict{.under_h1 = -0.5, .under_h2 = 2.0};
    e.tornado = {{.parameter = "dry.tau_min",
                  .low = 2.0,
                  .high = 140.0,
                  .log10_lr_at_low = 0.5,
                  .log10_lr_at_high = -0.5,
                  .tipping_point = 20.0,
                  .explains = 0.25}};
    std::string const json = without_blanks(report::to_json(e));
    EXPECT_TRUE(holds(json,
                      R"("findings":[{"name":"P1.hand","kind":"detected","log10_lr":1.25,)"
                      R"("log10_lr_alone":1.5}],"conflict":{"h1":-0.5,"h2":2.0})"));
    EXPECT_TRUE(holds(json,
                      R"("sensitivity":[{"parameter":"dry.tau_min","low":2.0,"high":140.0,)"
                      R"("log10_lr_at_low":0.5,"log10_lr_at_high":-0.5,"tipping_point":20.0,)"
                      R"("direction":"down","explains":0.25}])"));
    EXPECT_TRUE(holds(json, R"("cap":{"value":100.0,)"));
    EXPECT_TRUE(holds(without_blanks(report::to_json(lab::Evaluation{})), R"("conflict":null)"));
}

TEST(ToJson, GivesWordsOnlyWhereTheyAreAllowed) {
    lab::Evaluation e = evaluation();
    e.printed.words_allowed = true;
    std::string const json = report::to_json(e);
    EXPECT_TRUE(holds(json, R"("fr": ")"));
    EXPECT_TRUE(holds(json, R"("en": ")"));
    e.printed.supports = lab::Supports::neither;
    EXPECT_TRUE(holds(report::to_json(e), R"("words": null)"));
}

TEST(ToJson, GivesNullForWhatDoesNotExist) {
    lab::Evaluation e;
    e.withheld = lab::Withheld::impossible_under_h2;
    std::string const json = without_blanks(report::to_json(e));
    EXPECT_TRUE(holds(json, R"("log10_lr":{"value":null,"sensitivity_low":null)"));
    EXPECT_TRUE(holds(json, R"("printed":{"value":null)"));
    EXPECT_TRUE(holds(json, R"("withheld":"impossible_under_h2")"));
    EXPECT_FALSE(holds(json, "nan"));
}

TEST(ToJson, SurvivesNamesThatAreNotUtf8) {
    lab::Evaluation e = evaluation();
    e.h1 = "\xff\xfe";
    EXPECT_TRUE(holds(report::to_json(e), "\xef\xbf\xbd"));
}

} // namespace
