// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the route that is worked by hand.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_by_hand{"Un chemin refait à la main", "One route by hand"};
inline constexpr Phrase by_hand_intro{
    "Le tableau suit le produit jusqu’à une zone examinée ({zone}), par le chemin qui compte le moins de contacts, chaque paramètre étant "
    "pris à sa médiane : une calculatrice suffit pour le refaire. Les événements étrangers à ce chemin sont laissés de côté ; "
    "les contacts du chemin sont tenus pour certains, au milieu de leur horaire. Le rapport de vraisemblance ne se lit pas ici : "
    "il est une moyenne sur toutes les valeurs des paramètres et sur tous les chemins.",
    "The table follows the marker to an examined zone ({zone}) by the route with the fewest contacts, with every parameter at its "
    "median: a pocket calculator is enough to redo it. Events beside this route are left out; contacts on it are taken as "
    "certain, at the middle of their times. The likelihood ratio is not read here: it is an average over all values of the "
    "parameters and over all routes."};
inline constexpr Phrase by_hand_rules{
    "Règles. Pendant t minutes, la part humide h devient h × e^(−t/τ) ; la part sèche mobile s devient "
    "s × e^(−m t) + φ × h × (e^(−m t) − e^(−t/τ)) / (1 − m τ) ; la part fixée f suit la même formule avec 1 − φ et n au lieu "
    "de φ et m. Un contact fait passer d’une surface à l’autre la part indiquée de chacune.",
    "Rules. In t minutes the wet share h becomes h × e^(−t/τ); the loose dry share s becomes "
    "s × e^(−m t) + φ × h × (e^(−m t) − e^(−t/τ)) / (1 − m τ); the bound share f follows the same formula with 1 − φ and n in "
    "place of φ and m. A contact carries the stated part of each from one surface to the other."};
inline constexpr Phrase by_hand_skin{
    "Peau : τ = {tau} min ; φ = {phi} ; m = {loose} par minute ; n = {bound} par minute.",
    "Skin: τ = {tau} min; φ = {phi}; m = {loose} a minute; n = {bound} a minute."};
inline constexpr Phrase by_hand_porous{
    "Textile : τ = {tau} min ; φ = {phi} ; m = {loose} par minute ; n = {bound} par minute.",
    "Cloth: τ = {tau} min; φ = {phi}; m = {loose} a minute; n = {bound} a minute."};
inline constexpr Phrase by_hand_smooth{
    "Objet lisse : τ = {tau} min ; φ = {phi} ; m = {loose} par minute ; n = {bound} par minute.",
    "Smooth object: τ = {tau} min; φ = {phi}; m = {loose} a minute; n = {bound} a minute."};
inline constexpr Phrase by_hand_caption{
    "Si {proposition} est vraie : parts de la quantité déposée", "If {proposition} is true: shares of the load"};
inline constexpr Phrase by_hand_step{"Étape", "Step"};
inline constexpr Phrase by_hand_wet{"Humide", "Wet"};
inline constexpr Phrase by_hand_loose{"Sec mobile", "Loose"};
inline constexpr Phrase by_hand_bound{"Fixé", "Bound"};
inline constexpr Phrase by_hand_lands{"{delivery} → {zone}", "{delivery} → {zone}"};
inline constexpr Phrase by_hand_waits{"{minutes} min : {zone}", "{minutes} min: {zone}"};
inline constexpr Phrase by_hand_contact{
    "{event} : {from} → {zone} ; passent {wet} de l’humide, {loose} du sec mobile, {bound} du fixé",
    "{event}: {from} → {zone}; {wet} of the wet, {loose} of the loose and {bound} of the bound go over"};
inline constexpr Phrase by_hand_result{
    "{proposition} : {wet} + {loose} + {bound} = {share} de la quantité déposée ; {load} limites de détection × {share} = {amount}. "
    "Probabilité d’être vu à cet examen : 1 − 2^(−({amount} / {conversion})^{slope}) = {seen}.",
    "{proposition}: {wet} + {loose} + {bound} = {share} of the load; {load} detection limits × {share} = {amount}. Probability "
    "of being seen in this examination: 1 − 2^(−({amount} / {conversion})^{slope}) = {seen}."};
inline constexpr Phrase by_hand_nearly_one{"plus de 0,999", "more than 0.999"};
inline constexpr Phrase by_hand_no_way{
    "{proposition} : aucun tir ni aucune diffusion de cette proposition n’atteint la zone en trois contacts au plus.",
    "{proposition}: no shot or release of this proposition reaches the zone in three contacts or fewer."};

// clang-format on

} // namespace cmq::report::phrases
