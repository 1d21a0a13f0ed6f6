// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What each file inside a PDF is.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// clang-format off

inline constexpr Phrase attached_note{
    "Tous les nombres de la note, non arrondis",
    "Every number of the note, unrounded"};
inline constexpr Phrase attached_parameters{
    "Les paramètres employés, avec leur source et leur qualité",
    "The parameters used, with their source and grade"};
inline constexpr Phrase attached_provenance{
    "Programme, empreintes numériques et dernière étape du registre",
    "Program, hashes and the last step of the ledger"};
inline constexpr Phrase attached_propositions{
    "Les propositions comparées et le plan d’examen, sous la forme dont l’empreinte est prise",
    "The compared propositions and the examination plan, in the form that is hashed"};

// clang-format on

} // namespace cmq::report::phrases
