// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of the guide that goes with a kit for the other side's expert.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase kit_title{
    "Recalculer sans notre programme",
    "Computing again without our program"};
inline constexpr Phrase kit_subtitle{
    "Affaire {case}. À l’intention de l’expert qui vérifie le calcul",
    "Case {case}. For the expert who checks the computation"};
inline constexpr Phrase kit_about{
    "Ce répertoire contient ce que le programme a reçu et ce qu’il a calculé pour les propositions comparées, et rien d’autre : ni "
    "images, ni autre récit. Texte en UTF-8, décimales avec un point.",
    "This folder holds what the program was given and what it computed for the compared propositions, and nothing else: no pictures, no "
    "other account. Text in UTF-8, decimals with a point."};

inline constexpr Phrase kit_caption_files{
    "Contrôle des empreintes numériques : « sha256sum -c SHA256SUMS »",
    "Checking the hashes: “sha256sum -c SHA256SUMS”"};
inline constexpr Phrase kit_file{"Fichier", "File"};
inline constexpr Phrase kit_holds{"Contenu", "Content"};
inline constexpr Phrase kit_inputs{
    "pièces dont part le calcul : rôle, taille, empreinte SHA-256",
    "inputs of the computation: role, size, SHA-256"};
inline constexpr Phrase kit_frozen{
    "propositions comparées et plan d’examen, une ligne par élément ; son empreinte SHA-256 est celle de « freeze »",
    "compared propositions and examination plan, one line an item; its SHA-256 is that of “freeze”"};
inline constexpr Phrase kit_findings{
    "observations pesées, avec leur source ; quantités en limites de détection",
    "findings that were weighed, with their source; amounts in detection limits"};
inline constexpr Phrase kit_parameters{
    "paramètres utilisés : loi, quantiles, conditions, source, degré",
    "parameters used: distribution, quantiles, conditions, source, grade"};
inline constexpr Phrase kit_numbers{
    "tous les résultats, non arrondis : log10 des probabilités sous chaque proposition, RV, sensibilité, erreur de Monte-Carlo, graine",
    "all results, unrounded: log10 of the probabilities under each proposition, LR, sensitivity, Monte Carlo error, seed"};
inline constexpr Phrase kit_networks{
    "le modèle de l’affaire, paramètres intégrés : GeNIe, HUGIN, R (bnlearn)",
    "the model of the case, parameters summed over: GeNIe, HUGIN, R (bnlearn)"};
inline constexpr Phrase kit_evidence{
    "ce qui a été constaté, état de chaque nœud",
    "what was found, the state of each node"};
inline constexpr Phrase kit_script{
    "le calcul du RV par sommation sur tous les états ; Python seul",
    "the LR by adding up all states; plain Python"};
inline constexpr Phrase kit_ledger{
    "étapes enchaînées, versions du programme et des bibliothèques",
    "chained steps, versions of the program and of libraries"};
inline constexpr Phrase kit_commands{
    "les commandes de notre programme",
    "the commands of our program"};

inline constexpr Phrase kit_heading_ratio{"Le rapport de vraisemblance (RV)", "The likelihood ratio (LR)"};
inline constexpr Phrase kit_step_python{
    "Avec Python : « python3 recompute.py ». Le programme lit network.xdsl et numbers.json, affiche chaque log10 RV et dit s’il s’accorde.",
    "With Python: “python3 recompute.py”. It reads network.xdsl and numbers.json, prints each log10 LR, and says whether it agrees."};
inline constexpr Phrase kit_step_software{
    "Avec GeNIe, HUGIN ou R : entrer les états de evidence.txt ; fixer le nœud « {node} » à la première proposition, lire la "
    "probabilité de tout ce qui est entré, faire de même avec la seconde, et diviser. Les nombres de départ égaux de ce nœud sont une "
    "convention et n’entrent pas dans le quotient.",
    "With GeNIe, HUGIN or R: enter the states of evidence.txt; set the node “{node}” to the first proposition, read the probability of "
    "all that was entered, do the same with the second, and divide. The even starting numbers of that node are a convention and do not "
    "enter the quotient."};
inline constexpr Phrase kit_step_change{
    "Pour contester une hypothèse, modifier une table ou l’état d’un constat, et recommencer. Un paramètre ou une quantité ne se changent "
    "pas dans le réseau, où les paramètres sont intégrés : refaire le calcul.",
    "To dispute an assumption, change a table or the state of a finding, and start again. A parameter or an amount cannot be changed in "
    "the network, where parameters are summed over: compute again."};
inline constexpr Phrase kit_no_network{
    "Le réseau n’a pu être écrit pour cette affaire : {why}. Les probabilités de chaque observation sous chaque proposition, dont le RV "
    "est le produit des quotients, se trouvent dans numbers.json (chain).",
    "The network could not be written for this case: {why}. The probabilities of each finding under each proposition, whose quotients "
    "multiply to the LR, are in numbers.json (chain)."};
inline constexpr Phrase kit_caption_expected{"Valeurs attendues (log10)", "Values to expect (log10)"};
inline constexpr Phrase kit_comparison{"Comparaison", "Comparison"};
inline constexpr Phrase kit_engine{"Programme", "Program"};
inline constexpr Phrase kit_network{"Réseau", "Network"};
inline constexpr Phrase kit_tolerance{"Écart admis", "Tolerance"};
inline constexpr Phrase kit_not_given{"non donné", "not given"};

inline constexpr Phrase kit_heading_all{"Tout refaire avec notre programme", "All of it again with our program"};
inline constexpr Phrase kit_all{
    "{program} est libre (GPL-3.0-or-later). Avec les pièces de inputs.csv, les commandes de commands.txt redonnent les mêmes nombres "
    "(à un milliardième près d’une machine à l’autre) ; « contremarque verify --recompute » compare.",
    "{program} is free software (GPL-3.0-or-later). With the inputs of inputs.csv, the commands of commands.txt give the same numbers (to "
    "one part in a billion between machines); “contremarque verify --recompute” compares."};

// clang-format on

} // namespace cmq::report::phrases
