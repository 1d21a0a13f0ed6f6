// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/pdf.hpp"
#include "report/html_escape.hpp"

#include <QtGlobal>

#include <cctype>
#include <string>
#include <string_view>

namespace cmq::render {

namespace {

// PDF/A wants every schema that it does not know told (ISO 19005-3, 6.6.2.3).
constexpr std::string_view universal_schema =
    R"(<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" )"
    R"(xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" )"
    R"(xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
)";

// Nothing for a document without a date.
std::string xmp_dates(std::string const& iso) {
    if (iso.empty()) {
        return "";
    }
    std::string const digits = date_digits(iso);
    std::string const date =
        digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2) + "T00:00:00Z";
    return "<xmp:CreateDate>" + date + "</xmp:CreateDate><xmp:ModifyDate>" + date +
           "</xmp:ModifyDate>\n";
}

} // namespace

// "2026-11-21", or with a time that is left out here: a note has a date, not a minute.
std::string date_digits(std::string const& iso) {
    std::string digits;
    for (std::size_t i = 0; i < 10 && i < iso.size(); ++i) {
        bool const dash = i == 4 || i == 7;
        if (dash ? iso[i] != '-' : std::isdigit(static_cast<unsigned char>(iso[i])) == 0) {
            digits.clear();
            break;
        }
        if (!dash) {
            digits += iso[i];
        }
    }
    if (digits.size() != 8) {
        throw Error{
            ErrorKind::domain,
            {"« {} » n’est pas une date comme 2026-11-21", "\"{}\" is not a date like 2026-11-21"},
            iso};
    }
    return digits;
}

std::string xmp_packet(report::Document const& document, PdfForm form) {
    bool const tagged = form == PdfForm::tagged;
    // Must agree with the file's own dictionary, in which Qt names itself.
    std::string const producer =
        form == PdfForm::by_hand ? std::string{"Qt "} + qVersion() : document.program;
    auto const alternatives = [](std::string const& tag, std::string const& text) {
        return text.empty()
                   ? std::string{}
                   : "<dc:" + tag + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
                         report::escape_html(text) + "</rdf:li></rdf:Alt></dc:" + tag + ">\n";
    };
    std::string const author = document.author.empty() ? std::string{}
                                                       : "<dc:creator><rdf:Seq><rdf:li>" +
                                                             report::escape_html(document.author) +
                                                             "</rdf:li></rdf:Seq></dc:creator>\n";
    return std::string{
               "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
               "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
               "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
               "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
               "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
               "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
               "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"} +
           (tagged ? "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"
                     "<pdfuaid:part>1</pdfuaid:part>\n"
                   : "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n") +
           alternatives("title", document.title) + alternatives("description", document.subject) +
           author + "<pdf:Producer>" + report::escape_html(producer) + "</pdf:Producer>\n" +
           "<xmp:CreatorTool>" + report::escape_html(document.program) + "</xmp:CreatorTool>\n" +
           xmp_dates(document.date) + "</rdf:Description>\n" +
           (tagged ? std::string{universal_schema} : std::string{}) +
           "</rdf:RDF>\n</x:xmpmeta>\n"
           "<?xpacket end=\"w\"?>";
}

} // namespace cmq::render
