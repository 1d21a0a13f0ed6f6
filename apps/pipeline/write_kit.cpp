// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_kit.hpp"

#include "apps/pipeline/export_network.hpp"
#include "apps/pipeline/kit_tables.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/restore_case.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "casefile/frozen.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_transfer.hpp"
#include "report/kit_guide.hpp"
#include "report/plain_text.hpp"
#include "system/csv.hpp"
#include "system/sha256.hpp"
#include "system/write_folder.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace cmq::pipeline {

std::string_view recompute_py(); // apps/pipeline/data/recompute.py

namespace {

namespace fs = std::filesystem;

std::vector<std::byte> to_bytes(std::string_view text) {
    auto const bytes = std::as_bytes(std::span{text});
    return {bytes.begin(), bytes.end()};
}

class KitFiles {
public:
    void add(std::string name, std::vector<std::byte> bytes) {
        files_.push_back({std::move(name), std::move(bytes)});
    }

    void add(std::string name, std::string_view text) { add(std::move(name), to_bytes(text)); }

    /// In the order of names, with their hashes as sha256sum writes them.
    [[nodiscard]] std::vector<FolderFile> take() {
        std::ranges::sort(files_, {}, &FolderFile::name);
        std::string sums;
        for (FolderFile const& file : files_) {
            sums += sha256_hex(file.bytes) + "  " + file.name + '\n';
        }
        add("SHA256SUMS", sums);
        std::ranges::sort(files_, {}, &FolderFile::name);
        return std::move(files_);
    }

private:
    std::vector<FolderFile> files_;
};

constexpr std::array<std::string_view, 3> network_names{
    "network.xdsl", "network.net", "network.bif"};

/// None with its reason where the model of the case cannot be told as a network.
std::vector<NetworkFile>
networks_of(Computed const& computed, unsigned threads, Sentence& why_none) {
    casefile::Case const& of = computed.input.file;
    Translation translation = to_account(of);
    translation.findings = findings_of(computed.input);
    Language const language =
        *of.head.language == casefile::Language::fr ? Language::french : Language::english;
    std::vector<fs::path> const files(network_names.begin(), network_names.end());
    try {
        return make_network_files(
            of, translation, computed.input.evaluations, files, language, threads);
    } catch (Error const& error) {
        if (error.kind() != ErrorKind::unsupported && error.kind() != ErrorKind::limits) {
            throw;
        }
        why_none = error.sentence();
        return {};
    }
}

std::vector<report::ExportedText> texts_of(ExportedNetwork const& network) {
    std::vector<report::ExportedText> texts;
    for (ExportedRatio const& ratio : network.ratios) {
        texts.push_back({.file = network.file.string(),
                         .proposition = network.proposition,
                         .evidence = network.evidence,
                         .nodes = network.nodes,
                         .numbers = network.numbers,
                         .draws = network.draws,
                         .summed = network.summed,
                         .log10_engine = ratio.log10_engine,
                         .log10_network = ratio.log10_network,
                         .stated_error = ratio.stated_error});
    }
    return texts;
}

std::string numbers_json(std::span<lab::Evaluation const> evaluations,
                         std::span<report::ExportedText const> networks) {
    std::vector<std::string> results;
    for (std::size_t i = 0; i < evaluations.size(); ++i) {
        std::string text = report::to_json(evaluations[i]);
        results.push_back(networks.empty() ? text : report::with_network(text, networks[i]));
    }
    return report::json_envelope(results);
}

std::string evidence_text(ExportedNetwork const& network) {
    std::string text;
    for (std::string const& each : network.evidence) {
        text += each + '\n';
    }
    return text;
}

std::string commands_text(report::NoteInput const& input) {
    std::string text;
    for (std::string const& command : input.commands) {
        text += command + '\n';
    }
    return text + "contremarque verify out --recompute\n";
}

void add_guides(KitFiles& files, KitSettings const& settings, report::KitGuide const& guide) {
    for (report::Language const language : settings.languages) {
        report::Document const page = report::make_kit_guide(guide, language);
        std::string const stem =
            std::string{"guide."} + (language == report::Language::french ? "fr" : "en");
        files.add(stem + ".txt", report::to_plain_text(page));
        if (settings.renderer.pdf) {
            files.add(stem + ".pdf", settings.renderer.pdf(page));
        }
    }
}

void refuse_without_evaluation(report::NoteInput const& input) {
    if (input.evaluations.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"l’affaire ne compare rien : il n’y a pas de calcul à refaire",
                     "the case compares nothing: there is no computation to be done again"}};
    }
}

} // namespace

Kit write_kit(KitSettings const& settings, Progress const& progress) {
    progress.report(0.0, Sentence{{"lecture du fichier de l’affaire", "reading the case file"}});
    refuse_taken_folder(settings.output);
    casefile::KeptCase const kept = casefile::read_case_h5(settings.case_h5, settings.case_reader);
    check_against_key(kept.case_text, settings.case_h5.string(), settings.case_h5);
    Computed const computed = restore_case(kept);
    report::NoteInput const& input = computed.input;
    refuse_without_evaluation(input);
    if (settings.before_writing) {
        settings.before_writing(input.file);
    }
    progress.report(0.2, Sentence{{"réseau de l’affaire", "network of the case"}});
    Kit kit;
    auto const networks = networks_of(computed, settings.threads, kit.why_no_network);
    auto const texts =
        networks.empty() ? std::vector<report::ExportedText>{} : texts_of(networks.front().about);
    progress.report(0.8, Sentence{{"écriture du répertoire", "writing the folder"}});
    KitFiles files;
    for (NetworkFile const& network : networks) {
        files.add(network.about.file.string(), network.text);
    }
    if (!networks.empty()) {
        files.add("recompute.py", recompute_py());
        files.add("evidence.txt", evidence_text(networks.front().about));
    }
    files.add("inputs.csv", to_csv(to_inputs_table(input)));
    files.add("findings.csv", to_csv(to_findings_table(input)));
    files.add("parameters.csv", to_csv(to_parameters_table(input)));
    files.add("ledger.csv", to_csv(casefile::to_table(computed.ledger)));
    auto const frozen = casefile::to_frozen_tables(kept.case_text, input.file.file);
    files.add("frozen.txt", casefile::to_frozen_text(frozen));
    kit.json = numbers_json(input.evaluations, texts);
    files.add("numbers.json", kit.json);
    files.add("commands.txt", commands_text(input));
    add_guides(files, settings, {input, texts, kit.why_no_network});
    auto const all = files.take();
    write_folder(settings.output, all);
    for (FolderFile const& file : all) {
        kit.files.push_back(settings.output / file.name);
    }
    progress.report(1.0, Sentence{{"terminé", "done"}});
    return kit;
}

} // namespace cmq::pipeline
