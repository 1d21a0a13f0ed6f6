// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/case_colours.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace {

namespace casefile = cmq::casefile;
namespace fs = std::filesystem;
using cmq::Error;
using cmq::ErrorKind;
using cmq::pipeline::case_colours;
using cmq::pipeline::MeasuredCapture;
using testing::HasSubstr;

cmq::detect::Trace trace(double x, double flux, bool saturated = false) {
    cmq::detect::Trace made;
    made.x = x;
    made.y = 50.0;
    made.flux_dn = {flux, 2.0 * flux, 2.0 * flux, flux};
    made.flux_covariance_dn2 = {1, 0, 0, 0, 1, 0, 0, 1, 0, 1}; // 2 DN of the total
    made.saturated = saturated;
    return made;
}

// A case with one reference capture: two clear spots left and right, one saturated, one too faint.
class CaseColours : public testing::Test {
protected:
    CaseColours() {
        of.file = (folder / "case.toml").string();
        casefile::Capture entry;
        entry.id.value = "r";
        entry.role.value = casefile::CaptureRole::reference;
        entry.substrate = "skin";
        entry.lamp_nm = 365.0;
        of.captures.push_back(entry);
        MeasuredCapture measured;
        measured.capture.metadata.make = "Maker";
        measured.capture.metadata.model = "One";
        measured.detection.emplace();
        measured.detection->traces = {
            trace(10, 1000), trace(200, 1000), trace(10, 5000, true), trace(10, 1)};
        captures.push_back(std::move(measured));
        of.unknown_weight = casefile::Placed<double>{1.5, {}};
        add_class("marker");
        add_class("dye");
        of.colour_classes[1].weight = casefile::Placed<double>{2.5, {}};
    }

    ~CaseColours() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    void add_class(char const* name) {
        casefile::ColourClass one;
        one.id.value = name;
        of.colour_classes.push_back(one);
    }

    void add_reference(char const* of_class,
                       char const* sample,
                       std::optional<casefile::Region> region = {}) {
        casefile::Reference reference;
        reference.place = {.file = "case.toml", .line = 33, .key = "reference[1]"};
        reference.of_class.value = of_class;
        reference.capture.value = "r";
        reference.sample = sample;
        reference.region = region;
        of.references.push_back(reference);
    }

    void add_library(std::string const& text) {
        fs::create_directories(folder);
        cmq::write_file(folder / "dyes.csv", text);
        of.colour_classes[1].library = casefile::Placed<std::string>{
            "dyes.csv", {.file = "case.toml", .line = 44, .key = "k"}};
    }

    fs::path folder =
        fs::temp_directory_path() / ("cmq_case_colours_" + std::to_string(::getpid()));
    casefile::Case of;
    std::vector<MeasuredCapture> captures;
};

TEST_F(CaseColours, AreNoneWithoutClasses) {
    of.colour_classes.clear();
    EXPECT_FALSE(case_colours(of, captures));
    EXPECT_EQ(cmq::pipeline::colour_parameters(casefile::Case{}), "");
}

TEST_F(CaseColours, TakeClearSpotsOfTheRegion) {
    add_reference("marker", "one", casefile::Region{0.0, 0.0, 100.0, 100.0});
    add_reference("marker", "two");
    auto const colours = case_colours(of, captures);
    ASSERT_TRUE(colours);
    EXPECT_EQ(colours->marker.samples, 2U);
    EXPECT_EQ(colours->marker.spots, 3U);  // the left one, then both; never the saturated or faint
    EXPECT_FALSE(colours->marker.colours); // two samples show no spread
    ASSERT_EQ(colours->rivals.size(), 1U);
    EXPECT_EQ(colours->rivals[0].weight, 2.5);
    EXPECT_EQ(colours->rivals[0].samples, 0U);
    EXPECT_EQ(colours->unknown_weight, 1.5);
    ASSERT_FALSE(colours->marker.conditions.empty());
    EXPECT_EQ(colours->marker.conditions[0].substrate, "skin");
    EXPECT_EQ(colours->marker.conditions[0].lamp_nm, 365.0);
    EXPECT_EQ(colours->marker.conditions[0].filter, "");
    EXPECT_EQ(colours->marker.conditions[0].camera, "Maker One");
}

TEST_F(CaseColours, TakeTheRowsOfTheirClassFromALibraryBesideCaptures) {
    add_library("class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                "flux_sigma_g2,flux_sigma_b\ndye,a,100,200,200,90,1,1,1,1\n"
                "leaf,b,100,200,200,90,1,1,1,1\n");
    add_reference("dye", "c");
    auto const colours = case_colours(of, captures);
    ASSERT_TRUE(colours);
    EXPECT_EQ(colours->rivals[0].samples, 2U);
    EXPECT_EQ(colours->rivals[0].spots, 3U);
}

TEST_F(CaseColours, ChangeWithWhatTheCaseSays) {
    std::string const before = cmq::pipeline::colour_parameters(of);
    add_reference("dye", "c");
    std::string const with_reference = cmq::pipeline::colour_parameters(of);
    EXPECT_NE(with_reference, before);
    of.references[0].region = casefile::Region{0.0, 0.0, 100.0, 100.0};
    EXPECT_NE(cmq::pipeline::colour_parameters(of), with_reference);
}

TEST_F(CaseColours, RefuseAReferenceWithoutAUsableTrace) {
    add_reference("marker", "one", casefile::Region{300.0, 0.0, 100.0, 100.0});
    try {
        (void)case_colours(of, captures);
        FAIL() << "was not refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        EXPECT_THAT(error.full_text(), HasSubstr("line 33"));
    }
}

TEST_F(CaseColours, RefuseALibraryWithoutTheClass) {
    add_library("class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                "flux_sigma_g2,flux_sigma_b\nleaf,a,100,200,200,90,1,1,1,1\n");
    try {
        (void)case_colours(of, captures);
        FAIL() << "was not refused";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        EXPECT_THAT(error.full_text(), HasSubstr("line 44"));
    }
}

} // namespace
