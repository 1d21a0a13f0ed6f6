// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/size_curve.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

/// Value at t of the hyperbola (a straight line where they lie on one) through three points.
double southern(SizedPoint const& a, SizedPoint const& b, SizedPoint const& c, double t) {
    double const near = (t - c.scan) * (b.scan - a.scan) * (b.size - c.size);
    double const far = (t - a.scan) * (b.scan - c.scan) * (b.size - a.size);
    return (a.size * near - c.size * far) / (near - far);
}

/// Length at a scan between points[i] and points[i + 1].
double local_southern(std::vector<SizedPoint> const& points, std::size_t i, double scan) {
    bool const has_before = i > 0;
    bool const has_after = i + 2 < points.size();
    double sum = 0.0;
    if (has_before) {
        sum += southern(points[i - 1], points[i], points[i + 1], scan);
    }
    if (has_after) {
        sum += southern(points[i], points[i + 1], points[i + 2], scan);
    }
    return sum / (static_cast<double>(has_before) + static_cast<double>(has_after));
}

} // namespace

SizeCurve::SizeCurve(std::vector<SizedPoint> points) : points_{std::move(points)} {
    CMQ_EXPECTS(points_.size() >= 4);
    CMQ_EXPECTS(std::ranges::is_sorted(points_, std::ranges::less_equal{}, &SizedPoint::scan));
    double sum = 0.0;
    for (std::size_t i = 1; i + 1 < points_.size(); ++i) {
        std::vector<SizedPoint> others = points_;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        double const error = local_southern(others, i - 1, points_[i].scan) - points_[i].size;
        points_[i].left_out = error;
        sum += error * error;
    }
    error_ = std::sqrt(sum / static_cast<double>(points_.size() - 2));
}

std::optional<double> SizeCurve::size_at(double scan) const {
    if (!(scan >= points_.front().scan && scan <= points_.back().scan)) {
        return {};
    }
    auto const after = std::ranges::upper_bound(points_, scan, {}, &SizedPoint::scan);
    auto const i = static_cast<std::size_t>(after - points_.begin()) - 1;
    return local_southern(points_, std::min(i, points_.size() - 2), scan);
}

} // namespace cmq::lab
