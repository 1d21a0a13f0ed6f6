// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_outputs.hpp"

#include "apps/pipeline/apart.hpp"
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
    refuse_beside_office_files(folder_);
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
