// SPDX-License-Identifier: GPL-3.0-or-later

// The whole way on simulated camera files: written, decoded, searched, weighed, told. The directions in
// which the value must move were written down before the first run; each test says why.

#include "apps/pipeline/analyse.hpp"

#include "apps/pipeline/compute_case.hpp"
#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <unistd.h>

namespace {

namespace capture = cmq::capture;
namespace fs = std::filesystem;
namespace lab = cmq::lab;
namespace pipeline = cmq::pipeline;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

void write_scene(fs::path const& file,
                 std::size_t droplets,
                 double flux_electrons,
                 std::uint64_t seed) {
    capture::SceneSettings settings;
    settings.shape = {320, 480};
    settings.seed = seed;
    if (droplets > 0) {
        capture::DropletGroup group;
        group.count = droplets;
        group.flux_electrons = flux_electrons;
        group.flux_log_sd = 0.2;
        group.separation = 30.0;
        group.region = capture::Region{.x = 60.0, .y = 40.0, .width = 360.0, .height = 220.0};
        settings.droplets.push_back(group);
    }
    capture::SimulatedScene const scene = capture::simulate_scene(settings);
    capture::write_dng(file, capture::to_dng_picture(scene));
}

// The parts of the case that the tests change.
struct Story {
    std::string evidence = "evidence.dng";
    std::string handshake = "12:42";
    std::string kappa = "20";
    std::string more{}; ///< appended to the case
    bool demonstration = true;
};

std::string parameter(std::string const& name, std::string const& value) {
    return "[[parameter]]\nname = \"" + name + "\"\nvalue = " + value +
           "\nconditions = \"test\"\nsource = \"test\"\ngrade = \"expert_judgement\"\n";
}

std::string case_text(Story const& story) {
    return std::string{"schema = 1\ndemonstration = "} + (story.demonstration ? "true" : "false") +
           R"(
[case]
id = "test-1"
language = "fr"
[report]
date = 2026-11-21
role = "party"
[population]
checked = 100
glowing = 3
[examination]
blanks = ["b1", "b2"]
reference = "lot"
[[capture]]
id = "c1"
file = ")" +
           story.evidence + R"("
role = "evidence"
zone = "P1.hand"
at = { time = "16:00", uncertainty_min = 1 }
[[capture]]
id = "b1"
file = "blank1.dng"
role = "blank"
[[capture]]
id = "b2"
file = "blank2.dng"
role = "blank"
[[capture]]
id = "lot"
file = "lot.dng"
role = "reference"
material = "marker"
)" + cmq::pipeline::test::two_hands("12:40", story.handshake, "0") +
           cmq::pipeline::test::hit_or_handshake + parameter("dry.tau_min", "15") +
           parameter("kappa", story.kappa) + story.more;
}

// One folder of pictures for all tests: decoding is what takes the time.
class SlowAnalyse : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder() = fs::temp_directory_path() / ("cmq_analyse_" + std::to_string(::getpid()));
        fs::create_directories(folder());
        write_scene(folder() / "evidence.dng", 12, 30'000.0, 1);
        write_scene(folder() / "half.dng", 12, 15'000.0, 1);
        write_scene(folder() / "bright.dng", 3, 6e6, 1);
        write_scene(folder() / "blank1.dng", 0, 0.0, 2);
        write_scene(folder() / "blank2.dng", 0, 0.0, 3);
        write_scene(folder() / "lot.dng", 12, 30'000.0, 4);
    }

    static void TearDownTestSuite() {
        std::error_code ignored;
        fs::remove_all(folder(), ignored);
    }

    static fs::path& folder() {
        static fs::path path;
        return path;
    }

    static pipeline::MeasureSettings settings(unsigned threads = 0) {
        return {.decoder = fs::path{CMQ_BINARY_DIR} / "bin" / "contremarque-decoder",
                .threads = threads};
    }

    static pipeline::Computed evaluate(Story const& story, unsigned threads = 0) {
        cmq::write_file(folder() / "case.toml", case_text(story));
        return pipeline::compute_case(folder() / "case.toml", settings(threads), nullptr, {});
    }

    static double log10_lr(pipeline::Computed const& computed) {
        EXPECT_EQ(computed.input.evaluations.size(), 1U);
        EXPECT_TRUE(computed.input.evaluations.front().log10_lr.has_value());
        return computed.input.evaluations.front().log10_lr.value_or(0.0);
    }

    static ErrorKind refusal(Story const& story, std::string const& words) {
        try {
            static_cast<void>(evaluate(story));
        } catch (Error const& error) {
            EXPECT_THAT(error.full_text(), HasSubstr(words));
            return error.kind();
        }
        ADD_FAILURE() << "nothing was refused";
        return ErrorKind::internal;
    }
};

// Twelve bright droplets are far more marker than a handshake usually hands on, and what a pellet leaves:
// the findings support the hit. On the blank in its place nothing is seen, which a pellet on that very hand
// would seldom leave behind: the value moves to the other side of 1.
TEST_F(SlowAnalyse, SwappingTheEvidenceForABlankMovesTheValueToTheOtherSide) {
    auto const seen = evaluate({});
    EXPECT_EQ(seen.input.findings.front().finding.kind, lab::FindingKind::amount);
    EXPECT_GE(seen.input.detections.front().detection.traces.size(), 10U);
    EXPECT_GT(log10_lr(seen), 0.0);

    auto const blank = evaluate({.evidence = "blank1.dng"});
    EXPECT_EQ(blank.input.findings.front().finding.kind, lab::FindingKind::not_detected);
    EXPECT_EQ(blank.input.detections.front().detection.traces.size(), 0U);
    EXPECT_LT(log10_lr(blank), 0.0);
}

// Contact hands on a part of what the other hand got, so its amounts lie below those of a hit: half the
// light is relatively more probable by contact.
TEST_F(SlowAnalyse, HalfTheFluxSupportsTheHitLess) {
    auto const whole = evaluate({});
    auto const half = evaluate({.evidence = "half.dng"});
    // The seed of the noise is the same: the amount halves but for the droplets' own photon noise.
    EXPECT_NEAR(half.input.findings.front().finding.value /
                    whole.input.findings.front().finding.value,
                0.5,
                0.08);
    EXPECT_LT(log10_lr(half), log10_lr(whole));
}

// With a drying time of 15 minutes, three hours leave e^-12 of the liquid wet; dry marker moves less, so
// the same amount is less probable by contact.
TEST_F(SlowAnalyse, AContactAfterThreeHoursInsteadOfTwoMinutesSupportsTheHitMore) {
    // The value itself may be withheld for its error; what moves is the probability by contact.
    auto const late = evaluate({.handshake = "15:40"}).input.evaluations.front();
    auto const early = evaluate({.handshake = "12:42"}).input.evaluations.front();
    EXPECT_LT(late.log10_p_h2.value(), early.log10_p_h2.value());
    EXPECT_NEAR(late.log10_p_h1.value(), early.log10_p_h1.value(), 0.1);
}

// A saturated mark is seen, with no amount. Far below one detection limit only lumps are seen: with quanta
// half as large, the little that a contact after three hours hands on is seen less often, while a hit, far above
// the limit, is seen as before.
TEST_F(SlowAnalyse, TwiceTheQuantaADetectionLimitMakeADetectionSupportTheHitMore) {
    Story story{.evidence = "bright.dng", .handshake = "15:40", .kappa = "5"};
    story.more = parameter("load.pellet_dl", "40") + parameter("transfer.dry_porous", "0.01") +
                 parameter("contamination.probability", "0") +
                 parameter("look_alike.prevalence", "0.001");
    auto const coarse = evaluate(story);
    EXPECT_EQ(coarse.input.findings.front().finding.kind, lab::FindingKind::detected);
    story.kappa = "10";
    EXPECT_GT(log10_lr(evaluate(story)), log10_lr(coarse));
}

TEST_F(SlowAnalyse, GivesTheSameBitsOnOneAndOnTwoThreads) {
    EXPECT_EQ(evaluate({}, 1).input.findings.front().finding.value,
              evaluate({}, 2).input.findings.front().finding.value);
    // Seen, with no amount: for an amount too many draws are unsettled for a sensitivity.
    auto const one = evaluate({.evidence = "bright.dng"}, 1);
    auto const two = evaluate({.evidence = "bright.dng"}, 2);
    EXPECT_EQ(one.input.evaluations.front().log10_lr, two.input.evaluations.front().log10_lr);
    ASSERT_TRUE(one.input.evaluations.front().sensitivity);
    ASSERT_TRUE(two.input.evaluations.front().sensitivity);
    EXPECT_EQ(one.input.evaluations.front().sensitivity->high,
              two.input.evaluations.front().sensitivity->high);
}

TEST_F(SlowAnalyse, RefusesSimulatedFilesOutsideADemonstration) {
    EXPECT_EQ(refusal({.demonstration = false}, "simulated"), ErrorKind::domain);
}

TEST_F(SlowAnalyse, RefusesAMissingFileAndNamesItsLine) {
    EXPECT_EQ(refusal({.evidence = "none.dng"}, "case.toml line"), ErrorKind::io);
}

TEST_F(SlowAnalyse, RefusesAFileThatIsNoCapture) {
    cmq::write_file(folder() / "text.dng", std::string_view{"not a picture"});
    EXPECT_EQ(refusal({.evidence = "text.dng"}, "case.toml line"), ErrorKind::unsupported);
}

TEST_F(SlowAnalyse, WritesTheNotesAndTheManifestWithoutQt) {
    cmq::write_file(folder() / "case.toml", case_text({}));
    auto const out = folder() / "out";
    auto const outcome =
        pipeline::analyse({.case_file = folder() / "case.toml",
                           .output = out,
                           .notes = {.formats = {pipeline::Format::html, pipeline::Format::json}},
                           .decoder = settings().decoder,
                           .case_reader = {}, // there is no earlier case file
                           .renderer = {}});
    for (char const* name :
         {"case.h5", "note.fr.html", "note.en.html", "note.json", "run.log", "manifest.json"}) {
        EXPECT_TRUE(fs::exists(out / name)) << name;
    }
    EXPECT_FALSE(fs::exists(out / "note.fr.pdf"));
    EXPECT_EQ(outcome.files.back().filename(), "manifest.json");
    EXPECT_THAT(cmq::read_text(out / "note.fr.html"), HasSubstr("DÉMONSTRATION"));
}

TEST_F(SlowAnalyse, RefusesAPdfWithoutQtBeforeItReadsAnything) {
    try {
        pipeline::analyse({.case_file = folder() / "no such case.toml",
                           .output = folder() / "out2",
                           .decoder = {},
                           .case_reader = {},
                           .renderer = {}});
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
    EXPECT_FALSE(fs::exists(folder() / "out2"));
}

} // namespace
