// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/validate.hpp"

#include "core/error.hpp"
#include "lab/validation/resample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::lab {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double outside = 0.025;                     // of drawn tables, on each side of a range
constexpr std::uint32_t most_calibrated_tables = 100; // one point of them is wanted, not two

// Never negative but for rounding.
double calibration_cost(Measures const& measures) {
    return std::max(0.0, measures.cllr - measures.cllr_min);
}

// What one measure is in each drawn table, rising; nothing where one table in twenty has none.
template <class Of>
std::optional<std::vector<double>> collect(std::vector<Measures> const& drawn, Of of) {
    std::vector<double> values;
    for (Measures const& measures : drawn) {
        std::optional<double> const value = of(measures);
        if (value && std::isfinite(*value)) {
            values.push_back(*value);
        }
    }
    if (values.empty() || values.size() * 20 < drawn.size() * 19) {
        return {};
    }
    std::ranges::sort(values);
    return values;
}

double quantile(std::vector<double> const& sorted, double share) {
    double const place = share * static_cast<double>(sorted.size() - 1);
    auto const below = static_cast<std::size_t>(place);
    double const rest = place - static_cast<double>(below);
    double const next = sorted[std::min(below + 1, sorted.size() - 1)];
    return sorted[below] + rest * (next - sorted[below]);
}

// What drawing again does to every measure.
struct Drawn {
    std::vector<Measures> tables;
    NotGiven why_none = NotGiven::given;
};

template <class Of>
void set_range(Measured& measured, Drawn const& drawn, Of of) {
    if (!measured.value || drawn.why_none != NotGiven::given) {
        measured.why_no_range = measured.value ? drawn.why_none : NotGiven::no_value;
        return;
    }
    auto const values = collect(drawn.tables, of);
    if (!values) {
        measured.why_no_range = NotGiven::unsteady;
        return;
    }
    measured.range =
        Range{.low = quantile(*values, outside), .high = quantile(*values, 1.0 - outside)};
}

// About the value, within what is possible, and holding the value.
void turn(Measured& measured, double least, double most) {
    if (measured.range) {
        double const value = *measured.value;
        Range const direct = *measured.range;
        measured.range = Range{.low = std::clamp(2.0 * value - direct.high, least, value),
                               .high = std::clamp(2.0 * value - direct.low, value, most)};
    }
}

// Down to 0 where a calibrated method would show as much.
void open_to_zero(Measured& measured, std::optional<double> if_calibrated) {
    if (measured.range && if_calibrated && *measured.value <= *if_calibrated) {
        measured.range->low = 0.0;
    }
}

void count_ends(PooledLrs const& pooled, Validation& result) {
    auto const& values = pooled.values.log10_lr;
    if (values.front() == -infinite) {
        result.h1_zero = pooled.counts.h1.front();
        result.h2_zero = pooled.counts.h2.front();
    }
    if (values.back() == infinite) {
        result.h1_infinite = pooled.counts.h1.back();
        result.h2_infinite = pooled.counts.h2.back();
    }
}

void set_value(Measured& measured, std::optional<double> value, NotGiven otherwise) {
    if (value && std::isfinite(*value)) {
        measured.value = value;
    } else {
        measured.why_no_value = value ? NotGiven::infinite : otherwise;
    }
}

void set_values(Validation& result, Measures const& measures) {
    bool const pav = std::min(result.h1, result.h2) >= fewest_for_pav;
    auto const if_pav = [&](std::optional<double> value) {
        return pav ? value : std::optional<double>{};
    };
    NotGiven const few = NotGiven::too_few;
    set_value(result.cllr, measures.cllr, NotGiven::given);
    set_value(result.cllr_min, if_pav(measures.cllr_min), few);
    set_value(result.cllr_cal, if_pav(calibration_cost(measures)), few);
    set_value(result.devpav, if_pav(measures.devpav), pav ? NotGiven::separated : few);
    set_value(result.equal_error_rate, if_pav(measures.equal_error_rate), few);
    set_value(result.log10_lower, measures.log10_lower, NotGiven::given);
    set_value(result.log10_upper, measures.log10_upper, NotGiven::given);
}

void set_ranges(Validation& result, Drawn const& drawn) {
    using M = Measures;
    set_range(result.cllr, drawn, [](M const& m) { return std::optional{m.cllr}; });
    set_range(result.cllr_min, drawn, [](M const& m) { return std::optional{m.cllr_min}; });
    set_range(
        result.cllr_cal, drawn, [](M const& m) { return std::optional{calibration_cost(m)}; });
    set_range(result.devpav, drawn, [](M const& m) { return m.devpav; });
    set_range(result.equal_error_rate, drawn, [](M const& m) {
        return std::optional{m.equal_error_rate};
    });
    set_range(result.log10_lower, drawn, [](M const& m) { return std::optional{m.log10_lower}; });
    set_range(result.log10_upper, drawn, [](M const& m) { return std::optional{m.log10_upper}; });
    turn(result.cllr_min, 0.0, 1.0);
    turn(result.cllr_cal, 0.0, infinite);
    turn(result.devpav, 0.0, infinite);
    open_to_zero(result.cllr_cal, result.if_calibrated.cllr_cal);
    open_to_zero(result.devpav, result.if_calibrated.devpav);
}

// What keeps tables from being drawn, in the order in which it is said.
NotGiven why_not_drawn(Validation const& result, ValidationSettings const& settings) {
    if (settings.replicates == 0) {
        return NotGiven::not_asked;
    }
    bool const few = std::min(result.h1_units, result.h2_units) < fewest_for_range;
    return few ? NotGiven::too_few_units : NotGiven::given;
}

NotGiven why_no_calibrated(Validation const& result,
                           ValidationSettings const& settings,
                           LrTable const& table) {
    if (settings.replicates == 0) {
        return NotGiven::not_asked;
    }
    if (!table.groups.empty()) {
        return NotGiven::in_groups;
    }
    return std::min(result.h1, result.h2) < fewest_for_pav ? NotGiven::too_few : NotGiven::given;
}

void set_if_calibrated(Validation& result,
                       PooledLrs const& pooled,
                       ValidationSettings const& settings) {
    auto const tables = std::min(settings.replicates, most_calibrated_tables);
    auto const drawn =
        draw_calibrated(pooled, tables, fewest_for_pav, settings.seed, settings.threads);
    IfCalibrated& found = result.if_calibrated;
    if (drawn.size() * 20 < tables * std::size_t{19}) {
        found.why_none = NotGiven::unsteady;
        return;
    }
    using M = Measures;
    constexpr double nearly_all = 0.95;
    if (auto const values =
            collect(drawn, [](M const& m) { return std::optional{calibration_cost(m)}; })) {
        found.cllr_cal = quantile(*values, nearly_all);
    }
    if (auto const values = collect(drawn, [](M const& m) { return m.devpav; })) {
        found.devpav = quantile(*values, nearly_all);
    }
}

void refuse_measures(Validation& result) {
    for (Measured* const measured : {&result.cllr,
                                     &result.cllr_min,
                                     &result.cllr_cal,
                                     &result.devpav,
                                     &result.log10_lower,
                                     &result.log10_upper,
                                     &result.equal_error_rate}) {
        measured->why_no_value = NotGiven::one_side;
        measured->why_no_range = NotGiven::no_value;
    }
    result.if_calibrated.why_none = NotGiven::one_side;
}

void set_curves(Validation& result, PooledLrs const& pooled, unsigned threads) {
    if (!result.cllr_min.value) {
        return;
    }
    std::vector<PavBlock> blocks;
    fit_pav(pooled.counts, blocks);
    result.pav_blocks = blocks.size();
    result.pav = make_pav_points(blocks, pooled.values, pooled.counts);
    result.ece = make_ece(pooled.values, pooled.counts, blocks, threads);
}

// ---- groups

struct GroupSums {
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    double h1_cost = 0.0;
    double h2_cost = 0.0;
    std::uint64_t misleading_h1 = 0;
    std::uint64_t misleading_h2 = 0;
};

void add(GroupSums& sums, KnownLr const& row) {
    if (row.h1) {
        ++sums.h1;
        sums.h1_cost += cost_under_h1(row.log10_lr);
        sums.misleading_h1 += row.log10_lr < 0.0 ? 1U : 0U;
    } else {
        ++sums.h2;
        sums.h2_cost += cost_under_h1(-row.log10_lr);
        sums.misleading_h2 += row.log10_lr > 0.0 ? 1U : 0U;
    }
}

void set_groups(Validation& result, LrTable const& table) {
    result.all_groups = table.groups.size();
    std::vector<GroupSums> sums(std::min(table.groups.size(), most_group_results));
    for (KnownLr const& row : table.rows) {
        if (row.group < sums.size()) {
            add(sums[row.group], row);
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        GroupSums const& group = sums[i];
        GroupResult one{.name = table.groups[i],
                        .h1 = group.h1,
                        .h2 = group.h2,
                        .cllr = {},
                        .misleading_h1 = group.misleading_h1,
                        .misleading_h2 = group.misleading_h2};
        if (group.h1 > 0 && group.h2 > 0) {
            double const cllr = 0.5 * (group.h1_cost / static_cast<double>(group.h1) +
                                       group.h2_cost / static_cast<double>(group.h2));
            one.cllr = std::isfinite(cllr) ? std::optional{cllr} : std::nullopt;
        }
        result.groups.push_back(std::move(one));
    }
}

Validation
count_table(PooledLrs const& pooled, Units const& units, ValidationSettings const& settings) {
    Validation result;
    result.h1 = pooled.counts.all_h1;
    result.h2 = pooled.counts.all_h2;
    result.h1_units = units.with_h1;
    result.h2_units = units.with_h2;
    result.replicates = settings.replicates;
    result.seed = settings.seed;
    count_ends(pooled, result);
    result.misleading =
        count_misleading(pooled.values, pooled.counts, result.h1_units, result.h2_units);
    result.tippett_h1 = make_tippett(pooled.values, pooled.counts, true);
    result.tippett_h2 = make_tippett(pooled.values, pooled.counts, false);
    return result;
}

} // namespace

std::string_view name_of(NotGiven why) noexcept {
    switch (why) {
    case NotGiven::given:
        return "given";
    case NotGiven::one_side:
        return "one_side";
    case NotGiven::too_few:
        return "too_few";
    case NotGiven::infinite:
        return "infinite";
    case NotGiven::separated:
        return "separated";
    case NotGiven::too_few_units:
        return "too_few_units";
    case NotGiven::no_value:
        return "no_value";
    case NotGiven::not_asked:
        return "not_asked";
    case NotGiven::unsteady:
        return "unsteady";
    case NotGiven::in_groups:
        break;
    }
    return "in_groups";
}

Validation validate(LrTable const& table, ValidationSettings const& settings) {
    CMQ_EXPECTS(!table.rows.empty());
    PooledLrs const pooled = pool(table.rows);
    Units const units = make_units(pooled, !table.groups.empty(), table.groups.size());
    Validation result = count_table(pooled, units, settings);
    set_groups(result, table);
    if (result.h1 == 0 || result.h2 == 0) {
        refuse_measures(result);
        return result;
    }
    set_values(result, measure(pooled.values, pooled.counts));
    set_curves(result, pooled, settings.threads);
    result.if_calibrated.why_none = why_no_calibrated(result, settings, table);
    if (result.if_calibrated.why_none == NotGiven::given) {
        set_if_calibrated(result, pooled, settings);
    }
    Drawn drawn{.tables = {}, .why_none = why_not_drawn(result, settings)};
    if (drawn.why_none == NotGiven::given) {
        drawn.tables =
            resample(pooled, units, settings.replicates, settings.seed, settings.threads);
    }
    set_ranges(result, drawn);
    return result;
}

} // namespace cmq::lab
