// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/pdf_pictures.hpp"

#include <QByteArray>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include <map>
#include <string>

namespace cmq::render {

namespace {

// At 3 a picture of noise is a few per cent larger than at zlib's 6 and takes a third of the time.
constexpr int level = 3;

// zlib's stream, which is what PDF calls FlateDecode.
std::string compressed(report::Pixels const& pixels) {
    auto const* data = pixels.rgb.data();
    QByteArray const bytes = qCompress(data, static_cast<qsizetype>(pixels.rgb.size()), level);
    constexpr std::size_t length_before = 4; // Qt's own
    return {bytes.constData() + length_before,
            static_cast<std::size_t>(bytes.size()) - length_before};
}

std::size_t number_of(QPDFObjectHandle stream) {
    auto const data = stream.getStreamData();
    if (data->getSize() != 3) {
        throw Error{ErrorKind::internal,
                    {"une image du PDF n’est pas de celles du document",
                     "a picture of the PDF is none of the document's"}};
    }
    unsigned char const* const rgb = data->getBuffer();
    return (static_cast<std::size_t>(rgb[0]) << 16U) | (static_cast<std::size_t>(rgb[1]) << 8U) |
           rgb[2];
}

void fill(QPDFObjectHandle stream, report::Pixels const& pixels) {
    QPDFObjectHandle dictionary = stream.getDict();
    dictionary.replaceKey("/Width", QPDFObjectHandle::newInteger(pixels.width));
    dictionary.replaceKey("/Height", QPDFObjectHandle::newInteger(pixels.height));
    stream.replaceStreamData(
        [&pixels](Pipeline* next) {
            std::string const data = compressed(pixels);
            next->write(reinterpret_cast<unsigned char const*>(data.data()), data.size());
            next->finish();
        },
        QPDFObjectHandle::newName("/FlateDecode"),
        QPDFObjectHandle::newNull());
}

} // namespace

void put_pictures(QPDF& pdf, PictureList const& list) {
    std::map<std::size_t, QPDFObjectHandle> filled;
    for (auto& page : QPDFPageDocumentHelper{pdf}.getAllPages()) {
        for (auto& [name, image] : page.getImages()) {
            std::size_t const number = number_of(image);
            auto const [entry, is_first] = filled.try_emplace(number, image);
            if (is_first) {
                fill(image, *list.pictures().at(number));
            }
            QPDFObjectHandle objects = page.getAttribute("/Resources", false).getKey("/XObject");
            objects.replaceKey(name, entry->second);
        }
    }
}

} // namespace cmq::render
