// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/background.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cmq::detect {
namespace {

constexpr double least_share = 0.15; // of a block's photosites for a level of its own
constexpr double mad_to_sd = 1.4826; // of a normal distribution
constexpr double clip_sd = 4.0;

double median(std::vector<float>& values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return static_cast<double>(*middle);
}

struct BlockSums {
    double level = 0.0;
    double extra_variance = 0.0; // of photosites, above what the noise model says at their value
    double count = 0.0;
};

// Mean within clip_sd robust standard deviations of the median.
double clipped_mean(std::vector<float>& values, std::vector<float>& distance) {
    double const centre = median(values);
    distance.resize(values.size());
    std::transform(values.begin(), values.end(), distance.begin(), [centre](float v) {
        return static_cast<float>(std::abs(static_cast<double>(v) - centre));
    });
    double const reach = clip_sd * mad_to_sd * median(distance);
    double sum = 0.0;
    double count = 0.0;
    for (float const v : values) {
        if (std::abs(static_cast<double>(v) - centre) <= reach) {
            sum += static_cast<double>(v);
            count += 1.0;
        }
    }
    return sum / count;
}

BlockSums measure_block(Frame const& frame,
                        Cells const& cells,
                        std::size_t plane,
                        Span rows,
                        Span columns,
                        BlockLevel how,
                        std::vector<float>& values,
                        std::vector<float>& scratch) {
    values.clear();
    BlockSums sums;
    std::size_t const first = first_photosite(frame, plane);
    auto const pitch = static_cast<std::size_t>(frame.shape.width);
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
            std::size_t const cell = cells.at(y, x);
            if (!cells.is_good(cell, plane) || (cells.flags[cell] & source_bit) != 0) {
                continue;
            }
            std::size_t const i =
                first + 2 * static_cast<std::size_t>(y) * pitch + 2 * static_cast<std::size_t>(x);
            auto const value = static_cast<double>(frame.value[i]);
            sums.level += value;
            sums.extra_variance += static_cast<double>(frame.variance[i]) -
                                   frame.noise.variance(static_cast<Plane>(plane), value);
            sums.count += 1.0;
            // Every other photosite is enough for a first level.
            if (how == BlockLevel::clipped && (x & 1) == (y & 1)) {
                values.push_back(frame.value[i]);
            }
        }
    }
    auto const area =
        static_cast<double>((rows.last - rows.first) * (columns.last - columns.first));
    if (sums.count < least_share * area || sums.count < 1.0) {
        return {};
    }
    sums.level = how == BlockLevel::clipped && !values.empty() ? clipped_mean(values, scratch)
                                                               : sums.level / sums.count;
    sums.extra_variance /= sums.count;
    return sums;
}

// Mean level of the known blocks among the 3 x 3 around; nothing when there are none.
std::optional<double> mean_around(Mesh const& mesh,
                                  std::vector<double> const& level,
                                  std::vector<double> const& known,
                                  std::ptrdiff_t by,
                                  std::ptrdiff_t bx) {
    double sum = 0.0;
    double weight = 0.0;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, by - 1);
         y < std::min(mesh.blocks.height, by + 2);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, bx - 1);
             x < std::min(mesh.blocks.width, bx + 2);
             ++x) {
            double const share = known[mesh.at(y, x)] > 0.0 ? 1.0 : 0.0;
            sum += share * level[mesh.at(y, x)];
            weight += share;
        }
    }
    return weight > 0.0 ? std::optional{sum / weight} : std::nullopt;
}

// Gives blocks without a level the mean of the known ones around them, ring by ring.
void fill_gaps(Mesh const& mesh, std::vector<double>& level, std::vector<double> known) {
    for (bool changed = true; changed;) {
        changed = false;
        std::vector<double> const before = known;
        for (std::ptrdiff_t b = 0; b < mesh.blocks.area(); ++b) {
            auto const i = static_cast<std::size_t>(b);
            if (before[i] > 0.0) {
                continue;
            }
            if (auto const mean = mean_around(
                    mesh, level, before, b / mesh.blocks.width, b % mesh.blocks.width)) {
                level[i] = *mean;
                known[i] = 1.0;
                changed = true;
            }
        }
    }
}

} // namespace

Background measure_background(
    Frame const& frame, Cells const& cells, Mesh const& mesh, BlockLevel how, unsigned threads) {
    auto const blocks = static_cast<std::size_t>(mesh.blocks.area());
    Background result;
    result.mesh = mesh;
    PerPlane<std::vector<double>> extra;
    for (std::size_t p = 0; p < plane_count; ++p) {
        result.level_dn[p].assign(blocks, 0.0);
        result.photosites[p].assign(blocks, 0.0);
        result.variance_dn2[p].assign(blocks, 0.0);
        extra[p].assign(blocks, 0.0);
    }
    parallel_blocks(static_cast<std::size_t>(mesh.blocks.height), threads, [&](std::size_t row) {
        std::vector<float> values;
        std::vector<float> scratch;
        auto const by = static_cast<std::ptrdiff_t>(row);
        for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
            for (std::size_t p = 0; p < plane_count; ++p) {
                BlockSums const sums = measure_block(
                    frame, cells, p, mesh.rows(by), mesh.columns(bx), how, values, scratch);
                result.level_dn[p][mesh.at(by, bx)] = sums.level;
                result.photosites[p][mesh.at(by, bx)] = sums.count;
                extra[p][mesh.at(by, bx)] = sums.extra_variance;
            }
        }
    });
    for (std::size_t p = 0; p < plane_count; ++p) {
        fill_gaps(mesh, result.level_dn[p], result.photosites[p]);
        fill_gaps(mesh, extra[p], result.photosites[p]);
        for (std::size_t b = 0; b < blocks; ++b) {
            // The model at the mean level, not the mean of the model at noisy values: max(signal, 0)
            // would raise the latter near the dark.
            double const model = frame.noise.variance(static_cast<Plane>(p), result.level_dn[p][b]);
            double const clamped = std::max(0.0, extra[p][b]);
            result.variance_dn2[p][b] = std::max(model + clamped, 1e-12);
        }
    }
    return result;
}

AxisWeights cubic_weights(std::ptrdiff_t cells, std::ptrdiff_t blocks) {
    AxisWeights weights;
    for (std::ptrdiff_t c = 0; c < cells; ++c) {
        double const u = (static_cast<double>(c) + 0.5) * static_cast<double>(blocks) /
                             static_cast<double>(cells) -
                         0.5;
        double const whole = std::floor(u);
        double const t = u - whole;
        weights.first.push_back(static_cast<std::ptrdiff_t>(whole) + 1); // two nodes of padding
        weights.weight.push_back({static_cast<float>(0.5 * t * ((2.0 - t) * t - 1.0)),
                                  static_cast<float>(0.5 * (t * t * (3.0 * t - 5.0) + 2.0)),
                                  static_cast<float>(0.5 * t * ((4.0 - 3.0 * t) * t + 1.0)),
                                  static_cast<float>(0.5 * (t - 1.0) * t * t)});
    }
    return weights;
}

AxisWeights linear_weights(std::ptrdiff_t cells, std::ptrdiff_t blocks) {
    AxisWeights weights = cubic_weights(cells, blocks);
    for (std::ptrdiff_t c = 0; c < cells; ++c) {
        double const u = (static_cast<double>(c) + 0.5) * static_cast<double>(blocks) /
                             static_cast<double>(cells) -
                         0.5;
        auto const t = static_cast<float>(u - std::floor(u));
        weights.weight[static_cast<std::size_t>(c)] = {0.0F, 1.0F - t, t, 0.0F};
    }
    return weights;
}

NodeRows::NodeRows(std::vector<double> const& nodes, Mesh const& mesh, bool cubic)
    : mesh_{mesh}
    , down_{cubic ? cubic_weights(mesh.cells.height, mesh.blocks.height)
                  : linear_weights(mesh.cells.height, mesh.blocks.height)}
    , across_{cubic ? cubic_weights(mesh.cells.width, mesh.blocks.width)
                    : linear_weights(mesh.cells.width, mesh.blocks.width)} {
    std::ptrdiff_t const rows = mesh.blocks.height;
    std::ptrdiff_t const columns = mesh.blocks.width;
    // Value at a padded index along one axis, as a sum over one or two real nodes.
    auto const spread = [cubic](std::ptrdiff_t i, std::ptrdiff_t n) {
        std::ptrdiff_t const k = i - 2;
        if (k >= 0 && k < n) {
            return std::array<double, 4>{static_cast<double>(k), 1.0, static_cast<double>(k), 0.0};
        }
        std::ptrdiff_t const edge = k < 0 ? 0 : n - 1;
        if (!cubic || n == 1) {
            return std::array<double, 4>{
                static_cast<double>(edge), 1.0, static_cast<double>(edge), 0.0};
        }
        std::ptrdiff_t const inner = k < 0 ? 1 : n - 2;
        auto const beyond = static_cast<double>(k < 0 ? -k : k - (n - 1));
        return std::array<double, 4>{
            static_cast<double>(edge), 1.0 + beyond, static_cast<double>(inner), -beyond};
    };
    padded_.resize(static_cast<std::size_t>((rows + 4) * (columns + 4)));
    for (std::ptrdiff_t y = 0; y < rows + 4; ++y) {
        auto const sy = spread(y, rows);
        for (std::ptrdiff_t x = 0; x < columns + 4; ++x) {
            auto const sx = spread(x, columns);
            auto const node = [&](double ny, double nx) {
                return nodes[mesh_.at(static_cast<std::ptrdiff_t>(ny),
                                      static_cast<std::ptrdiff_t>(nx))];
            };
            padded_[static_cast<std::size_t>(y * (columns + 4) + x)] = static_cast<float>(
                sy[1] * (sx[1] * node(sy[0], sx[0]) + sx[3] * node(sy[0], sx[2])) +
                sy[3] * (sx[1] * node(sy[2], sx[0]) + sx[3] * node(sy[2], sx[2])));
        }
    }
}

void NodeRows::row(std::ptrdiff_t y, std::vector<float>& scratch, float* out) const {
    std::ptrdiff_t const pitch = mesh_.blocks.width + 4;
    scratch.assign(static_cast<std::size_t>(pitch), 0.0F);
    auto const row = static_cast<std::size_t>(y);
    for (std::size_t k = 0; k < 4; ++k) {
        float const* nodes =
            padded_.data() + (down_.first[row] + static_cast<std::ptrdiff_t>(k)) * pitch;
        for (std::size_t i = 0; i < scratch.size(); ++i) {
            scratch[i] += down_.weight[row][k] * nodes[i];
        }
    }
    for (std::size_t x = 0; x < across_.first.size(); ++x) {
        float const* nodes = scratch.data() + across_.first[x];
        auto const& weight = across_.weight[x];
        out[x] = weight[0] * nodes[0] + weight[1] * nodes[1] + weight[2] * nodes[2] +
                 weight[3] * nodes[3];
    }
}

void subtract_background(Frame const& frame,
                         Background const& background,
                         Cells& cells,
                         unsigned threads) {
    auto const pitch = static_cast<std::size_t>(frame.shape.width);
    auto const width = static_cast<std::size_t>(cells.shape.width);
    for (std::size_t p = 0; p < plane_count; ++p) {
        NodeRows const nodes{background.level_dn[p], background.mesh, true};
        std::size_t const first = first_photosite(frame, p);
        std::size_t const bands = (static_cast<std::size_t>(cells.shape.height) + 31) / 32;
        parallel_blocks(bands, threads, [&](std::size_t band) {
            std::vector<float> scratch;
            std::vector<float> level(width);
            auto const last =
                std::min(cells.shape.height, static_cast<std::ptrdiff_t>(band * 32 + 32));
            for (auto y = static_cast<std::ptrdiff_t>(band * 32); y < last; ++y) {
                nodes.row(y, scratch, level.data());
                std::size_t const row = cells.at(y, 0);
                float const* value =
                    frame.value.data() + first + 2 * static_cast<std::size_t>(y) * pitch;
                for (std::size_t x = 0; x < width; ++x) {
                    cells.residual[p][row + x] =
                        cells.is_good(row + x, p) ? value[2 * x] - level[x] : 0.0F;
                }
            }
        });
    }
}

} // namespace cmq::detect
