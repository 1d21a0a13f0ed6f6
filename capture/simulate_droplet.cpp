// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cmq::capture {

namespace {

constexpr std::ptrdiff_t fine_samples = 4;  // each way in a photosite
constexpr double most_finely_drawn = 100.0; // radius; beyond, one sample a photosite
constexpr double pi = std::numbers::pi;
// Below the first a droplet falls between samples; above the others it needs too much memory.
constexpr double least_radius = 0.25;
constexpr double most_radius = 100.0;
constexpr double most_stain_radius = 1500.0;
constexpr double most_half_length = 300.0;
constexpr double smear_end =
    0.25; // width of a smear's end, and its brightness, by those of its start

double square(double x) {
    return x * x;
}

// ---- placement

struct Point {
    double x;
    double y;
};

bool in_region(Point point, Region const& region) {
    return point.x >= region.x - 0.5 && point.x <= region.x + region.width - 0.5 &&
           point.y >= region.y - 0.5 && point.y <= region.y + region.height - 0.5;
}

/// On the letters, or so near that they would cut off light.
bool on_mark(Point point, Box const& box) {
    constexpr double margin = 10.0;
    return point.x > static_cast<double>(box.left) - margin &&
           point.x < static_cast<double>(box.right) + margin &&
           point.y > static_cast<double>(box.top) - margin &&
           point.y < static_cast<double>(box.bottom) + margin;
}

Point draw_point(DropletGroup const& group, Region const& region, Random& random) {
    double const middle_x = region.x + 0.5 * region.width - 0.5;
    double const middle_y = region.y + 0.5 * region.height - 0.5;
    if (group.cluster_sd > 0.0) {
        double const x = middle_x + group.cluster_sd * random.normal();
        double const y = middle_y + group.cluster_sd * random.normal();
        return {x, y};
    }
    double const x = middle_x + region.width * (random.uniform() - 0.5);
    double const y = middle_y + region.height * (random.uniform() - 0.5);
    return {x, y};
}

Point find_place(DropletGroup const& group,
                 SceneSettings const& settings,
                 std::vector<Droplet> const& before,
                 std::size_t first_of_group,
                 Random& random) {
    Region const whole{0.0,
                       0.0,
                       static_cast<double>(settings.shape.width),
                       static_cast<double>(settings.shape.height)};
    Region const region = group.region.value_or(whole);
    Box const letters = mark_box(settings.shape);
    constexpr int tries = 10'000;
    for (int i = 0; i < tries; ++i) {
        Point const point = draw_point(group, region, random);
        if (!in_region(point, region) || (settings.burn_mark && on_mark(point, letters))) {
            continue;
        }
        auto const first = before.begin() + static_cast<std::ptrdiff_t>(first_of_group);
        bool const apart = std::all_of(first, before.end(), [&](Droplet const& other) {
            return square(other.x - point.x) + square(other.y - point.y) >=
                   square(group.separation);
        });
        if (apart) {
            return point;
        }
    }
    throw Error{ErrorKind::domain,
                {"pas de place pour la gouttelette {} de son groupe : agrandir la région, élargir "
                 "l’amas ou réduire la distance entre gouttelettes",
                 "no room for droplet {} of its group: make the region larger, the cluster wider "
                 "or the separation smaller"},
                before.size() - first_of_group + 1};
}

// ---- drawing

/// Signed distance to an ellipse, to first order at its edge.
double inside_ellipse(
    Canvas const& canvas, double along, double across, double half_length, double half_width) {
    double const radius = std::hypot(along / half_length, across / half_width);
    double const slope = std::hypot(along / square(half_length), across / square(half_width));
    if (slope * half_width < 1e-6) {
        return 1.0; // the very centre
    }
    return canvas.inside((1.0 - radius) * radius / slope);
}

double inside_smear(
    Canvas const& canvas, double along, double across, double half_length, double half_width) {
    double const way = std::clamp(0.5 + 0.5 * along / half_length, 0.0, 1.0);
    double const width = half_width * (1.0 - (1.0 - smear_end) * way);
    double const beyond = std::max(0.0, std::abs(along) - half_length);
    double const faint = 1.0 - (1.0 - smear_end) * way;
    return faint * canvas.inside(width - std::hypot(across, beyond));
}

void draw_outline(Droplet const& droplet, Canvas& canvas) {
    double const cosine = std::cos(droplet.angle_rad);
    double const sine = std::sin(droplet.angle_rad);
    auto const shape = droplet.kind == DropletKind::smear ? inside_smear : inside_ellipse;
    for (std::ptrdiff_t i = 0; i < canvas.rows(); ++i) {
        double const dy = canvas.y_of(i) - droplet.y;
        double* const row = canvas.row(i);
        for (std::ptrdiff_t j = 0; j < canvas.columns(); ++j) {
            double const dx = canvas.x_of(j) - droplet.x;
            row[j] = shape(canvas,
                           cosine * dx + sine * dy,
                           cosine * dy - sine * dx,
                           droplet.half_length,
                           droplet.half_width);
        }
    }
}

struct Moments {
    double sum = 0.0;
    double x = 0.0;
    double y = 0.0;
};

Moments measure_moments(Canvas& canvas) {
    Moments moments;
    for (std::ptrdiff_t i = 0; i < canvas.rows(); ++i) {
        double const* const row = canvas.row(i);
        for (std::ptrdiff_t j = 0; j < canvas.columns(); ++j) {
            moments.sum += row[j];
            moments.x += row[j] * canvas.x_of(j);
            moments.y += row[j] * canvas.y_of(i);
        }
    }
    moments.x /= moments.sum;
    moments.y /= moments.sum;
    return moments;
}

bool is_large_kind(DropletKind kind) {
    return kind == DropletKind::stain || kind == DropletKind::print;
}

void draw(Droplet const& droplet, Canvas& canvas) {
    switch (droplet.kind) {
    case DropletKind::stain:
        draw_stain(droplet, canvas);
        return;
    case DropletKind::print:
        draw_print(droplet, canvas);
        return;
    default:
        draw_outline(droplet, canvas);
        return;
    }
}

double reach_of(Droplet const& droplet) {
    return is_large_kind(droplet.kind) ? stain_reach * droplet.half_length
                                       : std::hypot(droplet.half_length, droplet.half_width);
}

double area_of(Droplet const& droplet, double covered) {
    if (is_large_kind(droplet.kind)) {
        return covered;
    }
    if (droplet.kind == DropletKind::smear) {
        // A tapering band with two half discs.
        return droplet.half_length * 2.0 * droplet.half_width * (1.0 + smear_end) +
               0.5 * pi * square(droplet.half_width) * (1.0 + square(smear_end));
    }
    return pi * droplet.half_length * droplet.half_width;
}

} // namespace

std::vector<Droplet> place_droplets(SceneSettings const& settings) {
    std::uint64_t const seed = settings.scene_seed.value_or(settings.seed);
    std::vector<Droplet> droplets;
    for (std::size_t g = 0; g < settings.droplets.size(); ++g) {
        DropletGroup const& group = settings.droplets[g];
        std::size_t const first = droplets.size();
        for (std::size_t i = 0; i < group.count; ++i) {
            Random random{seed, simulation_task::placement, (std::uint64_t{g} << 32U) | i};
            double const flux =
                group.flux_electrons * std::exp(group.flux_log_sd * random.normal());
            double const radius =
                std::clamp(group.radius * std::exp(group.radius_log_sd * random.normal()),
                           least_radius,
                           is_large_kind(group.kind) ? most_stain_radius : most_radius);
            double const angle = pi * random.uniform();
            Point const point = find_place(group, settings, droplets, first, random);
            Droplet droplet{g, group.kind, point.x, point.y, radius, radius, 0.0, flux};
            droplet.seed = seed;
            droplet.number = droplets.size();
            if (group.kind != DropletKind::disc && group.kind != DropletKind::stain) {
                droplet.angle_rad = angle;
            }
            if (group.kind == DropletKind::ellipse) {
                // Same area as the disc.
                droplet.half_length =
                    std::min(radius / std::sqrt(group.axis_ratio), most_half_length);
                droplet.half_width = radius * std::sqrt(group.axis_ratio);
            }
            if (group.kind == DropletKind::smear) {
                droplet.half_length = std::min(radius / group.axis_ratio, most_half_length);
            }
            droplets.push_back(droplet);
        }
    }
    return droplets;
}

Box box_of(Droplet const& droplet, Lens const& lens) {
    double const reach = reach_of(droplet) + lens.defocus_radius + 4.0 * lens.blur_sd + 1.0;
    return {static_cast<std::ptrdiff_t>(std::floor(droplet.y - reach)),
            static_cast<std::ptrdiff_t>(std::floor(droplet.x - reach)),
            static_cast<std::ptrdiff_t>(std::ceil(droplet.y + reach)) + 1,
            static_cast<std::ptrdiff_t>(std::ceil(droplet.x + reach)) + 1};
}

Footprint draw_droplet(Droplet const& droplet, Lens const& lens) {
    Box const box = box_of(droplet, lens);
    std::ptrdiff_t const samples =
        is_large_kind(droplet.kind) && droplet.half_length > most_finely_drawn ? 1 : fine_samples;
    Canvas canvas{box, samples};
    draw(droplet, canvas);
    double const covered = std::accumulate(canvas.values().begin(), canvas.values().end(), 0.0) /
                           static_cast<double>(samples * samples);
    blur(canvas, lens);
    Moments const moments = measure_moments(canvas);
    Footprint footprint{box, {}, moments.x, moments.y, area_of(droplet, covered), covered};
    std::ptrdiff_t const width = box.right - box.left;
    footprint.share.assign(static_cast<std::size_t>(width * (box.bottom - box.top)), 0.0);
    for (std::ptrdiff_t i = 0; i < canvas.rows(); ++i) {
        for (std::ptrdiff_t j = 0; j < canvas.columns(); ++j) {
            footprint.share[static_cast<std::size_t>(i / samples * width + j / samples)] +=
                canvas.row(i)[j] / moments.sum;
        }
    }
    return footprint;
}

} // namespace cmq::capture
