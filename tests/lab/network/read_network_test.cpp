// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/read_network.hpp"

#include "tests/lab/network/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace cmq;
using namespace cmq::lab;
using namespace cmq::lab::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto bif = NetworkFormat::bif;
constexpr auto net = NetworkFormat::net;
constexpr auto xdsl = NetworkFormat::xdsl;
constexpr auto uai = NetworkFormat::uai;

ReadNetwork read(std::string const& text, NetworkFormat format) {
    return parse_network(text, format);
}

Refusal refused(std::string const& text, NetworkFormat format) {
    return refusal_of([&] { static_cast<void>(parse_network(text, format)); });
}

struct Broken {
    std::string text;
    std::string words;
    ErrorKind kind = ErrorKind::format;
};

void expect_refused(std::vector<Broken> const& list, NetworkFormat format) {
    for (Broken const& broken : list) {
        auto const refusal = refused(broken.text, format);
        EXPECT_EQ(refusal.kind, broken.kind) << broken.text << refusal.text;
        EXPECT_THAT(refusal.text, HasSubstr(broken.words)) << broken.text;
    }
}

// ---- BIF

std::string const two_nodes = "network n { }\n"
                              "variable A { type discrete [ 2 ] { yes, no }; }\n"
                              "variable B { type discrete [ 3 ] { x, y, z }; }\n"
                              "probability ( A ) { table 0.2, 0.8; }\n";

TEST(ParseBif, ReadsBlanksCommentsPropertiesAndDefaults) {
    auto const found = read("// a network\n"
                            "network \"Name: with marks\" { property \"author: n, { n }\"; }\n"
                            "variable Trace relevée { // here\n"
                            "  type discrete [ 2 ] { très nette, DNA X + U };\n"
                            "  property position = (1, 2);\n}\n"
                            "variable \"P {1}\" { type discrete[3] { \"a\" \"b, c\" \"d\" }; }\n"
                            "/* no table yet */\n"
                            "probability ( \"P {1}\" | Trace relevée ) {\n"
                            "  (DNA X + U) 0.1, 0.2, 0.7; // row\n"
                            "  default 0.5 0.25 0.25;\n"
                            "}\n"
                            "probability ( Trace relevée ) { table 0.9, 0.1; }\n",
                            bif);
    auto const& nodes = found.network.nodes;
    EXPECT_EQ(found.network.name, "Name: with marks");
    ASSERT_EQ(nodes.size(), 2U);
    EXPECT_EQ(nodes[0].name, "Trace relevée");
    EXPECT_THAT(nodes[0].states, ElementsAre("très nette", "DNA X + U"));
    EXPECT_EQ(nodes[1].name, "P {1}");
    EXPECT_THAT(nodes[1].states, ElementsAre("a", "b, c", "d"));
    EXPECT_THAT(nodes[1].parents, ElementsAre(0U));
    EXPECT_THAT(nodes[1].table, ElementsAre(0.5, 0.25, 0.25, 0.1, 0.2, 0.7));
    EXPECT_THAT(found.warnings, IsEmpty());
}

// The dog problem of JavaBayes writes P(light on | family out) = 0.6, P(light on | not out) = 0.05 so:
// F. G. Cozman, The Interchange Format for Bayesian Networks, version 0.15.
TEST(ParseBif, ReadsATableWithTheNodeSlowest) {
    auto const found =
        read("network \"Dog-Problem\" { }\n"
             "variable \"light-on\" { type discrete[2] { \"true\" \"false\" }; }\n"
             "variable \"family-out\" { type discrete[2] { \"true\" \"false\" }; }\n"
             "probability ( \"light-on\" \"family-out\" ) { table 0.6 0.05 0.4 0.95 ; }\n"
             "probability ( \"family-out\" ) { table 0.15 0.85 ; }\n",
             bif);
    EXPECT_THAT(found.network.nodes[0].table, ElementsAre(0.6, 0.4, 0.05, 0.95));
}

TEST(ParseBif, RefusesATableInTheOtherOrder) {
    auto const refusal =
        refused(two_nodes + "probability ( B | A ) { table 0.1, 0.2, 0.7, 0.3, 0.3, 0.4; }", bif);
    EXPECT_EQ(refusal.kind, ErrorKind::format);
    EXPECT_THAT(refusal.text, HasSubstr("runs through the node's states last"));
    EXPECT_THAT(refusal.text, HasSubstr("line 5"));
}

TEST(ParseBif, TakesRowsByTheNamesOfTheStatesNotByTheirOrder) {
    auto const found =
        read(two_nodes + "probability ( B | A ) { (no) 0.1, 0.2, 0.7; (yes) 1, 0, 0; }", bif);
    EXPECT_THAT(found.network.nodes[1].table, ElementsAre(1.0, 0.0, 0.0, 0.1, 0.2, 0.7));
}

TEST(ParseBif, BringsRowsToOneAndWarns) {
    auto const found = read(
        two_nodes +
            "probability ( B | A ) { (no) 0.3333333, 0.3333333, 0.3333333; (yes) 0.1, 0.1, 0.1; }",
        bif);
    EXPECT_DOUBLE_EQ(found.network.nodes[1].table[0], 1.0 / 3.0);
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_THAT(found.warnings[0].english(), HasSubstr("node 'B': row 1 of its table sums to 0.3"));
    EXPECT_THAT(found.warnings[0].french(), HasSubstr("ramenée à 1"));
}

TEST(ParseBif, TakesBytesThatAreNoUtf8AsLatin1) {
    auto const found =
        read("network n { }\nvariable A { type discrete [ 2 ] { \xE9t\xE9, hiver }; }\n"
             "probability ( A ) { table 0.5, 0.5; }\n",
             bif);
    EXPECT_EQ(found.network.nodes[0].states[0], "été");
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_THAT(found.warnings[0].english(), HasSubstr("ISO 8859-1"));
}

TEST(ParseBif, RefusesBrokenFilesWithTheLine) {
    expect_refused(
        {
            {"", "has no nodes"},
            {"hello", "'network', 'variable' or 'probability' was expected, at line 1"},
            {"network n { }\nvariable A { type continuous; }",
             "only discrete",
             ErrorKind::unsupported},
            {"network n { }\nvariable A { type discrete [ 3 ] { a, b }; }",
             "announces 3 states and names 2, at line 2"},
            {"network n { }\nvariable A { type discrete [ 2 ] { a, b }; ", "the file ends"},
            {"network n { }\nvariable A { type discrete [ 2 ] { a, a }; }\nprobability ( A ) { "
             "table 0.5, 0.5; }",
             "two states 'a', at line 2"},
            {two_nodes + "variable A { type discrete [ 1 ] { a }; }",
             "two nodes are named 'A', at line 5"},
            {two_nodes, "'B' has no table of probabilities, at line 3"},
            {two_nodes + "probability ( A ) { table 0.2, 0.8; }", "two tables, at line 5"},
            {two_nodes + "probability ( ) { table 1; }", "a table without a node, at line 5"},
            {two_nodes + "probability ( B | C ) { }", "no node 'C', at line 5"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0.1, 0.2, 0.7;\n}", "row 2 of the table"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0.1, 0.2, 0.7;\n (yes) 1, 0, 0; }",
             "given twice, at line 7"},
            {two_nodes + "probability ( B | A ) {\n (maybe) 0.1, 0.2, 0.7; }",
             "no state 'maybe', at line 6"},
            {two_nodes + "probability ( B | A ) {\n (yes, no) 0.1, 0.2, 0.7; }",
             "each of the 1 parents"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0.1, 0.9; }", "2 numbers instead of 3"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0.1, 0.2, x; }", "'x' is no probability"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0.1, 0.2, -0.7; }",
             "'-0.7' is no probability"},
            {two_nodes + "probability ( B | A ) {\n (yes) 0, 0, 0; default 1, 0, 0; }",
             "no positive number"},
            {two_nodes + "probability ( B | A, A ) {\n default 1, 0, 0; }",
             "has the parent 'A' twice"},
            {two_nodes + "probability ( B | B ) {\n default 1, 0, 0; }", "circle: B"},
            {two_nodes + "probability ( B | A ) { something; }", "unreadable"},
            {two_nodes + "/* open", "a comment does not end, at line 5"},
            {std::string{"net\0work", 8}, "no text file"},
        },
        bif);
}

// ---- HUGIN .net

std::string const net_nodes =
    "% chest clinic\n"
    "net { node_size = (80 40); }\n"
    "node T { states = (\"yes\" \"no\"); label = \"Has tuberculosis?\"; position = (25 275); }\n"
    "discrete node L { label = \"lung \\\"cancer\\\"\"; states = (\"y\" \"n\" \"?\"); HR_State_0 = "
    "\"\"; }\n";

TEST(ParseNet, ReadsLabelsNestedDataAndComments) {
    auto const found = read(
        net_nodes + "potential ( T | L ) % here\n{ data = (( 0.1 0.9 ) (0.2 0.8)( .5 5e-1 )); }\n"
                    "potential (L) { data = (0.25 0.25 0.5); }\n",
        net);
    auto const& nodes = found.network.nodes;
    ASSERT_EQ(nodes.size(), 2U);
    EXPECT_EQ(nodes[0].name, "Has tuberculosis?");
    EXPECT_EQ(nodes[0].id, "T");
    EXPECT_EQ(nodes[1].name, "lung \"cancer\"");
    EXPECT_THAT(nodes[0].parents, ElementsAre(1U));
    EXPECT_THAT(nodes[0].table, ElementsAre(0.1, 0.9, 0.2, 0.8, 0.5, 0.5));
}

TEST(ParseNet, KeepsIdentifiersWhereLabelsAreAlike) {
    auto const found = read("net {} node A { states = (\"a\" \"b\"); label = \"x\"; }\n"
                            "node B { states = (0 1 2); subtype = interval; label = \"x\"; }\n"
                            "potential (A) { data = (1 0); } potential (B | ) { data = (1 0); }",
                            net);
    EXPECT_EQ(found.network.nodes[0].name, "A");
    EXPECT_EQ(found.network.nodes[1].name, "B");
    EXPECT_THAT(found.network.nodes[1].states, ElementsAre("0 - 1", "1 - 2"));
}

TEST(ParseNet, RefusesWhatItDoesNotReadAndBrokenFiles) {
    expect_refused(
        {
            {"net { }\nutility U { }", "'utility'", ErrorKind::unsupported},
            {"net { }\ndecision D { }", "'decision'", ErrorKind::unsupported},
            {"net { }\ncontinuous node D { }", "'continuous'", ErrorKind::unsupported},
            {"class C { }", "'class'", ErrorKind::unsupported},
            {net_nodes + "potential (T L | ) { data = (1 0); }",
             "'potential'",
             ErrorKind::unsupported},
            {net_nodes + "potential (T) { model_data = (T = 1); }",
             "no 'data'",
             ErrorKind::unsupported},
            {net_nodes + "potential (T) { data = (1 0 0); }",
             "has 3 numbers instead of 2, at line 5"},
            {net_nodes + "potential (T) { data = (1 0; }", "do not close"},
            {net_nodes + "potential (T) { data = (1 x); }",
             "'x' is no probability written with a decimal point, at line 5"},
            {net_nodes + "potential (X) { data = (1); }", "no node 'X', at line 5"},
            {net_nodes + "potential (T) { data = (1 0); }",
             "has no table of probabilities, at line 4"},
            {"net { } node A { states = ( ; }", "was expected"},
            {"net { } node A { }", "has no states, at line 1"},
            {"net { } node A { states = (\"a", "does not end"},
            {"hello", "'net', 'node' or 'potential' was expected"},
        },
        net);
}

// ---- XDSL

std::string xdsl_of(std::string const& nodes, std::string const& more = "") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smile version=\"1.0\" "
           "id=\"N\">\n<nodes>\n" +
           nodes + "</nodes>\n" + more + "</smile>\n";
}

std::string const cpt_a = "<cpt id=\"A\"><state id=\"a0\"/><state id=\"a1\"/><probabilities>0.2 "
                          "0.8</probabilities></cpt>\n";

TEST(ParseXdsl, ReadsTablesDeterministicNodesAndNames) {
    auto const found = read(
        xdsl_of(cpt_a +
                    "<deterministic id=\"D\"><state id=\"x\" label=\"très &lt;net&gt;\"/><state "
                    "id=\"y\" label=\"non\"/>"
                    "<parents>A</parents><resultingstates>y x</resultingstates></deterministic>",
                "<extensions><genie name=\"Réseau\"><node id=\"A\"><name>Le début</name></node>"
                "<submodel id=\"S\"><name>s</name><node id=\"D\"><name>La "
                "fin</name><comment>c</comment></node>"
                "</submodel></genie></extensions>"),
        xdsl);
    auto const& nodes = found.network.nodes;
    ASSERT_EQ(nodes.size(), 2U);
    EXPECT_EQ(found.network.name, "Réseau");
    EXPECT_EQ(nodes[0].name, "Le début");
    EXPECT_EQ(nodes[0].id, "A");
    EXPECT_EQ(nodes[1].name, "La fin");
    EXPECT_EQ(nodes[1].comment, "c");
    EXPECT_THAT(nodes[1].states, ElementsAre("très <net>", "non"));
    EXPECT_THAT(nodes[1].state_ids, ElementsAre("x", "y"));
    EXPECT_THAT(nodes[1].table, ElementsAre(0.0, 1.0, 1.0, 0.0));
}

TEST(ParseXdsl, RefusesWhatItDoesNotReadAndBrokenFiles) {
    expect_refused(
        {
            {xdsl_of("<noisymax id=\"M\"><state id=\"a\"/></noisymax>"),
             "'noisymax'",
             ErrorKind::unsupported},
            {xdsl_of("<utility id=\"U\"/>"), "'utility'", ErrorKind::unsupported},
            {xdsl_of("<equation id=\"U\"/>"), "'equation'", ErrorKind::unsupported},
            {xdsl_of(cpt_a, "<dynamic/>"), "dynamic", ErrorKind::unsupported},
            {"<smile>\n<nodes>\n<cpt", "no well-formed XML"},
            {"<bif/>", "'smile' is missing"},
            {xdsl_of(""), "has no nodes"},
            {xdsl_of(cpt_a + cpt_a), "two nodes are named 'A', at line 5"},
            {xdsl_of("<cpt id=\"A\"><probabilities>1</probabilities></cpt>"), "no states"},
            {xdsl_of("<cpt id=\"A\"><state id=\"a\"/>\n<state "
                     "id=\"b\"/>\n<probabilities>1</probabilities></cpt>"),
             "has 1 numbers instead of 2, at line 6"},
            {xdsl_of("<cpt id=\"A\"><state id=\"a\"/><state id=\"b\"/><probabilities>1 "
                     "b</probabilities></cpt>"),
             "'b' is no probability"},
            {xdsl_of("<cpt id=\"A\"><state id=\"a\"/><state id=\"b\"/><parents>Z</parents></cpt>"),
             "no node 'Z'"},
            {xdsl_of(cpt_a + "<deterministic id=\"D\"><state id=\"x\"/><parents>A</parents>"
                             "<resultingstates>x q</resultingstates></deterministic>"),
             "no state 'q'"},
            {xdsl_of(cpt_a + "<deterministic id=\"D\"><state id=\"x\"/><parents>A</parents>"
                             "<resultingstates>x</resultingstates></deterministic>"),
             "names 1 outcomes instead of 2"},
        },
        xdsl);
}

// ---- UAI

// The example of the UAI 2008 evaluation's page on its file format: three variables of 2, 2 and 3 states.
TEST(ParseUai, ReadsTheLastOfAScopeAsTheNode) {
    auto const found = read("BAYES\n3\n2 2 3\n3\n1 0\n2 0 1\n2 1 2\n\n2\n 0.436 0.564\n\n4\n 0.128 "
                            "0.872\n 0.920 0.080\n\n"
                            "6\n 0.210 0.333 0.457\n 0.811 0.000 0.189\n",
                            uai);
    auto const& nodes = found.network.nodes;
    ASSERT_EQ(nodes.size(), 3U);
    EXPECT_EQ(nodes[2].name, "X2");
    EXPECT_THAT(nodes[2].states, ElementsAre("0", "1", "2"));
    EXPECT_THAT(nodes[2].parents, ElementsAre(1U));
    EXPECT_THAT(nodes[1].table, ElementsAre(0.128, 0.872, 0.92, 0.08));
}

TEST(ParseUai, RefusesMarkovNetworksAndBrokenFiles) {
    expect_refused(
        {
            {"MARKOV\n1", "Markov", ErrorKind::unsupported},
            {"HELLO", "'BAYES' was expected"},
            {"BAYES\n1\n2\n2\n", "one table a node"},
            {"BAYES\n1\n2\n1\n0\n", "a factor without a node"},
            {"BAYES\n2\n2 2\n2\n1 0\n1 0\n", "two tables"},
            {"BAYES\n1\n2\n1\n1 0\n3\n 0.5 0.5", "does not announce 2 numbers"},
            {"BAYES\n1\n2\n1\n1 0\n2\n 0.5", "a number was expected, at line 7"},
            {"BAYES\n1.5\n", "a whole number"},
        },
        uai);
}

} // namespace
