// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/matched_filter.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t band_rows = 64;
constexpr float least_weight = 0.25F; // of the whole filter on good photosites
constexpr float full_weight = 0.97F;

// out[x] = sum over taps of tap[k] * in(k)[x]. Four taps at a time: one load and store of out for
// four multiplications.
template <class Source>
void sum_taps(std::vector<float> const& tap, Source in, std::size_t width, float* out) {
    std::fill(out, out + width, 0.0F);
    std::size_t k = 0;
    for (; k + 4 <= tap.size(); k += 4) {
        float const w0 = tap[k];
        float const w1 = tap[k + 1];
        float const w2 = tap[k + 2];
        float const w3 = tap[k + 3];
        float const* a = in(k);
        float const* b = in(k + 1);
        float const* c = in(k + 2);
        float const* d = in(k + 3);
        for (std::size_t x = 0; x < width; ++x) {
            out[x] += (w0 * a[x] + w1 * b[x]) + (w2 * c[x] + w3 * d[x]);
        }
    }
    for (; k < tap.size(); ++k) {
        float const w = tap[k];
        float const* a = in(k);
        for (std::size_t x = 0; x < width; ++x) {
            out[x] += w * a[x];
        }
    }
}

// in has `reach` zeros before and behind.
void filter_row(std::vector<float> const& tap, float const* in, std::size_t width, float* out) {
    sum_taps(
        tap, [in](std::size_t k) { return in + k; }, width, out);
}

std::vector<float> squares(std::vector<float> tap) {
    std::transform(tap.begin(), tap.end(), tap.begin(), [](float t) { return t * t; });
    return tap;
}

// Buffers of one band.
struct Band {
    std::vector<float> padded; // one row with zeros at both ends
    std::vector<float> across; // rows filtered along x
    std::vector<float> sum;    // one output row
    std::vector<float> variance;
    std::vector<float> scratch;
};

struct Task {
    Cells const& cells;
    Kernel const& kernel;
    std::vector<float> const& tap_x;
    std::vector<float> const& tap_y;
    std::size_t plane;
};

// Filters rows [first - reach, last + reach) along x; rows outside the frame are 0.
// weights: filter the squares of taps on "good" instead of residuals.
void filter_along_x(Task const& task, Span rows, bool weights, Band& band) {
    std::ptrdiff_t const reach = task.kernel.reach;
    auto const width = static_cast<std::size_t>(task.cells.shape.width);
    std::vector<float> const tap = weights ? squares(task.tap_x) : task.tap_x;
    band.padded.assign(width + 2 * static_cast<std::size_t>(reach), 0.0F);
    band.across.assign(static_cast<std::size_t>(rows.last - rows.first + 2 * reach) * width, 0.0F);
    std::ptrdiff_t const from = std::max<std::ptrdiff_t>(0, rows.first - reach);
    std::ptrdiff_t const to = std::min(task.cells.shape.height, rows.last + reach);
    for (std::ptrdiff_t y = from; y < to; ++y) {
        std::size_t const row = task.cells.at(y, 0);
        float* in = band.padded.data() + reach;
        if (weights) {
            for (std::size_t x = 0; x < width; ++x) {
                in[x] = task.cells.is_good(row + x, task.plane) ? 1.0F : 0.0F;
            }
        } else {
            std::copy_n(task.cells.residual[task.plane].data() + row, width, in);
        }
        filter_row(tap,
                   band.padded.data(),
                   width,
                   band.across.data() + static_cast<std::size_t>(y - rows.first + reach) * width);
    }
}

void filter_along_y(Task const& task, std::ptrdiff_t row, bool weights, Band& band) {
    auto const width = static_cast<std::size_t>(task.cells.shape.width);
    band.sum.resize(width);
    float const* first = band.across.data() + static_cast<std::size_t>(row) * width;
    sum_taps(
        weights ? squares(task.tap_y) : task.tap_y,
        [first, width](std::size_t k) { return first + k * width; },
        width,
        band.sum.data());
}

// Power of the filter along a row without masked photosites, whose ends look past the frame.
std::vector<float> row_power(Task const& task) {
    auto const width = static_cast<std::size_t>(task.cells.shape.width);
    std::vector<float> good(width + 2 * static_cast<std::size_t>(task.kernel.reach), 0.0F);
    std::fill_n(good.begin() + task.kernel.reach, width, 1.0F);
    std::vector<float> power(width);
    filter_row(squares(task.tap_x), good.data(), width, power.data());
    for (float& value : power) {
        value *= static_cast<float>(task.kernel.sum2);
    }
    return power;
}

bool all_good(Task const& task, Span rows) {
    std::ptrdiff_t const reach = task.kernel.reach;
    if (rows.first < reach || rows.last + reach > task.cells.shape.height) {
        return false;
    }
    auto const* first = task.cells.flags.data() + task.cells.at(rows.first - reach, 0);
    auto const* last = task.cells.flags.data() + task.cells.at(rows.last + reach, 0);
    auto const bit = static_cast<std::uint8_t>(1U << task.plane);
    return std::all_of(first, last, [bit](std::uint8_t f) { return (f & bit) != 0; });
}

// Divides a row of filtered residuals by the standard deviation that they should have.
void normalise_row(Task const& task, Band const& band, std::size_t row, FilteredPlanes& out) {
    auto const whole = static_cast<float>(task.kernel.sum2 * task.kernel.sum2);
    float* z = out.z[task.plane].data() + row;
    std::uint8_t* partial = out.partial.data() + row;
    for (std::size_t x = 0; x < band.sum.size(); ++x) {
        float const power = band.sum[x];
        partial[x] = static_cast<std::uint8_t>(
            partial[x] | (power < full_weight * whole ? 1U << task.plane : 0U));
        float const scale =
            1.0F / std::sqrt(std::max(power, least_weight * whole) * band.variance[x]);
        z[x] = power < least_weight * whole ? 0.0F : z[x] * scale;
    }
}

void filter_band(Task const& task,
                 Span rows,
                 NodeRows const& variance,
                 std::vector<float> const& unmasked,
                 FilteredPlanes& out) {
    Band band;
    band.variance.resize(static_cast<std::size_t>(task.cells.shape.width));
    filter_along_x(task, rows, false, band);
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        filter_along_y(task, y - rows.first, false, band);
        std::copy(band.sum.begin(),
                  band.sum.end(),
                  out.z[task.plane].begin() + static_cast<std::ptrdiff_t>(task.cells.at(y, 0)));
    }
    bool const good = all_good(task, rows);
    if (!good) {
        filter_along_x(task, rows, true, band);
    }
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        variance.row(y, band.scratch, band.variance.data());
        if (good) {
            band.sum = unmasked;
        } else {
            filter_along_y(task, y - rows.first, true, band);
        }
        normalise_row(task, band, task.cells.at(y, 0), out);
    }
}

} // namespace

Kernel make_kernel(double scale_cells) {
    Kernel kernel;
    kernel.scale_cells = scale_cells;
    kernel.reach = static_cast<std::ptrdiff_t>(std::ceil(3.5 * scale_cells)); // 0.05 % left out
    for (std::size_t side = 0; side < 2; ++side) {
        double const shift = side == 0 ? -0.25 : 0.25;
        for (std::ptrdiff_t i = -kernel.reach; i <= kernel.reach; ++i) {
            double const u = (static_cast<double>(i) + shift) / scale_cells;
            kernel.tap[side].push_back(static_cast<float>(std::exp(-0.5 * u * u)));
        }
    }
    kernel.stride = std::max<std::ptrdiff_t>(1, std::lround(2.0 * scale_cells));
    double axis = 0.0; // sum over lags on the grid of the squared autocorrelation along one axis
    auto const& tap = kernel.tap[0];
    for (std::size_t lag = 0; lag < tap.size(); ++lag) {
        double product = 0.0;
        for (std::size_t i = 0; i + lag < tap.size(); ++i) {
            product += static_cast<double>(tap[i]) * static_cast<double>(tap[i + lag]);
        }
        if (lag == 0) {
            kernel.sum2 = product;
        }
        double const correlation = product / kernel.sum2;
        if (lag % static_cast<std::size_t>(kernel.stride) == 0) {
            axis += (lag == 0 ? 1.0 : 2.0) * correlation * correlation;
        }
    }
    kernel.samples_per_degree = axis * axis;
    for (float const t : tap) {
        auto const value = static_cast<double>(t);
        kernel.sum += value;
        kernel.sum3 += value * value * value;
    }
    return kernel;
}

void filter_planes(Cells const& cells,
                   Background const& background,
                   Frame const& frame,
                   Kernel const& kernel,
                   unsigned threads,
                   FilteredPlanes& out) {
    auto const bands = static_cast<std::size_t>((cells.shape.height + band_rows - 1) / band_rows);
    out.partial.assign(cells.flags.size(), 0);
    for (std::size_t p = 0; p < plane_count; ++p) {
        out.z[p].resize(cells.flags.size());
        auto const offset = frame.cfa.offset(static_cast<Plane>(p));
        Task const task{cells,
                        kernel,
                        kernel.tap[static_cast<std::size_t>(offset[1])],
                        kernel.tap[static_cast<std::size_t>(offset[0])],
                        p};
        NodeRows const variance{background.variance_dn2[p], background.mesh, false};
        std::vector<float> const unmasked = row_power(task);
        parallel_blocks(bands, threads, [&](std::size_t b) {
            auto const first = static_cast<std::ptrdiff_t>(b) * band_rows;
            filter_band(task,
                        {first, std::min(cells.shape.height, first + band_rows)},
                        variance,
                        unmasked,
                        out);
        });
    }
}

} // namespace cmq::detect
