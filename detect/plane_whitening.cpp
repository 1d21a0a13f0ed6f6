// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_whitening.hpp"

#include "detect/plane_fft.hpp"
#include "detect/plane_residual.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::detect {
namespace {

using Tile = std::vector<std::complex<double>>;

constexpr std::size_t window_side = 64;
constexpr std::size_t most_windows = 800;
constexpr std::size_t tile_side = 256;
constexpr std::ptrdiff_t filter_reach = 32;
constexpr std::ptrdiff_t core = static_cast<std::ptrdiff_t>(tile_side) - 2 * filter_reach;
constexpr double least_power = 0.05; // of the median: no frequency is trusted beyond that

std::vector<double> hann() {
    std::vector<double> window(window_side);
    double sum2 = 0.0;
    for (std::size_t i = 0; i < window_side; ++i) {
        window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) /
                                         static_cast<double>(window_side));
        sum2 += window[i] * window[i];
    }
    for (double& w : window) {
        w *= std::sqrt(static_cast<double>(window_side) / sum2);
    }
    return window;
}

// Power by frequency of the plane, 1 for white noise of variance 1. The median over windows is ln 2 of
// the mean for noise, and heeds no trace.
// Source: P. D. Welch, IEEE Trans. Audio Electroacoustics 15 (1967) 70 (windows, overlapping).
std::vector<double> power_spectrum(ImageView<float const> values,
                                   PlaneSurface const& level,
                                   PlaneSurface const& weight,
                                   PlaneRelief const& relief,
                                   unsigned threads) {
    constexpr auto side = static_cast<std::ptrdiff_t>(window_side);
    std::ptrdiff_t const down = (values.shape().height - side) / (side / 2) + 1;
    std::ptrdiff_t const across = (values.shape().width - side) / (side / 2) + 1;
    auto const all = static_cast<std::size_t>(down * across);
    std::size_t const used = std::min(all, most_windows);
    std::vector<std::vector<float>> power(used);
    TileTransform const transform{window_side};
    auto const window = hann();
    parallel_blocks(used, threads, [&](std::size_t w) {
        auto const index = static_cast<std::ptrdiff_t>(w * all / used);
        PlaneResidual residual{values, level, weight, relief};
        Tile tile(window_side * window_side);
        std::vector<float> row(window_side);
        for (std::size_t y = 0; y < window_side; ++y) {
            residual.row(index / across * (side / 2) + static_cast<std::ptrdiff_t>(y),
                         index % across * (side / 2),
                         row);
            for (std::size_t x = 0; x < window_side; ++x) {
                tile[y * window_side + x] = static_cast<double>(row[x]) * window[y] * window[x];
            }
        }
        transform.forward(tile);
        power[w].resize(tile.size());
        std::transform(tile.begin(), tile.end(), power[w].begin(), [](std::complex<double> v) {
            return static_cast<float>(std::norm(v) /
                                      static_cast<double>(window_side * window_side));
        });
    });
    std::vector<double> median(window_side * window_side);
    std::vector<float> values_of(used);
    for (std::size_t k = 0; k < median.size(); ++k) {
        for (std::size_t w = 0; w < used; ++w) {
            values_of[w] = power[w][k];
        }
        auto const middle = values_of.begin() + static_cast<std::ptrdiff_t>(used / 2);
        std::nth_element(values_of.begin(), middle, values_of.end());
        median[k] = static_cast<double>(*middle) / std::numbers::ln2;
    }
    std::vector<double> sorted = median;
    auto const middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    double const least = std::max(least_power * *middle, 1e-12);
    for (double& p : median) {
        p = std::max(p, least);
    }
    return median;
}

// Of windows, at a frequency of tiles: linear between neighbours.
double power_at(std::vector<double> const& power, std::size_t ky, std::size_t kx) {
    constexpr std::size_t ratio = tile_side / window_side;
    auto const at = [&](std::size_t y, std::size_t x) {
        return power[(y % window_side) * window_side + x % window_side];
    };
    double const ty = static_cast<double>(ky % ratio) / static_cast<double>(ratio);
    double const tx = static_cast<double>(kx % ratio) / static_cast<double>(ratio);
    std::size_t const y = ky / ratio;
    std::size_t const x = kx / ratio;
    return (1.0 - ty) * ((1.0 - tx) * at(y, x) + tx * at(y, x + 1)) +
           ty * ((1.0 - tx) * at(y + 1, x) + tx * at(y + 1, x + 1));
}

double signed_frequency(std::size_t k) {
    auto const f = static_cast<double>(k) / static_cast<double>(tile_side);
    return f < 0.5 ? f : f - 1.0;
}

// Template over power, cut off smoothly at filter_reach, scaled to noise of variance 1.
// shift: of the middle of the template, photosites.
Tile make_filter(TileTransform const& transform,
                 std::vector<double> const& power,
                 double sd,
                 double shift) {
    Tile filter(tile_side * tile_side);
    for (std::size_t ky = 0; ky < tile_side; ++ky) {
        for (std::size_t kx = 0; kx < tile_side; ++kx) {
            double const fy = signed_frequency(ky);
            double const fx = signed_frequency(kx);
            double const damping = 2.0 * std::pow(std::numbers::pi * sd, 2) * (fy * fy + fx * fx);
            filter[ky * tile_side + kx] = std::exp(-damping) / power_at(power, ky, kx);
        }
    }
    transform.inverse(filter);
    auto const cut = [](std::size_t i) {
        auto const far = static_cast<double>(std::min(i, tile_side - i));
        auto const reach = static_cast<double>(filter_reach);
        return far < reach ? 0.5 + 0.5 * std::cos(std::numbers::pi * far / reach) : 0.0;
    };
    for (std::size_t y = 0; y < tile_side; ++y) {
        for (std::size_t x = 0; x < tile_side; ++x) {
            filter[y * tile_side + x] *= cut(y) * cut(x);
        }
    }
    transform.forward(filter);
    double variance = 0.0;
    for (std::size_t ky = 0; ky < tile_side; ++ky) {
        for (std::size_t kx = 0; kx < tile_side; ++kx) {
            variance += std::norm(filter[ky * tile_side + kx]) * power_at(power, ky, kx);
        }
    }
    double const scale = std::sqrt(static_cast<double>(tile_side * tile_side) / variance);
    for (std::size_t ky = 0; ky < tile_side; ++ky) {
        for (std::size_t kx = 0; kx < tile_side; ++kx) {
            double const angle =
                2.0 * std::numbers::pi * shift * (signed_frequency(ky) + signed_frequency(kx));
            filter[ky * tile_side + kx] *= scale * std::polar(1.0, angle);
        }
    }
    return filter;
}

// Photosites near one without a value.
std::vector<std::vector<bool>> near_missing(ImageView<float const> values, Span rows) {
    Shape const shape = values.shape();
    std::vector<std::vector<bool>> near(static_cast<std::size_t>(rows.last - rows.first));
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, rows.first - whitening_margin);
         y < std::min(shape.height, rows.last + whitening_margin);
         ++y) {
        auto const row = values.row(y);
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            if (std::abs(row[static_cast<std::size_t>(x)]) < 1e30F) {
                continue;
            }
            auto const first = std::max<std::ptrdiff_t>(0, x - whitening_margin);
            auto const last = std::min(shape.width, x + whitening_margin + 1);
            for (std::ptrdiff_t ny = std::max(rows.first, y - whitening_margin);
                 ny < std::min(rows.last, y + whitening_margin + 1);
                 ++ny) {
                auto& line = near[static_cast<std::size_t>(ny - rows.first)];
                line.resize(static_cast<std::size_t>(shape.width), false);
                std::fill(line.begin() + first, line.begin() + last, true);
            }
        }
    }
    return near;
}

struct Band {
    Span rows;
    std::array<std::vector<float>, plane_scales> z; // rows x width
};

// Without the checks for infinity that std::complex's own product makes.
std::complex<double> product(std::complex<double> const& a, std::complex<double> const& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

// The cores of two filtered tiles, the real and the imaginary part, beside each other from x0 on.
void copy_cores(Tile const& filtered,
                Span rows,
                std::ptrdiff_t x0,
                std::ptrdiff_t width,
                std::vector<float>& z) {
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        std::complex<double> const* in =
            filtered.data() + static_cast<std::size_t>(y - rows.first + filter_reach) * tile_side +
            filter_reach;
        float* out = z.data() + (y - rows.first) * width + x0;
        std::ptrdiff_t const first = std::min(core, width - x0);
        for (std::ptrdiff_t x = 0; x < first; ++x) {
            out[x] = static_cast<float>(in[x].real());
        }
        for (std::ptrdiff_t x = core; x < std::min(2 * core, width - x0); ++x) {
            out[x] = static_cast<float>(in[x - core].imag());
        }
    }
}

// Two tiles at a time, one as the real part, one as the imaginary: the filter's taps are real.
void filter_band(ImageView<float const> values,
                 PlaneResidual& residual,
                 TileTransform const& transform,
                 std::array<Tile, plane_scales> const& filters,
                 Band& band) {
    std::ptrdiff_t const width = values.shape().width;
    for (auto& z : band.z) {
        z.assign(static_cast<std::size_t>((band.rows.last - band.rows.first) * width), 0.0F);
    }
    Tile spectrum(tile_side * tile_side);
    Tile filtered;
    std::vector<float> row(tile_side + static_cast<std::size_t>(core));
    for (std::ptrdiff_t x0 = 0; x0 < width; x0 += 2 * core) {
        for (std::size_t y = 0; y < tile_side; ++y) {
            residual.row(band.rows.first + static_cast<std::ptrdiff_t>(y) - filter_reach,
                         x0 - filter_reach,
                         row);
            for (std::size_t x = 0; x < tile_side; ++x) {
                spectrum[y * tile_side + x] = {
                    static_cast<double>(row[x]),
                    static_cast<double>(row[x + static_cast<std::size_t>(core)])};
            }
        }
        transform.forward(spectrum);
        for (std::size_t s = 0; s < plane_scales; ++s) {
            filtered = spectrum;
            std::transform(
                filtered.begin(), filtered.end(), filters[s].begin(), filtered.begin(), product);
            transform.inverse(filtered);
            copy_cores(filtered, band.rows, x0, width, band.z[s]);
        }
    }
}

void add_value(std::ptrdiff_t y, std::ptrdiff_t x, float z, ScaleScan& out) {
    bool const goes_on =
        !out.runs.empty() && out.runs.back().y == y &&
        out.runs.back().x + static_cast<std::ptrdiff_t>(out.runs.back().length) == x &&
        std::signbit(out.z.back()) == std::signbit(z);
    if (!goes_on) {
        out.runs.push_back({static_cast<std::int32_t>(y),
                            static_cast<std::int32_t>(x),
                            static_cast<std::uint32_t>(out.z.size()),
                            0});
    }
    ++out.runs.back().length;
    out.z.push_back(z);
}

void add_to(BlockSpread& block, float z) {
    float const z2 = z * z;
    block.all += 1.0;
    block.within += z2 < 2.25F ? 1.0 : 0.0;
    block.counted += z2 < 16.0F ? 1.0 : 0.0;
    block.sum2 += z2 < 16.0F ? static_cast<double>(z2) : 0.0;
}

// Runs and spread of one scale, as scan_plane has them.
void collect(Band const& band,
             std::vector<std::vector<bool>> const& skipped,
             std::size_t s,
             Shape shape,
             PlaneMesh const& mesh,
             float low,
             ScaleScan& out) {
    std::ptrdiff_t const step = s == 0 ? 1 : 2;
    for (std::ptrdiff_t y = (band.rows.first + step - 1) / step * step; y < band.rows.last;
         y += step) {
        if (y < whitening_margin || y >= shape.height - whitening_margin) {
            continue;
        }
        auto const& skip = skipped[static_cast<std::size_t>(y - band.rows.first)];
        float const* row =
            band.z[s].data() + static_cast<std::size_t>((y - band.rows.first) * shape.width);
        for (std::ptrdiff_t x = whitening_margin; x < shape.width - whitening_margin; x += step) {
            if (!skip.empty() && skip[static_cast<std::size_t>(x)]) {
                continue;
            }
            add_to(out.spread[mesh.block_of(y, x)], row[x]);
            if (std::abs(row[x]) >= low) {
                add_value(y / step, x / step, row[x], out);
            }
        }
    }
}

} // namespace

PlaneScan scan_whitened(ImageView<float const> values,
                        PlaneMesh const& mesh,
                        PlaneSurface const& level,
                        PlaneSurface const& weight,
                        PlaneRelief const& relief,
                        float low,
                        unsigned threads) {
    Shape const shape = values.shape();
    auto const power = power_spectrum(values, level, weight, relief, threads);
    TileTransform const transform{tile_side};
    std::array<Tile, plane_scales> const filters{
        make_filter(transform, power, plane_filter_sd, 0.0),
        make_filter(transform, power, 2.0 * plane_filter_sd, 0.5)};
    auto const bands = static_cast<std::size_t>((shape.height + core - 1) / core);
    std::vector<PlaneScan> scanned(bands);
    parallel_blocks(bands, threads, [&](std::size_t b) {
        Band band;
        band.rows.first = static_cast<std::ptrdiff_t>(b) * core;
        band.rows.last = std::min(shape.height, band.rows.first + core);
        PlaneResidual residual{values, level, weight, relief};
        filter_band(values, residual, transform, filters, band);
        auto const skipped = near_missing(values, band.rows);
        for (std::size_t s = 0; s < plane_scales; ++s) {
            scanned[b].scale[s].spread.assign(mesh.blocks(), BlockSpread{});
            collect(band, skipped, s, shape, mesh, low, scanned[b].scale[s]);
        }
    });
    PlaneScan result;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        ScaleScan& all = result.scale[s];
        all.spread.assign(mesh.blocks(), BlockSpread{});
        for (PlaneScan const& part : scanned) {
            auto const offset = static_cast<std::uint32_t>(all.z.size());
            for (ScanRun run : part.scale[s].runs) {
                run.first += offset;
                all.runs.push_back(run);
            }
            all.z.insert(all.z.end(), part.scale[s].z.begin(), part.scale[s].z.end());
            for (std::size_t b = 0; b < mesh.blocks(); ++b) {
                BlockSpread const& one = part.scale[s].spread[b];
                all.spread[b].sum2 += one.sum2;
                all.spread[b].counted += one.counted;
                all.spread[b].within += one.within;
                all.spread[b].all += one.all;
            }
        }
    }
    return result;
}

} // namespace cmq::detect
