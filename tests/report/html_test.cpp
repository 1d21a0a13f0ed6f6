// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/html.hpp"

#include "core/error.hpp"
#include "report/html_escape.hpp"
#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <regex>

namespace cmq::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::byte> to_bytes(std::string_view text) {
    std::vector<std::byte> bytes;
    std::transform(text.begin(), text.end(), std::back_inserter(bytes), [](char c) {
        return static_cast<std::byte>(c);
    });
    return bytes;
}

/// A renderer that draws nothing but answers.
Renderer make_renderer() {
    Renderer renderer;
    renderer.png = [](Picture const&) { return to_bytes("png"); };
    renderer.svg = [](Chart const& chart, Language) {
        return "<?xml version=\"1.0\"?>\n<svg><title>" + escape_html(chart.title) +
               "</title></svg>\n";
    };
    return renderer;
}

std::size_t count(std::string const& text, std::string_view part) {
    std::size_t n = 0;
    for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) {
        ++n;
    }
    return n;
}

TEST(EscapeHtml, LeavesNoMarkup) {
    EXPECT_EQ(escape_html("<script>alert(\"a\" & 'b')</script>"),
              "&lt;script&gt;alert(&quot;a&quot; &amp; &#39;b&#39;)&lt;/script&gt;");
}

TEST(EscapeHtml, DropsControlsAndOverrides) {
    EXPECT_EQ(escape_html(std::string_view{"a\0b\x1B\x7F\tc\nd", 9}), "ab\tc\nd");
    EXPECT_EQ(escape_html("x\u202Egnp.exe"), "xgnp.exe");
    EXPECT_EQ(escape_html("x\u2066y\u0085z"), "xyz");
}

TEST(EscapeHtml, KeepsUtf8AndDropsWhatIsNot) {
    EXPECT_EQ(escape_html("dé\u202F€ 😀"), "dé\u202F€ 😀");
    EXPECT_EQ(escape_html("a\xC3"), "a"); // cut
    EXPECT_EQ(escape_html("a\xC0\xAF"
                          "b"),
              "ab"); // overlong '/'
    EXPECT_EQ(escape_html("a\xED\xA0\x80"
                          "b"),
              "ab"); // surrogate
}

// RFC 4648, section 10.
TEST(ToBase64, AgreesWithTheRfc) {
    EXPECT_EQ(to_base64({}), "");
    EXPECT_EQ(to_base64(to_bytes("f")), "Zg==");
    EXPECT_EQ(to_base64(to_bytes("fo")), "Zm8=");
    EXPECT_EQ(to_base64(to_bytes("foo")), "Zm9v");
    EXPECT_EQ(to_base64(to_bytes("foobar")), "Zm9vYmFy");
    EXPECT_EQ(to_base64(to_bytes("\xFF\xFE")), "//4=");
}

TEST(ToHtml, IsOneFileThatFetchesAndRunsNothing) {
    std::string const html =
        to_html(make_note(fixture::make_input(), Language::french), make_renderer());
    EXPECT_EQ(html.find("<!DOCTYPE html>\n<html lang=\"fr\">"), 0U);
    EXPECT_THAT(
        html, HasSubstr("Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("http://")));
    EXPECT_THAT(html, Not(HasSubstr("https://")));
    EXPECT_THAT(html, Not(HasSubstr("url(")));
}

TEST(ToHtml, EscapesWhatACaseFileSays) {
    NoteInput input = fixture::make_input();
    std::string const attack = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";
    input.file.head.id.value = attack;
    input.file.head.title = {attack, attack};
    input.file.report.author = attack;
    input.file.propositions[0].text = {attack, attack};
    input.file.carriers[0].label = {attack, attack};
    input.file.observations[0].source.words = attack;
    input.captures[0].metadata.model = attack;
    input.file.captures[0].filter = attack;
    input.commands = {attack};
    std::string const html = to_html(make_note(input, Language::english), make_renderer());
    EXPECT_EQ(count(html, "<script"), 0U);
    EXPECT_EQ(count(html, "<img src=x"), 0U);
    EXPECT_GE(count(html, "&quot;&gt;&lt;script&gt;"), 8U);
}

TEST(ToHtml, ServesReadersWhoDoNotSee) {
    Document const note = make_note(fixture::make_input(), Language::english);
    std::string const html = to_html(note, make_renderer());
    EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
    EXPECT_EQ(count(html, "<h1"), 1U);
    EXPECT_EQ(count(html, "<main"), 1U);
    EXPECT_EQ(count(html, "<img "),
              count(html, " alt=\"Picture of capture") +
                  count(html, " alt=\"Map of the significance of capture"));
    EXPECT_EQ(count(html, "<table>"), count(html, "<caption>"));
    EXPECT_GT(count(html, "<th scope=\"col\""), 0U);
    EXPECT_GT(count(html, "<th scope=\"row\""), 0U);
    EXPECT_EQ(count(html, "<figure"), count(html, "<figcaption>"));
    std::regex const link{"href=\"#([^\"]*)\""};
    for (std::sregex_iterator it{html.begin(), html.end(), link}, end; it != end; ++it) {
        EXPECT_THAT(html, HasSubstr("id=\"" + (*it)[1].str() + "\""));
    }
}

TEST(ToHtml, ClosesWhatItOpens) {
    std::string const html =
        to_html(make_note(fixture::make_input(), Language::french), make_renderer());
    for (std::string const name :
         {"table",  "tr",  "td",   "th",      "ul",     "ol",     "li",
          "figure", "div", "p",    "nav",     "main",   "header", "footer",
          "h2",     "h3",  "code", "details", "strong", "body",   "html"}) {
        std::regex const open{"<" + name + "[ >]"};
        auto const opened = std::distance(std::sregex_iterator{html.begin(), html.end(), open}, {});
        EXPECT_EQ(static_cast<std::size_t>(opened), count(html, "</" + name + ">")) << name;
    }
}

TEST(ToHtml, RepeatsBannersForEveryPrintedPage) {
    std::string const html =
        to_html(make_note(fixture::make_input(), Language::french), make_renderer());
    EXPECT_EQ(count(html, "class=\"banner\">DÉMONSTRATION"), 1U);
    EXPECT_THAT(html, HasSubstr(".banners { display: table-header-group"));
}

TEST(ToHtml, GivesTablesAndASentenceWhereNothingCanBeDrawn) {
    std::string const html = to_html(make_note(fixture::make_input(), Language::english), {});
    EXPECT_EQ(count(html, "<img "), 0U);
    EXPECT_EQ(count(html, "<svg"), 0U);
    EXPECT_THAT(html, HasSubstr("This build of the program cannot draw pictures"));
    EXPECT_THAT(html, HasSubstr("<caption>Likelihood ratio and sensitivity range</caption>"));
}

TEST(ToHtml, RefusesAChartThatIsNotPlainSvg) {
    Document const note = make_note(fixture::make_input(), Language::english);
    for (std::string const bad : {"",
                                  "<p>no</p>",
                                  "<svg><script>1</script></svg>",
                                  "<svg><foreignObject></foreignObject></svg>",
                                  "<svg onload=\"x\"></svg>"}) {
        Renderer renderer = make_renderer();
        renderer.svg = [&](Chart const&, Language) { return bad; };
        try {
            (void)to_html(note, renderer);
            ADD_FAILURE() << bad;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::internal);
        }
    }
}

} // namespace
} // namespace cmq::report
