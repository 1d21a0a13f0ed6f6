// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/significance_picture.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {
namespace {

bool is_masked(Frame const& frame,
               std::ptrdiff_t cell_y,
               std::ptrdiff_t cell_x,
               std::uint8_t bits) {
    for (std::ptrdiff_t y = 2 * cell_y; y < 2 * cell_y + 2; ++y) {
        for (std::ptrdiff_t x = 2 * cell_x; x < 2 * cell_x + 2; ++x) {
            if ((frame.mask[static_cast<std::size_t>(y * frame.shape.width + x)] & bits) != 0) {
                return true;
            }
        }
    }
    return false;
}

// Cells of the boxes of traces that are above the lower threshold, or saturated.
std::vector<char> cells_of_traces(Frame const& frame, detect::Detection const& detection) {
    std::ptrdiff_t const width = frame.shape.width / 2;
    std::vector<char> inside(detection.significance.size(), 0);
    for (detect::Trace const& trace : detection.traces) {
        for (std::ptrdiff_t y = trace.box[1] / 2; y <= trace.box[3] / 2; ++y) {
            for (std::ptrdiff_t x = trace.box[0] / 2; x <= trace.box[2] / 2; ++x) {
                auto const i = static_cast<std::size_t>(y * width + x);
                bool const full = is_masked(frame, y, x, mask_bit::saturated | mask_bit::blooming);
                inside[i] = static_cast<char>(
                    static_cast<int>(inside[i] != 0 || detection.significance[i] > 0.0F || full));
            }
        }
    }
    return inside;
}

} // namespace

Rgb viridis(double share) noexcept {
    constexpr std::array<Rgb, 9> table{{{0x44, 0x01, 0x54},
                                        {0x47, 0x2d, 0x7b},
                                        {0x3b, 0x52, 0x8b},
                                        {0x2c, 0x72, 0x8e},
                                        {0x21, 0x91, 0x8c},
                                        {0x28, 0xae, 0x80},
                                        {0x5e, 0xc9, 0x62},
                                        {0xad, 0xdc, 0x30},
                                        {0xfd, 0xe7, 0x25}}};
    double const at = std::clamp(share, 0.0, 1.0) * (table.size() - 1);
    auto const low = std::min(static_cast<std::size_t>(at), table.size() - 2);
    double const part = at - static_cast<double>(low);
    Rgb colour{};
    for (std::size_t c = 0; c < 3; ++c) {
        colour[c] = static_cast<std::uint8_t>(
            std::lround((1.0 - part) * table[low][c] + part * table[low + 1][c]));
    }
    return colour;
}

double SignificanceScale::share(double snr) const {
    return std::log(std::max(snr, low) / low) / std::log(high / low);
}

SignificanceScale measure_significance_scale(detect::Detection const& detection) {
    SignificanceScale scale{std::max(detection.low_threshold, 0.1), 0.0};
    double most = 0.0;
    for (float const value : detection.significance) {
        most = std::max(most, static_cast<double>(value));
    }
    scale.high = std::max(most, 2.0 * std::max(detection.threshold, scale.low));
    return scale;
}

Pixels SignificancePixels::coloured(SignificanceScale const& scale) const {
    int const height = width == 0 ? 0 : static_cast<int>(snr.size()) / width;
    Pixels pixels{.width = width, .height = height, .rgb = {}};
    for (std::size_t i = 0; i < snr.size(); ++i) {
        auto const value = static_cast<double>(snr[i]);
        Rgb const colour = value > 0.0            ? viridis(scale.share(value))
                           : without_part[i] != 0 ? no_part_colour
                                                  : below_border_colour;
        pixels.rgb.insert(pixels.rgb.end(), colour.begin(), colour.end());
    }
    return pixels;
}

SignificancePixels to_significance_pixels(Frame const& frame,
                                          detect::Detection const& detection,
                                          Region const& region,
                                          int photosites_per_pixel) {
    CMQ_EXPECTS(detection.shape == frame.shape);
    CMQ_EXPECTS(detection.significance.size() ==
                static_cast<std::size_t>((frame.shape.height / 2) * (frame.shape.width / 2)));
    std::ptrdiff_t const cells_wide = frame.shape.width / 2;
    std::ptrdiff_t const side = photosites_per_pixel / 2; // cells
    auto const inside = cells_of_traces(frame, detection);
    auto const count = [&](std::ptrdiff_t length) { return (length / 2 + side - 1) / side; };
    std::ptrdiff_t const width = count(region.width);
    auto const pixels = static_cast<std::size_t>(width * count(region.height));
    SignificancePixels map{static_cast<int>(width),
                           std::vector<float>(pixels, 0.0F),
                           std::vector<char>(pixels, 0),
                           std::vector<char>(pixels, 1)};
    constexpr auto any_bit = static_cast<std::uint8_t>(0xff);
    for (std::ptrdiff_t y = 0; y < region.height / 2; ++y) {
        for (std::ptrdiff_t x = 0; x < region.width / 2; ++x) {
            std::ptrdiff_t const cell_y = region.y / 2 + y;
            std::ptrdiff_t const cell_x = region.x / 2 + x;
            auto const cell = static_cast<std::size_t>(cell_y * cells_wide + cell_x);
            auto const pixel = static_cast<std::size_t>((y / side) * width + x / side);
            map.snr[pixel] = std::max(map.snr[pixel], detection.significance[cell]);
            map.inside[pixel] =
                static_cast<char>(static_cast<int>(map.inside[pixel] != 0 || inside[cell] != 0));
            if (map.without_part[pixel] != 0 && !is_masked(frame, cell_y, cell_x, any_bit)) {
                map.without_part[pixel] = 0;
            }
        }
    }
    return map;
}

FramePicture to_significance_picture(Frame const& frame,
                                     detect::Detection const& detection,
                                     FramePicture const& like) {
    auto const scale = measure_significance_scale(detection);
    FramePicture map = like;
    map.pixels = to_significance_pixels(frame, detection, like.region, like.photosites_per_pixel)
                     .coloured(scale);
    map.stretch = {.low_dn = scale.low, .high_dn = scale.high, .gamma = 1.0};
    map.has_no_data = false;
    return map;
}

Pixels with_scale_bar(FramePicture const& map, double threshold) {
    SignificanceScale const scale{map.stretch.low_dn, map.stretch.high_dn};
    int const width = map.pixels.width;
    int const gap = std::max(2, width / 60);
    int const bar = std::max(5, width / 30);
    int const mark = std::max(1, width / 250);
    constexpr Rgb paper{0xff, 0xff, 0xff};
    constexpr Rgb ink{0x00, 0x00, 0x00};
    auto const at = static_cast<int>(std::lround(scale.share(threshold) * (width - 1)));
    Pixels pixels{.width = width, .height = bar + gap + map.pixels.height, .rgb = {}};
    for (int y = 0; y < bar + gap; ++y) {
        for (int x = 0; x < width; ++x) {
            bool const is_mark = std::abs(x - at) <= mark / 2 && y < bar + gap / 2;
            Rgb const colour = is_mark ? ink
                               : y >= bar
                                   ? paper
                                   : viridis(static_cast<double>(x) / std::max(1, width - 1));
            pixels.rgb.insert(pixels.rgb.end(), colour.begin(), colour.end());
        }
    }
    pixels.rgb.insert(pixels.rgb.end(), map.pixels.rgb.begin(), map.pixels.rgb.end());
    return pixels;
}

} // namespace cmq::report
