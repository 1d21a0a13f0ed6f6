// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the propositions, the value, what moves it, and why it is printed as it is.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_propositions{"Les propositions comparées", "The propositions compared"};
inline constexpr Phrase propositions_caption{
    "Énoncés, et événements que chacun suppose.",
    "Statements, and the events of the case that each includes."};
inline constexpr Phrase proposition{"Proposition", "Proposition"};
inline constexpr Phrase propositions_column{"Propositions", "Propositions"};
inline constexpr Phrase put_forward{"Avancée par", "Put forward by"};
inline constexpr Phrase statement{"Énoncé", "Statement"};
inline constexpr Phrase account{"Événements supposés", "Events of the case it includes"};
inline constexpr Phrase side_prosecution{"l’accusation", "the prosecution"};
inline constexpr Phrase side_defence{"la défense", "the defence"};
inline constexpr Phrase side_neither{"aucune partie", "neither side"};
inline constexpr Phrase no_event{"aucun", "none"};
inline constexpr Phrase untitled_proposition{
    "proposition {id}, sans énoncé",
    "proposition {id}, not worded in the case"};
inline constexpr Phrase propositions_note{
    "La possibilité d’une contamination en garde à vue ou au laboratoire, et celle d’une autre matière "
    "fluorescente, entrent dans toutes les propositions.",
    "The possibility of contamination in custody or laboratory, and that of another fluorescent material, are part "
    "of every proposition."};

inline constexpr Phrase heading_value{"La valeur des résultats", "The strength of the findings"};
inline constexpr Phrase value_meaning{
    "Le rapport de vraisemblance divise la probabilité des observations si la première proposition est vraie par "
    "leur probabilité si la seconde est vraie. À 1, les observations ne soutiennent aucune des deux plutôt que "
    "l’autre. Ce n’est la probabilité d’aucune proposition.",
    "The likelihood ratio divides the probability of the findings if the first proposition is true by their "
    "probability if the second is true. At 1 the findings support neither over the other. It is not the "
    "probability of any proposition."};
inline constexpr Phrase one_line{
    "Calcul qui peut être refait à la main : cote des propositions après les observations = cote avant × rapport de "
    "vraisemblance. La cote avant ne relève pas de cette note.",
    "The step that can be redone by hand: odds of the propositions after the findings = odds before × likelihood "
    "ratio. The odds before are not a matter for this note."};
inline constexpr Phrase chart_value_title{
    "Rapport de vraisemblance et plage de sensibilité",
    "Likelihood ratio and sensitivity range"};
inline constexpr Phrase chart_value_caption{
    "Point : rapport de vraisemblance. Trait : quantiles à 5 % et à 95 % du rapport quand varient les paramètres "
    "communs (plage de sensibilité). Échelle logarithmique.",
    "Dot: likelihood ratio. Line: 5% and 95% quantiles of the ratio as the common parameters vary (sensitivity "
    "range). Logarithmic scale."};
inline constexpr Phrase chart_beyond_cap{
    "Au-delà de {cap} dans un sens ou dans l’autre, le tracé montre le calcul ; aucune validation ne l’étaie.",
    "Beyond {cap} either way the drawing shows the calculation; no validation supports it."};
inline constexpr Phrase ratio_axis{"Rapport de vraisemblance", "Likelihood ratio"};
inline constexpr Phrase left_of_one{"soutient la seconde proposition", "supports the second proposition"};
inline constexpr Phrase right_of_one{"soutient la première proposition", "supports the first proposition"};
inline constexpr Phrase left_named{"soutient {second} plutôt que {first}", "supports {second} over {first}"};
inline constexpr Phrase right_named{"soutient {first} plutôt que {second}", "supports {first} over {second}"};
inline constexpr Phrase pair{"{first} / {second}", "{first} / {second}"};
inline constexpr Phrase heading_pair{"{first} et {second}", "{first} and {second}"};
inline constexpr Phrase value_column{"Valeur", "Value"};
inline constexpr Phrase low_column{"Quantile à 5 %", "5% quantile"};
inline constexpr Phrase high_column{"Quantile à 95 %", "95% quantile"};
inline constexpr Phrase more_than{"plus de {ratio}", "more than {ratio}"};
inline constexpr Phrase less_than{"moins de {ratio}", "less than {ratio}"};
inline constexpr Phrase not_given{"non donnée", "not given"};
inline constexpr Phrase computation{
    "Calcul par {draws} tirages des paramètres (graine {seed}) ; erreur relative du calcul : {error}.",
    "Calculation by {draws} draws of the parameters (seed {seed}); relative error of the calculation: {error}."};
inline constexpr Phrase in_words{
    "Sur l’échelle verbale de l’ENFSI (2015), un tel nombre se dit : {words} pour {winner} plutôt que pour {loser}. "
    "Le nombre prime sur les mots. {rule}",
    "On the verbal scale of ENFSI (2015) such a number is called {words} for {winner} over {loser}. The number "
    "comes before the words. {rule}"};
inline constexpr Phrase no_words{
    "Aucun équivalent en mots n’est donné. Ce qui limite ce qui peut être dit :",
    "No equivalent in words is given. What limits what may be said:"};
inline constexpr Phrase why_so{
    "Ce qui limite ce qui peut être dit :",
    "What limits what may be said:"};

// Reasons
inline constexpr Phrase reason_not_measured{
    "Des paramètres influents n’ont pas été mesurés sur ce produit, si bien qu’un seul chiffre significatif est donné : "
    "{parameters}.",
    "Influential parameters were not measured on this product, so that only one significant figure is given: "
    "{parameters}."};
inline constexpr Phrase reason_crosses_one{
    "La plage de sensibilité contient 1 : selon les paramètres, les observations soutiennent l’une ou l’autre "
    "proposition.",
    "The sensitivity range contains 1: depending on the parameters the findings support one proposition or the "
    "other."};
inline constexpr Phrase reason_crosses_bands{
    "La plage de sensibilité couvre plusieurs degrés de l’échelle verbale.",
    "The sensitivity range covers several degrees of the verbal scale."};
inline constexpr Phrase reason_no_sensitivity{
    "La plage de sensibilité n’a pas pu être établie avec assez de précision.",
    "The sensitivity range could not be established with enough precision."};
inline constexpr Phrase reason_cap{
    "Sans jeu de validation sur du matériel réel, rien n’est affirmé au-delà de {cap} dans un sens ou dans "
    "l’autre : calcul non validé sur ce produit.",
    "Without a validation set on real material nothing is asserted beyond {cap} either way: not validated on this "
    "product."};
inline constexpr Phrase reason_look_alike{
    "La fréquence des autres matières fluorescentes dans la population pertinente n’est pas connue : le nombre ne "
    "vaut que si la trace est bien le produit de marquage, et la courbe ci-dessous montre comment cette fréquence "
    "le fait varier.",
    "How frequent other fluorescent materials are in the relevant population is not known: the number holds only if "
    "the mark is the marker, and the curve below shows how that frequency moves it."};
inline constexpr Phrase reason_withheld{
    "Aucun nombre ne peut être donné : {reason}.",
    "No number can be given: {reason}."};

// Chain, routes
inline constexpr Phrase chain_caption{
    "Apport de chaque observation, les précédentes étant connues ; le produit des facteurs est le rapport de "
    "vraisemblance (aux arrondis près).",
    "What each finding adds, given the earlier ones; the product of the factors is the likelihood ratio (subject to "
    "rounding)."};
inline constexpr Phrase chain_beyond_cap{
    "Un facteur supérieur à {cap} n’est qu’une étape du calcul : aucune validation sur ce produit ne l’étaie.",
    "A factor above {cap} is a mere step of the calculation: no validation on this product supports it."};
inline constexpr Phrase finding_column{"Observation", "Finding"};
inline constexpr Phrase factor{"Facteur", "Factor"};
inline constexpr Phrase supports{"Soutient", "Supports"};
inline constexpr Phrase supports_neither{"aucune des deux", "neither"};
inline constexpr Phrase chain_finding{"{zone} : {finding}", "{zone}: {finding}"};
inline constexpr Phrase kind_detected{"traces détectées", "traces detected"};
inline constexpr Phrase kind_not_detected{"rien de détecté", "nothing detected"};
inline constexpr Phrase kind_count{"particules comptées", "particles counted"};
inline constexpr Phrase kind_amount{"quantité mesurée", "amount measured"};
inline constexpr Phrase kind_not_examined{"non examinée", "not examined"};
inline constexpr Phrase routes_caption{
    "Probabilité des observations par chaque voie prise seule, rapportée à la plus grande. Ce n’est pas la "
    "probabilité des voies.",
    "Probability of the findings by each route alone, relative to the largest. It is not the probability of the "
    "routes."};
inline constexpr Phrase route{"Voie", "Route"};
inline constexpr Phrase route_none{
    "aucun apport de produit : autre matière, ou contamination d’une seule zone",
    "no delivery: another material, or contamination of a single zone"};
inline constexpr Phrase route_delivery{
    "{delivery}, avec les événements de {proposition}",
    "{delivery}, with the events of {proposition}"};
inline constexpr Phrase relative_probability{"Probabilité relative", "Relative probability"};
inline constexpr Phrase impossible{"impossible selon le modèle", "impossible in the model"};
inline constexpr Phrase delivery_pellet{"bille {id}", "pellet {id}"};
inline constexpr Phrase delivery_spray{"pulvérisation {id}", "spray {id}"};
inline constexpr Phrase delivery_shower{"douche de marquage {id}", "marking shower {id}"};
inline constexpr Phrase delivery_drone{"largage par drone {id}", "drone {id}"};
inline constexpr Phrase delivery_crowd{"contacts dans la foule {id}", "contacts in the crowd {id}"};
inline constexpr Phrase delivery_other{"apport {id}", "delivery {id}"};
inline constexpr Phrase delivery_contamination{"contamination {id}", "contamination {id}"};
inline constexpr Phrase event_contact{"contact {id}", "contact {id}"};
inline constexpr Phrase event_wear{"port d’un vêtement {id}", "wearing of a garment {id}"};
inline constexpr Phrase event_package{"mise sous emballage {id}", "packaging {id}"};
inline constexpr Phrase event_search{"fouille {id}", "search {id}"};
inline constexpr Phrase event_handcuffing{"menottage {id}", "handcuffing {id}"};
inline constexpr Phrase event_swab{"prélèvement {id}", "swabbing {id}"};
inline constexpr Phrase event_wash{"lavage {id}", "washing {id}"};
inline constexpr Phrase event_glove_change{"changement de gants {id}", "change of gloves {id}"};

// Tornado, curves
inline constexpr Phrase tornado_title{"Ce qui fait varier le nombre", "What moves the number"};
inline constexpr Phrase tornado_caption{
    "Rapport de vraisemblance quand un paramètre est fixé à son quantile à 5 % puis à 95 %, les autres restant "
    "libres ; le plus influent en haut.",
    "Likelihood ratio with one parameter held at its 5% and then at its 95% quantile, the others free; the most "
    "influential on top."};
inline constexpr Phrase parameter{"Paramètre", "Parameter"};
inline constexpr Phrase at_low{"Valeur basse", "Low value"};
inline constexpr Phrase ratio_at_low{"Rapport", "Ratio"};
inline constexpr Phrase at_high{"Valeur haute", "High value"};
inline constexpr Phrase ratio_at_high{"Rapport", "Ratio"};
inline constexpr Phrase tipping_intro{
    "Le rapport vaudrait 1, et passerait d’un côté à l’autre, si un seul de ces paramètres avait la valeur que voici, "
    "les autres restant libres :",
    "The ratio would be 1, and go from one side to the other, if one of these parameters had the value given here, the "
    "others free:"};
inline constexpr Phrase tipping_item{"{parameter} : environ {value}.", "{parameter}: about {value}."};
inline constexpr Phrase no_tipping{
    "Aucun paramètre pris seul, entre ses quantiles à 5 % et à 95 %, ne fait passer le rapport d’un côté à l’autre de 1.",
    "No single parameter, between its 5% and 95% quantiles, takes the ratio from one side of 1 to the other."};
inline constexpr Phrase explains_most{
    "La mesure qui réduirait le plus la plage de sensibilité est celle-ci : {parameter}. Ce paramètre en explique environ "
    "{share} % (carré de la corrélation de rang sur les tirages).",
    "The measurement that would narrow the sensitivity range most is this one: {parameter}. It explains about {share}% of "
    "it (squared rank correlation over the draws)."};
inline constexpr Phrase findings_disagree{
    "Si {proposition} est vraie, les observations prises ensemble sont {times} fois moins probables que des observations "
    "qui auraient les mêmes probabilités une à une et seraient sans lien : elles s’accordent mal dans ce récit.",
    "If {proposition} is true, the findings together are {times} times less probable than findings with the same single "
    "probabilities and nothing to do with each other: they agree poorly in this account."};
inline constexpr Phrase curve_title{"Effet de : {parameter}", "Effect of: {parameter}"};
inline constexpr Phrase curve_caption{
    "Rapport de vraisemblance selon la valeur de ce paramètre, les autres restant libres.",
    "Likelihood ratio by the value of this parameter, the others free."};
inline constexpr Phrase unmarked_glowing{
    "Si aucune des {checked} personnes contrôlées n’avait été marquée, le modèle prévoit une "
    "fluorescence chez environ {expected} d’entre elles ; nombre observé : {glowing}.",
    "If none of the {checked} people checked had been marked, the model expects that about {expected} would still show "
    "fluorescence; {glowing} did."};
inline constexpr Phrase chart_alt_row{
    "{label} : {value} (plage de {low} à {high}).",
    "{label}: {value} (range {low} to {high})."};
inline constexpr Phrase chart_alt_point{
    "{label} : {value}.",
    "{label}: {value}."};
inline constexpr Phrase tornado_alt{
    "Diagramme en barres. Le paramètre le plus influent est : {parameter}, de {low} à {high}.",
    "Bar chart. The most influential parameter is: {parameter}, from {low} to {high}."};
inline constexpr Phrase curve_alt{
    "Courbe du rapport de vraisemblance, de {first_y} pour {first_x} à {last_y} pour {last_x}.",
    "Curve of the likelihood ratio, from {first_y} at {first_x} to {last_y} at {last_x}."};

// clang-format on

} // namespace cmq::report::phrases
