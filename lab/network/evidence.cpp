// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/evidence.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {

EvidenceItem observed(Network const& network, std::string_view node, std::string_view state) {
    EvidenceItem item{node_index(network, node), {}};
    NetworkNode const& found = network.nodes[item.node];
    std::size_t const at = state_index(found, state);
    item.weights.resize(found.states.size());
    item.weights[at] = 1.0;
    return item;
}

EvidenceItem weighed(Network const& network,
                     std::string_view node,
                     std::vector<std::pair<std::string, double>> const& weights) {
    EvidenceItem item{node_index(network, node), {}};
    NetworkNode const& found = network.nodes[item.node];
    item.weights.resize(found.states.size());
    std::vector<bool> given(found.states.size());
    for (auto const& [state, weight] : weights) {
        std::size_t const at = state_index(found, state);
        if (given[at]) {
            throw Error{ErrorKind::domain,
                        {"l’état « {} » du nœud « {} » a deux poids",
                         "the state '{}' of the node '{}' has two weights"},
                        state,
                        found.name};
        }
        given[at] = true;
        item.weights[at] = weight;
    }
    check_evidence(network, {item});
    return item;
}

std::optional<std::size_t> only_state(EvidenceItem const& item) {
    std::optional<std::size_t> only;
    for (std::size_t s = 0; s < item.weights.size(); ++s) {
        if (item.weights[s] > 0.0) {
            if (only) {
                return {};
            }
            only = s;
        }
    }
    return only;
}

std::string evidence_text(Network const& network, EvidenceItem const& item) {
    NetworkNode const& node = network.nodes[item.node];
    if (auto const state = only_state(item)) {
        return node.name + " = " + node.states[*state];
    }
    std::string text = node.name + ":";
    for (std::size_t s = 0; s < item.weights.size(); ++s) {
        if (item.weights[s] > 0.0) {
            text += (text.ends_with(':') ? " " : ", ") + node.states[s] + ' ' +
                    number_text(item.weights[s]);
        }
    }
    return text;
}

void check_evidence(Network const& network, Evidence const& evidence) {
    for (EvidenceItem const& item : evidence) {
        if (item.node >= network.nodes.size() ||
            item.weights.size() != network.nodes[item.node].states.size()) {
            throw Error{
                ErrorKind::domain,
                {"une constatation ne correspond à aucun nœud, ou n’a pas un poids par état",
                 "a finding is of no node, or has not one weight for each state"}};
        }
        bool some = false;
        for (double const weight : item.weights) {
            if (!(weight >= 0.0) || !std::isfinite(weight)) {
                throw Error{ErrorKind::domain,
                            {"{} n’est pas un poids (nœud « {} »)", "{} is no weight (node '{}')"},
                            number_text(weight),
                            network.nodes[item.node].name};
            }
            some = some || weight > 0.0;
        }
        if (!some) {
            throw Error{
                ErrorKind::domain,
                {"tous les poids du nœud « {} » sont nuls", "all weights of the node '{}' are 0"},
                network.nodes[item.node].name};
        }
    }
}

} // namespace cmq::lab
