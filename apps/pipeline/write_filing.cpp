// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_filing.hpp"

#include "apps/pipeline/apart.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/request_effects.hpp"
#include "apps/pipeline/restore_case.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "report/filing.hpp"
#include "report/odt.hpp"
#include "system/write_folder.hpp"

#include <string>
#include <utility>

namespace cmq::pipeline {
namespace {

using report::Language;

/// The files of one language.
class LanguageFiles {
public:
    LanguageFiles(FilingSettings const& settings, Language language)
        : settings_{settings}
        , ending_{language == Language::french ? ".fr" : ".en"} {}

    void add_pdf(std::string const& name, report::Document const& document) {
        add(name + ending_ + ".pdf", settings_.renderer.pdf(document));
    }

    void add_odt(std::string const& name, report::Document const& document) {
        add(name + ending_ + ".odt", report::to_odt(document));
    }

    /// The note last: its pictures take what room is left.
    void add_note(report::Document const& note) {
        constexpr int most_halvings = 5;
        std::vector<std::byte> pdf = settings_.renderer.pdf(note);
        for (int halvings = 1; bytes_ + pdf.size() > settings_.limit_bytes; ++halvings) {
            if (halvings > most_halvings) {
                throw Error{ErrorKind::limits,
                            {"les pièces à déposer feraient {} octets, plus que les {} permis, "
                             "même avec des images réduites",
                             "the filing would take {} bytes, more than the {} allowed, with "
                             "reduced pictures too"},
                            bytes_ + pdf.size(),
                            settings_.limit_bytes};
            }
            pdf = settings_.renderer.pdf(report::with_smaller_pictures(note, halvings));
        }
        add("note" + ending_ + ".pdf", std::move(pdf));
    }

    [[nodiscard]] std::vector<FolderFile> take() { return std::move(files_); }

private:
    void add(std::string name, std::vector<std::byte> bytes) {
        bytes_ += bytes.size();
        files_.push_back({std::move(name), std::move(bytes)});
    }

    FilingSettings const& settings_;
    std::string ending_;
    std::size_t bytes_ = 0;
    std::vector<FolderFile> files_;
};

std::vector<FolderFile> files_in(FilingSettings const& settings,
                                 report::FilingInput const& input,
                                 casefile::RequestTexts const& texts,
                                 Language language) {
    LanguageFiles files{settings, language};
    auto const note = [&](report::Length length) {
        return report::make_note(input.note, language, {.length = length, .attached = false});
    };
    report::Document const missing = report::make_missing_note(input, texts, language);
    report::Document const oral = report::make_oral_note(input, texts, language);
    files.add_pdf("missing", missing);
    files.add_odt("missing", missing);
    files.add_pdf("oral", oral);
    files.add_odt("oral", oral);
    files.add_pdf("summary", note(report::Length::summary));
    files.add_note(note(report::Length::report));
    return files.take();
}

} // namespace

std::vector<std::filesystem::path> write_filing(FilingSettings const& settings,
                                                casefile::RequestTexts const& texts,
                                                Progress const& progress) {
    if (!settings.renderer.pdf) {
        throw Error{ErrorKind::unsupported,
                    {"ce programme a été construit sans Qt et ne peut écrire de PDF",
                     "this build has no Qt and cannot write a PDF"}};
    }
    refuse_beside_working_note(settings.output);
    refuse_taken_folder(settings.output); // before the minute that the effects take
    progress.report(0.0, Sentence{{"lecture du fichier de l’affaire", "reading the case file"}});
    casefile::KeptCase const kept = casefile::read_case_h5(settings.case_h5, settings.case_reader);
    check_against_key(kept.case_text, settings.case_h5.string(), settings.case_h5);
    report::FilingInput input;
    input.note = restore_case(kept).input;
    if (settings.before_writing) {
        settings.before_writing(input.note.file);
    }
    progress.report(0.2, Sentence{{"effet des demandes", "what the requests could change"}});
    for (lab::Evaluation const& evaluation : input.note.evaluations) {
        input.effects.push_back(find_request_effects(input.note, evaluation, settings.threads));
    }
    progress.report(0.7, Sentence{{"écriture des pièces", "writing the documents"}});
    std::vector<FolderFile> all;
    for (Language const language : settings.languages) {
        for (FolderFile& file : files_in(settings, input, texts, language)) {
            all.push_back(std::move(file));
        }
    }
    write_folder(settings.output, all);
    std::vector<std::filesystem::path> paths;
    for (FolderFile const& file : all) {
        paths.push_back(settings.output / file.name);
    }
    progress.report(1.0, Sentence{{"terminé", "done"}});
    return paths;
}

} // namespace cmq::pipeline
