// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Everything that a table of likelihood ratios with known truth says of them.

#pragma once

#include "lab/validation/curves.hpp"
#include "lab/validation/lr_table.hpp"
#include "lab/validation/misleading.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Calibration by pooling is a matter of neighbours: one ratio a side has none.
inline constexpr std::uint64_t fewest_for_pav = 2;

/// Independent ratios, or groups of them, on each side: with fewer, ranges by drawing again are far too narrow
/// (docs/methods/validation.md has the counts).
inline constexpr std::uint64_t fewest_for_range = 20;

/// Why a number is not given.
enum class NotGiven : std::uint8_t {
    given,
    one_side,      ///< the table holds no ratio of the other side
    too_few,       ///< fewer than fewest_for_pav on a side
    infinite,      ///< a ratio of 0 where H1 was true, or an infinite one where H2 was
    separated,     ///< no ratio of one side lies among those of the other
    too_few_units, ///< of a range: fewer than fewest_for_range on a side
    no_value,      ///< of a range: there is no value
    not_asked,     ///< of a range: no table was to be drawn
    unsteady,      ///< more than one drawn table in twenty has no value
    in_groups, ///< of what a calibrated method would show: ratios of a group are not independent
};

/// "given", "one_side", ... as in JSON.
[[nodiscard]] std::string_view name_of(NotGiven why) noexcept;

struct Range {
    double low = 0.0;
    double high = 0.0;
};

/// A measure with its range of 95 %.
struct Measured {
    std::optional<double> value;
    std::optional<Range> range;
    NotGiven why_no_value = NotGiven::given;
    NotGiven why_no_range = NotGiven::given;
};

/// What a perfectly calibrated method would show in a table with these ratios: 95 of 100 such tables show no more.
/// Below it, a table does not show that calibration fails.
struct IfCalibrated {
    std::optional<double> cllr_cal;
    std::optional<double> devpav;
    NotGiven why_none = NotGiven::given;
};

/// What a group says by itself.
struct GroupResult {
    std::string name;
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    std::optional<double> cllr;      ///< where it holds both sides, and is finite
    std::uint64_t misleading_h1 = 0; ///< LR < 1 where H1 was true
    std::uint64_t misleading_h2 = 0;
};

struct Validation {
    std::uint64_t h1 = 0; ///< ratios where H1 was true
    std::uint64_t h2 = 0;
    std::uint64_t h1_units = 0; ///< groups that hold any; without groups the same as h1
    std::uint64_t h2_units = 0;
    std::uint64_t h1_zero =
        0; ///< ratios of 0 where H1 was true: each claims that what happened could not
    std::uint64_t h2_infinite = 0;
    std::uint64_t h1_infinite = 0; ///< infinite ratios on the right side
    std::uint64_t h2_zero = 0;

    Measured cllr;
    Measured cllr_min;
    Measured cllr_cal; ///< cllr - cllr_min
    Measured devpav;
    Measured log10_lower; ///< ELUB
    Measured log10_upper;
    Measured equal_error_rate;
    IfCalibrated if_calibrated;
    std::array<Misleading, 3> misleading;

    std::vector<TippettPoint> tippett_h1;
    std::vector<TippettPoint> tippett_h2;
    std::vector<PavPoint> pav;  ///< empty where cllr_min is not given
    std::size_t pav_blocks = 0; ///< of which pav holds most_curve_points at most
    std::vector<EcePoint> ece;  ///< empty where cllr_min is not given

    std::vector<GroupResult> groups; ///< the first most_group_results
    std::size_t all_groups = 0;
    std::uint32_t replicates = 0;
    std::uint64_t seed = 0;
};

inline constexpr std::size_t most_group_results = 200;

struct ValidationSettings {
    std::uint32_t replicates = 300; ///< tables drawn again; 0: no ranges
    std::uint64_t seed = 1;
    unsigned threads = 0; ///< 0: one for each core; same bits for any number
};

/// Measures, ranges and curves. What cannot be given says why; too few ratios are a result, not an Error.
///
/// Ranges are the 2.5 and 97.5 % points of tables drawn again. Those of Cllr_min, Cllr_cal and devPAV are turned about
/// the value (basic bootstrap), because drawing again adds to the optimism of pooling what pooling added to the truth;
/// they are cut to what the measure can be, stretched to hold the value, and, for Cllr_cal and devPAV, down to 0 where
/// the table does not show that calibration fails. How often they hold the truth: docs/methods/validation.md.
/// Source: A. Davison, D. Hinkley, Bootstrap Methods and their Application, Cambridge, 1997, section 5.2.
///
/// \pre the table has a row
/// Cost: a sort, then linear in rows for each drawn table.
[[nodiscard]] Validation validate(LrTable const& table, ValidationSettings const& settings);

} // namespace cmq::lab
