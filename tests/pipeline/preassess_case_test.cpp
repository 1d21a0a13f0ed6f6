// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/preassess_case.hpp"

#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace {

using namespace cmq;
using cmq::pipeline::preassess_case;
using cmq::pipeline::test::two_accounts;
using cmq::pipeline::test::with;
using report::PlanOrigin;

report::PreassessInput run(std::string const& name, std::string const& text) {
    std::string const path = std::string{CMQ_BINARY_DIR} + "/preassess_case_test_" + name + ".toml";
    write_file(path, std::string_view{text});
    return preassess_case(path, {.threads = 1, .seed = {}, .draws = 1024});
}

std::string const without_observation =
    two_accounts.substr(0, two_accounts.find("[[observation]]")) + pipeline::test::hit_or_handshake;

TEST(PreassessCase, TakesThePlanThatIsStated) {
    auto const input = run("stated", two_accounts + "[[planned]]\nzone = \"P2.hand\"\n");
    EXPECT_EQ(input.origin, PlanOrigin::stated);
    ASSERT_EQ(input.result.zones.size(), 1U);
    EXPECT_EQ(input.result.zones[0].zone, "P2.hand");
    EXPECT_TRUE(input.holds_results); // the case holds an observation all the same
}

TEST(PreassessCase, TakesTheZonesOfObservationsWhateverTheyFound) {
    auto const input = run("findings", two_accounts);
    EXPECT_EQ(input.origin, PlanOrigin::findings);
    ASSERT_EQ(input.result.zones.size(), 1U);
    EXPECT_EQ(input.result.zones[0].zone, "P1.hand");
    EXPECT_EQ(input.result.zones[0].minutes, 16 * 60);
    auto const other =
        run("not_seen", with(two_accounts, "kind = \"detected\"", "kind = \"not_detected\""));
    EXPECT_EQ(other.result.propositions[0].probability[1].value,
              input.result.propositions[0].probability[1].value);
}

TEST(PreassessCase, TakesTheZonesOfDeliveriesWhereNothingWasFound) {
    auto const input = run("deliveries", without_observation);
    EXPECT_EQ(input.origin, PlanOrigin::deliveries);
    EXPECT_FALSE(input.holds_results);
    ASSERT_EQ(input.result.zones.size(), 2U);
    EXPECT_EQ(input.result.zones[0].zone, "P1.hand");
    EXPECT_EQ(input.result.zones[1].zone, "P2.hand");
}

TEST(PreassessCase, GivesTheKeysThatAreDocumented) {
    auto const json = nlohmann::json::parse(report::to_json(run("json", without_observation)));
    EXPECT_EQ(json.at("plan").at("origin"), "deliveries");
    double sum = 0.0;
    for (auto const& outcome : json.at("propositions").at(0).at("outcomes")) {
        sum += outcome.at("p").get<double>();
    }
    EXPECT_NEAR(sum, 1.0, 1e-4); // the error of the grid, docs/methods/transfer.md
    auto const& comparison = json.at("comparisons").at(0);
    EXPECT_EQ(comparison.at("outcomes").size(), 4U);
    EXPECT_TRUE(comparison.at("outcomes").at(3).at("detected").is_array());
    EXPECT_GT(comparison.at("misleading").at("if_h1").at("p").get<double>(), 0.0);
    EXPECT_EQ(json.at("grades").at("measured_on_product"), 0);
}

TEST(PreassessCase, RefusesACaseThatComparesNothing) {
    try {
        static_cast<void>(
            run("nothing", with(two_accounts, "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n", "")));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
    }
}

} // namespace
