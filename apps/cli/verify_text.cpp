// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/verify_text.hpp"

#include "apps/cli/speaker.hpp"
#include "apps/cli/verify_meaning.hpp"
#include "apps/cli/wrap_text.hpp"
#include "report/json_checks.hpp"

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
    case CheckKind::reading:
        return {"reading", {"fichier du laboratoire ou registre", "laboratory file or registry"}};
    case CheckKind::weighing:
        return {"weighing", {"comparaison, recalculée", "comparison, weighed again"}};
    case CheckKind::measuring:
        break;
    case CheckKind::colour_library:
        return {"colour_library", {"bibliothèque de couleurs", "colour library"}};
    case CheckKind::known_issue:
        return {"known_issue", {"erreur connue", "known error"}};
    case CheckKind::timestamp:
        return {"timestamp", {"horodatage", "time stamp"}};
    case CheckKind::timestamp_request:
        return {"timestamp_request", {"demande d’horodatage", "request for a time stamp"}};
    case CheckKind::signature:
        return {"signature", {"signature", "signature"}};
    case CheckKind::frozen_timestamp:
        return {"frozen_timestamp",
                {"horodatage des propositions figées", "time stamp of the frozen propositions"}};
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
    if (check.state == CheckState::noted) {
        return {"noted", {"À LIRE     ", "TO READ    "}};
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
    case CheckReason::touches:
        return "touches";
    case CheckReason::no_reply:
        return "no_reply";
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
    if (reason == CheckReason::no_reply) {
        return say({" ; sans réponse", "; without an answer"});
    }
    return "";
}

} // namespace

std::string check_lines(std::span<Check const> checks, Language language) {
    Speaker const say{language};
    std::string text;
    for (Check const& check : checks) {
        text += say(name_of(check).words) + "  " + check.subject + " (" +
                say(name_of(check.kind).words) + why(say, check.reason) + ")\n";
        if (!check.detail.empty()) {
            text += wrap_text(check.detail.in(language), 13);
        }
    }
    return text;
}

std::string verify_text(std::span<Check const> checks, Language language) {
    return check_lines(checks, language) + verify_meaning(checks, language);
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
