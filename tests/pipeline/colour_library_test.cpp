// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/colour_library.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using cmq::lab::ColourConditions;
using cmq::lab::ColourDoubt;
using cmq::lab::ColourResult;
using cmq::lab::ColourVerdict;
using cmq::pipeline::fit_colours;
using cmq::pipeline::FittedColours;
using cmq::pipeline::parse_colour_library;
using cmq::pipeline::weigh_colours;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string const header = "class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                           "flux_sigma_g2,flux_sigma_b";
ColourConditions const skin{
    .substrate = "skin", .lamp_nm = 365.0, .filter = "LP 420", .camera = "Maker One"};

ErrorKind refusal(std::string const& text, std::string const& word) {
    try {
        (void)parse_colour_library(text);
    } catch (Error const& error) {
        EXPECT_THAT(error.what(), HasSubstr(word));
        return error.kind();
    }
    ADD_FAILURE() << "was not refused: " << text;
    return ErrorKind::internal;
}

// `samples` of a material whose shares scatter by 0.02 around r : g : b, as rows.
std::string rows(std::string const& name,
                 std::array<double, 3> const& shares,
                 std::size_t samples,
                 std::uint32_t task) {
    std::string text;
    for (std::size_t i = 0; i < samples; ++i) {
        cmq::Random random{41, task, i};
        std::array<double, 3> flux{};
        for (std::size_t c = 0; c < 3; ++c) {
            flux[c] = 1e5 * (shares[c] + 0.02 * random.normal());
        }
        text += name + ",s" + std::to_string(i);
        for (double const plane : {flux[0], flux[1] / 2, flux[1] / 2, flux[2]}) {
            text += ',' + cmq::number_text(plane);
        }
        text += ",100,100,100,100,skin,365,LP 420,Maker One\n";
    }
    return text;
}

constexpr std::array<double, 3> green{0.25, 0.65, 0.10};
constexpr std::array<double, 3> blue{0.10, 0.30, 0.60};
constexpr std::array<double, 3> orange{0.60, 0.35, 0.05};

FittedColours library(std::size_t samples_of_marker) {
    return fit_colours(parse_colour_library(header + ",substrate,lamp_nm,filter,camera\n" +
                                            rows("marker", green, samples_of_marker, 1) +
                                            rows("brightener", blue, 15, 2) +
                                            rows("dye", orange, 15, 3)),
                       1.0);
}

cmq::detect::Trace trace(std::array<double, 3> const& shares, double total, double sigma) {
    cmq::detect::Trace made;
    made.id = 7;
    made.flux_dn = {
        total * shares[0], total * shares[1] / 2, total * shares[1] / 2, total * shares[2]};
    double const variance = sigma * sigma / 4.0; // of the total: sigma squared
    made.flux_covariance_dn2 = {variance, 0, 0, 0, variance, 0, 0, variance, 0, variance};
    return made;
}

ColourResult weigh(FittedColours const& colours,
                   cmq::detect::Trace const& of,
                   ColourConditions const& conditions = skin) {
    auto const results = weigh_colours({of}, colours, conditions);
    EXPECT_EQ(results.size(), 1U);
    return results.front();
}

TEST(WeighColours, SaysWhereAJoinedCaptureHasNoLight) {
    ColourConditions two = skin;
    two.captures = 2;
    two.joined = "LP 515";
    auto const results =
        weigh_colours({trace(green, 1e5, 100.0)}, library(12), two, {std::nullopt});
    ASSERT_EQ(results.size(), 1U);
    EXPECT_THAT(results[0].ratio.doubts, Contains(ColourDoubt::not_measured));
    EXPECT_EQ(results[0].classes.size(), 3U);
    EXPECT_FALSE(results[0].ratio.log10_lr);
}

TEST(ParseColourLibrary, ReadsClassesSpotsWeightsAndConditions) {
    auto const classes = parse_colour_library(
        "\xEF\xBB\xBF" + header + ",weight,lamp_nm,id,saturated\n" +
        "marker,a,100,200,300,50,1,2,3,4,,365,1,0\n" + "dye,b,10,20,30,5,1,1,1,1,2.5,,2,0\n" +
        "dye,b,11,21,31,6,1,1,1,1,,,3,0\n");
    ASSERT_EQ(classes.size(), 2U);
    EXPECT_EQ(classes[0].name, "marker");
    EXPECT_FALSE(classes[0].weight);
    ASSERT_EQ(classes[0].spots.size(), 1U);
    EXPECT_EQ(classes[0].spots[0].sample, "a");
    EXPECT_THAT(classes[0].spots[0].light.flux_dn, ElementsAre(100, 500, 50));
    EXPECT_THAT(classes[0].spots[0].light.covariance_dn2,
                ElementsAre(1, 0, 0, 0, 4 + 9, 0, 0, 0, 16));
    ASSERT_EQ(classes[0].conditions.size(), 1U);
    EXPECT_EQ(classes[0].conditions[0].lamp_nm, 365.0);
    EXPECT_EQ(classes[1].weight, 2.5);
    EXPECT_EQ(classes[1].spots.size(), 2U);
    EXPECT_EQ(classes[1].conditions.size(), 1U); // alike
}

TEST(ParseColourLibrary, JoinsTheLightOfSeveralCaptures) {
    std::string joined;
    std::string cells;
    for (int capture = 1; capture <= 2; ++capture) {
        for (int c = 0; c < 3; ++c) {
            std::string const name = "joined" + std::to_string(capture) + "_flux_";
            joined += "," + name + "rgb"[c] + "," + name + "sigma_" + "rgb"[c];
            cells += "," + std::to_string(1000 * capture + c) + "," + std::to_string(capture + c);
        }
    }
    std::string const text =
        header + joined + ",joined\nmarker,a,100,200,300,50,1,2,3,4" + cells + ",LP 515\n";
    auto const classes = parse_colour_library(text, 2);
    auto const& light = classes[0].spots[0].light;
    EXPECT_THAT(light.flux_dn, ElementsAre(1000, 1001, 1002, 2000, 2001, 2002));
    EXPECT_EQ(light.covariance_dn2[0], 1.0);
    EXPECT_EQ(light.covariance_dn2[35], 16.0);
    EXPECT_EQ(light.covariance_dn2[5], 0.0);
    EXPECT_EQ(classes[0].conditions[0].joined, "LP 515");
    EXPECT_EQ(classes[0].conditions[0].captures, 2U);
    // The same table serves one capture; it does not serve three.
    EXPECT_THAT(parse_colour_library(text)[0].spots[0].light.flux_dn, ElementsAre(100, 500, 50));
    EXPECT_THROW((void)parse_colour_library(text, 3), Error);
}

TEST(ParseColourLibrary, RefusesWhatIsNoTable) {
    std::string const row = "\nmarker,a,100,200,300,50,1,2,3,4";
    EXPECT_EQ(refusal("", "column names"), ErrorKind::format);
    EXPECT_EQ(refusal(header, "at least one"), ErrorKind::format);
    EXPECT_EQ(refusal(header + ",colour" + row + ",x", "docs/cli/detect.md"), ErrorKind::format);
    EXPECT_EQ(refusal(header + ",class" + row + ",x", "twice"), ErrorKind::format);
    EXPECT_EQ(refusal("class,sample\nmarker,a", "missing"), ErrorKind::format);
    EXPECT_EQ(refusal(header + "\nmarker,,1,2,3,5,1,2,3,4", "empty"), ErrorKind::format);
    EXPECT_EQ(refusal(header + "\nmarker,a,,2,3,5,1,2,3,4", "empty"), ErrorKind::format);
    EXPECT_EQ(refusal(header + "\nmarker,a,1e,2,3,5,1,2,3,4", "no number"), ErrorKind::format);
    EXPECT_EQ(refusal(header + "\nmarker,a,nan,2,3,5,1,2,3,4", "no number"), ErrorKind::format);
    EXPECT_EQ(refusal(header + "\nunknown,a,100,2,3,5,1,2,3,4", "nobody thought"),
              ErrorKind::format);
    EXPECT_EQ(refusal(header + "\n\"mar\x1bker\",a,100,2,3,5,1,2,3,4", "control"),
              ErrorKind::format);
}

TEST(ParseColourLibrary, RefusesWhatIsNoReference) {
    EXPECT_EQ(refusal(header + "\nmarker,a,100,200,300,50,0,2,3,4", "above 0"), ErrorKind::domain);
    EXPECT_EQ(refusal(header + ",weight\nmarker,a,100,200,300,50,1,2,3,4,1", "no weight"),
              ErrorKind::domain);
    EXPECT_EQ(refusal(header + ",weight\ndye,a,100,200,300,50,1,2,3,4,1\n"
                               "dye,b,100,200,300,50,1,2,3,4,2",
                      "already"),
              ErrorKind::domain);
    EXPECT_EQ(refusal(header + ",saturated\ndye,a,100,200,300,50,1,2,3,4,1", "lower limits"),
              ErrorKind::insufficient);
    EXPECT_EQ(refusal(header + "\ndye,a,10,20,30,5,10,10,10,10", "at least 5"), // 65 +- 20
              ErrorKind::insufficient);
}

TEST(ParseColourLibrary, RefusesMoreRowsThanItReads) {
    std::string text = header;
    for (std::size_t i = 0; i < cmq::pipeline::most_colour_rows; ++i) {
        text += "\nd,a,9,9,9,9,1,1,1,1";
    }
    EXPECT_EQ(refusal(text, "more than"), ErrorKind::limits);
}

TEST(WeighColours, TellsABrightenerFromTheMarker) {
    auto const result = weigh(library(12), trace(blue, 1e5, 500.0));
    EXPECT_EQ(result.trace, 7);
    ASSERT_EQ(result.classes.size(), 3U);
    EXPECT_EQ(result.classes[0].name, "marker");
    EXPECT_EQ(result.classes[0].samples, 12U);
    EXPECT_FALSE(result.classes[0].weight);
    EXPECT_EQ(result.classes[1].weight, 1.0);
    ASSERT_TRUE(result.classes[1].log_density);
    EXPECT_GT(*result.classes[1].log_density, *result.classes[0].log_density);
    EXPECT_EQ(result.ratio.verdict, ColourVerdict::for_rivals);
    ASSERT_TRUE(result.ratio.log10_lr);
    EXPECT_LT(*result.ratio.log10_lr, -1.0);
    EXPECT_THAT(result.differences, IsEmpty());
}

TEST(WeighColours, GivesARatioButNoVerdictForTheMarkerInThreeChannels) {
    auto const result = weigh(library(12), trace(green, 1e5, 500.0));
    ASSERT_TRUE(result.ratio.log10_lr);
    EXPECT_GT(*result.ratio.log10_lr, 0.0);
    EXPECT_EQ(result.ratio.verdict, ColourVerdict::indeterminate);
}

TEST(WeighColours, ForgetsTheAmountOfLight) {
    auto const library12 = library(12);
    auto const small = weigh(library12, trace(blue, 1e4, 50.0));
    auto const large = weigh(library12, trace(blue, 1e6, 5000.0));
    // Densities have the unit of DN to the power of -2; a ratio has none.
    EXPECT_NEAR(*small.ratio.log10_lr, *large.ratio.log10_lr, 1e-6);
}

TEST(WeighColours, SaysWhyItCannotTell) {
    EXPECT_THAT(weigh(library(9), trace(green, 1e5, 500.0)).ratio.doubts,
                ElementsAre(ColourDoubt::few_references));
    EXPECT_THAT(weigh(library(3), trace(green, 1e5, 500.0)).ratio.of_classes,
                ElementsAre("marker")); // too few for a spread at all
    EXPECT_THAT(weigh(library(12), trace(green, 1e5, 5e4)).ratio.doubts,
                ElementsAre(ColourDoubt::too_faint));
    auto saturated = trace(green, 1e5, 500.0);
    saturated.saturated = true;
    EXPECT_THAT(weigh(library(12), saturated).ratio.doubts, ElementsAre(ColourDoubt::saturated));
    ColourConditions cotton = skin;
    cotton.substrate = "cotton";
    auto const other = weigh(library(12), trace(green, 1e5, 500.0), cotton);
    EXPECT_THAT(other.ratio.doubts, ElementsAre(ColourDoubt::other_conditions));
    EXPECT_EQ(other.differences.size(), 3U); // of each class
    EXPECT_FALSE(other.ratio.log10_lr);
}

TEST(WeighColours, NamesWhatIsMissingWithoutAnyReference) {
    auto const result = weigh(fit_colours({}, 1.0), trace(green, 1e5, 500.0));
    EXPECT_EQ(result.ratio.verdict, ColourVerdict::indeterminate);
    EXPECT_THAT(result.ratio.doubts,
                ElementsAre(ColourDoubt::few_references, ColourDoubt::no_rival));
    EXPECT_THAT(result.ratio.of_classes, ElementsAre("marker"));
}

TEST(FitColours, RefusesSamplesOfOneColourAndNamesTheClass) {
    std::string text = header;
    for (int i = 0; i < 6; ++i) {
        text += "\ndye,s" + std::to_string(i) + ",100,200,200,50,1,2,2,4";
    }
    try {
        (void)fit_colours(parse_colour_library(text), 1.0);
        FAIL() << "was not refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        EXPECT_THAT(error.full_text(), HasSubstr("dye"));
    }
}

} // namespace
