// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/sheet.hpp"

#include "core/error.hpp"
#include "render/application.hpp"
#include "tests/render/sample_document.hpp"

#include <QImage>
#include <gtest/gtest.h>

namespace {

namespace report = cmq::report;
using cmq::Error;
using cmq::ErrorKind;
using cmq::render::to_png;

class SheetToPng : public testing::Test {
protected:
    void SetUp() override { cmq::render::ensure_application(); }
};

report::Pixels uniform(int width, int height, report::Rgb const& colour) {
    report::Pixels pixels{.width = width, .height = height, .rgb = {}};
    for (int i = 0; i < width * height; ++i) {
        pixels.rgb.insert(pixels.rgb.end(), colour.begin(), colour.end());
    }
    return pixels;
}

report::PictureSheet sheet() {
    report::PictureSheet made;
    made.title = "a.dng";
    made.panels.resize(3);
    std::array<report::Rgb, 3> const colours{{{200, 10, 10}, {10, 200, 10}, {10, 10, 200}}};
    for (std::size_t i = 0; i < 3; ++i) {
        made.panels[i].picture.pixels = uniform(520, 390, colours[i]);
        made.panels[i].picture.title = "Title";
        made.panels[i].picture.caption = "Caption of some length, which is broken into lines.";
    }
    made.panels[2].legend = report::ColourLegend{.title = "legend",
                                                 .colours = {{9, 90, 90}, {90, 9, 90}},
                                                 .ticks = {{0.0, "1"}, {1.0, "10"}},
                                                 .patches = {{{70, 80, 90}, "patch"}}};
    made.notes = {"A note."};
    return made;
}

QImage decode(std::vector<std::byte> const& bytes) {
    return QImage::fromData(
        reinterpret_cast<uchar const*>(bytes.data()), static_cast<int>(bytes.size()), "PNG");
}

int count(QImage const& image, QColor const& colour) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            found += image.pixelColor(x, y) == colour ? 1 : 0;
        }
    }
    return found;
}

TEST_F(SheetToPng, ShowsEachPanelPixelForPixel) {
    QImage const image = decode(to_png(sheet()));
    ASSERT_FALSE(image.isNull());
    for (QColor const& colour : {QColor{200, 10, 10}, QColor{10, 200, 10}, QColor{10, 10, 200}}) {
        // Edges that fall between two pixels of the sheet are blended: at most one line each way.
        EXPECT_GE(count(image, colour), 519 * 389);
        EXPECT_LE(count(image, colour), 520 * 390);
    }
    EXPECT_GT(count(image, {9, 90, 90}), 1000); // half of the bar
    EXPECT_GT(count(image, {90, 9, 90}), 1000);
    EXPECT_GT(count(image, {70, 80, 90}), 50);
}

TEST_F(SheetToPng, StampsWhatIsSimulated) {
    auto stamped = sheet();
    stamped.stamp = "SIMULATED";
    QColor const vermilion{0xd5, 0x5e, 0x00};
    EXPECT_EQ(count(decode(to_png(sheet())), vermilion), 0);
    EXPECT_GT(count(decode(to_png(stamped)), vermilion), 100);
}

TEST_F(SheetToPng, GivesTheSameBytesTwice) {
    EXPECT_EQ(to_png(sheet()), to_png(sheet()));
}

TEST_F(SheetToPng, RefusesPixelsThatDoNotFit) {
    auto wrong = sheet();
    wrong.panels[1].picture.pixels.rgb.pop_back();
    try {
        (void)to_png(wrong);
        FAIL() << "was not refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::shape);
    }
    wrong = sheet();
    wrong.panels[0].picture.pixels = uniform(2, 32000, {1, 1, 1}); // 16 000 times as high as wide
    EXPECT_THROW((void)to_png(wrong), Error);
}

} // namespace
