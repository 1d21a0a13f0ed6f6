// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/frame_contrasts.hpp"

#include "system/parallel.hpp"

#include <algorithm>

namespace cmq::capture {
namespace {

constexpr std::size_t rows_a_block = 64;
constexpr std::size_t most_bands = 64;

} // namespace

Bands::Bands(Shape const& visible)
    : rows{static_cast<std::size_t>(visible.height) / 2}
    , count{std::min(most_bands, rows / block_side)} {
    CMQ_EXPECTS(count > 0);
}

std::size_t Bands::of_row(std::size_t row_of_plane) const noexcept {
    std::size_t const blocks = rows / block_side;
    std::size_t const block = std::min(row_of_plane / block_side, blocks - 1);
    return block * count / blocks;
}

ContrastSums& ContrastSums::operator+=(ContrastSums const& other) noexcept {
    within_squares += other.within_squares;
    within_degrees += other.within_degrees;
    row_squares += other.row_squares;
    rows += other.rows;
    row_share += other.row_share;
    signal += other.signal;
    photosites += other.photosites;
    return *this;
}

ContrastSums& ContrastSums::operator-=(ContrastSums const& other) noexcept {
    within_squares -= other.within_squares;
    within_degrees -= other.within_degrees;
    row_squares -= other.row_squares;
    rows -= other.rows;
    row_share -= other.row_share;
    signal -= other.signal;
    photosites -= other.photosites;
    return *this;
}

FrameContrasts::FrameContrasts(Shape const& shape,
                               Cfa const& cfa,
                               std::vector<std::uint8_t> const& left_out,
                               bool scaled,
                               unsigned threads)
    : shape_{shape}
    , cfa_{cfa}
    , left_out_{&left_out}
    , scaled_{scaled}
    , threads_{threads}
    , bands_{shape}
    , total_(static_cast<std::size_t>(shape.area())) {
    CMQ_EXPECTS(left_out.size() == total_.size());
    for (auto& plane : sums_) {
        plane.resize(bands_.count);
    }
}

// Calls work(y, first, plane, start of the row) for each row of each plane.
template <class Work>
void FrameContrasts::for_rows(Work const& work) const {
    auto const height = static_cast<std::size_t>(shape_.height);
    auto const width = static_cast<std::size_t>(shape_.width);
    parallel_blocks((height + rows_a_block - 1) / rows_a_block, threads_, [&](std::size_t block) {
        for (std::size_t y = block * rows_a_block; y < std::min(height, (block + 1) * rows_a_block);
             ++y) {
            for (std::size_t first = 0; first < 2; ++first) {
                work(y,
                     first,
                     static_cast<std::size_t>(cfa_.at(static_cast<std::ptrdiff_t>(y),
                                                      static_cast<std::ptrdiff_t>(first))),
                     y * width);
            }
        }
    });
}

PerPlane<double> FrameContrasts::add_signal(Frame const& frame) {
    auto const width = static_cast<std::size_t>(shape_.width);
    std::vector<Row> rows(static_cast<std::size_t>(shape_.height) * 2);
    for_rows([&](std::size_t y, std::size_t first, std::size_t, std::size_t start) {
        Row& row = rows[2 * y + first];
        for (std::size_t at = start + first; at < start + width; at += 2) {
            if ((*left_out_)[at] == 0) {
                row.sum += static_cast<double>(frame.value[at]);
                row.photosites += 1;
            }
        }
    });
    PerPlane<double> sum{};
    PerPlane<double> photosites{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const p = static_cast<std::size_t>(
            cfa_.at(static_cast<std::ptrdiff_t>(i / 2), static_cast<std::ptrdiff_t>(i % 2)));
        ContrastSums& band = sums_[p][bands_.of_row(i / 4)];
        band.signal += rows[i].sum;
        band.photosites += rows[i].photosites;
        sum[p] += rows[i].sum;
        photosites[p] += rows[i].photosites;
    }
    PerPlane<double> means{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        means[p] = photosites[p] > 0 ? sum[p] / photosites[p] : 0.0;
    }
    return means;
}

void FrameContrasts::add_contrast(Frame const& frame, PerPlane<double> const& scale) {
    auto const width = static_cast<std::size_t>(shape_.width);
    auto const before = static_cast<double>(means_.size());
    std::vector<Row> rows(static_cast<std::size_t>(shape_.height) * 2);
    for_rows([&](std::size_t y, std::size_t first, std::size_t p, std::size_t start) {
        Row& row = rows[2 * y + first];
        for (std::size_t at = start + first; at < start + width; at += 2) {
            double const value = scale[p] * static_cast<double>(frame.value[at]);
            if ((*left_out_)[at] == 0 && before > 0) {
                double const contrast = value - static_cast<double>(total_[at]) / before;
                row.sum += contrast;
                row.squares += contrast * contrast;
                row.photosites += 1;
            }
            total_[at] += static_cast<float>(value);
        }
    });
    if (before > 0) {
        PerPlane<double> weight{};
        for (std::size_t p = 0; p < plane_count; ++p) {
            weight[p] = 1.0 / (scale[p] * scale[p] + squared_scales_[p] / (before * before));
        }
        gather(rows, weight);
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        squared_scales_[p] += scale[p] * scale[p];
    }
}

void FrameContrasts::gather(std::vector<Row> const& rows, PerPlane<double> const& weight) {
    PerPlane<double> sum{};
    PerPlane<double> photosites{};
    auto const plane_of = [&](std::size_t i) {
        return static_cast<std::size_t>(
            cfa_.at(static_cast<std::ptrdiff_t>(i / 2), static_cast<std::ptrdiff_t>(i % 2)));
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sum[plane_of(i)] += rows[i].sum;
        photosites[plane_of(i)] += rows[i].photosites;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row const& row = rows[i];
        if (row.photosites < 2) {
            continue;
        }
        std::size_t const p = plane_of(i);
        ContrastSums& band = sums_[p][bands_.of_row(i / 4)];
        double const mean = row.sum / row.photosites;
        double const shift = mean - sum[p] / photosites[p];
        band.within_squares += weight[p] * std::max(row.squares - row.sum * mean, 0.0);
        band.within_degrees += row.photosites - 1;
        band.row_squares += weight[p] * shift * shift;
        band.rows += 1;
        band.row_share += 1.0 / row.photosites;
    }
}

void FrameContrasts::add(Frame const& frame) {
    CMQ_EXPECTS(frame.shape == shape_ && frame.cfa == cfa_);
    PerPlane<double> const means = add_signal(frame);
    PerPlane<double> scale{1.0, 1.0, 1.0, 1.0};
    for (std::size_t p = 0; scaled_ && !means_.empty() && p < plane_count; ++p) {
        scale[p] = means[p] > 0 && means_[0][p] > 0 ? means_[0][p] / means[p] : 1.0;
    }
    add_contrast(frame, scale);
    means_.push_back(means);
}

} // namespace cmq::capture
