// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/minimum_detectable.hpp"

#include "core/error.hpp"
#include "lab/blanks/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace cmq::lab {
namespace {

constexpr double spread_tail = 0.005; // 1 % in both tails
constexpr double fit_tail = 0.05;

/// Squares around the mean of each level, and how many of them are free.
struct PureError {
    double squares = 0.0;
    double degrees = 0.0;

    void add(std::vector<double> const& results) {
        auto const n = static_cast<double>(results.size());
        double mean = 0.0;
        for (double const result : results) {
            mean += result / n;
        }
        for (double const result : results) {
            squares += (result - mean) * (result - mean);
        }
        degrees += n - 1.0;
    }

    [[nodiscard]] double variance() const { return squares / degrees; }
};

using Levels = std::map<double, std::vector<double>>;

struct Line {
    double slope = 0.0;
    double intercept = 0.0;
    double squares = 0.0; ///< of the residuals
    double s_xx = 0.0;
    double mean_x = 0.0;
};

Line fit_line(std::span<KnownAmount const> series) {
    auto const n = static_cast<double>(series.size());
    Line line;
    double mean_y = 0.0;
    for (KnownAmount const& one : series) {
        line.mean_x += one.amount / n;
        mean_y += one.result / n;
    }
    double s_xy = 0.0;
    for (KnownAmount const& one : series) {
        line.s_xx += (one.amount - line.mean_x) * (one.amount - line.mean_x);
        s_xy += (one.amount - line.mean_x) * (one.result - mean_y);
    }
    line.slope = s_xy / line.s_xx;
    line.intercept = mean_y - line.slope * line.mean_x;
    for (KnownAmount const& one : series) {
        double const off = one.result - mean_y - line.slope * (one.amount - line.mean_x);
        line.squares += off * off;
    }
    return line;
}

bool spread_changes(Levels const& levels) {
    PureError blanks;
    PureError known;
    for (auto const& [amount, results] : levels) {
        (amount == 0.0 ? blanks : known).add(results);
    }
    if (known.degrees == 0.0) {
        return false;
    }
    if (!(blanks.squares > 0.0) || !(known.squares > 0.0)) {
        return blanks.squares != known.squares;
    }
    double const f = known.variance() / blanks.variance();
    double const above = f_above(f, known.degrees, blanks.degrees);
    return above < spread_tail || above > 1.0 - spread_tail;
}

double lack_of_fit(Levels const& levels, Line const& line, double results) {
    PureError pure;
    for (auto const& [amount, values] : levels) {
        pure.add(values);
    }
    auto const k = static_cast<double>(levels.size());
    double const excess = std::max(0.0, line.squares - pure.squares);
    if (!(pure.squares > 0.0)) {
        return excess > 0.0 ? 0.0 : 1.0;
    }
    return f_above(excess / (k - 2.0) / (pure.squares / (results - k)), k - 2.0, results - k);
}

MinimumDetectable to_minimum(Line const& line, std::size_t results, std::size_t levels) {
    auto const n = static_cast<double>(results);
    MinimumDetectable minimum;
    minimum.results = results;
    minimum.levels = levels;
    minimum.slope = line.slope;
    minimum.intercept = line.intercept;
    minimum.degrees = n - 2.0;
    minimum.residual_sd = std::sqrt(line.squares / minimum.degrees);
    minimum.slope_se = minimum.residual_sd / std::sqrt(line.s_xx);
    minimum.shift = detectable_shift(minimum.degrees, minimum.false_positive, minimum.missed);
    double const width = std::sqrt(1.0 + 1.0 / n + line.mean_x * line.mean_x / line.s_xx);
    double const unit = minimum.residual_sd / line.slope * width;
    minimum.critical_amount = t_quantile(1.0 - minimum.false_positive, minimum.degrees) * unit;
    minimum.value = minimum.shift * unit;
    return minimum;
}

} // namespace

std::string_view name_of(WhyNoMinimum why) noexcept {
    switch (why) {
    case WhyNoMinimum::given:
        return "given";
    case WhyNoMinimum::too_few_levels:
        return "too_few_levels";
    case WhyNoMinimum::spread_changes:
        return "spread_changes";
    case WhyNoMinimum::not_straight:
        return "not_straight";
    case WhyNoMinimum::no_slope:
        break;
    }
    return "no_slope";
}

Dilution measure_minimum_detectable(std::span<KnownAmount const> series) {
    Levels levels;
    for (KnownAmount const& one : series) {
        CMQ_EXPECTS(one.amount >= 0.0 && std::isfinite(one.amount) && std::isfinite(one.result));
        levels[one.amount].push_back(one.result);
    }
    CMQ_EXPECTS(levels.contains(0.0) && levels.at(0.0).size() >= 2);
    Dilution dilution;
    if (levels.size() < 3) {
        dilution.why = WhyNoMinimum::too_few_levels;
        return dilution;
    }
    if (spread_changes(levels)) {
        dilution.why = WhyNoMinimum::spread_changes;
        return dilution;
    }
    Line const line = fit_line(series);
    dilution.lack_of_fit_p = lack_of_fit(levels, line, static_cast<double>(series.size()));
    if (*dilution.lack_of_fit_p < fit_tail) {
        dilution.why = WhyNoMinimum::not_straight;
        return dilution;
    }
    auto const minimum = to_minimum(line, series.size(), levels.size() - 1);
    if (!(minimum.slope > t_quantile(0.95, minimum.degrees) * minimum.slope_se)) {
        dilution.why = WhyNoMinimum::no_slope;
        return dilution;
    }
    dilution.minimum = minimum;
    return dilution;
}

} // namespace cmq::lab
