// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/area_levels.hpp"

#include "detect/cell_loops.hpp"
#include "detect/row_loops.hpp"
#include "detect/sample_loops.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cmq::detect {
namespace {

constexpr double fewest_sites = 0.15;   // good ones of a plane in a block, share of those looked at
constexpr double near_sigmas = 3.0;     // of the noise model: what counts for a block's level
constexpr std::size_t most_sorted = 32; // values of a block that are sorted with seven others

// A saturated photosite is at least as bright as it shows: without it the middle of a very bright stain would have no level
// at all.
bool counts(std::uint8_t mask) {
    return (mask & ~mask_bit::saturated) == 0;
}

bool all_count_of(std::uint8_t const* mask, std::size_t count) {
    std::uint8_t any = 0;
    for (std::size_t x = 0; x < count; ++x) {
        any = static_cast<std::uint8_t>(any | mask[x]);
    }
    return counts(any);
}

// Every 16th row of a plane; of the smallest blocks two.
std::ptrdiff_t step_of(std::ptrdiff_t side) {
    return std::min<std::ptrdiff_t>(16, side / 2);
}

} // namespace

AreaLevels::AreaLevels(Frame const& frame, std::ptrdiff_t side)
    : frame_{frame}
    , side_{side}
    , half_{static_cast<std::size_t>(frame.shape.width / 2)}
    , each_{static_cast<std::size_t>(side / 2)}
    , rows_{static_cast<std::size_t>(side / step_of(side))} {}

AreaLevels::MaskRow AreaLevels::mask_of(std::uint8_t const* first) const {
    return {first, all_count_of(first, static_cast<std::size_t>(frame_.shape.width))};
}

AreaLevels::MaskRow const& AreaLevels::mask_row(std::size_t plane, std::size_t i) const {
    auto const offset = frame_.cfa.offset(static_cast<Plane>(plane));
    return masks_[static_cast<std::size_t>(offset[0]) * rows_ + i];
}

void AreaLevels::read(std::ptrdiff_t row) {
    for (auto& values : values_) {
        values.resize(rows_ * half_);
    }
    masks_.clear();
    for (std::ptrdiff_t k = 0; k < 2; ++k) {
        auto const left = static_cast<std::size_t>(frame_.cfa.at(k, 0));
        auto const right = static_cast<std::size_t>(frame_.cfa.at(k, 1));
        for (std::size_t i = 0; i < rows_; ++i) {
            std::ptrdiff_t const y =
                row * side_ + static_cast<std::ptrdiff_t>(i) * step_of(side_) + k;
            cell_loops().split(frame_.value.data() + y * frame_.shape.width,
                               half_,
                               values_[left].data() + i * half_,
                               values_[right].data() + i * half_);
            masks_.push_back(mask_of(frame_.mask.data() + y * frame_.shape.width));
        }
    }
}

bool AreaLevels::all_count(std::size_t plane, std::size_t first, std::size_t blocks) const {
    for (std::size_t i = 0; i < rows_; ++i) {
        MaskRow const& row = mask_row(plane, i);
        if (!row.all_count && !all_count_of(row.first + 2 * first * each_, 2 * blocks * each_)) {
            return false;
        }
    }
    return true;
}

void AreaLevels::measure(std::size_t plane, std::vector<std::optional<double>>& levels) {
    levels.resize(static_cast<std::size_t>(frame_.shape.width / side_));
    std::size_t x = 0;
    while (x < levels.size()) {
        if (rows_ * each_ <= most_sorted && x + lanes <= levels.size() &&
            all_count(plane, x, lanes)) {
            measure_eight(plane, x, levels.data() + x);
            x += lanes;
        } else {
            levels[x] = measure_one(plane, x);
            ++x;
        }
    }
}

// Beyond it a value does not count.
float AreaLevels::reach(std::size_t plane, float median) const {
    auto const near = static_cast<float>(
        near_sigmas *
        std::sqrt(frame_.noise.variance(static_cast<Plane>(plane), static_cast<double>(median))));
    return std::nextafter(near, std::numeric_limits<float>::infinity());
}

void AreaLevels::measure_eight(std::size_t plane,
                               std::size_t first,
                               std::optional<double>* levels) {
    std::size_t const count = rows_ * each_;
    taken_.resize(count * lanes);
    for (std::size_t i = 0; i < rows_; ++i) {
        float const* value = values_[plane].data() + i * half_ + first * each_;
        float* out = taken_.data() + i * each_ * lanes;
        for (std::size_t x = 0; x < each_; ++x) {
            for (std::size_t k = 0; k < lanes; ++k) {
                out[x * lanes + k] = value[k * each_ + x];
            }
        }
    }
    sample_loops().sort_eight(taken_.data(), count);
    std::array<float, lanes> medians{};
    std::array<float, lanes> reaches{};
    for (std::size_t k = 0; k < lanes; ++k) {
        medians[k] = taken_[count / 2 * lanes + k];
        reaches[k] = reach(plane, medians[k]);
    }
    NearSums near;
    sample_loops().near_eight(taken_.data(), count, medians, reaches, near);
    for (std::size_t k = 0; k < lanes; ++k) {
        // Raw values are whole numbers, and so is their median: the mean of what lies near it is not.
        levels[k] =
            static_cast<double>(medians[k]) + static_cast<double>(near.sum[k] / near.count[k]);
    }
}

std::optional<double> AreaLevels::measure_one(std::size_t plane, std::size_t block) {
    auto const offset = frame_.cfa.offset(static_cast<Plane>(plane));
    taken_.resize(rows_ * each_);
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
        float const* value = values_[plane].data() + i * half_ + block * each_;
        std::uint8_t const* mask = mask_row(plane, i).first + 2 * block * each_;
        for (std::size_t x = 0; x < each_; ++x) {
            taken_[count] = value[x];
            count += counts(mask[2 * x + static_cast<std::size_t>(offset[1])]) ? 1U : 0U;
        }
    }
    if (count == 0 ||
        static_cast<double>(count) < fewest_sites * static_cast<double>(rows_ * each_)) {
        return std::nullopt;
    }
    float const median = sample_loops().select(taken_.data(), count, count / 2);
    LaneMoments moments;
    row_loops().moments(
        taken_.data(), static_cast<std::ptrdiff_t>(count), median, reach(plane, median), moments);
    double sum = 0.0;
    double near = 0.0;
    for (std::size_t k = 0; k < lanes; ++k) {
        sum += static_cast<double>(moments.sum[k]);
        near += static_cast<double>(moments.count[k]);
    }
    return static_cast<double>(median) + (near > 0.0 ? sum / near : 0.0);
}

} // namespace cmq::detect
