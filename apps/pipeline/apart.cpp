// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/apart.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

std::string name_of(fs::path const& path) {
    return path.filename().string();
}

bool is_working_note(std::string const& name) {
    return name.starts_with(working_note_name);
}

/// Of a case, and never produced.
bool is_office_file(std::string const& name) {
    constexpr std::array<std::string_view, 4> names{
        "counsel.toml", "answers.toml", "counsel.toml.locked", "answers.toml.locked"};
    return std::ranges::find(names, name) != names.end() || name.ends_with(".key.toml") ||
           name.ends_with(".key.toml.locked");
}

bool is_result(std::string const& name) {
    return name == "manifest.json" || name == "case.h5";
}

/// What may be produced.
bool is_court_file(std::string const& name) {
    constexpr std::array<std::string_view, 3> starts{"note.", "requests.", "questions."};
    return is_result(name) || name.ends_with(".frozen.toml") ||
           std::ranges::any_of(starts,
                               [&](std::string_view start) { return name.starts_with(start); });
}

/// The first by name of the entries that the test takes; empty where there is none, or no folder.
template <class Test>
fs::path find_in(fs::path const& folder, Test const& test) {
    std::error_code unreadable;
    fs::path first;
    for (auto const& entry :
         fs::directory_iterator{folder.empty() ? fs::path{"."} : folder, unreadable}) {
        if (test(name_of(entry.path())) && (first.empty() || entry.path() < first)) {
            first = entry.path();
        }
    }
    return first;
}

[[noreturn]] void refuse_for_court(fs::path const& found) {
    throw Error{ErrorKind::usage,
                {"{} reste au cabinet ; ce qui peut être produit ne s’écrit pas à côté : choisir "
                 "un autre dossier avec -o",
                 "{} stays in the office, and what may be produced does not lie beside it: choose "
                 "another folder with -o"},
                found.string()};
}

} // namespace

void refuse_beside_working_note(fs::path const& folder) {
    if (fs::path const found = find_in(folder, is_working_note); !found.empty()) {
        refuse_for_court(found);
    }
}

void refuse_beside_office_files(fs::path const& folder) {
    auto const stays = [](std::string const& name) {
        return is_working_note(name) || is_office_file(name);
    };
    if (fs::path const found = find_in(folder, stays); !found.empty()) {
        refuse_for_court(found);
    }
    std::error_code unreadable;
    for (auto const& entry : fs::directory_iterator{folder, unreadable}) {
        if (entry.is_directory(unreadable)) {
            refuse_beside_working_note(entry.path());
        }
    }
}

void refuse_beside_court_files(fs::path const& folder) {
    fs::path found = find_in(folder, is_court_file);
    if (found.empty()) {
        found = find_in(fs::absolute(folder / ".").lexically_normal().parent_path().parent_path(),
                        is_result);
    }
    if (!found.empty()) {
        throw Error{ErrorKind::usage,
                    {"{} peut être produit ; la note de travail ne s’écrit pas à côté : choisir un "
                     "autre dossier avec -o",
                     "{} may be produced, and the working note does not lie beside it: choose "
                     "another folder with -o"},
                    found.string()};
    }
}

} // namespace cmq::pipeline
