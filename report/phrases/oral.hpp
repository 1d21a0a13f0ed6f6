// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the note for the hearing and of the list of what is missing.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase oral_title{"Note d’audience", "Note for the hearing"};
inline constexpr Phrase oral_subject{"Affaire {id} : note d’audience", "Case {id}: note for the hearing"};
inline constexpr Phrase oral_banner{
    "Pour être dite à l’audience ; tirée de la note technique, ne la remplace pas",
    "To be spoken at the hearing; drawn from the technical note, which it does not replace"};
inline constexpr Phrase oral_say{"À dire", "To say"};
inline constexpr Phrase oral_ask{"À demander", "To ask"};
inline constexpr Phrase oral_missing{"Ce qui manque, et ce qui en dépend", "What is missing, and what depends on it"};
inline constexpr Phrase oral_oppose{"Si l’on oppose", "If it is put to you"};
inline constexpr Phrase oral_proposition{"{id} : « {text} »", "{id}: “{text}”"};
inline constexpr Phrase oral_depends{
    "Le nombre dépend d’abord de ce paramètre, que nul n’a mesuré sur ce produit ou qui reste incertain : {parameter}.",
    "The number depends first of all on this parameter, which nobody has measured on this product or which remains uncertain: {parameter}."};
inline constexpr Phrase oral_unexamined{
    "Zones non examinées : {zones}.",
    "Zones not examined: {zones}."};
inline constexpr Phrase oral_effect{
    "{pair}, {request} : si {first}, {first_ratio} ; si {second}, {second_ratio} (aujourd’hui {now}).",
    "{pair}, {request}: if {first}, {first_ratio}; if {second}, {second_ratio} (today {now})."};
inline constexpr Phrase oral_question{"{who} : {question}", "{who}: {question}"};
inline constexpr Phrase oral_expert{"À l’expert", "To the expert"};
inline constexpr Phrase oral_witness{"À l’agent qui tenait la lampe", "To the officer who held the lamp"};
inline constexpr Phrase oppose_glow{
    "« Cela réagit aux UV » : la fluorescence n’identifie pas un produit ; bien des matières courantes en émettent.",
    "“It reacts to UV”: fluorescence does not identify a product; many common materials emit it."};
inline constexpr Phrase oppose_darker{
    "« La marque est de la couleur du produit » : une marque sombre n’identifie pas un produit ; bien des choses courantes en laissent.",
    "“The mark has the marker’s colour”: a dark mark does not identify a product; many common things leave one."};
inline constexpr Phrase oppose_lot{
    "« Le code est celui du lot » : un code désigne un lot, et non un tir ; il ne départage pas un tir d’un contact.",
    "“The code is that of the lot”: a code names a lot and not a shot; it does not tell a shot from a contact."};
inline constexpr Phrase oppose_transposed{
    "« Il y a donc tant de chances qu’il ait été visé » : le nombre porte sur les observations, non sur les propositions ; "
    "en faire une probabilité de culpabilité est le sophisme du procureur.",
    "“So the odds are so many that he was aimed at”: the number is about the findings, not the propositions; making it a "
    "probability of guilt is the prosecutor’s fallacy."};

inline constexpr Phrase missing_title{"Ce qui manque au dossier", "What the file lacks"};
inline constexpr Phrase missing_subject{"Affaire {id} : ce qui manque", "Case {id}: what is missing"};
inline constexpr Phrase reduced_picture{
    "Réduite à {share} de sa taille pour le dépôt.",
    "Reduced to {share} of its size for filing."};

// clang-format on

} // namespace cmq::report::phrases
