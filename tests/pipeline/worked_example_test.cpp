// SPDX-License-Identifier: GPL-3.0-or-later

// docs/methods/worked-example.md is what a person computes by hand; docs/methods/worked-example.toml is the same case as
// the program reads it. The figures of the page are read from its text.

#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/to_account.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

namespace {

using namespace cmq;

std::filesystem::path const methods = std::filesystem::path{CMQ_SOURCE_DIR} / "docs/methods";

/// The number at the end of the line that begins with these words.
double said(std::string const& page, std::string const& words) {
    auto const line = page.find(words);
    EXPECT_NE(line, std::string::npos) << words;
    auto const end = page.find('\n', line);
    std::string const text = page.substr(line, end - line);
    return parse_number(text.substr(text.rfind(' ') + 1)).value();
}

double p_of(casefile::Case const& of, pipeline::Translation const& translation, bool first) {
    auto const settings = pipeline::to_settings(of, 1);
    auto const result = pipeline::evaluate_comparison(
        of, translation, of.comparisons.front(), translation.findings, settings);
    return std::pow(10.0, first ? result.log10_p_h1.value() : result.log10_p_h2.value());
}

TEST(WorkedExample, IsWhatTheProgramComputes) {
    std::string const page = read_text(methods / "worked-example.md");
    auto const of = pipeline::load_case(methods / "worked-example.toml").file;
    auto const translation = pipeline::to_account(of);
    double const p1 = p_of(of, translation, true);
    double const p2 = p_of(of, translation, false);
    constexpr double rounded = 0.5e-4;
    EXPECT_NEAR(p1, said(page, "    p(glow | H1) = "), 1.2 * rounded);
    EXPECT_NEAR(p2, said(page, "    p(glow | H2) = "), 1.2 * rounded);
    EXPECT_NEAR(p1 / p2, said(page, "    LR = "), 2.0 * rounded);
}

// docs/howto/propositions.toml is to be copied from: it must be a case, in which every pair has a ratio.
TEST(PropositionTemplates, AreACaseThatIsWeighed) {
    auto const of =
        pipeline::load_case(std::filesystem::path{CMQ_SOURCE_DIR} / "docs/howto/propositions.toml")
            .file;
    auto const translation = pipeline::to_account(of);
    EXPECT_EQ(translation.propositions.size(), 6U);
    ASSERT_EQ(of.comparisons.size(), 5U);
    auto settings = pipeline::to_settings(of, 1);
    settings.draws_min = settings.draws_max = 32;
    settings.sensitivity_draws = 0;
    settings.tornado_draws = 0;
    for (auto const& comparison : of.comparisons) {
        auto const result = pipeline::evaluate_comparison(
            of, translation, comparison, translation.findings, settings);
        EXPECT_TRUE(result.log10_p_h1.has_value());
        EXPECT_TRUE(result.log10_p_h2.has_value()) << *comparison.h2;
    }
}

} // namespace
