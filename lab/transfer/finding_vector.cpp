// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/finding_vector.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace cmq::lab {

namespace {

constexpr double reach_sigmas = 8.5;        // a normal density beyond is below 2e-16 of its peak
constexpr double fewest_lumps = 200.0;      // lumps at the amount found: their scatter is 7 % there
constexpr double lumps_per_precision = 4.0; // and a quarter of the variance of the amount at most
constexpr double narrowest = 0.1;           // of that variance, far above the amount found

double no_look_alike(ReadingModel const& model) {
    double left = 1.0;
    for (LookAlikeTerm const& term : model.look_alikes) {
        left -= term.prevalence;
    }
    return std::max(left, 0.0);
}

double ratio_at(LookAlikeTerm const& term, double n, ReadingModel const& model) {
    return n >= model.kappa ? model.code_of_marker : term.ratio;
}

/// Of the code where there is no look-alike.
double code_at(double n, ReadingModel const& model) {
    return n > 0.0 ? model.code_of_marker : model.code_of_nothing;
}

struct Detection {
    double seen = 0.0;
    double missed = 1.0;
};

/// Both to full precision, with one exponential.
Detection detection(double u, double slope) {
    double const x = u > 0.0 ? std::numbers::ln2 * std::pow(u, slope) : 0.0;
    if (x < std::numbers::ln2) {
        double const seen = -std::expm1(-x);
        return {.seen = seen, .missed = 1.0 - seen};
    }
    double const missed = std::exp(-x);
    return {.seen = 1.0 - missed, .missed = missed};
}

FindingVector make_seen_or_not(bool seen, ReadingModel const& model) {
    double const last = model.kappa * std::pow(53.0, 1.0 / model.slope);
    FindingVector vector;
    vector.weight.resize(static_cast<std::size_t>(std::ceil(std::max(last, model.kappa))) + 1);
    double const none = no_look_alike(model);
    auto const at = [&](double n, double marker_seen, double not_seen) {
        double sum = none * (seen ? marker_seen * code_at(n, model) : not_seen);
        for (LookAlikeTerm const& term : model.look_alikes) {
            double const neither = not_seen * (1.0 - term.seen);
            sum += term.prevalence * (seen ? (1.0 - neither) * ratio_at(term, n, model) : neither);
        }
        return sum;
    };
    for (std::size_t n = 0; n < vector.weight.size(); ++n) {
        auto const quanta = static_cast<double>(n);
        Detection const one = detection(quanta / model.kappa, model.slope);
        vector.weight[n] = at(quanta, one.seen, one.missed);
    }
    vector.tail = at(static_cast<double>(vector.weight.size()), 1.0, 0.0);
    return vector;
}

FindingVector make_count(Finding const& finding, ReadingModel const& model) {
    auto const count = static_cast<std::size_t>(finding.value);
    FindingVector vector;
    vector.weight.assign(count + 1, 0.0);
    double exact = no_look_alike(model);
    double const mean = model.look_alike_mean_dl * model.kappa;
    for (LookAlikeTerm const& term : model.look_alikes) {
        exact += term.prevalence * (1.0 - term.seen);
        // Seen means at least one particle: 1 + geometric.
        double const stop = 1.0 / std::max(mean, 1.0);
        double geometric = stop;
        for (std::size_t k = 1; k <= count; ++k) {
            std::size_t const n = count - k;
            vector.weight[n] += term.prevalence * term.seen * geometric *
                                ratio_at(term, static_cast<double>(n), model);
            geometric *= 1.0 - stop;
        }
    }
    vector.weight[count] += exact * code_at(finding.value, model);
    return vector;
}

/// Density of a normal error plus an exponential amount.
double exponential_plus_normal(double d, double sigma, double mean) {
    double const x = (sigma / mean - d / sigma) / std::numbers::sqrt2;
    if (x < 20.0) {
        return std::exp(0.5 * sigma * sigma / (mean * mean) - d / mean) * std::erfc(x) /
               (2.0 * mean);
    }
    // erfc underflows here; its asymptotic series is good to 1e-9.
    double const y = 1.0 / (2.0 * x * x);
    double const scaled = (1.0 - y * (1.0 - 3.0 * y)) / (x * std::sqrt(std::numbers::pi));
    return std::exp(-0.5 * d * d / (sigma * sigma)) * scaled / (2.0 * mean);
}

/// Quanta in one lump: 1 unless the amount found holds more quanta than its error can tell apart.
double lump_of(Finding const& finding, ReadingModel const& model) {
    double const quanta = model.kappa * finding.value;
    double const precision = finding.value / finding.sigma;
    double const lumps = std::max(fewest_lumps, lumps_per_precision * precision * precision);
    return std::max(quanta / lumps, 1.0);
}

/// Lumps scatter more than the quanta they stand for: by u (lump - 1) / kappa at u detection limits. The
/// error of the amount is narrowed by that much, so that mean and variance given the quanta stay the same.
double sigma_in_lumps(double sigma, double u, double lump, double kappa) {
    double const variance = sigma * sigma - u * (lump - 1.0) / kappa;
    return std::sqrt(std::max(variance, narrowest * sigma * sigma));
}

FindingVector make_amount(Finding const& finding, ReadingModel const& model, Grain grain) {
    FindingVector vector;
    vector.lump = grain == Grain::lumps ? lump_of(finding, model) : 1.0;
    double const top = model.kappa * (std::max(finding.value, 0.0) + reach_sigmas * finding.sigma);
    vector.weight.resize(static_cast<std::size_t>(std::ceil(top / vector.lump)) + 1);
    double const none = no_look_alike(model);
    for (std::size_t n = 0; n < vector.weight.size(); ++n) {
        double const quanta = static_cast<double>(n) * vector.lump;
        double const u = quanta / model.kappa;
        double const sigma = sigma_in_lumps(finding.sigma, u, vector.lump, model.kappa);
        double const d = finding.value - u;
        double const z = d / sigma;
        double const alone = std::exp(-0.5 * z * z) / (sigma * std::sqrt(2.0 * std::numbers::pi));
        double sum = none * alone * code_at(quanta, model);
        for (LookAlikeTerm const& term : model.look_alikes) {
            double const with =
                (1.0 - term.seen) * alone +
                term.seen * exponential_plus_normal(d, sigma, model.look_alike_mean_dl);
            sum += term.prevalence * with * ratio_at(term, quanta, model);
        }
        vector.weight[n] = sum;
    }
    return vector;
}

/// w(n) -> (1-p) w(n) + p sum_k (1-rho) rho^k w(n+k), from the far end on: one pass.
void add_contamination(FindingVector& vector, double probability, double mean) {
    if (probability <= 0.0) {
        return;
    }
    double const rho = mean / (1.0 + mean);
    double shifted = vector.tail;
    for (std::size_t n = vector.weight.size(); n-- > 0;) {
        shifted = (1.0 - rho) * vector.weight[n] + rho * shifted;
        vector.weight[n] += probability * (shifted - vector.weight[n]);
    }
}

} // namespace

double detection_probability(double u, double slope) {
    CMQ_EXPECTS(u >= 0.0 && slope > 0.0);
    return detection(u, slope).seen;
}

FindingVector make_finding_vector(Finding const& finding, ReadingModel const& model, Grain grain) {
    CMQ_EXPECTS(finding.kind != FindingKind::not_examined);
    CMQ_EXPECTS(model.kappa >= 1.0 && model.slope > 0.0);
    FindingVector vector;
    switch (finding.kind) {
    case FindingKind::detected:
        vector = make_seen_or_not(true, model);
        break;
    case FindingKind::not_detected:
        vector = make_seen_or_not(false, model);
        break;
    case FindingKind::count:
        vector = make_count(finding, model);
        break;
    case FindingKind::amount:
        vector = make_amount(finding, model, grain);
        break;
    case FindingKind::not_examined:
        break;
    }
    add_contamination(
        vector, model.contamination_probability, model.contamination_mean_quanta / vector.lump);
    return vector;
}

} // namespace cmq::lab
