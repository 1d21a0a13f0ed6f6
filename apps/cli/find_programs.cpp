// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/find_programs.hpp"

#include "core/error.hpp"

#include <array>
#include <string>
#include <system_error>

namespace cmq::cli {

namespace {

std::filesystem::path find_program(std::string const& name, Words purpose) {
    std::error_code unreadable;
    auto const self = std::filesystem::read_symlink("/proc/self/exe", unreadable).parent_path();
    std::array<std::filesystem::path, 3> const places{self / name,
                                                      self.parent_path() / CMQ_LIBEXEC / name,
                                                      std::filesystem::path{CMQ_FULL_LIBEXEC} /
                                                          name};
    for (auto const& place : places) {
        std::error_code missing;
        if (place.is_absolute() && std::filesystem::is_regular_file(place, missing)) {
            return place;
        }
    }
    throw Error{ErrorKind::io,
                {"le programme {}, qui {}, ne se trouve ni dans « {} » ni dans « {} » : "
                 "l’installer à côté de ce programme",
                 "the program {}, which {}, is neither in '{}' nor in '{}': install it beside this "
                 "program"},
                name,
                Sentence{purpose},
                self.string(),
                CMQ_FULL_LIBEXEC};
}

} // namespace

std::filesystem::path find_decoder() {
    return find_program("contremarque-decoder",
                        {"lit les fichiers d’appareil photo", "reads camera files"});
}

std::filesystem::path find_picture_reader() {
    return find_program("contremarque-picture-reader",
                        {"lit les images et les étiquettes", "reads pictures and tags"});
}

std::filesystem::path find_case_reader() {
    return find_program("contremarque-case-reader",
                        {"lit les fichiers de résultats", "reads case files"});
}

std::filesystem::path find_profile_reader() {
    return find_program("contremarque-profile-reader",
                        {"lit les profils d’appareil", "reads camera profiles"});
}

std::filesystem::path find_code_reader() {
    return find_program("contremarque-code-reader",
                        {"lit les fichiers d’instruments", "reads instrument files"});
}

} // namespace cmq::cli
