// SPDX-License-Identifier: GPL-3.0-or-later

// A case of a coloured marker, which takes light away: measured, kept, restored and told.

#include "apps/pipeline/restore_case.hpp"
#include "core/error.hpp"
#include "report/json_note.hpp"
#include "tests/pipeline/small_case.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using testing::HasSubstr;

// Skin in daylight, with spots that take light.
void write_visible(fs::path const& file, std::size_t spots, std::uint64_t seed) {
    capture::SceneSettings settings;
    settings.shape = {384, 512};
    settings.seed = seed;
    settings.background.kind = capture::BackgroundKind::flat;
    settings.background.electrons = {900.0, 1400.0, 1400.0, 1000.0};
    if (spots > 0) {
        capture::DropletGroup dark;
        dark.count = spots;
        dark.radius = 6.0;
        dark.radius_log_sd = 0.0;
        dark.absorption = {0.02, 0.06, 0.06, 0.08}; // a thin red dye
        dark.separation = 40.0;
        dark.region = capture::Region{.x = 40.0, .y = 40.0, .width = 420.0, .height = 300.0};
        settings.droplets.push_back(dark);
    }
    capture::SimulatedScene const scene = capture::simulate_scene(settings);
    capture::write_dng(file, capture::to_dng_picture(scene));
}

std::string capture_text(std::string const& id, std::string const& role) {
    return "[[capture]]\nid = \"" + id + "\"\nfile = \"" + id + ".dng\"\nrole = \"" + role +
           "\"\nmarks = \"darker\"\n" +
           (role == "evidence"
                ? "zone = \"P1.hand\"\nat = { time = \"16:00\", uncertainty_min = 5 }\n"
                : "");
}

std::string const stated = "[[lookalike]]\nid = \"dirt\"\nprevalence = 0.2\n";

class DarkerCase : public testing::Test {
protected:
    DarkerCase() {
        fs::create_directories(folder);
        write_visible(folder / "c1.dng", 6, 1);
        write_visible(folder / "b1.dng", 0, 2);
        write_visible(folder / "b2.dng", 0, 3);
    }

    ~DarkerCase() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    [[nodiscard]] pipeline::Computed compute(std::string const& more) const {
        using namespace pipeline::test;
        std::string text = with(two_accounts, "schema = 1\n", "schema = 1\ndemonstration = true\n");
        text = with(text, "draws = 4096", "draws = 64"); // the error does not matter here
        write_file(folder / "case.toml",
                   text + capture_text("c1", "evidence") + capture_text("b1", "blank") +
                       capture_text("b2", "blank") + more);
        return pipeline::compute_case(folder / "case.toml",
                                      {.decoder = program_of_build("contremarque-decoder")},
                                      nullptr,
                                      {});
    }

    fs::path folder = fs::temp_directory_path() / ("cmq_darker_case_" + std::to_string(::getpid()));
};

TEST_F(DarkerCase, IsMeasuredKeptAndToldOnTheDarkSide) {
    pipeline::Computed const computed = compute(stated);
    auto const& detections = computed.input.detections;
    ASSERT_EQ(detections.size(), 3U);
    for (auto const& each : detections) {
        EXPECT_TRUE(each.detection.darker) << each.capture;
    }
    auto const& traces = detections[0].detection.traces;
    ASSERT_EQ(traces.size(), 6U);
    for (detect::Trace const& trace : traces) {
        EXPECT_GT(trace.flux_dn[1], 0.0); // light that is taken
    }
    ASSERT_TRUE(detections[0].significance.has_value());
    ASSERT_EQ(computed.input.blanks.size(), 1U);
    EXPECT_EQ(computed.input.blanks[0].totals_dn.size(), 2U);
    ASSERT_EQ(computed.input.findings.size(), 1U);
    EXPECT_EQ(computed.input.findings[0].finding.kind, lab::FindingKind::amount);
    // Six discs of 113 photosites at 0.5 DN an electron; a quarter of them of each plane.
    double const share = (900 * 0.02 + 2 * 1400 * 0.06 + 1000 * 0.08) / 4.0;
    double const taken_dn = 6 * 113.1 * share * 0.5;
    EXPECT_NEAR(*computed.input.findings[0].total_dn, taken_dn, 0.12 * taken_dn);

    casefile::KeptCase const kept = casefile::to_kept_case(
        casefile::to_bytes(pipeline::with_ledger(computed.kept, computed.ledger)));
    pipeline::Computed const back = pipeline::restore_case(kept);
    EXPECT_TRUE(back.input.detections[1].detection.darker);
    EXPECT_EQ(report::json_note(back.input), report::json_note(computed.input));
    EXPECT_THAT(report::fixture::all_text(report::make_note(back.input, Language::english)),
                HasSubstr("what takes light away"));
    EXPECT_THAT(report::fixture::all_text(report::make_note(back.input, Language::french)),
                HasSubstr("ce qui prend la lumière"));
    casefile::LedgerEntry const* const measured = back.ledger.find("measure");
    ASSERT_NE(measured, nullptr);
    EXPECT_THAT(measured->parameters, HasSubstr(" darker"));
}

TEST_F(DarkerCase, IsRefusedWithoutSayingHowOftenSomethingElseDarkens) {
    try {
        static_cast<void>(compute(""));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        EXPECT_THAT(error.full_text(), HasSubstr("capture[1].marks"));
        EXPECT_THAT(error.full_text(), HasSubstr("[[lookalike]]"));
        EXPECT_THAT(error.full_sentence().in(Language::french), HasSubstr("de ce qui assombrit"));
    }
}

TEST_F(DarkerCase, RefusesALibraryOfSpotsThatShine) {
    write_file(folder / "dyes.csv",
               "class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,flux_sigma_"
               "g2,flux_sigma_b\nmarker,1,100,200,200,100,1,1,1,1\n");
    try {
        static_cast<void>(compute(stated + R"([colour]
unknown_weight = 1
[[colour_class]]
name = "marker"
library = "dyes.csv"
source = "laboratory sheet 4"
)"));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.full_text(), HasSubstr("colour_class[1].library"));
    }
}

} // namespace
