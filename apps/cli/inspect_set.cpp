// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/inspect_set.hpp"

#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/document_files.hpp"
#include "core/error.hpp"
#include "core/typography.hpp"
#include "report/capture_sheet.hpp"
#include "report/json_checks.hpp"
#include "report/json_envelope.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <string_view>
#include <utility>

namespace cmq::cli {
namespace {

using pipeline::SetCheck;
using pipeline::SetItem;
using pipeline::SetState;

struct NamedFile {
    casefile::CaptureRole role;
    std::string path;
};

std::optional<casefile::CaptureRole> role_of_word(std::string_view word) {
    for (int i = 0; i <= static_cast<int>(casefile::CaptureRole::scale); ++i) {
        auto const role = static_cast<casefile::CaptureRole>(i);
        if (to_word(role) == word) {
            return role;
        }
    }
    return std::nullopt;
}

NamedFile named_file(std::string const& word) {
    std::size_t const equals = word.find('=');
    if (equals != std::string::npos) {
        if (auto const role = role_of_word(std::string_view{word}.substr(0, equals))) {
            return {*role, word.substr(equals + 1)};
        }
    }
    auto const role = pipeline::role_of_name(std::filesystem::path{word}.filename().string());
    if (!role) {
        throw Error{ErrorKind::usage,
                    {"{} : rôle inconnu ; l’écrire devant, comme blank={} (evidence, blank, "
                     "reference, ambient, visible, dark, flat, scale)",
                     "{}: unknown role; write it in front, as blank={} (evidence, blank, "
                     "reference, ambient, visible, dark, flat, scale)"},
                    word,
                    word};
    }
    return {*role, word};
}

pipeline::SetFile read_set_file(NamedFile const& named, capture::ExamineSettings settings) {
    auto bytes = read_file(named.path, settings.reading.max_file_bytes);
    settings.worth.file_name = std::filesystem::path{named.path}.filename().string();
    std::string hash = sha256_hex(bytes);
    auto const seen = capture::examine_file(std::move(bytes), named.path, settings);
    return {.role = named.role,
            .name = named.path,
            .sha256 = std::move(hash),
            .is_raw = seen.capture.has_value(),
            .metadata = seen.metadata};
}

Words words_of(SetItem item) {
    switch (item) {
    case SetItem::evidence:
        return {"pièce examinée", "evidence"};
    case SetItem::blank:
        return {"blancs", "blanks"};
    case SetItem::reference:
        return {"référence du lot", "reference of the lot"};
    case SetItem::ambient:
        return {"lumière ambiante", "ambient light"};
    case SetItem::scale:
        return {"échelle", "scale"};
    case SetItem::seal:
        return {"numéro du scellé", "seal number"};
    case SetItem::raw:
        return {"fichiers bruts (RAW)", "RAW files"};
    case SetItem::copies:
        return {"captures distinctes", "distinct captures"};
    case SetItem::simulated:
        return {"fichiers simulés", "simulated files"};
    case SetItem::visible:
        return {"lumière visible", "visible light"};
    case SetItem::dark:
        break;
    }
    return {"image d’obscurité", "dark frame"};
}

Words words_of(SetState state) {
    switch (state) {
    case SetState::there:
        return {"présent ", "there   "};
    case SetState::missing:
        return {"MANQUE  ", "MISSING "};
    case SetState::differs:
        return {"DIFFÈRE ", "DIFFERS "};
    case SetState::useful:
        break;
    }
    return {"à noter ", "to note "};
}

report::CheckLine line_of(SetCheck const& check) {
    std::string files;
    for (std::string const& name : check.files) {
        files += (files.empty() ? "" : ", ") + name;
    }
    bool const is_bad = check.state == SetState::missing || check.state == SetState::differs;
    return {.kind = std::string{to_text(check.item)},
            .state = check.state == SetState::useful ? "noted" : (is_bad ? "bad" : "good"),
            .reason = check.state == SetState::missing   ? "missing"
                      : check.state == SetState::differs ? "differs"
                                                         : "",
            .subject = std::move(files),
            .detail = check.detail.english()};
}

} // namespace

std::string set_text(std::span<SetCheck const> checks, Language language) {
    Speaker const say{language};
    bool const complete = pipeline::is_complete(checks);
    std::string text = wrap_text(typeset(
        complete ? say({"La série est complète.", "The set is complete."})
                 : say({"La série est incomplète : y remédier avant de reconstituer le "
                        "scellé, de prélever et, en dernier, de laisser agir la lampe.",
                        "The set is incomplete: mend it before the exhibit is sealed again, "
                        "before any swab, and last of all before the lamp is left on."}),
        language));
    for (SetCheck const& check : checks) {
        std::string line = say(words_of(check.state)) + "  " + say(words_of(check.item));
        for (std::size_t i = 0; i < check.files.size(); ++i) {
            line += (i == 0 ? "  " : ", ") + check.files[i];
        }
        text += line + '\n';
        if (!check.detail.empty()) {
            text += wrap_text(typeset(check.detail.in(language), language), 10);
        }
    }
    return text;
}

int write_capture_sheet(std::string const& folder, Streams streams) {
    using pipeline::DocumentFormat;
    pipeline::DocumentSettings settings{.output = folder,
                                        .languages = {Language::french, Language::english},
                                        .formats = {DocumentFormat::odt, DocumentFormat::text},
                                        .renderer = make_renderer()};
    if (can_render()) {
        settings.formats.push_back(DocumentFormat::pdf);
    }
    pipeline::DocumentFiles files{settings};
    for (Language const language : settings.languages) {
        files.write("capture-sheet", report::make_capture_sheet(language));
    }
    for (std::filesystem::path const& file : files.take()) {
        streams.out << file.string() << '\n';
    }
    return 0;
}

int run_inspect_set(SetSettings const& settings,
                    capture::ExamineSettings const& examining,
                    Streams streams) {
    std::vector<NamedFile> named;
    for (std::string const& word : settings.files) { // refused before anything is read
        named.push_back(named_file(word));
    }
    std::vector<pipeline::SetFile> files;
    int status = 0;
    for (NamedFile const& each : named) {
        try {
            files.push_back(read_set_file(each, examining));
        } catch (Error const& error) {
            status = std::max(status, report_error("inspect", error, streams));
        }
    }
    auto const checks = pipeline::check_set(files, settings.stated);
    if (settings.json) {
        std::vector<report::CheckLine> lines;
        std::ranges::transform(checks, std::back_inserter(lines), line_of);
        write_result(settings.output,
                     report::json_envelope(std::array{report::json_checks(lines)}),
                     streams);
    } else {
        write_result(settings.output, set_text(checks, streams.language), streams);
    }
    return pipeline::is_complete(checks)
               ? status
               : std::max(status, static_cast<int>(ErrorKind::insufficient));
}

} // namespace cmq::cli
