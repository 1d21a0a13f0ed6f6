// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/ledger.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::casefile;

Ledger sample() {
    Ledger ledger;
    ledger.append({.step = "case",
                   .inputs = "a",
                   .parameters = "",
                   .program = "P 1",
                   .libraries = "L 2",
                   .made = "b",
                   .previous = {},
                   .hash = {}});
    ledger.append({.step = "measure",
                   .inputs = "c",
                   .parameters = "d",
                   .program = "P 1",
                   .libraries = "L 2",
                   .made = "e",
                   .previous = {},
                   .hash = {}});
    return ledger;
}

TEST(Ledger, ChainsItsEntriesBySha256) {
    Ledger const ledger = sample();
    std::string const zeros(64, '0');
    std::string const first = "case\na\n\nP 1\nL 2\nb\n" + zeros + "\n";
    EXPECT_EQ(ledger.entries()[0].previous, zeros);
    EXPECT_EQ(ledger.entries()[0].hash, sha256_hex(std::as_bytes(std::span{first})));
    EXPECT_EQ(ledger.entries()[1].previous, ledger.entries()[0].hash);
    EXPECT_EQ(ledger.head(), ledger.entries()[1].hash);
    EXPECT_EQ(Ledger{}.head(), zeros);
    EXPECT_EQ(ledger.find("measure")->made, "e");
    EXPECT_EQ(ledger.find("weigh"), nullptr);
}

TEST(Ledger, ComesBackFromItsTable) {
    EXPECT_EQ(to_ledger(to_table(sample())).head(), sample().head());
    EXPECT_TRUE(to_ledger(to_table(Ledger{})).entries().empty());
}

TEST(Ledger, RefusesEveryChange) {
    Table const good = to_table(sample());
    for (std::size_t c = 0; c < good.columns().size(); ++c) {
        for (std::size_t row = 0; row < 2; ++row) {
            Table changed;
            for (std::size_t i = 0; i < good.columns().size(); ++i) {
                Column column = good.columns()[i];
                if (i == c) {
                    std::get<std::vector<std::string>>(column.cells)[row] += "x";
                }
                changed.add(column);
            }
            try {
                (void)to_ledger(changed);
                ADD_FAILURE() << "column " << c << " row " << row;
            } catch (Error const& error) {
                EXPECT_EQ(error.kind(), ErrorKind::integrity);
            }
        }
    }
}

TEST(Ledger, RefusesAnEntryTakenOut) {
    Table cut;
    Table const whole = to_table(sample());
    for (Column column : whole.columns()) {
        auto& cells = std::get<std::vector<std::string>>(column.cells);
        cells.erase(cells.begin());
        cut.add(column);
    }
    EXPECT_THROW((void)to_ledger(cut), Error);
}

TEST(Ledger, RefusesAMissingColumn) {
    Table cut;
    Table const whole = to_table(sample());
    for (Column const& column : whole.columns()) {
        if (column.name != "made") {
            cut.add(column);
        }
    }
    try {
        (void)to_ledger(cut);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
    }
}

} // namespace
