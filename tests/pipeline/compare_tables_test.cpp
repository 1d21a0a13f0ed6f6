// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/compare_tables.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace {

std::string first_difference(cmq::Table const& before, cmq::Table const& now) {
    return cmq::pipeline::first_difference(before, now).english();
}

using namespace cmq;

Table numbers(std::vector<double> cells) {
    Table table;
    table.add({"x", "", "", std::move(cells)});
    return table;
}

TEST(CompareTables, AllowsABillionthInNumbers) {
    double const none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(first_difference(numbers({1.0, 1e6, none}), numbers({1.0 + 9e-10, 1e6 + 9e-4, none})),
              "");
    EXPECT_EQ(first_difference(numbers({1.0}), numbers({1.0 + 2e-9})).substr(0, 11), "x in row 0:");
    EXPECT_NE(first_difference(numbers({none}), numbers({1.0})), "");
    EXPECT_NE(first_difference(numbers({1.0}), numbers({1.0, 2.0})), "");
}

TEST(CompareTables, AllowsNothingInTextAndWholeNumbers) {
    Table text;
    text.add({"word", "", "", std::vector<std::string>{"a", "b"}});
    Table other;
    other.add({"word", "", "", std::vector<std::string>{"a", "c"}});
    EXPECT_EQ(first_difference(text, other), "word in row 1: b before, c now");
    EXPECT_NE(first_difference(text, numbers({1.0, 2.0})), "");
}

} // namespace
