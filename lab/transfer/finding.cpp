// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/finding.hpp"

#include "core/error.hpp"
#include "lab/transfer/evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace cmq::lab {

namespace {

constexpr double largest_value = 1e5; // of a count, or an amount in detection limits

template <class... Texts>
[[noreturn]] void
refuse(Finding const& finding, Form<sizeof...(Texts)> why, Texts const&... texts) {
    Sentence const which = finding.id.empty() ? Sentence{{"sur {}", "on {}"}, finding.zone}
                                              : Sentence::verbatim(finding.id);
    throw Error{ErrorKind::domain,
                {"observation {} : {}", "finding {}: {}"},
                which,
                Sentence{why, texts...}};
}

void check_value(Finding const& finding) {
    if (finding.kind == FindingKind::count &&
        !(finding.value >= 0.0 && finding.value <= largest_value &&
          finding.value == std::floor(finding.value))) {
        refuse(finding,
               {"un comptage doit être un nombre entier de 0 à 100 000",
                "a count must be a whole number from 0 to 100000"});
    }
    if (finding.kind == FindingKind::amount) {
        if (!(std::abs(finding.value) <= largest_value)) {
            refuse(finding,
                   {"une quantité doit être finie et ne pas dépasser 100 000 limites de détection",
                    "an amount must be finite and at most 100000 detection limits"});
        }
        if (!(finding.sigma > 0.0 && finding.sigma <= largest_value)) {
            refuse(finding,
                   {"une quantité demande une incertitude-type supérieure à 0",
                    "an amount needs a standard uncertainty above 0"});
        }
    }
}

void check_code(Finding const& finding) {
    if (!finding.code) {
        return;
    }
    CodeEvidence const& code = *finding.code;
    for (double const p :
         {code.error, code.given_marker, code.given_material, code.given_other_lot}) {
        if (!(p >= 0.0 && p <= 1.0)) {
            refuse(finding,
                   {"les probabilités d’une lecture de code sont comprises entre 0 et 1",
                    "the probabilities of a reading of a code lie between 0 and 1"});
        }
    }
    if (finding.kind == FindingKind::not_detected) {
        refuse(finding,
               {"une lecture de code ne va pas avec une zone où rien n’a été vu",
                "a reading of a code does not go with a zone on which nothing was seen"});
    }
}

void check_finding(Finding const& finding, Account const& account) {
    if (!std::isfinite(finding.minutes)) {
        refuse(finding, {"son heure doit être un nombre fini", "its time must be finite"});
    }
    check_value(finding);
    if (!finding.look_alike_ratio.empty() &&
        finding.look_alike_ratio.size() != account.look_alikes.size()) {
        refuse(finding,
               {"il faut un rapport pour chaque fluorescence semblable du récit, ou aucun",
                "it needs one ratio for each look-alike of the account, or none"});
    }
    for (double const ratio : finding.look_alike_ratio) {
        if (!(ratio >= 0.0 && std::isfinite(ratio))) {
            refuse(finding,
                   {"le rapport d’une fluorescence semblable doit être fini et ne pas être négatif",
                    "a look-alike's ratio must be finite and not negative"});
        }
    }
    check_code(finding);
}

} // namespace

std::string_view to_text(FindingKind kind) noexcept {
    switch (kind) {
    case FindingKind::not_examined:
        return "not_examined";
    case FindingKind::detected:
        return "detected";
    case FindingKind::not_detected:
        return "not_detected";
    case FindingKind::count:
        return "count";
    case FindingKind::amount:
        return "amount";
    }
    return "";
}

std::vector<ExaminedZone> examined_zones(Account const& account,
                                         std::span<Finding const> findings) {
    std::vector<ExaminedZone> zones;
    std::set<std::size_t> taken;
    for (Finding const& finding : findings) {
        check_finding(finding, account);
        auto const carrier = std::ranges::find(account.carriers, finding.zone, &Carrier::id);
        if (carrier == account.carriers.end()) {
            refuse(finding, {"la zone {} n’existe pas", "there is no carrier {}"}, finding.zone);
        }
        if (finding.kind == FindingKind::not_examined) {
            continue;
        }
        auto const index = static_cast<std::size_t>(carrier - account.carriers.begin());
        if (!taken.insert(index).second) {
            refuse(finding,
                   {"la zone {} a deux observations ; n’en donner qu’une, pour le total",
                    "zone {} has two findings; give one for its total"},
                   finding.zone);
        }
        zones.push_back({finding, index});
    }
    if (zones.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"aucune observation n’apporte d’information : aucune zone n’a été examinée",
                     "no finding says anything: no zone was examined"}};
    }
    return zones;
}

} // namespace cmq::lab
