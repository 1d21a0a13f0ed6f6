// SPDX-License-Identifier: GPL-3.0-or-later

// In place of pdf_finish.cpp, pdf_tags.cpp, put_pictures.cpp and replace_marks.cpp in a build without libqpdf.

#include "render/pdf.hpp"

#include "core/error.hpp"

namespace cmq::render {

bool has_qpdf() noexcept {
    return false;
}

std::vector<std::byte> finish_pdf(std::vector<std::byte> const& /*bytes*/,
                                  report::Document const& /*document*/,
                                  std::vector<PlacedBookmark> const& /*bookmarks*/,
                                  Structure const& /*structure*/,
                                  PageScale const& /*scale*/,
                                  PdfForm /*form*/) {
    throw Error{
        ErrorKind::unsupported,
        {"ce programme a été construit sans libqpdf", "this program was built without libqpdf"}};
}

} // namespace cmq::render
