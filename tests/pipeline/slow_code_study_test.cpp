// SPDX-License-Identifier: GPL-3.0-or-later

// A tenth of docs/studies/code.md once more, on other seeds.

#include "tests/pipeline/table_study.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::study;

constexpr std::uint64_t other_seed = 900'000;
constexpr std::size_t runs = 20;

/// From good to bad: nothing wrong, the first all right, the last none, and as few jumps as 20 runs can tell: between two
/// neighbours at most three quarters of them change.
void expect_smooth(std::vector<Outcomes> const& levels) {
    ASSERT_GE(levels.size(), 3U);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        EXPECT_EQ(levels[i].wrong, 0U) << i;
        if (i > 0) {
            // Two binomial shares of 20 differ by six by chance once in forty.
            EXPECT_LE(levels[i].right, levels[i - 1].right + 6) << i;
            EXPECT_LE(levels[i - 1].right, levels[i].right + 15) << i;
        }
    }
    EXPECT_GE(levels.front().right, runs - 1);
    EXPECT_LE(levels.back().right, 1U);
}

TEST(SlowCodeStudy, SangerFadesSmoothlyWithQuality) {
    std::vector<Outcomes> levels;
    for (int const quality : {20, 10, 8, 7, 6, 5, 3}) {
        levels.push_back(study_sanger(quality, runs, other_seed));
    }
    expect_smooth(levels);
}

TEST(SlowCodeStudy, ReadsFadeSmoothlyWithDilution) {
    std::vector<Outcomes> levels;
    for (double const molecules : {30.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.1}) {
        levels.push_back(study_amplicons(molecules, 0.01, 150, runs, other_seed));
    }
    expect_smooth(levels);
}

TEST(SlowCodeStudy, FragmentsFadeSmoothlyWithDilution) {
    std::vector<Outcomes> levels;
    for (double const height : {300.0, 100.0, 80.0, 65.0, 50.0, 40.0, 20.0}) {
        levels.push_back(study_fragments(height, runs, other_seed));
    }
    expect_smooth(levels);
}

TEST(SlowCodeStudy, ParticlesFadeSmoothlyWithTheirNumberAndErrors) {
    std::vector<Outcomes> fewer;
    for (double const particles : {30.0, 10.0, 5.0, 3.0, 2.0, 1.0, 0.5, 0.01}) {
        fewer.push_back(study_particles(particles, 0.05, runs, other_seed));
    }
    expect_smooth(fewer);
}

// P(all three wells hold a copy) = (1 - exp(-N))^3; the interval of the amount holds it about as often as it says while
// copies are many (100 plates: 95 plus or minus 8.7, four standard deviations).
TEST(SlowCodeStudy, PlatesFadeAsPoissonSaysAndCountRightly) {
    constexpr std::size_t plates = 100;
    for (double const copies : {1000.0, 10.0, 3.0, 1.0, 0.1}) {
        auto const of = study_plates(copies, plates, other_seed);
        double const all = std::pow(1.0 - std::exp(-copies), 3.0);
        EXPECT_NEAR(static_cast<double>(of.all_wells),
                    all * plates,
                    4.0 * std::sqrt(plates * all * (1.0 - all)) + 1e-9)
            << copies;
        if (copies >= 10.0) {
            EXPECT_GE(of.held, 86U);
        }
    }
}

TEST(SlowCodeStudy, ExchangedControlsAreCaught) {
    auto all = study_exchanged(runs, other_seed);
    all.push_back(study_exchanged_plates(runs, other_seed));
    all.push_back(study_exchanged_particles(runs, other_seed));
    for (Exchanged const& of : all) {
        EXPECT_EQ(of.caught, of.runs) << of.instrument;
    }
}

// The panel's lengths are chosen less often for another lot's than the model takes it to be, so fragments promise too much.
TEST(SlowCodeStudy, FalseMatchesAreAsPromised) {
    Promise const reads = promise_of_reads(8, 20'000, other_seed);
    double const counted = static_cast<double>(reads.hits) / static_cast<double>(reads.draws);
    double const error = std::sqrt(reads.promised.probability / static_cast<double>(reads.draws));
    EXPECT_NEAR(counted, reads.promised.probability, 4.0 * error);
    Promise const fragments = promise_of_fragments(2.0, 10'000, other_seed);
    EXPECT_LE(static_cast<double>(fragments.hits) / static_cast<double>(fragments.draws),
              2.0 * fragments.promised.high);
    Promise const particles = promise_of_particles(3.0, 5'000, other_seed);
    EXPECT_LE(static_cast<double>(particles.hits) / static_cast<double>(particles.draws),
              particles.promised.high);
}

} // namespace
