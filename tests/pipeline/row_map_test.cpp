// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/row_map.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using cmq::pipeline::RowMap;

enum class Colour : std::uint8_t { red, green };

struct Row {
    double number = 0.0;
    std::optional<double> maybe;
    std::uint64_t seed = 0;
    bool flag = false;
    std::optional<bool> maybe_flag;
    Colour colour = Colour::red;
    std::string text;
    int small = 0;
};

RowMap<Row> map() {
    RowMap<Row> columns;
    columns.add(
        "number", "DN", "a number", [](auto& r) -> auto& { return r.number; });
    columns.add(
        "maybe", "", "a number or none", [](auto& r) -> auto& { return r.maybe; });
    columns.add(
        "seed", "", "all 64 bits", [](auto& r) -> auto& { return r.seed; });
    columns.add(
        "flag", "", "yes or no", [](auto& r) -> auto& { return r.flag; });
    columns.add(
        "maybe_flag", "", "yes, no or none", [](auto& r) -> auto& { return r.maybe_flag; });
    columns.add(
        "colour", "", "0 red, 1 green", [](auto& r) -> auto& { return r.colour; }, 1);
    columns.add(
        "text", "", "words", [](auto& r) -> auto& { return r.text; });
    columns.add(
        "small", "", "32 bits", [](auto& r) -> auto& { return r.small; });
    return columns;
}

std::vector<Row> const rows{
    {-0.0, 1e-300, std::numeric_limits<std::uint64_t>::max(), true, false, Colour::green, "œ", 7},
    {2.5, std::nullopt, 3, false, std::nullopt, Colour::red, "", 0}};

TEST(RowMap, ComesBack) {
    Table const table = map().to_table(rows);
    EXPECT_EQ(table.column("number").unit, "DN");
    auto const back = map().to_rows(table);
    ASSERT_EQ(back.size(), 2U);
    EXPECT_TRUE(std::signbit(back[0].number));
    EXPECT_EQ(back[0].maybe, 1e-300);
    EXPECT_EQ(back[0].seed, std::numeric_limits<std::uint64_t>::max());
    EXPECT_TRUE(back[0].flag);
    EXPECT_EQ(back[0].maybe_flag, false);
    EXPECT_EQ(back[0].colour, Colour::green);
    EXPECT_EQ(back[0].text, "œ");
    EXPECT_EQ(back[1].maybe, std::nullopt);
    EXPECT_EQ(back[1].maybe_flag, std::nullopt);
    EXPECT_TRUE(map().to_rows(map().to_table({})).empty());
}

/// The table with the cells of one column replaced.
Table with(std::string const& name, decltype(Column::cells) const& cells) {
    Table changed;
    Table const table = map().to_table(rows);
    for (Column column : table.columns()) {
        if (column.name == name) {
            column.cells = cells;
        }
        changed.add(column);
    }
    return changed;
}

TEST(RowMap, RefusesWhatMeansNothing) {
    using Wholes = std::vector<std::int64_t>;
    using Numbers = std::vector<double>;
    double const nan = std::numeric_limits<double>::quiet_NaN();
    double const infinite = std::numeric_limits<double>::infinity();
    for (Table const& table : {with("colour", Wholes{0, 2}),
                               with("colour", Wholes{0, -1}),
                               with("flag", Wholes{2, 0}),
                               with("maybe_flag", Wholes{2, 0}),
                               with("number", Numbers{nan, 0.0}),
                               with("number", Numbers{0.0, infinite}),
                               with("maybe", Numbers{infinite, 0.0}),
                               with("maybe", Numbers{0.0, -1e101}),
                               with("small", Wholes{std::int64_t{1} << 31, 0}),
                               with("small", Wholes{0, -1}),
                               with("text", Numbers{1.0, 2.0}),
                               with("number", Wholes{1, 2})}) {
        try {
            (void)map().to_rows(table);
            ADD_FAILURE();
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format);
        }
    }
    EXPECT_THROW((void)map().to_rows(Table{}), Error);
}

TEST(RowMap, NamesTheRowThatItRefuses) {
    try {
        (void)map().to_rows(with("number", std::vector<double>{0.0, 1e101}));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.full_text(), "column 'number' holds no number below 1e100, at row 1");
    }
}

TEST(RowMap, RefusesToWriteWhatItCouldNotReadBack) {
    for (double const number : {std::numeric_limits<double>::quiet_NaN(),
                                -std::numeric_limits<double>::infinity(),
                                1e101}) {
        for (bool const optional : {false, true}) {
            Row row;
            (optional ? row.maybe.emplace() : row.number) = number;
            try {
                (void)map().to_table(std::span{&row, 1});
                ADD_FAILURE() << number;
            } catch (Error const& error) {
                EXPECT_EQ(error.kind(), ErrorKind::numeric);
            }
        }
    }
}

} // namespace
