// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/toml_statements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;
using testing::ElementsAre;

std::string const text = R"(# top
schema = 1 # one

[case]
id = "a # no comment"
a.b = 2

# above the first
# two lines
[[capture]]
id = "c1"
at = { time = "12:40", uncertainty_min = 2.0 }
[[capture]]
id = "c2"
list = [ "x", # the x
  "y",
]
words = """
[[capture]]
# no comment"""
[capture.inner]
"odd key" = 2026-11-21
)";

TEST(ToStatements, SplitsATextWithoutALoss) {
    auto const statements = to_statements(text);
    std::string whole;
    std::vector<int> values;
    std::size_t comments = 0;
    for (Statement const& statement : statements) {
        whole += statement.span.in(text);
        comments += statement.comments.size();
        if (statement.kind == StatementKind::value) {
            values.push_back(statement.line);
        }
    }
    EXPECT_EQ(whole, text);
    EXPECT_EQ(comments, 5U);
    EXPECT_THAT(values, ElementsAre(2, 5, 6, 11, 12, 14, 15, 18, 22));
}

TEST(ToStatements, KeepsAByteOrderMarkApart) {
    std::string const marked = "\xef\xbb\xbf# first\n\nschema = 1\nb = 2\n";
    auto const statements = to_statements(marked);
    ASSERT_EQ(statements.size(), 5U);
    EXPECT_EQ(statements[0].span.in(marked).size(), 3U);
    EXPECT_EQ(statements[1].kind, StatementKind::comment);
    EXPECT_EQ(statements[3].line, 3);
    EXPECT_EQ(edit_toml(marked, std::vector{Edit{{"b"}, {}}}),
              "\xef\xbb\xbf# first\n\nschema = 1\n");
}

std::string shown(NodePath const& path) {
    std::string out;
    for (Step const& step : path) {
        out += '/' + (step.index() == 0 ? std::get<0>(step) : std::to_string(std::get<1>(step)));
    }
    return out;
}

TEST(PathsOf, NameEachTableAndValue) {
    auto const statements = to_statements(text);
    std::vector<std::string> all;
    for (NodePath const& path : paths_of(text, statements)) {
        if (!path.empty()) {
            all.push_back(shown(path));
        }
    }
    EXPECT_THAT(all,
                ElementsAre("/schema",
                            "/case",
                            "/case/id",
                            "/case/a/b",
                            "/capture/0",
                            "/capture/0/id",
                            "/capture/0/at",
                            "/capture/1",
                            "/capture/1/id",
                            "/capture/1/list",
                            "/capture/1/words",
                            "/capture/1/inner",
                            "/capture/1/inner/odd key"));
}

std::string edited(Edit const& edit) {
    return edit_toml(text, std::span{&edit, 1});
}

std::string without(std::string whole, std::string_view part) {
    std::size_t const at = whole.find(part);
    EXPECT_NE(at, std::string::npos);
    return whole.erase(at, part.size());
}

TEST(EditToml, TakesATableOutWithTheCommentAboveIt) {
    EXPECT_EQ(edited({{"capture", std::size_t{0}}, {}}),
              without(text,
                      "# above the first\n# two lines\n[[capture]]\nid = \"c1\"\n"
                      "at = { time = \"12:40\", uncertainty_min = 2.0 }\n"));
    // The second takes its table below along.
    std::string const rest = edited({{"capture", std::size_t{1}}, {}});
    EXPECT_EQ(rest, text.substr(0, text.find("[[capture]]\nid = \"c2\"")));
}

TEST(EditToml, ChangesOneValueAndNoOtherByte) {
    Node value;
    value.kind = NodeKind::text;
    value.text = "b\"";
    std::string const id = "id = \"a # no comment\"";
    std::string expected = text;
    expected.replace(expected.find(id), id.size(), "id = \"b\\\"\"");
    EXPECT_EQ(edited({{"case", "id"}, value}), expected);
}

TEST(EditToml, ChangesPartsOfListsAndInlineTables) {
    std::string const list = "list = [ \"x\", # the x\n  \"y\",\n]\n";
    std::string expected = text;
    expected.replace(expected.find(list), list.size(), "# the x\nlist = [\"y\"]\n");
    EXPECT_EQ(edited({{"capture", std::size_t{1}, "list", std::size_t{0}}, {}}), expected);
    expected = text;
    std::string const at = "{ time = \"12:40\", uncertainty_min = 2.0 }";
    expected.replace(expected.find(at), at.size(), "{uncertainty_min = 2.0}");
    EXPECT_EQ(edited({{"capture", std::size_t{0}, "at", "time"}, {}}), expected);
}

TEST(EditToml, WorksOnTablesWrittenInOneLine) {
    std::string const line = "capture = [{ id = \"a\" }, { id = \"b\", n = [1, 2] }]\n";
    Edit const edit{{"capture", std::size_t{0}}, {}};
    EXPECT_EQ(edit_toml(line, std::span{&edit, 1}), "capture = [{id = \"b\", n = [1, 2]}]\n");
}

TEST(ToToml, GivesBackWhatWasRead) {
    std::string const line =
        R"(a = {b = true, c = [1, 2.0, -0.5, 1e+300], "d e" = "x\ny\"", f = 2026-11-21, g = 07:32:00})";
    EXPECT_EQ("a = " + to_toml(*parse_toml(line, "f").find("a")), line);
}

} // namespace
