// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/significance_picture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>

namespace {

using cmq::Frame;
using cmq::detect::Detection;
using cmq::report::Pixels;
using cmq::report::Region;
using cmq::report::Rgb;
using cmq::report::SignificanceScale;
using cmq::report::to_significance_picture;
using cmq::report::to_significance_pixels;
using cmq::report::with_scale_bar;

// 80 x 120 photosites: 40 x 60 cells; one trace of signal-to-noise 30 at cell (21, 33), one masked block.
Frame frame() {
    Frame made;
    made.shape = {80, 120};
    made.value.assign(80U * 120U, 0.0F);
    made.variance.assign(made.value.size(), 1.0F);
    made.mask.assign(made.value.size(), 0);
    for (std::size_t y = 40; y < 44; ++y) {
        for (std::size_t x = 60; x < 64; ++x) {
            made.mask[y * 120 + x] = cmq::mask_bit::dead;
        }
    }
    return made;
}

Detection detection() {
    Detection made;
    made.shape = {80, 120};
    made.threshold = 6.0;
    made.low_threshold = 4.0;
    made.significance.assign(40U * 60U, 0.0F);
    made.significance[21 * 60 + 33] = 30.0F;
    made.significance[21 * 60 + 34] = 5.0F;
    cmq::detect::Trace trace;
    trace.id = 1;
    trace.box = {66, 42, 69, 43};
    made.traces.push_back(trace);
    return made;
}

Rgb pixel(Pixels const& pixels, int x, int y) {
    auto const i = 3U * static_cast<std::size_t>(y * pixels.width + x);
    return {pixels.rgb[i], pixels.rgb[i + 1], pixels.rgb[i + 2]};
}

TEST(SignificancePicture, ShowsTheRegionOfThePictureBesideIt) {
    cmq::report::FramePicture like;
    like.region = Region{.y = 40, .x = 60, .height = 20, .width = 30};
    like.photosites_per_pixel = 4;
    auto const map = to_significance_picture(frame(), detection(), like);
    EXPECT_EQ(map.region, like.region);
    EXPECT_EQ(map.pixels.width, 8); // 15 cells, two to a pixel
    EXPECT_EQ(map.pixels.height, 5);
    EXPECT_DOUBLE_EQ(map.stretch.low_dn, 4.0);
    EXPECT_DOUBLE_EQ(map.stretch.high_dn, 30.0);
    // The first pixel is all masked; the trace, cells 33 and 34 of row 21, lies in pixels 1 and 2 of row 0.
    EXPECT_EQ(pixel(map.pixels, 0, 0), cmq::report::no_part_colour);
    EXPECT_EQ(pixel(map.pixels, 1, 0), cmq::report::viridis(1.0));
    EXPECT_EQ(pixel(map.pixels, 2, 0),
              cmq::report::viridis(std::log(5.0 / 4.0) / std::log(30.0 / 4.0)));
    EXPECT_EQ(pixel(map.pixels, 3, 3), cmq::report::below_border_colour);
}

TEST(SignificancePicture, AgreesWithTheWholeFrame) {
    auto const all = to_significance_pixels(frame(), detection(), cmq::report::whole({80, 120}), 2);
    Region const part{.y = 36, .x = 56, .height = 24, .width = 40};
    auto const some = to_significance_pixels(frame(), detection(), part, 2);
    ASSERT_EQ(some.width, 20);
    for (int y = 0; y < 12; ++y) {
        for (int x = 0; x < 20; ++x) {
            auto const here = static_cast<std::size_t>(y * 20 + x);
            auto const there = static_cast<std::size_t>((y + 18) * 60 + x + 28);
            EXPECT_EQ(some.snr[here], all.snr[there]);
            EXPECT_EQ(some.inside[here], all.inside[there]);
            EXPECT_EQ(some.without_part[here], all.without_part[there]);
        }
    }
}

TEST(SignificancePicture, HasItsScaleAbove) {
    cmq::report::FramePicture like;
    like.region = cmq::report::whole({80, 120});
    like.photosites_per_pixel = 2;
    auto const map = to_significance_picture(frame(), detection(), like);
    auto const pixels = with_scale_bar(map, 6.0);
    EXPECT_EQ(pixels.width, 60);
    EXPECT_GT(pixels.height, 40 + 5);
    EXPECT_EQ(pixels.rgb.size(), static_cast<std::size_t>(3 * pixels.width * pixels.height));
    EXPECT_EQ(pixel(pixels, 0, 0), cmq::report::viridis(0.0));
    EXPECT_EQ(pixel(pixels, 59, 0), cmq::report::viridis(1.0));
    EXPECT_EQ(pixel(pixels, 33, pixels.height - 40 + 21), cmq::report::viridis(1.0)); // the trace
    double const share = SignificanceScale{4.0, 30.0}.share(6.0);
    EXPECT_NEAR(share, std::log(1.5) / std::log(7.5), 1e-12);
    EXPECT_EQ(pixel(pixels, static_cast<int>(std::lround(59.0 * share)), 0), (Rgb{0, 0, 0}));
}

TEST(SignificanceScale, ReachesBeyondTheThresholdWhereNothingIsFound) {
    Detection nothing = detection();
    nothing.significance.assign(nothing.significance.size(), 0.0F);
    auto const scale = cmq::report::measure_significance_scale(nothing);
    EXPECT_DOUBLE_EQ(scale.high, 12.0);
    EXPECT_DOUBLE_EQ(scale.share(4.0), 0.0);
    EXPECT_DOUBLE_EQ(scale.share(1.0), 0.0);
}

} // namespace
