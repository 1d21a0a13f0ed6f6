// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The probability of a finding given how many quanta of marker lie on the zone.

#pragma once

#include "lab/transfer/finding.hpp"

#include <cstdint>
#include <vector>

namespace cmq::lab {

/// weight[n] = p(finding | n quanta from the delivery) for n < weight.size(), and tail from there on.
/// For amounts a density in detection limits. Everything >= 0; all 0: the
/// finding is impossible.
///
/// A large amount is counted in lumps of several quanta, else the vector would grow to 1e5 entries: n is
/// then a number of lumps, and the error of the amount is taken narrower by as much as lumps scatter
/// more than quanta do, so that mean and variance of the amount given the quanta are the same.
struct FindingVector {
    std::vector<double> weight{};
    double tail = 0.0;
    double lump = 1.0; ///< quanta that one step of n stands for, >= 1

    [[nodiscard]] double at(std::size_t n) const { return n < weight.size() ? weight[n] : tail; }
};

/// One class of look-alike on one zone.
struct LookAlikeTerm {
    double prevalence = 0.0; ///< q: the zone holds it
    double seen = 0.0;       ///< d: it is seen when it is there
    double ratio = 1.0;      ///< r: p(what was read | it) / p(same | marker); of a code p(it | it)
};

/// What a finding is read with.
struct ReadingModel {
    double kappa = 1.0; ///< quanta in one detection limit of this examination, >= 1
    double slope = 1.0; ///< of the detection curve
    std::vector<LookAlikeTerm> look_alikes{};
    double code_of_marker = 1.0;            ///< p(code as read | marker of the lot)
    double code_of_nothing = 1.0;           ///< p(code as read | neither marker nor look-alike)
    double look_alike_mean_dl = 1.0;        ///< mean amount of a look-alike that is seen
    double contamination_probability = 0.0; ///< of this zone alone
    double contamination_mean_quanta = 0.0; ///< given that there is some; geometric
};

/// 1 - 2^(-u^slope): rises from 0 at no marker through 1/2 at one detection limit, u = n / kappa.
/// Source: R. F. Quick, Kybernetik 16 (1974) 65 (psychometric curve with its threshold at one half).
[[nodiscard]] double detection_probability(double u, double slope);

/// Whether a large amount may be counted in lumps (quick) or quantum by quantum (exact).
enum class Grain : std::uint8_t { lumps, quanta };

/// The vector of DESIGN: with the marker read where n >= kappa, and look-alike c elsewhere,
///
///     seen          (1-q) Pdet + sum_c q_c [1 - (1-Pdet)(1-d_c)] (n >= kappa ? 1 : r_c)
///     nothing seen  (1-q)(1-Pdet) + sum_c q_c (1-d_c)(1-Pdet)
///
/// Where a code was read, what was seen also has the factor code_of_marker wherever that is marker (n above 0
/// without a look-alike, n >= kappa with one), and r_c holds the look-alike's p(code as read | c).
/// A look-alike that is seen adds an exponential amount to an amount, a geometric count to a count.
/// Contamination adds a zero-inflated geometric number of quanta (negative binomial of size 1).
/// A value of 1 - Pdet below 2^-53 counts as 0.
///
/// \pre the finding's numbers are in range, its kind is not not_examined, prevalences sum to <= 1
[[nodiscard]] FindingVector
make_finding_vector(Finding const& finding, ReadingModel const& model, Grain grain = Grain::lumps);

} // namespace cmq::lab
