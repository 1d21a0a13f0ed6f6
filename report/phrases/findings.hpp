// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of what was found: captures, pictures, traces, blanks, zones, and what follows from them.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_findings{"Les observations", "The findings"};

// Zones
inline constexpr Phrase zones_examined{"Zones examinées", "Zones examined"};
inline constexpr Phrase zone{"Zone", "Zone"};
inline constexpr Phrase finding{"Observation", "Finding"};
inline constexpr Phrase origin{"Origine", "Origin"};
inline constexpr Phrase found_detected{"traces détectées", "traces detected"};
inline constexpr Phrase found_nothing{
    "examinée, rien n’a été détecté (limite : {limit})",
    "examined, nothing was detected (limit: {limit})"};
inline constexpr Phrase limit_unknown{"non établie", "not established"};
inline constexpr Phrase found_count{"particules comptées : {count}", "particles counted: {count}"};
inline constexpr Phrase found_amount{
    "quantité totale : {value} fois la limite de détection",
    "total amount: {value} times the detection limit"};
inline constexpr Phrase from_captures{"mesuré sur la capture {captures}", "measured on capture {captures}"};
inline constexpr Phrase from_document{
    "{document} : « {words} »",
    "{document}: “{words}”"};
inline constexpr Phrase document_page{"{document}, p. {page}", "{document}, p. {page}"};
inline constexpr Phrase grade_reported{
    "rapporté, non mesuré pour cette affaire",
    "reported, not measured for this case"};
inline constexpr Phrase no_findings{
    "Le fichier de l’affaire ne contient aucune observation.",
    "The case holds no finding."};
inline constexpr Phrase screened{
    "Personnes contrôlées sous lampe à ultraviolets : {checked} ; présentant une fluorescence : {glowing}.",
    "{checked} people were checked under an ultraviolet lamp, of whom {glowing} showed fluorescence."};

// A capture
inline constexpr Phrase heading_capture{"Capture {id} : {zone}", "Capture {id}: {zone}"};
inline constexpr Phrase capture_traces{
    "Traces détectées : {count}. Sur une image qui n’en contient aucune, le réglage choisi en annonce à tort "
    "{expected} en moyenne.",
    "Traces detected: {count}. On a picture that holds none, the chosen setting reports {expected} false ones "
    "on average."};
inline constexpr Phrase capture_nothing{
    "Rien n’a été détecté sur cette capture. Cela ne veut pas dire qu’il n’y avait rien : une trace plus "
    "faible que la limite de détection a pu échapper à l’examen.",
    "Nothing was detected on this capture. That does not mean that there was nothing: a trace below the detection "
    "limit may have been missed."};
inline constexpr Phrase capture_darker{
    "Cette capture est prise en lumière ordinaire : ce qui a été recherché est ce qui prend la lumière, plus sombre que ce qui "
    "l’entoure. Chaque flux est la lumière prise, non une lumière émise.",
    "This capture was taken in ordinary light: what was sought is what takes light away, darker than what surrounds it. Each "
    "flux is the light that is taken, not light given off."};
inline constexpr Phrase areas_found{
    "Lumière trop étendue pour être une trace, zones relevées sur cette capture : {count}. Leur nombre n’est "
    "l’objet d’aucune promesse.",
    "Light too wide to be a trace, areas told on this capture: {count}. No promise is made on their number."};
inline constexpr Phrase areas_found_darker{
    "Zones sombres trop étendues pour être des traces, relevées sur cette capture : {count}. Leur nombre n’est l’objet d’aucune "
    "promesse.",
    "Dark areas too wide to be traces, told on this capture: {count}. No promise is made on their number."};
inline constexpr Phrase more_areas{
    "Les {shown} premières zones de {count} sont décrites ; l’annexe les donne toutes.",
    "The first {shown} of {count} areas are described; the annex gives them all."};
inline constexpr Phrase with_areas{
    "Lumière des traces et de ces zones ensemble, rien n’étant compté deux fois : {total} DN (incertitude type {sigma} DN), sans "
    "promesse. Les blancs et la limite se comparent à la lumière des seules traces : {traces} DN.",
    "Light of the traces and these areas together, nothing counted twice: {total} DN (standard uncertainty {sigma} DN), without a "
    "promise. Blanks and limit are compared with the light of the traces alone: {traces} DN."};
inline constexpr Phrase with_areas_least{
    "Lumière des traces et de ces zones ensemble, rien n’étant compté deux fois : au moins {total} DN (incertitude type {sigma} DN), "
    "sans promesse. Les blancs et la limite se comparent à la lumière des seules traces : {traces} DN.",
    "Light of the traces and these areas together, nothing counted twice: at least {total} DN (standard uncertainty {sigma} DN), "
    "without a promise. Blanks and limit are compared with the light of the traces alone: {traces} DN."};
inline constexpr Phrase areas_unmeasured{
    "Une de ces zones au moins n’est mesurée par aucune trace : cette capture ne peut donc donner ni « non détecté » ni une "
    "quantité.",
    "At least one of these areas is measured by no trace: this capture can therefore give neither 'not detected' nor an amount."};
inline constexpr Phrase capture_limit{
    "Limite de détection (une chance sur deux d’être vue) : {limit}.",
    "Detection limit (an even chance of being seen): {limit}."};
inline constexpr Phrase tail_raised{
    "Le bruit de l’image a plus d’écarts forts que le modèle ne le prévoit ; le seuil a été relevé d’un "
    "facteur {factor}.",
    "The noise of the picture has more large deviations than the model foresees; the threshold was raised by a "
    "factor of {factor}."};
inline constexpr Phrase view_untouched{"Image sans repère", "Picture without marks"};
inline constexpr Phrase view_marked{"La même, traces entourées", "The same, traces circled"};
inline constexpr Phrase view_nothing{"La même, aucune trace détectée", "The same, no trace detected"};
inline constexpr Phrase view_caption{
    "Capture {id} ({role}), {region}. Couleurs propres au capteur, sans balance des blancs ni accentuation ; "
    "un pixel = {side} × {side} photosites ; de {low} à {high} DN, gamma {gamma}.",
    "Capture {id} ({role}), {region}. The sensor’s own colours, no white balance or sharpening; one pixel = "
    "{side} × {side} photosites; from {low} to {high} DN, gamma {gamma}."};
inline constexpr Phrase view_marked_caption{
    "Même image, même rendu. Les cercles sont ajoutés par le programme ; leurs numéros sont ceux du tableau.",
    "Same picture, same rendering. The circles are added by the program; their numbers are those of the table."};
inline constexpr Phrase view_nothing_caption{
    "Même image, même rendu. Le programme n’a rien entouré.",
    "Same picture, same rendering. The program circled nothing."};
inline constexpr Phrase significance_title{
    "La même, significativité en fausses couleurs", "The same, significance in false colours"};
inline constexpr Phrase significance_caption{
    "Ce qui dépasse du bruit, par cellule de 2 × 2 photosites. La bande du haut va, sur une échelle logarithmique, d’un rapport "
    "signal sur bruit de {low} (bord d’une trace, violet sombre) à {high} (jaune clair) ; le trait noir est le seuil d’une trace, "
    "{threshold}. Gris clair : moins que le bord ; gris foncé : non examiné. Ce qui est coloré sans atteindre le seuil n’est pas "
    "une trace.",
    "What stands out of the noise, by cell of 2 × 2 photosites. The bar on top runs, on a logarithmic scale, from a signal-to-noise of "
    "{low} (border of a trace, dark violet) to {high} (light yellow); the black line is the threshold of a trace, "
    "{threshold}. Light grey: less than the border; dark grey: not examined. What is coloured without reaching the threshold is no "
    "trace."};
inline constexpr Phrase significance_alt{
    "Carte de significativité de la capture {id}, en fausses couleurs. Traces détectées : {count}.",
    "Map of the significance of capture {id}, in false colours. Traces detected: {count}."};
inline constexpr Phrase no_data_caption{
    "En pourpre : photosites sans donnée.",
    "In purple: photosites without data."};
inline constexpr Phrase region_whole{"image entière", "whole picture"};
inline constexpr Phrase region_part{
    "détail à partir du photosite ({x} ; {y}), {width} × {height} photosites",
    "detail from photosite ({x}, {y}), {width} × {height} photosites"};
inline constexpr Phrase view_alt{
    "Image de la capture {id}, {role}, zone {zone}. Traces détectées : {count}.",
    "Picture of capture {id}, {role}, zone {zone}. Traces detected: {count}."};
inline constexpr Phrase neighbour_alt{
    "Image de la capture {id}, {role}, zone {zone}.",
    "Picture of capture {id}, {role}, zone {zone}."};

// The table of traces
inline constexpr Phrase traces_caption{
    "Traces de la capture {id}. Position en photosites depuis le coin supérieur gauche ; aire en cellules de "
    "2 × 2 photosites ; {flux} en DN (valeurs numériques du capteur), par plan, avec son incertitude type ; S/B : rapport du signal "
    "au bruit ; FA : nombre de fausses traces aussi marquées attendues dans l’image, 10^−30 ou moins étant noté ≤ 10^−30 ; sat. : saturée, le flux est un minimum.",
    "Traces of capture {id}. Position in photosites from the top left corner; area in cells of 2 × 2 photosites; "
    "{flux} in DN (digital numbers of the sensor), for each plane, with its standard uncertainty; S/N: signal-to-noise ratio; FA: "
    "number of false traces as strong expected in the picture, 10^−30 or less being given as ≤ 10^−30; sat.: saturated, the flux is a minimum."};
inline constexpr Phrase flux_above{"flux au-dessus du fond", "flux above background"};
inline constexpr Phrase flux_taken{"flux : lumière prise au fond", "flux: light taken from the background"};
inline constexpr Phrase trace{"Trace", "Trace"};
inline constexpr Phrase position{"Position (x ;\u00A0y)", "Position (x,\u00A0y)"};
inline constexpr Phrase position_value{"{x} ;\u00A0{y}", "{x},\u00A0{y}"};
inline constexpr Phrase area{"Aire", "Area"};
inline constexpr Phrase flux_red{"Rouge", "Red"};
inline constexpr Phrase flux_green1{"Vert 1", "Green 1"};
inline constexpr Phrase flux_green2{"Vert 2", "Green 2"};
inline constexpr Phrase flux_blue{"Bleu", "Blue"};
inline constexpr Phrase snr{"S/B", "S/N"};
inline constexpr Phrase false_alarms{"FA", "FA"};
inline constexpr Phrase saturated{" (sat.)", " (sat.)"};
inline constexpr Phrase more_traces{
    "Les {shown} traces les plus marquées sur {count} ; toutes figurent dans note.json.",
    "The {shown} strongest of {count} traces; all are in note.json."};

// Blanks
inline constexpr Phrase heading_blanks{"Comparaison avec les blancs", "Comparison with the blanks"};
inline constexpr Phrase blanks_caption{
    "Flux total mesuré de la même façon sur chaque capture, quatre plans ensemble, en DN.",
    "Total flux measured in the same way on each capture, four planes together, in DN."};
inline constexpr Phrase blanks_darker{
    "Ces flux sont la lumière prise ; les blancs ont été mesurés de ce même côté.",
    "These fluxes are light that is taken away; the blanks were measured on that same side."};
inline constexpr Phrase blanks_row{"Blanc : capture {id}", "Blank: capture {id}"};
inline constexpr Phrase evidence_row{"Zone examinée : capture {id}", "Zone examined: capture {id}"};
inline constexpr Phrase critical_row{
    "Valeur critique (nombre de blancs : {count})",
    "Critical value (number of blanks: {count})"};
inline constexpr Phrase total_flux{"Flux total (DN)", "Total flux (DN)"};
inline constexpr Phrase cannot_be_given{"ne peut être donnée", "cannot be given"};
inline constexpr Phrase above_critical{
    "Le total de la zone examinée dépasse la valeur critique (loi de Student unilatérale à 5 %, {count} blancs).",
    "The total of the zone examined exceeds the critical value (one-sided Student t at 5%, {count} blanks)."};
inline constexpr Phrase below_critical{
    "Le total de la zone examinée ne dépasse pas la valeur critique (loi de Student unilatérale à 5 %, {count} "
    "blancs) : l’observation retenue est « non détecté », quoi que montre l’image.",
    "The total of the zone examined does not exceed the critical value (one-sided Student t at 5%, {count} blanks): "
    "the finding is “not detected”, whatever the picture shows."};
inline constexpr Phrase no_critical{
    "Avec moins de deux blancs, la valeur critique ne peut pas être donnée : l’écart d’un support vierge à "
    "l’autre n’est pas connu, et la détection ne repose que sur le bruit de l’image.",
    "With fewer than two blanks the critical value cannot be given: how much one clean support differs from another "
    "is not known, and the detection rests on the noise of the picture alone."};
inline constexpr Phrase critical_of_zeros{
    "Rien n’a été trouvé sur aucun des {count} blancs. Des blancs exactement nuls ne disent rien de leur "
    "dispersion : une valeur critique ne peut en être calculée, 0 en tient lieu, et toute trace la dépasse. Un examen "
    "de toutes les captures qui admet plus de fausses traces, ou des blancs plus nombreux, la donnerait.",
    "Nothing was found on any of the {count} blanks. Blanks of exact zero tell nothing of their spread: no critical "
    "value can be reckoned from them, 0 stands for it, and any trace exceeds it. An examination of all captures that "
    "admits more false traces, or more blanks, would give one."};

// What the findings can and cannot show
inline constexpr Phrase heading_meaning{
    "Ce que ces observations montrent, et ne montrent pas",
    "What these findings show, and do not show"};
inline constexpr Phrase meaning_glow{
    "Une fluorescence sous lampe à ultraviolets n’identifie pas un produit. D’autres matières en émettent : "
    "azurants optiques des textiles et papiers, vitamine B2, encre de surligneur, résidus végétaux, certains "
    "aérosols au poivre.",
    "Fluorescence under an ultraviolet lamp does not identify a product. Other materials emit it: optical "
    "brighteners in textiles and paper, vitamin B2, highlighter ink, plant residues, some pepper sprays."};
inline constexpr Phrase meaning_darker{
    "Une marque plus sombre que ce qui l’entoure, vue en lumière ordinaire, n’identifie pas un produit. Bien d’autres choses "
    "assombrissent : salissure, humidité, ombre ou pli, couture, impression, encre, sang, maquillage, aliment.",
    "A mark darker than what surrounds it, seen in ordinary light, does not identify a product. Many other things darken: dirt, "
    "damp, a shadow or fold, a seam, print, ink, blood, make-up, food."};
inline constexpr Phrase meaning_darker_amount{
    "La lumière prise croît moins vite que la quantité de produit : une quantité n’est donnée que si aucune trace ne prend, en "
    "moyenne sur son étendue, plus d’un dixième de la lumière ; au-delà, l’observation retenue est « traces détectées ».",
    "The light that is taken grows more slowly than the amount of marker: an amount is given only where no trace takes, on average "
    "over its extent, more than a tenth of the light; beyond that the finding is “traces detected”."};
inline constexpr Phrase meaning_darker_words{
    "Là où cette note parle d’une autre matière fluorescente, il s’agit, pour ces captures, de toute autre chose qui assombrit.",
    "Where this note speaks of another fluorescent material, what is meant for these captures is anything else that darkens."};
inline constexpr Phrase meaning_colour_darker{
    "La couleur seule ne permet pas de distinguer de ces matières une petite trace sombre.",
    "A small dark mark cannot be told apart from these by colour alone."};
inline constexpr Phrase meaning_colour{
    "La couleur seule ne permet pas de distinguer de ces matières une petite trace jaune-vert sur une main.",
    "A small yellow-green mark on a hand cannot be told apart from these materials by colour alone."};
inline constexpr Phrase meaning_code_read{
    "Un code lu désigne un lot, non un tir : entre un tir, un contact et une contamination par un même lot, il "
    "n’apporte rien.",
    "A code that was read designates a lot, not a shot: between a shot, a contact and a contamination from one lot it "
    "says nothing."};
inline constexpr Phrase meaning_code_not_read{
    "Aucun code n’a été lu : l’appartenance à un lot n’est pas établie.",
    "No code was read: it is not established that the mark belongs to any given lot."};
inline constexpr Phrase meaning_route{
    "Même si la trace est le produit de marquage, sa seule présence ne dit pas comment elle est venue : tir "
    "direct, contact avec une personne ou un objet marqué, garde à vue, laboratoire.",
    "Even if the mark is the marker, its mere presence does not say how it got there: direct hit, contact with a "
    "marked person or object, custody, laboratory."};
inline constexpr Phrase meaning_nothing{
    "« Non détecté » dépend de la lampe, du filtre et de la limite de détection ; cela ne vaut que pour les zones "
    "examinées.",
    "“Not detected” depends on lamp, filter and detection limit; it holds only for the zones examined."};
inline constexpr Phrase meaning_reported{
    "Une observation rapportée par un document n’a pas pu être vérifiée sur une image.",
    "A finding reported in a document could not be checked on a picture."};
inline constexpr Phrase meaning_offence{
    "Rien ici ne porte sur l’infraction : avoir été marqué n’est pas avoir commis un acte.",
    "Nothing here bears on the offence: to have been marked is not to have committed an act."};

// Roles of captures
inline constexpr Phrase role_evidence{"zone examinée", "zone examined"};
inline constexpr Phrase role_blank{"blanc", "blank"};
inline constexpr Phrase role_reference{"référence", "reference"};
inline constexpr Phrase role_reference_lot{"référence du lot", "reference of the lot"};
inline constexpr Phrase role_ambient{"lumière ambiante", "ambient light"};
inline constexpr Phrase role_visible{"lumière visible", "visible light"};
inline constexpr Phrase role_dark{"image d’obscurité", "dark frame"};
inline constexpr Phrase role_flat{"champ uniforme", "flat field"};
inline constexpr Phrase role_joined{"autre filtre ou lampe", "another filter or lamp"};
inline constexpr Phrase role_scale{"échelle", "scale"};

// clang-format on

} // namespace cmq::report::phrases
