// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the figures of routes, detection, blanks, sizes and colours.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase routes_title{
    "Ce que chaque proposition suppose, dans le temps",
    "What each proposition includes, in time"};
inline constexpr Phrase routes_chart_caption{
    "Une ligne par zone ou objet, le temps de gauche à droite. Losange : dépôt de produit. Trait vertical : contact entre deux zones, "
    "par lequel le produit peut passer. Croix : lavage, changement de gants ou prélèvement. Carré : examen. Barre "
    "horizontale : incertitude de l’heure. La position dans le temps est celle de l’affaire ; elle n’est pas un résultat.",
    "One line a zone or object, time from left to right. Diamond: delivery of marker. Vertical stroke: contact of two zones, by "
    "which marker may pass. Cross: washing, change of gloves or swab. Square: examination. Horizontal bar: uncertainty of the time. Places in time are "
    "those of the case; they are not a result."};
inline constexpr Phrase routes_alt{
    "{count} zones ou objets, de {first} à {last}. {items}",
    "{count} zones or objects, from {first} to {last}. {items}"};
inline constexpr Phrase routes_axis{"heure", "time of day"};
inline constexpr Phrase routes_column_what{"Événement", "Event"};
inline constexpr Phrase routes_column_when{"Heure", "Time"};
inline constexpr Phrase routes_column_where{"Zones", "Zones"};
inline constexpr Phrase routes_column_of{"Selon", "Included by"};
inline constexpr Phrase routes_contaminations{"toutes les propositions", "every proposition"};
inline constexpr Phrase routes_examinations{"examens", "examinations"};
inline constexpr Phrase routes_examination{"examen", "examination"};
inline constexpr Phrase routes_when{"{time} ± {uncertainty} min", "{time} ± {uncertainty} min"};

inline constexpr Phrase network_title{
    "Les voies du produit selon {proposition}",
    "Routes of the marker under {proposition}"};
inline constexpr Phrase network_caption{
    "Coins ronds : origine du produit. Coins droits : zone ou objet ; bord épais : zone examinée. Les numéros suivent l’heure et "
    "désignent les mêmes faits dans tous les dessins ; un contact ne peut transmettre que ce qui est arrivé avant lui. Un numéro dans une case : "
    "lavage, changement de gants ou prélèvement. Le dessin montre ce que la proposition suppose ; il n’est pas un résultat.",
    "Round corners: origin of the marker. Square corners: zone or object; thick border: examined zone. Numbers follow the time and "
    "mean the same events in all drawings; a contact can only pass on what arrived before it. A number within a box: washing, change of gloves or "
    "swab. The drawing shows what the proposition includes; it is not a result."};
inline constexpr Phrase network_caption_again{
    "Mêmes signes et mêmes numéros que dans le dessin précédent.",
    "Same signs and same numbers as in the drawing before."};
inline constexpr Phrase network_alt{
    "Ce que {proposition} suppose, dans l’ordre du temps. {items}",
    "What {proposition} includes, in the order of time. {items}"};
inline constexpr Phrase network_too_large{
    "Les voies du produit selon {proposition}, trop nombreuses pour un dessin",
    "Routes of the marker under {proposition}, too many for a drawing"};
inline constexpr Phrase network_delivery{"dépôt de produit", "delivery of marker"};
inline constexpr Phrase network_contact{"contact", "contact"};
inline constexpr Phrase network_contamination{
    "contamination possible, dans toutes les propositions",
    "possible contamination, in every proposition"};
inline constexpr Phrase network_step{"{time} : {what}", "{time}: {what}"};
inline constexpr Phrase network_perhaps{
    "{what} (probabilité supposée : {probability})",
    "{what} (supposed probability: {probability})"};
inline constexpr Phrase network_item{"{number}. {step} ({where}).", "{number}. {step} ({where})."};
inline constexpr Phrase network_column_number{"N°", "No."};

inline constexpr Phrase curve_of_detection_title{
    "Ce qui serait vu, selon la quantité présente",
    "What would be seen, by the amount that is there"};
inline constexpr Phrase curve_of_detection_caption{
    "Probabilité de détecter une trace selon sa quantité, telle que le calcul la suppose : une demie à une limite de détection. Courbes "
    "pour les quantiles à 5, 50 et 95 % de la pente. Aucune n’a été mesurée sur le produit.",
    "Probability of detecting a mark by its amount, as the computation assumes it: one half at one detection limit. Curves for the 5, 50 and "
    "95% quantiles of the slope. None was measured on the marker."};
inline constexpr Phrase curve_of_detection_alt{
    "La probabilité de détection monte de 0 à 1 autour d’une limite de détection ; à la moitié, de {low} à {high}.",
    "The probability of detection rises from 0 to 1 around one detection limit; at half of it, from {low} to {high}."};
inline constexpr Phrase curve_of_detection_x{
    "quantité, en limites de détection",
    "amount, in detection limits"};
inline constexpr Phrase curve_of_detection_y{"probabilité de détecter", "probability of detection"};
inline constexpr Phrase by_instrument{"capture mesurée", "measured capture"};
inline constexpr Phrase by_eye{"œil et lampe", "eye and lamp"};
inline constexpr Phrase slope_series{"{how}, pente {slope}", "{how}, slope {slope}"};

inline constexpr Phrase blanks_title{
    "La capture {capture} et ses blancs",
    "Capture {capture} and its blanks"};
inline constexpr Phrase blanks_caption_chart{
    "Lumière totale mesurée sur chaque blanc et sur la capture. Ligne : valeur critique, au-delà de laquelle un résultat dépasse "
    "ce que montrent des blancs.",
    "Total light measured on each blank and on the capture. Line: critical value, beyond which a result exceeds what blanks show."};
inline constexpr Phrase blanks_alt{
    "{count} blancs de {low} à {high} DN ; valeur critique {critical} DN ; capture {total} DN.",
    "{count} blanks from {low} to {high} DN; critical value {critical} DN; capture {total} DN."};
inline constexpr Phrase blanks_y{"lumière totale, DN", "total light, DN"};
inline constexpr Phrase blanks_x{"captures", "captures"};
inline constexpr Phrase blanks_series{"blancs", "blanks"};
inline constexpr Phrase blanks_series_capture{"capture", "capture"};
inline constexpr Phrase blanks_series_critical{"valeur critique", "critical value"};

inline constexpr Phrase sizes_title{
    "Taille des traces de la capture {capture}",
    "Sizes of the traces of capture {capture}"};
inline constexpr Phrase sizes_caption{
    "Part des traces dont la surface ne dépasse pas celle indiquée. Surface : cellules au-dessus du seuil bas ; elle croît "
    "avec l’éclat et n’est pas la taille d’une gouttelette.",
    "Share of the traces whose area is no larger. Area: cells above the lower threshold; it grows with brightness and is not the size "
    "of a droplet."};
inline constexpr Phrase sizes_alt{
    "{count} traces, de {low} à {high} ; la moitié ne dépasse pas {median}.",
    "{count} traces, from {low} to {high}; half are no larger than {median}."};
inline constexpr Phrase sizes_x_mm{"surface, mm²", "area, mm²"};
inline constexpr Phrase sizes_x_cells{"surface, cellules de 2 × 2 photosites", "area, cells of 2 × 2 photosites"};
inline constexpr Phrase sizes_y{"part des traces", "share of the traces"};
inline constexpr Phrase sizes_column{"Surface", "Area"};

inline constexpr Phrase shares_title{
    "Couleur des traces de la capture {capture}",
    "Colours of the traces of capture {capture}"};
inline constexpr Phrase shares_caption{
    "Part du vert et du bleu dans la lumière de chaque trace ; les bras d’une croix sont une incertitude type.",
    "Share of green and of blue in the light of each trace; the arms of a cross are one standard uncertainty."};
inline constexpr Phrase shares_alt{
    "{count} traces ; part du vert de {low} à {high}.",
    "{count} traces; share of green from {low} to {high}."};
inline constexpr Phrase shares_x{"part du vert", "share of green"};
inline constexpr Phrase shares_y{"part du bleu", "share of blue"};
inline constexpr Phrase shares_marker{"plutôt le produit", "rather the marker"};
inline constexpr Phrase shares_other{"plutôt autre chose", "rather something else"};
inline constexpr Phrase shares_open{"indéterminé", "indeterminate"};
inline constexpr Phrase ratios_title{
    "Ce que la couleur des traces de la capture {capture} dit de leur origine",
    "What the colours of the traces of capture {capture} say of their source"};
inline constexpr Phrase ratios_caption{
    "Losange : rapport de vraisemblance de la couleur, le produit contre toute autre matière. Barre : du plus petit au plus grand rapport, "
    "selon l’autre matière à laquelle la trace est comparée. Losange creux : indéterminé, où qu’il soit ; de même sans losange. Partie grise : rapports entre 1/10 et 10, "
    "dont rien n’est tiré. L’axe finit à 1/1 000 et à 1 000.",
    "Diamond: likelihood ratio of the colour, the marker against any other material. Bar: from the least to the largest ratio, by the other "
    "material that the trace is set against. Hollow diamond: indeterminate, wherever it stands; so is a line without one. Grey part: ratios between 1/10 and 10, from which "
    "nothing follows. The axis ends at 1/1,000 and at 1,000."};
inline constexpr Phrase brightest_only{
    " Les traces les plus vives seulement : {count} sur {all}.",
    " The brightest traces only: {count} of {all}."};
inline constexpr Phrase ratios_alt_row{
    "{label} : {verdict}, rapport {value}.",
    "{label}: {verdict}, ratio {value}."};
inline constexpr Phrase ratios_trace{"trace {trace}", "trace {trace}"};
inline constexpr Phrase ratios_x{
    "rapport de vraisemblance de la couleur",
    "likelihood ratio of the colour"};
inline constexpr Phrase ratios_low{"Plus petit rapport", "Least ratio"};
inline constexpr Phrase ratios_value{"Rapport", "Ratio"};
inline constexpr Phrase ratios_high{"Plus grand rapport", "Largest ratio"};
inline constexpr Phrase ratios_verdict{"Conclusion", "Verdict"};
inline constexpr Phrase trace_column{"Trace", "Trace"};

// clang-format on

} // namespace cmq::report::phrases
