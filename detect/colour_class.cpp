// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/colour_class.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"
#include "core/random.hpp"
#include "detect/cholesky.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>

namespace cmq::detect {
namespace {

using Vector = std::vector<double>;

// Column k of an orthonormal basis of the vectors whose components sum to 0 (Helmert).
Vector basis_column(std::size_t channels, std::size_t k) {
    Vector column(channels);
    auto const count = static_cast<double>(k + 1);
    double const norm = std::sqrt(count * (count + 1.0));
    std::fill_n(column.begin(), k + 1, 1.0 / norm);
    column[k + 1] = -count / norm;
    return column;
}

double dot(Vector const& a, Vector const& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void check(ColourLight const& light) {
    std::size_t const n = light.channels();
    if (n < 2 || light.covariance_dn2.size() != n * n) {
        throw Error{ErrorKind::shape,
                    {"la lumière a {} canaux et une covariance d’une autre taille",
                     "the light has {} channels and a covariance of another size"},
                    n};
    }
    auto const finite = [](double value) { return std::isfinite(value); };
    if (!std::ranges::all_of(light.flux_dn, finite) ||
        !std::ranges::all_of(light.covariance_dn2, finite) ||
        !Cholesky::of(light.covariance_dn2, n)) {
        throw Error{ErrorKind::domain,
                    {"les flux d’une trace ou leur covariance ne sont pas des nombres utilisables",
                     "the fluxes of a trace or their covariance are no usable numbers"}};
    }
    if (light.total_dn() < least_colour_snr * light.total_sigma_dn()) {
        throw Error{ErrorKind::insufficient,
                    {"la lumière ne dépasse pas {} fois son incertitude : trop faible pour en dire "
                     "la couleur",
                     "the light is less than {} times its uncertainty: too faint to tell its "
                     "colour"},
                    static_cast<int>(least_colour_snr)};
    }
}

// Shares of the total, in the basis.
Vector coordinates(ColourLight const& light) {
    Vector shares = light.flux_dn;
    double const total = light.total_dn();
    std::ranges::for_each(shares, [total](double& share) { share /= total; });
    Vector u(light.channels() - 1);
    for (std::size_t k = 0; k < u.size(); ++k) {
        u[k] = dot(basis_column(light.channels(), k), shares);
    }
    return u;
}

void add_product(Vector const& v, double weight, Vector& matrix) {
    for (std::size_t i = 0; i < v.size(); ++i) {
        for (std::size_t j = 0; j < v.size(); ++j) {
            matrix[i * v.size() + j] += weight * v[i] * v[j];
        }
    }
}

Vector difference(Vector a, Vector const& b) {
    std::ranges::transform(a, b, a.begin(), std::minus<>{});
    return a;
}

Vector mean_of(std::vector<Vector> const& vectors) {
    Vector mean(vectors.front().size());
    for (Vector const& v : vectors) {
        std::ranges::transform(mean, v, mean.begin(), std::plus<>{});
    }
    std::ranges::for_each(mean,
                          [&](double& value) { value /= static_cast<double>(vectors.size()); });
    return mean;
}

/// Covariance of one spot of a further sample.
struct Spread {
    Vector mean;
    Vector covariance;
};

Spread spread_of(std::map<std::string, std::vector<Vector>> const& samples) {
    std::size_t const size = samples.begin()->second.front().size();
    std::vector<Vector> means;
    Vector within(size * size);
    double within_degrees = 0.0;
    double inverse_spots = 0.0;
    for (auto const& [name, spots] : samples) {
        means.push_back(mean_of(spots));
        for (Vector const& spot : spots) {
            add_product(difference(spot, means.back()), 1.0, within);
        }
        within_degrees += static_cast<double>(spots.size() - 1);
        inverse_spots += 1.0 / static_cast<double>(spots.size());
    }
    auto const n = static_cast<double>(means.size());
    Spread spread{.mean = mean_of(means), .covariance = Vector(size * size)};
    for (Vector const& mean : means) {
        add_product(difference(mean, spread.mean), 1.0 / (n - 1.0), spread.covariance);
    }
    // A mean of k spots has lost (1 - 1/k) of their spread within the sample.
    double const lost = within_degrees > 0.0 ? (1.0 - inverse_spots / n) / within_degrees : 0.0;
    for (std::size_t i = 0; i < within.size(); ++i) {
        spread.covariance[i] += lost * within[i];
    }
    return spread;
}

Vector shares_at(Vector const& u) {
    std::size_t const channels = u.size() + 1;
    Vector shares(channels, 1.0 / static_cast<double>(channels));
    for (std::size_t k = 0; k < u.size(); ++k) {
        Vector const column = basis_column(channels, k);
        for (std::size_t i = 0; i < channels; ++i) {
            shares[i] += u[k] * column[i];
        }
    }
    return shares;
}

/// Scale of the class as a covariance of channels: E scale2 E'.
Vector scale_of_channels(ColourClass const& colours) {
    std::size_t const channels = colours.mean_shares.size();
    std::size_t const size = channels - 1;
    std::vector<Vector> basis;
    for (std::size_t k = 0; k < size; ++k) {
        basis.push_back(basis_column(channels, k));
    }
    Vector scale(channels * channels);
    for (std::size_t k = 0; k < size; ++k) {
        for (std::size_t l = 0; l < size; ++l) {
            double const value = colours.scale2[k * size + l];
            for (std::size_t i = 0; i < channels; ++i) {
                for (std::size_t j = 0; j < channels; ++j) {
                    scale[i * channels + j] += value * basis[k][i] * basis[l][j];
                }
            }
        }
    }
    return scale;
}

/// Light of amount a of a class whose scale is multiplied by 1 / g: normal, with the trace's noise.
class LightOfClass {
public:
    LightOfClass(ColourClass const& colours, ColourLight const& trace)
        : mean_{colours.mean_shares}
        , scale_{scale_of_channels(colours)}
        , trace_{trace} {}

    // ln of the density of the trace's light.
    [[nodiscard]] double log_density(double amount, double g) const {
        auto const root = root_at(amount, g);
        Vector residual(mean_.size());
        for (std::size_t i = 0; i < mean_.size(); ++i) {
            residual[i] = trace_.flux_dn[i] - amount * mean_[i];
        }
        Vector const white = root.whitened(residual);
        return -0.5 * (dot(white, white) + root.log_determinant() +
                       static_cast<double>(mean_.size()) * std::log(2.0 * std::numbers::pi));
    }

    struct Amount {
        double value = 0.0;
        double sigma = 0.0;
    };

    // Where the density over amounts lies, for one g.
    [[nodiscard]] Amount amount(double g) const {
        Amount found{.value = trace_.total_dn()};
        for (int round = 0; round < 3; ++round) {
            auto const root = root_at(std::max(found.value, trace_.total_sigma_dn()), g);
            Vector const mean = root.whitened(mean_);
            double const weight = dot(mean, mean);
            found = {.value = dot(mean, root.whitened(trace_.flux_dn)) / weight,
                     .sigma = 1.0 / std::sqrt(weight)};
        }
        return found;
    }

private:
    [[nodiscard]] Cholesky root_at(double amount, double g) const {
        Vector covariance = trace_.covariance_dn2;
        for (std::size_t i = 0; i < covariance.size(); ++i) {
            covariance[i] += amount * amount / g * scale_[i];
        }
        auto root = Cholesky::of(covariance, mean_.size());
        CMQ_EXPECTS(root.has_value());
        return *root;
    }

    Vector const& mean_;
    Vector scale_;
    ColourLight const& trace_;
};

// ln g where the gamma density of shape and rate half falls exp(-40) below its peak.
double edge_of_gamma(double half, double inside, double outside) {
    for (int i = 0; i < 60; ++i) {
        double const x = 0.5 * (inside + outside);
        (half * (x - std::exp(x) + 1.0) > -40.0 ? inside : outside) = x;
    }
    return 0.5 * (inside + outside);
}

} // namespace

ColourClass fit_colour_class(std::span<ColourReference const> references) {
    std::map<std::string, std::vector<Vector>> samples;
    for (ColourReference const& reference : references) {
        check(reference.light);
        samples[reference.sample].push_back(coordinates(reference.light));
        if (reference.light.channels() != references.front().light.channels()) {
            throw Error{ErrorKind::shape,
                        {"des références de nombres de canaux différents",
                         "references of unlike numbers of channels"}};
        }
    }
    std::size_t const least = references.empty() ? 5 : references.front().light.channels() + 2;
    if (samples.size() < least) {
        throw Error{ErrorKind::insufficient,
                    {"{} échantillons de référence : il en faut au moins {} pour estimer une "
                     "dispersion",
                     "{} reference samples: a spread needs {} at least"},
                    samples.size(),
                    least};
    }
    Spread const spread = spread_of(samples);
    std::size_t const size = spread.mean.size();
    auto const n = static_cast<double>(samples.size());
    ColourClass colours{.samples = samples.size(),
                        .spots = references.size(),
                        .mean_shares = shares_at(spread.mean),
                        .scale2 = spread.covariance,
                        .degrees = n - static_cast<double>(size)};
    for (double& value : colours.scale2) {
        value *= (1.0 + 1.0 / n) * (n - 1.0) / colours.degrees;
    }
    if (!Cholesky::of(colours.scale2, size)) {
        throw Error{ErrorKind::insufficient,
                    {"les échantillons de référence ont tous la même couleur : aucune dispersion "
                     "ne s’en déduit",
                     "all reference samples have one colour: no spread follows from them"}};
    }
    return colours;
}

double log_density(ColourClass const& colours, ColourLight const& trace) {
    check(trace);
    if (colours.mean_shares.size() != trace.channels()) {
        throw Error{ErrorKind::shape,
                    {"la trace a {} canaux, ses références en ont {}",
                     "the trace has {} channels, its references have {}"},
                    trace.channels(),
                    colours.mean_shares.size()};
    }
    LightOfClass const light{colours, trace};
    // The t distribution is a normal one whose scale is divided by a gamma variate g.
    double const half = 0.5 * colours.degrees;
    double const low = edge_of_gamma(half, 0.0, -1.0 - 41.0 / half);
    double const high = edge_of_gamma(half, 0.0, 3.0 + std::log1p(41.0 / half));
    constexpr int g_nodes = 96;
    double const step = (high - low) / g_nodes;
    double const log_weight = half * std::log(half) - std::lgamma(half) + std::log(step);
    constexpr int reach = 24; // amounts: 8 standard deviations to each side, in thirds of one
    Vector terms;
    for (int i = 0; i <= g_nodes; ++i) {
        double const x = low + step * i;
        double const g = std::exp(x);
        auto const amount = light.amount(g);
        for (int j = -reach; j <= reach; ++j) {
            double const a = amount.value + amount.sigma * j / 3.0;
            if (a > 0.0) {
                terms.push_back(log_weight + half * (x - g) + std::log(amount.sigma / 3.0) +
                                light.log_density(a, g));
            }
        }
    }
    return log_sum(terms);
}

namespace {

constexpr double most_below_zero =
    5.0; // standard uncertainties that noise may put a channel below 0

// A standard normal draw above b. Where b is far below 0 it is the next one of `random`.
// Source: C. P. Robert, Statistics and Computing 5 (1995) 121 (exponential rejection).
double draw_above(double b, Random& random) {
    if (b <= 0.0) {
        for (;;) {
            if (double const z = random.normal(); z > b) {
                return z;
            }
        }
    }
    double const rate = 0.5 * (b + std::sqrt(b * b + 4.0));
    for (;;) {
        double const z = b - std::log(1.0 - random.uniform()) / rate;
        if (std::log(1.0 - random.uniform()) <= -0.5 * (z - rate) * (z - rate)) {
            return z;
        }
    }
}

// One draw of what the light may be, every channel above 0, and the chance of that: channel by channel, each given
// those before. Source: V. A. Hajivassiliou, D. L. McFadden, P. A. Ruud, J. Econometrics 72 (1996) 85.
struct PositiveDraw {
    double total = 0.0;
    double chance = 1.0;
};

PositiveDraw draw_positive(ColourLight const& trace, Cholesky const& root, Random& random) {
    std::size_t const channels = trace.channels();
    PositiveDraw draw;
    Vector z(channels, 0.0);
    for (std::size_t i = 0; i < channels; ++i) {
        double light = trace.flux_dn[i];
        for (std::size_t k = 0; k < i; ++k) {
            light += root.at(i, k) * z[k];
        }
        double const b = -light / root.at(i, i);
        draw.chance *= 0.5 * std::erfc(b / std::numbers::sqrt2);
        z[i] = draw_above(b, random);
        draw.total += light + root.at(i, i) * z[i];
    }
    return draw;
}

void check_sign(ColourLight const& trace) {
    for (std::size_t i = 0; i < trace.channels(); ++i) {
        double const variance = trace.covariance_dn2[(trace.channels() + 1) * i];
        if (trace.flux_dn[i] < -most_below_zero * std::sqrt(variance)) {
            throw Error{
                ErrorKind::insufficient,
                {"un canal a une lumière négative au-delà de son bruit : aucune matière n’a "
                 "cette couleur",
                 "a channel has negative light beyond its noise: no material has such a "
                 "colour"}};
        }
    }
}

} // namespace

double log_density_of_unknown(ColourLight const& trace) {
    check(trace);
    check_sign(trace);
    auto const root = Cholesky::of(trace.covariance_dn2, trace.channels());
    constexpr std::uint64_t draws = 4096;
    auto const size = static_cast<double>(trace.channels() - 1);
    double sum = 0.0;
    for (std::uint64_t i = 0; i < draws; ++i) {
        Random random{1, 0, i};
        auto const draw = draw_positive(trace, *root, random);
        sum += draw.chance * std::pow(draw.total / trace.total_dn(), -size);
    }
    return std::lgamma(size + 1.0) - size * std::log(trace.total_dn()) +
           std::log(sum / static_cast<double>(draws));
}

} // namespace cmq::detect
