// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/table.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

namespace {

cmq::Column numbers(std::string name, std::vector<double> cells) {
    return {
        .name = std::move(name), .unit = "DN", .meaning = "A number.", .cells = std::move(cells)};
}

TEST(Table, GivesCellsAsText) {
    cmq::Table table;
    table.add(numbers("flux", {0.1, 2.0}));
    table.add({.name = "note",
               .unit = "",
               .meaning = "Words.",
               .cells = std::vector<std::string>{"a", "b"}});
    EXPECT_EQ(table.rows(), 2U);
    EXPECT_EQ(table.text(0, 0), "0.1");
    EXPECT_EQ(table.text(1, 1), "b");
    EXPECT_EQ(table.column("flux").unit, "DN");
}

TEST(Table, RefusesAColumnOfAnotherLength) {
    cmq::Table table;
    table.add(numbers("flux", {0.1, 2.0}));
    EXPECT_THROW(table.add(numbers("area", {1.0})), cmq::Error);
    EXPECT_THROW(table.add(numbers("flux", {1.0, 2.0})), cmq::Error);
    EXPECT_THROW(static_cast<void>(table.column("area")), cmq::Error);
}

} // namespace
