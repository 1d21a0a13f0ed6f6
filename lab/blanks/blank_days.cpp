// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/blank_days.hpp"

#include "core/error.hpp"
#include "lab/blanks/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace cmq::lab {
namespace {

// With fewer, days that happen to agree hide how little is known of them: with Satterthwaite's degrees 8 % instead of
// 5 % of further blanks exceeded the value of two days of ten blanks, 6 % of three days of five (20 000 simulations).
constexpr double fewest_days_for_satterthwaite = 4.0;

struct Quantile {
    double t = 0.0;
    double degrees = 0.0; ///< at which Student's t has that quantile
};

// For a sum of two variances of which `share` comes from the means of k days.
Quantile quantile_of(double share, double k, double n, double alpha) {
    auto const of_degrees = [&](double degrees) {
        return Quantile{t_quantile(1.0 - alpha, degrees), degrees};
    };
    if (k >= fewest_days_for_satterthwaite) {
        double const inverse = share * share / (k - 1.0) + (1.0 - share) * (1.0 - share) / (n - k);
        return of_degrees(std::clamp(1.0 / inverse, k - 1.0, n - 1.0));
    }
    if (n - k <= k - 1.0) {
        return of_degrees(k - 1.0);
    }
    double const of_days = of_degrees(k - 1.0).t;
    double const of_blanks = of_degrees(n - k).t;
    double const t = std::sqrt(share * of_days * of_days + (1.0 - share) * of_blanks * of_blanks);
    double low = k - 1.0;
    double high = n - k;
    while (high - low > 1e-4 * low) { // only printed
        double const middle = 0.5 * (low + high);
        (of_degrees(middle).t > t ? low : high) = middle;
    }
    return {t, 0.5 * (low + high)};
}

void check(std::span<double const> blanks, double alpha) {
    if (!(alpha >= 0.0001 && alpha <= 0.4)) {
        throw Error{ErrorKind::domain,
                    {"la probabilité d’un faux positif doit être comprise entre 0,0001 et 0,4",
                     "the chance of a false positive must lie between 0.0001 and 0.4"}};
    }
    if (!std::ranges::all_of(blanks, [](double blank) { return std::isfinite(blank); })) {
        throw Error{ErrorKind::domain,
                    {"un blanc n’est pas un nombre fini", "a blank is not a finite number"}};
    }
}

double variance_of_means(std::span<BlankDay const> days, double mean) {
    double squares = 0.0;
    for (BlankDay const& day : days) {
        squares += (day.mean - mean) * (day.mean - mean);
    }
    return squares / (static_cast<double>(days.size()) - 1.0);
}

double squares_within(std::span<double const> blanks, std::span<BlankDay const> days) {
    double squares = 0.0;
    for (BlankDay const& day : days) {
        for (std::size_t const i : day.blanks) {
            squares += (blanks[i] - day.mean) * (blanks[i] - day.mean);
        }
    }
    return squares;
}

} // namespace

std::vector<BlankDay> group_by_day(std::span<double const> blanks,
                                   std::span<std::int64_t const> days) {
    CMQ_EXPECTS(blanks.size() == days.size());
    std::map<std::int64_t, BlankDay> by_day;
    for (std::size_t i = 0; i < blanks.size(); ++i) {
        by_day[days[i]].blanks.push_back(i);
    }
    std::vector<BlankDay> all;
    for (auto& [day, group] : by_day) {
        group.day = day;
        auto const n = static_cast<double>(group.blanks.size());
        for (std::size_t const i : group.blanks) {
            group.mean += blanks[i] / n;
        }
        all.push_back(std::move(group));
    }
    return all;
}

DaysCriticalValue measure_critical_over_days(std::span<double const> blanks,
                                             std::span<std::int64_t const> days,
                                             double alpha) {
    check(blanks, alpha);
    auto const groups = group_by_day(blanks, days);
    if (groups.size() < 2) {
        throw Error{ErrorKind::insufficient,
                    {"la dispersion d’un jour à l’autre demande des blancs d’au moins deux jours",
                     "the spread between days needs blanks of at least two days"}};
    }
    auto const k = static_cast<double>(groups.size());
    auto const n = static_cast<double>(blanks.size());
    double mean = 0.0;
    double inverse_size = 0.0; // 1 / harmonic mean
    for (BlankDay const& day : groups) {
        mean += day.mean / k;
        inverse_size += 1.0 / (k * static_cast<double>(day.blanks.size()));
    }
    double const of_means = variance_of_means(groups, mean);
    bool const repeated = blanks.size() > groups.size();
    double const within = repeated ? squares_within(blanks, groups) / (n - k) : 0.0;
    double const from_days = (1.0 + 1.0 / k) * of_means;
    double const from_blanks = (1.0 - inverse_size) * within;
    double const variance = from_days + from_blanks;
    bool const two_parts = repeated && variance > 0.0;
    auto const [t, degrees] = two_parts ? quantile_of(from_days / variance, k, n, alpha)
                                        : Quantile{t_quantile(1.0 - alpha, k - 1.0), k - 1.0};
    DaysCriticalValue result{.value = mean + t * std::sqrt(variance),
                             .mean = mean,
                             .sd = std::sqrt(of_means + from_blanks),
                             .degrees = degrees,
                             .blanks = blanks.size(),
                             .days = groups.size(),
                             .between_sd = {},
                             .within_sd = {},
                             .false_positive = alpha};
    if (repeated) {
        result.between_sd = std::sqrt(std::max(0.0, of_means - within * inverse_size));
        result.within_sd = std::sqrt(within);
    }
    return result;
}

} // namespace cmq::lab
