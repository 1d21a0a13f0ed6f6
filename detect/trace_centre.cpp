// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_centre.hpp"

#include "detect/filled_residual.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr double reach = 3.5; // sd
constexpr int most_steps = 60;
constexpr double settled = 1e-3; // photosites

struct Moments {
    double light = 0.0;
    double x = 0.0; // about the centre
    double y = 0.0;
    double square = 0.0; // distance

    void add(Moments const& other, double weight) {
        light += weight * other.light;
        x += weight * other.x;
        y += weight * other.y;
        square += weight * other.square;
    }
};

// Of one plane under the window about a centre.
Moments moments_of(Cells const& cells,
                   Cfa const& cfa,
                   std::vector<std::int32_t> const& aperture,
                   std::int32_t own,
                   std::size_t plane,
                   RoundLight const& window) {
    LightCentre const centre = window.centre;
    auto const offset = cfa.offset(static_cast<Plane>(plane));
    auto const span = [&](double middle, std::ptrdiff_t shift, std::ptrdiff_t size) {
        double const low = (middle - reach * window.sd - static_cast<double>(shift)) / 2.0;
        double const high = (middle + reach * window.sd - static_cast<double>(shift)) / 2.0;
        return Span{std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(std::ceil(low))),
                    std::min(size, static_cast<std::ptrdiff_t>(std::floor(high)) + 1)};
    };
    Span const rows = span(centre.y, offset[0], cells.shape.height);
    Span const columns = span(centre.x, offset[1], cells.shape.width);
    double const inverse = 0.5 / (window.sd * window.sd);
    std::vector<double> across; // the Gaussian is a product of two: few exponentials
    for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
        double const dx = static_cast<double>(2 * x + offset[1]) - centre.x;
        across.push_back(std::exp(-inverse * dx * dx));
    }
    Moments sums;
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        double const dy = static_cast<double>(2 * y + offset[0]) - centre.y;
        double const down = std::exp(-inverse * dy * dy);
        for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
            std::size_t const cell = cells.at(y, x);
            std::int32_t const label = aperture[cell];
            if (label != 0 && label != own) {
                continue;
            }
            double const dx = static_cast<double>(2 * x + offset[1]) - centre.x;
            double const light =
                down * across[static_cast<std::size_t>(x - columns.first)] *
                (cells.is_good(cell, plane) ? static_cast<double>(cells.residual[plane][cell])
                                            : filled_residual(cells, plane, y, x));
            sums.light += light;
            sums.x += light * dx;
            sums.y += light * dy;
            sums.square += light * (dx * dx + dy * dy);
        }
    }
    return sums;
}

} // namespace

PerPlane<double> light_at(Cells const& cells,
                          Cfa const& cfa,
                          std::vector<std::int32_t> const& aperture,
                          CentreWindow const& window) {
    PerPlane<double> light{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        light[p] =
            moments_of(cells, cfa, aperture, window.label, p, {window.start, window.sd}).light;
    }
    return light;
}

std::optional<RoundLight> centre_of_light(Cells const& cells,
                                          Cfa const& cfa,
                                          std::vector<std::int32_t> const& aperture,
                                          CentreWindow const& window) {
    RoundLight at{window.start, window.sd};
    for (int step = 0; step < most_steps; ++step) {
        Moments all;
        for (std::size_t p = 0; p < plane_count; ++p) {
            if (window.weight[p] != 0.0) {
                all.add(moments_of(cells, cfa, aperture, window.label, p, at), window.weight[p]);
            }
        }
        if (!(all.light > 0.0)) {
            return std::nullopt;
        }
        // Under a Gaussian of its own width light moves half as far as its centre, and has half its own variance.
        double const dx = 2.0 * all.x / all.light;
        double const dy = 2.0 * all.y / all.light;
        double const variance = std::max(0.0, all.square / all.light);
        double const sd = std::clamp(std::sqrt(variance), 0.5 * window.sd, 2.0 * window.sd);
        double const change = std::hypot(dx, dy) + std::abs(sd - at.sd);
        at.centre.x += dx;
        at.centre.y += dy;
        at.sd = sd;
        double const moved = std::hypot(at.centre.x - window.start.x, at.centre.y - window.start.y);
        if (!(moved < 2.0 * window.sd)) {
            return std::nullopt;
        }
        if (change < settled) {
            return at;
        }
    }
    return std::nullopt;
}

} // namespace cmq::detect
