// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cmq::capture {

namespace {

constexpr double pi = std::numbers::pi;

/// A small disc within a canvas; what is there already stays where it is brighter.
struct Patch {
    double x;
    double y;
    double radius;
    double brightness;
};

void draw_patch(Patch const& patch, Canvas& canvas) {
    auto const scale = static_cast<double>(canvas.samples());
    auto const range = [&](double middle, std::ptrdiff_t first_photosite, std::ptrdiff_t most) {
        double const at = (middle - static_cast<double>(first_photosite) + 0.5) * scale;
        double const reach = (patch.radius + 1.0) * scale;
        auto const limit = static_cast<double>(most);
        return std::array{static_cast<std::ptrdiff_t>(std::clamp(at - reach, 0.0, limit)),
                          static_cast<std::ptrdiff_t>(std::clamp(at + reach, 0.0, limit))};
    };
    auto const [top, bottom] = range(patch.y, canvas.box().top, canvas.rows());
    auto const [left, right] = range(patch.x, canvas.box().left, canvas.columns());
    for (std::ptrdiff_t i = top; i < bottom; ++i) {
        for (std::ptrdiff_t j = left; j < right; ++j) {
            double const r = std::hypot(canvas.x_of(j) - patch.x, canvas.y_of(i) - patch.y);
            double& sample = canvas.row(i)[j];
            sample = std::max(sample, patch.brightness * canvas.inside(patch.radius - r));
        }
    }
}

} // namespace

void draw_stain(Droplet const& droplet, Canvas& canvas) {
    constexpr std::size_t most_waves = 9;
    constexpr std::size_t steps = 4096;
    Random random{droplet.seed, simulation_task::outline, droplet.number};
    std::array<double, steps> outline{};
    outline.fill(1.0);
    for (std::size_t wave = 2; wave <= most_waves; ++wave) {
        double const height = 0.2 * random.normal() / static_cast<double>(wave - 1);
        double const phase = 2.0 * pi * random.uniform();
        for (std::size_t i = 0; i < steps; ++i) {
            double const angle = 2.0 * pi * static_cast<double>(i) / static_cast<double>(steps);
            outline[i] += height * std::cos(static_cast<double>(wave) * angle + phase);
        }
    }
    for (double& radius : outline) {
        radius = droplet.half_length * std::clamp(radius, 0.3, stain_reach);
    }
    for (std::ptrdiff_t i = 0; i < canvas.rows(); ++i) {
        double const dy = canvas.y_of(i) - droplet.y;
        double* const row = canvas.row(i);
        for (std::ptrdiff_t j = 0; j < canvas.columns(); ++j) {
            double const dx = canvas.x_of(j) - droplet.x;
            double const turn = std::atan2(dy, dx) / (2.0 * pi) + 1.0; // above 0
            double const at = turn * static_cast<double>(steps);
            auto const whole = static_cast<std::size_t>(at);
            double const part = at - static_cast<double>(whole);
            double const radius =
                (1.0 - part) * outline[whole % steps] + part * outline[(whole + 1) % steps];
            row[j] = canvas.inside(radius - std::hypot(dx, dy));
        }
    }
}

void draw_print(Droplet const& droplet, Canvas& canvas) {
    constexpr int pairs = 40;
    constexpr double farthest = 0.9;      // centres, of the radius
    constexpr double patch_radius = 0.06; // median, of the radius
    constexpr double left_out = 0.15;     // share of single patches that did not come over
    constexpr double shift = 0.01;        // of a mirror image, standard deviation, of the radius
    Random random{droplet.seed, simulation_task::patches, droplet.number};
    double const cosine = std::cos(droplet.angle_rad);
    double const sine = std::sin(droplet.angle_rad);
    for (int pair = 0; pair < pairs; ++pair) {
        double const far = farthest * std::sqrt(random.uniform());
        double const turn = pi * random.uniform();
        double const radius = std::min(patch_radius * std::exp(0.4 * random.normal()), 0.2);
        for (double const side : {1.0, -1.0}) {
            double const along = far * std::cos(turn) + shift * random.normal();
            double const across = side * (far * std::sin(turn) + shift * random.normal());
            double const brightness = std::exp(-std::abs(0.4 * random.normal()));
            bool const is_there = random.uniform() > left_out;
            if (is_there || pair == 0) { // never an empty print
                draw_patch({droplet.x + droplet.half_length * (cosine * along - sine * across),
                            droplet.y + droplet.half_length * (sine * along + cosine * across),
                            std::max(0.25, droplet.half_length * radius),
                            brightness},
                           canvas);
            }
        }
    }
}

} // namespace cmq::capture
