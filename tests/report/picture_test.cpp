// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/picture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace cmq::report {
namespace {

/// A frame of one colour: every photosite holds the value of its plane.
Frame make_frame(std::ptrdiff_t height, std::ptrdiff_t width, PerPlane<float> const& level) {
    Frame frame;
    frame.shape = {height, width};
    auto const area = static_cast<std::size_t>(frame.shape.area());
    frame.value.resize(area);
    frame.variance.assign(area, 1.0F);
    frame.mask.assign(area, 0);
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            frame.value[static_cast<std::size_t>(y * width + x)] =
                level[static_cast<std::size_t>(frame.cfa.at(y, x))];
        }
    }
    return frame;
}

constexpr Stretch linear{0.0, 100.0, 1.0};

TEST(Whole, LeavesOutAnOddLastRowAndColumn) {
    EXPECT_EQ(whole({5, 7}), (Region{0, 0, 4, 6}));
}

TEST(CropAround, HoldsTheSpotsWithEvenBounds) {
    std::array<Spot, 2> const spots{{{101.0, 203.0, 5.0}, {151.0, 223.0, 3.0}}};
    Region const crop = crop_around({1000, 1500}, spots, 2);
    EXPECT_EQ(crop.x % 2 + crop.y % 2 + crop.width % 2 + crop.height % 2, 0);
    EXPECT_LE(crop.x, 96);
    EXPECT_GE(crop.x + crop.width, 155);
    EXPECT_LE(crop.y, 198);
    EXPECT_GE(crop.y + crop.height, 227);
    EXPECT_LT(crop.width, 100); // and is a crop
}

TEST(CropAround, GrowsInwardsAtTheEdge) {
    std::array<Spot, 1> const spots{{{1.0, 998.0, 2.0}}};
    Region const crop = crop_around({1000, 1500}, spots, 100);
    EXPECT_EQ(crop, (Region{900, 0, 100, 100}));
}

TEST(CropAround, IsTheWholeFrameWithoutSpotsOrInASmallFrame) {
    EXPECT_EQ(crop_around({100, 200}, {}, 50), whole({100, 200}));
    std::array<Spot, 1> const spots{{{10.0, 10.0, 2.0}}};
    EXPECT_EQ(crop_around({21, 31}, spots, 256), whole({21, 31}));
}

TEST(MeasureStretch, SpansTheQuantilesOfAllViewsTogether) {
    Frame const dark = make_frame(100, 100, {10.0F, 10.0F, 10.0F, 10.0F});
    Frame const bright = make_frame(100, 100, {90.0F, 90.0F, 90.0F, 90.0F});
    std::array<View, 2> const both{{{&dark, whole(dark.shape)}, {&bright, whole(bright.shape)}}};
    Stretch const stretch = measure_stretch(both);
    EXPECT_DOUBLE_EQ(stretch.low_dn, 10.0);
    EXPECT_DOUBLE_EQ(stretch.high_dn, 90.0);
}

TEST(MeasureStretch, LeavesMaskedPhotositesOutAndStaysUsableWithoutAny) {
    Frame frame = make_frame(10, 10, {5.0F, 5.0F, 5.0F, 5.0F});
    frame.value[0] = 1.0e6F;
    frame.mask[0] = mask_bit::hot;
    frame.value[1] = std::numeric_limits<float>::quiet_NaN();
    std::array<View, 1> const view{{{&frame, whole(frame.shape)}}};
    EXPECT_DOUBLE_EQ(measure_stretch(view).high_dn, 6.0); // flat: 1 DN of contrast at least
    frame.mask.assign(frame.mask.size(), mask_bit::no_data);
    EXPECT_GT(measure_stretch(view).high_dn, measure_stretch(view).low_dn);
}

TEST(ToPicture, BinsCellsIntoRedMeanGreenAndBlue) {
    Frame const frame = make_frame(4, 6, {20.0F, 40.0F, 60.0F, 100.0F});
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear);
    ASSERT_EQ(picture.pixels.width, 3);
    ASSERT_EQ(picture.pixels.height, 2);
    ASSERT_EQ(picture.pixels.rgb.size(), 18U);
    EXPECT_EQ(picture.pixels.rgb[0], 51);  // 255 * 0.20
    EXPECT_EQ(picture.pixels.rgb[1], 128); // 255 * mean(0.40, 0.60) = 127.5, away from zero
    EXPECT_EQ(picture.pixels.rgb[2], 255);
}

TEST(ToPicture, AppliesTheStatedStretch) {
    Frame const frame = make_frame(2, 2, {30.0F, 30.0F, 30.0F, 500.0F});
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, {10.0, 90.0, 2.0});
    EXPECT_EQ(picture.pixels.rgb[0], 128); // 255 * sqrt(20 / 80) = 127.5
    EXPECT_EQ(picture.pixels.rgb[2], 255); // clipped
}

TEST(ToPicture, AveragesSquaresWhereTheRegionIsWide) {
    Frame frame = make_frame(8, 8, {0.0F, 0.0F, 0.0F, 0.0F});
    frame.value[0] = 100.0F; // one red photosite of four in its square of 2 x 2 cells
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear, 2);
    EXPECT_EQ(picture.photosites_per_pixel, 4);
    EXPECT_EQ(picture.pixels.width, 2);
    EXPECT_EQ(picture.pixels.rgb[0], 64); // 255 / 4 = 63.75
    EXPECT_EQ(picture.pixels.rgb[3], 0);
}

TEST(ToPicture, ShowsWhatHasNoDataInItsOwnColourAndKeepsOtherMaskedPhotosites) {
    Frame frame = make_frame(2, 4, {100.0F, 100.0F, 100.0F, 100.0F});
    for (std::size_t const i : {0U, 1U, 4U, 5U}) {
        frame.mask[i] = mask_bit::no_data;
    }
    frame.mask[2] = mask_bit::saturated;
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear);
    EXPECT_TRUE(picture.has_no_data);
    EXPECT_EQ(picture.pixels.rgb[0], no_data_red);
    EXPECT_EQ(picture.pixels.rgb[1], no_data_green);
    EXPECT_EQ(picture.pixels.rgb[3], 255);
}

TEST(ToMark, PutsTheRingWhereThePixelShowsTheSpot) {
    Frame const frame = make_frame(100, 100, {1.0F, 1.0F, 1.0F, 1.0F});
    FramePicture const picture = to_picture({&frame, {20, 10, 40, 60}}, linear);
    // Photosites 30 and 31 lie behind pixel (30 - 10) / 2 = 10, whose centre is photosite 30.5.
    Mark const mark = to_mark({30.5, 40.5, 20.0}, picture, "T1");
    EXPECT_DOUBLE_EQ(mark.x, 10.0);
    EXPECT_DOUBLE_EQ(mark.y, 10.0);
    EXPECT_DOUBLE_EQ(mark.radius, 15.0); // 1.5 * 20 / 2
    EXPECT_EQ(mark.label, "T1");
}

TEST(ToMark, IsNeverSmallerThanWhatItSurrounds) {
    Frame const frame = make_frame(100, 100, {1.0F, 1.0F, 1.0F, 1.0F});
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear);
    EXPECT_GE(to_mark({30.5, 40.5, 1.0}, picture, "").radius, 6.0);
}

TEST(MakeScaleBar, HasANiceLengthUnderAQuarterOfTheWidth) {
    Frame const frame = make_frame(100, 1000, {1.0F, 1.0F, 1.0F, 1.0F});
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear);
    // 1000 photosites at 0.04 mm are 40 mm; a quarter is 10 mm, which is 250 photosites or 125 pixels.
    ScaleBar const bar = make_scale_bar(picture, 0.04, Language::french);
    EXPECT_EQ(bar.label, "10\u202Fmm");
    EXPECT_NEAR(bar.length_pixels, 125.0, 1e-9);
    // 0.03 mm: a quarter is 7.5 mm, so 5 mm = 83.3 pixels.
    EXPECT_EQ(make_scale_bar(picture, 0.03, Language::french).label, "5\u202Fmm");
    EXPECT_EQ(make_scale_bar(picture, 0.003, Language::french).label, "0,5\u202Fmm");
}

TEST(MakeScaleBar, CountsPhotositesWhereTheScaleIsNotKnown) {
    Frame const frame = make_frame(100, 1000, {1.0F, 1.0F, 1.0F, 1.0F});
    FramePicture const picture = to_picture({&frame, whole(frame.shape)}, linear);
    ScaleBar const bar = make_scale_bar(picture, std::nullopt, Language::english);
    EXPECT_EQ(bar.label, "200\u202Fphotosites");
    EXPECT_NEAR(bar.length_pixels, 100.0, 1e-9);
}

} // namespace
} // namespace cmq::report
