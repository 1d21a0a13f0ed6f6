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
            refuse(assigned.proposition, problems);
        }
    }
    problems.throw_if_any();
}

} // namespace cmq::casefile
