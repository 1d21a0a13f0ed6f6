// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the section on readings of the marker's code.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_codes{"Le code : ce qu’il prouve et ce qu’il ne prouve pas", "The code: what it proves and what it does not"};
inline constexpr Phrase codes_prove{
    "Un code lu désigne un lot. Il permet de dire de combien le résultat du laboratoire est plus probable si la matière "
    "est de ce lot que si elle est d’un autre lot ou d’une autre nature, ou si le laboratoire s’est trompé ; ce rapport "
    "ne dépasse jamais ce que permettent les taux d’erreur déclarés.",
    "A code that was read designates a lot. It lets one say how much more probable the laboratory’s result is if the "
    "material is of that lot than if it is of another lot or of another nature, or if the laboratory erred; that ratio "
    "never exceeds what the stated rates of error allow."};
inline constexpr Phrase codes_do_not_prove{
    "Il ne dit ni comment la matière est venue, ni quand, ni par qui : tout ce qui est sorti d’un lot porte le même "
    "code. Entre un tir, un contact, et une contamination en garde à vue ou au laboratoire, tous du même lot, le rapport "
    "que le code apporte est égal à 1 : il ne dit rien.",
    "It does not say how the material came there, when, or through whom: all that came out of one lot bears the same "
    "code. Between a shot, a contact, and a contamination in custody or in the laboratory, all of one lot, the ratio "
    "that the code brings is 1: it says nothing."};
inline constexpr Phrase codes_lot{
    "Le récit porte sur le lot {lot}, c’est-à-dire sur tout ce que ce lot a pu marquer. D’après le registre :",
    "The account is of lot {lot}, that is, of everything that this lot could have marked. By the registry:"};
inline constexpr Phrase codes_lot_unknown{
    "Le récit porte sur le lot {lot}. Aucun registre n’indique ce que ce lot a pu marquer d’autre (livraisons, "
    "entraînements, démonstrations, personnes et véhicules) : le demander.",
    "The account is of lot {lot}. No registry says what else this lot could have marked (deliveries, trainings, "
    "demonstrations, people and vehicles): ask for it."};

inline constexpr Phrase lot_product{"produit : {text}", "product: {text}"};
inline constexpr Phrase lot_holder{"détenteur : {text}", "holder: {text}"};
inline constexpr Phrase lot_pellets{"billes : {text}", "pellets: {text}"};
inline constexpr Phrase lot_litres{"litres : {text}", "litres: {text}"};
inline constexpr Phrase lot_opened{"ouvert : {text}", "opened: {text}"};
inline constexpr Phrase lot_deliveries{"emplois : {text}", "deliveries: {text}"};
inline constexpr Phrase lot_trainings{"entraînements : {text}", "trainings: {text}"};
inline constexpr Phrase lot_demonstrations{"démonstrations : {text}", "demonstrations: {text}"};
inline constexpr Phrase lot_people{"manipulé par : {text}", "handled by: {text}"};
inline constexpr Phrase lot_vehicles{"transporté par : {text}", "carried by: {text}"};

inline constexpr Phrase readings_caption{"Lectures du code", "Readings of the code"};
inline constexpr Phrase reading_zone{"Zone", "Zone"};
inline constexpr Phrase reading_result{"Résultat", "Result"};
inline constexpr Phrase reading_controls{"Témoins", "Controls"};
inline constexpr Phrase reading_use{"Dans l’évaluation", "In the evaluation"};

inline constexpr Phrase result_match{"concordance avec le lot {lot}", "match with lot {lot}"};
inline constexpr Phrase result_other{"concordance avec un autre lot : {lot}", "match with another lot: {lot}"};
inline constexpr Phrase result_none{"pas de concordance", "no match"};
inline constexpr Phrase result_inconclusive{"non concluant", "inconclusive"};
inline constexpr Phrase result_reported{"{result} (rapporté, données brutes non vues)", "{result} (reported, raw data not seen)"};

inline constexpr Phrase control_good{"{kind} : conforme", "{kind}: as it should be"};
inline constexpr Phrase control_bad{"{kind} : non conforme", "{kind}: not as it should be"};
inline constexpr Phrase control_bad_lots{"{kind} : non conforme ({lots} lu)", "{kind}: not as it should be ({lots} read)"};
inline constexpr Phrase control_negative{"négatif", "negative"};
inline constexpr Phrase control_extraction{"d’extraction", "extraction"};
inline constexpr Phrase control_environment{"d’environnement", "environment"};
inline constexpr Phrase control_positive{"positif", "positive"};
inline constexpr Phrase role_sample{"prélèvement", "sample"};
inline constexpr Phrase control_file{"témoin {kind}", "{kind} control"};
inline constexpr Phrase controls_none{"aucun", "none"};
inline constexpr Phrase controls_not_shown{"non montrés", "not shown"};

inline constexpr Phrase use_weighed{"pesée avec la zone", "weighed with the zone"};
inline constexpr Phrase use_inconclusive{"aucun effet", "no effect"};
inline constexpr Phrase use_no_rates{"non pesée : aucun taux d’erreur déclaré", "not weighed: no rate of error is stated"};
inline constexpr Phrase use_no_miss_rate{
    "non pesée : personne n’a indiqué à quelle fréquence un marqueur présent n’est pas lu",
    "not weighed: nobody stated how often marker that is there is not read"};
inline constexpr Phrase use_nothing_seen{"non pesée : rien n’a été vu sur la zone", "not weighed: nothing was seen on the zone"};
inline constexpr Phrase use_no_finding{"non pesée : rien d’autre ne parle de la zone", "not weighed: nothing else tells of the zone"};

inline constexpr Phrase heading_reading{"Lecture {id} : {zone}", "Reading {id}: {zone}"};
inline constexpr Phrase factor_lot{
    "Ce résultat est environ {factor} fois plus probable si la matière est du lot {lot} que si elle est d’une autre nature.",
    "This result is about {factor} times more probable if the material is of lot {lot} than if it is of another nature."};
inline constexpr Phrase factor_other_lot{
    "Ce résultat est environ {factor} fois plus probable si la matière est d’un autre lot que si elle est du lot {lot}.",
    "This result is about {factor} times more probable if the material is of another lot than if it is of lot {lot}."};
inline constexpr Phrase factor_no_code{
    "Ce résultat est environ {factor} fois plus probable si la matière est d’une autre nature que si elle est du lot {lot}.",
    "This result is about {factor} times more probable if the material is of another nature than if it is of lot {lot}."};
inline constexpr Phrase rates_stated{
    "Taux d’erreur déclarés : laboratoire {laboratory}, écriture {clerical}.",
    "Stated rates of error: laboratory {laboratory}, clerical {clerical}."};
inline constexpr Phrase rates_assumed{
    "Aucun taux d’erreur n’est déclaré : {laboratory} est retenu, et aucun rapport ne dépasse {largest}.",
    "No rate of error is stated: {laboratory} is taken, and no ratio exceeds {largest}."};
inline constexpr Phrase history_some{
    "Témoins négatifs du laboratoire jusqu’ici, positifs : {positive} sur {all} (intervalle exact à 95 % : de {low} à "
    "{high}) ; une contamination sporadique est comptée jusqu’à {bound}.",
    "Negative controls of the laboratory up to now, positive: {positive} of {all} (exact 95% interval: {low} to {high}); "
    "sporadic contamination is counted up to {bound}."};
inline constexpr Phrase history_none_positive{
    "Témoins négatifs du laboratoire jusqu’ici : aucun positif sur {all}, soit au plus {bound} (règle de trois, 3/{all}).",
    "Negative controls of the laboratory up to now: none of {all} positive, so at most {bound} (rule of three, 3/{all})."};
inline constexpr Phrase one_in{"1 sur {number}", "1 in {number}"};
inline constexpr Phrase rarer_than{"moins de 1 sur {number}", "less than 1 in {number}"};
inline constexpr Phrase false_match{
    "Un code étranger au registre y passerait pour l’un des {lots} lots avec une probabilité de {p} (intervalle à 95 % : "
    "de {low} à {high}).",
    "A code that is not in the registry would pass for one of its {lots} lots with a probability of {p} (95% interval: "
    "{low} to {high})."};
inline constexpr Phrase false_match_at_most{
    "Un code étranger au registre y passerait pour l’un des {lots} lots avec une probabilité d’au plus {p}.",
    "A code that is not in the registry would pass for one of its {lots} lots with a probability of at most {p}."};
inline constexpr Phrase reading_reason{"Motif : {text}.", "Reason: {text}."};
inline constexpr Phrase handled_read{
    "Élimination : le lot {lot}, lu ici, est passé par {by}, {role}.",
    "Elimination: lot {lot}, read here, passed through {by}, {role}."};
inline constexpr Phrase handled_not_read{
    "Élimination : le lot {lot}, qui n’est pas lu ici, est passé par {by}, {role}.",
    "Elimination: lot {lot}, not read here, passed through {by}, {role}."};
inline constexpr Phrase role_arrested{"qui a interpellé", "who arrested"};
inline constexpr Phrase role_searched{"qui a fouillé", "who searched"};
inline constexpr Phrase role_swabbed{"qui a prélevé", "who swabbed"};
inline constexpr Phrase role_analysed{"qui a analysé", "who analysed"};
inline constexpr Phrase role_carried{"qui a transporté la personne", "which carried the person"};
inline constexpr Phrase handled_nothing{
    "Élimination : d’après le registre, aucun lot n’est passé par ceux qui ont interpellé, fouillé, prélevé ou analysé.",
    "Elimination: by the registry, no lot passed through those who arrested, searched, swabbed or analysed."};
inline constexpr Phrase handled_nobody{
    "Élimination : l’affaire ne dit pas qui a interpellé, fouillé, prélevé et analysé ; les lots passés entre leurs mains "
    "n’ont pas pu être recherchés.",
    "Elimination: the case does not say who arrested, searched, swabbed and analysed; lots that passed through their "
    "hands could not be looked for."};
inline constexpr Phrase handled_no_registry{
    "Élimination : sans registre, les lots passés entre les mains des intervenants n’ont pas pu être recherchés.",
    "Elimination: without a registry, lots that passed through the hands of those who acted could not be looked for."};
inline constexpr Phrase reported_from{"Document : {source}.", "Document: {source}."};
inline constexpr Phrase readings_together{
    "Plusieurs lectures sont du même laboratoire, de la même série ou du même analyste, ou rien ne dit le contraire : une "
    "même erreur peut les fausser ensemble, et leurs codes réunis ne valent pas plus que le meilleur d’entre eux.",
    "Several readings are of one laboratory, run or examiner, or nothing says otherwise: one error may make them wrong "
    "together, and their codes together are worth no more than the best of them."};

inline constexpr Phrase readings_of_zone{
    "{zone} : les lectures {ids} sont réunies en une seule, de facteur {factor} {for} : ce sont des regards sur un même "
    "prélèvement. Ce qui a pu les fausser toutes (une étiquette, un autre code voisin par hasard) est compté une fois, ce "
    "qui est propre à un laboratoire une fois par laboratoire ; elles ne valent jamais plus que ce que ces taux permettent.",
    "{zone}: readings {ids} are taken together as one, with a factor of {factor} {for}: they are looks at one swab. What may "
    "have made them all wrong (a label, another code that lies near by chance) is counted once, what is a laboratory’s own "
    "once for each laboratory; they are never worth more than these rates allow."};
inline constexpr Phrase for_lot{"en faveur du lot {lot}", "for lot {lot}"};
inline constexpr Phrase against_lot{"contre le lot {lot}", "against lot {lot}"};

inline constexpr Phrase value_without_codes{
    "Avec les lectures du code, le rapport de vraisemblance vaut {with} ; sans elles, il vaudrait {without}. La "
    "différence tient à ce que le code dit d’autres matières et d’autres lots, jamais à la manière dont la matière est "
    "venue.",
    "With the readings of the code the likelihood ratio is {with}; without them it would be {without}. The difference "
    "comes from what the code says of other materials and other lots, never from how the material got there."};
inline constexpr Phrase value_codes_change_nothing{
    "Les lectures du code ne changent pas ce rapport au chiffre donné : elles sont presque aussi probables dans les deux "
    "cas.",
    "The readings of the code do not change this ratio at the figure given: they are almost equally probable either way."};
inline constexpr Phrase registry_role{"registre des lots", "registry of lots"};
inline constexpr Phrase from_reading{"lecture {id} du code", "reading {id} of the code"};
inline constexpr Phrase method_codes{
    "Lectures du code : les témoins d’abord ; chaque fichier est comparé à tous les lots du registre, insertions et "
    "délétions comprises ; une erreur commune à plusieurs lectures est comptée comme une seule.",
    "Readings of the code: controls first; each file is compared with all lots of the registry, insertions and deletions "
    "included; an error common to several readings is counted as one."};

// clang-format on

} // namespace cmq::report::phrases
