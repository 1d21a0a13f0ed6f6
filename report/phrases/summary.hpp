// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the first sentence, of the summary of one page, and of what was not examined.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

// The one sentence: clauses of all comparisons. Capital and full stop are added.
inline constexpr Phrase lead_findings{"les observations sont {clauses}", "the findings are {clauses}"};
inline constexpr Phrase lead_findings_if_marker{
    "si la trace est bien le produit de marquage, les observations sont {clauses}",
    "if the mark is the marker, the findings are {clauses}"};
inline constexpr Phrase lead_and{"{before}, et {clause}", "{before}, and {clause}"};
inline constexpr Phrase lead_about{
    "environ {factor} fois plus probables si {winner} est vraie que si {loser} est vraie",
    "about {factor} times more probable if {winner} is true than if {loser} is true"};
inline constexpr Phrase lead_more{
    "plus de {factor} fois plus probables si {winner} est vraie que si {loser} est vraie",
    "more than {factor} times more probable if {winner} is true than if {loser} is true"};
inline constexpr Phrase lead_neither{
    "à peu près aussi probables si {winner} est vraie que si {loser} est vraie",
    "about as probable if {winner} is true as if {loser} is true"};
inline constexpr Phrase lead_withheld{
    "aucun nombre n’est donné pour {first} et {second}",
    "no number is given for {first} and {second}"};
inline constexpr Phrase lead_none{
    "aucun nombre n’est donné : le fichier de l’affaire n’oppose aucune paire de propositions",
    "no number is given: the case puts no pair of propositions against each other"};
inline constexpr Phrase lead_others{
    "les autres comparaisons sont au point 2 de la note",
    "the other comparisons are in section 2 of the note"};

inline constexpr Phrase lead_next{"{before} ; {clause}", "{before}; {clause}"};

inline constexpr Phrase contents{"Sommaire", "Contents"};

// The summary
inline constexpr Phrase summary_title{"{title} : résumé", "{title}: summary"};
inline constexpr Phrase annex_title{"{title} : annexe complète", "{title}: full annex"};
inline constexpr Phrase pair_range{"{first} et {second} : {range}", "{first} and {second}: {range}"};
inline constexpr Phrase summary_propositions{"Propositions comparées", "Propositions compared"};
inline constexpr Phrase summary_findings{"Observations", "Findings"};
inline constexpr Phrase summary_finding{"{zone} : {finding}", "{zone}: {finding}"};
inline constexpr Phrase summary_reading{
    "{zone}, code lu : {result} ; {use}",
    "{zone}, code read: {result}; {use}"};
inline constexpr Phrase summary_more_readings{
    "et {count} de plus : voir la note (codes)",
    "and {count} more: see the note (codes)"};
inline constexpr Phrase summary_more_findings{
    "et {count} de plus, au point 3 de la note",
    "and {count} more, in section 3 of the note"};
inline constexpr Phrase summary_limits{"Ce qu’elles ne montrent pas", "What they do not show"};
inline constexpr Phrase summary_missing{"Ce qui manque d’abord", "What is missing first"};
inline constexpr Phrase summary_more_missing{
    "La liste entière ({count}) est dans la note.",
    "The whole list ({count}) is in the note."};
inline constexpr Phrase summary_place{
    "Ce résumé ne remplace pas la note technique, dont il est tiré : mêmes nombres, mêmes réserves. Auteur : {author}. "
    "Propositions choisies : {chosen}.",
    "This summary does not replace the technical note from which it is drawn: same numbers, same reservations. "
    "Author: {author}. Propositions chosen: {chosen}."};

// What was not examined
inline constexpr Phrase heading_unexamined{"Ce qui n’a pas été examiné", "What was not examined"};
inline constexpr Phrase unexamined_pictures{
    "Images : aucune n’a été remise ; rien n’a pu être mesuré.",
    "Pictures: none was handed over; nothing could be measured."};
inline constexpr Phrase unexamined_blanks{
    "Blancs : aucune image d’un support sans produit n’a été remise.",
    "Blanks: no picture of a surface without marker was handed over."};
inline constexpr Phrase unexamined_reference{
    "Référence : aucune image du produit du même lot n’a été remise.",
    "Reference: no picture of marker of the same lot was handed over."};
inline constexpr Phrase unexamined_colour{
    "Couleur : celle des traces n’a pas été comparée à celle d’autres matières.",
    "Colour: that of the traces was not compared with that of other materials."};
inline constexpr Phrase unexamined_code{
    "Code : aucune lecture n’a été remise.",
    "Code: no reading was handed over."};
inline constexpr Phrase unexamined_documents{
    "Ce que les documents rapportent : les faits eux-mêmes n’ont pas été vérifiés.",
    "What the documents report: the facts themselves were not checked."};
inline constexpr Phrase unexamined_other{
    "ADN, fibres et autres traces ; dossiers du laboratoire ; toute proposition autre que celles qui sont comparées.",
    "DNA, fibres and other traces; the laboratory’s files; any proposition other than those compared."};

// clang-format on

} // namespace cmq::report::phrases
