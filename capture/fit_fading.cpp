// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/fit_fading.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

// The value that chi2 of so many degrees of freedom exceeds once in 1000 (z = 3.0902).
double highest_by_chance(double dof) {
    double const part = 2.0 / (9.0 * dof);
    double const root = 1 - part + 3.0902 * std::sqrt(part);
    return dof * root * root * root;
}

void check_light(std::span<double const> times_s, std::span<WithSigma const> light) {
    bool const at_one_time =
        times_s.empty() || std::ranges::all_of(times_s, [&](double t) { return t == times_s[0]; });
    if (times_s.size() < 3 || at_one_time) {
        throw Error{
            ErrorKind::insufficient,
            {"il faut au moins trois images, prises à des instants différents, pour suivre une "
             "lumière dans "
             "le temps",
             "at least three captures at different times are needed to follow light over time"}};
    }
    for (WithSigma const& one : light) {
        if (!(one.value > 0) || !(one.sigma > 0)) {
            throw Error{
                ErrorKind::domain,
                {"une des mesures n’est pas supérieure à 0 : elle n’a pas de décroissance que l’on "
                 "puisse "
                 "suivre",
                 "one of the measurements is not above 0: it has no decay that could be followed"}};
        }
    }
}

// y = exp(start - rate t), and the sums of its weights.
struct Decay {
    double start = 0;
    double rate = 0;
    double w = 0;
    double wt = 0;
    double wtt = 0;

    [[nodiscard]] double at(double time) const {
        return std::exp(std::clamp(start - rate * time, -700.0, 700.0));
    }

    [[nodiscard]] double determinant() const { return w * wtt - wt * wt; }
};

// One step of Gauss and Newton in ln a and k, whole or shortened; returns its size. Weights are those of the values
// themselves, so faint points count little.
double improve(Decay& decay, std::span<double const> times_s, std::span<WithSigma const> light) {
    decay.w = decay.wt = decay.wtt = 0;
    double wr = 0;
    double wtr = 0;
    for (std::size_t i = 0; i < light.size(); ++i) {
        double const model = decay.at(times_s[i]);
        double const weight = model * model / (light[i].sigma * light[i].sigma);
        double const off = light[i].value / model - 1;
        decay.w += weight;
        decay.wt += weight * times_s[i];
        decay.wtt += weight * times_s[i] * times_s[i];
        wr += weight * off;
        wtr += weight * times_s[i] * off;
    }
    double const start_step = (decay.wtt * wr - decay.wt * wtr) / decay.determinant();
    double const rate_step = (decay.wt * wr - decay.w * wtr) / decay.determinant();
    auto const [first, last] = std::ranges::minmax(times_s);
    double const size = std::abs(start_step) + std::abs(rate_step) * (last - first);
    // A step that would change a value by more than e is shortened: far from the answer the tangent misleads.
    double const shortened = size > 1 ? 1 / size : 1;
    decay.start += shortened * start_step;
    decay.rate += shortened * rate_step;
    return size;
}

} // namespace

Fading fit_fading(std::span<double const> times_s, std::span<WithSigma const> light) {
    CMQ_EXPECTS(times_s.size() == light.size());
    check_light(times_s, light);
    Decay decay{.start = std::log(light[0].value)};
    constexpr int most_turns = 100;
    for (int turn = 0; turn < most_turns && improve(decay, times_s, light) > 1e-12; ++turn) {
    }
    Fading fading;
    fading.points = light.size();
    for (std::size_t i = 0; i < light.size(); ++i) {
        double const off = (light[i].value - decay.at(times_s[i])) / light[i].sigma;
        fading.chi2 += off * off;
    }
    auto const dof = static_cast<double>(light.size()) - 2;
    double const widening = std::sqrt(std::max(fading.chi2 / dof, 1.0));
    if (!std::isfinite(decay.start + decay.rate + fading.chi2) || !(decay.determinant() > 0)) {
        throw Error{ErrorKind::numeric,
                    {"aucune décroissance exponentielle ne s’ajuste à ces mesures",
                     "no exponential decay could be fitted to these measurements"}};
    }
    fading.start = {std::exp(decay.start),
                    std::exp(decay.start) * widening * std::sqrt(decay.wtt / decay.determinant())};
    fading.rate_per_s = {decay.rate, widening * std::sqrt(decay.w / decay.determinant())};
    fading.fades = decay.rate > 2 * fading.rate_per_s.sigma;
    fading.fits = fading.chi2 <= highest_by_chance(dof);
    return fading;
}

} // namespace cmq::capture
