// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of page 1: title, who made the note, the question and the answer.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

// Title, by role. Only an expert appointed by a court writes an expert's report.
inline constexpr Phrase title_party{
    "Note technique",
    "Technical note"};
inline constexpr Phrase title_laboratory{
    "Note technique de laboratoire",
    "Laboratory technical note"};
inline constexpr Phrase title_court{
    "Rapport d’expertise",
    "Report of the court-appointed expert"};
inline constexpr Phrase subtitle{
    "Valeur des résultats concernant un produit de marquage codé",
    "Strength of findings concerning a coded marker"};
inline constexpr Phrase subject{
    "Affaire {id} : {title}",
    "Case {id}: {title}"};
inline constexpr Phrase page_label{
    "page {page} sur {pages}",
    "page {page} of {pages}"};
inline constexpr Phrase end_mark{
    "Fin de la note",
    "End of the note"};

// Banners, on every page
inline constexpr Phrase banner_demonstration{
    "DÉMONSTRATION : données inventées ou simulées ; ce document ne peut servir de preuve",
    "DEMONSTRATION: invented or simulated data; this document is not evidence"};
inline constexpr Phrase banner_draft{
    "PROJET : propositions rédigées par le programme, que personne n’a choisies ; aucun nombre n’est à en tirer",
    "DRAFT: propositions written by the program and chosen by nobody; no number is to be taken from them"};
inline constexpr Phrase banner_no_author{
    "Calcul non relu par un scientifique",
    "Calculation not reviewed by a scientist"};
inline constexpr Phrase banner_no_reviewer{
    "Note non relue par un second scientifique",
    "Note not reviewed by a second scientist"};

// Who made the note
inline constexpr Phrase about{"Cette note", "This note"};
inline constexpr Phrase about_item{"Mention", "Item"};
inline constexpr Phrase about_content{"Contenu", "Content"};
inline constexpr Phrase case_id{"Affaire", "Case"};
inline constexpr Phrase case_stage{"Stade de la procédure", "Stage of the procedure"};
inline constexpr Phrase note_date{"Date de la note", "Date of the note"};
inline constexpr Phrase role{"Cadre", "Role"};
inline constexpr Phrase role_party{
    "consultation privée, à la demande d’une partie",
    "private consultation, at the request of a party"};
inline constexpr Phrase role_laboratory{
    "laboratoire",
    "laboratory"};
inline constexpr Phrase role_court{
    "expertise ordonnée par une juridiction",
    "expert appointed by a court"};
inline constexpr Phrase author{"Auteur", "Author"};
inline constexpr Phrase no_author{
    "aucun auteur désigné : calcul non relu par un scientifique",
    "no named author: calculation not reviewed by a scientist"};
inline constexpr Phrase capacity{"Titre et compétence de l’auteur", "Author’s capacity"};
inline constexpr Phrase reviewer{"Relecteur", "Reviewer"};
inline constexpr Phrase none_named{"non désigné", "none named"};
inline constexpr Phrase not_stated{"non précisé", "not stated"};
inline constexpr Phrase chosen{"Choix des propositions", "Choice of the propositions"};
inline constexpr Phrase chosen_by{"par {by}, date non précisée", "by {by}, date not stated"};
inline constexpr Phrase chosen_by_on{"par {by}, le {date}", "by {by}, on {date}"};
inline constexpr Phrase chosen_on{"auteur non précisé, le {date}", "author not stated, on {date}"};
inline constexpr Phrase chosen_unknown{
    "auteur et date non précisés",
    "author and date not stated"};
inline constexpr Phrase results_known{
    "Résultats connus au moment de ce choix",
    "Results known when they were chosen"};
inline constexpr Phrase yes_known{
    "oui ; des propositions écrites après les résultats ont moins de poids",
    "yes; propositions written after the results carry less weight"};
inline constexpr Phrase no_unknown{"non", "no"};
inline constexpr Phrase holds{
    "Cette note contient les observations et les propositions qu’elle compare, et rien d’autre du "
    "récit des personnes ; {files}. Ses résultats ne concernent que les pièces qu’elle cite.",
    "This note contains the findings and the propositions that it compares, and nothing else of "
    "anyone’s account; {files}. Its results relate only to the items that it cites."};
inline constexpr Phrase no_files{
    "aucun fichier n’y est joint",
    "no file is attached"};
inline constexpr Phrase some_files{
    "le PDF porte en lui, pour qui veut recalculer, les mêmes nombres, paramètres et propositions sous une forme "
    "lisible par un programme, et aucun autre fichier",
    "the PDF carries inside, for whoever wants to recompute, the same numbers, parameters and propositions in a form "
    "that a program reads, and no other file"};

// 1 and 2
inline constexpr Phrase heading_question{"La question", "The question"};
inline constexpr Phrase question{
    "Dans quelle mesure les observations du dossier aident-elles à départager {pairs} ?",
    "How far do the findings in the case help to decide {pairs}?"};
inline constexpr Phrase question_pair{"{first} et {second}", "between {first} and {second}"};
inline constexpr Phrase question_next{"{before}, puis {pair}", "{before}, and {pair}"};
inline constexpr Phrase question_item{"{id} : « {text} »", "{id}: “{text}”"};
inline constexpr Phrase no_question{
    "Le fichier de l’affaire n’oppose aucune paire de propositions : cette note rapporte des observations et n’en donne "
    "pas la valeur.",
    "The case puts no pair of propositions against each other: this note reports findings and gives no "
    "strength for them."};
inline constexpr Phrase heading_answer{"La réponse", "The answer"};

// The number first; whose number, in the order of what the findings support
inline constexpr Phrase answer_value{
    "Environ {factor} : les observations sont environ {factor} fois plus probables si {winner} est vraie que "
    "si {loser} est vraie.",
    "About {factor}: the findings are about {factor} times more probable if {winner} is true than if {loser} is "
    "true."};
inline constexpr Phrase answer_value_if_marker{
    "Environ {factor}, si la trace est bien le produit de marquage : les observations sont alors environ "
    "{factor} fois plus probables si {winner} est vraie que si {loser} est vraie.",
    "About {factor}, if the mark is the marker: the findings are then about {factor} times more probable if {winner} "
    "is true than if {loser} is true."};
inline constexpr Phrase answer_at_cap{
    "Plus de {factor} : les observations sont plus de {factor} fois plus probables si {winner} est vraie que "
    "si {loser} est vraie ; au-delà de {factor}, aucune validation sur ce produit n’étaie un nombre.",
    "More than {factor}: the findings are more than {factor} times more probable if {winner} is true than if "
    "{loser} is true; beyond {factor}, no validation on this product supports a number."};
inline constexpr Phrase answer_at_cap_if_marker{
    "Plus de {factor}, si la trace est bien le produit de marquage : les observations sont alors plus de "
    "{factor} fois plus probables si {winner} est vraie que si {loser} est vraie ; au-delà de {factor}, aucune "
    "validation sur ce produit n’étaie un nombre.",
    "More than {factor}, if the mark is the marker: the findings are then more than {factor} times more probable if "
    "{winner} is true than if {loser} is true; beyond {factor}, no validation on this product supports a "
    "number."};
inline constexpr Phrase answer_neither{
    "Environ 1 : les observations sont à peu près aussi probables si {winner} est vraie que si {loser} est "
    "vraie, et ne soutiennent pas l’une plutôt que l’autre.",
    "About 1: the findings are about as probable if {winner} is true as if {loser} is true, and do not support "
    "one over the other."};
inline constexpr Phrase answer_neither_if_marker{
    "Environ 1, si la trace est bien le produit de marquage : les observations sont alors à peu près aussi "
    "probables si {winner} est vraie que si {loser} est vraie, et ne soutiennent pas l’une plutôt que l’autre.",
    "About 1, if the mark is the marker: the findings are then about as probable if {winner} is true as if "
    "{loser} is true, and do not support one over the other."};
inline constexpr Phrase answer_withheld{
    "Aucun nombre n’est donné pour {first} et {second} : {reason}.",
    "No number is given for {first} and {second}: {reason}."};
inline constexpr Phrase answer_no_evaluation{
    "Aucun nombre n’est donné : aucune évaluation n’a été faite.",
    "No number is given: no evaluation was made."};
inline constexpr Phrase withheld_monte_carlo{
    "l’erreur du calcul par tirages reste supérieure à 5 % malgré tous les tirages prévus",
    "the error of the calculation by draws stays above 5% after all the draws allowed"};
inline constexpr Phrase withheld_impossible{
    "le modèle juge les observations impossibles si {loser} est vraie, ce qu’il ne peut pas affirmer",
    "the model holds the findings to be impossible if {loser} is true, which it cannot assert"};

// The second sentence
inline constexpr Phrase answer_range{
    "Selon les valeurs retenues pour les paramètres, ce nombre va {low} à {high} (quantiles à 5 % et à 95 % : "
    "plage de sensibilité, et non intervalle de confiance).",
    "Depending on the values taken for the parameters, this number ranges {low} to {high} (5% and 95% "
    "quantiles: a sensitivity range, not a confidence interval)."};
inline constexpr Phrase answer_range_one_side{
    "Selon les valeurs retenues pour les paramètres, ce nombre va de {low} à {high}, toujours en faveur de {winner} "
    "(quantiles à 5 % et à 95 % : plage de sensibilité, et non intervalle de confiance).",
    "Depending on the values taken for the parameters, this number ranges from {low} to {high}, always in favour of "
    "{winner} (5% and 95% quantiles: a sensitivity range, not a confidence interval)."};
inline constexpr Phrase range_beyond{"plus de {cap}", "more than {cap}"};
inline constexpr Phrase answer_range_beyond{
    "Selon les valeurs retenues pour les paramètres, ce nombre reste supérieur à {cap} en faveur de {winner} "
    "(quantiles à 5 % et à 95 % : plage de sensibilité, et non intervalle de confiance).",
    "Depending on the values taken for the parameters, this number stays above {cap} in favour of {winner} (5% and "
    "95% quantiles: a sensitivity range, not a confidence interval)."};
inline constexpr Phrase range_cap{
    "Au-delà de {cap}, aucune validation sur ce produit n’étaie un nombre.",
    "Beyond {cap}, no validation on this product supports a number."};
inline constexpr Phrase range_from{
    "d’un facteur {factor} en faveur de {winner}",
    "from a factor of {factor} in favour of {winner}"};
inline constexpr Phrase range_from_one{"de 1", "from 1"};
inline constexpr Phrase range_to{
    "un facteur {factor} en faveur de {winner}",
    "a factor of {factor} in favour of {winner}"};
inline constexpr Phrase range_from_beyond{
    "de plus de {factor} en faveur de {winner}",
    "from more than {factor} in favour of {winner}"};
inline constexpr Phrase range_to_beyond{
    "plus de {factor} en faveur de {winner}",
    "more than {factor} in favour of {winner}"};
inline constexpr Phrase range_to_one{"1", "1"};
inline constexpr Phrase answer_no_range{
    "L’effet des valeurs retenues pour les paramètres n’a pas pu être établi ; ce nombre est donc à lire avec "
    "réserve.",
    "The effect of the values taken for the parameters could not be established; this number is to be read with "
    "caution."};
inline constexpr Phrase answer_what_would_decide{
    "La liste de ce qui manque au dossier, plus loin dans cette note, dit ce qui permettrait d’en dire davantage.",
    "The list of what is missing from the file, further on in this note, tells what would allow more to be said."};

// The third sentence, the same for every case
inline constexpr Phrase answer_limits{
    "Ce nombre compare les propositions énoncées et aucune autre : il ne dit pas laquelle est vraie, ce qui "
    "dépend de tous les éléments du dossier et relève du juge.",
    "This number compares the stated propositions and no others: it does not say which is true, which depends on "
    "everything in the case and is for the court."};

// Stages of the procedure, by the case file's word
inline constexpr Phrase stage_custody{"garde à vue", "police custody (garde à vue)"};
inline constexpr Phrase stage_immediate{
    "comparution immédiate",
    "immediate appearance (comparution immédiate)"};
inline constexpr Phrase stage_summons{
    "convocation ou citation devant le tribunal",
    "summons before the court"};
inline constexpr Phrase stage_investigation{
    "instruction",
    "judicial investigation (instruction)"};
inline constexpr Phrase stage_hearing{"audience", "hearing"};

// clang-format on

} // namespace cmq::report::phrases
