// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/system_message.hpp"

#include <cerrno>
#include <string>
#include <system_error>

namespace cmq {

namespace {

std::string in_french(int error_number) {
    switch (error_number) {
    case ENOENT:
        return "aucun fichier ni répertoire de ce nom";
    case EACCES:
        return "droits d’accès insuffisants";
    case EPERM:
        return "opération non permise";
    case EEXIST:
        return "un fichier de ce nom existe déjà";
    case ENOTDIR:
        return "une partie du chemin n’est pas un répertoire";
    case EISDIR:
        return "c’est un répertoire";
    case ENAMETOOLONG:
        return "nom trop long";
    case ELOOP:
        return "trop de liens symboliques";
    case ENOSPC:
        return "disque plein";
    case EDQUOT:
        return "quota de disque dépassé";
    case EROFS:
        return "système de fichiers en lecture seule";
    case EFBIG:
        return "fichier trop grand";
    case EIO:
        return "erreur d’entrée-sortie du disque";
    case EMFILE:
    case ENFILE:
        return "trop de fichiers ouverts";
    case ENOMEM:
        return "mémoire insuffisante";
    case EAGAIN:
        return "ressource momentanément indisponible";
    case EINVAL:
        return "argument refusé par le système";
    case ENOEXEC:
        return "ce n’est pas un programme de cette machine";
    case ETXTBSY:
        return "le programme est en cours de modification";
    default:
        return "";
    }
}

} // namespace

Sentence system_message(int error_number) {
    std::string const english = std::generic_category().message(error_number);
    std::string const french = in_french(error_number);
    return Sentence::spoken(french.empty() ? "erreur " + std::to_string(error_number) +
                                                 " du système (" + english + ")"
                                           : french,
                            english);
}

} // namespace cmq
