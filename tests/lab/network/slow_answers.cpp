// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/network/slow_answers.hpp"

#include <algorithm>

namespace cmq::lab::test {
namespace {

using States = std::map<std::size_t, std::size_t>; // of nodes

double entry(Network const& network, std::size_t node, States const& states) {
    std::size_t row = 0;
    for (std::size_t const parent : network.nodes[node].parents) {
        row = row * network.nodes[parent].states.size() + states.at(parent);
    }
    return network.nodes[node].table[row * network.nodes[node].states.size() + states.at(node)];
}

double weight(Evidence const& evidence, std::size_t node, std::size_t state) {
    double product = 1.0;
    for (EvidenceItem const& item : evidence) {
        product *= item.node == node ? item.weights[state] : 1.0;
    }
    return product;
}

/// A function of some nodes: what is not listed is 0.
struct Function {
    std::vector<std::size_t> nodes{}; ///< ascending
    std::map<std::vector<std::size_t>, double> values{};
};

Function product(Network const& network, std::vector<Function> const& parts) {
    Function result;
    for (Function const& part : parts) {
        result.nodes.insert(result.nodes.end(), part.nodes.begin(), part.nodes.end());
    }
    std::ranges::sort(result.nodes);
    result.nodes.erase(std::unique(result.nodes.begin(), result.nodes.end()), result.nodes.end());
    std::vector<std::size_t> at(result.nodes.size());
    while (true) {
        double value = 1.0;
        for (Function const& part : parts) {
            std::vector<std::size_t> key;
            for (std::size_t const node : part.nodes) {
                key.push_back(at[static_cast<std::size_t>(
                    std::ranges::lower_bound(result.nodes, node) - result.nodes.begin())]);
            }
            auto const found = part.values.find(key);
            value *= found == part.values.end() ? 0.0 : found->second;
        }
        if (value != 0.0) {
            result.values[at] = value;
        }
        std::size_t digit = 0;
        while (digit < at.size() &&
               ++at[digit] == network.nodes[result.nodes[digit]].states.size()) {
            at[digit++] = 0;
        }
        if (digit == at.size()) {
            return result;
        }
    }
}

Function without(Function const& function, std::size_t node) {
    auto const place = std::ranges::find(function.nodes, node) - function.nodes.begin();
    Function result;
    result.nodes = function.nodes;
    result.nodes.erase(result.nodes.begin() + place);
    for (auto const& [key, value] : function.values) {
        auto shorter = key;
        shorter.erase(shorter.begin() + place);
        result.values[shorter] += value;
    }
    return result;
}

Function table_of(Network const& network, Evidence const& evidence, std::size_t node) {
    Function function;
    function.nodes = network.nodes[node].parents;
    function.nodes.push_back(node);
    auto const family = function.nodes;
    std::ranges::sort(function.nodes);
    for (std::size_t i = 0; i < network.nodes[node].table.size(); ++i) {
        States states;
        std::size_t rest = i;
        for (auto member = family.rbegin(); member != family.rend(); ++member) {
            states[*member] = rest % network.nodes[*member].states.size();
            rest /= network.nodes[*member].states.size();
        }
        std::vector<std::size_t> key;
        for (auto const& [member, state] : states) {
            key.push_back(state);
        }
        double const value = network.nodes[node].table[i] * weight(evidence, node, states.at(node));
        if (value != 0.0) {
            function.values[key] = value;
        }
    }
    return function;
}

} // namespace

SlowAnswer by_enumeration(Network const& network, Evidence const& evidence) {
    SlowAnswer answer;
    for (NetworkNode const& node : network.nodes) {
        answer.posteriors.emplace_back(node.states.size());
    }
    States states;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        states[i] = 0;
    }
    while (true) {
        double p = 1.0;
        for (std::size_t i = 0; i < network.nodes.size(); ++i) {
            p *= entry(network, i, states) * weight(evidence, i, states[i]);
        }
        answer.p_evidence += p;
        for (auto const& [node, state] : states) {
            answer.posteriors[node][state] += p;
        }
        std::size_t digit = 0;
        while (digit < states.size() && ++states[digit] == network.nodes[digit].states.size()) {
            states[digit++] = 0;
        }
        if (digit == states.size()) {
            break;
        }
    }
    for (auto& posterior : answer.posteriors) {
        for (double& p : posterior) {
            p /= answer.p_evidence;
        }
    }
    return answer;
}

std::vector<double>
by_elimination(Network const& network, Evidence const& evidence, std::size_t node) {
    std::vector<Function> functions;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        functions.push_back(table_of(network, evidence, i));
    }
    for (std::size_t i = network.nodes.size(); i-- > 0;) {
        if (i == node) {
            continue;
        }
        std::vector<Function> touched;
        std::vector<Function> rest;
        for (Function& function : functions) {
            bool const has = std::ranges::binary_search(function.nodes, i);
            (has ? touched : rest).push_back(std::move(function));
        }
        rest.push_back(without(product(network, touched), i));
        functions = std::move(rest);
    }
    Function const last = product(network, functions);
    std::vector<double> values(network.nodes[node].states.size());
    for (auto const& [key, value] : last.values) {
        values[key.front()] = value;
    }
    return values;
}

} // namespace cmq::lab::test
