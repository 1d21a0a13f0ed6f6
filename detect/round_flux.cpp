// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/round_flux.hpp"

#include "detect/ring_photometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::detect {
namespace {

constexpr double widest = 5.0; // standard deviation, photosites: wider traces lose little to noise
constexpr double least_widths =
    2.6; // radius in standard deviations; outside lie 3.4 % of a Gaussian
constexpr double more_widths = 1.4;
constexpr double snr_a_width = 60.0;
constexpr double all_widths = 4.2;   // beyond it there is nothing of a Gaussian
constexpr double skirt_widths = 3.3; // 0.4 % of a Gaussian lie beyond it, where a ring may begin
constexpr double circle_ring = 4.0;  // of the cells within: small rings are noisy
constexpr double half_edge =
    1.0; // photosites; as a plane has every second one, a sharp edge would count by chance
constexpr double least_held = 0.5;
constexpr double least_snr = 3.0;

struct Circle {
    LightCentre centre;
    double sd = 0.0;
    double radius = 0.0;

    [[nodiscard]] double share(double squared) const {
        return std::clamp((radius + half_edge - std::sqrt(squared)) / (2.0 * half_edge), 0.0, 1.0);
    }

    // On one photosite, of a Gaussian; in units of its peak.
    [[nodiscard]] double expected(double squared) const {
        return std::exp(-0.5 * squared / (sd * sd));
    }

    [[nodiscard]] double outside() const { return std::exp(-0.5 * radius * radius / (sd * sd)); }
};

// Of one plane.
struct Sums {
    double light = 0.0;
    double held = 0.0;    // of a Gaussian's light
    double noise = 0.0;   // variance of the background's photosites
    double texture = 0.0; // the part of it that is more than the model's: it moves all planes alike
    double background = 0.0; // sum over photosites of the sd of the level below them
    double photons = 0.0;    // of the light's own variance, the part that counts
    double squares = 0.0;    // of residuals

    [[nodiscard]] double flux() const { return light / held; }

    [[nodiscard]] double background_variance() const {
        return (noise + background * background) / (held * held);
    }
};

bool takes_part(
    Scene const& scene, std::int32_t own, std::size_t p, std::ptrdiff_t y, std::ptrdiff_t x) {
    std::size_t const cell = scene.cells.at(y, x);
    std::int32_t const label = scene.aperture[cell];
    return scene.cells.is_good(cell, p) && (label == 0 || label == own);
}

// share: of the photosite, inside the circle; expected: of the light, on the photosite.
void add_photosite(Scene const& scene,
                   std::size_t p,
                   std::array<std::ptrdiff_t, 2> place,
                   double share,
                   double expected,
                   Sums& sums) {
    std::size_t const cell = scene.cells.at(place[0], place[1]);
    Mesh const& mesh = scene.background.mesh;
    std::size_t const block = mesh.at(mesh.block_row(place[0]), mesh.block_column(place[1]));
    double const residual = share * static_cast<double>(scene.cells.residual[p][cell]);
    double const spread = measured_spread(scene, block, p);
    double const variance = scene.background.variance_dn2[p][block] * spread;
    double const photosites = std::max(1.0, scene.background.photosites[p][block]);
    sums.light += residual;
    sums.held += share * expected;
    sums.noise += share * share * variance;
    sums.texture += spread > 1.0 ? share * share * variance * (1.0 - 1.0 / spread) : 0.0;
    sums.background += share * std::sqrt(variance / photosites);
    sums.photons += share * share * expected;
    sums.squares += residual * residual;
}

Sums sum_plane(Scene const& scene, std::int32_t own, std::size_t p, Circle const& circle) {
    auto const offset = scene.frame.cfa.offset(static_cast<Plane>(p));
    double const reach = std::max(circle.radius + half_edge, all_widths * circle.sd);
    auto const span = [reach](double middle, std::ptrdiff_t shift) {
        double const first = (middle - reach - static_cast<double>(shift)) / 2.0;
        double const last = (middle + reach - static_cast<double>(shift)) / 2.0;
        return Span{static_cast<std::ptrdiff_t>(std::ceil(first)),
                    static_cast<std::ptrdiff_t>(std::floor(last)) + 1};
    };
    Span const rows = span(circle.centre.y, offset[0]);
    Span const columns = span(circle.centre.x, offset[1]);
    Shape const shape = scene.cells.shape;
    Sums sums;
    double all = 0.0; // on every photosite of the plane, also beyond the frame
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        double const dy = static_cast<double>(2 * y + offset[0]) - circle.centre.y;
        for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
            double const dx = static_cast<double>(2 * x + offset[1]) - circle.centre.x;
            double const squared = dx * dx + dy * dy;
            double const expected = circle.expected(squared);
            all += expected;
            bool const inside = y >= 0 && x >= 0 && y < shape.height && x < shape.width;
            if (inside && circle.share(squared) > 0.0 && takes_part(scene, own, p, y, x)) {
                add_photosite(scene, p, {y, x}, circle.share(squared), expected, sums);
            }
        }
    }
    sums.held /= all;
    sums.photons /= all;
    // A Gaussian has light outside the circle, a disc has none: half of it.
    sums.held += 0.5 * circle.outside();
    return sums;
}

PerPlane<Sums> sum_planes(Scene const& scene, std::int32_t own, Circle const& circle) {
    PerPlane<Sums> sums;
    for (std::size_t p = 0; p < plane_count; ++p) {
        sums[p] = sum_plane(scene, own, p, circle);
    }
    return sums;
}

bool holds_enough(PerPlane<Sums> const& sums) {
    return std::ranges::all_of(sums, [](Sums const& of) { return of.held > least_held; });
}

// Of the planes together, each weighed by what it tells; that of noise alone, 1 a plane, taken off.
double signal_to_noise(PerPlane<Sums> const& sums) {
    double squared = -static_cast<double>(plane_count);
    for (Sums const& of : sums) {
        squared += of.flux() * of.flux() / of.background_variance();
    }
    return std::max(least_snr, std::sqrt(std::max(0.0, squared)));
}

// Relative variance that the planes have in common: the width, known to 1 / snr, moves radius and correction; what is
// outside may be anything between none and all of it. With u = radius^2 / 2 sd^2 the sum over a circle and the width
// correlate by (1 - (2 u + 1) e^-u) / (1 - e^-u), in units of 1 / snr^2, and d ln(held) / d ln(radius) is
// 2 u e^-u / (1 - e^-u).
double common_variance(Circle const& circle, double snr) {
    double const outside = circle.outside();
    double const u = -std::log(outside);
    double const slope = 2.0 * u * outside / (1.0 - outside);
    double const joint = (1.0 - (2.0 * u + 1.0) * outside) / (1.0 - outside);
    return slope * (slope + 2.0 * joint) / (snr * snr) + outside * outside / 12.0;
}

// The circle's cells, and around them those that a ring must leave out for the trace's light in them.
RingAperture aperture_of(Scene const& scene,
                         std::int32_t own,
                         Circle const& circle,
                         PerPlane<Sums> const& sums) {
    double const skirt = std::max(circle.radius + half_edge, skirt_widths * circle.sd);
    auto const span = [skirt](double middle, std::ptrdiff_t size) {
        return Span{
            std::max<std::ptrdiff_t>(
                0, static_cast<std::ptrdiff_t>(std::floor(0.5 * (middle - skirt)))),
            std::min(size, static_cast<std::ptrdiff_t>(std::floor(0.5 * (middle + skirt))) + 1)};
    };
    Span const rows = span(circle.centre.y, scene.cells.shape.height);
    Span const columns = span(circle.centre.x, scene.cells.shape.width);
    RingAperture aperture{{}, {}, circle_ring, scene.aperture, own};
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
            WeighedCell weighed{scene.cells.at(y, x), {}};
            bool inside = false;
            for (std::size_t p = 0; p < plane_count; ++p) {
                auto const offset = scene.frame.cfa.offset(static_cast<Plane>(p));
                double const dy = static_cast<double>(2 * y + offset[0]) - circle.centre.y;
                double const dx = static_cast<double>(2 * x + offset[1]) - circle.centre.x;
                double const squared = dx * dx + dy * dy;
                inside = inside || squared < skirt * skirt;
                if (takes_part(scene, own, p, y, x)) {
                    weighed.weight[p] = circle.share(squared) / sums[p].held;
                }
            }
            if (inside) {
                aperture.cells.push_back(weighed);
            }
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        aperture.sum_dn[p] = sums[p].flux();
    }
    return aperture;
}

bool is_round(Scene const& scene, Segment const& segment, LightCentre const& centre) {
    auto const width = scene.cells.shape.width;
    double farthest = 0.0; // cells
    for (std::size_t const cell : segment.cells) {
        std::ptrdiff_t const y = static_cast<std::ptrdiff_t>(cell) / width;
        std::ptrdiff_t const x = static_cast<std::ptrdiff_t>(cell) % width;
        double const dy = std::abs(static_cast<double>(y) - 0.5 * (centre.y - 0.5)) + 0.5;
        double const dx = std::abs(static_cast<double>(x) - 0.5 * (centre.x - 0.5)) + 0.5;
        farthest = std::max(farthest, std::hypot(dx, dy));
    }
    double const middle = std::sqrt(static_cast<double>(segment.cells.size()) / std::numbers::pi);
    return farthest < 1.5 * middle + 1.5;
}

} // namespace

std::optional<RoundFlux>
measure_round_flux(Scene const& scene, std::size_t segment, RoundLight const& light) {
    if (light.sd > widest || !is_round(scene, scene.segments[segment], light.centre)) {
        return std::nullopt;
    }
    auto const own = static_cast<std::int32_t>(segment) + 1;
    Circle circle{light.centre, light.sd, least_widths * light.sd};
    auto sums = sum_planes(scene, own, circle);
    if (!holds_enough(sums)) {
        return std::nullopt;
    }
    double const snr = signal_to_noise(sums);
    circle.radius += std::min(more_widths, snr / snr_a_width) * light.sd;
    sums = sum_planes(scene, own, circle);
    if (!holds_enough(sums)) {
        return std::nullopt;
    }
    RoundFlux result;
    if (on_texture(scene, scene.segments[segment].peak)) {
        auto const above = measure_above_ring(scene.cells, aperture_of(scene, own, circle, sums));
        if (!above) {
            return std::nullopt;
        }
        result = {above->flux_dn, above->covariance_dn2};
    } else {
        for (std::size_t p = 0; p < plane_count; ++p) {
            result.flux_dn[p] = sums[p].flux();
            for (std::size_t q = 0; q < plane_count; ++q) {
                result.covariance_dn2[p][q] =
                    std::sqrt(sums[p].texture * sums[q].texture) / (sums[p].held * sums[q].held);
            }
            result.covariance_dn2[p][p] = sums[p].background_variance();
        }
    }
    double const common = common_variance(circle, snr);
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const background = result.covariance_dn2[p][p];
        double const prnu = scene.frame.noise.prnu[p];
        double const held2 = sums[p].held * sums[p].held;
        double const light_noise =
            scene.frame.noise.gain_dn[p] * std::max(0.0, result.flux_dn[p]) * sums[p].photons +
            prnu * prnu * sums[p].squares;
        // Marks that take light away take its photon noise too (a gain below 0), but never all noise.
        result.covariance_dn2[p][p] = std::max(0.1 * background, background + light_noise / held2);
        for (std::size_t q = 0; q < plane_count; ++q) {
            result.covariance_dn2[p][q] += common * result.flux_dn[p] * result.flux_dn[q];
        }
    }
    return result;
}

} // namespace cmq::detect
