// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_background.hpp"

#include "detect/row_loops.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace cmq::detect {
namespace {

constexpr double clip_sd = 4.5;      // a normal mean moves by 1e-5 sd when a sample's median is off
constexpr double least_share = 0.15; // of a block's photosites for a level of its own
constexpr double least_variance = 1e-12;

// Median and spread of 32 photosites of a block; the spread from those below the median, since light
// adds to the others only.
struct RoughLevel {
    double median = 0.0;
    double sd = 0.0;
    bool known = false;
};

constexpr std::ptrdiff_t across = 8; // beside each other: one line of the cache
constexpr std::ptrdiff_t down = 4;
using Sample = std::array<float, across * down>;

// The values of two ranks, by counting for each how many lie below it: so few are not worth sorting, and counting
// has no branches.
std::array<float, 2> values_of_rank(Sample const& sample, std::array<std::size_t, 2> const& rank) {
    std::array<std::int32_t, std::tuple_size_v<Sample>> below{};
    std::array<std::int32_t, std::tuple_size_v<Sample>> not_above{};
    for (float const other : sample) {
        for (std::size_t i = 0; i < sample.size(); ++i) {
            below[i] += other < sample[i] ? 1 : 0;
            not_above[i] += other <= sample[i] ? 1 : 0;
        }
    }
    std::array<float, 2> result{};
    for (std::size_t i = 0; i < sample.size(); ++i) {
        for (std::size_t r = 0; r < 2; ++r) {
            auto const wanted = static_cast<std::int32_t>(rank[r]);
            result[r] = below[i] <= wanted && wanted < not_above[i] ? sample[i] : result[r];
        }
    }
    return result;
}

RoughLevel rough_level(ImageView<float const> values, Span rows, Span columns) {
    Sample sample;
    sample.fill(std::numeric_limits<float>::infinity()); // without a value: above all others
    std::size_t n = 0;
    std::ptrdiff_t const height = rows.last - rows.first;
    std::ptrdiff_t const width = columns.last - columns.first;
    for (std::ptrdiff_t j = 0; j < down; ++j) {
        std::ptrdiff_t const x = columns.first + (j * 5 % 8) * (width / 8); // each row elsewhere
        auto const row = values.row(rows.first + (2 * j + 1) * height / (2 * down));
        for (std::ptrdiff_t i = x; i < x + across; ++i) {
            float const v = row[static_cast<std::size_t>(i)];
            if (std::abs(v) < 1e30F) {
                sample[n++] = v;
            }
        }
    }
    if (n < 8) {
        return {};
    }
    auto const [median, low] = values_of_rank(sample, {n / 2, n * 10 / 63}); // 16 %: one sd below
    return {static_cast<double>(median), static_cast<double>(median - low), true};
}

// A sample of 32 knows a spread to a quarter of it; those beside it make that better.
void pool_spread(std::vector<RoughLevel>& rough) {
    std::vector<RoughLevel> const single = rough;
    for (std::size_t b = 0; b < rough.size(); ++b) {
        double sum = 0.0;
        double n = 0.0;
        for (std::size_t i = b > 1 ? b - 2 : 0; i < std::min(single.size(), b + 3); ++i) {
            sum += single[i].known ? single[i].sd : 0.0;
            n += single[i].known ? 1.0 : 0.0;
        }
        rough[b].sd = n > 0.0 ? sum / n : 0.0;
    }
}

PlaneClip make_clip(RoughLevel const& rough, PlaneNoise const& noise) {
    if (!rough.known) {
        return {};
    }
    // Under a known noise the sample only says how much texture there may be.
    double const model = noise.is_known() ? std::sqrt(noise.variance(rough.median)) : 0.0;
    double const sd = std::max({model, rough.sd, 1e-6 * std::abs(rough.median), 1e-6});
    return {static_cast<float>(rough.median), static_cast<float>(clip_sd * sd), {}};
}

struct BlockLevel {
    double level = 0.0;
    double variance = 0.0;
    double count = 0.0;
};

double sum_of(std::array<float, lanes> const& values) {
    double sum = 0.0;
    for (float const v : values) {
        sum += static_cast<double>(v);
    }
    return sum;
}

// Too few photosites: count is 0.
BlockLevel to_level(PlaneClip const& clip, double area, PlaneNoise const& noise) {
    double const count = sum_of(clip.moments.count);
    if (count < least_share * area || count < 1.0) {
        return {};
    }
    double const mean = sum_of(clip.moments.sum) / count;
    double const level = static_cast<double>(clip.centre) + mean;
    double const measured = sum_of(clip.moments.sum2) / count - mean * mean;
    double const variance = noise.is_known() ? noise.variance(level) : measured;
    return {level, std::max(variance, least_variance), count};
}

double area_of(Span rows, Span columns) {
    return static_cast<double>((rows.last - rows.first) * (columns.last - columns.first));
}

// Gives a block the mean of the known ones among the 3 x 3 around; false when there is none.
bool take_mean_around(PlaneMesh const& mesh,
                      std::vector<double> const& known,
                      std::ptrdiff_t by,
                      std::ptrdiff_t bx,
                      PlaneBackground& background) {
    double level = 0.0;
    double variance = 0.0;
    double n = 0.0;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, by - 1);
         y < std::min(mesh.rows.blocks(), by + 2);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, bx - 1);
             x < std::min(mesh.columns.blocks(), bx + 2);
             ++x) {
            double const use = known[mesh.at(y, x)] > 0.0 ? 1.0 : 0.0;
            level += use * background.level_dn[mesh.at(y, x)];
            variance += use * background.variance_dn2[mesh.at(y, x)];
            n += use;
        }
    }
    if (n > 0.0) {
        background.level_dn[mesh.at(by, bx)] = level / n;
        background.variance_dn2[mesh.at(by, bx)] = variance / n;
    }
    return n > 0.0;
}

// Blocks without a level take the mean of the known ones around them, ring by ring.
void fill_gaps(PlaneMesh const& mesh, PlaneBackground& background) {
    std::vector<double> known = background.photosites;
    for (bool any = true; any;) {
        any = false;
        std::vector<double> const before = known;
        for (std::size_t b = 0; b < before.size(); ++b) {
            auto const by = static_cast<std::ptrdiff_t>(b) / mesh.columns.blocks();
            auto const bx = static_cast<std::ptrdiff_t>(b) % mesh.columns.blocks();
            if (!(before[b] > 0.0) && take_mean_around(mesh, before, by, bx, background)) {
                known[b] = 1.0;
                any = true;
            }
        }
    }
}

} // namespace

double PlaneAxis::middle(std::ptrdiff_t block_index) const noexcept {
    Span const span = block(block_index);
    return 0.5 * static_cast<double>(span.first + span.last - 1);
}

// The block middle before a position that lies between the outer ones.
std::ptrdiff_t PlaneAxis::interval(double position) const noexcept {
    std::ptrdiff_t const k = std::min(static_cast<std::ptrdiff_t>(position) / side, blocks() - 2);
    return position < middle(k) ? k - 1 : k;
}

PlaneAxis::Weights PlaneAxis::at(double position) const noexcept {
    std::ptrdiff_t const n = blocks();
    if (n == 1) {
        return {{0, 0, 0, 0}, {1.0F, 0.0F, 0.0F, 0.0F}};
    }
    if (position <= middle(0) || position >= middle(n - 1)) {
        std::ptrdiff_t const a = position <= middle(0) ? 0 : n - 1;
        std::ptrdiff_t const b = position <= middle(0) ? 1 : n - 2;
        double const t = (position - middle(a)) / (middle(b) - middle(a));
        return {{a, b, a, b}, {static_cast<float>(1.0 - t), static_cast<float>(t), 0.0F, 0.0F}};
    }
    std::ptrdiff_t const k = interval(position);
    double const h = middle(k + 1) - middle(k);
    double const t = (position - middle(k)) / h;
    std::ptrdiff_t const before = std::max<std::ptrdiff_t>(0, k - 1);
    std::ptrdiff_t const after = std::min(n - 1, k + 2);
    double const tangent0 = (t * (1.0 - t) * (1.0 - t)) * h / (middle(k + 1) - middle(before));
    double const tangent1 = (t * t * (t - 1.0)) * h / (middle(after) - middle(k));
    double const up = t * t * (3.0 - 2.0 * t);
    return {{before, k, k + 1, after},
            {static_cast<float>(-tangent0),
             static_cast<float>(1.0 - up - tangent1),
             static_cast<float>(up + tangent0),
             static_cast<float>(tangent1)}};
}

PlaneAxis::Weights PlaneAxis::linear_at(double position) const noexcept {
    std::ptrdiff_t const n = blocks();
    if (n == 1 || position <= middle(0) || position >= middle(n - 1)) {
        std::ptrdiff_t const a = n == 1 || position <= middle(0) ? 0 : n - 1;
        return {{a, a, a, a}, {1.0F, 0.0F, 0.0F, 0.0F}};
    }
    std::ptrdiff_t const k = interval(position);
    double const t = (position - middle(k)) / (middle(k + 1) - middle(k));
    return {{k, k + 1, k, k}, {static_cast<float>(1.0 - t), static_cast<float>(t), 0.0F, 0.0F}};
}

PlaneSurface::PlaneSurface(std::vector<double> const& nodes, PlaneMesh const& mesh, bool cubic)
    : mesh_{mesh}
    , cubic_{cubic}
    , segments_{static_cast<std::size_t>((mesh.columns.length + 63) / 64 * 64) / lanes + 1}
    , across_(static_cast<std::size_t>(mesh.rows.blocks()) * segments_) {
    for (std::size_t s = 0; s < segments_; ++s) {
        auto const x = static_cast<double>(s * lanes);
        auto const at = cubic ? mesh.columns.at(x) : mesh.columns.linear_at(x);
        for (std::ptrdiff_t by = 0; by < mesh.rows.blocks(); ++by) {
            double sum = 0.0;
            for (std::size_t k = 0; k < 4; ++k) {
                sum += static_cast<double>(at.weight[k]) * nodes[mesh.at(by, at.node[k])];
            }
            across_[static_cast<std::size_t>(by) * segments_ + s] = static_cast<float>(sum);
        }
    }
}

void PlaneSurface::row(std::ptrdiff_t y, float* out) const {
    auto const at = weights(y);
    std::array<float const*, 4> rows{};
    for (std::size_t k = 0; k < 4; ++k) {
        rows[k] = across_.data() + static_cast<std::size_t>(at.node[k]) * segments_;
    }
    for (std::size_t s = 0; s < segments_; ++s) {
        out[s] = (at.weight[0] * rows[0][s] + at.weight[1] * rows[1][s]) +
                 (at.weight[2] * rows[2][s] + at.weight[3] * rows[3][s]);
    }
}

void PlaneSurface::photosites(std::ptrdiff_t y, Span columns, float* out) const {
    auto const at_row = weights(y);
    for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
        auto const s = static_cast<std::size_t>(x) / lanes;
        float const t = 0.125F * static_cast<float>(static_cast<std::size_t>(x) % lanes);
        float sum = 0.0F;
        for (std::size_t k = 0; k < 4; ++k) {
            float const* row =
                across_.data() + static_cast<std::size_t>(at_row.node[k]) * segments_;
            sum += at_row.weight[k] * (row[s] + t * (row[s + 1] - row[s]));
        }
        *out++ = sum;
    }
}

float PlaneSurface::at(std::ptrdiff_t y, std::ptrdiff_t x) const {
    float value = 0.0F;
    photosites(y, {x, x + 1}, &value);
    return value;
}

PlaneBackground measure_plane_background(ImageView<float const> values,
                                         PlaneMesh const& mesh,
                                         PlaneNoise const& noise,
                                         unsigned threads) {
    PlaneBackground result;
    result.level_dn.assign(mesh.blocks(), 0.0);
    result.variance_dn2.assign(mesh.blocks(), 1.0);
    result.photosites.assign(mesh.blocks(), 0.0);
    result.clip.assign(mesh.blocks(), PlaneClip{});
    parallel_blocks(static_cast<std::size_t>(mesh.rows.blocks()), threads, [&](std::size_t row) {
        auto const by = static_cast<std::ptrdiff_t>(row);
        Span const rows = mesh.rows.block(by);
        std::vector<RoughLevel> rough;
        for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
            rough.push_back(rough_level(values, rows, mesh.columns.block(bx)));
        }
        pool_spread(rough);
        PlaneClip* clips = result.clip.data() + mesh.at(by, 0);
        for (std::size_t bx = 0; bx < rough.size(); ++bx) {
            clips[bx] = make_clip(rough[bx], noise);
        }
        for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) { // in the order of the memory
            float const* source = values.row(y).data();
            for (std::size_t bx = 0; bx < rough.size(); ++bx) {
                Span const columns = mesh.columns.block(static_cast<std::ptrdiff_t>(bx));
                PlaneClip& clip = clips[bx];
                row_loops().moments(source + columns.first,
                                    columns.last - columns.first,
                                    clip.centre,
                                    clip.reach,
                                    clip.moments);
            }
        }
        for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
            BlockLevel const block = to_level(
                clips[static_cast<std::size_t>(bx)], area_of(rows, mesh.columns.block(bx)), noise);
            if (block.count > 0.0) {
                std::size_t const b = mesh.at(by, bx);
                result.level_dn[b] = block.level;
                result.variance_dn2[b] = block.variance;
                result.photosites[b] = block.count;
            }
        }
    });
    fill_gaps(mesh, result);
    return result;
}

void leave_out(ImageView<float const> values,
               PlaneMesh const& mesh,
               PlaneNoise const& noise,
               std::vector<PlaneRun> const& runs,
               PlaneBackground& background) {
    std::vector<bool> changed(mesh.blocks(), false);
    std::vector<PlaneClip> rest = background.clip;
    constexpr std::size_t ahead = 16; // runs: of rows that lie in other pages
    for (std::size_t i = 0; i < runs.size(); ++i) {
        PlaneRun const& run = runs[i];
        PlaneRun const& later = runs[std::min(i + ahead, runs.size() - 1)];
        __builtin_prefetch(values.row(later.y).data() + later.first);
        auto const row = values.row(run.y);
        std::ptrdiff_t const by = mesh.rows.block_of(run.y);
        std::ptrdiff_t const last = mesh.columns.block_of(run.last - 1);
        for (std::ptrdiff_t bx = mesh.columns.block_of(run.first); bx <= last; ++bx) {
            Span const columns = mesh.columns.block(bx);
            PlaneClip& clip = rest[mesh.at(by, bx)];
            changed[mesh.at(by, bx)] = true;
            for (std::ptrdiff_t x = std::max(run.first, columns.first);
                 x < std::min(run.last, columns.last);
                 ++x) {
                float const v = row[static_cast<std::size_t>(x)] - clip.centre;
                if (v > -clip.reach && v < clip.reach) {
                    clip.moments.count[0] -= 1.0F;
                    clip.moments.sum[0] -= v;
                    clip.moments.sum2[0] -= v * v;
                }
            }
        }
    }
    for (std::size_t b = 0; b < mesh.blocks(); ++b) {
        if (!changed[b]) {
            continue;
        }
        auto const by = static_cast<std::ptrdiff_t>(b) / mesh.columns.blocks();
        auto const bx = static_cast<std::ptrdiff_t>(b) % mesh.columns.blocks();
        BlockLevel const block =
            to_level(rest[b], area_of(mesh.rows.block(by), mesh.columns.block(bx)), noise);
        background.photosites[b] = block.count;
        if (block.count > 0.0) {
            background.level_dn[b] = block.level;
            background.variance_dn2[b] =
                noise.is_known() ? block.variance : background.variance_dn2[b];
        }
    }
    fill_gaps(mesh, background);
}

} // namespace cmq::detect
