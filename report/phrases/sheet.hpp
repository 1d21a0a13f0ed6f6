// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the bench's capture sheet.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase sheet_title{"Fiche de prise de vue", "Capture sheet"};
inline constexpr Phrase sheet_subtitle{
    "Une fiche par pièce. D’abord photographier, ensuite prélever ; ce qui altère la trace vient en dernier",
    "One sheet an exhibit. Photographs first, then the swab; what alters the mark comes last"};
inline constexpr Phrase sheet_about{"La pièce et les réglages", "The exhibit and the settings"};
inline constexpr Phrase sheet_what{"À noter", "To note"};
inline constexpr Phrase sheet_value{"Valeur", "Value"};
inline constexpr Phrase sheet_case{"Affaire (pseudonyme) ; date ; opérateur (numéro)", "Case (pseudonym); date; operator (number)"};
inline constexpr Phrase sheet_seal{"Scellé n° ; état ; ouvert le, par", "Seal no.; condition; opened on, by"};
inline constexpr Phrase sheet_exhibit{"Pièce, zone, support", "Exhibit, zone, support"};
inline constexpr Phrase sheet_lamp{
    "Lampe : modèle, longueur d’onde (nm), distance ; allumée depuis (20 min)",
    "Lamp: model, wavelength (nm), distance; on since (20 min)"};
inline constexpr Phrase sheet_filter{"Filtre devant l’objectif ; obscurité de la pièce", "Filter before the lens; darkness of the room"};
inline constexpr Phrase sheet_camera{
    "Appareil, objectif ; RAW ; ISO, pose, ouverture : fixes pour toute la série",
    "Camera, lens; RAW; ISO, exposure, aperture: fixed for the whole set"};
inline constexpr Phrase sheet_gloves{"Gants changés à ; qui a touché la pièce", "Gloves changed at; who touched the exhibit"};

inline constexpr Phrase sheet_steps{"Dans cet ordre", "In this order"};
inline constexpr Phrase sheet_step{"Étape", "Step"};
inline constexpr Phrase sheet_files{"Fichiers", "Files"};
inline constexpr Phrase sheet_time{"Heure", "Time"};
inline constexpr Phrase sheet_visible{
    "1. Lumière visible, avec réglet (visible, scale)",
    "1. Visible light, with a rule (visible, scale)"};
inline constexpr Phrase sheet_ambient{
    "2. Lampe éteinte, rien déplacé, mêmes réglages (ambient)",
    "2. Lamp off, nothing moved, same settings (ambient)"};
inline constexpr Phrase sheet_evidence{
    "3. Ultraviolets, la pièce ; rien de saturé (evidence)",
    "3. Ultraviolet, the exhibit; nothing saturated (evidence)"};
inline constexpr Phrase sheet_blanks{
    "4. Support vierge de même nature, au moins deux, mieux cinq (blank)",
    "4. Clean support of the same kind, two at least, better five (blank)"};
inline constexpr Phrase sheet_reference{
    "5. Référence du lot, et matières semblables s’il y en a (reference)",
    "5. Reference of the lot, and look-alikes where there are any (reference)"};
inline constexpr Phrase sheet_dark{
    "6. Objectif couvert, mêmes réglages (dark)",
    "6. Lens covered, same settings (dark)"};
inline constexpr Phrase sheet_check{
    "7. « contremarque inspect --set » : la série est-elle complète ? Sinon, la compléter ici",
    "7. “contremarque inspect --set”: is the set complete? If not, complete it here"};
inline constexpr Phrase sheet_swab{
    "8. Prélèvement : écouvillon, moitié conservée sous scellé ; écouvillon neuf du même lot",
    "8. Sample: swab, half kept under seal; unused swab of the same lot"};
inline constexpr Phrase sheet_bleaching{
    "9. En dernier : évolution sous la lampe (une capture par minute) ; elle altère la trace",
    "9. Last of all: change under the lamp (a capture a minute); it alters the mark"};
inline constexpr Phrase sheet_reseal{
    "10. Reconstitution du scellé : n°, heure, par",
    "10. Re-sealing: no., time, by"};
inline constexpr Phrase sheet_remarks{"Écarts et remarques :", "Deviations and remarks:"};

// clang-format on

} // namespace cmq::report::phrases
