// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/block_level.hpp"

#include "detect/cell_loops.hpp"
#include "detect/row_loops.hpp"
#include "detect/sample_loops.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::detect {
namespace {

constexpr double least_share = 0.15; // of a block's photosites for a level of its own
constexpr float mad_to_sd = 1.4826F; // of a normal distribution
constexpr float clip_sd = 8.0F;
constexpr float endless = std::numeric_limits<float>::infinity();
constexpr std::size_t sample_step = 4; // cells each way: 64 photosites of a block of 32 x 32

float median(std::vector<float> const& values) {
    return sample_loops().select(values.data(), values.size(), values.size() / 2);
}

struct Sums {
    double sum = 0.0; // of value - centre
    double count = 0.0;
};

Sums sums_near(std::vector<float> const& values, PlausibleRange const& range) {
    LaneMoments moments;
    row_loops().moments(values.data(),
                        static_cast<std::ptrdiff_t>(values.size()),
                        range.centre,
                        range.reach,
                        moments);
    Sums sums;
    for (std::size_t k = 0; k < lanes; ++k) {
        sums.sum += static_cast<double>(moments.sum[k]);
        sums.count += static_cast<double>(moments.count[k]);
    }
    return sums;
}

} // namespace

void BlockReader::read(Span rows, Span columns) {
    rows_ = rows;
    columns_ = columns;
    auto const width = static_cast<std::size_t>(columns.last - columns.first);
    std::size_t const area = width * static_cast<std::size_t>(rows.last - rows.first);
    PerPlane<float*> out{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        values_[p].resize(area);
        out[p] = values_[p].data();
    }
    flags_.resize(area);
    std::uint8_t* flags = flags_.data();
    for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
        float const* upper = frame_.value.data() + 2 * (y * frame_.shape.width + columns.first);
        std::array<float const*, 2> const row{upper, upper + frame_.shape.width};
        for (std::size_t k = 0; k < row.size(); ++k) {
            auto const left = static_cast<std::size_t>(frame_.cfa.cell[2 * k]);
            auto const right = static_cast<std::size_t>(frame_.cfa.cell[2 * k + 1]);
            cell_loops().split(row[k], width, out[left], out[right]);
            out[left] += width;
            out[right] += width;
        }
        std::copy_n(cells_.flags.data() + cells_.at(y, columns.first), width, flags);
        flags += width;
    }
    std::uint8_t all = all_planes;
    std::uint8_t any = 0;
    for (std::uint8_t const f : flags_) {
        all = static_cast<std::uint8_t>(all & f);
        any = static_cast<std::uint8_t>(any | f);
    }
    whole_ = all == all_planes && (any & source_bit) == 0;
}

bool BlockReader::takes_part(std::size_t i, std::size_t plane) const noexcept {
    unsigned const flags = flags_[i];
    return whole_ || (((flags >> plane) & 1U) != 0 && (flags & source_bit) == 0);
}

// Some photosites of a plane. Rows begin at different columns, or a weave of that period would be seen in one phase.
void BlockReader::sample(std::size_t plane) {
    auto const width = static_cast<std::size_t>(columns_.last - columns_.first);
    auto const height = static_cast<std::size_t>(rows_.last - rows_.first);
    sample_.clear();
    for (std::size_t y = 0; y < height; y += sample_step) {
        for (std::size_t x = y / sample_step * 3 % sample_step; x < width; x += sample_step) {
            if (takes_part(y * width + x, plane)) {
                sample_.push_back(values_[plane][y * width + x]);
            }
        }
    }
}

// What the frame's variance has above the noise model, mean of some 16 photosites: it is smooth but for defects.
double BlockReader::extra_variance(std::size_t plane) const {
    auto const width = static_cast<std::size_t>(columns_.last - columns_.first);
    auto const height = static_cast<std::size_t>(rows_.last - rows_.first);
    std::size_t const first =
        first_photosite(frame_, plane) +
        2 * static_cast<std::size_t>(rows_.first * frame_.shape.width + columns_.first);
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t y = 0; y < height; y += 2 * sample_step) {
        for (std::size_t x = y / sample_step * 3 % sample_step; x < width; x += 2 * sample_step) {
            if (takes_part(y * width + x, plane)) {
                std::size_t const i =
                    first + 2 * (y * static_cast<std::size_t>(frame_.shape.width) + x);
                sum += static_cast<double>(frame_.variance[i]) -
                       frame_.noise.variance(static_cast<Plane>(plane),
                                             static_cast<double>(frame_.value[i]));
                count += 1.0;
            }
        }
    }
    return sum / std::max(1.0, count);
}

// The values of photosites that take part.
std::vector<float> const& BlockReader::taken(std::size_t plane) {
    if (whole_) {
        return values_[plane];
    }
    taken_.resize(values_[plane].size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < values_[plane].size(); ++i) {
        taken_[count] = values_[plane][i];
        count += takes_part(i, plane) ? 1U : 0U;
    }
    taken_.resize(count);
    return taken_;
}

PerPlane<BlockLevel> BlockReader::robust_levels(Span rows, Span columns) {
    read(rows, columns);
    PerPlane<BlockLevel> levels;
    for (std::size_t p = 0; p < plane_count; ++p) {
        BlockLevel& level = levels[p];
        sample(p);
        if (sample_.empty()) {
            continue;
        }
        float const centre = median(sample_);
        for (float& value : sample_) {
            value = std::abs(value - centre);
        }
        float const reach = clip_sd * mad_to_sd * median(sample_);
        // The next number: where most values are the same the reach is 0, and they are within it.
        level.range = {centre, std::nextafter(reach, endless)};
        auto const& values = taken(p);
        Sums const sums = sums_near(values, level.range);
        if (sums.count < std::max(1.0, least_share * static_cast<double>(flags_.size()))) {
            continue;
        }
        level.level_dn = static_cast<double>(centre) + sums.sum / sums.count;
        level.count = sums.count;
        level.left_out = static_cast<double>(values.size()) - sums.count;
        level.extra_dn2 = extra_variance(p);
    }
    return levels;
}

PerPlane<BlockLevel> BlockReader::mean_levels(Span rows, Span columns, PerPlane<double> near) {
    read(rows, columns);
    PerPlane<BlockLevel> levels;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const centre = static_cast<float>(near[p]);
        levels[p].range = {centre, endless};
        Sums const sums = sums_near(taken(p), levels[p].range);
        if (sums.count < std::max(1.0, least_share * static_cast<double>(flags_.size()))) {
            continue;
        }
        levels[p].level_dn = static_cast<double>(centre) + sums.sum / sums.count;
        levels[p].count = sums.count;
        levels[p].extra_dn2 = extra_variance(p);
    }
    return levels;
}

} // namespace cmq::detect
