// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording on what is told and not scored.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_circumstances{"Circonstances que le nombre ne pèse pas", "Circumstances that the number does not weigh"};
inline constexpr Phrase circumstances_caption{
    "Éléments du dossier qui ne sont pas des observations sur les traces, tels que le fichier de l’affaire les rapporte ; le "
    "programme ne les a pas vus.",
    "Items of the file that are no findings on the marks, as the case reports them; the program has not seen them."};
inline constexpr Phrase circumstance_kind{"Nature", "Kind"};
inline constexpr Phrase circumstance_shows{"Ce qu’il montre ou dit", "What it shows or says"};
inline constexpr Phrase circumstance_source{"Pièce", "Document"};
inline constexpr Phrase circumstance_film{"Film", "Film"};
inline constexpr Phrase circumstance_picture{"Photographie", "Picture"};
inline constexpr Phrase circumstance_statement{"Déclaration", "Statement"};
inline constexpr Phrase circumstance_other{"Autre élément", "Other item"};
inline constexpr Phrase circumstances_not_scored{
    "Aucun de ces éléments n’est une observation : le rapport de vraisemblance serait le même sans eux. Ce qu’un film montre "
    "de la distance, de la visée ou d’un contact n’y entre que par le récit des propositions, où cela est indiqué avec ses "
    "raisons, et n’y entre qu’une fois.",
    "None of these items is a finding: the likelihood ratio would be the same without them. What a film shows of distance, "
    "aim or a contact enters it only through the account of the propositions, where it is stated with its reasons, and "
    "enters it once."};

// clang-format on

} // namespace cmq::report::phrases
