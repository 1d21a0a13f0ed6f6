// SPDX-License-Identifier: GPL-3.0-or-later

// Tables of wells (RDML, internal control) and lists of particles through the whole command.

#include "core/columns.hpp"
#include "system/file.hpp"
#include "tests/cli/command_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <zip.h>

namespace {

using namespace cmq;
using cmq::cli::test::CommandFolder;
using cmq::cli::test::Outcome;
using cmq::cli::test::run;
using testing::AllOf;
using testing::HasSubstr;

/// A zip with one file of this name.
void write_zip(std::string const& path, char const* name, std::string const& text) {
    int error = 0;
    zip_t* const archive = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    ASSERT_NE(archive, nullptr);
    zip_source_t* const source = ::zip_source_buffer(archive, text.data(), text.size(), 0);
    ASSERT_GE(::zip_file_add(archive, name, source, 0), 0);
    ASSERT_EQ(::zip_close(archive), 0);
}

std::string
react(int id, std::string const& sample, std::string const& target, std::string const& cq) {
    return "<react id=\"" + std::to_string(id) + "\"><sample id=\"" + sample +
           "\"/><data><tar id=\"" + target + "\"/><cq>" + cq + "</cq></data></react>";
}

/// The plate of tests/cli/code_test.cpp as RDML: 10, 100 and 1000 copies at 33.5, 30.5 and 27.5 cycles.
std::string rdml() {
    std::string samples;
    std::string wells;
    int id = 1;
    for (int level = 1; level <= 3; ++level) {
        auto const name = "S" + std::to_string(level);
        samples += "<sample id=\"" + name + "\"><type>std</type><quantity><value>1" +
                   std::string(static_cast<std::size_t>(level), '0') +
                   "</value><unit>cop</unit></quantity></sample>";
        for (char const* const off : {".4", ".6"}) {
            wells += react(id++, name, "T", std::to_string(36 - 3 * level) + off);
        }
    }
    samples += "<sample id=\"swab\"><type>unkn</type></sample><sample "
               "id=\"water\"><type>ntc</type></sample>";
    wells += react(13, "swab", "T", "30.5") + react(14, "water", "T", "-1.0");
    return "<?xml version=\"1.0\"?><rdml version=\"1.2\" xmlns=\"http://www.rdml.org\">" + samples +
           "<target id=\"T\"><type>toi</type></target><experiment id=\"e\"><run "
           "id=\"r\"><pcrFormat>"
           "<rows>8</rows><columns>12</columns><rowLabel>ABC</rowLabel><columnLabel>123</"
           "columnLabel>"
           "</pcrFormat>" +
           wells + "</run></experiment></rdml>";
}

class CodeOfTables : public CommandFolder {
protected:
    std::string add_zip(std::string const& name, char const* inside, std::string const& text) {
        auto const path = (folder / name).string();
        write_zip(path, inside, text);
        return path;
    }
};

TEST_F(CodeOfTables, ReadsRdml) {
    auto const outcome = run({"code", add_zip("p.rdml", "rdml_data.xml", rdml()), "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    auto const json = result(outcome);
    EXPECT_EQ(json.at("format"), "rdml");
    auto const& target = json.at("qpcr").at(0);
    EXPECT_EQ(target.at("target"), "T");
    EXPECT_NEAR(target.at("curve").at("slope").get<double>(), -3.0, 1e-9);
    EXPECT_EQ(target.at("curve").at("wells"), 6);
    EXPECT_NEAR(target.at("samples").at(0).at("log10_copies").get<double>(), 2.0, 1e-9);
    EXPECT_EQ(target.at("blanks").at("wells"), 1);
    EXPECT_EQ(target.at("blanks").at("detected"), 0);
    EXPECT_TRUE(json.at("internal_control").is_null());
}

TEST_F(CodeOfTables, RefusesBrokenRdml) {
    EXPECT_EQ(run({"code", add_zip("a.rdml", "rdml_data.xml", "<rdml><sample")}).status, 4);
    EXPECT_EQ(run({"code", add_zip("b.rdml", "rdml_data.xml", "<other/>")}).status, 4);
    auto const other = run({"code", add_zip("c.rdml", "readme.txt", "hello")});
    EXPECT_EQ(other.status, 4);
    EXPECT_THAT(other.err, HasSubstr("no RDML"));
    EXPECT_EQ(run({"code", add_zip("d.rdml", "rdml_data.xml", "<rdml/>")}).status, 8); // no wells
    auto const whole = read_text(add_zip("e.rdml", "rdml_data.xml", rdml()));
    EXPECT_EQ(run({"code", add("f.rdml", whole.substr(0, whole.size() / 2))}).status, 4);
    EXPECT_EQ(run({"code", add("g.rdml", "PK\x03\x04")}).status, 4);
    auto wrong = rdml();
    wrong.replace(wrong.find("30.5"), 4, "3x.5");
    EXPECT_EQ(run({"code", add_zip("h.rdml", "rdml_data.xml", wrong)}).status, 4);
}

TEST_F(CodeOfTables, SaysWhetherTheCopyingWasHindered) {
    std::string table = "Sample,Target,Cq\n";
    for (char const* const cq : {"28.0", "28.2", "28.4"}) {
        table += std::string{"NTC,IPC,"} + cq + "\nclean,IPC," + cq + "\n";
    }
    for (char const* const cq : {"30.9", "31.1", "31.3"}) {
        table += std::string{"dirty,IPC,"} + cq + "\ndirty,marker,\n";
    }
    auto const file = add("q.csv", table);
    auto const json = result(run({"code", file, "--json"}));
    EXPECT_EQ(json.at("internal_control"), "IPC");
    EXPECT_EQ(json.at("inhibition").at(0).at("sample"), "clean");
    EXPECT_EQ(json.at("inhibition").at(0).at("inhibition"), "not_seen");
    EXPECT_EQ(json.at("inhibition").at(1).at("inhibition"), "seen");
    EXPECT_NEAR(json.at("inhibition").at(1).at("shift").get<double>(), 2.9, 1e-9);
    EXPECT_THAT(run({"code", file}).out, HasSubstr("a negative result says"));
    auto const french = run({"code", file}, Language::french).out;
    EXPECT_THAT(french, HasSubstr("sous-estimées"));
    std::istringstream stream{french};
    for (std::string text; std::getline(stream, text);) {
        EXPECT_TRUE(columns_of(text) <= 80U || text == file) << text;
    }
    EXPECT_EQ(result(run({"code", file, "--json", "--internal-control", "marker"}))
                  .at("internal_control"),
              "marker");
    EXPECT_THAT(run({"code", add("r.csv", "Sample,Target,Cq\nswab,marker,30\n")}).out,
                HasSubstr("no internal control"));
}

TEST_F(CodeOfTables, MatchesParticles) {
    auto const registry = add("r.toml",
                              "schema = 1\n[laboratory]\nerror_rate = 0.001\nsource = \"t\"\n"
                              "[[lot]]\nname = \"A\"\nparticle = \"XK7QPM42\"\n"
                              "[[lot]]\nname = \"B\"\nparticle = \"ZZ1935TT\"\n");
    auto const list =
        add("p.csv", "particle,count,symbol_error\nXK7QPM42,3,0.02\nXK7Q?M42,1,0.02\n");
    auto const blank = add("b.csv", "particle\nKKKKKKKK\n");
    auto const json = result(run({"code", list, "-r", registry, "--json", "--controls", blank}));
    EXPECT_EQ(json.at("format"), "particles");
    EXPECT_EQ(json.at("verdict"), "match");
    EXPECT_EQ(json.at("lots").at(0).at("lot"), "A");
    EXPECT_EQ(json.at("lots").at(0).at("reads"), 4);
    EXPECT_EQ(json.at("particles").size(), 2U);
    auto const swapped = result(run({"code", blank, "-r", registry, "--json", "--controls", list}));
    EXPECT_EQ(swapped.at("verdict"), "inconclusive");
    EXPECT_THAT(run({"code", list}, Language::french).out, HasSubstr("XK7QPM42 × 3"));
    EXPECT_THAT(run({"code", blank}).out, HasSubstr("not stated throughout"));
    EXPECT_EQ(run({"code", add("x.csv", "particle,count\nA,0\n")}).status, 4);
    auto const sequences =
        add("seq.toml", "schema = 1\n[[lot]]\nname = \"a\"\nsequence = \"ACGTACGTACGTACGT\"\n");
    EXPECT_EQ(run({"code", list, "-r", sequences}).status, 8);
}

} // namespace
