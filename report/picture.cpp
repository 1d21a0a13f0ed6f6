// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/picture.hpp"

#include "core/error.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::report {

namespace {

constexpr double most_samples = 1.0e6;
constexpr double low_quantile = 0.01;
constexpr double high_quantile = 0.9995;
constexpr double least_ring_pixels = 6.0;

bool lies_in(Region region, Shape shape) {
    return region.y >= 0 && region.x >= 0 && region.height >= 2 && region.width >= 2 &&
           region.y % 2 == 0 && region.x % 2 == 0 && region.height % 2 == 0 &&
           region.width % 2 == 0 && region.y + region.height <= shape.height &&
           region.x + region.width <= shape.width;
}

/// Even bounds of an interval of one axis, at least `least` long where the axis allows.
std::pair<std::ptrdiff_t, std::ptrdiff_t>
even_interval(double low, double high, std::ptrdiff_t least, std::ptrdiff_t size) {
    std::ptrdiff_t const even_size = size - size % 2;
    auto const limit = static_cast<double>(even_size);
    double const missing = std::max(0.0, static_cast<double>(least) - (high - low));
    low = std::clamp(low - missing / 2.0, 0.0, limit);
    high = std::clamp(high + missing / 2.0, 0.0, limit);
    auto first = static_cast<std::ptrdiff_t>(std::floor(low / 2.0)) * 2;
    auto last = static_cast<std::ptrdiff_t>(std::ceil(high / 2.0)) * 2;
    std::ptrdiff_t const wanted =
        std::min(std::max<std::ptrdiff_t>(least - least % 2, 2), even_size);
    if (last - first < wanted) { // the frame's edge took some of it: grow on the other side
        first = std::max<std::ptrdiff_t>(0, std::min(first, even_size - wanted));
        last = std::max(last, first + wanted);
    }
    return {first, last - first};
}

double quantile(std::vector<float>& values, double share) {
    auto const index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(index)]);
}

/// Sums of one output pixel.
struct Square {
    std::array<double, 3> sum{};
    std::array<std::int64_t, 3> count{};
    std::int64_t no_data = 0;

    void add(Plane plane, double value) {
        std::size_t const colour = plane == Plane::red ? 0U : plane == Plane::blue ? 2U : 1U;
        sum[colour] += value;
        ++count[colour];
    }
};

Square sum_square(Frame const& frame,
                  std::ptrdiff_t y0,
                  std::ptrdiff_t x0,
                  std::ptrdiff_t y1,
                  std::ptrdiff_t x1) {
    Square square;
    for (std::ptrdiff_t y = y0; y < y1; ++y) {
        for (std::ptrdiff_t x = x0; x < x1; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            if ((frame.mask[i] & mask_bit::no_data) != 0) {
                ++square.no_data;
            } else if (std::isfinite(frame.value[i])) {
                square.add(frame.cfa.at(y, x), static_cast<double>(frame.value[i]));
            }
        }
    }
    return square;
}

std::uint8_t shown(double value, Stretch const& stretch) {
    double const share =
        std::clamp((value - stretch.low_dn) / (stretch.high_dn - stretch.low_dn), 0.0, 1.0);
    return static_cast<std::uint8_t>(std::lround(255.0 * std::pow(share, 1.0 / stretch.gamma)));
}

/// 1, 2 or 5 times a power of ten, at most limit.
double nice_length(double limit) {
    double const power = std::pow(10.0, std::floor(std::log10(limit)));
    for (double const step : {5.0, 2.0}) {
        if (step * power <= limit) {
            return step * power;
        }
    }
    return power;
}

} // namespace

Region whole(Shape shape) noexcept {
    return {0, 0, shape.height - shape.height % 2, shape.width - shape.width % 2};
}

Region crop_around(Shape shape, std::span<Spot const> spots, std::ptrdiff_t least_side) {
    CMQ_EXPECTS(shape.height >= 2 && shape.width >= 2);
    if (spots.empty()) {
        return whole(shape);
    }
    double low_x = spots.front().x;
    double high_x = low_x;
    double low_y = spots.front().y;
    double high_y = low_y;
    for (Spot const& spot : spots) { // twice the radius: once for the spot, once for the margin
        low_x = std::min(low_x, spot.x - 2.0 * spot.radius);
        high_x = std::max(high_x, spot.x + 2.0 * spot.radius + 1.0);
        low_y = std::min(low_y, spot.y - 2.0 * spot.radius);
        high_y = std::max(high_y, spot.y + 2.0 * spot.radius + 1.0);
    }
    auto const [x, width] = even_interval(low_x, high_x, least_side, shape.width);
    auto const [y, height] = even_interval(low_y, high_y, least_side, shape.height);
    return {y, x, height, width};
}

Stretch measure_stretch(std::span<View const> views) {
    double area = 0.0;
    for (View const& view : views) {
        CMQ_EXPECTS(view.frame != nullptr && lies_in(view.region, view.frame->shape));
        area += static_cast<double>(view.region.height) * static_cast<double>(view.region.width);
    }
    // An odd step visits all four planes alike.
    auto const step = static_cast<std::ptrdiff_t>(std::ceil(std::sqrt(area / most_samples))) | 1;
    std::vector<float> values;
    for (View const& view : views) {
        Frame const& frame = *view.frame;
        for (std::ptrdiff_t y = view.region.y; y < view.region.y + view.region.height; y += step) {
            for (std::ptrdiff_t x = view.region.x; x < view.region.x + view.region.width;
                 x += step) {
                auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
                if (frame.mask[i] == 0 && std::isfinite(frame.value[i])) {
                    values.push_back(frame.value[i]);
                }
            }
        }
    }
    if (values.empty()) {
        return {};
    }
    Stretch stretch;
    stretch.low_dn = quantile(values, low_quantile);
    // An even picture has no contrast to show: at least 1 DN keeps the division meaningful.
    stretch.high_dn = std::max(quantile(values, high_quantile), stretch.low_dn + 1.0);
    return stretch;
}

FramePicture to_picture(View const& view, Stretch const& stretch, int widest_pixels) {
    CMQ_EXPECTS(view.frame != nullptr && lies_in(view.region, view.frame->shape));
    CMQ_EXPECTS(widest_pixels >= 1 && stretch.high_dn > stretch.low_dn && stretch.gamma > 0.0);
    Region const region = view.region;
    std::ptrdiff_t const cells = std::max(region.width, region.height) / 2;
    std::ptrdiff_t const side =
        2 * std::max<std::ptrdiff_t>(1, (cells + widest_pixels - 1) / widest_pixels);
    FramePicture picture;
    picture.region = region;
    picture.photosites_per_pixel = static_cast<int>(side);
    picture.stretch = stretch;
    picture.pixels.width = static_cast<int>((region.width + side - 1) / side);
    picture.pixels.height = static_cast<int>((region.height + side - 1) / side);
    picture.pixels.rgb.reserve(static_cast<std::size_t>(picture.pixels.width) *
                               static_cast<std::size_t>(picture.pixels.height) * 3U);
    std::ptrdiff_t const bottom = region.y + region.height;
    std::ptrdiff_t const right = region.x + region.width;
    for (std::ptrdiff_t y = region.y; y < bottom; y += side) {
        for (std::ptrdiff_t x = region.x; x < right; x += side) {
            Square const square = sum_square(
                *view.frame, y, x, std::min(y + side, bottom), std::min(x + side, right));
            bool const empty = square.count[0] == 0 || square.count[1] == 0 || square.count[2] == 0;
            // A square counts as without data from half of it on, so that letters keep their shape.
            if (empty || square.no_data >= square.count[0] + square.count[1] + square.count[2]) {
                picture.has_no_data = true;
                picture.pixels.rgb.insert(picture.pixels.rgb.end(),
                                          {static_cast<std::uint8_t>(no_data_red),
                                           static_cast<std::uint8_t>(no_data_green),
                                           static_cast<std::uint8_t>(no_data_blue)});
                continue;
            }
            for (std::size_t colour = 0; colour < 3; ++colour) {
                picture.pixels.rgb.push_back(
                    shown(square.sum[colour] / static_cast<double>(square.count[colour]), stretch));
            }
        }
    }
    return picture;
}

Mark to_mark(Spot const& spot, FramePicture const& picture, std::string label) {
    double const side = picture.photosites_per_pixel;
    double const centre = (side - 1.0) / 2.0; // of the photosites behind pixel 0
    return {(spot.x - static_cast<double>(picture.region.x) - centre) / side,
            (spot.y - static_cast<double>(picture.region.y) - centre) / side,
            std::max(1.5 * spot.radius / side, least_ring_pixels),
            std::move(label)};
}

ScaleBar make_scale_bar(FramePicture const& picture,
                        std::optional<double> mm_per_photosite,
                        Language language) {
    bool const known =
        mm_per_photosite && *mm_per_photosite > 0.0 && std::isfinite(*mm_per_photosite);
    double const per_pixel = (known ? *mm_per_photosite : 1.0) * picture.photosites_per_pixel;
    double const length = nice_length(0.25 * per_pixel * picture.pixels.width);
    std::string label = rounded_text(length, 1, language);
    label += narrow_no_break_space;
    label += known ? "mm" : "photosites";
    return {length / per_pixel, std::move(label)};
}

} // namespace cmq::report
