// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the comments on claims that the case relies on.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_claims{
    "Affirmations du dossier sur le produit",
    "Claims on the product in the file"};
inline constexpr Phrase claims_caption{
    "Ce que les pièces affirment, et ce qu’en disent les sources publiées. Aucune de ces affirmations n’entre dans le calcul.",
    "What documents of the file claim, and what published sources say of it. None of these claims enters the computation."};
inline constexpr Phrase claim_said{"Affirmation", "Claim"};
inline constexpr Phrase claim_where{"Où, et par qui ailleurs", "Where, and by whom elsewhere"};
inline constexpr Phrase claim_comment{"Ce que disent les sources", "What sources say"};
inline constexpr Phrase claim_elsewhere{"{document}. Ailleurs : {who}", "{document}. Elsewhere: {who}"};
inline constexpr Phrase claim_told{
    "{standing}. {comment} Sources, vues le {day} : {sources}.",
    "{standing}. {comment} Sources, seen on {day}: {sources}."};
inline constexpr Phrase standing_contradicted{"Contredite par une source", "Contradicted by a source"};
inline constexpr Phrase standing_conflicting{"Les sources se contredisent", "Sources contradict each other"};
inline constexpr Phrase standing_no_data{"Aucune mesure publiée", "No published measurement"};
inline constexpr Phrase standing_supported{"Une mesure dit de même", "A measurement says the same"};

// clang-format on

} // namespace cmq::report::phrases
