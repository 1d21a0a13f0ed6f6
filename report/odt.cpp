// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/odt.hpp"

#include "core/error.hpp"
#include "report/html_escape.hpp"
#include "report/odt_styles.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <zip.h>

namespace cmq::report {

namespace {

constexpr std::string_view mime_type = "application/vnd.oasis.opendocument.text";

constexpr std::string_view manifest_xml =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
)";

std::string_view style_of(ParagraphStyle style) {
    switch (style) {
    case ParagraphStyle::answer:
        return "Answer";
    case ParagraphStyle::warning:
        return "Warning";
    case ParagraphStyle::note:
        return "Note";
    case ParagraphStyle::body:
        break;
    }
    return "Body";
}

/// content.xml, block by block.
class ContentWriter {
public:
    explicit ContentWriter(Document const& document) : document_{document} {}

    [[nodiscard]] std::string write() {
        out_ = std::string{content_head};
        for (std::string const& banner : document_.banners) {
            paragraph("Warning", escape_html(banner));
        }
        paragraph("Title", escape_html(document_.title));
        if (!document_.subtitle.empty()) {
            paragraph("Subtitle", escape_html(document_.subtitle));
        }
        for (Block const& block : document_.blocks) {
            std::visit(*this, block);
        }
        out_ += "</office:text></office:body></office:document-content>\n";
        return std::move(out_);
    }

    void operator()(Heading const& heading) {
        std::string const level = std::to_string(heading.level);
        out_ += "<text:h text:style-name=\"Heading_20_" + level + "\" text:outline-level=\"" +
                level + "\">" + escape_html(heading.text) + "</text:h>\n";
    }

    void operator()(Paragraph const& block) { paragraph(style_of(block.style), runs(block.text)); }

    void operator()(List const& list) {
        out_ += std::string{"<text:list text:style-name=\""} +
                (list.numbered ? "Numbers" : "Dashes") + "\">\n";
        for (Text const& item : list.items) {
            out_ += "<text:list-item>";
            paragraph("Item", runs(item));
            out_ += "</text:list-item>\n";
        }
        out_ += "</text:list>\n";
    }

    void operator()(TableBlock const& table) {
        ++tables_;
        paragraph("Note", escape_html(table.caption));
        out_ += "<table:table table:name=\"Table" + std::to_string(tables_) +
                "\"><table:table-column table:number-columns-repeated=\"" +
                std::to_string(table.columns.size()) +
                "\"/>\n<table:table-header-rows>"
                "<table:table-row>";
        for (TableColumn const& column : table.columns) {
            cell("Head", escape_html(column.heading));
        }
        out_ += "</table:table-row></table:table-header-rows>\n";
        for (auto const& row : table.rows) {
            out_ += "<table:table-row>";
            for (Text const& text : row) {
                cell("Item", runs(text));
            }
            out_ += "</table:table-row>\n";
        }
        out_ += "</table:table>\n";
    }

    void operator()(PictureRow const& row) {
        for (Picture const& picture : row.pictures) {
            paragraph("Note", escape_html("[" + picture.alt + "] " + picture.caption));
        }
    }

    void operator()(Chart const& chart) {
        paragraph("Body", escape_html(chart.title));
        (*this)(chart.numbers);
    }

    void operator()(PageBreak const& /*block*/) { paragraph("Break", ""); }

    void operator()(Contents const& /*block*/) {} // a word processor makes its own

private:
    static std::string runs(Text const& text) {
        std::string out;
        for (Run const& run : text) {
            std::string const inner = escape_html(run.text);
            switch (run.style) {
            case TextStyle::bold:
                out += "<text:span text:style-name=\"Bold\">" + inner + "</text:span>";
                break;
            case TextStyle::mono:
                out += "<text:span text:style-name=\"Mono\">" + inner + "</text:span>";
                break;
            case TextStyle::normal:
                out += inner;
                break;
            }
        }
        return out;
    }

    void paragraph(std::string_view style, std::string const& inner) {
        out_ += "<text:p text:style-name=\"" + std::string{style} + "\">" + inner + "</text:p>\n";
    }

    void cell(std::string_view style, std::string const& inner) {
        out_ += "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">";
        paragraph(style, inner);
        out_ += "</table:table-cell>";
    }

    Document const& document_;
    std::string out_;
    int tables_ = 0;
};

std::string styles_xml(Document const& document) {
    std::string text{styles_text};
    std::string_view const language = document.language == Language::french ? "fr" : "en";
    std::string_view const country = document.language == Language::french ? "FR" : "GB";
    std::array const blanks{std::pair{std::string_view{"@LANGUAGE@"}, language},
                            std::pair{std::string_view{"@COUNTRY@"}, country}};
    for (auto const& [name, value] : blanks) {
        for (std::size_t i = text.find(name); i != std::string::npos; i = text.find(name)) {
            text.replace(i, name.size(), value);
        }
    }
    return text;
}

std::string meta_xml(Document const& document) {
    std::string text{meta_head};
    text += "<dc:title>" + escape_html(document.title) + "</dc:title>";
    text += "<dc:subject>" + escape_html(document.subject) + "</dc:subject>";
    if (!document.author.empty()) {
        text += "<dc:creator>" + escape_html(document.author) + "</dc:creator>";
    }
    if (!document.date.empty()) {
        text += "<dc:date>" + escape_html(document.date) + "T00:00:00</dc:date>";
    }
    text += "<meta:generator>" + escape_html(document.program) + "</meta:generator>";
    return text + "</office:meta></office:document-meta>\n";
}

[[noreturn]] void fail() {
    throw Error{ErrorKind::internal,
                {"le document .odt n’a pas pu être assemblé",
                 "the .odt document could not be put together"}};
}

struct FreeSource {
    void operator()(zip_source_t* source) const noexcept { ::zip_source_free(source); }
};

struct Discard {
    void operator()(zip_t* archive) const noexcept { ::zip_discard(archive); }
};

void add_entry(zip_t* archive, char const* name, std::string_view text, bool stored) {
    zip_source_t* const source = ::zip_source_buffer(archive, text.data(), text.size(), 0);
    if (source == nullptr) {
        fail();
    }
    zip_int64_t const index = ::zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        ::zip_source_free(source);
        fail();
    }
    auto const at = static_cast<zip_uint64_t>(index);
    // 1 January 1980, midnight: no clock enters the file.
    constexpr zip_uint16_t first_day = 0x21;
    if (::zip_file_set_dostime(archive, at, 0, first_day, 0) != 0 ||
        ::zip_set_file_compression(
            archive, at, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, stored ? 0 : 9) != 0) {
        fail();
    }
}

std::vector<std::byte> read_all(zip_source_t* source) {
    zip_stat_t about;
    ::zip_stat_init(&about);
    if (::zip_source_stat(source, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0 ||
        ::zip_source_open(source) != 0) {
        fail();
    }
    std::vector<std::byte> bytes(about.size);
    zip_int64_t const got = ::zip_source_read(source, bytes.data(), bytes.size());
    ::zip_source_close(source);
    if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) {
        fail();
    }
    return bytes;
}

} // namespace

std::vector<std::byte> to_odt(Document const& document) {
    std::string const content = ContentWriter{document}.write();
    std::string const styles = styles_xml(document);
    std::string const meta = meta_xml(document);
    zip_error_t error;
    ::zip_error_init(&error);
    std::unique_ptr<zip_source_t, FreeSource> source{
        ::zip_source_buffer_create(nullptr, 0, 0, &error)};
    if (source == nullptr) {
        fail();
    }
    std::unique_ptr<zip_t, Discard> archive{
        ::zip_open_from_source(source.get(), ZIP_TRUNCATE, &error)};
    if (archive == nullptr) {
        fail();
    }
    ::zip_source_keep(source.get()); // the archive holds one reference, this function the other
    // The type comes first and is not compressed, so that a reader finds it at a fixed place.
    add_entry(archive.get(), "mimetype", mime_type, true);
    add_entry(archive.get(), "content.xml", content, false);
    add_entry(archive.get(), "styles.xml", styles, false);
    add_entry(archive.get(), "meta.xml", meta, false);
    add_entry(archive.get(), "META-INF/manifest.xml", manifest_xml, false);
    if (::zip_close(archive.get()) != 0) {
        fail();
    }
    (void)archive.release(); // zip_close has freed it
    return read_all(source.get());
}

} // namespace cmq::report
