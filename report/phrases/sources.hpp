// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Wording of assumptions, methods, files and how to recompute.

#pragma once

#include "report/phrase.hpp"

namespace cmq::report::phrases {

// One row a wording, French above English, for whoever reviews them.
// clang-format off

inline constexpr Phrase heading_assumptions{"Hypothèses de calcul", "Assumptions"};
inline constexpr Phrase none_on_product{
    "Paramètres employés : {count}. Aucun n’a été mesuré sur le produit de marquage français. Mesurés sur une autre "
    "matière : {proxy} ; avis d’expert : {judgement}.",
    "Parameters used: {count}. None was measured on the French marker. Measured on another material: {proxy}; "
    "expert judgement: {judgement}."};
inline constexpr Phrase some_on_product{
    "Paramètres employés : {count}. Mesurés sur le produit de marquage en cause : {product} ; sur une autre "
    "matière : {proxy} ; avis d’expert : {judgement}.",
    "Parameters used: {count}. Measured on the marker in question: {product}; on another material: {proxy}; "
    "expert judgement: {judgement}."};
inline constexpr Phrase parameters_caption{
    "Paramètres employés. Valeur : médiane, et entre crochets les quantiles à 5 % et à 95 %. LD : limite de détection de "
    "l’examen de référence.",
    "Parameters used. Value: median and, in brackets, the 5% and 95% quantiles. DL: detection limit of the reference "
    "examination."};
inline constexpr Phrase used_parameter{"Paramètre", "Parameter"};
inline constexpr Phrase used_value{"Valeur", "Value"};
inline constexpr Phrase used_source{"Conditions et source", "Conditions and source"};
inline constexpr Phrase used_grade{"Fondement", "Basis"};
inline constexpr Phrase grade_product{"mesuré sur ce produit", "measured on this product"};
inline constexpr Phrase grade_proxy{"mesuré sur une autre matière", "measured on another material"};
inline constexpr Phrase grade_judgement{"avis d’expert", "expert judgement"};
inline constexpr Phrase value_with_range{"{median} [{low} ; {high}]", "{median} [{low}; {high}]"};
inline constexpr Phrase conditions_and_source{"{conditions}. {source}", "{conditions}. {source}"};
inline constexpr Phrase no_parameters{
    "Aucun paramètre n’a été employé, faute d’évaluation.",
    "No parameter was used, as there was no evaluation."};
inline constexpr Phrase other_assumptions{"Le calcul suppose en outre :", "The calculation further supposes:"};
inline constexpr Phrase assumes_marker{
    "là où la quantité atteint la limite de détection, c’est le produit de marquage qui a été observé ;",
    "where the amount reaches the detection limit, it is the marker that was observed;"};
inline constexpr Phrase assumes_examination{
    "les quantités sont comptées en limites de détection de l’examen de référence que déclare le fichier de l’affaire ;",
    "amounts are counted in detection limits of the reference examination declared in the case;"};
inline constexpr Phrase assumes_events{
    "les événements énoncés dans le fichier de l’affaire, leurs heures et leurs probabilités sont tenus pour tels ; une heure "
    "incertaine est tirée dans son intervalle ;",
    "the events stated in the case, their times and their probabilities are taken as such; an uncertain time is drawn "
    "within its interval;"};
inline constexpr Phrase assumes_no_laboratory_route{
    "le fichier de l’affaire n’énonce aucun apport par les gants, la lampe ou le local : le calcul n’en compte pas.",
    "the case states no transfer by gloves, lamp or room: the calculation counts none."};
inline constexpr Phrase assumes_laboratory_route{
    "les apports par contamination énoncés dans le fichier de l’affaire entrent dans toutes les propositions : {routes}.",
    "the routes of contamination stated in the case are part of every proposition: {routes}."};

inline constexpr Phrase heading_methods{"Méthodes en bref", "Methods in brief"};
inline constexpr Phrase method_capture{
    "Images : les fichiers bruts sont décodés sans dématriçage ; le niveau de noir est retranché par plan ; les "
    "photosites saturés, défectueux ou sans donnée sont écartés des mesures ; le bruit de chaque photosite est "
    "estimé.",
    "Pictures: RAW files are decoded without demosaicing; black is subtracted in each plane; saturated, defective or "
    "empty photosites take no part in measurements; the noise of each photosite is estimated."};
inline constexpr Phrase method_detect{
    "Détection : le fond local est retiré en deux passes ; un filtre adapté à la taille des gouttelettes cherche ce "
    "qui dépasse le bruit ; le seuil est réglé sur le nombre de fausses traces attendu dans une image ; le flux de "
    "chaque trace est mesuré avec son incertitude.",
    "Detection: the local background is subtracted in two passes; a filter matched to droplets looks for what exceeds the "
    "noise; the threshold is set by the number of false traces expected in a picture; the flux of each trace is "
    "measured with its uncertainty."};
inline constexpr Phrase method_blanks{
    "Blancs : valeur critique = moyenne des blancs + t × écart type × racine de (1 + 1/n), Student unilatéral à "
    "5 % ; où l’image et les blancs se contredisent, les blancs l’emportent.",
    "Blanks: critical value = mean of the blanks + t × standard deviation × root of (1 + 1/n), one-sided Student at "
    "5%; where the picture and the blanks disagree, the blanks win."};
inline constexpr Phrase method_transfer{
    "Évaluation : le produit est suivi en quantités humides, libres et fixées sur chaque zone, du dépôt à l’examen "
    "(séchage, perte, contacts, lavages). La probabilité des observations est calculée sous chaque proposition avec "
    "les mêmes tirages des paramètres communs ; leur quotient est le rapport de vraisemblance.",
    "Evaluation: the marker is followed as wet, loose and bound amounts on each zone, from delivery to examination "
    "(drying, loss, contacts, washes). The probability of the findings is computed under each proposition with the "
    "same draws of the common parameters; their quotient is the likelihood ratio."};
inline constexpr Phrase method_pages{
    "Formules, sources et limites : docs/methods du programme (capture, detect, transfer, report).",
    "Formulas, sources and limits: docs/methods of the program (capture, detect, transfer, report)."};

inline constexpr Phrase heading_files{"Fichiers examinés", "Files examined"};
inline constexpr Phrase files_caption{
    "Empreinte numérique SHA-256 de chaque fichier, prise à la première lecture.",
    "SHA-256 digest of each file, taken at first reading."};
inline constexpr Phrase file{"Fichier", "File"};
inline constexpr Phrase file_role{"Rôle", "Role"};
inline constexpr Phrase digest{"SHA-256", "SHA-256"};
inline constexpr Phrase case_file_role{"fichier de l’affaire, sans ses commentaires",
                                              "case file, without its comments"};
inline constexpr Phrase no_captures{
    "Aucune image n’a été fournie ; seules des observations rapportées ont été évaluées.",
    "The case holds no picture; only reported findings were evaluated."};
inline constexpr Phrase settings_caption{
    "Ce que les images et le fichier de l’affaire disent de chaque capture.",
    "What the files and the case say of each capture."};
inline constexpr Phrase capture{"Capture", "Capture"};
inline constexpr Phrase camera{"Appareil", "Camera"};
inline constexpr Phrase settings{"Réglages", "Settings"};
inline constexpr Phrase lighting{"Éclairage", "Lighting"};
inline constexpr Phrase remarks{"Remarques", "Remarks"};
inline constexpr Phrase no_remark{"aucune", "none"};
inline constexpr Phrase unnamed_camera{"non nommé", "not named"};
inline constexpr Phrase exposure{"{exposure} s", "{exposure} s"};
inline constexpr Phrase iso{"ISO {iso}", "ISO {iso}"};
inline constexpr Phrase lamp_value{"lampe {lamp} nm", "lamp {lamp} nm"};
inline constexpr Phrase lamp_not_stated{"lampe non précisée", "lamp not stated"};
inline constexpr Phrase filter_value{"filtre {filter}", "filter {filter}"};
inline constexpr Phrase filter_not_stated{"filtre non précisé", "filter not stated"};
inline constexpr Phrase scale_value{"{scale} mm par photosite", "{scale} mm per photosite"};

// What makes a capture worth less, or less known
inline constexpr Phrase remark_simulated{"image simulée", "simulated picture"};
inline constexpr Phrase remark_no_masked{
    "niveau de noir déclaré, non mesuré",
    "black level stated, not measured"};
inline constexpr Phrase remark_auto_exposure{
    "exposition automatique : les réglages peuvent différer d’une image à l’autre",
    "automatic exposure: settings may differ between pictures"};
inline constexpr Phrase remark_unnamed{
    "appareil non nommé : les références ne peuvent lui être rattachées",
    "camera not named: references cannot be matched to it"};
inline constexpr Phrase remark_lossy{
    "compression peut-être destructive",
    "compression perhaps lossy"};
inline constexpr Phrase remark_noise{
    "bruit mal déterminé par cette seule image",
    "noise not well determined by this one picture"};
inline constexpr Phrase remark_black{
    "niveau de noir déclaré nul : une partie du bruit a pu être coupée",
    "black level stated as zero: part of the noise may have been cut off"};
inline constexpr Phrase remark_dark_exposure{
    "pose autre que celle des images d’obscurité : incertitude augmentée",
    "exposure unlike that of the dark frames: uncertainty is larger for it"};
inline constexpr Phrase remark_noise_low{
    "bruit déclaré par le fichier inférieur à celui que montre l’image",
    "noise stated by the file lower than the picture shows"};
inline constexpr Phrase remark_noise_high{
    "bruit déclaré par le fichier supérieur à celui que montre l’image",
    "noise stated by the file higher than the picture shows"};
inline constexpr Phrase remark_profile{
    "profil de l’appareil appliqué (SHA-256 {hash}…) : niveau d’obscurité et défauts",
    "camera profile applied (SHA-256 {hash}…): dark level and defects"};
inline constexpr Phrase remark_profile_flat{
    "profil de l’appareil appliqué (SHA-256 {hash}…) : niveau d’obscurité, défauts et réponse de chaque photosite",
    "camera profile applied (SHA-256 {hash}…): dark level, defects and response of each photosite"};
inline constexpr Phrase remark_dark_frames{
    "moyenne de {count} image(s) d’obscurité retranchée",
    "mean of {count} dark frame(s) taken off"};
inline constexpr Phrase remark_ambient{
    "lumière de la pièce retranchée, d’après la capture {capture}",
    "light of the room taken off, by capture {capture}"};
inline constexpr Phrase remark_noise_profile{
    "bruit : profil mesuré de l’appareil",
    "noise: measured profile of the camera"};
inline constexpr Phrase remark_noise_tag{
    "bruit : selon le fichier",
    "noise: as the file states"};
inline constexpr Phrase remark_noise_estimated{
    "bruit : estimé sur l’image",
    "noise: estimated from the picture"};

inline constexpr Phrase heading_recompute{"Refaire le calcul", "How to recompute"};
inline constexpr Phrase recompute{
    "Avec {program} et les fichiers ci-dessus, les commandes suivantes redonnent les mêmes nombres. Sur une autre "
    "machine, les valeurs imprimées sont égales et celles de note.json s’accordent à un milliardième près.",
    "With {program} and the files above, the following commands give the same numbers. On another machine the "
    "printed values are equal and those of note.json agree to one part in a billion."};
inline constexpr Phrase ledger_head{
    "Les résultats et le registre des étapes sont conservés dans case.h5 ; « contremarque verify » les contrôle. "
    "Empreinte de la dernière étape du registre avant cette note :",
    "The results and the ledger of the steps are kept in case.h5; “contremarque verify” checks them. Hash of the "
    "ledger’s last step before this note:"};
inline constexpr Phrase json_has_all{
    "Tous les nombres de cette note, non arrondis, se trouvent dans note.json.",
    "All numbers of this note, unrounded, are in note.json."};

// clang-format on

} // namespace cmq::report::phrases
