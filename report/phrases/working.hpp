// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of counsel's working note.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase working_title{"Note de travail", "Working note"};
inline constexpr Phrase working_subject{
    "Note de travail de l’avocat, affaire {id}", "Counsel’s working note, case {id}"};
inline constexpr Phrase working_banner{
    "NOTE DE TRAVAIL réservée à l’avocat, couverte par le secret professionnel : ne pas produire",
    "WORKING NOTE for counsel alone, covered by professional secrecy: not to be produced"};
inline constexpr Phrase working_holds{
    "Cette note contient le récit de la personne, les propositions essayées et leur évaluation, l’effet possible de "
    "chaque demande et les points faibles. Ni le récit, ni ce qui porte la mention « cette note seule », ni ces effets, ni "
    "ces points faibles ne figurent dans la note technique, case.h5, note.json, les demandes ou les questions.",
    "This note holds the person’s account, the propositions tried and their evaluation, what each request could "
    "change, and the weak points. Neither the account, nor what is marked “this note alone”, nor these effects and weak "
    "points stand in the note for the court, case.h5, note.json, the requests or the questions."};
inline constexpr Phrase working_acts_for{"Partie assistée : {side}.", "Acting for: {side}."};
inline constexpr Phrase working_acts_for_default{
    "Partie assistée : {side} (retenue faute d’indication dans counsel.toml).",
    "Acting for: {side} (taken as counsel.toml does not say)."};
inline constexpr Phrase working_side_defence{"la défense", "the defence"};
inline constexpr Phrase working_side_prosecution{"le ministère public", "the prosecution"};

// 1
inline constexpr Phrase heading_account{"Le récit de la personne", "The person’s account"};
inline constexpr Phrase no_account{
    "Aucun récit n’est consigné dans counsel.toml.", "counsel.toml holds no account."};

// 2
inline constexpr Phrase heading_tried{"Les propositions essayées", "The propositions tried"};
inline constexpr Phrase tried_caption{
    "Propositions, et où elles figurent.", "Propositions, and where they stand."};
inline constexpr Phrase tried_where{"Figure dans", "Stands in"};
inline constexpr Phrase tried_court{"la note technique", "the note for the court"};
inline constexpr Phrase tried_here{"cette note seule", "this note alone"};
inline constexpr Phrase tried_values{
    "Rapport de vraisemblance de chaque comparaison (première proposition sur la seconde).",
    "Likelihood ratio of each comparison (first proposition over the second)."};
inline constexpr Phrase tried_pair{"Comparaison", "Comparison"};
inline constexpr Phrase tried_ratio{"Rapport", "Ratio"};
inline constexpr Phrase tried_range{"Plage de sensibilité", "Sensitivity range"};
inline constexpr Phrase tried_range_value{"{low} à {high}", "{low} to {high}"};
inline constexpr Phrase tried_no_comparison{
    "Le fichier de l’affaire ne compare aucune proposition : il n’y a rien à évaluer. Les propositions se notent dans case.toml, ou "
    "dans counsel.toml tant qu’elles ne sont qu’à l’essai.",
    "The case compares no propositions: there is nothing to evaluate. Propositions are written in case.toml, or in "
    "counsel.toml as long as they are only tried."};
inline constexpr Phrase tried_limits{
    "Essayer des propositions jusqu’à trouver un nombre favorable ôte sa valeur à ce nombre : la note technique dit qui "
    "a choisi les siennes, quand, et si les résultats étaient connus.",
    "Trying propositions until a number suits takes the value out of that number: the note for the court says who chose "
    "its own, when, and whether the results were known."};

// 3
inline constexpr Phrase heading_effects{"Ce que chaque demande peut changer", "What each request could change"};
inline constexpr Phrase effects_intro{
    "Les observations ont été évaluées de nouveau, l’affaire étant telle qu’elle se présenterait après chacune des deux "
    "réponses possibles ; une zone qui n’a pas été examinée est supposée l’être à la dernière heure indiquée dans "
    "l’affaire. Aucune de ces réponses n’est supposée ; une demande peut aussi servir la partie adverse.",
    "The findings were weighed again, with the case as it would stand after each of the two possible answers; a zone not "
    "yet examined is taken to be examined at the latest time that the case states. Neither answer is assumed; a request may "
    "also serve the other side."};
inline constexpr Phrase effects_without_number{
    "{pair} : aucun nombre n’est donné, si bien que l’effet des demandes n’est pas calculé.",
    "{pair}: no number is given, so the effect of requests is not computed."};
inline constexpr Phrase effects_assigned{
    "{pair} : une probabilité y est assignée par un scientifique ; l’effet d’une observation de plus ou d’une "
    "circonstance changée n’est pas calculé, car il lui reviendrait d’assigner de nouveau.",
    "{pair}: a probability is assigned by a scientist; the effect of a further finding or of a changed circumstance is not "
    "computed, as it would be for the scientist to assign anew."};
inline constexpr Phrase effects_other_zones{
    "Zones non examinées dont l’effet n’a pas été calculé : {zones}.",
    "Zones not examined whose effect was not computed: {zones}."};
inline constexpr Phrase effects_caption{
    "{pair} : rapport actuel {now}, et ce qu’il deviendrait. Les demandes qui le déplacent le plus viennent en tête.",
    "{pair}: present ratio {now}, and what it would become. The requests that move it most come first."};
inline constexpr Phrase effect_request{"Demande", "Request"};
inline constexpr Phrase effect_first{"Si", "If"};
inline constexpr Phrase effect_second{"Ou si", "Or if"};
inline constexpr Phrase effect_becomes{"Rapport", "Ratio"};
inline constexpr Phrase effect_no_number{"ne peut être dit", "cannot be told"};
inline constexpr Phrase effects_small{
    "Laissent le nombre donné tel quel, ou presque, quelle que soit la réponse :",
    "Leave the number given as it is, or nearly, whatever the answer:"};
inline constexpr Phrase effect_item{"{request} ({subject})", "{request} ({subject})"};
inline constexpr Phrase effects_none{
    "Aucune demande ouverte n’a d’effet calculable sur ce rapport.",
    "No open request has an effect on this ratio that can be computed."};
inline constexpr Phrase effects_not_computed{
    "Sans effet calculable sur un nombre, mais qui décident de ce qu’il vaut :",
    "Without an effect on a number that can be computed, though they decide what it is worth:"};
inline constexpr Phrase if_route_out{
    "cette voie est écartée", "this route is ruled out"};
inline constexpr Phrase if_route_in{
    "elle est établie", "it is established"};
inline constexpr Phrase if_zone_seen{"une fluorescence y est observée", "a glow is seen there"};
inline constexpr Phrase if_zone_not_seen{"rien n’y est détecté", "nothing is detected there"};
inline constexpr Phrase if_few_glow{
    "{share} des zones examinées présentent une fluorescence sans produit",
    "{share} of the zones examined glow without marker"};
inline constexpr Phrase if_many_glow{"{share} en présentent une sans produit", "{share} of them glow without marker"};
inline constexpr Phrase if_marker{
    "le laboratoire montre que la trace est le produit", "the laboratory shows that the mark is the marker"};
inline constexpr Phrase if_not_marker{
    "il montre que non : la comparaison perd son objet",
    "it shows that it is not: the comparison has no object left"};
inline constexpr Phrase if_early{
    "chaque projection a lieu à la première minute de son intervalle", "each delivery is at the first minute of its interval"};
inline constexpr Phrase if_late{"elle a lieu à la dernière", "it is at the last"};
inline constexpr Phrase if_parameter{"{parameter} : {value}", "{parameter}: {value}"};

// 4
inline constexpr Phrase heading_weak{"Points faibles", "Weak points"};
inline constexpr Phrase weak_none{
    "Le calcul ne fait apparaître aucun point faible ; cela ne veut pas dire qu’il n’y en a pas.",
    "The calculation shows no weak point; that does not mean that there is none."};
inline constexpr Phrase weak_tried{"{pair} (essayée) : {sentence}", "{pair} (tried): {sentence}"};
inline constexpr Phrase weak_finding{
    "{pair} : l’observation « {zone} », compte tenu de celles qui la précèdent dans la note, pèse contre {ours} "
    "(facteur : {factor}).",
    "{pair}: the finding “{zone}”, given those before it in the note, weighs against {ours} (factor: {factor})."};
inline constexpr Phrase weak_not_marker{
    "{pair} : si le laboratoire montre que la trace n’est pas le produit, la comparaison perd son objet.",
    "{pair}: if the laboratory shows that the mark is not the marker, the comparison has no object left."};
inline constexpr Phrase weak_no_side{
    "{pair} : l’affaire ne dit pas laquelle des deux propositions est celle de la partie assistée (side) ; aucun point "
    "faible n’y a été cherché.",
    "{pair}: the case does not say which of the two propositions is that of counsel’s side (side); no weak point was looked "
    "for in it."};
inline constexpr Phrase weak_range{
    "{pair} : selon les valeurs retenues pour les paramètres, le nombre peut passer du côté de {theirs}.",
    "{pair}: depending on the values taken for the parameters, the number may cross to the side of {theirs}."};
inline constexpr Phrase weak_request{
    "{pair} : la demande « {request} » peut servir la partie adverse (rapport {ratio} ; {answer}).",
    "{pair}: the request “{request}” may serve the other side (ratio {ratio}; {answer})."};
inline constexpr Phrase weak_more_requests{
    "{pair} : autres réponses défavorables, au point 3 : {count}.",
    "{pair}: further unfavourable answers, in section 3: {count}."};
inline constexpr Phrase weak_after_results{
    "Les propositions ont été choisies après les résultats, ou le fichier de l’affaire ne le dit pas : ce sera relevé. La commande "
    "freeze les date avant les résultats à venir.",
    "The propositions were chosen after the results, or the case does not say: this will be raised. The command freeze "
    "dates them before results still to come."};
inline constexpr Phrase weak_changed{
    "Les propositions ont changé depuis qu’elles ont été figées ; la note technique le dit.",
    "The propositions have changed since they were frozen; the note for the court says so."};
inline constexpr Phrase weak_no_author{
    "La note technique n’a pas d’auteur désigné : chaque page porte qu’aucun scientifique n’a relu le calcul.",
    "The note for the court has no named author: each page says that no scientist reviewed the calculation."};
inline constexpr Phrase weak_own_heading{"Relevés par l’avocat", "Noted by counsel"};
inline constexpr Phrase weak_answered{"{text} Réponse : {answer}", "{text} Answer: {answer}"};
inline constexpr Phrase weak_unanswered{"{text} Réponse : à trouver.", "{text} Answer: to be found."};

// 5
inline constexpr Phrase heading_stays{"Ce qui reste au cabinet", "What stays in the office"};
inline constexpr Phrase stays{
    "Restent au cabinet : cette note, counsel.toml, answers.toml, case.toml (ses commentaires) et le fichier des noms "
    "(*.key.toml).",
    "In the office stay: this note, counsel.toml, answers.toml, case.toml (its comments) and the file of names "
    "(*.key.toml)."};
inline constexpr Phrase leaves{
    "Peuvent être produits, si l’avocat le décide : la note technique (note.*), case.h5 et manifest.json, qui permettent "
    "de la vérifier, les demandes et les questions, les propositions figées (*.frozen.toml, qui garde toute proposition figée, même abandonnée depuis).",
    "May be produced, if counsel so decides: the note for the court (note.*), case.h5 and manifest.json, by which it can "
    "be checked, the requests and the questions, the frozen propositions (*.frozen.toml, which keeps every proposition ever frozen, dropped ones too)."};

// clang-format on

} // namespace cmq::report::phrases
