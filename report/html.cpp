// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/html.hpp"

#include "report/check_svg.hpp"
#include "report/html_escape.hpp"
#include "report/html_style.hpp"
#include "report/phrase.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace cmq::report {

namespace {

constexpr Phrase words_contents{"Sommaire", "Contents"};
constexpr Phrase words_skip{"Aller au contenu", "Skip to the content"};
constexpr Phrase words_notices{"Avertissements", "Notices"};
constexpr Phrase words_numbers{"Les nombres du graphique", "The numbers of the chart"};
constexpr Phrase words_no_picture{
    "Cette version du programme ne sait pas dessiner les images ; elles sont dans le PDF.",
    "This build of the program cannot draw pictures; they are in the PDF."};
constexpr Phrase words_scale{"Échelle de la barre : {length}.", "Scale bar: {length}."};

class HtmlWriter {
public:
    HtmlWriter(Document const& document,
               Renderer const& renderer,
               std::function<void(std::string_view)> const& add)
        : document_{document}
        , renderer_{renderer}
        , add_{add} {}

    void write();

    void operator()(Heading const& heading);
    void operator()(Paragraph const& paragraph);
    void operator()(List const& list);
    void operator()(TableBlock const& table);
    void operator()(PictureRow const& row);
    void operator()(Chart const& chart);

    void operator()(Contents const& /*block*/) {
    } // contents() stands at the top of each page of HTML

    void operator()(PageBreak const& /*block*/) { out_ += "<div class=\"break\"></div>\n"; }

private:
    void hand_on() {
        add_(out_);
        out_.clear();
    }

    void head();
    void title_block();
    void contents();
    void runs(Text const& text);
    void picture(Picture const& picture);

    /// <name class="style">text</name>
    void element(std::string_view name, std::string_view style, std::string_view text);

    [[nodiscard]] std::string say(Phrase const& phrase) const {
        return report::say(phrase, document_.language);
    }

    Document const& document_;
    Renderer const& renderer_;
    std::function<void(std::string_view)> const& add_;
    std::string out_; ///< not handed on yet
    int level_ = 0;   ///< of the heading before
};

std::string tag(std::string_view name, std::string_view style) {
    std::string result = "<" + std::string{name};
    if (!style.empty()) {
        result += " class=\"" + std::string{style} + "\"";
    }
    return result + ">";
}

void HtmlWriter::element(std::string_view name, std::string_view style, std::string_view text) {
    if (text.empty()) {
        return;
    }
    out_ += tag(name, style);
    out_ += escape_html(text);
    out_ += "</" + std::string{name} + ">\n";
}

void HtmlWriter::runs(Text const& text) {
    for (Run const& run : text) {
        std::string_view const name = run.style == TextStyle::bold   ? "strong"
                                      : run.style == TextStyle::mono ? "code"
                                                                     : "";
        out_ += name.empty() ? "" : tag(name, "");
        out_ += escape_html(run.text);
        out_ += name.empty() ? "" : "</" + std::string{name} + ">";
    }
}

void HtmlWriter::operator()(Heading const& heading) {
    // The document's title is h1. No level is skipped, as in the PDF (Structure::heading_role).
    level_ = std::min(heading.level, level_ + 1);
    std::string const name = "h" + std::to_string(level_ + 1);
    out_ += "<" + name + " id=\"" + escape_html(heading.anchor) + "\">" +
            escape_html(heading.text) + "</" + name + ">\n";
}

void HtmlWriter::operator()(Paragraph const& paragraph) {
    switch (paragraph.style) {
    case ParagraphStyle::body:
        out_ += "<p>";
        break;
    case ParagraphStyle::answer:
        out_ += "<p class=\"answer\">";
        break;
    case ParagraphStyle::warning:
        out_ += "<p class=\"warning\">";
        break;
    case ParagraphStyle::note:
        out_ += "<p class=\"note\">";
        break;
    }
    runs(paragraph.text);
    out_ += "</p>\n";
}

void HtmlWriter::operator()(List const& list) {
    std::string_view const name = list.numbered ? "ol" : "ul";
    out_ += tag(name, "") + "\n";
    for (Text const& item : list.items) {
        out_ += "<li>";
        runs(item);
        out_ += "</li>\n";
    }
    out_ += "</" + std::string{name} + ">\n";
}

void HtmlWriter::operator()(TableBlock const& table) {
    out_ += R"(<div class="scroll" role="region" tabindex="0" aria-label=")" +
            escape_html(table.caption) + "\">\n<table>\n";
    element("caption", "", table.caption);
    out_ += "<thead><tr>";
    for (TableColumn const& column : table.columns) {
        out_ += column.alignment == Alignment::right ? R"(<th scope="col" class="right">)"
                                                     : "<th scope=\"col\">";
        out_ += escape_html(column.heading) + "</th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (auto const& row : table.rows) {
        out_ += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            bool const names_row = i == 0 && table.first_column_names_row;
            bool const right =
                i < table.columns.size() && table.columns[i].alignment == Alignment::right;
            out_ += names_row ? "<th scope=\"row\"" : "<td";
            out_ += right ? " class=\"right\">" : ">";
            runs(row[i]);
            out_ += names_row ? "</th>" : "</td>";
        }
        out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</div>\n";
}

void HtmlWriter::picture(Picture const& picture) {
    out_ += "<figure>\n";
    element("p", "picture-title", picture.title);
    if (renderer_.png) {
        std::vector<std::byte> const png = renderer_.png(picture);
        out_ += "<img src=\"data:image/png;base64,";
        hand_on();
        add_(to_base64(png));
        out_ += "\" alt=\"" + escape_html(picture.alt) + "\">\n";
    } else {
        element("p", "note", say(words_no_picture) + " " + picture.alt);
    }
    out_ += "<figcaption>" + escape_html(picture.caption);
    if (picture.scale_bar) {
        out_ += " " + escape_html(report::say(
                          words_scale, document_.language, {{"length", picture.scale_bar->label}}));
    }
    out_ += "</figcaption>\n</figure>\n";
}

void HtmlWriter::operator()(PictureRow const& row) {
    out_ += "<div class=\"pictures\">\n";
    for (Picture const& each : row.pictures) {
        picture(each);
    }
    out_ += "</div>\n";
}

void HtmlWriter::operator()(Chart const& chart) {
    if (!renderer_.svg) {
        (*this)(chart.numbers);
        element("p", "note", chart.caption);
        return;
    }
    out_ += R"(<figure class="chart" role="group" aria-label=")" + escape_html(chart.title) +
            "\">\n"; // the drawing itself bears the alternative text
    element("p", "picture-title", chart.title);
    out_ +=
        "<div class=\"paper\">" + check_svg(renderer_.svg(chart, document_.language)) + "</div>\n";
    element("figcaption", "", chart.caption);
    if (!chart.numbers.rows.empty()) {
        out_ += std::string{chart.show_numbers ? "<details open>" : "<details>"} + "<summary>" +
                escape_html(say(words_numbers)) + "</summary>\n";
        (*this)(chart.numbers);
        out_ += "</details>\n";
    }
    out_ += "</figure>\n";
}

void HtmlWriter::head() {
    bool const french = document_.language == Language::french;
    out_ +=
        std::string{"<!DOCTYPE html>\n<html lang=\""} + (french ? "fr" : "en") + "\">\n<head>\n";
    out_ += "<meta charset=\"utf-8\">\n";
    // Nothing is fetched and nothing runs, whatever a case file managed to put into a text.
    out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out_ += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out_ += R"(<meta name="generator" content=")" + escape_html(document_.program) + "\">\n";
    if (!document_.author.empty()) {
        out_ += R"(<meta name="author" content=")" + escape_html(document_.author) + "\">\n";
    }
    out_ += R"(<meta name="description" content=")" + escape_html(document_.subject) + "\">\n";
    element("title", "", document_.title + " – " + document_.identifier);
    out_ += "<style>\n" + std::string{html_style} + "</style>\n</head>\n";
}

void HtmlWriter::title_block() {
    out_ += "<body>\n<a class=\"skip\" href=\"#main\">" + escape_html(say(words_skip)) + "</a>\n";
    // Printed as the head of a table, which repeats on every page and keeps its room there.
    out_ += "<div class=\"page\">\n";
    if (!document_.banners.empty()) {
        out_ += R"(<div class="banners" role="region" aria-label=")" +
                escape_html(say(words_notices)) + "\">\n";
        for (std::string const& banner : document_.banners) {
            element("p", "banner", banner);
        }
        out_ += "</div>\n";
    }
    out_ += "<div class=\"content\">\n<header>\n";
    element("h1", "", document_.title);
    element("p", "subtitle", document_.subtitle);
    out_ += "</header>\n";
}

void HtmlWriter::contents() {
    std::string const label = escape_html(say(words_contents));
    out_ += "<nav aria-label=\"" + label + "\">\n<p class=\"nav-title\">" + label + "</p>\n<ul>\n";
    for (Block const& block : document_.blocks) {
        auto const* const heading = std::get_if<Heading>(&block);
        if (heading != nullptr && heading->level == 1) {
            out_ += "<li><a href=\"#" + escape_html(heading->anchor) + "\">" +
                    escape_html(heading->text) + "</a></li>\n";
        }
    }
    out_ += "</ul>\n</nav>\n";
}

void HtmlWriter::write() {
    head();
    title_block();
    contents();
    out_ += "<main id=\"main\">\n";
    for (Block const& block : document_.blocks) {
        std::visit(*this, block);
    }
    out_ += "</main>\n<footer>\n";
    element(
        "p",
        "note",
        document_.identifier + " – " +
            (document_.date.empty() ? "" : date_text(document_.date, document_.language) + " – ") +
            document_.program);
    out_ += "</footer>\n</div>\n</div>\n</body>\n</html>\n";
    hand_on();
}

} // namespace

void to_html(Document const& document,
             Renderer const& renderer,
             std::function<void(std::string_view)> const& add) {
    HtmlWriter{document, renderer, add}.write();
}

std::string to_html(Document const& document, Renderer const& renderer) {
    std::string html;
    to_html(document, renderer, [&html](std::string_view part) { html += part; });
    return html;
}

} // namespace cmq::report
