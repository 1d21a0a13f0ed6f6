// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/load_case.hpp"

#include "casefile/key_file.hpp"
#include "casefile/read_case.hpp"
#include "casefile/without_comments.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <optional>
#include <span>
#include <system_error>
#include <utility>

namespace cmq::pipeline {

LoadedCase to_loaded_case(std::string text, std::string const& name) {
    LoadedCase loaded{.text = std::move(text), .sha256 = {}, .file = {}};
    loaded.sha256 = sha256_hex(std::as_bytes(std::span{loaded.text}));
    loaded.file = casefile::parse_case(loaded.text, name);
    casefile::check_references(loaded.file);
    return loaded;
}

std::filesystem::path key_path(std::filesystem::path const& case_file) {
    std::filesystem::path path = case_file;
    path.replace_extension(".key.toml");
    return path;
}

std::vector<std::filesystem::path> key_paths(std::filesystem::path const& case_file) {
    std::vector<std::filesystem::path> paths{key_path(case_file)};
    std::error_code failure;
    if (std::filesystem::is_symlink(case_file, failure)) {
        std::filesystem::path const target = std::filesystem::canonical(case_file, failure);
        if (!failure) {
            paths.push_back(key_path(target));
        }
    }
    return paths;
}

std::optional<std::filesystem::path> locked_key(std::filesystem::path const& case_file) {
    for (std::filesystem::path const& path : key_paths(case_file)) {
        std::filesystem::path locked = path;
        locked += ".locked";
        std::error_code unreadable;
        if (!std::filesystem::exists(path, unreadable) &&
            std::filesystem::exists(locked, unreadable)) {
            return locked;
        }
    }
    return std::nullopt;
}

void check_against_key(std::string_view text,
                       std::string const& file,
                       std::filesystem::path const& case_file) {
    for (std::filesystem::path const& path : key_paths(case_file)) {
        std::error_code unreadable;
        if (std::filesystem::exists(path, unreadable)) {
            auto const key =
                casefile::parse_key(read_text(path, casefile::case_size_limit), path.string());
            casefile::check_without_names(text, file, key);
        }
    }
}

LoadedCase load_case(std::filesystem::path const& case_file) {
    std::string const text = read_text(case_file, casefile::case_size_limit);
    LoadedCase loaded = to_loaded_case(casefile::without_comments(text), case_file.string());
    check_against_key(text, case_file.string(), case_file); // comments too: the file may be lent
    return loaded;
}

} // namespace cmq::pipeline
