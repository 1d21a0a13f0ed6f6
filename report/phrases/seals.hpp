// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording on exhibits under seal.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_seals{"Scellés", "Seals"};
inline constexpr Phrase seals_caption{
    "Scellés, d’après le fichier de l’affaire ; le programme ne les a pas vus.",
    "Exhibits under seal, as the case states; the program has not seen them."};
inline constexpr Phrase seal_number{"Numéro", "Number"};
inline constexpr Phrase seal_holds{"Contenu et état", "Content and condition"};
inline constexpr Phrase seal_sealed{"Placé sous scellé", "Sealed"};
inline constexpr Phrase seal_opened{"Ouvert", "Opened"};
inline constexpr Phrase seal_resealed{"Reconstitué", "Re-sealed"};
inline constexpr Phrase seal_on_by{"{day}, {by}", "{day}, {by}"};
inline constexpr Phrase seal_resealed_as{"{day}, sous le n° {number}", "{day}, as no. {number}"};
inline constexpr Phrase seal_same_number{"{day}, même numéro", "{day}, same number"};
inline constexpr Phrase seal_day_not_stated{"jour non précisé", "day not stated"};
inline constexpr Phrase seal_not_opened{"non", "no"};
inline constexpr Phrase seal_not_resealed{"non précisé", "not stated"};
inline constexpr Phrase seal_of_zone{"{holds} ({zone})", "{holds} ({zone})"};
inline constexpr Phrase seal_condition{"{holds}. État : {condition}", "{holds}. Condition: {condition}"};
inline constexpr Phrase seals_left_open{
    "Ouverts sans que leur reconstitution soit indiquée : {numbers}.",
    "Opened, and their re-sealing is not stated: {numbers}."};
inline constexpr Phrase seals_none_stated{
    "Le fichier de l’affaire n’indique aucun scellé : leur inventaire, leur ouverture et leur reconstitution sont à "
    "mentionner par l’expert.",
    "The case states no seal: the expert has to report their inventory, opening and re-sealing."};

// clang-format on

} // namespace cmq::report::phrases
