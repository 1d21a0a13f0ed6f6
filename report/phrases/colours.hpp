// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the note says of colours.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

inline constexpr Phrase colour_counts{"Couleur des traces, comparée à celle de matières de "
                                      "référence : au moins dix fois plus probable si c’est le "
                                      "marqueur, {marker} ; au moins dix fois plus probable si "
                                      "c’est autre chose, {other} ; indéterminée, {open}.",
                                      "Colour of the traces, set against that of reference "
                                      "materials: at least ten times as probable if it is the "
                                      "marker, {marker}; at least ten times as probable if it is "
                                      "something else, {other}; indeterminate, {open}."};
inline constexpr Phrase colour_joined{
    "Les couleurs reposent sur {count} captures de la même scène, trois canaux pour chacune : "
    "celle-ci et, par un autre filtre ou une autre lampe, {captures}. Multiplier les canaux ne "
    "suffit "
    "pas à écarter les matières dont personne n’a pris de référence : "
    "aucune couleur n’est donnée pour celle du marqueur.",
    "The colours rest on {count} captures of the same scene, three channels each: this one and, "
    "behind another filter or under another lamp, {captures}. More channels do not rule out "
    "materials that nobody took a reference of: no colour is given as the marker’s."};
inline constexpr Phrase colour_unmoved{
    "{id} (sans recalage : le fichier de l’affaire affirme que rien n’a bougé)",
    "{id} (not aligned: the case says that nothing moved)"};
inline constexpr Phrase colour_reasons{"Pourquoi indéterminée : {reasons}.",
                                       "Why indeterminate: {reasons}."};
inline constexpr Phrase doubt_saturated{"trace saturée", "saturated trace"};
inline constexpr Phrase doubt_faint{"trop peu de lumière", "too little light"};
inline constexpr Phrase doubt_few{"moins de dix échantillons de référence d’une matière",
                                  "fewer than ten reference samples of a material"};
inline constexpr Phrase doubt_conditions{
    "références prises sur un autre support, ou avec une autre lampe, un autre filtre ou un autre "
    "appareil, ou on ne "
    "sait comment",
    "references taken on another substrate, or with another lamp, filter or camera, or nobody says "
    "how"};
inline constexpr Phrase doubt_no_rival{"aucune autre matière n’est nommée",
                                       "no other material is named"};
inline constexpr Phrase doubt_near_one{"rapport de vraisemblance entre 1/10 et 10",
                                       "likelihood ratio between 1/10 and 10"};
inline constexpr Phrase doubt_channels{
    "le rouge, le vert et le bleu seuls ne distinguent pas le marqueur de ce dont personne n’a "
    "pris de référence",
    "red, green and blue alone do not tell the marker from what nobody took a reference of"};
inline constexpr Phrase doubt_unlisted{"d’autres images sous d’autres filtres ne distinguent pas "
                                       "assez le marqueur de ce dont personne n’a pris de "
                                       "référence",
                                       "further captures behind other filters do not tell the "
                                       "marker well enough from what nobody took a reference of"};
inline constexpr Phrase doubt_not_measured{
    "sa lumière n’a pu être mesurée sur une autre image de la scène",
    "its light could not be measured in a further capture of the scene"};

} // namespace cmq::report::phrases
