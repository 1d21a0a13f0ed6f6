// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of observations that were transcribed from a document.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_reported{"Observations rapportées par les documents", "Findings reported in documents"};
inline constexpr Phrase reported_intro{
    "Ces observations sont transcrites d’un document ; les données brutes n’ont pas été vues.",
    "These findings are transcribed from a document; the raw data were not seen."};
inline constexpr Phrase reported_zone{"Zone ou groupe", "Zone or group"};
inline constexpr Phrase reported_what{"Ce que le document rapporte", "What the document reports"};
inline constexpr Phrase reported_where{"Document", "Document"};
inline constexpr Phrase reported_caption{"Observations transcrites", "Transcribed findings"};

inline constexpr Phrase reported_glow{"fluorescence observée", "glow seen"};
inline constexpr Phrase reported_nothing{"zone examinée, rien n’a été vu", "zone examined, nothing was seen"};
inline constexpr Phrase reported_not_examined{"zone non examinée", "zone not examined"};
inline constexpr Phrase reported_count{"particules comptées : {count}", "particles counted: {count}"};
inline constexpr Phrase reported_amount{
    "{value} fois la limite de détection",
    "{value} times the detection limit"};
inline constexpr Phrase reported_reading{"code lu : {code}", "code read: {code}"};
inline constexpr Phrase reported_search{
    "personnes contrôlées : {checked} ; présentant une fluorescence : {glowing}",
    "{checked} people checked, {glowing} showed fluorescence"};
inline constexpr Phrase search_group{"personnes contrôlées", "people checked"};

inline constexpr Phrase reported_colour{"couleur notée : {colour}", "colour noted: {colour}"};
inline constexpr Phrase reported_size{"taille notée : {size} mm", "size noted: {size} mm"};
inline constexpr Phrase reported_lamp{"lampe : {lamp}", "lamp: {lamp}"};
inline constexpr Phrase reported_wavelength{"{wavelength} nm", "{wavelength} nm"};
inline constexpr Phrase reported_filter{"filtre : {filter}", "filter: {filter}"};
inline constexpr Phrase reported_distance{"à {distance} cm", "at {distance} cm"};
inline constexpr Phrase room_dark{"pièce obscure", "dark room"};
inline constexpr Phrase room_dimmed{"pièce assombrie", "dimmed room"};
inline constexpr Phrase room_lit{"pièce éclairée", "lit room"};
inline constexpr Phrase room_daylight{"lumière du jour", "daylight"};
inline constexpr Phrase not_noted{"sans mention : {items}", "not stated: {items}"};
inline constexpr Phrase item_colour{"couleur", "colour"};
inline constexpr Phrase item_lamp{"lampe", "lamp"};
inline constexpr Phrase item_filter{"filtre", "filter"};
inline constexpr Phrase item_distance{"distance", "distance"};
inline constexpr Phrase item_room{"obscurité de la pièce", "darkness of the room"};
inline constexpr Phrase item_time{"heure", "time"};

inline constexpr Phrase written_words{"« {words} »", "“{words}”"};
inline constexpr Phrase reading_not_weighed{
    "Un code rapporté figure dans cette note mais son contenu n’est pas pesé : il ne distingue pas un tir, un contact "
    "et une contamination par le même lot, et ce qu’il dit face à d’autres matières dépend du taux d’erreur du "
    "laboratoire, qui n’est pas au dossier.",
    "A reported code stands in this note but what it says is not weighed: it does not tell a shot, a contact and a "
    "contamination from one lot apart, and what it says against other materials depends on the laboratory’s rate of "
    "error, which is not in the file."};
inline constexpr Phrase zones_said_not_examined{
    "Zones que les documents disent non examinées : {zones}. Elles n’apportent d’information dans aucun sens.",
    "Zones that the documents say were not examined: {zones}. They say nothing either way."};
inline constexpr Phrase zones_not_reported{
    "Zones dont aucun document ne dit si elles ont été examinées : {zones}. Elles n’apportent d’information dans aucun "
    "sens.",
    "Zones of which no document says whether they were examined: {zones}. They say nothing either way."};

// clang-format on

} // namespace cmq::report::phrases
