// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/devpav.hpp"

#include <cmath>
#include <limits>

namespace cmq::lab {
namespace {

struct Point {
    double x = 0.0;
    double y = 0.0;
};

// Between a line and the identity, whose distances at its ends are a and b.
double area(double width, double a, double b) {
    double const sizes = std::abs(a) + std::abs(b);
    if (sizes == 0.0) {
        return 0.0;
    }
    bool const crosses = (a < 0.0) != (b < 0.0);
    return width * (crosses ? (a * a + b * b) / (2.0 * sizes) : sizes / 2.0);
}

} // namespace

std::optional<double> measure_devpav(std::span<PavBlock const> blocks,
                                     LrValues const& values,
                                     LrCounts const& counts) noexcept {
    std::optional<Point> start;
    Point last;
    double sum = 0.0;
    for (PavBlock const& block : blocks) {
        if (block.h1 == 0 || block.h2 == 0) {
            continue;
        }
        double const y = pav_log10_lr(block, counts);
        // Within a block the curve is level: its ends say all.
        for (std::uint32_t const end : {block.first, block.last}) {
            Point const point{values.log10_lr[end], y};
            if (!std::isfinite(point.x)) {
                return std::numeric_limits<double>::infinity();
            }
            if (start) {
                sum += area(point.x - last.x, last.y - last.x, point.y - point.x);
            } else {
                start = point;
            }
            last = point;
        }
    }
    if (!start) {
        return {};
    }
    return last.x > start->x ? sum / (last.x - start->x) : std::abs(last.y - last.x);
}

} // namespace cmq::lab
