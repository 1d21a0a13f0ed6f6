// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The words of a note, explained to those who did not study science.

#pragma once

#include "report/phrase.hpp"

#include <array>

namespace cmq::report::phrases {

// clang-format off

inline constexpr Phrase heading_glossary{"Les mots de cette note", "The words of this note"};
inline constexpr Phrase glossary_caption{
    "Sens des mots dans cette note.",
    "What the words mean in this note."};
inline constexpr Phrase glossary_word{"Mot", "Word"};
inline constexpr Phrase glossary_meaning{"Sens", "Meaning"};

struct Explained {
    Phrase word;
    Phrase meaning;
};

inline constexpr std::array<Explained, 18> glossary{{
    {{"blanc", "blank"},
     {"Examen, fait de la même façon, d’un support qui n’a pas reçu de produit. Il montre ce que l’on voit quand il n’y a rien à voir.",
      "The same examination of a surface that received no marker. It shows what is seen when there is nothing to see."}},
    {{"détecté, non détecté", "detected, not detected"},
     {"« Non détecté » veut dire : en dessous de ce que l’examen pouvait voir. Ce n’est pas « il n’y en a pas ».",
      "“Not detected” means: below what the examination could see. It does not mean “there is none”."}},
    {{"empreinte numérique SHA-256", "SHA-256 hash"},
     {"Suite de 64 signes calculée sur un fichier. Le moindre changement du fichier la change ; elle ne dit ni qui l’a fait ni quand.",
      "A row of 64 characters computed from a file. The least change of the file changes it; it does not say who made it, or when."}},
    {{"fausse trace", "false trace"},
     {"Détection due au hasard du bruit de l’image. Le réglage de l’examen fixe combien on en attend.",
      "A detection made by the chance noise of the picture. The setting of the examination fixes how many are expected."}},
    {{"fichier brut (RAW)", "RAW file"},
     {"Ce que le capteur de l’appareil a compté, avant tout rendu. Une image JPEG en est une version retouchée, où les mesures ne sont plus possibles.",
      "What the camera’s sensor counted, before any rendering. A JPEG picture is a processed version of it, on which nothing can be measured any more."}},
    {{"fluorescence", "fluorescence"},
     {"Lumière qu’une matière rend sous une lampe à ultraviolets. Bien des matières courantes en rendent.",
      "Light that a material gives back under an ultraviolet lamp. Many common materials do."}},
    {{"limite de détection (LD)", "detection limit (DL)"},
     {"Quantité que l’examen voit une fois sur deux.",
      "The amount that the examination sees half the time."}},
    {{"lot", "lot"},
     {"Produit fabriqué sous un même code. Un code lu désigne un lot, qui peut avoir servi à plusieurs tirs : ni un tir, ni une personne.",
      "Marker made under one code. A code that is read names a lot, which may have served for several shots: neither a shot nor a person."}},
    {{"paramètre", "parameter"},
     {"Nombre dont le calcul a besoin et que le dossier ne donne pas, par exemple la durée de séchage. La partie « Hypothèses de calcul » dit d’où vient chacun.",
      "A number that the calculation needs and the case does not give, such as the drying time. The section “Assumptions” says where each comes from."}},
    {{"plage de sensibilité", "sensitivity range"},
     {"Valeurs que prendrait le nombre si les paramètres valaient autre chose, dans les limites de ce que l’on sait. Ce n’est pas un intervalle de confiance.",
      "The values that the number would take if the parameters were otherwise, within what is known of them. It is not a confidence interval."}},
    {{"population pertinente", "relevant population"},
     {"Les personnes qui auraient pu être contrôlées au même titre. La fréquence d’une fluorescence semblable parmi elles dit ce que vaut une fluorescence.",
      "The people who might have been checked likewise. How often similar fluorescence is found among them says what a glow is worth."}},
    {{"produit de marquage codé", "coded marker"},
     {"Liquide fluorescent qui contient un code propre à un lot, projeté pour marquer des personnes ou des biens.",
      "A fluorescent liquid that holds a code of its own for each lot, thrown to mark people or goods."}},
    {{"proposition", "proposition"},
     {"Récit de ce qui a pu se passer. Deux propositions sont comparées ; chacune peut être celle d’une partie.",
      "An account of what may have happened. Two propositions are compared; either may be a party’s."}},
    {{"quantile à 5 %", "5% quantile"},
     {"Valeur en dessous de laquelle tombent 5 tirages sur 100.",
      "The value below which 5 draws in 100 fall."}},
    {{"rapport de vraisemblance", "likelihood ratio"},
     {"Probabilité des observations si la première proposition est vraie, divisée par leur probabilité si la seconde l’est. 10 : dix fois plus probables sous la première. 1/10 : dix fois plus probables sous la seconde. 1 : l’observation n’aide pas.",
      "The probability of the findings if the first proposition is true, divided by their probability if the second is. 10: ten times as probable under the first. 1/10: ten times as probable under the second. 1: the findings do not help."}},
    {{"sophisme du procureur", "prosecutor’s fallacy"},
     {"Erreur qui fait de « ces observations sont dix fois plus probables si la personne a été visée » la phrase « il y a dix chances contre une que la personne ait été visée ». Cette note ne donne que la première.",
      "The mistake that turns “these findings are ten times as probable if the person was aimed at” into “the odds are ten to one that the person was aimed at”. This note gives only the former."}},
    {{"transfert direct, secondaire", "direct, secondary transfer"},
     {"Direct : le produit vient du tir ou de la projection. Secondaire : il vient d’une personne ou d’un objet déjà marqué.",
      "Direct: the marker comes from the shot or spray. Secondary: it comes from a person or an object already marked."}},
    {{"valeur critique", "critical value"},
     {"Mesure que les blancs ne dépassent qu’une fois sur vingt. En dessous, une mesure ne se distingue pas d’un blanc.",
      "The measurement that blanks exceed only once in twenty. Below it, a measurement cannot be told from a blank."}},
}};

// The scale of words, in the annex
inline constexpr Phrase scale_caption{
    "Échelle verbale donnée en exemple par l’ENFSI (Guideline for evaluative reporting in forensic science, 2015), qui vaut dans les deux sens. {rule} Les mots français sont ceux du programme : il n’existe pas de texte officiel.",
    "Scale of words given as an example by ENFSI (Guideline for evaluative reporting in forensic science, 2015), the same either way. {rule} The French words are the program’s: there is no official text."};
inline constexpr Phrase scale_factor{"Rapport de vraisemblance", "Likelihood ratio"};
inline constexpr Phrase scale_words{"Mots", "Words"};
inline constexpr Phrase scale_between{"de {low} à {high}", "{low} to {high}"};
inline constexpr Phrase scale_above{"plus de {low}", "more than {low}"};

// clang-format on

} // namespace cmq::report::phrases
