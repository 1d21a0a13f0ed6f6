// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_pyramid.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::detect {

namespace {

constexpr double smoothing = 1.5; // cells, standard deviation: below it noise rules the gradient
constexpr std::ptrdiff_t mean_reach = 16; // cells each way
constexpr double clipped_above = 0.995;
constexpr std::ptrdiff_t mask_reach = 6; // smoothing's reach and the difference's
constexpr std::ptrdiff_t least_side = 64;

/// The value below which that share of them lies.
float quantile(std::vector<float> values, double share) {
    auto const middle = values.begin() +
                        static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void clip_above(std::vector<float>& values) {
    float const most = quantile(values, clipped_above);
    for (float& value : values) {
        value = std::min(value, most);
    }
}

/// Edges of either light count alike, strong or faint: x / (x + c) with c the value nine tenths lie below. Clipped
/// magnitudes alone are ruled by a few bright spots.
void compress(std::vector<float>& values) {
    float const half = std::max(quantile(values, 0.9), 1e-12F);
    for (float& value : values) {
        value /= value + half;
    }
}

bool takes_part(std::uint8_t mask) {
    return (mask & ~(mask_bit::saturated | mask_bit::edge)) == 0; // a saturated photosite is bright
}

/// One plane's values, 0 where masked; its median is set to 1.
struct Plane1 {
    std::vector<float> value;
    std::vector<std::uint8_t> is_good;
};

/// The plane as it would be at the centres of cells, a quarter of its step off: else a picture in which red shows the
/// edges would lie beside one in which blue does.
void move_to_centre(Plane1& plane, Shape cells, std::ptrdiff_t dy, std::ptrdiff_t dx) {
    auto const along = [&](std::ptrdiff_t step_y, std::ptrdiff_t step_x) {
        std::vector<float> moved(plane.value.size());
        for (std::ptrdiff_t y = 0; y < cells.height; ++y) {
            for (std::ptrdiff_t x = 0; x < cells.width; ++x) {
                std::ptrdiff_t const v =
                    std::clamp<std::ptrdiff_t>(y + step_y, 0, cells.height - 1);
                std::ptrdiff_t const u = std::clamp<std::ptrdiff_t>(x + step_x, 0, cells.width - 1);
                auto const i = static_cast<std::size_t>(y * cells.width + x);
                auto const k = static_cast<std::size_t>(v * cells.width + u);
                moved[i] = plane.is_good[k] != 0 ? 0.75F * plane.value[i] + 0.25F * plane.value[k]
                                                 : plane.value[i];
            }
        }
        plane.value = std::move(moved);
    };
    along(0, dx == 0 ? 1 : -1);
    along(dy == 0 ? 1 : -1, 0);
}

Plane1 read_plane(Frame const& frame, std::size_t plane) {
    auto const [dy, dx] = frame.cfa.offset(static_cast<Plane>(plane));
    Shape const cells{frame.shape.height / 2, frame.shape.width / 2};
    Plane1 read;
    read.value.reserve(static_cast<std::size_t>(cells.area()));
    std::vector<float> good;
    for (std::ptrdiff_t y = 0; y < cells.height; ++y) {
        for (std::ptrdiff_t x = 0; x < cells.width; ++x) {
            auto const i = static_cast<std::size_t>((2 * y + dy) * frame.shape.width + 2 * x + dx);
            bool const is_good = takes_part(frame.mask[i]);
            if (is_good && !std::isfinite(frame.value[i])) {
                throw Error{ErrorKind::domain,
                            {"une valeur de photosite n’est pas un nombre fini",
                             "the value of a photosite is not finite"}};
            }
            read.value.push_back(is_good ? frame.value[i] : 0.0F);
            read.is_good.push_back(is_good ? 1 : 0);
            if (is_good) {
                good.push_back(frame.value[i]);
            }
        }
    }
    move_to_centre(read, cells, dy, dx);
    // In the dark the median is noise about 0: dividing by it would make that plane rule all others.
    float const level = good.empty() ? 1.0F : std::max(1.0F, quantile(std::move(good), 0.5));
    for (float& value : read.value) {
        value /= level;
    }
    return read;
}

/// The mean of those planes, cell by cell; a cell without any takes its left neighbour's value and no part.
Grey to_grey(std::array<Plane1, plane_count> const& planes,
             std::vector<std::size_t> const& which,
             Shape cells) {
    Grey grey{cells, {}, {}};
    auto const area = static_cast<std::size_t>(cells.area());
    grey.value.resize(area);
    grey.is_good.resize(area);
    float last = 1.0F;
    for (std::size_t i = 0; i < area; ++i) {
        float sum = 0.0F;
        float count = 0.0F;
        for (std::size_t const p : which) {
            if (planes[p].is_good[i] != 0) {
                sum += planes[p].value[i];
                count += 1.0F;
            }
        }
        grey.is_good[i] = count > 0.0F ? 1 : 0;
        last = count > 0.0F ? sum / count : last;
        grey.value[i] = last;
    }
    clip_above(grey.value);
    return grey;
}

/// Every second pixel of the picture under 1 4 6 4 1.
Grey halve(Grey const& grey) {
    constexpr std::array<float, 5> weights{0.0625F, 0.25F, 0.375F, 0.25F, 0.0625F};
    std::ptrdiff_t const height = grey.shape.height;
    std::ptrdiff_t const width = grey.shape.width;
    Grey half{{(height + 1) / 2, (width + 1) / 2}, {}, {}};
    std::vector<float> rows(static_cast<std::size_t>(height * half.shape.width));
    std::vector<std::uint8_t> good(rows.size());
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < half.shape.width; ++x) {
            float sum = 0.0F;
            std::uint8_t all = 1;
            for (std::ptrdiff_t k = -2; k <= 2; ++k) {
                std::size_t const i =
                    grey.at(y, std::clamp<std::ptrdiff_t>(2 * x + k, 0, width - 1));
                sum += weights[static_cast<std::size_t>(k + 2)] * grey.value[i];
                all = static_cast<std::uint8_t>(all & grey.is_good[i]);
            }
            rows[static_cast<std::size_t>(y * half.shape.width + x)] = sum;
            good[static_cast<std::size_t>(y * half.shape.width + x)] = all;
        }
    }
    for (std::ptrdiff_t y = 0; y < half.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < half.shape.width; ++x) {
            float sum = 0.0F;
            std::uint8_t all = 1;
            for (std::ptrdiff_t k = -2; k <= 2; ++k) {
                std::ptrdiff_t const row = std::clamp<std::ptrdiff_t>(2 * y + k, 0, height - 1);
                auto const i = static_cast<std::size_t>(row * half.shape.width + x);
                sum += weights[static_cast<std::size_t>(k + 2)] * rows[i];
                all = static_cast<std::uint8_t>(all & good[i]);
            }
            half.value.push_back(sum);
            half.is_good.push_back(all);
        }
    }
    return half;
}

/// Convolution with a symmetric kernel along rows, then columns; edges repeat.
std::vector<float> smooth(Grey const& grey, std::vector<float> const& kernel, unsigned threads) {
    std::ptrdiff_t const height = grey.shape.height;
    std::ptrdiff_t const width = grey.shape.width;
    auto const reach = static_cast<std::ptrdiff_t>(kernel.size()) - 1;
    std::vector<float> rows(grey.value.size());
    std::vector<float> result(grey.value.size());
    constexpr std::ptrdiff_t band = 32;
    auto const bands = static_cast<std::size_t>((height + band - 1) / band);
    auto const each_row = [&](auto const& work) {
        parallel_blocks(bands, threads, [&](std::size_t block) {
            std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * band;
            for (std::ptrdiff_t y = first; y < std::min(first + band, height); ++y) {
                work(y);
            }
        });
    };
    each_row([&](std::ptrdiff_t y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            float sum = kernel[0] * grey.value[grey.at(y, x)];
            for (std::ptrdiff_t k = 1; k <= reach; ++k) {
                sum += kernel[static_cast<std::size_t>(k)] *
                       (grey.value[grey.at(y, std::max<std::ptrdiff_t>(x - k, 0))] +
                        grey.value[grey.at(y, std::min(x + k, width - 1))]);
            }
            rows[grey.at(y, x)] = sum;
        }
    });
    each_row([&](std::ptrdiff_t y) {
        float* const to = result.data() + y * width;
        float const* const from = rows.data() + y * width;
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            to[x] = kernel[0] * from[x];
        }
        for (std::ptrdiff_t k = 1; k <= reach; ++k) {
            float const weight = kernel[static_cast<std::size_t>(k)];
            float const* const above = rows.data() + std::max<std::ptrdiff_t>(y - k, 0) * width;
            float const* const below = rows.data() + std::min(y + k, height - 1) * width;
            for (std::ptrdiff_t x = 0; x < width; ++x) {
                to[x] += weight * (above[x] + below[x]);
            }
        }
    });
    return result;
}

std::vector<float> gaussian_kernel() {
    std::vector<float> kernel;
    double sum = 0.0;
    for (int k = 0; k <= 5; ++k) {
        double const weight = std::exp(-0.5 * k * k / (smoothing * smoothing));
        sum += k == 0 ? weight : 2.0 * weight;
        kernel.push_back(static_cast<float>(weight));
    }
    for (float& weight : kernel) {
        weight = static_cast<float>(static_cast<double>(weight) / sum);
    }
    return kernel;
}

/// Takes away the mean over a square of 2 * mean_reach + 1, by running sums.
void take_local_mean(Grey& grey) {
    std::ptrdiff_t const height = grey.shape.height;
    std::ptrdiff_t const width = grey.shape.width;
    std::vector<double> sums(static_cast<std::size_t>((height + 1) * (width + 1)), 0.0);
    auto const sum_at = [&](std::ptrdiff_t y, std::ptrdiff_t x) -> double& {
        return sums[static_cast<std::size_t>(y * (width + 1) + x)];
    };
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        double row = 0.0;
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            row += static_cast<double>(grey.value[grey.at(y, x)]);
            sum_at(y + 1, x + 1) = sum_at(y, x + 1) + row;
        }
    }
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            std::ptrdiff_t const top = std::max<std::ptrdiff_t>(0, y - mean_reach);
            std::ptrdiff_t const left = std::max<std::ptrdiff_t>(0, x - mean_reach);
            std::ptrdiff_t const bottom = std::min(height, y + mean_reach + 1);
            std::ptrdiff_t const right = std::min(width, x + mean_reach + 1);
            double const mean = (sum_at(bottom, right) - sum_at(top, right) - sum_at(bottom, left) +
                                 sum_at(top, left)) /
                                static_cast<double>((bottom - top) * (right - left));
            grey.value[grey.at(y, x)] -= static_cast<float>(mean);
        }
    }
}

Grey to_edges(Grey const& grey, std::vector<float> const& kernel, unsigned threads) {
    auto const smoothed = smooth(grey, kernel, threads);
    std::ptrdiff_t const height = grey.shape.height;
    std::ptrdiff_t const width = grey.shape.width;
    Grey edges{grey.shape, std::vector<float>(smoothed.size()), grey.is_good};
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            float const gx = smoothed[grey.at(y, std::min(x + 1, width - 1))] -
                             smoothed[grey.at(y, std::max<std::ptrdiff_t>(x - 1, 0))];
            float const gy = smoothed[grey.at(std::min(y + 1, height - 1), x)] -
                             smoothed[grey.at(std::max<std::ptrdiff_t>(y - 1, 0), x)];
            edges.value[grey.at(y, x)] = std::sqrt(gx * gx + gy * gy);
            if (grey.is_good[grey.at(y, x)] == 0) {
                for (std::ptrdiff_t v = std::max<std::ptrdiff_t>(0, y - mask_reach);
                     v <= std::min(height - 1, y + mask_reach);
                     ++v) {
                    for (std::ptrdiff_t u = std::max<std::ptrdiff_t>(0, x - mask_reach);
                         u <= std::min(width - 1, x + mask_reach);
                         ++u) {
                        edges.is_good[grey.at(v, u)] = 0;
                    }
                }
            }
        }
    }
    compress(edges.value);
    take_local_mean(edges);
    return edges;
}

double correlation(Grey const& a, Grey const& b) {
    std::array<double, 6> sums{};
    for (std::size_t i = 0; i < a.value.size(); ++i) {
        if (a.is_good[i] != 0 && b.is_good[i] != 0) {
            auto const x = static_cast<double>(a.value[i]);
            auto const y = static_cast<double>(b.value[i]);
            sums[0] += 1.0;
            sums[1] += x;
            sums[2] += y;
            sums[3] += x * x;
            sums[4] += y * y;
            sums[5] += x * y;
        }
    }
    double const n = std::max(1.0, sums[0]);
    double const xx = sums[3] - sums[1] * sums[1] / n;
    double const yy = sums[4] - sums[2] * sums[2] / n;
    return xx > 0.0 && yy > 0.0 ? (sums[5] - sums[1] * sums[2] / n) / std::sqrt(xx * yy) : 0.0;
}

} // namespace

std::vector<GradientLevel>
make_gradients(Frame const& frame, std::ptrdiff_t coarsest, unsigned threads) {
    if (std::min(frame.shape.height, frame.shape.width) < least_side) {
        throw Error{ErrorKind::shape,
                    {"une image à recaler doit avoir au moins {} x {} photosites",
                     "a frame to be aligned must have at least {} x {} photosites"},
                    least_side,
                    least_side};
    }
    Shape const cells{frame.shape.height / 2, frame.shape.width / 2};
    std::array<Plane1, plane_count> planes;
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes[p] = read_plane(frame, p);
    }
    Grey all = to_grey(planes, {0, 1, 2, 3}, cells);
    Grey green1 = to_grey(planes, {1}, cells);
    Grey green2 = to_grey(planes, {2}, cells);
    auto const kernel = gaussian_kernel();
    std::vector<GradientLevel> levels;
    for (;;) {
        GradientLevel level{to_edges(all, kernel, threads), 0.0};
        level.structure =
            correlation(to_edges(green1, kernel, threads), to_edges(green2, kernel, threads));
        levels.push_back(std::move(level));
        if (std::max(all.shape.height, all.shape.width) <= coarsest) {
            return levels;
        }
        all = halve(all);
        green1 = halve(green1);
        green2 = halve(green2);
    }
}

} // namespace cmq::detect
