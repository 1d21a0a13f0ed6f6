// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/freeze_case.hpp"

#include "apps/pipeline/apart.hpp"
#include "apps/pipeline/load_case.hpp"
#include "casefile/problems.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/timestamp_request.hpp"

#include <span>
#include <string_view>
#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_text = 65536; // of a text of a case file

bool is_there(fs::path const& path) {
    std::error_code unreadable;
    return fs::exists(path, unreadable);
}

fs::path request_path(fs::path const& file, std::size_t number) {
    fs::path stem = file;
    stem.replace_extension(number == 1 ? "" : std::to_string(number));
    stem += ".tsq";
    return stem;
}

std::vector<casefile::FrozenEntry> read_entries(fs::path const& path) {
    return casefile::parse_frozen(read_text(path, casefile::case_size_limit), path.string());
}

/// What is frozen names a registry: by its hash, so that its codes and rates cannot be exchanged afterwards.
void check_registry_hash(casefile::Case const& of) {
    if (!of.marker || !of.marker->registry) {
        return;
    }
    casefile::Marker const& marker = *of.marker;
    std::string found;
    try {
        found = sha256_hex(read_file(casefile::resolve_path(of, **marker.registry)));
    } catch (Error& error) {
        error.at(casefile::to_sentence(marker.registry->place));
        throw;
    }
    if (!marker.registry_sha256) {
        throw casefile::make_error(
            ErrorKind::insufficient,
            marker.registry->place,
            {"figer demande l’empreinte du registre, sans quoi un autre pourrait le remplacer : "
             "ajouter registry_sha256 = \"{}\" à [marker], si c’est bien ce fichier",
             "freezing needs the hash of the registry, or another could take its place: add "
             "registry_sha256 = \"{}\" to [marker], if this is the file"},
            found);
    }
    if (**marker.registry_sha256 != found) {
        throw casefile::make_error(
            ErrorKind::integrity,
            marker.registry_sha256->place,
            {"le registre a une autre empreinte : {}", "the registry has another hash: {}"},
            found);
    }
}

} // namespace

fs::path frozen_path(fs::path const& case_file) {
    fs::path path = case_file;
    path.replace_extension(".frozen.toml");
    return path;
}

Frozen freeze_case(FreezeSettings const& settings) {
    LoadedCase const loaded = load_case(settings.case_file);
    if (loaded.file.comparisons.empty()) {
        throw Error{
            ErrorKind::insufficient,
            {"{} : le fichier ne compare rien ; ajouter une table [[comparison]] avec h1 et h2",
             "{}: the case compares nothing: add a [[comparison]] with h1 and h2"},
            settings.case_file.string()};
    }
    check_registry_hash(loaded.file);
    Frozen frozen;
    frozen.file = settings.output.value_or(frozen_path(settings.case_file));
    refuse_beside_working_note(frozen.file.parent_path());
    frozen.tables = casefile::to_frozen_tables(loaded.text, settings.case_file.string());
    std::string text = casefile::to_frozen_text(frozen.tables);
    if (text.size() > longest_text) {
        throw Error{
            ErrorKind::limits,
            {"les propositions et le plan d’examen font {} octets ; au plus {} peuvent être figés",
             "propositions and examination plan take {} bytes; at most {} can be frozen"},
            text.size(),
            longest_text};
    }
    std::vector<casefile::FrozenEntry> entries;
    if (is_there(frozen.file)) {
        if (!settings.again && !fs::is_directory(frozen.file)) {
            throw Error{
                ErrorKind::usage,
                {"{} existe déjà ; --again y ajoute ce qui est énoncé à présent, sans rien en ôter",
                 "{} is there already; --again adds what is stated now and takes nothing away"},
                frozen.file.string()};
        }
        entries = read_entries(frozen.file);
    }
    if (!entries.empty() && entries.back().text == text) {
        throw Error{
            ErrorKind::domain,
            {"propositions et plan d’examen sont inchangés depuis le {}, où ils ont été figés",
             "propositions and examination plan are unchanged since {}, when they were frozen"},
            entries.back().on};
    }
    std::string const sha256 = sha256_hex(std::as_bytes(std::span{text}));
    frozen.entry = {.on = settings.day,
                    .is_stated = settings.is_stated,
                    .program = "Contremarque " + report::program_version(),
                    .sha256 = sha256,
                    .text = std::move(text)};
    entries.push_back(frozen.entry);
    frozen.number = entries.size();
    frozen.request = request_path(frozen.file, frozen.number);
    write_file(frozen.request, make_timestamp_request(frozen.entry.sha256, settings.nonce));
    write_file(frozen.file, std::string_view{casefile::to_frozen_toml(entries)});
    return frozen;
}

std::optional<std::vector<casefile::FrozenEntry>> find_frozen(fs::path const& case_file) {
    fs::path const path = frozen_path(case_file);
    if (!is_there(path)) {
        return std::nullopt;
    }
    auto entries = read_entries(path);
    return entries.empty() ? std::nullopt : std::optional{std::move(entries)};
}

report::NoteFrozen to_note_frozen(std::vector<casefile::FrozenEntry> const& entries,
                                  std::string const& case_text,
                                  std::string const& case_name) {
    CMQ_EXPECTS(!entries.empty());
    casefile::FrozenEntry const& last = entries.back();
    report::NoteFrozen note{.on = last.on,
                            .is_stated = last.is_stated,
                            .sha256 = last.sha256,
                            .first_on = entries.front().on,
                            .times = entries.size(),
                            .changed = {}};
    auto const then = casefile::split_frozen_text(last.text);
    auto const now = casefile::to_frozen_tables(case_text, case_name);
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i].lines != then[i].lines) {
            note.changed.push_back(now[i].name);
        }
    }
    return note;
}

} // namespace cmq::pipeline
