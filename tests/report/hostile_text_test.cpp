// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whatever a case says, the notes made of it keep their structure: the same elements, attributes and keys as with a
/// harmless word in its place.

#include "report/html.hpp"
#include "report/json_note.hpp"
#include "report/odt.hpp"
#include "system/file.hpp"
#include "tests/report/fixture.hpp"
#include "tests/report/hostile_texts.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace cmq::report {
namespace {

NoteInput planted(std::string const& text) {
    NoteInput input = fixture::make_input();
    fixture::plant(input, text);
    return input;
}

/// Elements with the names of their attributes, in order: what a browser would build.
std::vector<std::string> skeleton(std::string const& markup) {
    std::vector<std::string> tags;
    for (std::size_t at = markup.find('<'); at != std::string::npos;) {
        std::size_t i = at + 1;
        std::string tag;
        char quote = 0;
        for (; i < markup.size() && (quote != 0 || markup[i] != '>'); ++i) {
            char const c = markup[i];
            if (quote != 0) {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                tag += c;
            }
        }
        tags.push_back(tag);
        at = markup.find('<', i);
    }
    return tags;
}

void collect_keys(nlohmann::json const& json,
                  std::string const& path,
                  std::vector<std::string>& keys) {
    if (json.is_object()) {
        for (auto const& [key, value] : json.items()) {
            std::string const below = path + "/" + key; // keys may move while it grows
            keys.push_back(below);
            collect_keys(value, below, keys);
        }
    } else if (json.is_array()) {
        for (auto const& each : json) {
            collect_keys(each, path + "[]", keys);
        }
    } else {
        keys.push_back(path + ":" + json.type_name());
    }
}

std::vector<std::string> keys_of(std::string const& text) {
    std::vector<std::string> keys;
    collect_keys(nlohmann::json::parse(text), "", keys); // throws where it is no JSON
    return keys;
}

/// No raw control character, no override of directions: a terminal or a page could be steered by them.
bool is_clean(std::string const& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            return false;
        }
    }
    return text.find("\u202E") == std::string::npos && text.find("\u2066") == std::string::npos;
}

TEST(HostileText, LeavesTheElementsOfHtmlAsTheyAre) {
    for (Length const length : {Length::summary, Length::annex}) {
        for (Language const language : {Language::french, Language::english}) {
            NoteForm const form{.length = length};
            auto const expected = skeleton(to_html(make_note(planted("x"), language, form), {}));
            ASSERT_GT(expected.size(), 60U);
            for (std::string const& text : fixture::hostile_texts()) {
                std::string const html = to_html(make_note(planted(text), language, form), {});
                EXPECT_EQ(skeleton(html), expected) << text;
                EXPECT_TRUE(is_clean(html)) << text;
            }
        }
    }
}

TEST(HostileText, IsTakenAsMarkupByTheReaderOfThisTest) {
    EXPECT_NE(skeleton("<p><script>x</script></p>"), skeleton("<p>x</p>"));
    EXPECT_NE(skeleton("<p title=\"a\" onload=\"b\">"), skeleton("<p title=\"a onload=b\">"));
    EXPECT_FALSE(is_clean("a\x1B[31m"));
}

TEST(HostileText, LeavesTheKeysOfJsonAsTheyAre) {
    auto const expected = keys_of(json_note(planted("x")));
    ASSERT_GT(expected.size(), 100U);
    for (std::string const& text : fixture::hostile_texts()) {
        EXPECT_EQ(keys_of(json_note(planted(text))), expected) << text;
    }
}

// Read by Python's parser: each part well formed, elements and attribute names those of the harmless file. Line breaks
// and runs of spaces of a text are elements of their own and left out.
TEST(HostileText, LeavesTheElementsOfAWordProcessorsFileAsTheyAre) {
    namespace fs = std::filesystem;
    fs::path const folder =
        fs::temp_directory_path() / ("cmq_hostile_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    auto const make = [&](std::string const& name, std::string const& text) {
        write_file(folder / name, to_odt(make_note(planted(text), Language::french)));
    };
    make("harmless.odt", "x");
    for (std::size_t i = 0; i < fixture::hostile_texts().size(); ++i) {
        make("hostile" + std::to_string(i) + ".odt", fixture::hostile_texts()[i]);
    }
    write_file(folder / "compare.py",
               std::string_view{
                   "import sys,os,zipfile,xml.etree.ElementTree as E\n"
                   "skip=('}line-break','}s','}tab')\n"
                   "def parts(p):\n"
                   "  z=zipfile.ZipFile(p)\n"
                   "  return [[(e.tag,sorted(e.keys())) for e in E.fromstring(z.read(n)).iter() "
                   "if not e.tag.endswith(skip)] for n in z.namelist() if n.endswith('.xml')]\n"
                   "f=sys.argv[1]; good=parts(f+'/harmless.odt'); assert max(map(len,good))>100\n"
                   "bad=[n for n in sorted(os.listdir(f)) if n.startswith('hostile')]\n"
                   "assert len(bad)==37, len(bad)\n"
                   "for n in bad: assert parts(f+'/'+n)==good, n\n"});
    int const status = std::system(("PYTHONUTF8=1 python3 '" + (folder / "compare.py").string() +
                                    "' '" + folder.string() + "'")
                                       .c_str());
    fs::remove_all(folder);
    EXPECT_EQ(status, 0);
}

} // namespace
} // namespace cmq::report
