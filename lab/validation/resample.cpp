// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/resample.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/validation/devpav.hpp"
#include "lab/validation/elub.hpp"
#include "lab/validation/pav.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr std::uint32_t resample_task = 0x4c52'5301; // no other use of random numbers has them
constexpr std::uint32_t calibrated_task = 0x4c52'5302;
constexpr std::size_t tables_in_block = 8; // share the memory that a table needs

// Unbiased, mostly without a division: D. Lemire, ACM TOMACS 29 (2019) 3.
std::uint32_t below(Random& random, std::uint32_t limit) {
    std::uint64_t product = std::uint64_t{random.bits32()} * limit;
    if (static_cast<std::uint32_t>(product) < limit) {
        std::uint32_t const rest = (0U - limit) % limit;
        while (static_cast<std::uint32_t>(product) < rest) {
            product = std::uint64_t{random.bits32()} * limit;
        }
    }
    return static_cast<std::uint32_t>(product >> 32U);
}

Measures measure(LrValues const& values, LrCounts const& counts, std::vector<PavBlock>& blocks) {
    fit_pav(counts, blocks);
    Elub const elub = measure_elub(values, counts);
    return {.cllr = measure_cllr(values, counts),
            .cllr_min = measure_cllr_min(blocks, counts),
            .devpav = measure_devpav(blocks, values, counts),
            .log10_lower = elub.log10_lower,
            .log10_upper = elub.log10_upper,
            .equal_error_rate = measure_equal_error_rate(blocks, counts)};
}

struct Drawn {
    std::vector<std::uint32_t> units; ///< how often each was drawn
    LrCounts counts;
    std::vector<PavBlock> blocks;
};

void clear(LrCounts& counts, std::size_t values) {
    counts.h1.assign(values, 0);
    counts.h2.assign(values, 0);
    counts.all_h1 = 0;
    counts.all_h2 = 0;
}

void draw(PooledLrs const& pooled, Units const& units, Random& random, Drawn& drawn) {
    drawn.units.assign(units.all, 0);
    for (auto const& stratum : units.strata) {
        for (std::uint32_t i = 0; i < stratum.units; ++i) {
            ++drawn.units[stratum.first + below(random, stratum.units)];
        }
    }
    clear(drawn.counts, pooled.values.size());
    for (std::size_t i = 0; i < pooled.items.size(); ++i) {
        auto const& item = pooled.items[i];
        std::uint32_t const times = drawn.units[units.of_item[i]];
        (item.h1 ? drawn.counts.h1 : drawn.counts.h2)[item.value] += times;
        (item.h1 ? drawn.counts.all_h1 : drawn.counts.all_h2) += times;
    }
}

// Truths for the same ratios, H1 below the threshold.
void draw_truths(PooledLrs const& pooled,
                 std::vector<std::uint64_t> const& h1_below,
                 Random& random,
                 LrCounts& counts) {
    clear(counts, pooled.values.size());
    for (auto const& item : pooled.items) {
        bool const h1 = random.bits32() < h1_below[item.value];
        ++(h1 ? counts.h1 : counts.h2)[item.value];
        ++(h1 ? counts.all_h1 : counts.all_h2);
    }
}

// P(H1) of each value in parts of 2^32.
std::vector<std::uint64_t> to_thresholds(PooledLrs const& pooled) {
    double const prior_odds =
        static_cast<double>(pooled.counts.all_h1) / static_cast<double>(pooled.counts.all_h2);
    std::vector<std::uint64_t> thresholds;
    for (double const lr : pooled.values.lr) {
        double const odds = lr * prior_odds;
        double const p = std::isfinite(odds) ? odds / (1.0 + odds) : 1.0;
        thresholds.push_back(static_cast<std::uint64_t>(p * 0x1p32));
    }
    return thresholds;
}

// H1 first, then H2: each side's ratios in order of value.
Units units_of_ratios(PooledLrs const& pooled) {
    Units units;
    units.all = static_cast<std::uint32_t>(pooled.items.size());
    units.with_h1 = static_cast<std::uint32_t>(pooled.counts.all_h1);
    units.with_h2 = static_cast<std::uint32_t>(pooled.counts.all_h2);
    units.strata = {{.first = 0, .units = units.with_h1},
                    {.first = units.with_h1, .units = units.with_h2}};
    std::uint32_t h1 = 0;
    std::uint32_t h2 = units.with_h1;
    for (auto const& item : pooled.items) {
        units.of_item.push_back(item.h1 ? h1++ : h2++);
    }
    return units;
}

Units units_of_groups(PooledLrs const& pooled, std::size_t groups) {
    enum Holds : std::uint8_t { nothing, h1_only, h2_only, both };

    std::vector<std::uint8_t> holds(groups, nothing);
    for (auto const& item : pooled.items) {
        holds[item.group] |= item.h1 ? h1_only : h2_only;
    }
    Units units;
    std::vector<std::uint32_t> number(groups, 0);
    for (std::uint8_t const kind : {h1_only, h2_only, both}) {
        Units::Stratum stratum{.first = units.all, .units = 0};
        for (std::size_t group = 0; group < groups; ++group) {
            if (holds[group] == kind) {
                number[group] = units.all++;
                ++stratum.units;
            }
        }
        units.strata.push_back(stratum);
        units.with_h1 += kind == h2_only ? 0 : stratum.units;
        units.with_h2 += kind == h1_only ? 0 : stratum.units;
    }
    for (auto const& item : pooled.items) {
        units.of_item.push_back(number[item.group]);
    }
    return units;
}

} // namespace

Units make_units(PooledLrs const& pooled, bool grouped, std::size_t groups) {
    return grouped ? units_of_groups(pooled, groups) : units_of_ratios(pooled);
}

Measures measure(LrValues const& values, LrCounts const& counts) {
    std::vector<PavBlock> blocks;
    return measure(values, counts, blocks);
}

std::vector<Measures> resample(PooledLrs const& pooled,
                               Units const& units,
                               std::uint32_t replicates,
                               std::uint64_t seed,
                               unsigned threads) {
    CMQ_EXPECTS(pooled.counts.all_h1 > 0 && pooled.counts.all_h2 > 0);
    std::vector<Measures> all(replicates);
    std::size_t const in_blocks = (all.size() + tables_in_block - 1) / tables_in_block;
    parallel_blocks(in_blocks, threads, [&](std::size_t block) {
        Drawn drawn;
        std::size_t const end = std::min(all.size(), (block + 1) * tables_in_block);
        for (std::size_t i = block * tables_in_block; i < end; ++i) {
            Random random{seed, resample_task, i};
            draw(pooled, units, random, drawn);
            all[i] = measure(pooled.values, drawn.counts, drawn.blocks);
        }
    });
    return all;
}

std::vector<Measures> draw_calibrated(PooledLrs const& pooled,
                                      std::uint32_t tables,
                                      std::uint64_t fewest,
                                      std::uint64_t seed,
                                      unsigned threads) {
    CMQ_EXPECTS(pooled.counts.all_h1 > 0 && pooled.counts.all_h2 > 0);
    auto const thresholds = to_thresholds(pooled);
    std::vector<std::optional<Measures>> all(tables);
    std::size_t const in_blocks = (all.size() + tables_in_block - 1) / tables_in_block;
    parallel_blocks(in_blocks, threads, [&](std::size_t block) {
        Drawn drawn;
        std::size_t const end = std::min(all.size(), (block + 1) * tables_in_block);
        for (std::size_t i = block * tables_in_block; i < end; ++i) {
            Random random{seed, calibrated_task, i};
            draw_truths(pooled, thresholds, random, drawn.counts);
            if (std::min(drawn.counts.all_h1, drawn.counts.all_h2) >= fewest) {
                all[i] = measure(pooled.values, drawn.counts, drawn.blocks);
            }
        }
    });
    std::vector<Measures> kept;
    for (auto const& measures : all) {
        if (measures) {
            kept.push_back(*measures);
        }
    }
    return kept;
}

} // namespace cmq::lab
