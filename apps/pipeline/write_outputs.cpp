// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_outputs.hpp"

#include "core/error.hpp"
#include "report/json_manifest.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/system_message.hpp"

#include <system_error>
#include <utility>

namespace cmq::pipeline {
namespace {

constexpr char const* manifest_name = "manifest.json";

/// Whoever hands a folder on hands on all that lies in it.
void refuse_beside_working_note(std::filesystem::path const& folder) {
    std::error_code unreadable;
    for (auto const& entry : std::filesystem::directory_iterator{folder, unreadable}) {
        if (entry.path().filename().string().starts_with(working_note_name)) {
            throw Error{ErrorKind::usage,
                        {"{} est la note de travail de l’avocat ; ce qui peut être produit ne "
                         "s’écrit pas à côté : choisir un autre dossier avec -o",
                         "{} is counsel’s working note, and what may be produced does not lie "
                         "beside it: choose another folder with -o"},
                        entry.path().string()};
        }
    }
}

} // namespace

void make_folder(std::filesystem::path const& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure || !std::filesystem::is_directory(folder, failure)) {
        throw Error{
            ErrorKind::io,
            {"impossible de créer le répertoire « {} » : {}", "cannot make the folder '{}': {}"},
            folder.string(),
            failure ? system_message(failure.value())
                    : Sentence{
                          {"un fichier de ce nom l’empêche", "a file of that name is in the way"}}};
    }
}

OutputFolder::OutputFolder(std::filesystem::path folder) : folder_{std::move(folder)} {
    refuse_beside_working_note(folder_);
    make_folder(folder_);
    std::error_code failure;
    std::filesystem::remove(folder_ / manifest_name, failure);
    if (failure) {
        throw Error{
            ErrorKind::io,
            {"impossible de supprimer l’ancien « {} » : {}", "cannot remove the old '{}': {}"},
            (folder_ / manifest_name).string(),
            system_message(failure.value())};
    }
}

void OutputFolder::write(std::string const& name, std::span<std::byte const> bytes) {
    write_file(folder_ / name, bytes);
    entries_.push_back({.file = name, .bytes = bytes.size(), .sha256 = sha256_hex(bytes)});
    files_.push_back(folder_ / name);
}

void OutputFolder::write(std::string const& name, std::string_view text) {
    write(name, std::as_bytes(std::span{text}));
}

void OutputFolder::write_manifest() {
    write_file(folder_ / manifest_name, report::json_manifest(entries_));
    files_.push_back(folder_ / manifest_name);
}

} // namespace cmq::pipeline
