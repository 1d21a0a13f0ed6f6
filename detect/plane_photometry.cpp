// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_photometry.hpp"

#include "detect/plane_window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cmq::detect {
namespace {

// A point blurred by 0.7 photosites leaves 0.28 of its middle to the eight neighbours' mean, by 0.5
// photosites 0.14.
constexpr double hot_neighbours = 0.12;
constexpr double hot_sd = 6.0;
constexpr double border = 16.0; // significance at the border of a trace
// The circle of a round trace, photosites: a Gaussian of 1.35 has 0.4 % of its light outside the least
// one. Wide traces get 2.5 of their own standard deviations (2 % outside) and, as noise matters less,
// 3.3 (0.4 %) from signal-to-noise 48 on.
constexpr double least_circle = 4.5;
constexpr double circle_margin = 0.7;
constexpr double circle_widths = 2.5;
constexpr double more_widths = 0.8;
constexpr double snr_a_width = 60.0;
constexpr double width_window = 2.6; // photosites
constexpr double widest = 0.8;       // of the window's variance that a measured one may reach

// What the second filter sees beyond the noise model holds for sums over a trace as well.
double spread2_at(PlaneScene const& scene, std::size_t block) {
    double spread2 = 1.0;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        PlaneForm const& form = scene.forms[s][block];
        bool const clearly = std::abs(form.spread2 - 1.0) > 3.0 * std::sqrt(2.0 / form.degrees);
        if (clearly && (s == 0 || form.spread2 > spread2)) {
            spread2 = form.spread2;
        }
    }
    return spread2;
}

// Of each photosite of a window, the share that an aperture takes.
using Shares = std::vector<float>;

// The segment and the margin around it.
Shares shares_of_segment(PlaneWindow const& window) {
    Shares shares(window.owner.size());
    std::transform(window.owner.begin(), window.owner.end(), shares.begin(), [](std::uint8_t o) {
        return o == 1 ? 1.0F : 0.0F;
    });
    return shares;
}

// The farthest corner of a segment's photosites from a place.
double reach_of(PlaneScene const& scene, PlaneSegment const& segment, double x, double y) {
    double reach2 = 0.0;
    for (std::size_t const p : segment.parts) {
        PlanePart const& part = scene.parts[p];
        double const down = static_cast<double>(part.y) - 0.5 - y;
        double const along = static_cast<double>(part.x) - 0.5 - x;
        double const height = static_cast<double>(part.scale) + 1.0;
        auto const width = static_cast<double>(part.end_x - part.x);
        double const dy = std::max(std::abs(down), std::abs(down + height));
        double const dx = std::max(std::abs(along), std::abs(along + width));
        reach2 = std::max(reach2, dx * dx + dy * dy);
    }
    return std::sqrt(reach2);
}

// Standard deviation of the light along an axis, from its moments under a Gaussian: those of a product of
// two Gaussians, undone.
double width_by_window(PlaneWindow const& window, double x, double y) {
    constexpr double weight_variance = width_window * width_window;
    constexpr double reach2 = 9.0 * weight_variance;
    std::vector<double> across;
    for (std::ptrdiff_t px = window.columns.first; px < window.columns.last; ++px) {
        double const far = static_cast<double>(px) - x;
        across.push_back(std::exp(-0.5 * far * far / weight_variance));
    }
    double sum = 0.0;
    double sum2 = 0.0;
    for (std::ptrdiff_t py = window.rows.first; py < window.rows.last; ++py) {
        double const dy = static_cast<double>(py) - y;
        if (dy * dy > reach2) {
            continue;
        }
        double const down = std::exp(-0.5 * dy * dy / weight_variance);
        for (std::ptrdiff_t px = window.columns.first; px < window.columns.last; ++px) {
            std::size_t const i = window.at(py, px);
            auto const residual = static_cast<double>(window.residual[i]);
            double const dx = static_cast<double>(px) - x;
            double const far2 = dx * dx + dy * dy;
            if (window.owner[i] == 2 || !std::isfinite(residual) || far2 > reach2) {
                continue;
            }
            double const weight =
                down * across[static_cast<std::size_t>(px - window.columns.first)] * residual;
            sum += weight;
            sum2 += 0.5 * weight * far2;
        }
    }
    if (!(sum > 0.0) || !(sum2 > 0.0)) {
        return 0.0;
    }
    double const variance = std::min(sum2 / sum, widest * weight_variance);
    return std::sqrt(variance * weight_variance / (weight_variance - variance));
}

// A circle about the centre of a round trace. Of most droplets it is the least one and follows no noise.
// Empty where the trace is not round, or the circle does not fit.
Shares shares_of_circle(PlaneScene const& scene,
                        PlaneSegment const& segment,
                        PlaneWindow const& window,
                        PlaneTrace const& trace) {
    double const middle_radius = std::sqrt(static_cast<double>(window.area) / std::numbers::pi);
    double const width = width_by_window(window, trace.x, trace.y);
    double const widths = circle_widths + std::min(more_widths, trace.snr / snr_a_width);
    double const radius = std::max(least_circle, widths * width + circle_margin);
    bool const round = reach_of(scene, segment, trace.x, trace.y) < 1.5 * middle_radius + 1.5;
    Shape const shape = scene.values.shape();
    auto const fits = [radius](double at, Span span, std::ptrdiff_t length) {
        return (span.first == 0 || at - radius >= static_cast<double>(span.first)) &&
               (span.last == length || at + radius < static_cast<double>(span.last));
    };
    if (!round || !fits(trace.y, window.rows, shape.height) ||
        !fits(trace.x, window.columns, shape.width)) {
        return {};
    }
    PlaneWindow grown;
    if (!window.alone) {
        grown = window;
        for (std::ptrdiff_t i = plane_aperture_margin; i < plane_window_margin; ++i) {
            grow(grown, i % 2 == 0);
        }
    }
    Shares shares(window.owner.size(), 0.0F);
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        for (std::ptrdiff_t x = window.columns.first; x < window.columns.last; ++x) {
            std::size_t const i = window.at(y, x);
            double const dx = static_cast<double>(x) - trace.x;
            double const dy = static_cast<double>(y) - trace.y;
            double const far = std::sqrt(dx * dx + dy * dy);
            if (window.alone || grown.owner[i] != 2) {
                shares[i] = static_cast<float>(std::clamp(radius + 0.5 - far, 0.0, 1.0));
            }
        }
    }
    return shares;
}

void measure_flux(PlaneScene const& scene,
                  PlaneWindow const& window,
                  Shares const& shares,
                  PlaneTrace& trace) {
    double flux = 0.0;
    double background_variance = 0.0;
    double response_variance = 0.0;
    double photosites = 0.0;
    PlaneNoise const& noise = scene.settings.noise;
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        auto const row = scene.values.row(y);
        for (std::ptrdiff_t x = window.columns.first; x < window.columns.last; ++x) {
            auto const share = static_cast<double>(shares[window.at(y, x)]);
            if (!(share > 0.0)) {
                continue;
            }
            auto const residual = static_cast<double>(window.residual[window.at(y, x)]);
            if (!std::isfinite(residual)) {
                ++trace.masked_photosites;
                continue;
            }
            auto const value = static_cast<double>(row[static_cast<std::size_t>(x)]);
            trace.saturated = trace.saturated || value >= scene.settings.saturation_dn;
            flux += share * residual;
            background_variance +=
                share * share * scene.background.variance_dn2[scene.mesh.block_of(y, x)];
            response_variance += std::pow(share * noise.prnu * residual, 2);
            photosites += share;
        }
    }
    std::size_t const block =
        scene.mesh.block_of(static_cast<std::ptrdiff_t>(std::lround(trace.y)),
                            static_cast<std::ptrdiff_t>(std::lround(trace.x)));
    double const behind = std::max(1.0, scene.background.photosites[block]);
    background_variance *= spread2_at(scene, block) * (1.0 + photosites / behind);
    trace.flux_dn = flux;
    trace.flux_dn_sigma =
        std::sqrt(background_variance + noise.gain_dn * std::max(0.0, flux) + response_variance);
}

// Centre of the light under a Gaussian that follows it. Source: SExtractor's windowed positions,
// E. Bertin, S. Arnouts, A&A Supplement 117 (1996) 393, and its manual.
bool centre_by_window(PlaneWindow const& window, double sd, double& x0, double& y0) {
    double x = x0;
    double y = y0;
    double const reach = 4.0 * sd;
    std::vector<double> across;
    for (int i = 0; i < 12; ++i) {
        double sum = 0.0;
        double sum_x = 0.0;
        double sum_y = 0.0;
        auto const first_y = std::max(window.rows.first, static_cast<std::ptrdiff_t>(y - reach));
        auto const last_y = std::min(window.rows.last, static_cast<std::ptrdiff_t>(y + reach) + 1);
        auto const first_x = std::max(window.columns.first, static_cast<std::ptrdiff_t>(x - reach));
        auto const last_x =
            std::min(window.columns.last, static_cast<std::ptrdiff_t>(x + reach) + 1);
        across.clear();
        for (std::ptrdiff_t px = first_x; px < last_x; ++px) {
            double const u = (static_cast<double>(px) - x) / sd;
            across.push_back(std::exp(-0.5 * u * u));
        }
        for (std::ptrdiff_t py = first_y; py < last_y; ++py) {
            double const dy = static_cast<double>(py) - y;
            double const down = std::exp(-0.5 * dy * dy / (sd * sd));
            for (std::ptrdiff_t px = first_x; px < last_x; ++px) {
                auto const residual = static_cast<double>(window.residual[window.at(py, px)]);
                if (window.owner[window.at(py, px)] == 2 || !std::isfinite(residual)) {
                    continue;
                }
                double const weight =
                    down * across[static_cast<std::size_t>(px - first_x)] * residual;
                sum += weight;
                sum_x += weight * (static_cast<double>(px) - x);
                sum_y += weight * dy;
            }
        }
        if (!(sum > 0.0)) {
            return false;
        }
        x += 2.0 * sum_x / sum;
        y += 2.0 * sum_y / sum;
        if (std::hypot(x - x0, y - y0) > 2.0 * sd) {
            return false;
        }
        if (std::hypot(sum_x, sum_y) < 1e-4 * sum) {
            break;
        }
    }
    x0 = x;
    y0 = y;
    return true;
}

// Moments of the root of the significance above the border, as for traces of four planes.
struct Moments {
    double weight = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
};

Moments moments_of(PlaneScene const& scene, PlaneSegment const& segment) {
    Moments m;
    for (int pass = 0; pass < 2; ++pass) { // second moments about the centre: no cancellation
        Moments sum;
        for (std::size_t const p : segment.parts) {
            PlanePart const& part = scene.parts[p];
            double const step = static_cast<double>(part.scale) + 1.0;
            double const middle = 0.5 * (step - 1.0);
            for (std::size_t k = 0; k < part.significance.size(); ++k) {
                double const dx =
                    static_cast<double>(part.x) + static_cast<double>(k) * step + middle - m.x;
                double const dy = static_cast<double>(part.y) + middle - m.y;
                double const w =
                    std::sqrt(static_cast<double>(part.significance[k])) * step * step -
                    0.9 * std::sqrt(border) * step * step;
                double const weight = std::max(w, 1e-3);
                sum.weight += weight;
                sum.x += weight * dx;
                sum.y += weight * dy;
                sum.xx += weight * dx * dx;
                sum.yy += weight * dy * dy;
                sum.xy += weight * dx * dy;
            }
        }
        m.weight = sum.weight;
        m.x += sum.x / sum.weight;
        m.y += sum.y / sum.weight;
        m.xx = sum.xx / sum.weight + 1.0 / 12.0; // a photosite has a width of its own
        m.yy = sum.yy / sum.weight + 1.0 / 12.0;
        m.xy = sum.xy / sum.weight;
    }
    return m;
}

} // namespace

PlaneTrace measure_plane_trace(PlaneScene const& scene,
                               std::size_t index,
                               std::vector<std::size_t> const& neighbours) {
    PlaneSegment const& segment = scene.segments[index];
    PlaneWindow const window = make_plane_window(scene, index, neighbours);
    PlaneTrace trace;
    trace.snr = std::sqrt(segment.significance);
    trace.scale = plane_filter_sd * (segment.scale == 0 ? 1.0 : 2.0);
    trace.area = window.area;
    trace.box = {
        segment.columns.first, segment.rows.first, segment.columns.last - 1, segment.rows.last - 1};
    Moments const m = moments_of(scene, segment);
    double const middle = segment.scale == 0 ? 0.0 : 0.5;
    trace.x = static_cast<double>(segment.peak_x) + middle;
    trace.y = static_cast<double>(segment.peak_y) + middle;
    // A round droplet of a filter's own width, filtered, is 2 pi (2 sd^2) ln(snr / 4) wide above 4.
    double const round = 4.0 * std::numbers::pi * trace.scale * trace.scale *
                         std::log(std::max(1.0, 0.25 * trace.snr));
    bool const extended = static_cast<double>(trace.area) > 3.0 * round + 40.0;
    if (extended || !centre_by_window(window, trace.scale, trace.x, trace.y)) {
        trace.x = m.x;
        trace.y = m.y;
    }
    trace.x = std::clamp(trace.x, 0.0, static_cast<double>(scene.values.shape().width - 1));
    trace.y = std::clamp(trace.y, 0.0, static_cast<double>(scene.values.shape().height - 1));
    double const mean = 0.5 * (m.xx + m.yy);
    double const root = std::hypot(0.5 * (m.xx - m.yy), m.xy);
    trace.semi_major = std::sqrt(mean + root);
    trace.semi_minor = std::sqrt(std::max(1.0 / 12.0, mean - root));
    trace.angle_rad = root > 0.0 ? 0.5 * std::atan2(2.0 * m.xy, m.xx - m.yy) : 0.0;
    Shares shares;
    if (!extended && !scene.textured) {
        shares = shares_of_circle(scene, segment, window, trace);
    }
    if (shares.empty()) {
        shares = shares_of_segment(window);
    }
    measure_flux(scene, window, shares, trace);
    return trace;
}

bool is_hot_photosite(PlaneScene const& scene, PlaneSegment const& segment) {
    Shape const shape = scene.values.shape();
    double top = -1.0;
    std::ptrdiff_t top_y = 0;
    std::ptrdiff_t top_x = 0;
    auto const residual = [&](std::ptrdiff_t y, std::ptrdiff_t x) {
        return static_cast<double>(scene.values.row(y)[static_cast<std::size_t>(x)] -
                                   scene.level.at(y, x));
    };
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, segment.peak_y - 3);
         y < std::min(shape.height, segment.peak_y + 4);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, segment.peak_x - 3);
             x < std::min(shape.width, segment.peak_x + 4);
             ++x) {
            if (double const r = residual(y, x); r > top) {
                top = r;
                top_y = y;
                top_x = x;
            }
        }
    }
    double const sd = std::sqrt(scene.background.variance_dn2[scene.mesh.block_of(top_y, top_x)]);
    if (!(top > hot_sd * sd)) {
        return false;
    }
    double sum = 0.0;
    double n = 0.0;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, top_y - 1);
         y < std::min(shape.height, top_y + 2);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, top_x - 1);
             x < std::min(shape.width, top_x + 2);
             ++x) {
            double const r = residual(y, x);
            if ((y != top_y || x != top_x) && std::isfinite(r)) {
                sum += r;
                n += 1.0;
            }
        }
    }
    return n >= 3.0 && sum < hot_neighbours * n * top;
}

} // namespace cmq::detect
