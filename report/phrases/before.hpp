// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of what is said before the results, and of propositions that were frozen.

#pragma once

#include "report/phrase.hpp"

#include <array>
#include <string_view>

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

// preassess
inline constexpr Phrase before_title{"{case} : avant les résultats", "{case}: before the results"};
inline constexpr Phrase before_demonstration{
    "DÉMONSTRATION : tous les faits de cette affaire sont inventés.",
    "DEMONSTRATION: every fact of this case is invented."};
inline constexpr Phrase before_no_results{
    "Calcul fait avant les résultats : le fichier de l’affaire ne contient ni observation ni image d’une zone examinée.",
    "Computed before the results: the case holds no observation and no picture of a zone examined."};
inline constexpr Phrase before_holds_results{
    "Le fichier de l’affaire contient déjà des observations ou des images de zones examinées. Ce calcul n’en tient pas compte et donne "
    "ce que l’examen pouvait donner ; il ne peut plus être dit antérieur aux résultats.",
    "The case already holds observations or pictures of zones examined. This calculation does not use them and gives what "
    "the examination could have given; it can no longer be said to come before the results."};
inline constexpr Phrase before_plan_stated{"Zones à examiner (plan énoncé dans le fichier de l’affaire)", "Zones to be examined (as planned in the case)"};
inline constexpr Phrase before_plan_findings{
    "Zones à examiner (aucun plan énoncé : zones des observations et des images de l’affaire)",
    "Zones to be examined (no plan stated: the zones of the case’s observations and pictures)"};
inline constexpr Phrase before_plan_deliveries{
    "Zones à examiner (aucun plan énoncé : zones que peuvent atteindre les apports des propositions comparées)",
    "Zones to be examined (no plan stated: the zones that the deliveries of the compared propositions reach)"};
inline constexpr Phrase before_visual{"{zone} : à l’œil, sous une lampe à ultraviolets", "{zone}: by eye, under an ultraviolet lamp"};
inline constexpr Phrase before_instrument{"{zone} : par un appareil", "{zone}: by an instrument"};
inline constexpr Phrase before_ratio{"RV", "LR"};
inline constexpr Phrase before_if{"p si {proposition}", "p if {proposition}"};
inline constexpr Phrase before_detected_on{"produit détecté sur", "marker detected on"};
inline constexpr Phrase before_nothing{"aucune zone", "no zone"};
inline constexpr Phrase before_no_number{"non donné", "not given"};
inline constexpr Phrase before_meaning{
    "RV : rapport de vraisemblance, probabilité de l’issue si {first} est vraie divisée par sa probabilité si {second} est "
    "vraie ; 1/5 est une valeur de 5 en faveur de {second}. ± : erreur type du calcul par tirages.",
    "LR: likelihood ratio, the probability of the outcome if {first} is true divided by that if {second} is true; 1/5 is a "
    "value of 5 in favour of {second}. ±: standard error of the calculation by draws."};
inline constexpr Phrase before_misleading_first{
    "{p} : probabilité, si {first} est vraie, que l’examen donne un nombre qui soutienne {second} plutôt que {first}.",
    "{p}: probability, if {first} is true, that the examination gives a number that supports {second} over {first}."};
inline constexpr Phrase before_misleading_second{
    "{p} : probabilité, si {second} est vraie, que l’examen donne un nombre qui soutienne {first} plutôt que {second}.",
    "{p}: probability, if {second} is true, that the examination gives a number that supports {first} over {second}."};
inline constexpr Phrase before_without_number{
    "{first_p} si {first} est vraie, {second_p} si {second} est vraie : probabilité d’une issue pour laquelle aucun nombre "
    "n’est donné (erreur du calcul supérieure à 5 %, ou issue impossible dans l’une des propositions).",
    "{first_p} if {first} is true, {second_p} if {second} is true: probability of an outcome for which no number is given "
    "(error of the calculation above 5%, or an outcome impossible under one of the propositions)."};
inline constexpr Phrase before_rests{"Sur quoi repose ce calcul", "What this calculation rests on"};
inline constexpr Phrase before_if_marker{
    "La fréquence des autres matières fluorescentes n’est pas connue : chaque RV ne vaut que si la trace est bien le "
    "produit de marquage.",
    "How frequent other fluorescent materials are is not known: each LR holds only if the mark is the marker."};
inline constexpr Phrase before_one_figure{
    "Chaque RV est donné avec un seul chiffre significatif et sans mots ; au-delà de {cap} dans un sens ou dans l’autre, "
    "aucune validation sur ce produit n’étaie un nombre.",
    "Each LR is given to one significant figure and without words; beyond {cap} either way no validation on this product "
    "supports a number."};
inline constexpr Phrase before_two_figures{
    "Chaque RV est donné avec deux chiffres significatifs et sans mots ; au-delà de {cap} dans un sens ou dans l’autre, "
    "aucune validation sur ce produit n’étaie un nombre.",
    "Each LR is given to two significant figures and without words; beyond {cap} either way no validation on this product "
    "supports a number."};
inline constexpr Phrase before_assigned{
    "Les probabilités assignées par un scientifique ne sont pas employées : elles portent sur des observations faites.",
    "Probabilities assigned by a scientist are not used: they speak of findings that were made."};
inline constexpr Phrase before_computation{
    "{draws} tirages des paramètres, graine {seed} ; fichier de l’affaire, empreinte numérique SHA-256 :",
    "{draws} draws of the parameters, seed {seed}; SHA-256 digest of the case file:"};

// Frozen propositions, on page 1 of a note
inline constexpr Phrase frozen{"Propositions figées", "Propositions frozen"};
inline constexpr Phrase frozen_not{"non : aucun fichier ne les date", "no: no file dates them"};
inline constexpr Phrase frozen_by_clock{
    "le {date}, jour donné par l’horloge de la machine ; empreinte numérique SHA-256 {digest}",
    "on {date}, the day of the machine’s clock; SHA-256 digest {digest}"};
inline constexpr Phrase frozen_as_stated{
    "le {date}, jour énoncé par l’utilisateur ; empreinte numérique SHA-256 {digest}",
    "on {date}, as stated by the user; SHA-256 digest {digest}"};
inline constexpr Phrase frozen_again{
    "{last} ; figées {count} fois, la première le {first}",
    "{last}; frozen {count} times, first on {first}"};
inline constexpr Phrase frozen_since{"Depuis ce jour", "Since that day"};
inline constexpr Phrase frozen_unchanged{
    "propositions et plan d’examen inchangés",
    "propositions and examination plan unchanged"};
inline constexpr Phrase frozen_changed{
    "modifiés : {tables}",
    "changed: {tables}"};

/// A table of the case file, as a note calls it.
struct FrozenTable {
    std::string_view table;
    Phrase name;
};

inline constexpr std::array<FrozenTable, 12> frozen_tables{{
    {"population", {"personnes contrôlées", "people checked"}},
    {"examination", {"examen de référence", "reference examination"}},
    {"planned", {"plan d’examen", "examination plan"}},
    {"carrier", {"zones et objets", "zones and objects"}},
    {"delivery", {"apports de produit", "deliveries of marker"}},
    {"event", {"événements", "events"}},
    {"contamination", {"contaminations", "contaminations"}},
    {"lookalike", {"autres matières fluorescentes", "other fluorescent materials"}},
    {"marker", {"lot et registre", "lot and registry"}},
    {"parameter", {"paramètres", "parameters"}},
    {"proposition", {"propositions", "propositions"}},
    {"comparison", {"comparaisons", "comparisons"}},
}};
inline constexpr Phrase frozen_results{"Résultats par rapport à ce jour", "Results compared with that day"};
inline constexpr Phrase frozen_results_none{"aucun résultat dans le fichier de l’affaire", "no result in the case"};
inline constexpr Phrase frozen_after{"après : {items}", "after: {items}"};
inline constexpr Phrase frozen_before{"avant : {items}", "before: {items}"};
inline constexpr Phrase frozen_same{"le même jour, ordre indéterminé : {items}", "the same day, order indeterminate: {items}"};
inline constexpr Phrase frozen_unknown{"sans date, ordre indéterminé : {items}", "undated, order indeterminate: {items}"};
inline constexpr Phrase frozen_camera_clock{
    "{id} (horloge de l’appareil, non vérifiée)",
    "{id} (the camera’s clock, not checked)"};
inline constexpr Phrase frozen_document_dates{"{items} (selon les documents)", "{items} (by the documents)"};
inline constexpr Phrase frozen_contradictions{"Contradictions", "Contradictions"};
inline constexpr Phrase frozen_contradicts_day{
    "selon le fichier de l’affaire, les propositions ont été choisies le {chosen}, après avoir été figées",
    "the case says that the propositions were chosen on {chosen}, after they were frozen"};
inline constexpr Phrase frozen_contradicts_unknown{
    "selon le fichier de l’affaire, aucun résultat n’était connu au moment du choix, mais certains sont antérieurs",
    "the case says that no result was known when they were chosen, but some come before"};
inline constexpr Phrase frozen_contradicts_known{
    "selon le fichier de l’affaire, des résultats étaient connus au moment du choix, mais aucun n’est antérieur",
    "the case says that results were known when they were chosen, but none is dated before"};

// clang-format on

} // namespace cmq::report::phrases
