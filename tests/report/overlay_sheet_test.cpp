// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/overlay_sheet.hpp"

#include "report/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using cmq::Frame;
using cmq::Language;
using cmq::detect::Detection;
using cmq::report::make_overlay_sheet;
using cmq::report::PictureSheet;
using cmq::report::Pixels;
using cmq::report::Rgb;
using cmq::report::viridis;
using testing::HasSubstr;

// 64 x 96 photosites: 32 x 48 cells. Each pixel of a panel is one cell, repeated.
constexpr std::ptrdiff_t cells_wide = 48;
constexpr std::ptrdiff_t cells_high = 32;

Frame frame() {
    Frame made;
    made.shape = {2 * cells_high, 2 * cells_wide};
    auto const area = static_cast<std::size_t>(made.shape.area());
    made.value.resize(area);
    for (std::size_t i = 0; i < area; ++i) {
        made.value[i] = static_cast<float>(i % 96);
    }
    made.variance.assign(area, 1.0F);
    made.mask.assign(area, 0);
    return made;
}

// A trace of 3 x 2 cells with its top-left one at (x, y) = (10, 8); a speck elsewhere.
Detection detection() {
    Detection made;
    made.shape = {2 * cells_high, 2 * cells_wide};
    made.low_threshold = 4.0;
    made.threshold = 6.0;
    made.false_traces_expected = 0.01;
    made.significance.assign(static_cast<std::size_t>(cells_wide * cells_high), 0.0F);
    for (std::ptrdiff_t y = 8; y < 10; ++y) {
        for (std::ptrdiff_t x = 10; x < 13; ++x) {
            made.significance[static_cast<std::size_t>(y * cells_wide + x)] = 20.0F;
        }
    }
    made.significance[20 * cells_wide + 30] = 4.5F;
    cmq::detect::Trace trace;
    trace.id = 1;
    trace.snr = 20.0;
    trace.box = {20, 16, 25, 19};
    made.traces = {trace};
    return made;
}

PictureSheet sheet(Detection const& of, Language language = Language::english) {
    return make_overlay_sheet(frame(), of, {.name = "a.dng", .simulated = true}, language);
}

Rgb pixel(Pixels const& pixels, std::ptrdiff_t x, std::ptrdiff_t y) {
    auto const at = 3 * static_cast<std::size_t>(y * pixels.width + x);
    return {pixels.rgb[at], pixels.rgb[at + 1], pixels.rgb[at + 2]};
}

// By the definition of sRGB luminance.
double luminance(Rgb const& colour) {
    auto const linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour[0] / 255.0) + 0.7152 * linear(colour[1] / 255.0) +
           0.0722 * linear(colour[2] / 255.0);
}

TEST(Viridis, GrowsLighterThroughout) {
    double last = -1.0;
    for (int i = 0; i <= 100; ++i) {
        double const now = luminance(viridis(i / 100.0));
        EXPECT_GT(now, last) << i;
        last = now;
    }
    EXPECT_EQ(viridis(-1.0), viridis(0.0));
    EXPECT_EQ(viridis(2.0), viridis(1.0));
}

TEST(MakeOverlaySheet, ShowsThreePanelsOfOneSizeAndSaysWhatTheyAre) {
    auto const made = sheet(detection());
    EXPECT_EQ(made.title, "a.dng");
    EXPECT_EQ(made.stamp, "SIMULATED");
    ASSERT_EQ(made.panels.size(), 3U);
    for (auto const& panel : made.panels) {
        EXPECT_EQ(panel.picture.pixels.width % cells_wide, 0);
        EXPECT_EQ(panel.picture.pixels.width, made.panels[0].picture.pixels.width);
        EXPECT_EQ(panel.picture.pixels.height, made.panels[0].picture.pixels.height);
        EXPECT_FALSE(panel.picture.title.empty());
        EXPECT_FALSE(panel.picture.caption.empty());
    }
    EXPECT_THAT(made.panels[0].picture.caption, HasSubstr("gamma"));
    EXPECT_THAT(made.notes.at(0), HasSubstr("One trace"));
    EXPECT_THAT(sheet(detection(), Language::french).stamp, HasSubstr("SIMULÉ"));
    EXPECT_EQ(make_overlay_sheet(frame(), detection(), {.name = "b"}, Language::english).stamp, "");
}

TEST(MakeOverlaySheet, LeavesTheNeighbourUntouched) {
    auto const plain = sheet(detection()).panels[0].picture;
    auto empty = detection();
    empty.traces.clear();
    std::fill(empty.significance.begin(), empty.significance.end(), 0.0F);
    EXPECT_EQ(plain.pixels.rgb, sheet(empty).panels[0].picture.pixels.rgb);
    EXPECT_TRUE(plain.marks.empty());
    EXPECT_FALSE(plain.scale_bar);
    // Nor is anything drawn where nothing was found.
    EXPECT_EQ(plain.pixels.rgb, sheet(empty).panels[1].picture.pixels.rgb);
}

TEST(MakeOverlaySheet, OutlinesATraceOnItsOutside) {
    auto const made = sheet(detection());
    Pixels const& plain = made.panels[0].picture.pixels;
    Pixels const& marked = made.panels[1].picture.pixels;
    std::ptrdiff_t const times = plain.width / cells_wide;
    for (std::ptrdiff_t y = 0; y < plain.height; ++y) {
        for (std::ptrdiff_t x = 0; x < plain.width; ++x) {
            bool const inside =
                x >= 10 * times && x < 13 * times && y >= 8 * times && y < 10 * times;
            bool const near = x >= 10 * times - 3 && x < 13 * times + 3 && y >= 8 * times - 3 &&
                              y < 10 * times + 3;
            // Three pixels around it are drawn over, nothing else: not the speck, which is no trace.
            EXPECT_EQ(pixel(marked, x, y) == pixel(plain, x, y), inside || !near) << x << ' ' << y;
        }
    }
}

TEST(MakeOverlaySheet, NumbersTracesWithoutARing) {
    auto const marks = sheet(detection()).panels[1].picture.marks;
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].label, "1");
    EXPECT_FALSE(marks[0].ring);
    auto many = detection();
    many.traces.assign(cmq::report::most_numbered + 5, many.traces[0]);
    many.traces.back().snr = 99.0;
    many.traces.back().id = 77;
    auto const crowded = sheet(many);
    EXPECT_EQ(crowded.panels[1].picture.marks.size(), cmq::report::most_numbered);
    EXPECT_EQ(crowded.panels[1].picture.marks[0].label, "77"); // the clearest first
    EXPECT_THAT(crowded.notes.back(), HasSubstr("200 clearest"));
}

TEST(MakeOverlaySheet, ColoursWhatExceedsTheBorder) {
    auto const made = sheet(detection());
    Pixels const& map = made.panels[2].picture.pixels;
    std::ptrdiff_t const times = map.width / cells_wide;
    ASSERT_TRUE(made.panels[2].legend);
    auto const& legend = *made.panels[2].legend;
    EXPECT_EQ(pixel(map, 11 * times, 8 * times), viridis(1.0)); // the largest of the frame
    EXPECT_EQ(pixel(map, 0, 0), legend.patches.at(0).colour);
    Rgb const speck = pixel(map, 30 * times, 20 * times);
    EXPECT_NE(speck, legend.patches.at(0).colour);
    EXPECT_LT(luminance(speck), luminance(viridis(0.2))); // ln(4.5 / 4) / ln(20 / 4) = 0.07
    EXPECT_EQ(legend.ticks.at(0).at, 0.0);
    EXPECT_EQ(legend.ticks.at(0).label, "4.0");
    EXPECT_EQ(legend.ticks.at(1).at, 1.0);
    EXPECT_EQ(legend.ticks.at(1).label, "20");
}

TEST(MakeOverlaySheet, ShowsWhatTookNoPart) {
    Frame masked = frame();
    for (std::size_t y = 0; y < 8; ++y) {
        for (std::size_t x = 0; x < 8; ++x) {
            masked.mask[y * 96 + x] = cmq::mask_bit::dead;
        }
    }
    auto const made = make_overlay_sheet(masked, detection(), {.name = "a.dng"}, Language::english);
    EXPECT_EQ(pixel(made.panels[2].picture.pixels, 0, 0),
              made.panels[2].legend->patches.at(1).colour);
}

TEST(MakeOverlaySheet, HasABarInMillimetresOrPhotosites) {
    EXPECT_THAT(sheet(detection()).panels[1].picture.scale_bar->label, HasSubstr("photosites"));
    auto const scaled = make_overlay_sheet(
        frame(), detection(), {.name = "a", .mm_per_photosite = 0.5}, Language::english);
    auto const& bar = *scaled.panels[1].picture.scale_bar;
    EXPECT_THAT(bar.label, HasSubstr("mm"));
    // 48 mm across; the longest of 1, 2, 5, 10 mm ... within a quarter is 10 mm.
    EXPECT_NEAR(bar.length_pixels, scaled.panels[1].picture.pixels.width * 10.0 / 48.0, 1e-9);
}

TEST(MakeVisiblePanel, DrawsTheSameOutlinesOnAnotherPicture) {
    auto const reference = frame();
    cmq::detect::ResampledPicture visible;
    visible.cells = {reference.shape.height / 2, reference.shape.width / 2};
    auto const cells = static_cast<std::size_t>(visible.cells.area());
    visible.red.assign(cells, 500.0F);
    visible.green.assign(cells, 500.0F);
    visible.blue.assign(cells, 500.0F);
    visible.is_seen.assign(cells, 1);
    visible.is_seen[0] = 0;
    auto const panel = cmq::report::make_visible_panel(
        reference, detection(), visible, 0.25, "seen.dng", Language::english);
    auto const made = sheet(detection());
    auto const& outlined = made.panels[1].picture;
    EXPECT_EQ(panel.picture.pixels.width, outlined.pixels.width);
    EXPECT_EQ(panel.picture.marks.size(), outlined.marks.size());
    EXPECT_THAT(panel.picture.title, HasSubstr("seen.dng"));
    EXPECT_THAT(panel.picture.caption, HasSubstr("residual 0.25 photosites"));
    EXPECT_THAT(panel.picture.caption, HasSubstr("Purple: no data"));
    auto const unmoved = cmq::report::make_visible_panel(
        reference, detection(), visible, {}, "seen.dng", Language::english);
    EXPECT_THAT(unmoved.picture.caption, HasSubstr("without alignment"));
    EXPECT_EQ(unmoved.picture.pixels.rgb, panel.picture.pixels.rgb);
    EXPECT_EQ(
        pixel(panel.picture.pixels, 0, 0),
        (Rgb{cmq::report::no_data_red, cmq::report::no_data_green, cmq::report::no_data_blue}));
    // Pixels of the outline differ from the untouched picture at the same places.
    auto const plain = made.panels[0].picture.pixels;
    std::size_t same = 0;
    std::size_t outline = 0;
    for (int y = 0; y < plain.height; ++y) {
        for (int x = 0; x < plain.width; ++x) {
            if (pixel(outlined.pixels, x, y) != pixel(plain, x, y)) {
                ++outline;
                same += pixel(panel.picture.pixels, x, y) == pixel(outlined.pixels, x, y) ? 1U : 0U;
            }
        }
    }
    EXPECT_GT(outline, 0U);
    EXPECT_EQ(same, outline);
}

} // namespace
