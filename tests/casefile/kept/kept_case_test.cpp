// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/kept_case.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "tests/casefile/kept/sample_case.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::casefile;

template <class Action>
ErrorKind kind_of(Action const& action) {
    try {
        action();
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(KeptCase, ComesBackFromItsBytes) {
    KeptCase const kept = test::sample_case();
    KeptCase const back = to_kept_case(to_bytes(kept));
    EXPECT_EQ(back.case_text, kept.case_text);
    ASSERT_EQ(back.tables.size(), 2U);
    Table const& traces = table_of(back, "traces");
    ASSERT_EQ(traces.rows(), 4U);
    auto const& x = std::get<std::vector<double>>(traces.column("x").cells);
    EXPECT_EQ(x[0], 1.5);
    EXPECT_TRUE(std::signbit(x[1]));
    EXPECT_TRUE(std::isnan(x[2]));
    EXPECT_EQ(traces.column("x").unit, "photosite");
    EXPECT_EQ(std::get<std::vector<std::int64_t>>(traces.column("id").cells)[3], INT64_MAX);
    EXPECT_EQ(std::get<std::vector<std::string>>(traces.column("word").cells)[1], "œuvre");
    EXPECT_EQ(table_of(back, "nothing_found").rows(), 0U);
    EXPECT_EQ(picture_of(back, "p1").rgb, kept.pictures[0].rgb);
    EXPECT_EQ(picture_of(back, "p1").width, 5U);
}

TEST(KeptCase, TableBytesAreLittleEndianWithLengths) {
    Table table;
    table.add({"n", "u", "m", std::vector<std::int64_t>{258}});
    auto const bytes = to_bytes(table);
    // columns, "n", "u", "m", kind 1, rows 1, 258: seven numbers of 8 bytes and three letters, 258.
    ASSERT_EQ(bytes.size(), 7U * 8U + 3U);
    EXPECT_EQ(bytes[0], std::byte{1});
    EXPECT_EQ(bytes[16], std::byte{'n'});
    EXPECT_EQ(bytes[51], std::byte{2}); // 258 = 2 + 1 * 256
    EXPECT_EQ(bytes[52], std::byte{1});
}

TEST(KeptCase, RefusesEveryCutAndEveryLongerFile) {
    auto bytes = to_bytes(test::sample_case());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        EXPECT_EQ(kind_of([&] { (void)to_kept_case(std::span{bytes}.first(n)); }),
                  ErrorKind::format)
            << n;
    }
    bytes.push_back(std::byte{0});
    EXPECT_EQ(kind_of([&] { (void)to_kept_case(bytes); }), ErrorKind::format);
}

TEST(KeptCase, SurvivesRandomDamage) {
    auto const good = to_bytes(test::sample_case());
    Random random{7, 0, 0};
    for (int i = 0; i < 3000; ++i) {
        auto bytes = good;
        for (int k = 0; k < 1 + i % 4; ++k) {
            auto const at =
                static_cast<std::size_t>(random.uniform() * static_cast<double>(bytes.size()));
            bytes[at] = static_cast<std::byte>(random.uniform() * 256.0);
        }
        try {
            (void)to_kept_case(bytes); // some places hold cells: any value is one
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format);
        }
    }
}

TEST(KeptCase, RefusesNamesThatOccurTwiceOrAreMissing) {
    KeptCase kept = test::sample_case();
    kept.tables.push_back(kept.tables.front());
    EXPECT_EQ(kind_of([&] { (void)to_kept_case(to_bytes(kept)); }), ErrorKind::format);
    EXPECT_EQ(kind_of([&] { (void)table_of(kept, "no_such"); }), ErrorKind::format);
    EXPECT_EQ(kind_of([&] { (void)picture_of(kept, "no_such"); }), ErrorKind::format);
}

TEST(KeptCase, RefusesAPictureOfAnotherSize) {
    KeptCase kept = test::sample_case();
    kept.pictures[0].width = 6;
    EXPECT_EQ(kind_of([&] { (void)to_kept_case(to_bytes(kept)); }), ErrorKind::format);
}

} // namespace
