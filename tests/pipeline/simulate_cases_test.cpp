// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/simulate_cases.hpp"

#include "core/error.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
using testing::HasSubstr;

TEST(SimulateCases, GivesTheSameBytesOnAnyNumberOfThreads) {
    auto const one = simulate_cases({.cases = 6, .seed = 3, .threads = 1});
    auto const two = simulate_cases({.cases = 6, .seed = 3, .threads = 2});
    ASSERT_EQ(one.size(), 12U);
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].text, two[i].text);
        EXPECT_EQ(one[i].h1_is_true, i < 6);
    }
    EXPECT_NE(one[0].text, simulate_cases({.cases = 1, .seed = 4, .threads = 1})[0].text);
}

// Every kind of delivery and of event occurs somewhere, and each text is a case file.
TEST(SimulateCases, AreCaseFilesOfManyKinds) {
    std::set<std::string> kinds;
    int seen = 0;
    int nothing = 0;
    for (SimulatedCase const& each : simulate_cases({.cases = 20, .seed = 5, .threads = 2})) {
        casefile::Case const of = test::read(each.text);
        EXPECT_TRUE(of.demonstration);
        for (auto const& delivery : of.deliveries) {
            kinds.emplace(to_word(*delivery.kind));
        }
        for (auto const& event : of.events) {
            kinds.emplace(to_word(*event.kind));
        }
        for (auto const& observation : of.observations) {
            ++(*observation.kind == casefile::ObservationKind::detected ? seen : nothing);
        }
    }
    for (char const* kind :
         {"pellet", "spray", "shower", "drone", "crowd", "contact", "wear", "wash", "search"}) {
        EXPECT_EQ(kinds.count(kind), 1U) << kind;
    }
    EXPECT_GT(seen, 0);
    EXPECT_GT(nothing, 0);
}

TEST(WeighSimulated, SaysOnAverageWhatIsTrue) {
    SimulateCasesSettings const settings{.cases = 12, .seed = 6, .threads = 2, .draws = 256};
    double sum = 0.0;
    for (WeighedCase const& each : weigh_simulated(simulate_cases(settings), settings)) {
        sum += (each.of.h1_is_true ? 1.0 : -1.0) * each.log10_lr;
    }
    EXPECT_GT(sum, 0.0);
}

TEST(WeighSimulated, ChangesWithAWrongParameterOnly) {
    SimulateCasesSettings right{.cases = 2, .seed = 6, .threads = 1, .draws = 128};
    auto const cases = simulate_cases(right);
    auto wrong = right;
    wrong.wrong_by = {{"dry.tau_min", 3.0}};
    auto const a = weigh_simulated(cases, right);
    auto const b = weigh_simulated(cases, wrong);
    auto const again = weigh_simulated(cases, right);
    bool differs = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].of.text, b[i].of.text); // the truth is the same
        EXPECT_EQ(a[i].log10_lr, again[i].log10_lr);
        differs = differs || a[i].log10_lr != b[i].log10_lr;
    }
    EXPECT_TRUE(differs);
}

TEST(WeighSimulated, RefusesAMultipleOfWhatHasNone) {
    SimulateCasesSettings settings{.cases = 1, .seed = 6, .threads = 1, .draws = 64};
    auto const cases = simulate_cases(settings);
    for (auto const& [name, words] : {std::pair{"transfer.wet", "it has no multiple"},
                                      {"transfer.wett", "there is no parameter"}}) {
        settings.wrong_by = {{name, 3.0}};
        try {
            static_cast<void>(weigh_simulated(cases, settings));
            ADD_FAILURE() << name;
        } catch (Error const& error) {
            EXPECT_THAT(error.what(), HasSubstr(words));
        }
    }
}

TEST(WeighSimulatedOf, PlaysACaseUnderEitherSide) {
    casefile::Case const of = test::read(test::two_accounts);
    SimulateCasesSettings const settings{.cases = 30, .seed = 2, .threads = 2, .draws = 256};
    auto const weighed = weigh_simulated_of(of, settings);
    ASSERT_EQ(weighed.size(), 60U);
    // One zone, seen or not: two ratios at most, and the same whatever the truth.
    std::set<double> values;
    for (WeighedCase const& each : weighed) {
        values.insert(each.log10_lr);
    }
    EXPECT_LE(values.size(), 2U);
    EXPECT_GT(values.size(), 1U);
}

TEST(WeighSimulatedOf, RefusesACaseWithNothingToWeigh) {
    std::string const text =
        test::two_accounts.substr(0, test::two_accounts.find("[[observation]]")) +
        test::hit_or_handshake;
    try {
        static_cast<void>(weigh_simulated_of(test::read(text), {}));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
    }
}

} // namespace
