// SPDX-License-Identifier: GPL-3.0-or-later

// What a client told and what counsel tried and dropped reaches nothing that may leave the office.

#include "apps/cli/find_programs.hpp"
#include "apps/cli/make_renderer.hpp"
#include "casefile/kept/case_h5.hpp"
#include "system/file.hpp"
#include "tests/cli/outcome.hpp"
#include "tests/pipeline/transfer_case.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using cmq::Language;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using cmq::pipeline::test::two_accounts;
using cmq::pipeline::test::with;
using cmq::render::test::has_program;
using cmq::render::test::run_command;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Words that a hyphen or a line end cannot cut.
std::string const planted = "SECRETPLANTE";
std::string const wanted = "AVOUEAUJUGE"; // in a proposition that is compared

std::string const counsel_text = R"(schema = 1
[counsel]
account = "Il dit : SECRETPLANTE, j’ai serré sa main."
[[event]]
id = "embrace_SECRETPLANTE"
kind = "contact"
between = ["P2.hand", "P1.hand"]
at = { time = "12:30", uncertainty_min = 5 }
label = { fr = "accolade SECRETPLANTE", en = "embrace SECRETPLANTE" }
[[proposition]]
id = "H_SECRETPLANTE"
side = "defence"
deliveries = ["shot_2"]
events = ["embrace_SECRETPLANTE"]
text = { fr = "Essai SECRETPLANTE.", en = "Tried SECRETPLANTE." }
[[comparison]]
h1 = "Hp"
h2 = "H_SECRETPLANTE"
[[weak_point]]
text = "Point SECRETPLANTE."
)";

std::string case_text() {
    std::string text = with(two_accounts,
                            "language = \"fr\"\n",
                            "language = \"fr\" # SECRETPLANTE dit le client\n"
                            "stage = \"comparution-immediate\"\n");
    text = with(text, "draws = 4096", "draws = 256");
    text = with(text,
                "id = \"Hd\"\nside = \"defence\"\n",
                "id = \"Hd\"\nside = \"defence\"\ntext = \"P1 a serré la main AVOUEAUJUGE.\"\n");
    return "# Note de l’avocat : SECRETPLANTE\n" + text;
}

class SlowSecrecy : public testing::Test {
protected:
    SlowSecrecy() {
        fs::create_directories(root_ / "office");
        cmq::write_file(case_file(), case_text());
        cmq::write_file(root_ / "office" / "counsel.toml", counsel_text);
        cmq::write_file(root_ / "office" / "answers.toml",
                        std::string{"account = \"SECRETPLANTE\"\n"});
    }

    ~SlowSecrecy() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    [[nodiscard]] fs::path case_file() const { return root_ / "office" / "case.toml"; }

    [[nodiscard]] fs::path at(std::string const& name) const { return root_ / name; }

    /// Runs a command, keeps what it printed under its name.
    void run_well(std::vector<std::string> const& words) {
        Outcome const outcome = run(words, Language::french);
        ASSERT_EQ(outcome.status, 0) << words.front() << ": " << outcome.err;
        texts_[words.front() + " out"] += outcome.out;
        texts_[words.front() + " err"] += outcome.err;
    }

    /// Every file of the folder as text: PDF by its words and by its streams, case.h5 by its tables.
    void take_in(fs::path const& folder) {
        for (auto const& entry : fs::recursive_directory_iterator{folder}) {
            if (entry.is_regular_file()) {
                take_in_file(entry.path());
            }
        }
    }

    void take_in_file(fs::path const& path) {
        std::string const name = path.filename().string();
        auto const bytes = cmq::read_file(path);
        std::string& text = texts_[path.string()];
        for (std::byte const byte : bytes) {
            text += static_cast<char>(byte);
        }
        if (path.extension() == ".pdf") {
            text += run_command("pdftotext '" + path.string() + "' -").output;
            text +=
                run_command("qpdf --qdf --object-streams=disable '" + path.string() + "' -").output;
        } else if (path.extension() == ".odt") {
            text += run_command("unzip -p '" + path.string() + "'").output;
        } else if (name == "case.h5") {
            auto const kept = cmq::casefile::read_case_h5(path, cmq::cli::find_case_reader());
            text += kept.case_text;
            for (auto const& each : kept.tables) {
                for (std::size_t column = 0; column < each.table.columns().size(); ++column) {
                    for (std::size_t row = 0; row < each.table.rows(); ++row) {
                        text += each.table.text(row, column) + '\n';
                    }
                }
            }
        }
    }

    [[nodiscard]] std::vector<std::string> places_of(std::string const& word) const {
        std::vector<std::string> places;
        for (auto const& [place, text] : texts_) {
            if (text.find(word) != std::string::npos) {
                places.push_back(place);
            }
        }
        return places;
    }

    fs::path root_ = fs::temp_directory_path() / ("cmq_secrecy_" + std::to_string(::getpid()));
    std::map<std::string, std::string> texts_;
};

TEST_F(SlowSecrecy, KeepsThePlantedSentenceOutOfAllThatMayLeaveTheOffice) {
    for (char const* const program : {"pdftotext", "qpdf", "unzip"}) {
        if (!has_program(program)) {
            GTEST_SKIP() << program << " is not installed";
        }
    }
    std::string const file = case_file().string();
    run_well({"freeze", file, "-o", at("frozen.toml").string()});
    run_well({"analyse", file, "-o", at("out").string()});
    run_well({"report", at("out/case.h5").string(), "-o", at("again").string()});
    run_well({"report", at("out/case.h5").string(), "--kit", at("kit").string()});
    run_well({"verify", at("out").string(), "--inputs", at("office").string()});
    run_well({"transfer", file, "--json"});
    run_well({"preassess", file, "--json"});
    run_well({"requests", file, "-o", at("requests").string(), "--lang", "fr,en"});
    for (char const* const folder : {"out", "again", "kit", "requests"}) {
        take_in(at(folder));
    }
    take_in_file(at("frozen.toml"));
    EXPECT_THAT(places_of(planted), IsEmpty());

    // The search does find: what the court is to read stands in each kind of file,
    std::vector<std::string> read{
        "out/note.en.html", "out/note.json", "out/case.h5", "frozen.toml", "kit/frozen.txt"};
    std::vector<std::string> working{at("counsel/working-note.fr.odt").string(),
                                     at("counsel/working-note.fr.txt").string()};
    if (cmq::cli::can_render()) {
        read.emplace_back("out/note.fr.pdf");
        working.push_back(at("counsel/working-note.fr.pdf").string());
    }
    for (std::string const& name : read) {
        EXPECT_THAT(places_of(wanted), testing::Contains(at(name).string()));
    }
    // and the secret in each kind of file of the working note.
    texts_.clear();
    run_well({"counsel", file, "-o", at("counsel").string()});
    take_in(at("counsel"));
    EXPECT_THAT(places_of(planted), testing::UnorderedElementsAreArray(working));
}

TEST_F(SlowSecrecy, RefusesAPropositionOfTheCaseThatNothingCompares) {
    cmq::write_file(case_file(),
                    case_text() +
                        "[[proposition]]\nid = \"H3\"\nside = \"defence\"\n"
                        "deliveries = [\"shot_2\"]\nevents = []\ntext = \"SECRETPLANTE\"\n");
    Outcome const outcome = run({"analyse", case_file().string(), "-o", at("out").string()});
    EXPECT_EQ(outcome.status, 7);
    EXPECT_THAT(outcome.err, HasSubstr("counsel.toml"));
    EXPECT_FALSE(fs::exists(at("out")));
    EXPECT_EQ(run({"counsel", case_file().string(), "-o", at("counsel").string()}).status, 7);
    EXPECT_FALSE(fs::exists(at("counsel")));
}

TEST_F(SlowSecrecy, KeepsTheWorkingNoteApartFromWhatMayBeProduced) {
    std::string const file = case_file().string();
    run_well({"counsel", file, "-o", at("mixed").string(), "--format", "text"});
    Outcome const after = run({"analyse", file, "-o", at("mixed").string(), "--format", "json"});
    EXPECT_EQ(after.status, 2);
    EXPECT_THAT(after.err, HasSubstr("working-note.fr.txt"));
    EXPECT_FALSE(fs::exists(at("mixed/case.h5")));

    run_well({"analyse", file, "-o", at("out").string(), "--format", "json"});
    Outcome const beside = run({"counsel", file, "-o", at("out").string()});
    EXPECT_EQ(beside.status, 2);
    EXPECT_THAT(beside.err, HasSubstr("case.h5"));
    // Requests and frozen propositions may be produced too.
    EXPECT_EQ(run({"requests", file, "-o", at("mixed").string(), "--format", "text"}).status, 2);
    EXPECT_EQ(run({"freeze", file, "-o", at("mixed/f.toml").string()}).status, 2);
    run_well({"requests", file, "-o", at("filed").string(), "--format", "text"});
    EXPECT_EQ(run({"counsel", file, "-o", at("filed").string()}).status, 2);
    // A folder goes with all that lies below it, and results never lie beside the office's files.
    EXPECT_EQ(run({"counsel", file, "-o", at("out/counsel").string()}).status, 2);
    fs::rename(at("mixed"), at("out/below"));
    EXPECT_EQ(run({"analyse", file, "-o", at("out").string()}).status, 2);
    Outcome const office = run({"analyse", file, "-o", at("office").string()});
    EXPECT_EQ(office.status, 2);
    EXPECT_THAT(office.err, testing::AnyOf(HasSubstr("counsel.toml"), HasSubstr("answers.toml")));
    Outcome const no_case = run({"counsel", "-o", at("c").string()});
    EXPECT_EQ(no_case.status, 2);
}

TEST_F(SlowSecrecy, TakesOverTheResultsOfAnalyse) {
    std::string const file = case_file().string();
    run_well({"analyse", file, "-o", at("out").string(), "--format", "json"});
    run_well({"counsel", file, "-o", at("one").string(), "--format", "text"});
    run_well({"counsel",
              file,
              "-o",
              at("two").string(),
              "--format",
              "text",
              "--from",
              at("out").string()});
    EXPECT_EQ(cmq::read_text(at("one/working-note.fr.txt")),
              cmq::read_text(at("two/working-note.fr.txt")));
}

TEST_F(SlowSecrecy, WarnsDuringAnInvestigationBeforeAnythingIsWritten) {
    std::string const warning = "hors du cabinet";
    std::string const file = case_file().string();
    run_well({"analyse", file, "-o", at("out").string(), "--format", "json"});
    run_well({"requests", file, "-o", at("requests").string(), "--format", "text"});
    EXPECT_THAT(texts_["analyse err"] + texts_["requests err"], Not(HasSubstr(warning)));
    cmq::write_file(case_file(), with(case_text(), "\"comparution-immediate\"", "\"instruction\""));
    texts_.clear();
    run_well({"freeze", file, "-o", at("frozen.toml").string()});
    run_well({"analyse", file, "-o", at("out").string(), "--format", "json"});
    run_well(
        {"report", at("out/case.h5").string(), "-o", at("again").string(), "--format", "json"});
    run_well({"requests", file, "-o", at("requests").string(), "--format", "text"});
    for (char const* const command : {"freeze", "analyse", "report", "requests"}) {
        EXPECT_THAT(texts_[std::string{command} + " err"], HasSubstr(warning)) << command;
    }
}

} // namespace
