// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/odt.hpp"

#include "report/plain_text.hpp"
#include "report/requests.hpp"
#include "system/file.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace cmq::report {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Document sample() {
    Document document;
    document.language = Language::french;
    document.title = "Titre & <suite>";
    document.date = "2026-11-21";
    document.program = "Contremarque";
    document.blocks.emplace_back(Heading{1, "Un « titre »", "one"});
    document.blocks.emplace_back(Paragraph{
        {{"gras", TextStyle::bold}, {" puis œuvre\x01", TextStyle::normal}}, ParagraphStyle::body});
    List list;
    list.numbered = true;
    list.items = {{{"premier", TextStyle::normal}}, {{"second", TextStyle::normal}}};
    document.blocks.emplace_back(std::move(list));
    TableBlock table;
    table.caption = "Légende";
    table.columns = {{"Zone", Alignment::left, 1.0}, {"Vu", Alignment::left, 1.0}};
    table.rows = {{{{"main", TextStyle::normal}}, {{"rien", TextStyle::normal}}}};
    document.blocks.emplace_back(std::move(table));
    return document;
}

std::string as_text(std::vector<std::byte> const& bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

TEST(ToOdt, BeginsWithItsTypeWhereReadersLookForIt) {
    // OpenDocument 1.3 part 2, 3.3: first entry, not compressed, name at byte 30, content at byte 38.
    std::string const bytes = as_text(to_odt(sample()));
    EXPECT_THAT(bytes, StartsWith("PK\x03\x04"));
    EXPECT_EQ(bytes.substr(30, 8), "mimetype");
    EXPECT_EQ(bytes.substr(38, 39), "application/vnd.oasis.opendocument.text");
}

TEST(ToOdt, GivesTheSameBytesInAnyTimeZone) {
    std::string const here = as_text(to_odt(sample()));
    ::setenv("TZ", "Pacific/Kiritimati", 1);
    ::tzset();
    std::string const there = as_text(to_odt(sample()));
    ::unsetenv("TZ");
    ::tzset();
    EXPECT_EQ(here, there);
}

TEST(ToOdt, IsWellFormedForAnotherReader) {
    std::filesystem::path const file =
        std::filesystem::temp_directory_path() / ("cmq_odt_" + std::to_string(::getpid()) + ".odt");
    write_file(file, to_odt(sample()));
    std::string const script =
        "import sys,zipfile,xml.etree.ElementTree as E\n"
        "z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
        "n=z.namelist(); assert n[0]=='mimetype', n\n"
        "t={m:E.fromstring(z.read(m)) for m in n if m.endswith('.xml')}\n"
        "m=[e.get('{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path') for e in "
        "t['META-INF/manifest.xml']]\n"
        "assert sorted(m)==sorted(['/']+[x for x in n if x not "
        "in('mimetype','META-INF/manifest.xml')]), m\n"
        "x='{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'\n"
        "c=t['content.xml']; h=[''.join(e.itertext()) for e in c.iter(x+'h')]\n"
        "assert h==['Un « titre »'], h\n"
        "p=[''.join(e.itertext()) for e in c.iter(x+'p')]\n"
        "assert 'Titre & <suite>' in p and 'gras puis œuvre' in p and 'premier' in p, p\n"
        "s=E.tostring(t['styles.xml'],encoding='unicode')\n"
        "used={e.get(x+'style-name') for e in c.iter() if e.get(x+'style-name')}\n"
        "for u in used: assert 'name=\"'+u+'\"' in s or 'name=\"'+u+'\"' in "
        "E.tostring(c,encoding='unicode'), u\n";
    std::filesystem::path const program = file.string() + ".py";
    write_file(program, script);
    int const status = std::system(
        ("PYTHONUTF8=1 python3 '" + program.string() + "' '" + file.string() + "'").c_str());
    std::filesystem::remove(file);
    std::filesystem::remove(program);
    EXPECT_EQ(status, 0);
}

TEST(ToPlainText, GivesEachParagraphAsOneLine) {
    std::string const text = to_plain_text(sample());
    EXPECT_THAT(text, StartsWith("Titre & <suite>\n"));
    EXPECT_THAT(text, HasSubstr("\n1. premier\n2. second\n"));
    EXPECT_THAT(text, HasSubstr("Zone\u00A0: main\nVu\u00A0: rien\n"));
}

} // namespace
} // namespace cmq::report
