// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/verify_meaning.hpp"

#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cmq::cli {
namespace {

using pipeline::Check;
using pipeline::CheckKind;
using pipeline::CheckReason;
using pipeline::CheckState;

// In the order in which they are told.
constexpr std::array kinds{CheckKind::manifest,
                           CheckKind::output,
                           CheckKind::stranger,
                           CheckKind::case_file,
                           CheckKind::ledger,
                           CheckKind::note,
                           CheckKind::case_input,
                           CheckKind::capture,
                           CheckKind::colour_library,
                           CheckKind::reading,
                           CheckKind::weighing,
                           CheckKind::measuring,
                           CheckKind::timestamp,
                           CheckKind::timestamp_request,
                           CheckKind::signature,
                           CheckKind::frozen_timestamp,
                           CheckKind::known_issue};

constexpr Words ask_for_original{
    "Un fichier au moins n’est pas celui que le programme a écrit : il a été modifié, abîmé, "
    "remplacé ou retiré depuis. En demander l’exemplaire d’origine, ou refaire le calcul à partir "
    "des pièces.",
    "At least one file is not the one that the program wrote: it was changed, damaged, replaced or "
    "removed since. Ask for the original, or compute again from the inputs."};
constexpr Words other_input{
    "Une pièce au moins n’est pas celle qui a servi au calcul : le résultat ne porte pas sur elle.",
    "At least one input is not the one that was computed from: the result does not speak of it."};
constexpr Words other_numbers{
    "Le nouveau calcul ne donne pas les nombres enregistrés (écart toléré : un milliardième ; "
    "valeurs imprimées : égales). Ou bien ils ont été modifiés, ou bien une autre version du "
    "programme les a produits.",
    "Computing again does not give the recorded numbers (tolerance: one part in a billion; printed "
    "values: equal). Either they were changed, or another version of the program made them."};
constexpr Words inputs_open{
    "Les pièces elles-mêmes n’ont pas été relues : --inputs REP les compare.",
    "The inputs themselves were not read: --inputs DIR compares them."};
constexpr Words other_attested{
    "L’horodatage ou la signature ne porte pas sur ce fichier tel qu’il est, ou a été modifié : il "
    "ne prouve rien de lui. Demander le fichier et son attestation à qui les a faits.",
    "The time stamp or signature is not of this file as it is, or was changed: it proves nothing "
    "of "
    "it. Ask whoever made them for the file and its attestation."};

CheckMeaning meaning_of_attestation(CheckKind kind) {
    if (kind == CheckKind::signature) {
        return {{"Une signature est celle de ces octets : qui détient la clef les a signés.",
                 "A signature is of these bytes: whoever holds the key signed them."},
                {"Une signature n’a pas été vérifiée.", "A signature was not checked."},
                other_attested};
    }
    return {{"Un horodatage est celui de ces octets : ils existaient à l’heure qu’il donne.",
             "A time stamp is of these bytes: they existed at the time that it gives."},
            {"Une demande d’horodatage attend la réponse de l’autorité : à l’enregistrer à côté, "
             "sous le même nom avec .tsr.",
             "A request for a time stamp waits for the authority's answer: to be kept beside it, "
             "under the same name with .tsr."},
            other_attested};
}

CheckMeaning meaning_of_frozen_stamp() {
    return {
        {"L’horodatage des propositions figées porte bien sur le texte d’après lequel ce rapport "
         "est fait : propositions et plan d’examen étaient écrits à l’heure qu’il donne.",
         "The time stamp of the frozen propositions is of the text that this report is made from: "
         "propositions and examination plan were written by the time that it gives."},
        {"Rien de ce qui a été vérifié n’atteste de l’extérieur la date des propositions : elle "
         "est "
         "celle de l’horloge de la machine, ou de qui les a figées. Enregistrer la réponse de "
         "l’autorité à côté de "
         "l’affaire, sous le nom de la demande avec .tsr, et indiquer ce répertoire par --inputs.",
         "Nothing that was checked attests the day of the propositions from outside: it is that of "
         "the machine's clock, or of whoever froze them. Keep the authority's answer beside the "
         "case, under the name of "
         "the request with .tsr, and name that folder with --inputs."},
        {"L’horodatage n’est pas celui des propositions d’après lesquelles ce rapport est fait, ou "
         "a été modifié : il ne montre pas qu’elles précèdent les résultats. Demander le fichier "
         "figé (.frozen.toml) avec la réponse de l’autorité à qui les a faits.",
         "The time stamp is not of the propositions that this report is made from, or was changed: "
         "it does not show that they came before the results. Ask whoever made them for the frozen "
         "file (.frozen.toml) and the authority's answer."}};
}

CheckMeaning meaning_of_numbers(CheckKind kind) {
    if (kind == CheckKind::weighing) {
        return {{"Les comparaisons, recalculées, redonnent les nombres enregistrés.",
                 "The comparisons, weighed again, give the recorded numbers."},
                {"Les rapports n’ont pas été recalculés : --recompute refait l’évaluation.",
                 "The ratios were not computed again: --recompute weighs again."},
                other_numbers};
    }
    return {{"Les captures, mesurées à nouveau, redonnent les nombres enregistrés.",
             "The captures, measured again, give the recorded numbers."},
            {"Les captures n’ont pas été mesurées à nouveau : --recompute avec --inputs le fait.",
             "The captures were not measured again: --recompute with --inputs does it."},
            other_numbers};
}

CheckMeaning meaning_of_inputs(CheckKind kind) {
    if (kind == CheckKind::case_input) {
        return {{"La description de l’affaire est celle qui a servi au calcul.",
                 "The description of the case is the one that was computed from."},
                inputs_open,
                other_input};
    }
    if (kind == CheckKind::colour_library) {
        return {{"Les bibliothèques de couleurs sont celles qui ont servi au calcul.",
                 "The colour libraries are those that were computed from."},
                inputs_open,
                other_input};
    }
    if (kind == CheckKind::reading) {
        return {
            {"Les fichiers du laboratoire et le registre des lots sont ceux qui ont servi au "
             "calcul.",
             "The laboratory’s files and the registry of lots are those that were computed from."},
            inputs_open,
            other_input};
    }
    return {{"Les fichiers de l’appareil photo sont ceux qui ont servi au calcul.",
             "The camera files are those that were computed from."},
            inputs_open,
            other_input};
}

CheckMeaning meaning_of_results(CheckKind kind) {
    switch (kind) {
    case CheckKind::case_file:
        return {{"Le fichier de résultats est entier, d’après l’empreinte qu’il porte en tête.",
                 "The file of results is whole, by the hash that it carries in front."},
                {"Le fichier de résultats n’a pas été lu.", "The file of results was not read."},
                ask_for_original};
    case CheckKind::ledger:
        return {{"Les étapes du registre s’enchaînent, et ce que chacune a produit est là.",
                 "The steps of the ledger are chained, and what each made is there."},
                {"Le registre n’a pas été relu.", "The ledger was not read."},
                ask_for_original};
    default:
        return {{"Les notes, refaites depuis les résultats, sont les mêmes octet pour octet.",
                 "The notes, made again from the results, are the same byte for byte."},
                {"Des notes n’ont pu être refaites : il faut la même version du programme, "
                 "construite avec Qt pour les PDF.",
                 "Some notes could not be made again: it takes the same version of the program, "
                 "built with Qt for PDF."},
                ask_for_original};
    }
}

void add_lines(std::string& text,
               std::string const& heading,
               std::vector<std::string> const& lines) {
    if (lines.empty()) {
        return;
    }
    text += '\n' + heading + '\n';
    for (std::string const& line : lines) {
        text += wrap_text(line, 2);
    }
}

/// A sentence once, however many kinds say it.
void add_once(std::vector<std::string>& lines, std::string line) {
    if (std::ranges::find(lines, line) == lines.end()) {
        lines.push_back(std::move(line));
    }
}

bool has(std::span<Check const> checks, CheckKind kind, CheckState state) {
    return std::ranges::any_of(
        checks, [&](Check const& check) { return check.kind == kind && check.state == state; });
}

} // namespace

CheckMeaning meaning_of(CheckKind kind) {
    switch (kind) {
    case CheckKind::manifest:
    case CheckKind::output:
        return {{"Les fichiers du répertoire sont ceux de la liste, par leurs empreintes SHA-256.",
                 "The files of the folder are those of the list, by their SHA-256."},
                {"La liste des fichiers n’a pas été lue.", "The list of files was not read."},
                ask_for_original};
    case CheckKind::stranger:
        return {
            {"Aucun autre fichier.", "No other file."},
            {"Des fichiers que la liste ne nomme pas sont dans le répertoire : rien n’en est dit.",
             "Files that the list does not name lie in the folder: nothing is said of them."},
            ask_for_original};
    case CheckKind::case_file:
    case CheckKind::ledger:
    case CheckKind::note:
        return meaning_of_results(kind);
    case CheckKind::case_input:
    case CheckKind::capture:
    case CheckKind::colour_library:
    case CheckKind::reading:
        return meaning_of_inputs(kind);
    case CheckKind::weighing:
    case CheckKind::measuring:
        return meaning_of_numbers(kind);
    case CheckKind::timestamp:
    case CheckKind::timestamp_request:
    case CheckKind::signature:
        return meaning_of_attestation(kind);
    case CheckKind::frozen_timestamp:
        return meaning_of_frozen_stamp();
    case CheckKind::known_issue:
        break;
    }
    return {
        {"La liste des erreurs connues de cette version a été parcourue.",
         "The list of this version's known errors was gone through."},
        {"La version du programme qui a fait le rapport n’est pas lisible : ses erreurs connues "
         "n’ont pu être cherchées.",
         "The version that made the report cannot be read: its known errors could not be "
         "looked for."},
        {"Une erreur connue touche ce rapport.", "A known error touches this report."}};
}

std::string verify_meaning(std::span<Check const> checks, Language language) {
    Speaker const say{language};
    std::vector<std::string> shown;
    std::vector<std::string> open;
    std::vector<std::string> failures;
    std::vector<std::string> noted;
    for (CheckKind const kind : kinds) {
        CheckMeaning const meaning = meaning_of(kind);
        bool const is_bad = has(checks, kind, CheckState::bad);
        bool const is_noted = has(checks, kind, CheckState::noted);
        if (is_bad) {
            add_once(failures, say(meaning.failure));
        }
        if (is_noted || (!is_bad && has(checks, kind, CheckState::good))) {
            add_once(shown, say(meaning.shown));
        }
        if (has(checks, kind, CheckState::not_checked)) {
            add_once(open, say(meaning.open));
        }
        if (is_noted) {
            add_once(noted,
                     say({"Une erreur connue de la version qui a fait ce rapport le touche, comme "
                          "dit plus haut. Les octets sont bons ; le résultat est à lire avec elle.",
                          "A known error of the version that made this report touches it, as said "
                          "above. The bytes are good; the result is to be read with it."}));
        }
    }
    std::string text;
    if (failures.empty()) {
        text += '\n' +
                say({"Tout ce qui a été vérifié est conforme.",
                     "All that was checked is as recorded."}) +
                '\n';
    }
    add_lines(text,
              say({"Ce qui ne va pas, et ce que cela veut dire", "What fails, and what it means"}),
              failures);
    add_lines(text, say({"À savoir", "To know"}), noted);
    add_lines(text, say({"Ce qui a été vérifié", "What was checked"}), shown);
    add_lines(text, say({"Ce qui ne l’a pas été", "What was not checked"}), open);
    return text + '\n' +
           wrap_text(
               say({"Une empreinte numérique conforme montre que les octets sont ceux qui ont "
                    "été enregistrés avec elle. Elle ne dit ni qui les a écrits, ni quand : "
                    "une signature et un horodatage le font.",
                    "A hash that fits shows that the bytes are those recorded with it. It "
                    "does not say who wrote them, or when: a signature and a time stamp do."}));
}

} // namespace cmq::cli
