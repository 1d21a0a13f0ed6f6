// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_requests.hpp"

#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/odt.hpp"
#include "report/plain_text.hpp"
#include "report/requests.hpp"
#include "system/file.hpp"

#include <span>
#include <string_view>

namespace cmq::pipeline {
namespace {

std::string program() {
    return "Contremarque " + report::program_version();
}

std::string_view suffix(report::Language language) {
    return language == report::Language::french ? "fr" : "en";
}

/// Writes one document in each format asked for.
class Writer {
public:
    explicit Writer(RequestsSettings const& settings) : settings_{settings} {
        make_folder(settings.output);
    }

    void write(std::string const& name, report::Document const& document) {
        std::string const stem = name + '.' + std::string{suffix(document.language)};
        for (RequestFormat const format : settings_.formats) {
            switch (format) {
            case RequestFormat::odt:
                put(stem + ".odt", report::to_odt(document));
                break;
            case RequestFormat::pdf:
                put(stem + ".pdf", pdf(document));
                break;
            case RequestFormat::text: {
                std::string const text = report::to_plain_text(document);
                put(stem + ".txt", std::as_bytes(std::span{text}));
                break;
            }
            }
        }
    }

    [[nodiscard]] std::vector<std::filesystem::path> take() { return std::move(files_); }

private:
    [[nodiscard]] std::vector<std::byte> pdf(report::Document const& document) const {
        if (!settings_.renderer.pdf) {
            throw Error{
                ErrorKind::unsupported,
                {"cette version du programme n’écrit pas de PDF ; demander --format odt,text",
                 "this build cannot write PDF; ask for --format odt,text"}};
        }
        return settings_.renderer.pdf(document);
    }

    void put(std::string const& name, std::span<std::byte const> bytes) {
        std::filesystem::path const path = settings_.output / name;
        write_file(path, bytes);
        files_.push_back(path);
    }

    RequestsSettings const& settings_;
    std::vector<std::filesystem::path> files_;
};

report::NoteInput to_input(casefile::Case const& of) {
    report::NoteInput input;
    input.file = of;
    input.program = program();
    for (lab::Finding const& finding : to_account(of).findings) {
        report::NoteFinding note;
        note.finding = finding;
        note.observation = finding.id;
        input.findings.push_back(std::move(note));
    }
    return input;
}

} // namespace

std::vector<std::filesystem::path> write_requests(casefile::Case const& of,
                                                  casefile::RequestTexts const& texts,
                                                  RequestsSettings const& settings) {
    report::NoteInput const input = to_input(of);
    Writer writer{settings};
    for (report::Language const language : settings.languages) {
        writer.write("requests", report::make_requests(input, texts, language));
        writer.write("questions", report::make_questions(input, texts, language));
    }
    return writer.take();
}

std::vector<std::filesystem::path> write_aide_memoire(casefile::RequestTexts const& texts,
                                                      RequestsSettings const& settings) {
    Writer writer{settings};
    for (report::Language const language : settings.languages) {
        writer.write("aide-memoire", report::make_aide_memoire(texts, program(), language));
    }
    return writer.take();
}

} // namespace cmq::pipeline
