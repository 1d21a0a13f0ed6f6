// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/registry.hpp"

#include "core/error.hpp"
#include "tests/lab/code/slow_distance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

void expect_refused(std::string const& text, ErrorKind kind, std::string const& says) {
    try {
        (void)parse_code_list(text);
        FAIL() << text.substr(0, 40);
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), kind);
        EXPECT_THAT(error.what(), HasSubstr(says));
    }
}

Lot lot_of(std::string name, std::string sequence) {
    Lot lot;
    lot.name = std::move(name);
    lot.sequence = std::move(sequence);
    return lot;
}

TEST(ParseCodeList, NamesPlainLinesInOrder) {
    auto const registry = parse_code_list("\xEF\xBB\xBF"
                                          "ACGT\r\n\n  ggta \n");
    ASSERT_EQ(registry.lots.size(), 2U);
    EXPECT_EQ(registry.lots[0].name, "c0");
    EXPECT_EQ(registry.lots[1].name, "c1");
    EXPECT_EQ(registry.lots[1].sequence, "GGTA");
    EXPECT_FALSE(registry.laboratory_error.has_value());
}

TEST(ParseCodeList, ReadsFasta) {
    auto const registry = parse_code_list(">lot7 of 2023\nACGT\nACG\n>lot8\nTT\n");
    ASSERT_EQ(registry.lots.size(), 2U);
    EXPECT_EQ(registry.lots[0].name, "lot7");
    EXPECT_EQ(registry.lots[0].sequence, "ACGTACG");
    EXPECT_EQ(registry.lots[1].name, "lot8");
}

TEST(ParseCodeList, RefusesWhatIsNoList) {
    expect_refused("", ErrorKind::format, "no code");
    expect_refused("ACGT\nACNT\n", ErrorKind::format, "line 2");
    expect_refused(">a\nAC\n>a\nGT\n", ErrorKind::format, "line 1 already");
    expect_refused(">a\n>b\nGT\n", ErrorKind::format, "'a' has no sequence");
    expect_refused(">\nGT\n", ErrorKind::format, "line 1");
    expect_refused(std::string(longest_code + 1, 'A'), ErrorKind::limits, "bases");
}

TEST(ParseCodeList, RefusesTooManyCodes) {
    std::string text;
    for (std::size_t i = 0; i <= most_lots; ++i) {
        text += "A\n";
    }
    expect_refused(text, ErrorKind::limits, "100000 codes");
}

TEST(FindClosePairs, AgreesWithTheTextbookOnShortAndLongCodes) {
    cmq::Random random{6, 0, 0};
    Registry registry;
    for (std::size_t i = 0; i < 40; ++i) {
        auto sequence = random_bases(random, i % 2 == 0 ? 20 : 80);
        registry.lots.push_back(lot_of("a" + std::to_string(i), sequence));
        sequence[3] = sequence[3] == 'A' ? 'C' : 'A';
        sequence.erase(10, i % 3);
        if (i % 5 == 0) {
            registry.lots.push_back(lot_of("b" + std::to_string(i), sequence));
        }
    }
    std::size_t expected = 0;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        for (std::size_t j = i + 1; j < registry.lots.size(); ++j) {
            auto const distance = slow_distance(
                registry.lots[i].sequence, registry.lots[j].sequence, CodeEnds::whole);
            expected += distance < close_distance ? 1 : 0;
        }
    }
    auto const pairs = find_close_pairs(registry);
    EXPECT_EQ(pairs.size(), expected);
    EXPECT_GE(expected, 8U);
    for (ClosePair const& pair : pairs) {
        EXPECT_LT(pair.first, pair.second);
        EXPECT_EQ(pair.distance,
                  slow_distance(registry.lots[pair.first].sequence,
                                registry.lots[pair.second].sequence,
                                CodeEnds::whole));
    }
    EXPECT_TRUE(std::ranges::is_sorted(pairs, {}, &ClosePair::distance));
}

TEST(FindClosePairs, NamesEqualCodesOfAllKinds) {
    Registry registry;
    registry.lots.push_back(lot_of("a", "ACGTACGTAC"));
    registry.lots.push_back(lot_of("b", "ACGTACGTAC"));
    for (char const* const name : {"c", "d"}) {
        Lot lot;
        lot.name = name;
        lot.kind = CodeKind::particle;
        lot.text = "XK7";
        registry.lots.push_back(lot);
    }
    auto const pairs = find_close_pairs(registry);
    ASSERT_EQ(pairs.size(), 2U);
    EXPECT_EQ(pairs[0].distance, 0U);
    EXPECT_EQ(pairs[0].second, 1U);
    EXPECT_EQ(pairs[1].first, 2U);
    EXPECT_EQ(pairs[1].second, 3U);
}

TEST(FindClosePairs, LooksForEqualCodesOnlyInLargeRegistries) {
    cmq::Random random{6, 1, 0};
    Registry registry;
    for (std::size_t i = 0; i < most_compared_lots; ++i) {
        registry.lots.push_back(lot_of("a" + std::to_string(i), random_bases(random, 40)));
    }
    auto near = registry.lots[7].sequence;
    near[0] = near[0] == 'A' ? 'C' : 'A';
    registry.lots.push_back(lot_of("near", near));
    registry.lots.push_back(lot_of("equal", registry.lots[9].sequence));
    auto const pairs = find_close_pairs(registry);
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(pairs[0].first, 9U);
    EXPECT_EQ(pairs[0].second, most_compared_lots + 1);
}

} // namespace
