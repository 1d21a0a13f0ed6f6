// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/pdf.hpp"
#include "render/pdf_tags.hpp"
#include "report/html_escape.hpp"

#include <qpdf/JSON.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

namespace cmq::render {

namespace {

bool is_plain_name(std::string const& name) {
    return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) != 0 || c == '.' || c == '-');
    });
}

std::string pdf_date(std::string const& iso) {
    return "D:" + date_digits(iso) + "000000Z";
}

// The letters of a presentation form that fonts use for ligatures, as UTF-16 in hexadecimal.
std::string_view ligature_letters(std::string_view code) {
    struct Ligature {
        std::string_view code;
        std::string_view letters;
    };

    static constexpr Ligature table[] = {// Unicode chart U+FB00; NOLINT(modernize-avoid-c-arrays)
                                         {"fb00", "00660066"},
                                         {"fb01", "00660069"},
                                         {"fb02", "0066006c"},
                                         {"fb03", "006600660069"},
                                         {"fb04", "00660066006c"},
                                         {"fb05", "00730074"},
                                         {"fb06", "00730074"},
                                         {"0009", "0020"}};
    for (auto const& each : table) {
        if (each.code == code) {
            return each.letters;
        }
    }
    return code;
}

// Only what stands in brackets names characters; the rest names glyphs.
std::string fix_characters(std::string const& map) {
    std::string fixed;
    bool in_brackets = false;
    for (std::size_t i = 0; i < map.size(); ++i) {
        char const c = map[i];
        in_brackets = c == '[' || (in_brackets && c != ']');
        auto const end = c == '<' ? map.find('>', i) : std::string::npos;
        if (!in_brackets || end == std::string::npos) {
            fixed += c;
            continue;
        }
        std::string code = map.substr(i + 1, end - i - 1);
        std::transform(code.begin(), code.end(), code.begin(), [](unsigned char letter) {
            return static_cast<char>(std::tolower(letter));
        });
        fixed += "<" + std::string{ligature_letters(code)} + ">";
        i = end;
    }
    return fixed;
}

void fix_fonts(QPDF& pdf) {
    for (auto& object : pdf.getAllObjects()) {
        if (!object.isDictionary() || !object.hasKey("/ToUnicode")) {
            continue;
        }
        QPDFObjectHandle stream = object.getKey("/ToUnicode");
        auto const data = stream.getStreamData();
        std::string const map{reinterpret_cast<char const*>(data->getBuffer()), data->getSize()};
        stream.replaceStreamData(
            fix_characters(map), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

void set_information(QPDF& pdf, report::Document const& document) {
    auto info = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    auto const set = [&info](char const* key, std::string const& text) {
        if (!text.empty()) {
            info.replaceKey(key, QPDFObjectHandle::newUnicodeString(report::clean_text(text)));
        }
    };
    set("/Title", document.title);
    set("/Author", document.author);
    set("/Subject", document.subject);
    set("/Creator", document.program);
    set("/Producer", document.program);
    if (!document.date.empty()) { // no clock stands in for it
        set("/CreationDate", pdf_date(document.date));
        set("/ModDate", pdf_date(document.date));
    }
    pdf.getTrailer().replaceKey("/Info", info);
    // Qt's is random; qpdf makes one from the content where there is none.
    pdf.getTrailer().removeKey("/ID");
}

// What qpdf writes, held once.
class ToBytes : public Pipeline {
public:
    explicit ToBytes(std::size_t expected) : Pipeline{"note", nullptr} { bytes_.reserve(expected); }

    void write(unsigned char const* data, std::size_t size) override {
        auto const* first = reinterpret_cast<std::byte const*>(data);
        bytes_.insert(bytes_.end(), first, first + size);
    }

    void finish() override {}

    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

// A tree of bookmarks under construction: the open item of each level.
class Outline {
public:
    explicit Outline(QPDF& pdf) : pdf_{pdf}, pages_{QPDFPageDocumentHelper{pdf}.getAllPages()} {
        open_.push_back(make());
    }

    void add(PlacedBookmark const& bookmark) {
        // A level that is skipped (3 under 1) counts as the next one.
        auto const depth = std::min(open_.size(), static_cast<std::size_t>(bookmark.level));
        while (open_.size() > depth) {
            open_.pop_back();
        }
        QPDFObjectHandle parent = open_.back();
        QPDFObjectHandle item = make();
        item.replaceKey("/Title",
                        QPDFObjectHandle::newUnicodeString(report::clean_text(bookmark.title)));
        item.replaceKey("/Parent", parent);
        auto destination = QPDFObjectHandle::newArray();
        destination.appendItem(pages_.at(bookmark.page).getObjectHandle());
        destination.appendItem(QPDFObjectHandle::newName("/XYZ"));
        destination.appendItem(QPDFObjectHandle::newInteger(0));
        destination.appendItem(QPDFObjectHandle::newReal(bookmark.top_pt, 1));
        destination.appendItem(QPDFObjectHandle::newInteger(0));
        item.replaceKey("/Dest", destination);
        if (parent.hasKey("/Last")) {
            QPDFObjectHandle previous = parent.getKey("/Last");
            previous.replaceKey("/Next", item);
            item.replaceKey("/Prev", previous);
        } else {
            parent.replaceKey("/First", item);
        }
        parent.replaceKey("/Last", item);
        for (auto& each : open_) {
            auto const count = each.hasKey("/Count") ? each.getKey("/Count").getIntValue() : 0;
            each.replaceKey("/Count", QPDFObjectHandle::newInteger(count + 1));
        }
        open_.push_back(item);
    }

    [[nodiscard]] QPDFObjectHandle root() const { return open_.front(); }

private:
    QPDFObjectHandle make() { return pdf_.makeIndirectObject(QPDFObjectHandle::newDictionary()); }

    QPDF& pdf_;
    std::vector<QPDFPageObjectHelper> pages_;
    std::vector<QPDFObjectHandle> open_;
};

void set_catalog(QPDF& pdf,
                 report::Document const& document,
                 std::vector<PlacedBookmark> const& bookmarks,
                 PdfForm form) {
    QPDFObjectHandle root = pdf.getRoot();
    root.replaceKey("/Lang",
                    QPDFObjectHandle::newString(
                        document.language == report::Language::french ? "fr-FR" : "en-GB"));
    auto preferences = QPDFObjectHandle::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    root.replaceKey("/ViewerPreferences", preferences);
    QPDFObjectHandle metadata = root.getKey("/Metadata");
    if (metadata.isStream()) {
        metadata.replaceStreamData(
            xmp_packet(document, form), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
    if (!bookmarks.empty()) {
        Outline outline{pdf};
        for (auto const& bookmark : bookmarks) {
            outline.add(bookmark);
        }
        root.replaceKey("/Outlines", outline.root());
        root.replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
    }
}

void attach(QPDF& pdf, report::Document const& document) {
    QPDFEmbeddedFileDocumentHelper files{pdf};
    auto associated = QPDFObjectHandle::newArray();
    for (report::Attachment const& each : document.attachments) {
        CMQ_EXPECTS(is_plain_name(each.name));
        auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, each.bytes);
        stream.setSubtype(each.media_type);
        if (!document.date.empty()) {
            stream.setCreationDate(pdf_date(document.date));
            stream.setModDate(pdf_date(document.date));
        }
        auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, each.name, stream);
        file.setDescription(each.description);
        file.getObjectHandle().replaceKey("/AFRelationship", QPDFObjectHandle::newName("/Data"));
        files.replaceEmbeddedFile(each.name, file);
        associated.appendItem(file.getObjectHandle());
    }
    if (!document.attachments.empty()) {
        pdf.getRoot().replaceKey("/AF", associated);
    }
}

// The dictionaries that PDF/A-3 and PDF/UA want beside what PDF/A-1 has.
void make_tagged(QPDF& pdf,
                 report::Document const& document,
                 Structure const& structure,
                 PageScale const& scale) {
    write_structure(pdf, structure, scale);
    attach(pdf, document);
}

} // namespace

bool has_qpdf() noexcept {
    return true;
}

std::vector<std::byte> finish_pdf(std::vector<std::byte> const& bytes,
                                  report::Document const& document,
                                  std::vector<PlacedBookmark> const& bookmarks,
                                  Structure const& structure,
                                  PageScale const& scale,
                                  PdfForm form) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true); // it would print them
        pdf.processMemoryFile("note", reinterpret_cast<char const*>(bytes.data()), bytes.size());
        fix_fonts(pdf);
        put_pictures(pdf, structure.pictures());
        set_information(pdf, document);
        set_catalog(pdf, document, bookmarks, form);
        if (form == PdfForm::tagged) {
            make_tagged(pdf, document, structure, scale);
        } else {
            drop_marks(pdf);
        }
        QPDFWriter writer{pdf};
        writer.setMinimumPDFVersion(form == PdfForm::tagged ? "1.7" : "1.4");
        std::size_t most = bytes.size();
        for (report::Pixels const* const pixels : structure.pictures().pictures()) {
            most += pixels->rgb.size();
        }
        ToBytes output{most};
        writer.setOutputPipeline(&output);
        writer.setDeterministicID(true);
        writer.setObjectStreamMode(qpdf_o_disable); // PDF/A-1 knows none
        writer.setNewlineBeforeEndstream(true);     // ISO 19005-1, 6.1.7
        writer.write();
        return output.take();
    } catch (Error const&) {
        throw;
    } catch (std::exception const& error) {
        throw Error{
            ErrorKind::internal,
            {"le PDF n’a pas pu être achevé ; qpdf dit : {}", "the PDF could not be finished: {}"},
            error.what()};
    }
}

} // namespace cmq::render
