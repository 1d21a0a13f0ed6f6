// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of what a scientist assigned, of the probabilities that the case states, and of the evaluation
/// on condition that the mark is the marker.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

// Assigned probabilities
inline constexpr Phrase reason_assigned{
    "Une probabilité a été assignée par un scientifique et non calculée par le modèle (propositions : {propositions}).",
    "A probability was assigned by a scientist, not computed by the model (propositions: {propositions})."};
inline constexpr Phrase assigned_one{
    "La probabilité des observations est assignée par un scientifique si {assigned} est vraie ; elle est calculée par le "
    "modèle si {modelled} est vraie.",
    "The probability of the findings is assigned by a scientist if {assigned} is true; the model gives it if "
    "{modelled} is true."};
inline constexpr Phrase assigned_whole{
    "La probabilité des observations est assignée par un scientifique si {assigned} est vraie.",
    "The probability of the findings is assigned by a scientist if {assigned} is true."};
inline constexpr Phrase assigned_part{
    "Une partie de la probabilité des observations est assignée par un scientifique si {assigned} est vraie : celle des "
    "observations sur {zones}, les autres étant connues. Le reste est calculé par le modèle.",
    "Part of the probability of the findings is assigned by a scientist if {assigned} is true: that of the findings on "
    "{zones}, given the others. The model gives the rest."};
inline constexpr Phrase assigned_both{
    "La probabilité des observations est assignée par un scientifique dans les deux propositions ; le nombre est leur "
    "quotient, et le modèle n’y a aucune part.",
    "The probability of the findings is assigned by a scientist under both propositions; the number is their quotient, "
    "and the model has no part in it."};
inline constexpr Phrase assigned_caption{
    "Probabilités assignées par un scientifique, et rapport de vraisemblance aux bornes de la plage qu’il énonce.",
    "Probabilities assigned by a scientist, and the likelihood ratio at the ends of the range stated."};
inline constexpr Phrase assigned_findings{"Observations", "Findings"};
inline constexpr Phrase assigned_all{"toutes", "all"};
inline constexpr Phrase assigned_given{"{zones}, les autres étant connues", "{zones}, given the others"};
inline constexpr Phrase assigned_probability{"Probabilité", "Probability"};
inline constexpr Phrase assigned_range{"{value} [{low} ; {high}]", "{value} [{low}; {high}]"};
inline constexpr Phrase assigned_by{"Par qui et pourquoi", "By whom and why"};
inline constexpr Phrase assigned_by_on{"{author}, le {date} : {reasons}", "{author}, {date}: {reasons}"};
inline constexpr Phrase assigned_by_undated{"{author} : {reasons}", "{author}: {reasons}"};
inline constexpr Phrase assigned_ratios{"Rapport", "Ratio"};
inline constexpr Phrase assigned_ratio_range{"{low} à {high}", "{low} to {high}"};
inline constexpr Phrase no_range_stated{"aucune plage énoncée", "no range stated"};
inline constexpr Phrase no_parameters_assigned{
    "Aucun paramètre du modèle n’a été employé : toutes les probabilités ont été assignées par un scientifique.",
    "No parameter of the model was used: all probabilities were assigned by a scientist."};

// Probabilities of deliveries, events and contaminations that the case states
inline constexpr Phrase stated_caption{
    "Probabilités énoncées dans le fichier de l’affaire, les événements étant rapportés à la proposition qui les retient.",
    "Probabilities stated in the case, of events given the proposition that includes them."};
inline constexpr Phrase stated_event{"Événement", "Event"};
inline constexpr Phrase stated_probability{"Probabilité", "Probability"};
inline constexpr Phrase stated_why{"Par qui et pourquoi", "By whom and why"};
inline constexpr Phrase stated_no_author{"auteur non précisé", "author not stated"};
inline constexpr Phrase stated_no_reasons{"raisons non précisées", "reasons not stated"};

// If the mark is the marker
inline constexpr Phrase conditional_caption{
    "Évaluation conditionnelle : nombre de personnes non marquées qui présenteraient une fluorescence sur {checked} "
    "contrôlées, et rapport de vraisemblance ({pair}), selon la fréquence des autres matières fluorescentes.",
    "Conditional evaluation: number of unmarked people of {checked} checked who would show fluorescence, and likelihood "
    "ratio ({pair}), by the prevalence of other fluorescent materials."};
inline constexpr Phrase conditional_caption_no_count{
    "Évaluation conditionnelle : rapport de vraisemblance ({pair}) selon la fréquence des autres matières fluorescentes.",
    "Conditional evaluation: likelihood ratio ({pair}) by the prevalence of other fluorescent materials."};
inline constexpr Phrase conditional_prevalence{
    "Fréquence des autres matières fluorescentes",
    "Prevalence of other fluorescent materials"};
inline constexpr Phrase conditional_expected{
    "Personnes non marquées présentant une fluorescence",
    "Unmarked people showing fluorescence"};
inline constexpr Phrase conditional_fewer{"moins de {bound}", "fewer than {bound}"};
inline constexpr Phrase conditional_observed{
    "Au dossier : sur {checked} personnes contrôlées, nombre de celles qui présentaient une fluorescence : {glowing}, "
    "soit {share} (intervalle de confiance exact de Clopper et Pearson à 95 % : de {low} à {high}). Les personnes marquées y sont comprises : cette "
    "part n’est pas la fréquence des autres matières.",
    "In the file: {glowing} people showing fluorescence of {checked} checked, a share of {share} (exact 95% confidence "
    "interval of Clopper and Pearson: {low} to {high}). Marked people are among them: this share is not the prevalence "
    "of other materials."};
inline constexpr Phrase conditional_none{
    "Au dossier : aucune personne présentant une fluorescence sur {checked} contrôlées. La part correspondante est "
    "inférieure à {three} environ, avec une confiance de 95 % (règle de trois : 3/{checked}) ; intervalle exact de "
    "Clopper et Pearson à 95 % : de 0 à {high}.",
    "In the file: no person showing fluorescence of {checked} checked. The share is below about {three}, with 95% "
    "confidence (rule of three: 3/{checked}); exact 95% interval of Clopper and Pearson: 0 to {high}."};
inline constexpr Phrase conditional_needs{
    "Le dossier ne dit pas combien de personnes ont été contrôlées à la lampe. Pour prévoir combien de personnes non "
    "marquées présenteraient une fluorescence, il faudrait ce nombre et celui des personnes qui en présentaient une ; "
    "pour choisir une ligne du tableau, un relevé fait avec la même lampe sur des personnes qui n’ont pas pu être marquées.",
    "The file does not say how many people were checked under the lamp. To expect how many unmarked people would show "
    "fluorescence, that number and the number of those who did would be needed; to choose a row of the table, a survey "
    "with the same lamp of people who cannot have been marked."};
inline constexpr Phrase conditional_row{
    "Pour choisir une ligne du tableau, il faudrait un relevé fait avec la même lampe sur des personnes qui n’ont pas pu "
    "être marquées.",
    "To choose a row of the table, a survey with the same lamp of people who cannot have been marked would be needed."};

// clang-format on

} // namespace cmq::report::phrases
