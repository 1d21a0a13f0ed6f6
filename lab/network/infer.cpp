// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/infer.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::lab {
namespace {

double to_log10(double natural) {
    return natural / std::numbers::ln10;
}

std::vector<std::size_t> nodes_of(Evidence const& evidence) {
    std::vector<std::size_t> nodes;
    for (EvidenceItem const& item : evidence) {
        nodes.push_back(item.node);
    }
    return nodes;
}

// Leaves out one finding after the other as long as the rest stays impossible.
Evidence smallest_contradiction(JunctionTree const& tree, Evidence evidence) {
    for (std::size_t i = 0; i < evidence.size() && evidence.size() > 1;) {
        Evidence fewer = evidence;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (tree.propagate(fewer).possible()) {
            ++i;
        } else {
            evidence = std::move(fewer);
        }
    }
    return evidence;
}

void check_comparison(Network const& network,
                      Evidence const& evidence,
                      std::size_t node,
                      std::size_t h1,
                      std::size_t h2) {
    CMQ_EXPECTS(node < network.nodes.size() && h1 < network.nodes[node].states.size() &&
                h2 < network.nodes[node].states.size());
    if (h1 == h2) {
        throw Error{ErrorKind::domain,
                    {"un rapport de vraisemblance compare deux états différents du nœud « {} »",
                     "a likelihood ratio compares two different states of the node '{}'"},
                    network.nodes[node].name};
    }
    if (std::ranges::find(evidence, node, &EvidenceItem::node) != evidence.end()) {
        throw Error{
            ErrorKind::domain,
            {"une constatation porte sur le nœud « {} » lui-même, dont les états sont à comparer",
             "a finding is of the node '{}' itself, whose states are to be compared"},
            network.nodes[node].name};
    }
}

// The node's own probabilities do not bear on the ratio where it has no parents.
Network with_even_states(Network const& network, std::size_t node) {
    Network even = network;
    if (network.nodes[node].parents.empty()) {
        auto& table = even.nodes[node].table;
        std::ranges::fill(table, 1.0 / static_cast<double>(table.size()));
    }
    return even;
}

} // namespace

void refuse_impossible(Network const& network, Evidence const& evidence, double most_bytes) {
    std::vector<std::size_t> const nodes = nodes_of(evidence);
    JunctionTree const tree{network,
                            {.asked = nodes,
                             .evidence = {},
                             .may_be_found = {},
                             .together = {},
                             .most_bytes = most_bytes}};
    auto const contradiction = smallest_contradiction(tree, evidence);
    std::string text;
    for (std::size_t i = 0; i < contradiction.size(); ++i) {
        if (i == 8) {
            text += " ; ...";
            break;
        }
        EvidenceItem const& item = contradiction[i];
        text += (text.empty() ? "" : " ; ") + evidence_text(network, item);
    }
    if (contradiction.size() == 1) {
        throw Error{ErrorKind::domain,
                    {"le réseau exclut cette constatation (probabilité 0) : {}",
                     "the network excludes this finding (probability 0): {}"},
                    text};
    }
    throw Error{
        ErrorKind::domain,
        {"le réseau exclut que ces {} constatations soient faites ensemble (probabilité 0) : {}",
         "the network excludes that these {} findings are made together (probability 0): {}"},
        contradiction.size(),
        text};
}

Inference infer(Network const& network,
                Evidence const& evidence,
                std::vector<std::size_t> const& asked,
                double most_bytes) {
    JunctionTree const tree{network,
                            {.asked = asked,
                             .evidence = evidence,
                             .may_be_found = {},
                             .together = {},
                             .most_bytes = most_bytes}};
    Inference result;
    result.beliefs = tree.propagate();
    if (!result.beliefs.possible()) {
        refuse_impossible(network, evidence, most_bytes);
    }
    result.log10_p_evidence = evidence.empty() ? 0.0 : to_log10(result.beliefs.log_p_evidence);
    return result;
}

Joint infer_joint(Network const& network,
                  Evidence const& evidence,
                  std::vector<std::size_t> const& nodes,
                  double most_bytes) {
    auto sorted = nodes;
    std::ranges::sort(sorted);
    if (nodes.empty() || std::ranges::adjacent_find(sorted) != sorted.end()) {
        throw Error{ErrorKind::domain,
                    {"une loi jointe porte sur un nœud au moins, chacun nommé une fois",
                     "a joint distribution is of one node at least, each named once"}};
    }
    JunctionTree const tree{network,
                            {.asked = nodes,
                             .evidence = evidence,
                             .may_be_found = {},
                             .together = {nodes},
                             .most_bytes = most_bytes}};
    ScaledTable table = tree.joint(0);
    if (std::isinf(table.log_scale)) {
        refuse_impossible(network, evidence, most_bytes);
    }
    return {std::move(table.values), evidence.empty() ? 0.0 : to_log10(table.log_scale)};
}

NodeRatio likelihood_ratio(Network const& network,
                           Evidence const& evidence,
                           std::size_t node,
                           std::size_t h1,
                           std::size_t h2,
                           double most_bytes) {
    check_comparison(network, evidence, node, h1, h2);
    Network const even = with_even_states(network, node);
    auto const tree_with = [&](Evidence const& in_force) {
        return JunctionTree{even,
                            {.asked = {node},
                             .evidence = in_force,
                             .may_be_found = {},
                             .together = {},
                             .most_bytes = most_bytes}};
    };
    JunctionTree const before = tree_with({});
    JunctionTree const after = tree_with(evidence);
    if (!after.propagate().possible()) {
        refuse_impossible(network, evidence, most_bytes);
    }
    // p(evidence, h) / p(h), each by a pass of its own: a posterior can be too small for a double.
    auto const log10_p = [&](std::size_t h) {
        EvidenceItem item{node, std::vector<double>(network.nodes[node].states.size())};
        item.weights[h] = 1.0;
        double const alone = before.propagate({item}).log_p_evidence;
        if (std::isinf(alone)) {
            throw Error{
                ErrorKind::domain,
                {"le réseau exclut l’état « {} » du nœud « {} » : rien ne peut lui être comparé",
                 "the network excludes the state '{}' of the node '{}': nothing can be compared "
                 "with it"},
                network.nodes[node].states[h],
                network.nodes[node].name};
        }
        return to_log10(after.propagate({item}).log_p_evidence - alone);
    };
    NodeRatio ratio{log10_p(h1), log10_p(h2), 0.0};
    if (std::isinf(ratio.log10_p_h1) && std::isinf(ratio.log10_p_h2)) {
        throw Error{ErrorKind::domain,
                    {"les constatations sont exclues sous « {} » comme sous « {} »",
                     "the findings are excluded under '{}' as under '{}'"},
                    network.nodes[node].states[h1],
                    network.nodes[node].states[h2]};
    }
    ratio.log10_lr = ratio.log10_p_h1 - ratio.log10_p_h2;
    return ratio;
}

std::optional<double>
conflict(Network const& network, Evidence const& evidence, double most_bytes) {
    if (evidence.size() < 2) {
        return {};
    }
    auto const together = infer(network, evidence, nodes_of(evidence), most_bytes);
    auto const alone = infer(network, {}, nodes_of(evidence), most_bytes);
    double value = -together.beliefs.log_p_evidence;
    for (EvidenceItem const& item : evidence) {
        auto const p = alone.beliefs.of(item.node);
        double sum = 0.0;
        for (std::size_t s = 0; s < p.size(); ++s) {
            sum += p[s] * item.weights[s];
        }
        value += std::log(sum);
    }
    return value;
}

} // namespace cmq::lab
