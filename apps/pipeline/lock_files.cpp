// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/lock_files.hpp"

#include "core/error.hpp"
#include "system/file.hpp"
#include "system/locked_file.hpp"
#include "system/system_message.hpp"

#include <system_error>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr char const* suffix = ".locked";

void refuse_overwriting(fs::path const& path, bool replace) {
    std::error_code unreadable;
    if (!replace && fs::exists(fs::symlink_status(path, unreadable))) {
        throw Error{ErrorKind::usage,
                    {"{} existe déjà ; --replace le remplace",
                     "{} is there already; --replace overwrites it"},
                    path.string()};
    }
}

/// Removed would be the link, and the clear file would stay.
void refuse_removing_a_link(fs::path const& file) {
    std::error_code failure;
    if (!fs::is_symlink(file, failure)) {
        return;
    }
    throw Error{ErrorKind::usage,
                {"{} est un lien vers {} : --remove n’ôterait que le lien ; verrouiller le fichier "
                 "lui-même",
                 "{} is a link to {}: --remove would take away the link alone; lock the file "
                 "itself"},
                file.string(),
                fs::read_symlink(file, failure).string()};
}

} // namespace

void check_new_passphrase(Passphrase const& passphrase) {
    if (passphrase.characters() < shortest_passphrase) {
        throw Error{
            ErrorKind::domain,
            {"la phrase secrète a {} caractères ; il en faut au moins {}, par exemple quatre mots "
             "tirés au sort",
             "the passphrase has {} characters; at least {} are needed, such as four words drawn "
             "by lot"},
            passphrase.characters(),
            shortest_passphrase};
    }
}

fs::path
lock_file(fs::path const& file, Passphrase const& passphrase, LockSettings const& settings) {
    check_new_passphrase(passphrase);
    fs::path target = file;
    target += suffix;
    refuse_overwriting(target, settings.replace);
    if (settings.remove) {
        refuse_removing_a_link(file);
    }
    auto const clear = read_file(file);
    if (is_locked(clear)) {
        throw Error{
            ErrorKind::usage, {"{} est déjà verrouillé", "{} is locked already"}, file.string()};
    }
    write_private_file(target, to_locked(clear, passphrase));
    if (!settings.remove) {
        return target;
    }
    if (to_clear(read_file(target), passphrase) != clear) {
        throw Error{ErrorKind::io,
                    {"{} ne rend pas les octets de {}, qui reste en place",
                     "{} does not give back the bytes of {}, which stays"},
                    target.string(),
                    file.string()};
    }
    std::error_code failure;
    if (!fs::remove(file, failure)) {
        throw Error{ErrorKind::io,
                    {"{} est verrouillé, mais le fichier en clair ne peut être supprimé : {}",
                     "{} is locked, but the clear file cannot be removed: {}"},
                    file.string(),
                    system_message(failure.value())};
    }
    return target;
}

fs::path unlock_file(fs::path const& locked, Passphrase const& passphrase, bool replace) {
    if (locked.extension() != suffix) {
        throw Error{ErrorKind::usage,
                    {"{} : le nom d’un fichier verrouillé finit par .locked",
                     "{}: the name of a locked file ends in .locked"},
                    locked.string()};
    }
    fs::path target = locked;
    target.replace_extension();
    refuse_overwriting(target, replace);
    try {
        write_private_file(target, to_clear(read_file(locked), passphrase));
    } catch (Error& error) {
        error.at(locked.string());
        throw;
    }
    return target;
}

} // namespace cmq::pipeline
