// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/problems.hpp"
#include "casefile/read_case.hpp"

#include <set>
#include <string>

namespace cmq::casefile {
namespace {

std::set<std::string> compared_propositions(Case const& of) {
    std::set<std::string> ids;
    for (Comparison const& comparison : of.comparisons) {
        ids.insert(*comparison.h1);
        ids.insert(*comparison.h2);
    }
    return ids;
}

/// Deliveries and events of the compared propositions, and what those have to come after.
std::set<std::string> named_in_accounts(Case const& of, std::set<std::string> const& compared) {
    std::set<std::string> ids;
    for (Proposition const& proposition : of.propositions) {
        if (compared.contains(*proposition.id)) {
            for (auto const* const names : {&proposition.deliveries, &proposition.events}) {
                for (Placed<std::string> const& name : *names) {
                    ids.insert(*name);
                }
            }
        }
    }
    for (Event const& event : of.events) {
        if (ids.contains(*event.id) && event.after) {
            ids.insert(**event.after);
        }
    }
    return ids;
}

/// "P1" of "P1.right_hand"; an object or a place is its own.
std::string owner_of(std::string const& zone) {
    return zone.substr(0, zone.find('.'));
}

/// Whom and what the rest of the case speaks of.
std::set<std::string> owners_named(Case const& of) {
    std::set<std::string> owners;
    auto const add = [&](std::string const& zone) { owners.insert(owner_of(zone)); };
    for (Capture const& capture : of.captures) {
        if (capture.zone) {
            add(**capture.zone);
        }
    }
    for (Observation const& seen : of.observations) {
        add(*seen.zone);
    }
    for (Reading const& reading : of.readings) {
        add(*reading.zone);
    }
    for (Planned const& planned : of.planned) {
        add(*planned.zone);
    }
    for (Seal const& seal : of.seals) {
        if (seal.zone) {
            add(**seal.zone);
        }
    }
    for (Delivery const& delivery : of.deliveries) {
        for (auto const& [zone, share] : delivery.zones) {
            add(*zone);
        }
    }
    for (Contamination const& contamination : of.contaminations) {
        for (auto const& [zone, share] : contamination.zones) {
            add(*zone);
        }
    }
    for (Event const& event : of.events) {
        for (Placed<std::string> const& carrier : event.carriers) {
            add(*carrier);
        }
    }
    return owners;
}

void refuse(Placed<std::string> const& id, Problems& problems) {
    problems.add(ErrorKind::domain,
                 id.place,
                 {"aucune comparaison ne s’appuie sur {} ; tout ce que contient ce fichier passe "
                  "dans case.h5 et peut aller au juge : le comparer, ou le déplacer dans "
                  "counsel.toml",
                  "no comparison rests on {}; all that this file holds goes into case.h5 and may "
                  "reach the court: compare it, or move it to counsel.toml"},
                 in_quotes(*id));
}

} // namespace

void check_all_used(Case const& of) {
    std::set<std::string> const compared = compared_propositions(of);
    std::set<std::string> const named = named_in_accounts(of, compared);
    Problems problems;
    for (Proposition const& proposition : of.propositions) {
        if (!compared.contains(*proposition.id)) {
            refuse(proposition.id, problems);
        }
    }
    for (Delivery const& delivery : of.deliveries) {
        if (!named.contains(*delivery.id)) {
            refuse(delivery.id, problems);
        }
    }
    for (Event const& event : of.events) {
        if (!named.contains(*event.id)) {
            refuse(event.id, problems);
        }
    }
    for (Assigned const& assigned : of.assigned) {
        if (!compared.contains(*assigned.proposition)) {
            problems.add(ErrorKind::domain,
                         assigned.proposition.place,
                         {"aucune comparaison ne s’appuie sur {} : la comparer, ou supprimer cette "
                          "probabilité",
                          "no comparison rests on {}: compare it, or remove this probability"},
                         in_quotes(*assigned.proposition));
        }
    }
    // A zone of somebody whom the case speaks of may stand there as not examined; one of nobody may not.
    std::set<std::string> const owners = owners_named(of);
    for (Carrier const& carrier : of.carriers) {
        if (!owners.contains(owner_of(*carrier.id))) {
            problems.add(ErrorKind::domain,
                         carrier.id.place,
                         {"rien d’autre dans l’affaire ne parle de {} ; tout ce que contient ce "
                          "fichier passe dans case.h5 et peut aller au juge : le supprimer, ou le "
                          "déplacer dans counsel.toml",
                          "nothing else in the case speaks of {}; all that this file holds goes "
                          "into case.h5 and may reach the court: remove it, or move it to "
                          "counsel.toml"},
                         in_quotes(*carrier.id));
        }
    }
    problems.throw_if_any();
}

} // namespace cmq::casefile
