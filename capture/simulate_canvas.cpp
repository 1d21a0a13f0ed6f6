// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {

namespace {

double square(double x) {
    return x * x;
}

/// Convolution with a disc, chord by chord: each chord is a difference of two running sums,
/// interpolated, so that the cost grows with the radius and not with its square.
void blur_disc(Canvas& canvas, double radius) {
    double const r = radius * static_cast<double>(canvas.samples());
    if (r < 0.5) {
        return; // smaller than a sample
    }
    auto const reach = static_cast<std::ptrdiff_t>(r);
    std::vector<double> sums(static_cast<std::size_t>(canvas.rows() * (canvas.columns() + 1)), 0.0);
    auto const sum_row = [&](std::ptrdiff_t y) { return sums.data() + y * (canvas.columns() + 1); };
    for (std::ptrdiff_t y = 0; y < canvas.rows(); ++y) {
        double* const sum = sum_row(y);
        for (std::ptrdiff_t x = 0; x < canvas.columns(); ++x) {
            sum[x + 1] = sum[x] + canvas.row(y)[x];
        }
    }
    auto const sum_to = [&](double const* sum, double position) {
        double const inner = std::clamp(position, 0.0, static_cast<double>(canvas.columns()));
        auto const whole = std::min(static_cast<std::ptrdiff_t>(inner), canvas.columns() - 1);
        double const part = inner - static_cast<double>(whole);
        return sum[whole] + part * (sum[whole + 1] - sum[whole]);
    };
    std::fill(canvas.values().begin(), canvas.values().end(), 0.0);
    for (std::ptrdiff_t dy = -reach; dy <= reach; ++dy) {
        double const half_chord = std::sqrt(square(r) - square(static_cast<double>(dy)));
        for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, -dy);
             y < std::min(canvas.rows(), canvas.rows() - dy);
             ++y) {
            double const* const sum = sum_row(y + dy);
            double* const to = canvas.row(y);
            for (std::ptrdiff_t x = 0; x < canvas.columns(); ++x) {
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
    double const s = sd * static_cast<double>(canvas.samples());
    if (s < 0.2) {
        return; // less than a sample sees
    }
    std::vector<double> kernel(static_cast<std::size_t>(std::ceil(4.0 * s)) + 1);
    for (std::size_t d = 0; d < kernel.size(); ++d) {
        kernel[d] = std::exp(-0.5 * square(static_cast<double>(d) / s));
    }
    blur_lines(canvas.values(), canvas.rows(), canvas.columns(), canvas.columns(), 1, kernel);
    blur_lines(canvas.values(), canvas.columns(), canvas.rows(), 1, canvas.columns(), kernel);
}

} // namespace

Canvas::Canvas(Box box, std::ptrdiff_t samples)
    : box_{box}
    , samples_{samples}
    , rows_{(box.bottom - box.top) * samples}
    , columns_{(box.right - box.left) * samples}
    , value_(static_cast<std::size_t>(rows_ * columns_), 0.0) {}

double Canvas::x_of(std::ptrdiff_t column) const {
    return static_cast<double>(box_.left) - 0.5 +
           (static_cast<double>(column) + 0.5) / static_cast<double>(samples_);
}

double Canvas::y_of(std::ptrdiff_t row) const {
    return static_cast<double>(box_.top) - 0.5 +
           (static_cast<double>(row) + 0.5) / static_cast<double>(samples_);
}

double Canvas::inside(double d) const {
    return std::clamp(0.5 + d * static_cast<double>(samples_), 0.0, 1.0);
}

void blur(Canvas& canvas, Lens const& lens) {
    blur_disc(canvas, lens.defocus_radius);
    blur_gaussian(canvas, lens.blur_sd);
}

} // namespace cmq::capture
