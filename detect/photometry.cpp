// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/photometry.hpp"

#include "detect/filled_residual.hpp"
#include "detect/ring_photometry.hpp"
#include "detect/round_flux.hpp"
#include "detect/trace_centre.hpp"
#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::detect {
namespace {

constexpr double widest_of_window = 1.9; // centre_of_light follows to twice

struct Box {
    Span rows;
    Span columns;
};

Box box_of(Shape shape, Segment const& segment, int margin) {
    Box box{{shape.height, 0}, {shape.width, 0}};
    for (std::size_t const cell : segment.cells) {
        auto const y = static_cast<std::ptrdiff_t>(cell) / shape.width;
        auto const x = static_cast<std::ptrdiff_t>(cell) % shape.width;
        box.rows.first = std::min(box.rows.first, y);
        box.rows.last = std::max(box.rows.last, y + 1);
        box.columns.first = std::min(box.columns.first, x);
        box.columns.last = std::max(box.columns.last, x + 1);
    }
    box.rows = {std::max<std::ptrdiff_t>(0, box.rows.first - margin),
                std::min(shape.height, box.rows.last + margin)};
    box.columns = {std::max<std::ptrdiff_t>(0, box.columns.first - margin),
                   std::min(shape.width, box.columns.last + margin)};
    return box;
}

struct PlaneSums {
    double flux = 0.0;
    double noise = 0.0;   // variance of the background's photosites
    double texture = 0.0; // the part of it that is more than the model's: it moves all planes alike
    double squares = 0.0; // of residuals
    double background = 0.0; // sum over photosites of the sd of the level below them
    std::int64_t masked = 0;
};

PlaneSums sum_plane(Scene const& scene, std::size_t segment, std::size_t plane, Box const& box) {
    PlaneSums sums;
    Mesh const& mesh = scene.background.mesh;
    auto const label = static_cast<std::int32_t>(segment) + 1;
    for (std::ptrdiff_t y = box.rows.first; y < box.rows.last; ++y) {
        for (std::ptrdiff_t x = box.columns.first; x < box.columns.last; ++x) {
            std::size_t const cell = scene.cells.at(y, x);
            if (scene.aperture[cell] != label) {
                continue;
            }
            bool const good = scene.cells.is_good(cell, plane);
            double const residual = filled_residual(scene.cells, plane, y, x);
            std::size_t const block = mesh.at(mesh.block_row(y), mesh.block_column(x));
            double const spread = measured_spread(scene, block, plane);
            double const variance = scene.background.variance_dn2[plane][block] * spread;
            sums.flux += residual;
            sums.noise += variance;
            sums.texture += spread > 1.0 ? variance * (1.0 - 1.0 / spread) : 0.0;
            sums.squares += residual * residual;
            sums.background +=
                std::sqrt(variance / std::max(1.0, scene.background.photosites[plane][block]));
            sums.masked += good ? 0 : 1;
        }
    }
    return sums;
}

void measure_shape(Scene const& scene, Segment const& segment, Trace& trace) {
    auto const width = scene.cells.shape.width;
    double const border = std::sqrt(scene.low);
    double const peak = std::sqrt(static_cast<double>(segment.significance));
    double sum = 0.0;
    double sx = 0.0;
    double sy = 0.0;
    std::vector<double> weights;
    for (std::size_t const cell : segment.cells) {
        auto const value = static_cast<double>(scene.significance[cell]);
        // Saturated cells take no part in filtering; they are as bright as the brightest beside them.
        double const weight =
            value >= scene.low ? std::sqrt(value) - border + 0.1 : peak - border + 0.1;
        weights.push_back(weight);
        sum += weight;
        std::ptrdiff_t const row = static_cast<std::ptrdiff_t>(cell) / width;
        sx += weight * static_cast<double>(static_cast<std::ptrdiff_t>(cell) % width);
        sy += weight * static_cast<double>(row);
    }
    double const cx = sx / sum;
    double const cy = sy / sum;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        auto const cell = static_cast<std::ptrdiff_t>(segment.cells[i]);
        double const dx = static_cast<double>(cell % width) - cx;
        std::ptrdiff_t const row = cell / width;
        double const dy = static_cast<double>(row) - cy;
        // 1/12 for the width of a cell itself.
        xx += weights[i] * (dx * dx + 1.0 / 12.0);
        yy += weights[i] * (dy * dy + 1.0 / 12.0);
        xy += weights[i] * dx * dy;
    }
    xx /= sum;
    yy /= sum;
    xy /= sum;
    double const mean = 0.5 * (xx + yy);
    double const half = std::hypot(0.5 * (xx - yy), xy);
    trace.x = 2.0 * cx + 0.5;
    trace.y = 2.0 * cy + 0.5;
    trace.semi_major = 2.0 * std::sqrt(mean + half);
    trace.semi_minor = 2.0 * std::sqrt(std::max(0.0, mean - half));
    trace.angle_rad = half > 0.0 ? 0.5 * std::atan2(2.0 * xy, xx - yy) : 0.0;
}

bool has_saturated(Scene const& scene, std::size_t segment, Box const& box) {
    auto const label = static_cast<std::int32_t>(segment) + 1;
    for (std::ptrdiff_t y = box.rows.first; y < box.rows.last; ++y) {
        for (std::ptrdiff_t x = box.columns.first; x < box.columns.last; ++x) {
            std::size_t const cell = scene.cells.at(y, x);
            if (scene.aperture[cell] == label && (scene.cells.flags[cell] & saturated_bit) != 0) {
                return true;
            }
        }
    }
    return false;
}

std::vector<WeighedCell>
cells_of_aperture(Scene const& scene, std::size_t segment, Box const& box) {
    auto const label = static_cast<std::int32_t>(segment) + 1;
    std::vector<WeighedCell> aperture;
    for (std::ptrdiff_t y = box.rows.first; y < box.rows.last; ++y) {
        for (std::ptrdiff_t x = box.columns.first; x < box.columns.last; ++x) {
            if (scene.aperture[scene.cells.at(y, x)] == label) {
                aperture.push_back({scene.cells.at(y, x), {1.0, 1.0, 1.0, 1.0}});
            }
        }
    }
    return aperture;
}

std::size_t block_of(Scene const& scene, std::size_t cell) {
    Mesh const& mesh = scene.background.mesh;
    auto const c = static_cast<std::ptrdiff_t>(cell);
    return mesh.at(mesh.block_row(c / scene.cells.shape.width),
                   mesh.block_column(c % scene.cells.shape.width));
}

struct Flux {
    PerPlane<double> dn{};
    std::array<PerPlane<double>, plane_count> covariance{}; // all planes see one texture
};

std::array<double, 10> upper_triangle(std::array<PerPlane<double>, plane_count> const& matrix) {
    std::array<double, 10> triangle{};
    std::size_t i = 0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t q = p; q < plane_count; ++q) {
            triangle[i++] = matrix[p][q];
        }
    }
    return triangle;
}

double variance_of_sum(std::array<PerPlane<double>, plane_count> const& covariance) {
    double sum = 0.0;
    for (auto const& row : covariance) {
        for (double const value : row) {
            sum += value;
        }
    }
    return sum;
}

Flux flux_of(Scene const& scene,
             std::size_t segment,
             Box const& box,
             PerPlane<PlaneSums> const& sums) {
    Flux flux;
    for (std::size_t p = 0; p < plane_count; ++p) {
        flux.dn[p] = sums[p].flux;
        if (auto const& shared = scene.shared[segment]) {
            flux.dn[p] = shared->flux_dn[p];
        }
        for (std::size_t q = 0; q < plane_count; ++q) {
            flux.covariance[p][q] = std::sqrt(sums[p].texture * sums[q].texture);
        }
        flux.covariance[p][p] = sums[p].noise + sums[p].background * sums[p].background;
    }
    if (on_texture(scene, scene.segments[segment].peak)) {
        RingAperture const aperture{cells_of_aperture(scene, segment, box), flux.dn};
        if (auto const above = measure_above_ring(scene.cells, aperture)) {
            flux.dn = above->flux_dn;
            flux.covariance = above->covariance_dn2;
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const prnu = scene.frame.noise.prnu[p];
        // Marks that take light away take its photon noise too (a gain below 0), but never all noise.
        double const background = flux.covariance[p][p];
        flux.covariance[p][p] =
            std::max(0.1 * background,
                     background + scene.frame.noise.gain_dn[p] * std::max(0.0, flux.dn[p]) +
                         prnu * prnu * sums[p].squares);
    }
    return flux;
}

// A round droplet of the filter's own width, filtered, stands above the border over `round` cells; wider filters and a
// bright droplet's wings make that up to three times as many.
bool is_extended(Scene const& scene, Segment const& segment) {
    double const scale = std::ldexp(1.0, static_cast<int>(segment.level)); // cells
    double const above =
        std::log(std::max(1.0, static_cast<double>(segment.significance) / scene.low));
    double const round = 2.0 * std::numbers::pi * scale * scale * above;
    return static_cast<double>(segment.cells.size()) > 8.0 * round + 20.0;
}

// The map of significance is as coarse as its cells; a small trace's own light tells more. What lies under the window
// says how its planes weigh: by the inverse of what noise and texture do together, so that what has the colour of textured
// cloth weighs nothing.
std::optional<RoundLight>
light_of(Scene const& scene, Segment const& segment, CentreWindow window) {
    std::size_t const block = block_of(scene, segment.peak);
    SignificanceForm const& form = scene.forms[segment.level][block];
    std::optional<RoundLight> light;
    for (int round = 0; round < 2; ++round) { // the second from a better place
        auto const seen = light_at(scene.cells, scene.frame.cfa, scene.aperture, window);
        window.weight = {};
        std::size_t i = 0;
        for (std::size_t p = 0; p < plane_count; ++p) {
            for (std::size_t q = p; q < plane_count; ++q) {
                double const entry =
                    static_cast<double>(form.inverse[i++]) /
                    (scene.background.unit_dn[p][block] * scene.background.unit_dn[q][block]);
                window.weight[p] += entry * seen[q];
                window.weight[q] += p == q ? 0.0 : entry * seen[p];
            }
        }
        auto const next = centre_of_light(scene.cells, scene.frame.cfa, scene.aperture, window);
        if (!next) {
            break;
        }
        light = next;
        window.start = light->centre;
    }
    return light;
}

// Sets the place, and gives the light; neither where the trace's own light does not tell.
std::optional<RoundFlux> measure_small(Scene const& scene, std::size_t index, Trace& trace) {
    Segment const& segment = scene.segments[index];
    if (trace.saturated || is_extended(scene, segment)) {
        return std::nullopt;
    }
    CentreWindow const window{{trace.x, trace.y},
                              std::ldexp(2.0, static_cast<int>(segment.level)),
                              {},
                              static_cast<std::int32_t>(index) + 1};
    auto const light = light_of(scene, segment, window);
    if (!light) {
        return std::nullopt;
    }
    trace.x = light->centre.x;
    trace.y = light->centre.y;
    if (light->sd > widest_of_window * window.sd) {
        return std::nullopt; // as wide as the window may be, and perhaps wider
    }
    return measure_round_flux(scene, index, *light);
}

} // namespace

// Measured variance of sums over some 10 to 50 cells, noise of the model = 1. Texture adds up over an
// aperture in no simple way: the larger of what both filters saw stands.
double measured_spread(Scene const& scene, std::size_t block, std::size_t plane) {
    SignificanceForm const& fine = scene.forms[0][block];
    SignificanceForm const& wide = scene.forms[1][block];
    float const spread = is_textured(fine) || is_textured(wide)
                             ? std::max(fine.spread[plane], wide.spread[plane])
                             : wide.spread[plane];
    return static_cast<double>(spread);
}

bool on_texture(Scene const& scene, std::size_t cell) {
    std::size_t const block = block_of(scene, cell);
    return is_textured(scene.forms[0][block]) || is_textured(scene.forms[1][block]);
}

Trace measure_trace(Scene const& scene, std::size_t segment) {
    Segment const& cells = scene.segments[segment];
    Trace trace;
    trace.area_cells = static_cast<std::int64_t>(cells.cells.size());
    trace.snr = std::sqrt(static_cast<double>(cells.significance));
    Box const tight = box_of(scene.cells.shape, cells, 0);
    trace.box = {2 * tight.columns.first,
                 2 * tight.rows.first,
                 2 * tight.columns.last - 1,
                 2 * tight.rows.last - 1};
    Box const wide = box_of(scene.cells.shape, cells, scene.grown_by);
    PerPlane<PlaneSums> sums;
    for (std::size_t p = 0; p < plane_count; ++p) {
        sums[p] = sum_plane(scene, segment, p, wide);
        trace.masked_photosites += sums[p].masked;
    }
    trace.saturated = has_saturated(scene, segment, wide);
    measure_shape(scene, cells, trace);
    std::optional<RoundFlux> round;
    if (auto const& shared = scene.shared[segment]) {
        trace.x = shared->x;
        trace.y = shared->y;
    } else {
        round = measure_small(scene, segment, trace);
    }
    Flux const flux =
        round ? Flux{round->flux_dn, round->covariance_dn2} : flux_of(scene, segment, wide, sums);
    trace.flux_dn = flux.dn;
    for (std::size_t p = 0; p < plane_count; ++p) {
        trace.flux_dn_sigma[p] = std::sqrt(flux.covariance[p][p]);
    }
    trace.flux_covariance_dn2 = upper_triangle(flux.covariance);
    trace.total_flux_dn_sigma = std::sqrt(variance_of_sum(flux.covariance));
    return trace;
}

double total_signal_to_noise(Trace const& trace) noexcept {
    auto const& flux = trace.flux_dn;
    return (flux[0] + flux[1] + flux[2] + flux[3]) / trace.total_flux_dn_sigma;
}

} // namespace cmq::detect
