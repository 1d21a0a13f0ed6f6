// SPDX-License-Identifier: GPL-3.0-or-later

// A case whose colours rest on two captures of the scene: measured, kept, restored and told.

#include "apps/pipeline/restore_case.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "report/json_note.hpp"
#include "tests/pipeline/small_case.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using testing::HasSubstr;

// Of a capture's light, by red, green and blue. Both materials look alike in the first capture.
struct Shares {
    double red;
    double green;
    double blue;
};

constexpr Shares first{0.2, 0.5, 0.3};
constexpr Shares second_of_marker{0.6, 0.35, 0.05};
constexpr Shares second_of_dye{0.2, 0.7, 0.1};

// One scene: the same droplets for one scene_seed, with such a colour.
void write_capture(fs::path const& file, Shares const& shares, std::uint64_t seed) {
    capture::SceneSettings settings;
    settings.shape = {480, 640};
    settings.scene_seed = 7;
    settings.seed = seed;
    capture::DropletGroup group;
    group.count = 8;
    group.flux_electrons = 80'000.0;
    group.flux_log_sd = 0.2;
    group.separation = 70.0;
    group.colour = {shares.red, shares.green / 2.0, shares.green / 2.0, shares.blue};
    group.region = capture::Region{.x = 70.0, .y = 70.0, .width = 500.0, .height = 330.0};
    settings.droplets.push_back(group);
    capture::SimulatedScene const scene = capture::simulate_scene(settings);
    capture::write_dng(file, capture::to_dng_picture(scene));
}

// Twelve samples that differ by a few per cent.
std::string library_rows(std::string const& of_class, Shares const& second, std::uint64_t seed) {
    Random random{43, 1, seed};
    std::string rows;
    for (int sample = 0; sample < 12; ++sample) {
        auto const flux = [&](double share) {
            return std::to_string(40'000.0 * share * (1.0 + 0.03 * random.normal()));
        };
        rows += of_class + ",s" + std::to_string(sample) + ",1,1,1,1,1,1,1,1";
        for (Shares const& one : {first, second}) {
            for (double const share : {one.red, one.green, one.blue}) {
                rows += ',' + flux(share) + ",60";
            }
        }
        rows += ",cloth,365,LP 420,Contremarque SIMULATED,365 nm; LP 515\n";
    }
    return rows;
}

std::string library_text() {
    std::string header = "class,sample";
    for (char const* const of : {"flux", "flux_sigma"}) {
        for (char const* const plane : {"r", "g1", "g2", "b"}) {
            header += std::string{","} + of + "_" + plane;
        }
    }
    for (char const* const capture : {"joined1", "joined2"}) {
        for (char const* const channel : {"r", "g", "b"}) {
            header += std::string{","} + capture + "_flux_" + channel + "," + capture +
                      "_flux_sigma_" + channel;
        }
    }
    return header + ",substrate,lamp_nm,filter,camera,joined\n" +
           library_rows("marker", second_of_marker, 1) + library_rows("dye", second_of_dye, 2);
}

std::string const colours = R"([colour]
unknown_weight = 1
[[colour_class]]
name = "marker"
library = "library.csv"
source = "laboratory sheet 4"
[[colour_class]]
name = "dye"
weight = 1
library = "library.csv"
source = "laboratory sheet 4"
)";

std::string const evidence = R"([[capture]]
id = "c1"
file = "c1.dng"
role = "evidence"
zone = "P1.hand"
at = { time = "16:00", uncertainty_min = 5 }
substrate = "cloth"
lamp_nm = 365
filter = "LP 420"
)";

std::string joined(std::string const& id, std::string const& of, std::string const& more) {
    return "[[capture]]\nid = \"" + id + "\"\nfile = \"" + id +
           ".dng\"\nrole = \"joined\"\nof = \"" + of + "\"\n" + more;
}

std::string const lamp_and_filter = "lamp_nm = 365\nunmoved = true\n";

class JoinedCase : public testing::Test {
protected:
    JoinedCase() {
        fs::create_directories(folder);
        write_capture(folder / "c1.dng", first, 1);
        write_capture(folder / "c2.dng", second_of_dye, 2);
        write_file(folder / "library.csv", library_text());
    }

    ~JoinedCase() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    [[nodiscard]] pipeline::Computed compute(std::string const& captures) const {
        using namespace pipeline::test;
        std::string text = with(two_accounts, "schema = 1\n", "schema = 1\ndemonstration = true\n");
        text = with(text, "draws = 4096", "draws = 64"); // the error does not matter here
        write_file(folder / "case.toml", text + colours + captures);
        return pipeline::compute_case(folder / "case.toml",
                                      {.decoder = program_of_build("contremarque-decoder")},
                                      nullptr,
                                      {});
    }

    void expect_refusal(std::string const& captures,
                        ErrorKind kind,
                        std::string const& english,
                        std::string const& french) const {
        try {
            static_cast<void>(compute(captures));
            FAIL() << english;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), kind) << error.full_text();
            EXPECT_THAT(error.full_text(), HasSubstr(english));
            EXPECT_THAT(error.full_sentence().in(Language::french), HasSubstr(french));
        }
    }

    fs::path folder = fs::temp_directory_path() / ("cmq_joined_case_" + std::to_string(::getpid()));
};

TEST_F(JoinedCase, TellsByTheSecondCaptureWhatTheFirstDoesNot) {
    std::string const both = evidence + joined("c2", "c1", "filter = \"LP 515\"\nunmoved = true\n");
    std::string library = library_text();
    // As the captures are stated here.
    for (auto at = library.find("365 nm; LP 515"); at != std::string::npos;
         at = library.find("365 nm; LP 515")) {
        library.replace(at, 14, "LP 515");
    }
    write_file(folder / "library.csv", library);
    pipeline::Computed const computed = compute(both);
    ASSERT_EQ(computed.input.detections.size(), 1U); // the joined one is not searched
    auto const& detection = computed.input.detections[0];
    ASSERT_EQ(detection.detection.traces.size(), 8U);
    ASSERT_EQ(detection.colours.size(), 8U);
    std::size_t measured = 0;
    for (lab::ColourResult const& colour : detection.colours) {
        EXPECT_EQ(colour.captures, 2U);
        EXPECT_TRUE(colour.differences.empty())
            << colour.differences.front().trace << " and " << colour.differences.front().references;
        measured += colour.not_measured ? 0 : 1;
        if (!colour.not_measured) {
            ASSERT_TRUE(colour.ratio.log10_lr.has_value());
            EXPECT_EQ(colour.ratio.verdict, lab::ColourVerdict::for_rivals); // it is the dye
        }
    }
    EXPECT_GE(measured, 6U);
    EXPECT_TRUE(detection.detection.aperture.empty());
    ASSERT_EQ(computed.input.captures.size(), 2U);
    EXPECT_EQ(computed.input.captures[1].id, "c2");

    casefile::KeptCase const kept = casefile::to_kept_case(
        casefile::to_bytes(pipeline::with_ledger(computed.kept, computed.ledger)));
    pipeline::Computed const back = pipeline::restore_case(kept);
    EXPECT_EQ(report::json_note(back.input), report::json_note(computed.input));
    EXPECT_EQ(back.input.detections[0].colours[0].captures, 2U);
    EXPECT_THAT(report::fixture::all_text(report::make_note(back.input, Language::english)),
                HasSubstr("rest on 2 captures"));
    casefile::LedgerEntry const* const step = back.ledger.find("measure");
    ASSERT_NE(step, nullptr);
    EXPECT_THAT(step->parameters, HasSubstr(" unmoved"));
}

TEST_F(JoinedCase, NamesConditionsOfReferencesThatDiffer) {
    pipeline::Computed const computed =
        compute(evidence + joined("c2", "c1", "filter = \"LP 550\"\n" + lamp_and_filter));
    for (lab::ColourResult const& colour : computed.input.detections[0].colours) {
        ASSERT_EQ(colour.differences.size(), 2U); // of each class
        EXPECT_EQ(colour.differences[0].condition, lab::ColourCondition::joined);
        EXPECT_EQ(colour.differences[0].trace, "365 nm, LP 550");
        EXPECT_EQ(colour.differences[0].references, "365 nm; LP 515");
        EXPECT_FALSE(colour.ratio.log10_lr.has_value());
    }
}

TEST_F(JoinedCase, TakesSpotsOfAReferenceThatIsJoinedToo) {
    write_capture(folder / "r1.dng", first, 3);
    write_capture(folder / "r2.dng", second_of_marker, 4);
    std::string const reference = R"([[capture]]
id = "r1"
file = "r1.dng"
role = "reference"
material = "marker"
substrate = "cloth"
lamp_nm = 365
filter = "LP 420"
[[reference]]
class = "marker"
capture = "r1"
sample = "pot"
)";
    std::string const filter = "filter = \"LP 515\"\nunmoved = true\n";
    pipeline::Computed const computed =
        compute(evidence + joined("c2", "c1", filter) + reference + joined("r2", "r1", filter));
    auto const& colour = computed.input.detections[0].colours.at(0);
    ASSERT_EQ(colour.classes[0].name, "marker");
    EXPECT_EQ(colour.classes[0].samples, 13U); // twelve of the library and the pot
    EXPECT_GE(colour.classes[0].spots, 18U);   // six of eight droplets and more
}

TEST_F(JoinedCase, RefusesWhatCannotBeJoined) {
    std::string const filter = "filter = \"LP 515\"\n";
    expect_refusal(evidence + joined("c2", "c1", filter),
                   ErrorKind::domain,
                   "say so by unmoved = true", // nothing to align by
                   "le dire par unmoved = true");
    fs::copy_file(folder / "c1.dng", folder / "c3.dng");
    expect_refusal(
        evidence + joined("c3", "c1", filter + lamp_and_filter), ErrorKind::usage, "c3", "c3");
    pipeline::test::write_scene(folder / "c4.dng", 3, 9);
    expect_refusal(evidence + joined("c4", "c1", filter + lamp_and_filter),
                   ErrorKind::domain,
                   "has not the size",
                   "n’a pas la taille");
}

} // namespace
