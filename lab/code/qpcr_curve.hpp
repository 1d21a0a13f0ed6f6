// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a quantitative PCR can find and how well it counts: standard curve, limits of detection, amounts.

#pragma once

#include "lab/code/qpcr_table.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// Cq = intercept + slope log10(copies).
struct StandardCurve {
    double slope = 0.0;
    double slope_se = 0.0;
    double intercept = 0.0;
    double efficiency = 0.0; ///< 10^(-1/slope) - 1; 1 where each cycle doubles
    double r_squared = 0.0;
    double residual_sd = 0.0; ///< cycles
    std::size_t wells = 0;
    double mean_log10 = 0.0; ///< of the copies of these wells
    double squares = 0.0;    ///< sum of squared distances from that mean
    double lowest = 0.0;     ///< copies of the standards used
    double highest = 0.0;
    bool is_acceptable = false; ///< efficiency 0.9 to 1.1 and r squared at least 0.98
};

/// Copies found with a probability of 95 %, by one model, with a 95 % interval.
struct DetectionLimit {
    double copies = 0.0;
    double low = 0.0;
    double high = 0.0;
};

struct QpcrLevel {
    double copies = 0.0;
    std::size_t wells = 0;
    std::size_t detected = 0;
    double mean_cq = 0.0;     ///< of the detected ones; 0 when there are none
    std::optional<double> cv; ///< of the copies that the curve gives for them; from two on
};

/// A sample that is no standard.
struct QpcrAmount {
    std::string sample;
    std::size_t wells = 0;
    std::size_t detected = 0;
    std::optional<double> mean_cq;
    std::optional<double> log10_copies; ///< by the curve
    std::optional<double> log10_se;     ///< of wells and curve together
    std::optional<double> log10_low; ///< 95 % interval of log10_copies: wells, curve, and chance of
    std::optional<double> log10_high; ///< so many copies in a well (Poisson)
    bool is_extrapolated = false;     ///< outside the standards
};

struct QpcrTarget {
    std::string target;
    std::vector<QpcrLevel> levels; ///< of the standards, fewest copies first
    std::optional<StandardCurve>
        curve; ///< from two levels with at least half of their wells detected, three wells
    /// None where detection does not rise from some to nearly all over the levels.
    std::optional<DetectionLimit> probit;
    std::optional<DetectionLimit> logit;
    std::optional<DetectionLimit> poisson; ///< each copy is found alone with one probability
    std::optional<double>
        lowest_level; ///< fewest copies of a standard found in at least 95 % of its wells
    std::optional<double>
        quantification; ///< fewest copies of a standard with a CV of at most 35 %, like all above it
    std::size_t blank_wells = 0;
    std::size_t blanks_detected = 0;
    std::vector<QpcrAmount> amounts; ///< in order of the table
};

inline constexpr double most_quantified_cv = 0.35;

/// Each target of a table, in order of the table.
///
/// SE of log10 copies N for r wells: s/|m| sqrt(1/r + 1/n + (x0 - mean)^2 / Sxx); its interval adds the variance of the number of
/// copies that the wells came to hold, (log10 e)^2 / (r N). Below two copies a well it holds the truth less often. CV of copies taken as log-normal:
/// sqrt((1 + E)^(SD^2 ln(1 + E)) - 1). Limits of detection by maximum likelihood over all standards: probit and logit on
/// log10 copies (interval by the delta method on log10), single hit P = 1 - exp(-lambda N), LoD = -ln(0.05) / lambda.
/// Source: A. Forootan et al., Biomol. Detect. Quantif. 12 (2017) 1; MIQE (S. A. Bustin et al., Clin. Chem. 55 (2009) 611).
[[nodiscard]] std::vector<QpcrTarget> measure_qpcr(QpcrTable const& table);

} // namespace cmq::lab
