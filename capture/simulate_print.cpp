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
// Shares of the period. Chosen so that a good third of the cloth is printed; nothing is calibrated on it.
constexpr double dot_radius = 0.33;
constexpr double stripe_width = 0.4;
constexpr double motif_radius = 0.3;
constexpr double motif_spread = 0.3; // of ln radius
constexpr double motif_shift = 0.25; // most, each way, from the middle of its square
constexpr double most_motif = 1.5;   // of its own radius, with the waves of its outline

double square(double x) {
    return x * x;
}

} // namespace

Print::Print(Background const& background, Lens const& lens, Shape shape, std::uint64_t seed)
    : pattern_{background.print_pattern}
    , period_{background.print_period}
    , cosine_{std::cos(background.angle_deg * pi / 180.0)}
    , sine_{std::sin(background.angle_deg * pi / 180.0)}
    // Variances along an axis add up: of a disc, a Gaussian, and the square of a photosite.
    , edge_sd_{std::sqrt(0.25 * square(lens.defocus_radius) + square(lens.blur_sd) + 1.0 / 12.0)} {
    if (background.kind != BackgroundKind::printed || pattern_ != PrintPattern::motifs) {
        return;
    }
    auto const height = static_cast<double>(shape.height);
    auto const width = static_cast<double>(shape.width);
    std::array<double, 4> const corner_u{
        0.0, cosine_ * width, sine_ * height, cosine_ * width + sine_ * height};
    std::array<double, 4> const corner_v{
        0.0, -sine_ * width, cosine_ * height, cosine_ * height - sine_ * width};
    auto const first = [&](auto const& corners) {
        return static_cast<std::ptrdiff_t>(
                   std::floor(*std::ranges::min_element(corners) / period_)) -
               1;
    };
    auto const last = [&](auto const& corners) {
        return static_cast<std::ptrdiff_t>(
                   std::floor(*std::ranges::max_element(corners) / period_)) +
               1;
    };
    first_u_ = first(corner_u);
    first_v_ = first(corner_v);
    columns_ = last(corner_u) - first_u_ + 1;
    rows_ = last(corner_v) - first_v_ + 1;
    for (std::ptrdiff_t j = 0; j < rows_; ++j) {
        for (std::ptrdiff_t i = 0; i < columns_; ++i) {
            Random random{seed, simulation_task::motifs, motifs_.size()};
            auto const place = [&](std::ptrdiff_t square_number) {
                return period_ * (static_cast<double>(square_number) + 0.5 +
                                  motif_shift * (2.0 * random.uniform() - 1.0));
            };
            Motif motif{};
            motif.u = place(first_u_ + i);
            motif.v = place(first_v_ + j);
            // At most what reaches the next square but one.
            motif.radius =
                period_ * std::min(0.5, motif_radius * std::exp(motif_spread * random.normal()));
            for (std::size_t k = 0; k < waves; ++k) {
                motif.height[k] = std::clamp(0.12 * random.normal(), -0.12, 0.12);
                motif.phase[k] = 2.0 * pi * random.uniform();
            }
            motifs_.push_back(motif);
        }
    }
}

double Print::edge(double inside) const {
    return 0.5 * std::erfc(-inside / (std::numbers::sqrt2 * edge_sd_));
}

double Print::at(double y, double x) const {
    double const u = cosine_ * x + sine_ * y;
    double const v = cosine_ * y - sine_ * x;
    auto const from_middle = [&](double w) {
        return w - period_ * (std::floor(w / period_) + 0.5);
    };
    switch (pattern_) {
    case PrintPattern::dots:
        return edge(dot_radius * period_ - std::hypot(from_middle(u), from_middle(v)));
    case PrintPattern::stripes:
        return edge(0.5 * stripe_width * period_ - std::abs(from_middle(u)));
    case PrintPattern::motifs:
        return motifs(u, v);
    }
    return 0.0;
}

double Print::motifs(double u, double v) const {
    auto const column = static_cast<std::ptrdiff_t>(std::floor(u / period_)) - first_u_;
    auto const row = static_cast<std::ptrdiff_t>(std::floor(v / period_)) - first_v_;
    double most = 0.0;
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, row - 1); j <= std::min(row + 1, rows_ - 1);
         ++j) {
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, column - 1);
             i <= std::min(column + 1, columns_ - 1);
             ++i) {
            Motif const& motif = motifs_[static_cast<std::size_t>(j * columns_ + i)];
            double const du = u - motif.u;
            double const dv = v - motif.v;
            double const r2 = square(du) + square(dv);
            if (r2 > square(most_motif * motif.radius + 5.0 * edge_sd_)) {
                continue;
            }
            double const angle = std::atan2(dv, du);
            double outline = 1.0;
            for (std::size_t k = 0; k < waves; ++k) {
                outline +=
                    motif.height[k] * std::cos(static_cast<double>(k + 2) * angle + motif.phase[k]);
            }
            most = std::max(most, edge(motif.radius * outline - std::sqrt(r2)));
        }
    }
    return most;
}

} // namespace cmq::capture
