// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/lot_registry.hpp"

#include "core/error.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using cmq::Error;
using cmq::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;

void expect_refused(std::string const& text, ErrorKind kind, std::string const& says) {
    try {
        (void)parse_registry("schema = 1\n" + text, "r.toml");
        FAIL() << text;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind) << text;
        EXPECT_THAT(error.what(), HasSubstr(says));
    }
}

/// The first block of TOML in the page of the format.
std::string example() {
    std::string const page = cmq::read_text(CMQ_SOURCE_DIR "/docs/formats/registry.toml.md");
    std::size_t const begin = page.find("```toml\n") + 8;
    return page.substr(begin, page.find("```", begin) - begin);
}

TEST(ParseRegistry, ReadsTheExampleOfItsPage) {
    auto const registry = parse_registry(example(), "r.toml");
    ASSERT_EQ(registry.lots.size(), 1U);
    LotEntry const& lot = registry.lots[0];
    EXPECT_EQ(*lot.name, "PMC-2023-017");
    EXPECT_EQ(lot.name.place.line, 11);
    EXPECT_EQ(lot.sequence->value, "TTACCCGCGATTAGCCACCATCGCGGTAGCGT");
    EXPECT_EQ(lot.product, "pellets, synthetic DNA");
    EXPECT_EQ(lot.holder, "unit 12");
    EXPECT_EQ(lot.pellets, 4000);
    EXPECT_FALSE(lot.litres.has_value());
    EXPECT_THAT(lot.opened, ElementsAre("2023-03-20"));
    EXPECT_THAT(lot.deliveries, ElementsAre("2023-03-25 demonstration"));
    EXPECT_THAT(lot.trainings, ElementsAre("2023-03-21 range"));
    EXPECT_TRUE(lot.demonstrations.empty());
    EXPECT_THAT(lot.people, ElementsAre("agent_3", "agent_7"));
    EXPECT_THAT(lot.vehicles, ElementsAre("van 4"));
    EXPECT_EQ(registry.laboratory.error_rate, 0.002);
    EXPECT_EQ(registry.laboratory.clerical_error_rate, 0.001);
    EXPECT_EQ(registry.laboratory.negative_controls, 412);
    EXPECT_EQ(registry.laboratory.positive_negative_controls, 1);
}

TEST(ParseRegistry, ReadsAllKindsOfCodes) {
    auto const registry = parse_registry("schema = 1\n"
                                         "[[lot]]\nname = \"a\"\nsequence = \"acgt\"\n"
                                         "[[lot]]\nname = \"b\"\nfragments = [210, 101.5]\n"
                                         "fragment_dyes = \"VIC, 6-FAM\"\n"
                                         "[[lot]]\nname = \"c\"\nparticle = \"XK7\"\n"
                                         "[[lot]]\nname = \"d\"\nother_code = \"Sr 3, Ba 1\"\n",
                                         "r.toml");
    ASSERT_EQ(registry.lots.size(), 4U);
    EXPECT_EQ(registry.lots[0].sequence->value, "ACGT");
    EXPECT_THAT(registry.lots[1].fragments, ElementsAre(101.5, 210));
    EXPECT_THAT(registry.lots[1].fragment_dyes, ElementsAre("6-FAM", "VIC")); // each with its own
    EXPECT_EQ(registry.lots[2].particle, "XK7");
    EXPECT_EQ(registry.lots[3].other_code, "Sr 3, Ba 1");
    EXPECT_FALSE(registry.laboratory.error_rate.has_value());
}

TEST(ParseRegistry, RefusesEachMistakeWithItsPlace) {
    expect_refused("", ErrorKind::format, "key lot");
    expect_refused("[[lot]]\nname = \"a\"\n", ErrorKind::format, "one code and no more");
    expect_refused("[[lot]]\nname = \"a\"\nsequence = \"AC\"\nparticle = \"x\"\n",
                   ErrorKind::format,
                   "found 2");
    expect_refused("[[lot]]\nname = \"a\"\nsequence = \"ACN\"\n",
                   ErrorKind::format,
                   "r.toml line 4, key lot[1].sequence");
    expect_refused(
        "[[lot]]\nname = \"a\"\nsequence = \"AC\"\n[[lot]]\nname = \"a\"\nsequence = \"GT\"\n",
        ErrorKind::format,
        "the first is on line 3");
    expect_refused("[[lot]]\nname = \"a\"\nsequence = \"AC\"\nopened = [\"2023-02-30\"]\n",
                   ErrorKind::format,
                   "expected a day");
    expect_refused("[[lot]]\nname = \"a\"\nfragments = [0.5]\n", ErrorKind::domain, "fragments[1]");
    expect_refused("[[lot]]\nname = \"a\"\nfragments = [100, 120]\nfragment_dyes = \"VIC\"\n",
                   ErrorKind::format,
                   "a dye for each fragment, found 1 for 2");
    expect_refused("[laboratory]\nindex_hopping = 0.01\n[[lot]]\nname = \"a\"\nsequence = \"AC\"\n",
                   ErrorKind::domain,
                   "a rate without its source");
    expect_refused("[laboratory]\nsizing_sd_bp = 0\n[[lot]]\nname = \"a\"\nsequence = \"AC\"\n",
                   ErrorKind::domain,
                   "sizing_sd_bp");
    expect_refused("[[lot]]\nname = \"a\"\nfragments = []\n", ErrorKind::format, "list of numbers");
    expect_refused("[[lot]]\nname = \"a\"\nsequense = \"AC\"\n", ErrorKind::format, "did you mean");
    expect_refused("[laboratory]\nerror_rate = 0.1\n[[lot]]\nname = \"a\"\nsequence = \"AC\"\n",
                   ErrorKind::domain,
                   "without its source");
    expect_refused("[laboratory]\nnegative_controls = 2\npositive_negative_controls = 3\n"
                   "[[lot]]\nname = \"a\"\nsequence = \"AC\"\n",
                   ErrorKind::domain,
                   "more positive ones");
}

// Found by mutation: toml++ 3 ended the program on an assertion where it was built with them.
TEST(ParseRegistry, RefusesControlCharacters) {
    expect_refused("[\x1b"
                   "lot]]\nname = \"a\"\n",
                   ErrorKind::format,
                   "r.toml line 2: a control character");
    expect_refused("# \x7f\n", ErrorKind::format, "control character");
}

TEST(ParseRegistry, RefusesAnotherSchema) {
    try {
        (void)parse_registry("schema = 2\n", "r.toml");
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
}

} // namespace
