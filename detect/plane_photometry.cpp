// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_photometry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

namespace cmq::detect {
namespace {

// A point blurred by 0.7 photosites leaves 0.28 of its middle to the eight neighbours' mean, by 0.5
// photosites 0.14.
constexpr double hot_neighbours = 0.12;
constexpr double hot_sd = 6.0;
constexpr double border = 16.0; // significance at the border of a trace

// The photosites around a segment and which segment each belongs to: 0 none, 1 this one, 2 another.
struct Window {
    Span rows;
    Span columns;
    std::vector<std::uint8_t> owner;
    std::int64_t area = 0;       // photosites of this segment, before it is grown
    std::vector<float> residual; // not a number where there is no value

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>((y - rows.first) * (columns.last - columns.first) + x -
                                        columns.first);
    }

    [[nodiscard]] bool holds(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return y >= rows.first && y < rows.last && x >= columns.first && x < columns.last;
    }
};

// How far the aperture reaches to the sides of a photosite so many rows away: round enough.
constexpr std::array<std::ptrdiff_t, plane_aperture_margin + 1> aperture_reach{3, 3, 2, 1};

void paint_row(std::ptrdiff_t y, Span columns, std::uint8_t owner, Window& out) {
    std::ptrdiff_t const first = std::max(out.columns.first, columns.first);
    std::ptrdiff_t const last = std::min(out.columns.last, columns.last);
    if (y >= out.rows.first && y < out.rows.last && first < last) {
        std::fill_n(out.owner.data() + out.at(y, first), last - first, owner);
    }
}

void paint(PlaneScene const& scene, PlaneSegment const& segment, std::uint8_t owner, Window& out) {
    for (std::size_t const p : segment.parts) {
        PlanePart const& part = scene.parts[p];
        std::ptrdiff_t const end_y = part.y + static_cast<std::ptrdiff_t>(part.scale) + 1;
        for (std::ptrdiff_t y = part.y; y < end_y; ++y) {
            paint_row(y, {part.x, part.end_x}, owner, out);
        }
    }
}

// The aperture of a segment that no other is near.
void paint_aperture(PlaneScene const& scene, PlaneSegment const& segment, Window& out) {
    for (std::size_t const p : segment.parts) {
        PlanePart const& part = scene.parts[p];
        auto const last_y = part.y + static_cast<std::ptrdiff_t>(part.scale);
        for (std::ptrdiff_t dy = 0; dy <= plane_aperture_margin; ++dy) {
            std::ptrdiff_t const reach = aperture_reach[static_cast<std::size_t>(dy)];
            paint_row(part.y - dy, {part.x - reach, part.end_x + reach}, 1, out);
            paint_row(last_y + dy, {part.x - reach, part.end_x + reach}, 1, out);
        }
    }
}

// Each free photosite goes to the segment that reaches it first, on a tie to the other one. Steps with
// four, eight and four neighbours reach as far as aperture_reach.
void grow(Window& window, bool corners) {
    std::vector<std::uint8_t> const before = window.owner;
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        for (std::ptrdiff_t x = window.columns.first; x < window.columns.last; ++x) {
            if (before[window.at(y, x)] != 0) {
                continue;
            }
            std::uint8_t best = 0;
            for (std::ptrdiff_t ny = y - 1; ny <= y + 1; ++ny) {
                for (std::ptrdiff_t nx = x - 1; nx <= x + 1; ++nx) {
                    if (window.holds(ny, nx) && (corners || ny == y || nx == x)) {
                        best = std::max(best, before[window.at(ny, nx)]);
                    }
                }
            }
            window.owner[window.at(y, x)] = best;
        }
    }
}

Window make_window(PlaneScene const& scene,
                   std::size_t index,
                   std::vector<std::size_t> const& neighbours) {
    PlaneSegment const& segment = scene.segments[index];
    Shape const shape = scene.values.shape();
    std::ptrdiff_t const margin = 2 * plane_aperture_margin;
    Window window;
    window.rows = {std::max<std::ptrdiff_t>(0, segment.rows.first - margin),
                   std::min(shape.height, segment.rows.last + margin)};
    window.columns = {std::max<std::ptrdiff_t>(0, segment.columns.first - margin),
                      std::min(shape.width, segment.columns.last + margin)};
    auto const area = static_cast<std::size_t>((window.rows.last - window.rows.first) *
                                               (window.columns.last - window.columns.first));
    window.owner.assign(area, 0);
    window.residual.resize(area);
    bool alone = true;
    for (std::size_t const other : neighbours) {
        if (other != index) {
            alone = false;
            paint(scene, scene.segments[other], 2, window);
        }
    }
    paint(scene, segment, 1, window);
    window.area = std::count(window.owner.begin(), window.owner.end(), std::uint8_t{1});
    if (alone) {
        paint_aperture(scene, segment, window);
    }
    for (std::ptrdiff_t i = 0; i < plane_aperture_margin && !alone; ++i) {
        grow(window, i == 1);
    }
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        auto const row = scene.values.row(y).subspan(
            static_cast<std::size_t>(window.columns.first),
            static_cast<std::size_t>(window.columns.last - window.columns.first));
        float* residual = window.residual.data() + window.at(y, window.columns.first);
        scene.level.photosites(y, window.columns, residual);
        std::transform(row.begin(), row.end(), residual, residual, std::minus<>{});
    }
    return window;
}

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

void measure_flux(PlaneScene const& scene, Window const& window, PlaneTrace& trace) {
    double flux = 0.0;
    double background_variance = 0.0;
    double response_variance = 0.0;
    double photosites = 0.0;
    PlaneNoise const& noise = scene.settings.noise;
    for (std::ptrdiff_t y = window.rows.first; y < window.rows.last; ++y) {
        auto const row = scene.values.row(y);
        for (std::ptrdiff_t x = window.columns.first; x < window.columns.last; ++x) {
            if (window.owner[window.at(y, x)] != 1) {
                continue;
            }
            auto const residual = static_cast<double>(window.residual[window.at(y, x)]);
            if (!std::isfinite(residual)) {
                ++trace.masked_photosites;
                continue;
            }
            auto const value = static_cast<double>(row[static_cast<std::size_t>(x)]);
            trace.saturated = trace.saturated || value >= scene.settings.saturation_dn;
            flux += residual;
            background_variance += scene.background.variance_dn2[scene.mesh.block_of(y, x)];
            response_variance += noise.prnu * noise.prnu * std::max(0.0, residual * residual);
            photosites += 1.0;
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
bool centre_by_window(Window const& window, double sd, double& x0, double& y0) {
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
    Window const window = make_window(scene, index, neighbours);
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
    measure_flux(scene, window, trace);
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
