// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/renderer.hpp"

#include "core/error.hpp"
#include "tests/render/sample_document.hpp"

#include <QColor>
#include <QImage>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using cmq::render::make_renderer;
using testing::HasSubstr;
namespace report = cmq::report;
namespace sample = cmq::render::test;

template <typename Function>
void expect_error(Function const& function, ErrorKind kind, std::string const& part) {
    try {
        function();
        FAIL() << "no Error was thrown";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        EXPECT_THAT(error.full_text(), HasSubstr(part));
    }
}

TEST(MakeRenderer, GivesTheSameBytesTwice) {
    auto const renderer = make_renderer();
    auto const document = sample::sample_document(5);
    EXPECT_EQ(renderer.pdf(document), renderer.pdf(document));
    auto const picture = sample::sample_picture(60, 40, true);
    EXPECT_EQ(renderer.png(picture), renderer.png(picture));
    auto const chart = sample::sample_curve_chart();
    EXPECT_EQ(renderer.svg(chart, report::Language::french),
              renderer.svg(chart, report::Language::french));
}

TEST(MakeRenderer, RefusesAPictureWithMissingBytes) {
    auto picture = sample::sample_picture(60, 40, false);
    picture.pixels.rgb.pop_back();
    expect_error([&] { (void)make_renderer().png(picture); }, ErrorKind::shape, "60 x 40");
    report::Document document = sample::sample_document(5);
    document.blocks.emplace_back(report::PictureRow{.pictures = {picture}});
    expect_error([&] { (void)make_renderer().pdf(document); }, ErrorKind::shape, "60 x 40");
}

TEST(MakeRenderer, RefusesATableRowOfAnotherLength) {
    report::Document document = sample::sample_document(5);
    document.blocks.emplace_back(report::TableBlock{.caption = "T",
                                                    .columns = {{.heading = "a"}, {.heading = "b"}},
                                                    .rows = {{{{.text = "1"}}}}});
    expect_error([&] { (void)make_renderer().pdf(document); }, ErrorKind::shape, "row 1");
}

TEST(MakeRenderer, RefusesCurvesOfUnequalLengths) {
    auto chart = sample::sample_curve_chart();
    std::get<report::CurveChart>(chart.content).series[0] = {.label = "c", .x = {1.0}, .y = {}};
    expect_error([&] { (void)make_renderer().svg(chart, {}); }, ErrorKind::shape, "curve \"c\"");
}

TEST(MakeRenderer, RefusesAChartWithAValueThatIsNotFinite) {
    auto chart = sample::sample_range_chart();
    std::get<report::RangeChart>(chart.content).rows[0].log10_high =
        std::numeric_limits<double>::infinity();
    expect_error([&] { (void)make_renderer().svg(chart, {}); }, ErrorKind::domain, chart.title);
}

TEST(MakeRenderer, RefusesARatioThatNoAxisCanShow) {
    auto chart = sample::sample_range_chart();
    std::get<report::RangeChart>(chart.content).rows[0].log10_high = 1e300;
    expect_error([&] { (void)make_renderer().svg(chart, {}); }, ErrorKind::domain, "beyond");
}

TEST(MakeRenderer, RefusesALogarithmicAxisAtZero) {
    auto chart = sample::sample_curve_chart();
    std::get<report::CurveChart>(chart.content).series[0].x[0] = 0.0;
    expect_error([&] { (void)make_renderer().svg(chart, {}); }, ErrorKind::domain, "positive");
}

TEST(MakeRenderer, RefusesADateThatIsNone) {
    report::Document document = sample::sample_document(5);
    document.date = "21/11/2026";
    expect_error([&] { (void)make_renderer().pdf(document); }, ErrorKind::domain, "21/11/2026");
}

TEST(MakeRenderer, GivesNoDateToADocumentWithoutOne) {
    report::Document document = sample::sample_document(5);
    auto const dated = make_renderer().pdf(document);
    document.date.clear();
    auto const undated = make_renderer().pdf(document);
    auto const holds = [](std::vector<std::byte> const& bytes, std::string_view part) {
        std::string_view const text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
        return text.find(part) != std::string_view::npos;
    };
    EXPECT_TRUE(holds(dated, "/CreationDate"));
    EXPECT_TRUE(holds(dated, "<xmp:CreateDate>"));
    EXPECT_FALSE(holds(undated, "/CreationDate"));
    EXPECT_FALSE(holds(undated, "/ModDate"));
    EXPECT_FALSE(holds(undated, "<xmp:CreateDate>"));
    EXPECT_TRUE(holds(undated, "/Title"));
}

TEST(MakeRenderer, DrawsChartsAsPngOnWhite) {
    auto const png =
        make_renderer().chart_png(sample::sample_curve_chart(), report::Language::french);
    QImage image;
    ASSERT_TRUE(image.loadFromData(reinterpret_cast<uchar const*>(png.data()),
                                   static_cast<int>(png.size())));
    EXPECT_EQ(image.width(), 1488); // (480 + 2 * 8) points of 3 pixels
    EXPECT_GT(image.height(), 300);
    EXPECT_EQ(image.pixelColor(0, 0), QColor(Qt::white));
    int inked = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            inked += image.pixelColor(x, y).lightness() < 200 ? 1 : 0;
        }
    }
    EXPECT_GT(inked, 2000);
}

} // namespace
