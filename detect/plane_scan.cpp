// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_scan.hpp"

#include "detect/aligned_floats.hpp"
#include "detect/row_loops.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t reach = static_cast<std::ptrdiff_t>(plane_reach);
constexpr std::ptrdiff_t halo = 2 * reach; // rows of photosites that the second filter needs
constexpr std::ptrdiff_t band_blocks = 4;  // 256 rows: the halo costs 5 %
constexpr std::ptrdiff_t ring = 8;         // rows, a power of two above 2 * reach + 1
constexpr auto step_x = static_cast<std::ptrdiff_t>(lanes);
constexpr std::ptrdiff_t pad = 16;           // zeros before and behind a row: one line of the cache
constexpr double crowded_share = 1.0 / 32.0; // of the values of a band
constexpr std::array<std::ptrdiff_t, 2> sampled{4, 2}; // one row in so many for the spread

struct Scanned {
    std::array<ScaleScan, plane_scales> scale;
    bool crowded = false;
    std::ptrdiff_t missing = 0;
};

// One scale of one band.
struct Track {
    Track(std::ptrdiff_t scale_divisor, std::ptrdiff_t frame_width, PlaneFilter const& f)
        : divisor{scale_divisor}
        , width{(frame_width + scale_divisor - 1) / scale_divisor}
        , padded{(frame_width + 63) / 64 * 64 / scale_divisor}
        , filter{f}
        , groups{padded / row_group}
        , rows{static_cast<std::size_t>(ring * padded)}
        , low(static_cast<std::size_t>(groups), 0.0F) {
        for (std::size_t i = 0; i < z.size(); ++i) {
            z[i] = AlignedFloats{static_cast<std::size_t>(padded)};
            peak[i] = AlignedFloats{static_cast<std::size_t>(groups)};
        }
    }

    [[nodiscard]] float* row(std::ptrdiff_t y) { return rows.data() + (y & (ring - 1)) * padded; }

    // The rows that the filter needs for `count` rows from y on.
    template <std::size_t Count>
    [[nodiscard]] std::array<float const*, 2 * plane_reach + Count> rows_around(std::ptrdiff_t y) {
        std::array<float const*, 2 * plane_reach + Count> result{};
        for (std::size_t k = 0; k < result.size(); ++k) {
            result[k] = row(y - reach + static_cast<std::ptrdiff_t>(k));
        }
        return result;
    }

    std::ptrdiff_t divisor;
    std::ptrdiff_t width;
    std::ptrdiff_t padded; // to whole groups
    PlaneFilter filter;
    std::ptrdiff_t groups;
    AlignedFloats rows;                // filtered along x
    std::array<AlignedFloats, 2> z;    // of two rows below each other
    std::array<AlignedFloats, 2> peak; // of each group
    std::vector<float> low;            // bound of each group, of the block row `low_of`
    std::ptrdiff_t low_of = -1;
};

class Band {
public:
    Band(ImageView<float const> values,
         PlaneMesh const& mesh,
         PlaneSurface const& level,
         PlaneSurface const& weight,
         std::array<std::vector<float>, plane_scales> const& low)
        : values_{values}
        , mesh_{mesh}
        , level_{level}
        , weight_{weight}
        , low_{low}
        , tracks_{Track{1, values.shape().width, make_plane_filter(0)},
                  Track{2, values.shape().width, make_plane_filter(1)}}
        , level_row_(level.segments())
        , weight_row_(weight.segments())
        , binned_{static_cast<std::size_t>(tracks_[1].padded + 2 * pad)} {
        for (AlignedFloats& row : residual_) {
            row = AlignedFloats{static_cast<std::size_t>(tracks_[0].padded + 2 * pad)};
        }
    }

    Scanned scan(std::ptrdiff_t first, std::ptrdiff_t last) {
        first_ = first;
        last_ = last;
        for (ScaleScan& scale : out_.scale) {
            scale.spread.assign(static_cast<std::size_t>(band_blocks * mesh_.columns.blocks()),
                                BlockSpread{});
        }
        for (std::ptrdiff_t y = first - halo; y < last + halo; y += 2) {
            for (std::ptrdiff_t i = 0; i < 2; ++i) {
                fill_residual(y + i, residual_[static_cast<std::size_t>(i)].data() + pad);
            }
            take(0, y, residual_[0].data() + pad);
            take(0, y + 1, residual_[1].data() + pad);
            finish_two(0, y - reach);
            loops_.bin(residual_[0].data() + pad,
                       residual_[1].data() + pad,
                       tracks_[1].padded,
                       binned_.data() + pad);
            take(1, y / 2, binned_.data() + pad);
            finish(1, y / 2 - reach);
        }
        return std::move(out_);
    }

private:
    void fill_residual(std::ptrdiff_t y, float* out) {
        std::ptrdiff_t const width = values_.shape().width;
        if (y < 0 || y >= values_.shape().height) {
            std::fill(out, out + width, 0.0F);
            return;
        }
        level_.row(y, level_row_.data());
        // The noise changes slowly: one row of weights stands for eight.
        if (std::ptrdiff_t const middle = y / 8 * 8 + 4; middle != weight_y_) {
            weight_.row(std::min(middle, values_.shape().height - 1), weight_row_.data());
            weight_y_ = middle;
        }
        float const* source = values_.row(y).data();
        std::ptrdiff_t const whole = width / step_x * step_x;
        bool missing = loops_.residual(source, {level_row_.data(), weight_row_.data()}, whole, out);
        if (whole < width) {
            std::array<float, lanes> tail{};
            std::copy(source + whole, source + width, tail.begin());
            missing = loops_.residual(
                          tail.data(),
                          {level_row_.data() + whole / step_x, weight_row_.data() + whole / step_x},
                          step_x,
                          out + whole) ||
                      missing;
            std::fill(out + width, out + whole + step_x, 0.0F);
        }
        if (missing && y >= first_ && y < last_) {
            out_.missing += std::count_if(
                source, source + width, [](float v) { return !(std::abs(v) < 1e30F); });
        }
    }

    // Whether row y of a track is one of the band's own, or at most `margin` rows away from them.
    [[nodiscard]] bool is_near(std::size_t s, std::ptrdiff_t y, std::ptrdiff_t margin) const {
        std::ptrdiff_t const divisor = tracks_[s].divisor;
        return y >= first_ / divisor - margin && y < (last_ + divisor - 1) / divisor + margin;
    }

    [[nodiscard]] bool is_own(std::size_t s, std::ptrdiff_t y) const { return is_near(s, y, 0); }

    void take(std::size_t s, std::ptrdiff_t y, float const* in) {
        Track& track = tracks_[s];
        if (is_near(s, y, reach)) {
            loops_.along(in, track.filter.taps, track.padded, track.row(y));
        }
    }

    // Row y, all of whose neighbours have been taken.
    void finish(std::size_t s, std::ptrdiff_t y) {
        if (!is_own(s, y)) {
            return;
        }
        Track& track = tracks_[s];
        loops_.down(track.rows_around<1>(y),
                    track.filter.taps,
                    track.padded,
                    track.z[0].data(),
                    track.peak[0].data());
        keep_row(s, y, 0);
    }

    // Rows y and y + 1.
    void finish_two(std::size_t s, std::ptrdiff_t y) {
        if (!is_own(s, y) || !is_own(s, y + 1)) {
            finish(s, is_own(s, y) ? y : y + 1);
            return;
        }
        Track& track = tracks_[s];
        loops_.down_two(track.rows_around<2>(y),
                        track.filter.taps,
                        track.padded,
                        {track.z[0].data(), track.z[1].data()},
                        {track.peak[0].data(), track.peak[1].data()});
        keep_row(s, y, 0);
        keep_row(s, y + 1, 1);
    }

    void keep_row(std::size_t s, std::ptrdiff_t y, std::size_t which) {
        Track const& track = tracks_[s];
        if (y % sampled[s] == 0) {
            add_spread(s, y, track.z[which].data());
        }
        set_low(s, y);
        collect(s, y, track.z[which].data(), track.peak[which].data());
    }

    void add_spread(std::size_t s, std::ptrdiff_t y, float const* z) {
        Track const& track = tracks_[s];
        std::ptrdiff_t const by =
            mesh_.rows.block_of(y * track.divisor) - mesh_.rows.block_of(first_);
        for (std::ptrdiff_t bx = 0; bx < mesh_.columns.blocks(); ++bx) {
            Span const span = mesh_.columns.block(bx);
            std::ptrdiff_t const from = span.first / track.divisor;
            std::ptrdiff_t const to = std::min(track.width, span.last / track.divisor);
            SpreadSums sums;
            loops_.spread(z + from, to - from, sums);
            BlockSpread& block =
                out_.scale[s].spread[static_cast<std::size_t>(by * mesh_.columns.blocks() + bx)];
            block.sum2 += static_cast<double>(sums.sum2);
            block.counted += static_cast<double>(sums.counted);
            block.within += static_cast<double>(sums.within);
            block.all += static_cast<double>(to - from);
        }
    }

    // The bounds of the blocks that row y lies in, group by group.
    void set_low(std::size_t s, std::ptrdiff_t y) {
        Track& track = tracks_[s];
        std::ptrdiff_t const by = mesh_.rows.block_of(std::min(y * track.divisor, last_ - 1));
        if (by == track.low_of) {
            return;
        }
        track.low_of = by;
        std::ptrdiff_t const groups_per_block = PlaneAxis::side / (row_group * track.divisor);
        for (std::ptrdiff_t g = 0; g < track.groups; ++g) {
            std::ptrdiff_t const bx = std::min(g / groups_per_block, mesh_.columns.blocks() - 1);
            track.low[static_cast<std::size_t>(g)] = low_[s][mesh_.at(by, bx)];
        }
    }

    void collect(std::size_t s, std::ptrdiff_t y, float const* z, float const* peak) {
        Track const& track = tracks_[s];
        ScaleScan& out = out_.scale[s];
        double const most = crowded_share * static_cast<double>((last_ - first_) * track.width);
        for (std::ptrdiff_t g = 0; g < track.groups; ++g) {
            float const low = track.low[static_cast<std::size_t>(g)];
            if (!(peak[g] >= low)) {
                continue;
            }
            if (static_cast<double>(out.z.size()) > most) {
                out_.crowded = true;
                return;
            }
            std::ptrdiff_t const to = std::min((g + 1) * row_group, track.width);
            for (std::ptrdiff_t x = g * row_group; x < to; ++x) {
                if (std::abs(z[x]) >= low) {
                    add(out, y, x, z[x]);
                }
            }
        }
    }

    static void add(ScaleScan& out, std::ptrdiff_t y, std::ptrdiff_t x, float z) {
        if (!out.runs.empty()) {
            ScanRun& run = out.runs.back();
            if (run.y == y && run.x + static_cast<std::ptrdiff_t>(run.length) == x &&
                std::signbit(out.z.back()) == std::signbit(z)) {
                ++run.length;
                out.z.push_back(z);
                return;
            }
        }
        out.runs.push_back({static_cast<std::int32_t>(y),
                            static_cast<std::int32_t>(x),
                            static_cast<std::uint32_t>(out.z.size()),
                            1});
        out.z.push_back(z);
    }

    ImageView<float const> values_;
    PlaneMesh const& mesh_;
    PlaneSurface const& level_;
    PlaneSurface const& weight_;
    std::array<std::vector<float>, plane_scales> const& low_;
    RowLoops const& loops_ = row_loops();
    std::array<Track, plane_scales> tracks_;
    std::vector<float> level_row_;
    std::vector<float> weight_row_;
    std::ptrdiff_t weight_y_ = -1;
    std::array<AlignedFloats, 2> residual_;
    AlignedFloats binned_;
    std::ptrdiff_t first_ = 0;
    std::ptrdiff_t last_ = 0;
    Scanned out_;
};

} // namespace

PlaneFilter make_plane_filter(std::size_t scale) {
    PlaneFilter filter;
    std::array<double, 2 * plane_reach + 1> tap{};
    double sum = 0.0;
    double sum2 = 0.0;
    double sum3 = 0.0;
    for (std::size_t i = 0; i < tap.size(); ++i) {
        double const u =
            (static_cast<double>(i) - static_cast<double>(plane_reach)) / plane_filter_sd;
        tap[i] = std::exp(-0.5 * u * u);
        sum += tap[i];
        sum2 += tap[i] * tap[i];
        sum3 += tap[i] * tap[i] * tap[i];
    }
    double const divisor = scale == 0 ? 1.0 : 2.0; // root of the photosites in a sum
    double const norm = std::sqrt(sum2 * divisor); // along one axis
    double lags = 0.0;                             // sum of squared correlations along one axis
    for (std::size_t lag = 0; lag < tap.size(); ++lag) {
        double product = 0.0;
        for (std::size_t i = 0; i + lag < tap.size(); ++i) {
            product += tap[i] * tap[i + lag];
        }
        lags += (lag == 0 ? 1.0 : 2.0) * (product / sum2) * (product / sum2);
    }
    for (std::size_t i = 0; i <= plane_reach; ++i) {
        filter.taps[i] = static_cast<float>(tap[plane_reach + i] / norm);
    }
    filter.level_gain = sum * sum / sum2 * divisor;
    filter.skewness_gain = sum3 * sum3 / (sum2 * sum2 * sum2) / divisor;
    // Every fourth row alone is looked at (second filter: every other), which leaves all but a few
    // percent of the information in this direction.
    double const values = 64.0 * 64.0 / (divisor * divisor);
    filter.samples_per_block = values / (lags * std::max(lags, 4.0 / divisor));
    return filter;
}

PlaneScan scan_plane(ImageView<float const> values,
                     PlaneMesh const& mesh,
                     PlaneSurface const& level,
                     PlaneSurface const& weight,
                     std::array<std::vector<float>, plane_scales> const& low,
                     unsigned threads) {
    std::ptrdiff_t const block_rows = mesh.rows.blocks();
    auto const bands = static_cast<std::size_t>((block_rows + band_blocks - 1) / band_blocks);
    std::vector<Scanned> scanned(bands);
    parallel_blocks(bands, threads, [&](std::size_t b) {
        auto const first = static_cast<std::ptrdiff_t>(b) * band_blocks;
        std::ptrdiff_t const last = std::min(block_rows, first + band_blocks);
        scanned[b] = Band{values, mesh, level, weight, low}.scan(mesh.rows.block(first).first,
                                                                 mesh.rows.block(last - 1).last);
    });
    PlaneScan result;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        ScaleScan& all = result.scale[s];
        all.spread.assign(mesh.blocks(), BlockSpread{});
        for (std::size_t b = 0; b < bands; ++b) {
            ScaleScan const& part = scanned[b].scale[s];
            result.crowded = result.crowded || scanned[b].crowded;
            result.missing += s == 0 ? scanned[b].missing : 0;
            auto const offset = static_cast<std::uint32_t>(all.z.size());
            for (ScanRun run : part.runs) {
                run.first += offset;
                all.runs.push_back(run);
            }
            all.z.insert(all.z.end(), part.z.begin(), part.z.end());
            std::size_t const before =
                b * static_cast<std::size_t>(band_blocks * mesh.columns.blocks());
            std::copy_n(part.spread.begin(),
                        std::min(static_cast<std::size_t>(band_blocks * mesh.columns.blocks()),
                                 mesh.blocks() - before),
                        all.spread.begin() + static_cast<std::ptrdiff_t>(before));
        }
    }
    return result;
}

} // namespace cmq::detect
