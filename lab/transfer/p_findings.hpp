// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The probability of findings on several zones when one load of marker spread over them.

#pragma once

#include "lab/transfer/finding_vector.hpp"
#include "lab/transfer/rate_grid.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::lab {

/// A load of M quanta, Gamma with this shape and rate (per quantum); mean shape / rate. Both > 0.
struct Load {
    double shape = 1.0;
    double rate = 1.0;
};

/// From this shape on, a zone's multiplier is taken as 1.
inline constexpr double no_dispersion = 1e6;

/// ln h(lambda), where h(lambda) = sum_n Poisson(n; lambda) w(n): the finding's probability when
/// quanta come at that mean. With a dispersion shape r, the mean over a multiplier G ~ Gamma(r, r) of
/// the rate: E[h(G lambda)], which no draw of G would give as well.
class RateLikelihood {
public:
    explicit RateLikelihood(FindingVector vector, double dispersion_shape = no_dispersion);

    [[nodiscard]] bool is_dispersed() const noexcept { return dispersion_ < no_dispersion; }

    [[nodiscard]] FindingVector const& vector() const noexcept { return vector_; }

    /// The sum itself, over the window of n that matters. Minus infinity where h is 0.
    [[nodiscard]] double direct(double quanta) const;

    /// By cubic interpolation between values of direct() that are kept once made: error of ln h below
    /// 2e-5, and quick from the second use on. Not for two threads at a time.
    [[nodiscard]] double operator()(double quanta);

    /// Each of many numbers of quanta becomes what operator() gives for it; quicker.
    void replace_each(std::span<double> quanta);

    /// Made on first use. Not for two threads at a time.
    [[nodiscard]] RateGrid const& grid();

    /// Mean of quanta below which h is practically w(0), or a power of lambda.
    [[nodiscard]] double onset() const noexcept;

    /// Quanta beyond which nothing changes any more.
    [[nodiscard]] double reach() const noexcept {
        return static_cast<double>(vector_.weight.size()) * vector_.lump;
    }

    /// Standard deviation of ln(lambda) over which h rises, falls or peaks.
    [[nodiscard]] double width() const noexcept;

private:
    void measure_shape();
    [[nodiscard]] double sum_at(double lambda) const; // lambda in lumps

    FindingVector vector_;
    double dispersion_;
    RateGrid grid_;
    bool has_grid_ = false;
    std::vector<double> kept_; // ln h - first_ ln lambda at lambda = (i / steps_per_root)^2
    double largest_ = 0.0;
    double first_ = 0.0; // first n with w(n) > 0
    double onset_ = 1.0;
    double width_ = 1.0;
};

/// One finding as the load reaches it.
struct ZoneTerm {
    RateLikelihood* likelihood = nullptr;
    double share = 0.0; ///< K: probability that a quantum of the load ends here
    double extra = 0.0; ///< mean quanta from other loads, already drawn
};

/// One node of the quadrature over M.
struct LoadNode {
    double quanta = 0.0;     ///< M
    double log_weight = 0.0; ///< ln of its probability
};

/// The nodes of log_p_quadrature(): their probabilities sum to 1 within 1e-8.
[[nodiscard]] std::vector<LoadNode> load_nodes(std::span<ZoneTerm const> zones, Load const& load);

/// ln p(findings 1 to k) for every k, where M is Gamma distributed and each quantum ends at zone z
/// with probability K_z (sum <= 1). With c_zj = K_z^j / j! w_z(j), C their convolution and
/// S = sum K_z,
///
///     p(findings) = sum_j C_j Gamma(a+j)/Gamma(a) rate^a / (rate + S)^(a+j):
///
/// log_p_closed() sums it (up to 200 quanta, no extra quanta; false where it does not apply or the
/// tail left out may exceed 1e-13 of the sum), log_p_quadrature() integrates over M at fixed nodes
/// (trapezoid rule in v, M = M0 exp(v - e^-v); error about 1e-8 with exact likelihoods),
/// log_p_on_grid() integrates over an even grid of ln M (error below 3e-4; false where it does not
/// apply: extra quanta, or findings narrower than the grid), and log_p_findings() takes the sum up to
/// 200 quanta, else the grid where it applies, else the quadrature. Minus infinity: impossible.
///
/// \pre out.size() == zones.size() >= 1
void log_p_findings(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out);
[[nodiscard]] bool
log_p_closed(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out);
[[nodiscard]] bool
log_p_on_grid(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out);
void log_p_quadrature(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out);

} // namespace cmq::lab
