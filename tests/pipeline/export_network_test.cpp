// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/export_network.hpp"

#include "apps/pipeline/load_case.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/network/infer.hpp"
#include "lab/network/read_network.hpp"
#include "system/file.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ExportNetwork : public testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("contremarque-network-" + std::to_string(::getpid()));
        fs::create_directories(folder);
    }

    void TearDown() override { fs::remove_all(folder); }

    struct Loaded {
        casefile::Case of;
        Translation translation;
        std::vector<lab::Evaluation> evaluations;
    };

    static Loaded load(std::string const& name) {
        Loaded loaded;
        loaded.of =
            load_case((fs::path{CMQ_SOURCE_DIR} / "sample_data" / name / "case.toml").string())
                .file;
        loaded.translation = to_account(loaded.of);
        lab::Settings settings = to_settings(loaded.of, 1);
        settings.draws_min = 256;
        settings.draws_max = 256;
        settings.sensitivity_draws = 0;
        settings.tornado_draws = 0;
        for (auto const& comparison : loaded.of.comparisons) {
            loaded.evaluations.push_back(evaluate_comparison(
                loaded.of, loaded.translation, comparison, loaded.translation.findings, settings));
        }
        return loaded;
    }

    ExportedNetwork
    exported(Loaded const& loaded, std::string const& name, Language language) const {
        return export_network(
            loaded.of, loaded.translation, loaded.evaluations, folder / name, language, 1);
    }

    [[nodiscard]] lab::Network read(std::string const& name) const {
        return lab::parse_network(read_text(folder / name), lab::network_format(name)).network;
    }

    fs::path folder;
};

// p(evidence | proposition) by going through all states of the network: no junction tree, no order of elimination.
class Enumeration {
public:
    explicit Enumeration(lab::Network const& network) : network_{network} {}

    double p(std::vector<std::optional<std::size_t>> fixed) {
        fixed_ = std::move(fixed);
        states_.assign(network_.nodes.size(), 0);
        return sum(0);
    }

private:
    double sum(std::size_t node) {
        if (node == network_.nodes.size()) {
            return 1.0;
        }
        auto const& of = network_.nodes[node];
        std::size_t row = 0;
        for (std::size_t const parent : of.parents) {
            EXPECT_LT(parent, node);
            row = row * network_.nodes[parent].states.size() + states_[parent];
        }
        double total = 0.0;
        for (std::size_t s = 0; s < of.states.size(); ++s) {
            double const p = of.table[row * of.states.size() + s];
            if ((!fixed_[node] || *fixed_[node] == s) && p > 0.0) {
                states_[node] = s;
                total += p * sum(node + 1);
            }
        }
        return total;
    }

    lab::Network const& network_;
    std::vector<std::optional<std::size_t>> fixed_;
    std::vector<std::size_t> states_;
};

TEST_F(ExportNetwork, GivesTheRatioOfEverySampleCaseInEveryFormat) {
    for (std::string const name : {"demonstration", "no_picture", "several_zones"}) {
        auto const loaded = load(name);
        for (std::string const format : {".xdsl", ".net", ".bif"}) {
            auto const result = exported(loaded, name + format, Language::french);
            ASSERT_EQ(result.ratios.size(), loaded.evaluations.size());
            EXPECT_EQ(result.draws, 256U);
            lab::Network const network = read(name + format);
            for (std::size_t i = 0; i < result.ratios.size(); ++i) {
                ExportedRatio const& ratio = result.ratios[i];
                double const engine =
                    *loaded.evaluations[i].log10_p_h1 - *loaded.evaluations[i].log10_p_h2;
                EXPECT_NEAR(ratio.log10_network, engine, 0.001) << name << format;
                EXPECT_EQ(ratio.stated_error, 0.001);
                std::vector<std::optional<std::size_t>> fixed(network.nodes.size());
                for (std::string const& each : result.evidence) {
                    auto const equals = each.rfind('=');
                    auto const node = lab::node_index(network, each.substr(0, equals));
                    fixed[node] = lab::state_index(network.nodes[node], each.substr(equals + 1));
                }
                auto const root = lab::node_index(network, result.proposition);
                fixed[root] = lab::state_index(network.nodes[root], ratio.h1);
                double const p1 = Enumeration{network}.p(fixed);
                fixed[root] = lab::state_index(network.nodes[root], ratio.h2);
                double const p2 = Enumeration{network}.p(fixed);
                EXPECT_NEAR(std::log10(p1 / p2), engine, 0.001) << name << format;
            }
        }
    }
}

// A reader in Python that shares no code with the program checks the format's grammar, and computes by enumeration.
TEST_F(ExportNetwork, IsReadByAnIndependentProgram) {
    if (!render::test::has_program("python3")) {
        GTEST_SKIP() << "python3 is not on this machine";
    }
    auto const loaded = load("no_picture");
    for (std::string const name : {"np.xdsl", "np.net"}) {
        static_cast<void>(exported(loaded, name, Language::french));
        auto const ran = render::test::run_command("python3 '" CMQ_SOURCE_DIR
                                                   "/tests/lab/network/read_network_file.py' '" +
                                                   (folder / name).string() + "'");
        ASSERT_EQ(ran.status, 0) << ran.output;
        lab::Network const network = read(name);
        auto const beliefs = lab::infer(network, {}).beliefs;
        std::istringstream lines{ran.output};
        std::size_t compared = 0;
        for (std::string line; std::getline(lines, line); ++compared) {
            auto const first = line.find('\t');
            auto const second = line.find('\t', first + 1);
            auto const node = lab::node_index(network, line.substr(0, first));
            auto const state =
                lab::state_index(network.nodes[node], line.substr(first + 1, second - first - 1));
            EXPECT_NEAR(
                beliefs.of(node)[state], parse_number(line.substr(second + 1)).value(), 1e-12)
                << line;
        }
        EXPECT_EQ(compared, beliefs.values.size());
    }
}

TEST_F(ExportNetwork, NamesNodesInTheLanguageAskedFor) {
    auto const loaded = load("demonstration");
    static_cast<void>(exported(loaded, "fr.xdsl", Language::french));
    static_cast<void>(exported(loaded, "en.net", Language::english));
    auto const french = read("fr.xdsl");
    EXPECT_TRUE(lab::find_node(french, "Constat – manche droite de la chemise de P1"));
    EXPECT_TRUE(lab::find_node(french, "A eu lieu – gants de l’agent 3 déjà marqués"));
    auto const english = read("en.net");
    auto const finding = lab::find_node(english, "Finding – right sleeve of P1’s shirt");
    ASSERT_TRUE(finding);
    EXPECT_EQ(english.nodes[*finding].states,
              (std::vector<std::string>{"detected", "not detected"}));
    auto const cause = lab::find_node(english, "Happened – gloves of officer 3 already marked");
    ASSERT_TRUE(cause);
    EXPECT_EQ(english.nodes[*cause].table, (std::vector<double>{0.05, 0.95}));
    EXPECT_EQ(english.nodes[0].states, (std::vector<std::string>{"Hp", "Hd", "Hn"}));
    for (auto const& network : {french, english}) {
        for (auto const& node : network.nodes) {
            EXPECT_EQ(node.name.find_first_of(",:=/"), std::string::npos) << node.name;
            EXPECT_THAT(node.comment, Not(HasSubstr("absent")));
        }
    }
}

TEST_F(ExportNetwork, LetsTheOtherSideChangeAFinding) {
    // The hand found marked too: what the engine says of the case so changed, from the same draws.
    auto const loaded = load("demonstration");
    auto const result = exported(loaded, "a.xdsl", Language::english);
    auto const network = read("a.xdsl");
    auto findings = loaded.translation.findings;
    for (lab::Finding& finding : findings) {
        if (finding.kind == lab::FindingKind::not_detected) {
            finding.kind = lab::FindingKind::detected;
        }
    }
    lab::Settings settings = to_settings(loaded.of, 1);
    settings.draws_min = 256;
    settings.draws_max = 256;
    settings.sensitivity_draws = 0;
    settings.tornado_draws = 0;
    auto const changed = evaluate_comparison(
        loaded.of, loaded.translation, loaded.of.comparisons[0], findings, settings);
    lab::Evidence evidence;
    for (std::string const& each : result.evidence) {
        evidence.push_back(lab::observed(network, each.substr(0, each.rfind('=')), "detected"));
    }
    auto const ratio = lab::likelihood_ratio(network, evidence, 0, 0, 1);
    EXPECT_NEAR(ratio.log10_lr, *changed.log10_p_h1 - *changed.log10_p_h2, 0.001);
    EXPECT_GT(std::abs(ratio.log10_lr - result.ratios[0].log10_network), 0.05); // it mattered
}

TEST_F(ExportNetwork, RefusesFormatsAndCasesThatItCannotWrite) {
    auto loaded = load("demonstration");
    try {
        static_cast<void>(exported(loaded, "a.doc", Language::english));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
    loaded.evaluations[0].log10_p_h1 = *loaded.evaluations[0].log10_p_h1 + 0.01;
    try {
        static_cast<void>(exported(loaded, "b.net", Language::english));
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::numeric);
        EXPECT_THAT(error.full_text(), HasSubstr("exceeds the stated error"));
    }
    EXPECT_FALSE(fs::exists(folder / "b.net"));
}

} // namespace
