// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_outputs.hpp"

#include "apps/pipeline/apart.hpp"
#include "core/error.hpp"
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
}

void OutputFolder::finish_last() {
    if (open_) {
        staged_.back().finish();
        entries_.back().sha256 = hash_.hex();
        open_ = false;
    }
}

void OutputFolder::begin(std::string const& name) {
    finish_last();
    staged_.emplace_back(folder_ / name);
    entries_.push_back({.file = name, .bytes = 0, .sha256 = {}});
    files_.push_back(folder_ / name);
    hash_ = Sha256{};
    open_ = true;
}

void OutputFolder::add(std::span<std::byte const> bytes) {
    CMQ_EXPECTS(open_);
    staged_.back().add(bytes);
    hash_.add(bytes);
    entries_.back().bytes += bytes.size();
}

void OutputFolder::write(std::string const& name, std::span<std::byte const> bytes) {
    begin(name);
    add(bytes);
    finish_last();
}

void OutputFolder::write(std::string const& name, std::string_view text) {
    write(name, std::as_bytes(std::span{text}));
}

void OutputFolder::write_manifest() {
    finish_last();
    std::error_code failure;
    std::filesystem::remove(folder_ / manifest_name, failure);
    if (failure) {
        throw Error{
            ErrorKind::io,
            {"impossible de supprimer l’ancien « {} » : {}", "cannot remove the old '{}': {}"},
            (folder_ / manifest_name).string(),
            system_message(failure.value())};
    }
    for (StagedFile& file : staged_) {
        file.publish();
    }
    staged_.clear();
    write_file(folder_ / manifest_name, report::json_manifest(entries_));
    files_.push_back(folder_ / manifest_name);
}

} // namespace cmq::pipeline
