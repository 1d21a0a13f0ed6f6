// SPDX-License-Identifier: GPL-3.0-or-later

// How often ranges hold the truth: makes the table of docs/methods/validation.md again.

#include "lab/validation/validate.hpp"
#include "tests/lab/validation/lrs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

constexpr int tables = 400;

struct Row {
    std::size_t side;
    double stretch;
    double shift;
    double cllr; ///< what the page says
    double cllr_min;
    double cllr_cal;
    double beyond;
};

bool holds(Measured const& measured, double truth) {
    return measured.range && measured.range->low <= truth && truth <= measured.range->high;
}

// Both shares are of 400 tables.
void expect_share(int count, double page, char const* what, Row const& row) {
    double const share = static_cast<double>(count) / tables;
    std::printf("%zu a side, stretch %.1f: %s %.3f (page %.3f)\n",
                row.side,
                row.stretch,
                what,
                share,
                page);
    double const p = std::min(std::max(page, 0.02), 0.98);
    EXPECT_NEAR(share, page, 4.0 * std::sqrt(2.0 * p * (1.0 - p) / tables)) << what;
}

TEST(SlowRanges, HoldTheTruthAsOftenAsThePageSays) {
    for (Row const& row : {Row{20, 1.0, 0.0, 0.885, 0.695, 0.973, 0.052},
                           Row{20, 1.6, 0.5, 0.877, 0.695, 0.988, 0.450},
                           Row{50, 1.0, 0.0, 0.917, 0.785, 0.953, 0.062},
                           Row{50, 1.6, 0.5, 0.910, 0.785, 0.985, 0.733},
                           Row{200, 1.0, 0.0, 0.943, 0.890, 0.940, 0.060},
                           Row{200, 1.6, 0.5, 0.945, 0.890, 0.975, 0.995}}) {
        Simulated how{
            .h1 = 500'000, .h2 = 500'000, .m = 2.0, .stretch = row.stretch, .shift = row.shift};
        auto const truth = validate(table_of(simulate_lrs(how, 999)), {.replicates = 0});
        how.h1 = row.side;
        how.h2 = row.side;
        int cllr = 0;
        int cllr_min = 0;
        int cllr_cal = 0;
        int beyond = 0;
        for (std::uint64_t i = 1; i <= tables; ++i) {
            auto const one = validate(table_of(simulate_lrs(how, 5000 + i)),
                                      {.replicates = 300, .seed = i, .threads = 1});
            cllr += holds(one.cllr, *truth.cllr.value) ? 1 : 0;
            cllr_min += holds(one.cllr_min, *truth.cllr_min.value) ? 1 : 0;
            cllr_cal += holds(one.cllr_cal, *truth.cllr_cal.value) ? 1 : 0;
            beyond += *one.cllr_cal.value > *one.if_calibrated.cllr_cal ? 1 : 0;
        }
        expect_share(cllr, row.cllr, "Cllr", row);
        expect_share(cllr_min, row.cllr_min, "Cllr_min", row);
        expect_share(cllr_cal, row.cllr_cal, "Cllr_cal", row);
        expect_share(beyond, row.beyond, "beyond if calibrated", row);
    }
}

} // namespace
