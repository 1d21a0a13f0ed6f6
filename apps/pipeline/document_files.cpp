// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/document_files.hpp"

#include "apps/pipeline/write_outputs.hpp"
#include "core/error.hpp"
#include "report/odt.hpp"
#include "report/plain_text.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <string_view>

namespace cmq::pipeline {
namespace {

std::string_view suffix(report::Language language) {
    return language == report::Language::french ? "fr" : "en";
}

} // namespace

void check_formats(DocumentSettings const& settings) {
    bool const wants_pdf =
        std::ranges::find(settings.formats, DocumentFormat::pdf) != settings.formats.end();
    if (wants_pdf && !settings.renderer.pdf) {
        throw Error{ErrorKind::unsupported,
                    {"cette version du programme n’écrit pas de PDF ; demander --format odt,text",
                     "this build cannot write PDF; ask for --format odt,text"}};
    }
}

DocumentFiles::DocumentFiles(DocumentSettings const& settings) : settings_{settings} {
    check_formats(settings);
    make_folder(settings.output);
}

void DocumentFiles::write(std::string const& name, report::Document const& document) {
    std::string const stem = name + '.' + std::string{suffix(document.language)};
    for (DocumentFormat const format : settings_.formats) {
        switch (format) {
        case DocumentFormat::odt:
            put(stem + ".odt", report::to_odt(document));
            break;
        case DocumentFormat::pdf:
            put(stem + ".pdf", settings_.renderer.pdf(document));
            break;
        case DocumentFormat::text: {
            std::string const text = report::to_plain_text(document);
            put(stem + ".txt", std::as_bytes(std::span{text}));
            break;
        }
        }
    }
}

void DocumentFiles::put(std::string const& name, std::span<std::byte const> bytes) {
    std::filesystem::path const path = settings_.output / name;
    write_file(path, bytes);
    files_.push_back(path);
}

} // namespace cmq::pipeline
