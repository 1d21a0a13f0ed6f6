// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of what is missing from the file, why it matters, and of the questions for the expert.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_missing{
    "Ce qui manque au dossier et pourrait être demandé",
    "What is missing from the file and could be requested"};
inline constexpr Phrase missing_intro{
    "Liste établie par le programme d’après le fichier de l’affaire. Chaque élément peut faire varier le nombre dans "
    "un sens ou dans l’autre.",
    "List drawn up by the program from the content of the case. Each item may move the number either way."};
inline constexpr Phrase missing_caption{"Éléments à demander", "Items to request"};
inline constexpr Phrase missing_what{"Élément", "Item"};
inline constexpr Phrase missing_why{"Ce qu’il permettrait", "What it would allow"};
inline constexpr Phrase missing_effects{"Ce que le rapport pourrait devenir", "What the ratio could become"};
inline constexpr Phrase missing_effects_intro{
    "La dernière colonne donne, pour chaque comparaison, ce que deviendrait le rapport de vraisemblance aux deux bornes "
    "de l’intervalle du paramètre que l’élément permettrait de mesurer ; s’il en éclaire plusieurs, de celui qui pèse le "
    "plus. « Non chiffré » : aucun paramètre ne représente à lui seul l’élément ; l’effet peut être grand.",
    "The last column gives, for each comparison, what the likelihood ratio would become at the two ends of the range of "
    "the parameter that the item would allow to be measured; where it bears on several, of the one that weighs most. "
    "“Not computed”: no single parameter stands for the item; its effect may be large."};
inline constexpr Phrase missing_effect{
    "{first}/{second} : {ratio_low} ({parameter} : {low}) ; {ratio_high} ({high})",
    "{first}/{second}: {ratio_low} ({parameter}: {low}); {ratio_high} ({high})"};
inline constexpr Phrase missing_no_effect{"non chiffré", "not computed"};
inline constexpr Phrase missing_of{"{item} ({details})", "{item} ({details})"};

inline constexpr Phrase raw_files{
    "Photographies des traces sous ultraviolets, en fichiers bruts (RAW) de l’appareil",
    "Photographs of the marks under ultraviolet, as the camera’s RAW files"};
inline constexpr Phrase raw_files_why{
    "vérifier l’observation, mesurer la quantité, comparer à un blanc",
    "check the finding, measure the amount, compare with a blank"};
inline constexpr Phrase blanks{
    "Au moins deux blancs : support vierge de même nature, mêmes lampe, filtre et réglages",
    "At least two blanks: clean support of the same kind, same lamp, filter and settings"};
inline constexpr Phrase blanks_why{
    "fixer la valeur critique, en deçà de laquelle rien n’est détecté",
    "set the critical value, below which nothing is detected"};
inline constexpr Phrase dark_frame{
    "Image d’obscurité (objectif couvert, mêmes réglages)",
    "Dark frame (lens covered, same settings)"};
inline constexpr Phrase dark_frame_why{
    "écarter les photosites défectueux et mesurer le bruit",
    "rule out defective photosites and measure the noise"};
inline constexpr Phrase lot_reference{
    "Image de référence du lot de produit utilisé, mêmes lampe, filtre et appareil",
    "Reference picture of the lot of marker used, same lamp, filter and camera"};
inline constexpr Phrase lot_reference_why{
    "comparer la couleur de la trace à celle du produit ; exprimer la quantité en limites de détection",
    "compare the mark’s colour with the marker’s; give the amount in detection limits"};
inline constexpr Phrase ambient{
    "Image de la même zone en lumière ambiante, lampe éteinte",
    "Picture of the same zone in ambient light, lamp off"};
inline constexpr Phrase ambient_why{
    "retrancher la lumière qui ne vient pas de la lampe",
    "subtract light that does not come from the lamp"};
inline constexpr Phrase visible{
    "Image de la même zone en lumière visible",
    "Picture of the same zone in visible light"};
inline constexpr Phrase visible_why{
    "reconnaître salissures, plaies, encres et coutures",
    "recognise dirt, wounds, inks and seams"};
inline constexpr Phrase scale{
    "Échelle dans l’image, ou taille d’un photosite sur le sujet",
    "Scale in the picture, or size of a photosite on the subject"};
inline constexpr Phrase scale_why{
    "donner la taille des traces",
    "give the size of the marks"};
inline constexpr Phrase lamp{
    "Lampe employée : longueur d’onde, puissance, distance, obscurité de la pièce",
    "Lamp used: wavelength, power, distance, darkness of the room"};
inline constexpr Phrase lamp_why{
    "savoir quelles matières pouvaient luire, et ce qui pouvait être vu",
    "know which materials could glow, and what could be seen"};
inline constexpr Phrase filter{
    "Filtre ou lunettes employés",
    "Filter or goggles used"};
inline constexpr Phrase filter_why{
    "savoir quelles couleurs parvenaient à l’œil ou au capteur",
    "know which colours reached the eye or the sensor"};
inline constexpr Phrase unexamined{
    "Examen des autres zones",
    "Examination of the other zones"};
inline constexpr Phrase unexamined_why{
    "un tir et un contact ne laissent pas le même dessin ; ce qui n’a rien donné compte autant que le reste",
    "a shot and a contact do not leave the same pattern; what showed nothing counts as much as the rest"};
inline constexpr Phrase glove_log{
    "Relevé des changements de gants lors de l’interpellation, de la fouille et du prélèvement",
    "Log of glove changes during arrest, search and swabbing"};
inline constexpr Phrase glove_log_why{
    "évaluer un apport par les gants",
    "weigh a transfer by gloves"};
inline constexpr Phrase who_fired{
    "Numéros des agents qui ont manipulé, tiré, interpellé, fouillé, prélevé ; véhicule et local employés",
    "Numbers of the officers who handled, fired, arrested, searched, swabbed; vehicle and room used"};
inline constexpr Phrase who_fired_why{
    "savoir si une même personne a touché au produit et à la personne contrôlée",
    "know whether one person touched both the marker and the person checked"};
inline constexpr Phrase code_reading{
    "Lecture du code par un laboratoire, avec témoins négatif et positif, et une moitié du prélèvement "
    "conservée sous scellé",
    "Reading of the code by a laboratory, with negative and positive controls, and half of the swab kept under seal"};
inline constexpr Phrase code_reading_why{
    "savoir si la trace est le produit de marquage, et de quel lot",
    "know whether the mark is the marker, and of which lot"};
inline constexpr Phrase lot_register{
    "Registre des lots : ouverts, tirés, utilisés en formation ou en démonstration",
    "Register of lots: opened, fired, used in training or demonstrations"};
inline constexpr Phrase lot_register_why{
    "écarter ou retenir une autre occasion d’avoir rencontré le même lot",
    "rule in or out another occasion of meeting the same lot"};
inline constexpr Phrase population{
    "Nombre de personnes contrôlées sous lampe, et nombre de celles qui présentaient une fluorescence",
    "Number of people checked under the lamp, and number of those who showed fluorescence"};
inline constexpr Phrase population_why{
    "mesurer l’effet du criblage d’une foule",
    "measure the effect of screening a crowd"};
inline constexpr Phrase look_alike{
    "Fréquence des fluorescences semblables dans la population pertinente",
    "Frequency of similar fluorescence in the relevant population"};
inline constexpr Phrase look_alike_why{
    "donner un nombre qui ne suppose pas que la trace est le produit",
    "give a number that does not assume that the mark is the marker"};
inline constexpr Phrase product_data{
    "Mesures sur le produit même : quantité déposée par une bille, temps de séchage, transfert, persistance",
    "Measurements on the product itself: load of a pellet, drying time, transfer, persistence"};
inline constexpr Phrase product_data_why{
    "remplacer les valeurs d’autres matières et les avis d’expert des hypothèses de calcul",
    "replace the values from other materials and the expert judgements among the assumptions"};
inline constexpr Phrase laboratory_validation{
    "Validation de la méthode du laboratoire : limite de détection, taux de faux positifs, essais à l’aveugle",
    "Validation of the laboratory’s method: detection limit, rate of false positives, blind tests"};
inline constexpr Phrase laboratory_validation_why{
    "lever le plafond fixé aux nombres non validés",
    "lift the cap put on numbers without validation"};
inline constexpr Phrase examination_time{
    "Heures du tir, des contacts allégués, de l’interpellation et de l’examen sous lampe",
    "Times of the shot, the alleged contacts, the arrest and the examination under the lamp"};
inline constexpr Phrase examination_time_why{
    "le produit sèche et s’élimine : quelques minutes peuvent changer le nombre",
    "the product dries and wears off: a few minutes may change the number"};
inline constexpr Phrase propositions_record{
    "Date et auteur du choix des propositions, avant tout résultat",
    "Date and author of the choice of the propositions, before any result"};
inline constexpr Phrase propositions_record_why{
    "montrer que les propositions n’ont pas été écrites d’après les résultats",
    "show that the propositions were not written from the results"};

inline constexpr Phrase heading_questions{"Questions à l’expert", "Questions for the expert"};
inline constexpr Phrase question_propositions{
    "Quelles propositions avez-vous comparées, qui les a choisies, et connaissiez-vous alors les résultats ?",
    "Which propositions did you compare, who chose them, and did you know the results at that point?"};
inline constexpr Phrase question_both{
    "Quelle est, selon vous, la probabilité de ces observations si chacune des deux propositions est vraie, et sur "
    "quelles données vous fondez-vous ?",
    "What, in your view, is the probability of these findings if each of the two propositions is true, and on which "
    "data do you rely?"};
inline constexpr Phrase question_lamp{
    "Avec quelle lampe, quel filtre et à quelle distance l’examen a-t-il été fait, et quelle quantité y serait passée "
    "inaperçue ?",
    "With which lamp, filter and distance was the examination made, and what amount of marker would have gone "
    "unseen?"};
inline constexpr Phrase question_blanks{
    "Combien de blancs ont été examinés dans les mêmes conditions, et qu’ont-ils donné ?",
    "How many blanks were examined under the same conditions, and what did they show?"};
inline constexpr Phrase question_look_alike{
    "Sur combien de personnes non marquées une fluorescence semblable a-t-elle été recherchée, et sur combien "
    "a-t-elle été vue ?",
    "On how many unmarked people was similar fluorescence looked for, and on how many was it seen?"};
inline constexpr Phrase question_code{
    "Le code a-t-il été lu, avec quels témoins, et ce lot a-t-il servi à d’autres occasions ?",
    "Was the code read, with which controls, and was this lot used on other occasions?"};
inline constexpr Phrase question_transfer{
    "Quelles mesures de transfert, de séchage et de persistance ont été faites sur ce produit ?",
    "Which measurements of transfer, drying and persistence were made on this product?"};
inline constexpr Phrase question_contamination{
    "Quelles précautions ont séparé ceux qui ont manipulé le produit de ceux qui ont interpellé, fouillé, prélevé "
    "et analysé ?",
    "Which precautions separated those who handled the marker from those who arrested, searched, swabbed and "
    "analysed?"};
inline constexpr Phrase question_unexamined{
    "Pourquoi ces zones n’ont-elles pas été examinées, ou qu’y a-t-on observé : {zones} ?",
    "Why were these zones not examined, or what was observed there: {zones}?"};
inline constexpr Phrase question_influential{
    "Quelle valeur retenez-vous pour le paramètre qui fait le plus varier le nombre ({parameter}), et d’où "
    "vient-elle ?",
    "Which value do you take for the parameter that moves the number most ({parameter}), and where does it come "
    "from?"};

// clang-format on

} // namespace cmq::report::phrases
