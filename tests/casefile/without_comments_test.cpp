// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/without_comments.hpp"

#include "casefile/toml_node.hpp"
#include "core/random.hpp"
#include "system/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace {

using cmq::casefile::Node;
using cmq::casefile::without_comments;

bool is_same(Node const& a, Node const& b) {
    bool same = a.kind == b.kind && a.line == b.line && a.flag == b.flag &&
                a.integer == b.integer && a.number == b.number && a.text == b.text &&
                a.items.size() == b.items.size() && a.entries.size() == b.entries.size();
    for (std::size_t i = 0; same && i < a.items.size(); ++i) {
        same = is_same(a.items[i], b.items[i]);
    }
    for (std::size_t i = 0; same && i < a.entries.size(); ++i) {
        same =
            a.entries[i].key == b.entries[i].key && is_same(a.entries[i].node, b.entries[i].node);
    }
    return same;
}

TEST(WithoutComments, TakesThemAtEveryPlace) {
    EXPECT_EQ(without_comments("# head\nkey = 1 # said so\n[table] # t\n\t # alone\nend = 2"),
              "\nkey = 1\n[table]\n\nend = 2");
    EXPECT_EQ(without_comments("a = [ # one\n  1, # two\n]\n# last"), "a = [\n  1,\n]\n");
    EXPECT_EQ(without_comments("a = 1 # x\r\nb = 2\r\n"), "a = 1\r\nb = 2\r\n");
    EXPECT_EQ(without_comments(""), "");
    EXPECT_EQ(without_comments("  # x"), "");
}

TEST(WithoutComments, LeavesStringsAlone) {
    for (std::string_view const text : {R"(a = "# no comment" )",
                                        R"(a = '# no' )",
                                        R"(a = "\" # no")",
                                        R"(a = 'c:\# no')",
                                        "a = \"\"\"\n# no\n\"quoted\" # no\\\"\"\"\"\nb = 1",
                                        "a = '''\n# no ''\n'# '''''\nb = 1",
                                        R"("key # no" = 1)",
                                        R"(a = "" )",
                                        R"(a = "\\" )"}) {
        EXPECT_EQ(without_comments(text), text);
    }
    EXPECT_EQ(without_comments("a = \"\\\\\" # yes"), "a = \"\\\\\"");
    EXPECT_EQ(without_comments("a = '''x''''' # yes\n"), "a = '''x'''''\n");
}

TEST(WithoutComments, MeansTheSameOnTheSameLines) {
    std::string const text = cmq::read_text(CMQ_SOURCE_DIR "/sample_data/demonstration/case.toml",
                                            std::uintmax_t{1} << 20U);
    std::string const kept = without_comments(text);
    EXPECT_LT(kept.size(), text.size());
    EXPECT_EQ(kept.find('#'), std::string::npos);
    EXPECT_TRUE(
        is_same(cmq::casefile::parse_toml(text, "a"), cmq::casefile::parse_toml(kept, "a")));
    EXPECT_EQ(without_comments(kept), kept);
}

// Pieces put together at random: whatever TOML accepts keeps its values and loses every comment.
TEST(WithoutComments, KeepsTheValuesOfRandomTexts) {
    constexpr std::array<std::string_view, 10> values{"\"x # y\"",
                                                      "'x # y'",
                                                      "\"\"\"x\n# y\"\"\"",
                                                      "'''x\n# y'''",
                                                      "[1, # PLANTED\n 2]",
                                                      "{ a = \"#\" }",
                                                      "1",
                                                      "\"\\\"#\"",
                                                      "2026-11-21",
                                                      "\"\\\\\""};
    constexpr std::array<std::string_view, 5> ends{
        "\n", " # PLANTED\n", "# PLANTED \"\"\"\n", "\t# PLANTED '\n# PLANTED\n", "\r\n"};
    cmq::Random random{1, 2, 3};
    auto const one_of = [&](auto const& list) {
        return list[static_cast<std::size_t>(random.uniform() * static_cast<double>(list.size()))];
    };
    for (int turn = 0; turn < 500; ++turn) {
        std::string text;
        for (int key = 0; key < 8; ++key) {
            text += 'k' + std::to_string(key) + " = ";
            text += one_of(values);
            text += one_of(ends);
        }
        std::string const kept = without_comments(text);
        EXPECT_EQ(kept.find("PLANTED"), std::string::npos) << text;
        EXPECT_TRUE(
            is_same(cmq::casefile::parse_toml(text, "a"), cmq::casefile::parse_toml(kept, "a")))
            << text;
    }
}

TEST(WithoutComments, TakesAnyBytes) {
    for (std::string_view const text :
         {"\"", "'''", "\"\"\"\\", "a = \"x\n# gone\nb", "\\#", "\0#"}) {
        EXPECT_LE(without_comments(text).size(), text.size());
    }
    EXPECT_EQ(without_comments("a = \"open\n# gone"), "a = \"open\n");
}

} // namespace
