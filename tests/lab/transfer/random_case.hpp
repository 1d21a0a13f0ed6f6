// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Small random cases in the terms of lab, for tests with known truth.

#pragma once

#include "lab/transfer/agents.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::lab::test {

/// One case: two accounts of how marker came to two zones of P1, examined once.
struct KnownCase {
    Account account{};
    Proposition hit{"Hp", Side::prosecution, {"shot_at_p1"}, {}, {}};
    Proposition contact{"Hd", Side::defence, {"shot_at_p2"}, {}, {}};
    std::vector<Finding> findings{}; ///< what an examination gave; kind and zone are set
};

/// Accounts that differ in shares, times, contacts and their probabilities; no findings yet. Same seed, same account.
inline KnownCase random_case(std::uint64_t seed) {
    cmq::Random random{seed, 1, 0};
    auto const from = [&](double low, double high) {
        return low + (high - low) * random.uniform();
    };
    KnownCase known;
    known.account.carriers = {{"P1.hand", Surface::skin},
                              {"P1.jacket", Surface::porous},
                              {"P2.hand", Surface::skin},
                              {"P2.jacket", Surface::porous},
                              {"seat", Surface::smooth}};
    known.account.deliveries.resize(2);
    double const hand = from(0.0, 0.3);
    double const jacket = from(0.05, 0.6);
    known.account.deliveries[0].id = "shot_at_p1";
    known.account.deliveries[0].zones = {{"P1.hand", hand}, {"P1.jacket", jacket}};
    known.account.deliveries[1].id = "shot_at_p2";
    known.account.deliveries[1].zones = {{"P2.hand", hand}, {"P2.jacket", jacket}};
    auto const add = [&](std::string id, EventKind kind, std::string first, std::string second) {
        Event event;
        event.id = std::move(id);
        event.kind = kind;
        event.between = {std::move(first), std::move(second)};
        event.when = {from(5.0, 90.0), from(0.0, 5.0)};
        event.probability = from(0.2, 1.0);
        known.account.events.push_back(std::move(event));
    };
    add("handshake", EventKind::contact, "P2.hand", "P1.hand");
    add("side_by_side", EventKind::contact, "P2.jacket", "P1.jacket");
    add("hand_in_pocket", EventKind::wear, "P1.hand", "P1.jacket");
    add("p2_sits", EventKind::contact, "P2.jacket", "seat");
    add("p1_sits", EventKind::contact, "P1.jacket", "seat");
    for (Event const& event : known.account.events) {
        known.hit.events.push_back(event.id);
        known.contact.events.push_back(event.id);
    }
    double const examined = from(100.0, 300.0);
    for (char const* zone : {"P1.hand", "P1.jacket"}) {
        Finding finding;
        finding.zone = zone;
        finding.kind = FindingKind::not_detected;
        finding.examination = Examination::visual;
        finding.minutes = examined;
        known.findings.push_back(finding);
    }
    return known;
}

/// What happens if one proposition is true, under parameters drawn from the prior.
inline void
happen(KnownCase& known, bool hit_is_true, PopulationPrior const& prior, std::uint64_t number) {
    cmq::Random random{77, 2, number};
    Psi const psi = prior.draw_alone(random);
    known.findings = simulate_findings(
        known.account, hit_is_true ? known.hit : known.contact, known.findings, psi, random);
}

} // namespace cmq::lab::test
