// SPDX-License-Identifier: GPL-3.0-or-later

// A case analysed, kept, reported again, taken over and verified.

#include "apps/pipeline/analyse.hpp"
#include "apps/pipeline/verify.hpp"
#include "capture/simulate_scene.hpp"
#include "capture/write_dng.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "system/file.hpp"
#include "tests/pipeline/transfer_case.hpp"
#include "tests/times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using pipeline::Check;
using pipeline::CheckKind;
using pipeline::CheckState;
using testing::ElementsAre;
using testing::IsEmpty;

std::string const captures = R"([[capture]]
id = "c1"
file = "evidence.dng"
role = "evidence"
zone = "P1.hand"
at = { time = "16:00", uncertainty_min = 5 }
)";

void write_scene(fs::path const& path, std::uint64_t seed) {
    capture::SceneSettings settings;
    settings.shape = {256, 256};
    settings.seed = seed;
    capture::DropletGroup group;
    group.count = 3;
    group.flux_electrons = 30'000.0;
    group.region = capture::Region{.x = 60.0, .y = 40.0, .width = 140.0, .height = 140.0};
    settings.droplets.push_back(group);
    capture::SimulatedScene const scene = capture::simulate_scene(settings);
    capture::write_dng(path, capture::to_dng_picture(scene));
}

class SlowKeptRun : public testing::Test {
public:
    SlowKeptRun() {
        fs::create_directories(inputs());
        write_scene(inputs() / "evidence.dng", 1);
        write_case(case_text());
    }

    ~SlowKeptRun() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    static std::string case_text() {
        using namespace pipeline::test;
        std::string const demonstration = "schema = 1\ndemonstration = true\n";
        std::string const quick = "draws = 64\n"; // the error does not matter here
        return with(with(two_accounts, "schema = 1\n", demonstration), "draws = 4096\n", quick) +
               captures;
    }

    void write_case(std::string const& text) const { write_file(inputs() / "case.toml", text); }

    [[nodiscard]] fs::path inputs() const { return root_ / "inputs"; }

    [[nodiscard]] fs::path out() const { return root_ / "out"; }

    pipeline::AnalyseOutcome
    analyse() const { // NOLINT(modernize-use-nodiscard): for its files, too
        return pipeline::analyse({.case_file = inputs() / "case.toml",
                                  .output = out(),
                                  .notes = {.formats = formats},
                                  .decoder = program("contremarque-decoder"),
                                  .case_reader = program("contremarque-case-reader"),
                                  .renderer = {}});
    }

    [[nodiscard]] std::vector<Check> verify(bool with_inputs, bool recompute) const {
        pipeline::VerifySettings settings;
        settings.what = out();
        if (with_inputs) {
            settings.inputs = inputs();
        }
        settings.recompute = recompute;
        settings.decoder = program("contremarque-decoder");
        settings.case_reader = program("contremarque-case-reader");
        return pipeline::verify(settings);
    }

    static fs::path program(std::string const& name) {
        return fs::path{CMQ_BINARY_DIR} / "bin" / name;
    }

    static inline std::vector<pipeline::Format> const formats{pipeline::Format::html,
                                                              pipeline::Format::json};

private:
    fs::path root_ = fs::temp_directory_path() / ("cmq_kept_" + std::to_string(::getpid()));
};

std::vector<Check> bad_ones(std::vector<Check> checks) {
    std::erase_if(checks, [](Check const& check) { return check.state != CheckState::bad; });
    return checks;
}

TEST_F(SlowKeptRun, GivesTheSameBytesTwiceAndAgainWithoutTheInputs) {
    analyse();
    std::vector<std::string> const names{"case.h5", "note.fr.html", "note.en.html", "note.json"};
    std::vector<std::vector<std::byte>> first;
    for (std::string const& name : names) {
        first.push_back(read_file(out() / name));
    }
    fs::remove_all(out());
    analyse();
    fs::rename(inputs(), inputs().string() + "_gone");
    fs::path const again = out().string() + "_again";
    pipeline::report_again({.case_h5 = out() / "case.h5",
                            .output = again,
                            .notes = {.formats = formats},
                            .case_reader = program("contremarque-case-reader"),
                            .renderer = {}});
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(read_file(out() / names[i]), first[i]) << names[i];
        EXPECT_EQ(read_file(again / names[i]), first[i]) << names[i];
    }
}

TEST_F(SlowKeptRun, TakesOverWhatDidNotChange) {
    using pipeline::test::with;
    EXPECT_THAT(analyse().reused, IsEmpty());
    auto const json = read_file(out() / "note.json");
    EXPECT_THAT(analyse().reused, ElementsAre("measure", "weigh Hp/Hd"));
    EXPECT_EQ(read_file(out() / "note.json"), json);

    // Words that weigh nothing.
    write_case(with(case_text(), "fluorescence observée", "réagit aux UV"));
    EXPECT_THAT(analyse().reused, ElementsAre("measure", "weigh Hp/Hd"));
    // A contact some minutes later weighs, and changes no picture.
    write_case(with(case_text(), "12:04", "12:09"));
    EXPECT_THAT(analyse().reused, ElementsAre("measure"));
    // The source of a parameter weighs nothing, but the note prints it with the value.
    std::string const measured = case_text() + R"([[parameter]]
name = "dry.tau_min"
value = 15
conditions = "one cloth"
source = "laboratory sheet 4"
grade = "measured_on_proxy"
)";
    write_case(measured);
    EXPECT_THAT(analyse().reused, ElementsAre("measure"));
    write_case(with(measured, "sheet 4", "sheet 5"));
    analyse();
    EXPECT_THAT(read_text(out() / "note.json"), testing::HasSubstr("laboratory sheet 5"));
    EXPECT_THAT(read_text(out() / "note.json"), testing::Not(testing::HasSubstr("sheet 4")));
    // Another promise changes what is found.
    write_case(case_text() + R"([[capture]]
id = "c0"
file = "evidence.dng"
role = "blank"
of = "c1"
[examination]
blanks = ["c0"]
false_traces = 0.5
)");
    EXPECT_THAT(analyse().reused, IsEmpty());
    write_case(case_text());
    EXPECT_THAT(analyse().reused, IsEmpty());
    // Other light in the same file name.
    write_scene(inputs() / "evidence.dng", 2);
    EXPECT_THAT(analyse().reused, IsEmpty());
}

TEST_F(SlowKeptRun, DoesEverythingAnewWhereTheCaseFileIsDamaged) {
    analyse();
    auto bytes = read_file(out() / "case.h5");
    auto const good = bytes;
    bytes[bytes.size() / 2] ^= std::byte{1};
    write_file(out() / "case.h5", bytes);
    auto const outcome = analyse();
    EXPECT_THAT(outcome.reused, IsEmpty());
    EXPECT_THAT(outcome.earlier_unusable.english(), testing::HasSubstr("SHA-256"));
    EXPECT_EQ(read_file(out() / "case.h5"), good);
}

TEST_F(SlowKeptRun, RefusesASimulatedFileAlsoWhenItIsTakenOver) {
    using pipeline::test::with;
    analyse();
    write_case(with(case_text(), "demonstration = true\n", ""));
    try {
        analyse();
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::domain);
        EXPECT_THAT(error.full_text(), testing::HasSubstr("case.toml"));
    }
}

TEST_F(SlowKeptRun, VerifiesAndComputesAgain) {
    analyse();
    std::vector<Check> const quick = verify(false, false);
    EXPECT_THAT(bad_ones(quick), IsEmpty());
    std::vector<Check> const whole = verify(true, true);
    EXPECT_THAT(bad_ones(whole), IsEmpty());
    auto const is_good = [&](CheckKind kind) {
        return std::ranges::any_of(whole, [&](Check const& check) {
            return check.kind == kind && check.state == CheckState::good;
        });
    };
    for (CheckKind const kind : {CheckKind::manifest,
                                 CheckKind::output,
                                 CheckKind::case_file,
                                 CheckKind::ledger,
                                 CheckKind::note,
                                 CheckKind::case_input,
                                 CheckKind::capture,
                                 CheckKind::weighing,
                                 CheckKind::measuring}) {
        EXPECT_TRUE(is_good(kind)) << static_cast<int>(kind);
    }
}

TEST_F(SlowKeptRun, ComparesTheLibraryOfColours) {
    std::string rows = "class,sample,flux_r,flux_g1,flux_g2,flux_b,flux_sigma_r,flux_sigma_g1,"
                       "flux_sigma_g2,flux_sigma_b\n";
    for (int i = 0; i < 10; ++i) {
        for (std::string const name : {"marker", "ink"}) {
            int const blue = name == "ink" ? 3000 : 300;
            rows += name + ",s" + std::to_string(i) + ',' + std::to_string(1000 + 37 * (i % 5)) +
                    ",2000," + std::to_string(2000 + 53 * (i % 4)) + ',' +
                    std::to_string(blue + 91 * (i % 7)) + ",9,9,9,9\n";
        }
    }
    write_file(inputs() / "colours.csv", std::string_view{rows});
    write_case(case_text() + R"([colour]
unknown_weight = 0.5
[[colour_class]]
name = "marker"
library = "colours.csv"
source = "sheet 4"
[[colour_class]]
name = "ink"
weight = 0.5
library = "colours.csv"
source = "sheet 4"
)");
    analyse();
    auto const states = [](std::vector<Check> const& checks) {
        std::vector<CheckState> found;
        for (Check const& check : checks) {
            if (check.kind == CheckKind::colour_library) {
                found.push_back(check.state);
            }
        }
        return found;
    };
    EXPECT_THAT(states(verify(false, false)),
                ElementsAre(CheckState::not_checked, CheckState::not_checked));
    EXPECT_THAT(states(verify(true, false)), ElementsAre(CheckState::good, CheckState::good));
    write_file(inputs() / "colours.csv", std::string_view{rows + "\n"});
    EXPECT_THAT(states(verify(true, false)), ElementsAre(CheckState::bad, CheckState::bad));
}

TEST_F(SlowKeptRun, NamesAFileThatIsGoneAndOneThatIsNotListed) {
    analyse();
    fs::remove(out() / "note.fr.html");
    fs::remove(inputs() / "evidence.dng");
    write_file(out() / "extra.txt", std::string_view{"x"});
    std::vector<Check> const checks = verify(true, false);
    std::vector<Check> const bad = bad_ones(checks);
    ASSERT_EQ(bad.size(), 2U);
    EXPECT_EQ(bad[0].subject, "note.fr.html");
    EXPECT_EQ(bad[0].reason, pipeline::CheckReason::missing);
    EXPECT_EQ(bad[1].subject, "evidence.dng");
    EXPECT_TRUE(std::ranges::any_of(checks, [](Check const& check) {
        return check.kind == CheckKind::stranger && check.subject == "extra.txt";
    }));
}

// A number changed in the tables under hashes that fit: only computing again finds it.
TEST_F(SlowKeptRun, FindsAChangedValueByWeighingAgain) {
    analyse();
    auto kept = casefile::read_case_h5(out() / "case.h5", program("contremarque-case-reader"));
    for (casefile::KeptTable& entry : kept.tables) {
        if (entry.name != "evaluations") {
            continue;
        }
        Table changed;
        for (Column column : entry.table.columns()) {
            if (column.name == "monte_carlo_se_log10") {
                std::get<std::vector<double>>(column.cells).front() *= 0.5;
            }
            changed.add(column);
        }
        entry.table = changed;
    }
    write_file(out() / "case.h5", casefile::to_case_h5(kept));
    auto const bad = bad_ones(verify(false, false));
    ASSERT_FALSE(bad.empty());
    EXPECT_EQ(bad.back().kind, CheckKind::ledger);
}

// Places in all files of the folder and of the inputs: each change is found, and the file is named.
// scripts/study_case_files does ten times as many.
TEST_F(SlowKeptRun, FindsAndNamesOneChangedByteAnywhere) {
    analyse();
    std::vector<fs::path> files;
    for (auto const& folder : {out(), inputs()}) {
        for (auto const& file : fs::directory_iterator(folder)) {
            files.push_back(file.path());
        }
    }
    std::ranges::sort(files);
    ASSERT_GE(files.size(), 8U);
    Random random{21, 0, 0};
    auto const below = [&](std::size_t n) {
        return std::min(static_cast<std::size_t>(random.uniform() * static_cast<double>(n)), n - 1);
    };
    for (int i = 0; i < 100 * study_times(); ++i) {
        fs::path const& file = files[static_cast<std::size_t>(i) % files.size()];
        auto const good = read_file(file);
        auto bytes = good;
        bytes[below(bytes.size())] ^= static_cast<std::byte>(1 + below(255));
        write_file(file, bytes);
        auto const bad = bad_ones(verify(true, false));
        EXPECT_TRUE(std::ranges::any_of(
            bad, [&](Check const& check) { return check.subject == file.filename().string(); }))
            << file << ' ' << i;
        write_file(file, good);
    }
    EXPECT_THAT(bad_ones(verify(true, false)), IsEmpty());
}

} // namespace
