// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::capture {

namespace {

constexpr std::ptrdiff_t samples = 4; // each way in a photosite
constexpr double pi = std::numbers::pi;
// Below the first a droplet falls between samples; above the others it needs too much memory.
constexpr double least_radius = 0.25;
constexpr double most_radius = 100.0;
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

/// Square samples over a box of photosites, row by row.
struct Canvas {
    Box box;
    std::ptrdiff_t rows;
    std::ptrdiff_t columns;
    std::vector<double> value;

    explicit Canvas(Box where)
        : box{where}
        , rows{(where.bottom - where.top) * samples}
        , columns{(where.right - where.left) * samples}
        , value(static_cast<std::size_t>(rows * columns), 0.0) {}

    [[nodiscard]] double* row(std::ptrdiff_t y) { return value.data() + y * columns; }

    /// Coordinate of a sample's centre, photosites.
    [[nodiscard]] double x_of(std::ptrdiff_t column) const {
        return static_cast<double>(box.left) - 0.5 +
               (static_cast<double>(column) + 0.5) / static_cast<double>(samples);
    }

    [[nodiscard]] double y_of(std::ptrdiff_t row) const {
        return static_cast<double>(box.top) - 0.5 +
               (static_cast<double>(row) + 0.5) / static_cast<double>(samples);
    }
};

/// Share of a sample inside an edge at signed distance d (photosites, inside positive).
double inside(double d) {
    return std::clamp(0.5 + d * static_cast<double>(samples), 0.0, 1.0);
}

/// Signed distance to an ellipse, to first order at its edge.
double inside_ellipse(double along, double across, double half_length, double half_width) {
    double const radius = std::hypot(along / half_length, across / half_width);
    double const slope = std::hypot(along / square(half_length), across / square(half_width));
    if (slope * half_width < 1e-6) {
        return 1.0; // the very centre
    }
    return inside((1.0 - radius) * radius / slope);
}

double inside_smear(double along, double across, double half_length, double half_width) {
    double const way = std::clamp(0.5 + 0.5 * along / half_length, 0.0, 1.0);
    double const width = half_width * (1.0 - (1.0 - smear_end) * way);
    double const beyond = std::max(0.0, std::abs(along) - half_length);
    double const faint = 1.0 - (1.0 - smear_end) * way;
    return faint * inside(width - std::hypot(across, beyond));
}

void draw(Droplet const& droplet, Canvas& canvas) {
    double const cosine = std::cos(droplet.angle_rad);
    double const sine = std::sin(droplet.angle_rad);
    auto const shape = droplet.kind == DropletKind::smear ? inside_smear : inside_ellipse;
    for (std::ptrdiff_t i = 0; i < canvas.rows; ++i) {
        double const dy = canvas.y_of(i) - droplet.y;
        double* const row = canvas.row(i);
        for (std::ptrdiff_t j = 0; j < canvas.columns; ++j) {
            double const dx = canvas.x_of(j) - droplet.x;
            row[j] = shape(cosine * dx + sine * dy,
                           cosine * dy - sine * dx,
                           droplet.half_length,
                           droplet.half_width);
        }
    }
}

/// Convolution with a disc, chord by chord: each chord is a difference of two running sums,
/// interpolated, so that the cost grows with the radius and not with its square.
void blur_disc(Canvas& canvas, double radius) {
    double const r = radius * static_cast<double>(samples);
    if (r < 0.5) {
        return; // smaller than a sample
    }
    auto const reach = static_cast<std::ptrdiff_t>(r);
    std::vector<double> sums(static_cast<std::size_t>(canvas.rows * (canvas.columns + 1)), 0.0);
    auto const sum_row = [&](std::ptrdiff_t y) { return sums.data() + y * (canvas.columns + 1); };
    for (std::ptrdiff_t y = 0; y < canvas.rows; ++y) {
        double* const sum = sum_row(y);
        for (std::ptrdiff_t x = 0; x < canvas.columns; ++x) {
            sum[x + 1] = sum[x] + canvas.row(y)[x];
        }
    }
    auto const sum_to = [&](double const* sum, double position) {
        double const inner = std::clamp(position, 0.0, static_cast<double>(canvas.columns));
        auto const whole = std::min(static_cast<std::ptrdiff_t>(inner), canvas.columns - 1);
        double const part = inner - static_cast<double>(whole);
        return sum[whole] + part * (sum[whole + 1] - sum[whole]);
    };
    std::fill(canvas.value.begin(), canvas.value.end(), 0.0);
    for (std::ptrdiff_t dy = -reach; dy <= reach; ++dy) {
        double const half_chord = std::sqrt(square(r) - square(static_cast<double>(dy)));
        for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, -dy);
             y < std::min(canvas.rows, canvas.rows - dy);
             ++y) {
            double const* const sum = sum_row(y + dy);
            double* const to = canvas.row(y);
            for (std::ptrdiff_t x = 0; x < canvas.columns; ++x) {
                double const middle = static_cast<double>(x) + 0.5;
                to[x] += sum_to(sum, middle + half_chord) - sum_to(sum, middle - half_chord);
            }
        }
    }
}

/// One direction of a separable Gaussian: `count` lines of `length` values, `step` apart.
void blur_lines(std::vector<double>& value,
                std::ptrdiff_t count,
                std::ptrdiff_t length,
                std::ptrdiff_t line_step,
                std::ptrdiff_t step,
                std::vector<double> const& kernel) {
    auto const reach = static_cast<std::ptrdiff_t>(kernel.size()) - 1;
    std::vector<double> line(static_cast<std::size_t>(length));
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        double* const first = value.data() + i * line_step;
        for (std::ptrdiff_t k = 0; k < length; ++k) {
            line[static_cast<std::size_t>(k)] = first[k * step];
        }
        for (std::ptrdiff_t k = 0; k < length; ++k) {
            double sum = kernel[0] * line[static_cast<std::size_t>(k)];
            for (std::ptrdiff_t d = 1; d <= reach; ++d) {
                double const before = k - d >= 0 ? line[static_cast<std::size_t>(k - d)] : 0.0;
                double const after = k + d < length ? line[static_cast<std::size_t>(k + d)] : 0.0;
                sum += kernel[static_cast<std::size_t>(d)] * (before + after);
            }
            first[k * step] = sum;
        }
    }
}

void blur_gaussian(Canvas& canvas, double sd) {
    double const s = sd * static_cast<double>(samples);
    if (s < 0.2) {
        return; // less than a sample sees
    }
    std::vector<double> kernel(static_cast<std::size_t>(std::ceil(4.0 * s)) + 1);
    for (std::size_t d = 0; d < kernel.size(); ++d) {
        kernel[d] = std::exp(-0.5 * square(static_cast<double>(d) / s));
    }
    blur_lines(canvas.value, canvas.rows, canvas.columns, canvas.columns, 1, kernel);
    blur_lines(canvas.value, canvas.columns, canvas.rows, 1, canvas.columns, kernel);
}

struct Moments {
    double sum = 0.0;
    double x = 0.0;
    double y = 0.0;
};

Moments measure_moments(Canvas& canvas) {
    Moments moments;
    for (std::ptrdiff_t i = 0; i < canvas.rows; ++i) {
        double const* const row = canvas.row(i);
        for (std::ptrdiff_t j = 0; j < canvas.columns; ++j) {
            moments.sum += row[j];
            moments.x += row[j] * canvas.x_of(j);
            moments.y += row[j] * canvas.y_of(i);
        }
    }
    moments.x /= moments.sum;
    moments.y /= moments.sum;
    return moments;
}

double area_of(Droplet const& droplet) {
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
                           most_radius);
            double const angle = pi * random.uniform();
            Point const point = find_place(group, settings, droplets, first, random);
            Droplet droplet{g, group.kind, point.x, point.y, radius, radius, 0.0, flux};
            if (group.kind != DropletKind::disc) {
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

Footprint draw_droplet(Droplet const& droplet, Lens const& lens) {
    double const reach = std::hypot(droplet.half_length, droplet.half_width) + lens.defocus_radius +
                         4.0 * lens.blur_sd + 1.0;
    Box const box{static_cast<std::ptrdiff_t>(std::floor(droplet.y - reach)),
                  static_cast<std::ptrdiff_t>(std::floor(droplet.x - reach)),
                  static_cast<std::ptrdiff_t>(std::ceil(droplet.y + reach)) + 1,
                  static_cast<std::ptrdiff_t>(std::ceil(droplet.x + reach)) + 1};
    Canvas canvas{box};
    draw(droplet, canvas);
    blur_disc(canvas, lens.defocus_radius);
    blur_gaussian(canvas, lens.blur_sd);
    Moments const moments = measure_moments(canvas);
    Footprint footprint{box, {}, moments.x, moments.y, area_of(droplet)};
    std::ptrdiff_t const width = box.right - box.left;
    footprint.share.assign(static_cast<std::size_t>(width * (box.bottom - box.top)), 0.0);
    for (std::ptrdiff_t i = 0; i < canvas.rows; ++i) {
        for (std::ptrdiff_t j = 0; j < canvas.columns; ++j) {
            footprint.share[static_cast<std::size_t>(i / samples * width + j / samples)] +=
                canvas.row(i)[j] / moments.sum;
        }
    }
    return footprint;
}

} // namespace cmq::capture
