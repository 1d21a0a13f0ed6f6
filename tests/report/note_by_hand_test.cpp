// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a reader of the annex computes from the printed numbers alone.

#include "report/note.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <variant>
#include <vector>

namespace cmq::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

NoteInput with_route() {
    NoteInput input = fixture::make_input();
    lab::HandLine line;
    line.proposition = input.evaluations.front().h1;
    line.surfaces = {{lab::Surface::skin,
                      {.drying_tau_min = 18.97,
                       .loose_share = 0.7561,
                       .loose_rate_per_min = 0.01155,
                       .bound_rate_per_min = 0.0004385}}};
    lab::State const landed{.wet = 0.3, .loose = 0.0, .bound = 0.0};
    lab::State const dried = lab::after(landed, 25.0, line.surfaces.front().rates);
    lab::TransferFractions const moved{.wet = 0.6361, .loose = 0.004, .bound = 0.0};
    lab::State const touched{moved.wet * dried.wet, moved.loose * dried.loose, 0.0};
    line.steps = {{.kind = lab::HandStepKind::landing,
                   .entry = "shot1",
                   .carrier = "P2.right_hand",
                   .state = landed},
                  {.kind = lab::HandStepKind::waiting,
                   .carrier = "P2.right_hand",
                   .minutes = 25.0,
                   .state = dried},
                  {.kind = lab::HandStepKind::contact,
                   .entry = "handshake",
                   .from = "P2.right_hand",
                   .carrier = "P1.right_hand",
                   .moved = moved,
                   .state = touched}};
    line.load_dl = 300.0;
    line.amount_dl = 300.0 * touched.total();
    line.slope = 2.009;
    line.seen = 1.0 - std::exp2(-std::pow(line.amount_dl, line.slope));
    input.by_hand = lab::HandCheck{.zone = "P1.right_hand", .lines = {line}};
    return input;
}

Document annex(NoteInput const& input, Language language) {
    return make_note(input, language, {.length = Length::annex});
}

std::string text_of(Text const& text) {
    std::string all;
    for (Run const& run : text) {
        all += run.text;
    }
    return all;
}

/// The table and all paragraphs between the heading and the next one.
struct Printed {
    std::vector<std::string> paragraphs;
    std::vector<std::vector<std::string>> rows;
};

Printed printed_route(Document const& document) {
    Printed printed;
    bool within = false;
    for (Block const& block : document.blocks) {
        if (auto const* const heading = std::get_if<Heading>(&block)) {
            within = heading->anchor == "by-hand";
        } else if (auto const* const paragraph = std::get_if<Paragraph>(&block);
                   within && paragraph) {
            printed.paragraphs.push_back(text_of(paragraph->text));
        } else if (auto const* const list = std::get_if<List>(&block); within && list) {
            for (Text const& item : list->items) {
                printed.paragraphs.push_back(text_of(item));
            }
        } else if (auto const* const table = std::get_if<TableBlock>(&block); within && table) {
            for (auto const& row : table->rows) {
                printed.rows.emplace_back();
                for (Text const& cell : row) {
                    printed.rows.back().push_back(text_of(cell));
                }
            }
        }
    }
    return printed;
}

double after_word(std::string const& text, std::string const& word) {
    return std::stod(text.substr(text.find(word) + word.size()));
}

TEST(NoteByHand, CanBeRedoneFromWhatIsPrinted) {
    Printed const printed = printed_route(annex(with_route(), Language::english));
    ASSERT_EQ(printed.rows.size(), 3U);
    ASSERT_GE(printed.paragraphs.size(), 4U);
    std::string const& skin = printed.paragraphs[2];
    ASSERT_THAT(skin, StartsWith("Skin: "));
    double const tau = after_word(skin, "τ = ");
    double const phi = after_word(skin, "φ = ");
    double const m = after_word(skin, "m = ");
    double const n = after_word(skin, "n = ");
    EXPECT_THAT(printed.rows[0], ElementsAre(HasSubstr("→"), "0.3", "0", "0"));

    auto const& waited = printed.rows[1];
    double const t = std::stod(waited[0]);
    double const wet = 0.3 * std::exp(-t / tau);
    auto const dried = [&](double share, double rate) {
        return share * 0.3 * (std::exp(-rate * t) - std::exp(-t / tau)) / (1.0 - rate * tau);
    };
    EXPECT_NEAR(std::stod(waited[1]) / wet, 1.0, 1e-3);
    EXPECT_NEAR(std::stod(waited[2]) / dried(phi, m), 1.0, 1e-3);
    EXPECT_NEAR(std::stod(waited[3]) / dried(1.0 - phi, n), 1.0, 1e-3);

    auto const& touched = printed.rows[2];
    double const moved_wet = after_word(touched[0], "; ");
    double const moved_loose = after_word(touched[0], "wet, ");
    EXPECT_NEAR(std::stod(touched[1]) / (moved_wet * wet), 1.0, 1e-3);
    EXPECT_NEAR(std::stod(touched[2]) / (moved_loose * dried(phi, m)), 1.0, 2e-3);

    std::string const& result = printed.paragraphs.at(3);
    double const share = after_word(result, "= ");
    EXPECT_NEAR(share / (std::stod(touched[1]) + std::stod(touched[2])), 1.0, 1e-3);
    EXPECT_NEAR(after_word(result, ". Probability of being seen in this examination: 1 − 2^(−(") /
                    (300.0 * share),
                1.0,
                1e-3);
}

TEST(NoteByHand, SaysWhereAPropositionHasNoRoute) {
    for (Language const language : {Language::english, Language::french}) {
        Printed const printed = printed_route(annex(with_route(), language));
        EXPECT_THAT(printed.paragraphs.back(), StartsWith(with_route().evaluations.front().h2));
    }
}

TEST(NoteByHand, SaysNoCertaintyOfBeingSeen) {
    NoteInput input = with_route();
    input.by_hand->lines.front().seen = 0.99999;
    EXPECT_THAT(printed_route(annex(input, Language::english)).paragraphs.at(3),
                HasSubstr("= more than 0.999."));
    EXPECT_THAT(printed_route(annex(input, Language::french)).paragraphs.at(3),
                HasSubstr("= plus de 0,999."));
}

TEST(NoteByHand, StandsInTheAnnexAlone) {
    NoteInput const input = with_route();
    EXPECT_TRUE(printed_route(make_note(input, Language::french)).rows.empty());
    EXPECT_FALSE(printed_route(annex(input, Language::french)).rows.empty());
    EXPECT_TRUE(printed_route(annex(fixture::make_input(), Language::french)).rows.empty());
}

} // namespace
} // namespace cmq::report
