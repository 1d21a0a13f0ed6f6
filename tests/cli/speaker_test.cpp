// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/speaker.hpp"

#include "core/columns.hpp"
#include "core/error.hpp"
#include "tests/cli/outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace {

using cmq::ErrorKind;
using cmq::Language;
using cmq::cli::language_of_locale;
using cmq::cli::Speaker;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto french = Language::french;
constexpr auto english = Language::english;

TEST(LanguageOfLocale, TakesTheFirstValueThatIsSet) {
    EXPECT_EQ(language_of_locale({"fr_FR.UTF-8", "en_GB.UTF-8", "C"}), french);
    EXPECT_EQ(language_of_locale({nullptr, "", "fr_CA"}), french);
    EXPECT_EQ(language_of_locale({"C", nullptr, "fr_FR.UTF-8"}), english);
}

TEST(LanguageOfLocale, KnowsFrenchByItsName) {
    for (char const* name : {"fr", "fr_BE", "fr.UTF-8", "fr@euro"}) {
        EXPECT_EQ(language_of_locale({name}), french) << name;
    }
    for (char const* name : {"en_US", "POSIX", "fro", "frp_FR", "de_FR"}) { // Old French, Arpitan
        EXPECT_EQ(language_of_locale({name}), english) << name;
    }
    EXPECT_EQ(language_of_locale({nullptr, nullptr, nullptr}), english);
}

TEST(Speaker, WritesTheDecimalSignOfTheLanguage) {
    EXPECT_EQ(Speaker{french}.figure("0.05"), "0,05");
    EXPECT_EQ(Speaker{english}.figure("0.05"), "0.05");
}

std::string file_of(std::string const& name, std::string const& text) {
    auto const path = std::filesystem::path{testing::TempDir()} / name;
    std::ofstream{path, std::ios::binary} << text;
    return path.string();
}

// The same refusal in both languages: hand-written sentences, the same exit status, nothing on standard output.
void expect_refusal(std::vector<std::string> const& words,
                    ErrorKind kind,
                    std::string const& in_french,
                    std::string const& in_english) {
    Outcome const said = run(words, french);
    EXPECT_EQ(said.status, static_cast<int>(kind));
    EXPECT_THAT(said.err, HasSubstr(in_french));
    EXPECT_THAT(said.err, Not(HasSubstr(in_english)));
    EXPECT_EQ(said.out, "");
    Outcome const other = run(words, english);
    EXPECT_EQ(other.status, said.status);
    EXPECT_THAT(other.err, HasSubstr(in_english));
}

TEST(Refusals, OfTheCommandLine) {
    expect_refusal({"analyze"},
                   ErrorKind::usage,
                   "contremarque analyze\u00A0: commande inconnue\u202F; voir «\u00A0contremarque "
                   "help\u00A0»\n",
                   "contremarque analyze: no such command; see 'contremarque help'\n");
    expect_refusal({"version", "--nonsense"},
                   ErrorKind::usage,
                   "option inconnue\u00A0: --nonsense\u202F; voir --help\n",
                   "unrecognised option '--nonsense'; see --help\n");
    expect_refusal({"detect", "--threads"},
                   ErrorKind::usage,
                   "l’option --threads demande une valeur\u202F; voir --help\n",
                   "the required argument for option '--threads' is missing; see --help\n");
    expect_refusal({"detect", "--json=1"},
                   ErrorKind::usage,
                   "l’option --json ne prend pas de valeur",
                   "option '--json' does not take any arguments");
    expect_refusal({"detect", "x", "-o", "a", "-o", "b"},
                   ErrorKind::usage,
                   "l’option --output figure plusieurs fois",
                   "option '--output' cannot be specified more than once");
    // Boost would read -1 as the largest whole number.
    for (char const* const command :
         {"analyse", "counsel", "detect", "preassess", "transfer", "verify"}) {
        expect_refusal({command, "x", "--threads", "-1"},
                       ErrorKind::usage,
                       "--threads demande un nombre entier de 0 à 1024, et non «\u00A0-1\u00A0»",
                       "--threads needs a whole number from 0 to 1024, not '-1'");
    }
    expect_refusal({"version", "word"},
                   ErrorKind::usage,
                   "un mot de trop dans la commande",
                   "too many positional options");
    expect_refusal({"detect", "x", "--false-traces", "0,1"},
                   ErrorKind::usage,
                   "--false-traces demande un nombre à point décimal, et non «\u00A00,1\u00A0»",
                   "--false-traces needs a number with a decimal point, not '0,1'");
}

TEST(Refusals, OfAFileThatIsNotThere) {
    expect_refusal({"transfer", "/none.toml"},
                   ErrorKind::io,
                   "impossible d’ouvrir «\u00A0/none.toml\u00A0»\u00A0: aucun fichier ni "
                   "répertoire de ce nom\n",
                   "cannot open '/none.toml': No such file or directory\n");
}

TEST(Refusals, OfAFileThatIsNoPicture) {
    std::string const file = file_of("words.dng", "Only words, and not many of them.");
    expect_refusal({"detect", file},
                   ErrorKind::unsupported,
                   "ce n’est pas un fichier brut (RAW) d’un type connu\n  dans\u00A0: " + file +
                       "\n",
                   "this is no camera RAW file of a kind that is known\n  at " + file + "\n");
}

TEST(Refusals, OfAnEmptyFile) {
    expect_refusal({"inspect", file_of("empty.dng", "")},
                   ErrorKind::format,
                   "le fichier est vide",
                   "the file is empty");
}

TEST(Refusals, OfACaseWithAllItsMistakes) {
    std::string const file = file_of("mistakes.toml",
                                     "schema = 1\n[case]\nid = \"C\"\nlanguage = \"fr\"\n"
                                     "[[captur]]\n[population]\nchecked = 2.5\nglowing = 0\n");
    expect_refusal(
        {"transfer", file},
        ErrorKind::format,
        "mistakes.toml, ligne 7, clé population.checked\u00A0: attendu\u00A0: un nombre entier",
        "mistakes.toml line 7, key population.checked: expected a whole number");
    EXPECT_THAT(run({"transfer", file}, french).err,
                HasSubstr("clé inconnue\u202F; le fichier peut contenir"));
    EXPECT_THAT(run({"transfer", file}, french).err,
                HasSubstr("\u202F; peut-être \"capture\"\u202F?"));
}

TEST(Refusals, OfTextThatIsNoToml) {
    std::string const file = file_of("broken.toml", "schema = = 1\n");
    expect_refusal(
        {"transfer", file},
        ErrorKind::format,
        "broken.toml, ligne 1\u00A0: ce n’est pas du TOML\u202F; l’analyseur dit\u00A0: ",
        "broken.toml line 1: this is not TOML: ");
}

TEST(Refusals, OfACaseFileThatIsNone) {
    expect_refusal({"report", file_of("words.h5", "No HDF5 at all.")},
                   ErrorKind::format,
                   "ce n’est pas un fichier de résultats de Contremarque (case.h5)",
                   "this is no case file of Contremarque (case.h5)");
}

TEST(Refusals, OfASceneThatCannotBe) {
    expect_refusal({"simulate", "scene", "-o", "/none.dng", "--exposure-s", "0"},
                   ErrorKind::domain,
                   "la pose doit durer de 0,0001\u202Fs à 86\u202F400\u202Fs",
                   "the exposure must be from 0.0001 s to 86400 s");
    expect_refusal({"simulate", "scene", "-o", "/none.dng", "--width", "17"},
                   ErrorKind::shape,
                   "les côtés d’une image simulée doivent être des nombres pairs de 16 à "
                   "20\u202F000 photosites",
                   "the sides of a simulated frame must be even, from 16 to 20000 photosites");
}

TEST(Texts, OfVerifyAreInTheLanguageOfTheTerminalUnlessAskedForAnother) {
    auto const folder = std::filesystem::path{testing::TempDir()} / "nothing_kept";
    std::filesystem::create_directories(folder);
    EXPECT_THAT(run({"verify", folder.string()}, french).out, StartsWith("MANQUE"));
    EXPECT_THAT(run({"verify", folder.string()}).out, StartsWith("MISSING"));
    EXPECT_THAT(run({"verify", folder.string(), "--lang", "en"}, french).out,
                StartsWith("MISSING"));
}

// The demonstration case: what `transfer` and `inspect` say of it.
TEST(Texts, AreFrenchAndWithin80Columns) {
    std::string const data = CMQ_SOURCE_DIR "/sample_data/demonstration/";
    for (auto const& words : {std::vector<std::string>{"inspect", data + "evidence.dng"},
                              std::vector<std::string>{"detect", data + "evidence.dng"}}) {
        Outcome const said = run(words, french);
        ASSERT_EQ(said.status, 0) << said.err;
        std::istringstream lines{said.out};
        std::string line;
        std::getline(lines, line); // the file's name
        while (std::getline(lines, line)) {
            EXPECT_LE(cmq::columns_of(line), 80U) << line;
        }
        EXPECT_THAT(said.out, Not(ContainsRegex(" the | of |frame|noise")));
        EXPECT_THAT(said.out, HasSubstr("SIMULÉ"));
    }
}

// Not in this process: main() reads the environment.
TEST(Program, TakesItsLanguageFromTheEnvironment) {
    auto const first_line_of = [](std::string const& environment) {
        std::string const command = "env -u LC_ALL -u LC_MESSAGES -u LANG " + environment +
                                    " " CMQ_BINARY_DIR "/bin/contremarque version --help";
        std::unique_ptr<FILE, int (*)(FILE*)> const pipe{::popen(command.c_str(), "r"), ::pclose};
        std::array<char, 200> line{};
        return pipe && std::fgets(line.data(), line.size(), pipe.get()) != nullptr
                   ? std::string{line.data()}
                   : std::string{};
    };
    EXPECT_EQ(first_line_of("LC_ALL=fr_FR.UTF-8 LANG=C"),
              "emploi\u00A0: contremarque version [OPTIONS]\n");
    EXPECT_EQ(first_line_of("LANG=fr_FR.UTF-8"), "emploi\u00A0: contremarque version [OPTIONS]\n");
    EXPECT_EQ(first_line_of("LC_ALL=C LANG=fr_FR.UTF-8"),
              "usage: contremarque version [OPTIONS]\n");
    EXPECT_EQ(first_line_of(""), "usage: contremarque version [OPTIONS]\n");
}

} // namespace
