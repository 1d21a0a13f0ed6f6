// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/application.hpp"
#include "render/chart.hpp"
#include "render/chart_items.hpp"
#include "render/renderer.hpp"
#include "tests/render/sample_document.hpp"

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QXmlStreamReader>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace {

namespace report = cmq::report;
namespace sample = cmq::render::test;
using cmq::render::make_renderer;
using report::Language;
using testing::HasSubstr;
using testing::Not;

std::vector<report::Chart> charts() {
    return {
        sample::sample_range_chart(), sample::sample_tornado_chart(), sample::sample_curve_chart()};
}

std::string svg(report::Chart const& chart, Language language = Language::french) {
    return make_renderer().svg(chart, language);
}

// The text of all elements of a name.
std::vector<std::string> texts(std::string const& xml, char const* element) {
    std::vector<std::string> result;
    QXmlStreamReader reader{QString::fromStdString(xml)};
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement &&
            reader.name() == QLatin1String{element}) {
            result.push_back(reader.readElementText(QXmlStreamReader::IncludeChildElements)
                                 .trimmed()
                                 .toStdString());
        }
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    return result;
}

TEST(ToSvg, IsOneWellFormedElementWithTitleAndDescription) {
    for (auto const& chart : charts()) {
        std::string const text = svg(chart);
        EXPECT_EQ(text.substr(0, 5), "<svg ");
        EXPECT_THAT(text, Not(HasSubstr("<?xml")));
        EXPECT_THAT(texts(text, "title"), testing::ElementsAre(chart.title));
        EXPECT_THAT(texts(text, "desc"), testing::ElementsAre(chart.alt));
    }
}

TEST(ToSvg, KeepsWordsAsTextInTheLanguageOfTheNote) {
    auto const french = texts(svg(sample::sample_curve_chart()), "text");
    EXPECT_THAT(french, testing::Contains("0,001"));
    EXPECT_THAT(french, testing::Contains("1\u202F000"));
    auto const english = texts(svg(sample::sample_curve_chart(), Language::english), "text");
    EXPECT_THAT(english, testing::Contains("0.001"));
    EXPECT_THAT(english, testing::Contains("1,000"));
}

TEST(ToSvg, TakesInkFromThePage) {
    for (auto const& chart : charts()) {
        std::string const text = svg(chart);
        EXPECT_THAT(text, HasSubstr("fill=\"currentColor\""));
        for (char const* fixed :
             {"#1a1a1a", "#595959", "#dddddd", "#ffffff", "\"white\"", "\"#000000\""}) {
            EXPECT_THAT(text, Not(HasSubstr(fixed))) << chart.title;
        }
    }
}

TEST(ToSvg, EscapesWordsOfACaseFile) {
    auto chart = sample::sample_range_chart();
    auto& row = std::get<report::RangeChart>(chart.content).rows[0];
    row.label = "<script>&\"";
    chart.title = "</title><script>";
    chart.alt = "\" onload=\"x";
    std::string const text = svg(chart);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, Not(HasSubstr("\" onload")));
    EXPECT_THAT(texts(text, "title"), testing::ElementsAre(chart.title));
    EXPECT_THAT(texts(text, "text"), testing::Contains("<script>&\""));
}

TEST(ToSvg, UsesTheTicksThatTheChartBrings) {
    auto chart = sample::sample_curve_chart();
    chart.x_ticks = {{.at = 1e-4, .text = "un dix-millième"}, {.at = 1.0, .text = "un"}};
    auto const words = texts(svg(chart), "text");
    EXPECT_THAT(words, testing::Contains("un dix-millième"));
    EXPECT_THAT(words, Not(testing::Contains("0,001")));
}

TEST(ToSvg, LeavesAGapWhereACurveHasNoValue) {
    auto chart = sample::sample_curve_chart();
    auto& series = std::get<report::CurveChart>(chart.content).series;
    series.resize(1);
    auto const count = [](std::string const& text) {
        std::size_t n = 0;
        for (auto at = text.find("#0072b2"); at != std::string::npos;
             at = text.find("#0072b2", at + 1)) {
            ++n;
        }
        return n;
    };
    std::size_t const whole = count(svg(chart));
    series[0].y[30] = std::numeric_limits<double>::quiet_NaN();
    std::string const broken = svg(chart);
    EXPECT_EQ(count(broken), whole + 1);
    EXPECT_THAT(broken, Not(HasSubstr("nan")));
}

std::vector<QRectF> word_boxes(QGraphicsScene const& scene) {
    std::vector<QRectF> boxes;
    for (auto const* item : scene.items()) {
        if (item->type() == cmq::render::word_item_type) {
            boxes.push_back(item->sceneBoundingRect());
        }
    }
    return boxes;
}

TEST(MakeChartScene, NeverPutsWordsOverWordsOrOutside) {
    cmq::render::ensure_application();
    auto all = charts();
    // A centre near one side, long words at the ends of bars, and twelve decades on one axis.
    auto& tornado = std::get<report::TornadoChart>(all[1].content);
    tornado.rows.push_back(
        {.label = "Un paramètre au nom très long, sur plusieurs lignes, qui ne finit pas",
         .log10_at_low = 1.35,
         .log10_at_high = 4.0,
         .low_text = "une valeur basse, mesurée",
         .high_text = "une valeur haute, supposée"});
    auto wide = sample::sample_range_chart();
    std::get<report::RangeChart>(wide.content).rows[0].log10_high = 11.5;
    all.push_back(wide);
    auto ticked = sample::sample_tornado_chart();
    ticked.x_ticks = {
        {.at = -2.0, .text = "1/100"}, {.at = 0.0, .text = "1"}, {.at = 3.0, .text = "1 000"}};
    all.push_back(ticked);
    // The label of the last tick is centred on the end of the axis: half of it stands beyond.
    ticked.x_ticks.back() = {.at = 9.0, .text = "1 000 000 000"};
    all.push_back(ticked);
    for (auto const& chart : all) {
        auto const scene = cmq::render::make_chart_scene(chart, Language::french, 4710.0);
        auto const boxes = word_boxes(*scene);
        EXPECT_GT(boxes.size(), 5U);
        QRectF const page = scene->sceneRect().adjusted(-1.0, -1.0, 1.0, 1.0);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            EXPECT_TRUE(page.contains(boxes[i]))
                << chart.title << " " << i << " " << boxes[i].left();
            for (std::size_t j = 0; j < i; ++j) {
                EXPECT_FALSE(boxes[i].intersects(boxes[j])) << chart.title << " " << i << " " << j;
            }
        }
    }
}

} // namespace
