// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/picture.hpp"

#include "render/application.hpp"
#include "tests/render/sample_document.hpp"

#include <QImage>
#include <gtest/gtest.h>

#include <cmath>
#include <string_view>

namespace {

namespace report = cmq::report;
using cmq::render::to_png;
using cmq::render::test::sample_picture;

QImage decode(std::vector<std::byte> const& bytes) {
    return QImage::fromData(
        reinterpret_cast<uchar const*>(bytes.data()), static_cast<int>(bytes.size()), "PNG");
}

QColor pixel_of(report::Picture const& picture, int x, int y) {
    auto const width = static_cast<std::size_t>(picture.pixels.width);
    auto const at = (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) * 3;
    auto const& rgb = picture.pixels.rgb;
    return {rgb[at], rgb[at + 1], rgb[at + 2]};
}

class ToPng : public testing::Test {
protected:
    void SetUp() override { cmq::render::ensure_application(); }
};

TEST_F(ToPng, KeepsEachPixelOfAPictureWithoutMarks) {
    auto picture = sample_picture(61, 37, false); // odd, so that rows are padded in memory
    picture.scale_bar.reset();
    QImage const image = decode(to_png(picture));
    ASSERT_EQ(image.size(), QSize(61, 37));
    for (int y = 0; y < 37; ++y) {
        for (int x = 0; x < 61; ++x) {
            ASSERT_EQ(image.pixelColor(x, y), pixel_of(picture, x, y)) << x << " " << y;
        }
    }
}

TEST_F(ToPng, DrawsRingsAroundTheCentreOfTheirPixel) {
    report::Picture picture = sample_picture(100, 80, false);
    picture.scale_bar.reset();
    picture.pixels.rgb.assign(100 * 80 * 3, 0);
    picture.marks = {{.x = 40.0, .y = 30.0, .radius = 10.0, .label = ""}};
    QImage const image = decode(to_png(picture));
    ASSERT_EQ(image.size(), QSize(800, 640)); // 8 times
    // Light along the ring, the picture's black on both sides of it and at its centre.
    int const centre_x = 40 * 8 + 4;
    int const centre_y = 30 * 8 + 4;
    for (int i = 0; i < 16; ++i) {
        double const angle = i * 0.3927;
        auto const level = [&](double radius) {
            return image
                .pixelColor(int(std::lround(centre_x + radius * std::cos(angle))),
                            int(std::lround(centre_y + radius * std::sin(angle))))
                .red();
        };
        EXPECT_GT(level(80.0), 100) << i; // the stroke is 2.9 wide, its edge half covered
        EXPECT_EQ(level(72.0), 0) << i;
        EXPECT_EQ(level(88.0), 0) << i;
    }
    EXPECT_EQ(image.pixelColor(centre_x, centre_y), QColor(Qt::black));
}

TEST_F(ToPng, DrawsTheScaleBarAsLongAsItSays) {
    report::Picture picture = sample_picture(200, 100, false);
    picture.pixels.rgb.assign(200 * 100 * 3, 0);
    picture.scale_bar = report::ScaleBar{.length_pixels = 50.0, .label = ""};
    QImage const image = decode(to_png(picture));
    ASSERT_EQ(image.width(), 800); // 4 times
    int longest = 0;
    for (int y = 0; y < image.height(); ++y) {
        int lit = 0;
        for (int x = 0; x < image.width(); ++x) {
            lit += image.pixelColor(x, y).red() > 128 ? 1 : 0;
        }
        longest = std::max(longest, lit);
    }
    // 50 pixels are 200 here; round caps add half a line width (1.1 units of 800 / 300) at each end.
    EXPECT_NEAR(longest, 200, 4);
}

TEST_F(ToPng, HoldsNoTimeAndNoText) {
    auto const bytes = to_png(sample_picture(60, 40, true));
    std::string_view const all{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    for (char const* chunk : {"tIME", "tEXt", "iTXt", "zTXt"}) {
        EXPECT_EQ(all.find(chunk), std::string_view::npos) << chunk;
    }
}

TEST_F(ToPng, SurvivesManyMarksInOnePlace) {
    auto picture = sample_picture(60, 40, false);
    for (int i = 0; i < 300; ++i) {
        picture.marks.push_back({.x = 30.0, .y = 20.0, .radius = 2.0, .label = std::to_string(i)});
    }
    EXPECT_FALSE(decode(to_png(picture)).isNull());
}

} // namespace
