// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/verify_text.hpp"

#include "apps/cli/speaker.hpp"
#include "report/json_checks.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace cmq::cli {
namespace {

using pipeline::Check;
using pipeline::CheckKind;
using pipeline::CheckReason;
using pipeline::CheckState;

/// How a program reads it, and how a person does.
struct Name {
    std::string_view json;
    Words words;
};

Name name_of(CheckKind kind) {
    switch (kind) {
    case CheckKind::manifest:
        return {
            "manifest",
            {"liste des fichiers et de leurs empreintes numériques", "list of files and hashes"}};
    case CheckKind::output:
        return {"output", {"fichier, d’après cette liste", "file, by that list"}};
    case CheckKind::stranger:
        return {"stranger",
                {"fichier que la liste ne nomme pas", "file that the list does not name"}};
    case CheckKind::case_file:
        return {"case_file",
                {"fichier de résultats, d’après sa propre empreinte numérique",
                 "file of results, by its own hash"}};
    case CheckKind::ledger:
        return {"ledger", {"registre : étapes enchaînées", "ledger: steps chained"}};
    case CheckKind::note:
        return {"note",
                {"note, refaite depuis les résultats", "note, made again from the results"}};
    case CheckKind::case_input:
        return {"case_input", {"description de l’affaire", "description of the case"}};
    case CheckKind::capture:
        return {"capture", {"fichier de l’appareil photo", "camera file"}};
    case CheckKind::weighing:
        return {"weighing", {"comparaison, recalculée", "comparison, weighed again"}};
    case CheckKind::measuring:
        break;
    }
    return {"measuring", {"mesures, refaites", "measurements, made again"}};
}

Name name_of(Check const& check) {
    if (check.state == CheckState::good) {
        return {"good", {"conforme   ", "good       "}};
    }
    if (check.state == CheckState::not_checked) {
        return {"not_checked", {"non vérifié", "not checked"}};
    }
    if (check.reason == CheckReason::missing) {
        return {"bad", {"MANQUE     ", "MISSING    "}};
    }
    return {"bad", {"DIFFÈRE    ", "DIFFERS    "}};
}

std::string_view json_of(CheckReason reason) {
    switch (reason) {
    case CheckReason::none:
        break;
    case CheckReason::missing:
        return "missing";
    case CheckReason::differs:
        return "differs";
    case CheckReason::not_asked:
        return "not_asked";
    case CheckReason::no_renderer:
        return "no_renderer";
    case CheckReason::other_program:
        return "other_program";
    }
    return "";
}

/// Said behind what was looked at; the other reasons are said by the state or at the end.
std::string why(Speaker const& say, CheckReason reason) {
    if (reason == CheckReason::no_renderer) {
        return say(
            {" ; ce programme a été construit sans Qt", "; this program was built without Qt"});
    }
    if (reason == CheckReason::other_program) {
        return say({" ; faite par une autre version du programme",
                    "; made by another version of the program"});
    }
    return "";
}

bool has_bad(std::span<Check const> checks, std::initializer_list<CheckKind> kinds) {
    return std::ranges::any_of(checks, [&](Check const& check) {
        return check.state == CheckState::bad &&
               std::ranges::find(kinds, check.kind) != kinds.end();
    });
}

bool is_not_asked(std::span<Check const> checks, std::initializer_list<CheckKind> kinds) {
    return std::ranges::any_of(checks, [&](Check const& check) {
        return check.reason == CheckReason::not_asked &&
               std::ranges::find(kinds, check.kind) != kinds.end();
    });
}

std::string conclusion(Speaker const& speaker, std::span<Check const> checks) {
    std::string text;
    auto const say = [&](Words words) { text += '\n' + speaker(words) + '\n'; };
    if (!has_bad(checks,
                 {CheckKind::manifest,
                  CheckKind::output,
                  CheckKind::case_file,
                  CheckKind::ledger,
                  CheckKind::note,
                  CheckKind::case_input,
                  CheckKind::capture,
                  CheckKind::weighing,
                  CheckKind::measuring})) {
        say({"Tout ce qui a été vérifié est conforme.", "All that was checked is as recorded."});
    }
    if (has_bad(checks,
                {CheckKind::manifest,
                 CheckKind::output,
                 CheckKind::case_file,
                 CheckKind::ledger,
                 CheckKind::note})) {
        say({"Un fichier au moins n’est pas celui que le programme a écrit : il a été modifié,\n"
             "abîmé, remplacé ou retiré depuis. En demander l’exemplaire d’origine, ou\n"
             "refaire le calcul à partir des pièces.",
             "At least one file is not the one that the program wrote: it was changed,\n"
             "damaged, replaced or removed since. Ask for the original, or compute again from\n"
             "the inputs."});
    }
    if (has_bad(checks, {CheckKind::case_input, CheckKind::capture})) {
        say({"Une pièce au moins n’est pas celle qui a servi au calcul : le résultat ne porte\n"
             "pas sur elle.",
             "At least one input is not the one that was computed from: the result does not\n"
             "speak of it."});
    }
    if (has_bad(checks, {CheckKind::weighing, CheckKind::measuring})) {
        say({"Le nouveau calcul ne donne pas les nombres enregistrés (écart toléré : un\n"
             "milliardième ; valeurs imprimées : égales). Ou bien ils ont été modifiés, ou\n"
             "bien une autre version du programme les a produits.",
             "Computing again does not give the recorded numbers (tolerance: one part in a\n"
             "billion; printed values: equal). Either they were changed, or another version\n"
             "of the program made them."});
    }
    if (is_not_asked(checks, {CheckKind::case_input, CheckKind::capture})) {
        say({"Les pièces elles-mêmes n’ont pas été relues : --inputs REP les compare.",
             "The inputs themselves were not read: --inputs DIR compares them."});
    }
    if (is_not_asked(checks, {CheckKind::weighing, CheckKind::measuring})) {
        say({"Tout n’a pas été recalculé : --recompute refait l’évaluation, et les mesures\naussi "
             "si les pièces sont données par --inputs.",
             "Not all was computed again: --recompute weighs again, and measures again where\n"
             "--inputs gives the inputs."});
    }
    say({"Une empreinte numérique conforme montre que les octets sont ceux qui ont été\n"
         "enregistrés avec elle. Elle ne dit ni qui les a écrits, ni quand.",
         "A hash that fits shows that the bytes are those recorded with it. It does not say\n"
         "who wrote them, or when."});
    return text;
}

} // namespace

std::string verify_text(std::span<Check const> checks, Language language) {
    Speaker const say{language};
    std::string text;
    for (Check const& check : checks) {
        text += say(name_of(check).words) + "  " + check.subject + " (" +
                say(name_of(check.kind).words) + why(say, check.reason) + ")\n";
        if (check.state == CheckState::bad && !check.detail.empty()) {
            text += "             " + check.detail.in(language) + '\n';
        }
    }
    return text + conclusion(say, checks);
}

std::string verify_json(std::span<Check const> checks) {
    std::vector<report::CheckLine> lines;
    for (Check const& check : checks) {
        lines.push_back({.kind = std::string{name_of(check.kind).json},
                         .state = std::string{name_of(check).json},
                         .reason = std::string{json_of(check.reason)},
                         .subject = check.subject,
                         .detail = check.detail.english()});
    }
    return report::json_checks(lines);
}

} // namespace cmq::cli
