// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mark_defects.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"
#include "system/processor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace cmq::capture {
namespace {

constexpr double least_light_beside = 0.09; // of the excess, in the four side neighbours together
constexpr double most_same_plane = 0.1;
constexpr double dead_share = 0.8;
constexpr float prefilter_sigmas = 50;             // the full test cannot pass below about 70
constexpr std::size_t reach = DefectSearch::reach; // photosites looked at on each side

// A photosite and what stands around it.
class Neighbourhood {
public:
    Neighbourhood(Frame const& frame, std::ptrdiff_t y, std::ptrdiff_t x)
        : frame_{frame}
        , y_{y}
        , x_{x} {}

    [[nodiscard]] double value(std::ptrdiff_t dy, std::ptrdiff_t dx) const {
        return static_cast<double>(
            frame_.value[static_cast<std::size_t>((y_ + dy) * frame_.shape.width + x_ + dx)]);
    }

    [[nodiscard]] std::array<double, 8> same_plane() const {
        return {value(-2, -2),
                value(-2, 0),
                value(-2, 2),
                value(0, -2),
                value(0, 2),
                value(2, -2),
                value(2, 0),
                value(2, 2)};
    }

    // What the four side neighbours have above photosites of their own plane that lie two further out.
    [[nodiscard]] double excess_beside() const {
        return beside(0, 1) + beside(0, -1) + beside(1, 0) + beside(-1, 0);
    }

    // Standard deviation of that sum: four values, and a background each of three.
    [[nodiscard]] double sigma_beside() const {
        double variance = 0;
        for (auto const [dy, dx] : sides) {
            Plane const plane = frame_.cfa.at(y_ + dy, x_ + dx);
            variance += frame_.noise.variance(plane, background(dy, dx)) * (1 + 1.57 / 3);
        }
        return std::sqrt(
            variance); // 1.57 = pi / 2: the variance of a median against that of a mean
    }

private:
    static constexpr std::array<std::array<std::ptrdiff_t, 2>, 4> sides{
        {{0, 1}, {0, -1}, {1, 0}, {-1, 0}}};

    [[nodiscard]] double beside(std::ptrdiff_t dy, std::ptrdiff_t dx) const {
        return value(dy, dx) - background(dy, dx);
    }

    // The three photosites of the neighbour's plane that lie outwards of it.
    [[nodiscard]] double background(std::ptrdiff_t dy, std::ptrdiff_t dx) const {
        double const a = value(3 * dy, 3 * dx);
        double const b = value(dy + 2 * dx, dx + 2 * dy);
        double const c = value(dy - 2 * dx, dx - 2 * dy);
        return std::max(std::min(a, b), std::min(std::max(a, b), c));
    }

    Frame const& frame_;
    std::ptrdiff_t y_;
    std::ptrdiff_t x_;
};

double median_of(std::array<double, 8> values) {
    std::ranges::sort(values);
    return (values[3] + values[4]) / 2;
}

bool stands_alone(Neighbourhood const& around, double excess, double middle, double sign) {
    double const allowed = most_same_plane * excess;
    bool const quiet = std::ranges::all_of(around.same_plane(), [&](double neighbour) {
        return sign * (neighbour - middle) < allowed;
    });
    return quiet &&
           sign * around.excess_beside() + 3 * around.sigma_beside() < least_light_beside * excess;
}

std::uint8_t judge(Frame const& frame, std::ptrdiff_t y, std::ptrdiff_t x) {
    Neighbourhood const around{frame, y, x};
    auto const neighbours = around.same_plane();
    double const value = around.value(0, 0);
    // No neighbour of a lone photosite reaches a tenth of its excess, much less the whole: most candidates end here.
    if (auto const [least, most] = std::ranges::minmax(neighbours);
        value <= most && value >= least) {
        return 0;
    }
    double const middle = median_of(neighbours);
    double const excess = value - middle;
    if (excess > 0 && stands_alone(around, excess, middle, 1)) {
        return mask_bit::hot;
    }
    if (-excess > dead_share * middle && stands_alone(around, -excess, middle, -1)) {
        return mask_bit::dead;
    }
    return 0;
}

// Cheap first look: far from both neighbours of the same plane on its row.
[[gnu::always_inline]] inline std::uint32_t is_far(float const* value, float variance) {
    float const left = value[-2];
    float const right = value[2];
    float const most = left > right ? left : right;
    float const least = left > right ? right : left;
    float const up = *value - most;
    float const down = least - *value;
    float const step = up > down ? up : down;
    // The variance of a bright photosite is mostly its own light's; a tenth is a safe bound for around it.
    constexpr float by_variance = prefilter_sigmas * prefilter_sigmas * 0.1F;
    // Both are cheap, a branch is not.
    return (step > 0.0F ? 1U : 0U) & (step * step > by_variance * variance ? 1U : 0U);
}

// Whether any of some photosites is. Without branches, so that it compiles to vector instructions.
using AnyFar = bool (*)(float const* value, float const* variance, std::size_t count);

[[gnu::always_inline]] inline bool
any_far_body(float const* value, float const* variance, std::size_t count) {
    std::uint32_t any = 0;
    for (std::size_t x = 0; x < count; ++x) {
        any |= is_far(value + x, variance[x]);
    }
    return any != 0;
}

struct AnyProcessor {
    static bool any_far(float const* value, float const* variance, std::size_t count) {
        return any_far_body(value, variance, count);
    }

    static constexpr AnyFar table = any_far;
};

struct WithAvx2 {
    CMQ_AVX2 static bool any_far(float const* value, float const* variance, std::size_t count) {
        return any_far_body(value, variance, count);
    }

    static constexpr AnyFar table = any_far;
};

// Calls found(x, bit) for defects of one row that has its neighbours.
template <class FoundOne>
void find_in_row(Frame const& frame, std::ptrdiff_t y, AnyFar any_far, FoundOne found) {
    constexpr std::size_t stretch = 64;
    auto const width = static_cast<std::size_t>(frame.shape.width);
    auto const start = static_cast<std::size_t>(y) * width;
    auto const* value = frame.value.data() + start;
    auto const* variance = frame.variance.data() + start;
    for (std::size_t first = reach; first + reach < width; first += stretch) {
        std::size_t const count = std::min(stretch, width - reach - first);
        if (!any_far(value + first, variance + first, count)) {
            continue;
        }
        for (std::size_t i = first; i < first + count; ++i) {
            bool const is_known = (frame.mask[start + i] & mask_bit::no_data) != 0;
            if (is_far(value + i, variance[i]) == 0 || is_known) {
                continue;
            }
            auto const x = static_cast<std::ptrdiff_t>(i);
            if (auto const bit = judge(frame, y, x); bit != 0) {
                found(x, bit);
            }
        }
    }
}

} // namespace

void DefectSearch::look(Frame const& frame, std::size_t first, std::size_t last) {
    AnyFar const any_far = loops_for_this_processor<AnyProcessor, WithAvx2>();
    for (std::size_t row = std::max(first, reach); row < std::min(last, found_.size()); ++row) {
        if (row + reach < found_.size()) {
            find_in_row(frame,
                        static_cast<std::ptrdiff_t>(row),
                        any_far,
                        [&](std::ptrdiff_t x, std::uint8_t bit) {
                            found_[row].push_back({x, bit});
                        });
        }
    }
}

Defects DefectSearch::mark(Frame& frame) const {
    Defects defects;
    for (std::size_t row = 0; row < found_.size(); ++row) {
        for (Found const& one : found_[row]) {
            frame.mask[row * static_cast<std::size_t>(frame.shape.width) +
                       static_cast<std::size_t>(one.x)] |= one.bit;
            ++(one.bit == mask_bit::hot ? defects.hot : defects.dead);
        }
    }
    return defects;
}

Defects mark_defects(Frame& frame, unsigned threads) {
    CMQ_EXPECTS(frame.shape.height >= 0);
    DefectSearch search{frame.shape};
    constexpr std::size_t rows_a_block = 64;
    auto const height = static_cast<std::size_t>(frame.shape.height);
    parallel_blocks((height + rows_a_block - 1) / rows_a_block, threads, [&](std::size_t block) {
        search.look(frame, block * rows_a_block, (block + 1) * rows_a_block);
    });
    return search.mark(frame);
}

} // namespace cmq::capture
