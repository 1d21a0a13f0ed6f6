// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/kit_tables.hpp"

#include "system/csv.hpp"
#include "tests/pipeline/small_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using testing::Contains;
using testing::ElementsAre;

template <class T>
std::vector<T> cells(Table const& table, std::string_view name) {
    return std::get<std::vector<T>>(table.column(name).cells);
}

TEST(ToInputsTable, NamesTheCaseAndEachCaptureWithItsHash) {
    auto const& input = pipeline::test::small_case().input;
    Table const table = pipeline::to_inputs_table(input);
    EXPECT_THAT(cells<std::string>(table, "role"),
                ElementsAre("case", "evidence", "blank", "blank", "ambient"));
    auto const hashes = cells<std::string>(table, "sha256");
    EXPECT_EQ(hashes[0], input.case_sha256);
    EXPECT_EQ(hashes[1], input.captures[0].sha256);
    EXPECT_EQ(cells<std::string>(table, "file")[1], "evidence.dng");
    EXPECT_GT(cells<std::int64_t>(table, "bytes")[1], 256 * 256);
}

TEST(ToFindingsTable, HasTheValueOfAnAmountAndTheWordsOfADocument) {
    auto const& input = pipeline::test::small_case().input;
    Table const table = pipeline::to_findings_table(input);
    ASSERT_EQ(table.rows(), input.findings.size());
    auto const kinds = cells<std::string>(table, "kind");
    auto const values = cells<double>(table, "value");
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        EXPECT_EQ(std::isnan(values[i]), kinds[i] != "amount" && kinds[i] != "count");
    }
    EXPECT_THAT(cells<std::string>(table, "words"), Contains("fluorescence observée"));
    EXPECT_THAT(cells<std::string>(table, "origin"), Contains("PV 12, p. 3"));
}

TEST(ToParametersTable, HasTheReplacedValueWithItsGrade) {
    Table const table = pipeline::to_parameters_table(pipeline::test::small_case().input);
    auto const names = cells<std::string>(table, "name");
    auto const at = static_cast<std::size_t>(std::ranges::find(names, "kappa") - names.begin());
    ASSERT_LT(at, names.size());
    EXPECT_EQ(cells<std::string>(table, "distribution")[at], "fixed");
    EXPECT_EQ(cells<double>(table, "p05")[at], 20.0);
    EXPECT_EQ(cells<double>(table, "p95")[at], 20.0);
    EXPECT_EQ(cells<std::string>(table, "grade")[at], "measured_on_proxy");
    EXPECT_EQ(cells<std::string>(table, "source")[at], "laboratory sheet 4");
    EXPECT_EQ(parse_csv(to_csv(table)).size(), table.rows() + 1);
}

} // namespace
