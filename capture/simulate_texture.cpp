// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/random.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace cmq::capture {

namespace {

constexpr double pi = std::numbers::pi;
constexpr std::size_t yarn_count = 1024; // a power of two: yarn numbers wrap around

double square(double x) {
    return x * x;
}

std::vector<double> draw_yarns(Random& random) {
    constexpr double unevenness = 0.08; // chosen to look like cotton; nothing is calibrated on it
    std::vector<double> yarns(yarn_count);
    for (double& yarn : yarns) {
        yarn = std::max(0.5, 1.0 + unevenness * random.normal());
    }
    return yarns;
}

std::size_t yarn_index(double number) {
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(number)) % yarn_count;
}

double smooth_step(double t) {
    return t * t * (3.0 - 2.0 * t);
}

} // namespace

Texture::Texture(Background const& background, Shape shape, std::uint64_t seed)
    : background_{background}
    , shape_{shape}
    , cosine_{std::cos(background.angle_deg * pi / 180.0)}
    , sine_{std::sin(background.angle_deg * pi / 180.0)} {
    if (background.kind == BackgroundKind::woven || background.kind == BackgroundKind::printed) {
        Random yarns{seed, simulation_task::yarns, 0};
        warp_ = draw_yarns(yarns);
        weft_ = draw_yarns(yarns);
        Random random{seed, simulation_task::waves, 0};
        auto const draw_wave = [&](double length, double angle) {
            double const k = 2.0 * pi / length;
            return Wave{k * std::cos(angle), k * std::sin(angle), 2.0 * pi * random.uniform()};
        };
        double const across = 2.0 * pi * random.uniform();
        for (double const scale : {1.0, 0.61, 1.7}) {
            double const angle = across + 0.8 * (random.uniform() - 0.5);
            fold_waves_.push_back(draw_wave(scale * background.fold_period, angle));
        }
        for (double const yarns_long : {37.0, 53.0, 19.0}) {
            bends_.push_back(
                draw_wave(yarns_long * background.weave_period, 2.0 * pi * random.uniform()));
        }
    }
    if (background.kind == BackgroundKind::skin) {
        // Periods in photosites and weights of unit total variance: blotches, patches, grain.
        constexpr std::array<std::array<double, 2>, 3> octaves{
            {{90.0, 0.75}, {30.0, 0.55}, {9.0, 0.37}}};
        for (std::size_t i = 0; i < octaves.size(); ++i) {
            auto const [period, weight] = octaves[i];
            auto const columns =
                static_cast<std::ptrdiff_t>(static_cast<double>(shape.width) / period) + 2;
            auto const rows =
                static_cast<std::ptrdiff_t>(static_cast<double>(shape.height) / period) + 2;
            Random random{seed, simulation_task::mottle + static_cast<std::uint32_t>(i), 0};
            Lattice lattice{period, weight, columns, {}};
            lattice.values.resize(static_cast<std::size_t>(rows * columns));
            for (double& value : lattice.values) {
                value = random.normal();
            }
            lattices_.push_back(std::move(lattice));
        }
    }
}

double Texture::at(double y, double x) const {
    double const from_middle_x = x - 0.5 * static_cast<double>(shape_.width - 1);
    double const from_middle_y = y - 0.5 * static_cast<double>(shape_.height - 1);
    double factor = 1.0;
    switch (background_.kind) {
    case BackgroundKind::flat:
        break;
    case BackgroundKind::gradient: {
        double const span = std::abs(cosine_) * static_cast<double>(shape_.width - 1) +
                            std::abs(sine_) * static_cast<double>(shape_.height - 1);
        factor += background_.gradient * (cosine_ * from_middle_x + sine_ * from_middle_y) / span;
        break;
    }
    case BackgroundKind::woven:
    case BackgroundKind::printed:
        factor = weave(y, x) * folds(y, x);
        break;
    case BackgroundKind::skin:
        factor = mottle(y, x);
        break;
    }
    if (background_.lamp_falloff > 0.0) {
        double const corner = 0.25 * (square(static_cast<double>(shape_.width - 1)) +
                                      square(static_cast<double>(shape_.height - 1)));
        factor *= 1.0 - background_.lamp_falloff * (square(from_middle_x) + square(from_middle_y)) /
                            corner;
    }
    return factor;
}

double Texture::weave(double y, double x) const {
    double const bend_u = 0.5 * std::sin(bends_[0].kx * x + bends_[0].ky * y + bends_[0].phase);
    double const bend_v = 0.5 * std::sin(bends_[1].kx * x + bends_[1].ky * y + bends_[1].phase);
    // Kept above 0 so that truncation rounds down.
    constexpr double far = 1 << 16;
    double const u = (cosine_ * x + sine_ * y) / background_.weave_period + bend_u + far;
    double const v = (cosine_ * y - sine_ * x) / background_.weave_period + bend_v + far;
    double const whole_u = std::floor(u);
    double const whole_v = std::floor(v);
    std::size_t const i = yarn_index(whole_u);
    std::size_t const j = yarn_index(whole_v);
    // A bump at each crossing, mean 1; the upper yarn changes from crossing to crossing.
    double const bump = 4.0 * square(std::sin(pi * (u - whole_u)) * std::sin(pi * (v - whole_v)));
    double const upper = (i + j) % 2 == 0 ? 1.25 : 0.75;
    return 1.0 + background_.weave_depth * (bump * upper * warp_[i] * weft_[j] - 1.0);
}

double Texture::folds(double y, double x) const {
    constexpr std::array<double, 3> weights{0.5, 0.3, 0.2};
    double const bend = 1.2 * std::sin(bends_[2].kx * x + bends_[2].ky * y + bends_[2].phase);
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        Wave const& wave = fold_waves_[i];
        sum += weights[i] * std::sin(wave.kx * x + wave.ky * y + wave.phase + bend);
    }
    return 1.0 + background_.fold_depth * sum;
}

double Texture::mottle(double y, double x) const {
    // Variance of smooth-step interpolation between unit normals, averaged over the cell:
    // (1 - 2 * (1/2 - 13/35))^2 = (26/35)^2 in two dimensions.
    constexpr double spread = 26.0 / 35.0;
    double sum = 0.0;
    for (Lattice const& lattice : lattices_) {
        double const u = x / lattice.period;
        double const v = y / lattice.period;
        auto const i = static_cast<std::ptrdiff_t>(u);
        auto const j = static_cast<std::ptrdiff_t>(v);
        double const s = smooth_step(u - static_cast<double>(i));
        double const t = smooth_step(v - static_cast<double>(j));
        auto const value = [&](std::ptrdiff_t row, std::ptrdiff_t column) {
            return lattice.values[static_cast<std::size_t>(row * lattice.columns + column)];
        };
        double const upper = (1.0 - s) * value(j, i) + s * value(j, i + 1);
        double const lower = (1.0 - s) * value(j + 1, i) + s * value(j + 1, i + 1);
        sum += lattice.weight / spread * ((1.0 - t) * upper + t * lower);
    }
    double const depth = background_.mottle_depth;
    return std::exp(depth * sum - 0.5 * depth * depth); // log-normal: mean 1, never below 0
}

} // namespace cmq::capture
