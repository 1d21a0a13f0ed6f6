// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/network.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <queue>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

namespace cmq::lab {
namespace {

constexpr double usual_rounding = 1e-6; // of printed probabilities; above, a warning

// At most so many names, for a sentence.
std::string some_names(std::vector<std::string> const& names) {
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > most ? text + ", ..." : text;
}

void check_name(std::string const& name) {
    bool const plain =
        std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (name.empty() || !plain) {
        throw Error{ErrorKind::format,
                    {"un nom est vide ou contient un caractère de commande",
                     "a name is empty or holds a control character"}};
    }
}

// A name that stands twice. Few names, as most nodes have, are compared in place.
template <class Items, class Name>
std::optional<std::string> name_twice(Items const& items, Name const& name) {
    if (items.size() <= 16) {
        for (auto i = items.begin(); i != items.end(); ++i) {
            for (auto j = items.begin(); j != i; ++j) {
                if (std::invoke(name, *i) == std::invoke(name, *j)) {
                    return std::invoke(name, *i);
                }
            }
        }
        return {};
    }
    std::vector<std::string_view> sorted;
    sorted.reserve(items.size());
    for (auto const& item : items) {
        sorted.emplace_back(std::invoke(name, item));
    }
    std::ranges::sort(sorted);
    auto const twice = std::ranges::adjacent_find(sorted);
    return twice == sorted.end() ? std::nullopt : std::optional{std::string{*twice}};
}

void check_states(NetworkNode const& node) {
    if (node.states.empty()) {
        throw Error{ErrorKind::format,
                    {"le nœud « {} » n’a pas d’états", "the node '{}' has no states"},
                    node.name};
    }
    if (node.states.size() > most_states) {
        throw Error{ErrorKind::limits,
                    {"le nœud « {} » a plus de {} états", "the node '{}' has more than {} states"},
                    node.name,
                    most_states};
    }
    for (std::string const& state : node.states) {
        check_name(state);
    }
    if (auto const twice = name_twice(node.states, std::identity{})) {
        throw Error{ErrorKind::format,
                    {"le nœud « {} » a deux états « {} »", "the node '{}' has two states '{}'"},
                    node.name,
                    *twice};
    }
    if (!node.state_ids.empty() && node.state_ids.size() != node.states.size()) {
        throw Error{ErrorKind::format,
                    {"le nœud « {} » n’a pas un identifiant pour chaque état",
                     "the node '{}' has not one identifier for each state"},
                    node.name};
    }
}

void check_parents(Network const& network, std::size_t node) {
    auto const& parents = network.nodes[node].parents;
    for (std::size_t i = 0; i < parents.size(); ++i) {
        if (parents[i] >= network.nodes.size()) {
            throw Error{ErrorKind::format,
                        {"un parent du nœud « {} » n’est pas dans le réseau",
                         "a parent of the node '{}' is not in the network"},
                        network.nodes[node].name};
        }
        if (std::find(parents.begin(),
                      parents.begin() + static_cast<std::ptrdiff_t>(i),
                      parents[i]) != parents.begin() + static_cast<std::ptrdiff_t>(i)) {
            throw Error{ErrorKind::format,
                        {"le nœud « {} » a deux fois le parent « {} »",
                         "the node '{}' has the parent '{}' twice"},
                        network.nodes[node].name,
                        network.nodes[parents[i]].name};
        }
    }
}

double sum_of_row(NetworkNode const& node, std::size_t row) {
    double sum = 0.0;
    for (std::size_t s = 0; s < node.states.size(); ++s) {
        double const p = node.table[row * node.states.size() + s];
        if (!(p >= 0.0) || !std::isfinite(p)) {
            throw Error{ErrorKind::format,
                        {"{} n’est pas une probabilité (nœud « {} », ligne {} de sa table)",
                         "{} is no probability (node '{}', row {} of its table)"},
                        number_text(p),
                        node.name,
                        row + 1};
        }
        sum += p;
    }
    if (!(sum > 0.0) || !std::isfinite(sum)) {
        throw Error{
            ErrorKind::format,
            {"la somme d’une ligne de la table n’est pas un nombre positif (nœud « {} », ligne "
             "{})",
             "the sum of a row of the table is no positive number (node '{}', row {})"},
            node.name,
            row + 1};
    }
    return sum;
}

// Whether parents stand first already.
bool in_order(Network const& network) {
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        for (std::size_t const parent : network.nodes[i].parents) {
            if (parent >= i) {
                return false;
            }
        }
    }
    return true;
}

// A node that leads back to itself: follows parents that have no place in the order yet.
[[noreturn]] void refuse_circle(Network const& network, std::vector<std::size_t> const& waiting) {
    auto const stuck = [&](std::size_t node) { return waiting[node] > 0; };
    std::size_t at = 0;
    while (!stuck(at)) {
        ++at;
    }
    std::vector<std::size_t> path;
    while (std::ranges::find(path, at) == path.end()) {
        path.push_back(at);
        at = *std::ranges::find_if(network.nodes[at].parents, stuck);
    }
    std::vector<std::string> names;
    for (auto i = std::ranges::find(path, at); i != path.end(); ++i) {
        names.push_back(network.nodes[*i].name);
    }
    throw Error{ErrorKind::format,
                {"les flèches tournent en rond : {}", "the arrows run in a circle: {}"},
                some_names(names)};
}

} // namespace

std::size_t add_node(Network& network,
                     std::string name,
                     std::vector<std::string> states,
                     std::vector<std::string> const& parents,
                     std::vector<double> table) {
    NetworkNode node;
    node.name = std::move(name);
    node.states = std::move(states);
    for (std::string const& parent : parents) {
        node.parents.push_back(node_index(network, parent));
    }
    node.table = std::move(table);
    network.nodes.push_back(std::move(node));
    return network.nodes.size() - 1;
}

std::optional<std::size_t> find_node(Network const& network, std::string_view name) {
    for (auto const member : {&NetworkNode::name, &NetworkNode::id}) {
        auto const found = std::ranges::find(network.nodes, name, member);
        if (found != network.nodes.end()) {
            return static_cast<std::size_t>(found - network.nodes.begin());
        }
    }
    return {};
}

std::optional<std::size_t> find_state(NetworkNode const& node, std::string_view name) {
    for (auto const* const names : {&node.states, &node.state_ids}) {
        auto const found = std::ranges::find(*names, name);
        if (found != names->end()) {
            return static_cast<std::size_t>(found - names->begin());
        }
    }
    return {};
}

std::size_t node_index(Network const& network, std::string_view name) {
    auto const found = find_node(network, name);
    if (!found) {
        std::vector<std::string> names;
        for (NetworkNode const& node : network.nodes) {
            names.push_back(node.name);
        }
        throw Error{ErrorKind::domain,
                    {"le réseau n’a pas de nœud « {} » ; il a : {}",
                     "the network has no node '{}'; it has: {}"},
                    name,
                    some_names(names)};
    }
    return *found;
}

std::size_t state_index(NetworkNode const& node, std::string_view name) {
    auto const found = find_state(node, name);
    if (!found) {
        throw Error{ErrorKind::domain,
                    {"le nœud « {} » n’a pas d’état « {} » ; il a : {}",
                     "the node '{}' has no state '{}'; it has: {}"},
                    node.name,
                    name,
                    some_names(node.states)};
    }
    return *found;
}

std::size_t row_count(Network const& network, std::size_t node) {
    std::size_t rows = 1;
    for (std::size_t const parent : network.nodes[node].parents) {
        std::size_t const states = network.nodes[parent].states.size();
        if (states > 0 && rows > most_table_numbers / states) {
            throw Error{ErrorKind::limits,
                        {"la table du nœud « {} » aurait plus de {} nombres",
                         "the table of the node '{}' would have more than {} numbers"},
                        network.nodes[node].name,
                        most_table_numbers};
        }
        rows *= states;
    }
    return rows;
}

std::vector<std::size_t> topological_order(Network const& network) {
    std::size_t const count = network.nodes.size();
    if (in_order(network)) {
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        return order;
    }
    std::vector<std::size_t> waiting(count); // for how many parents
    std::vector<std::vector<std::size_t>> children(count);
    for (std::size_t i = 0; i < count; ++i) {
        waiting[i] = network.nodes[i].parents.size();
        for (std::size_t const parent : network.nodes[i].parents) {
            children[parent].push_back(i);
        }
    }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < count; ++i) {
        if (waiting[i] == 0) {
            ready.push(i);
        }
    }
    std::vector<std::size_t> order;
    order.reserve(count);
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (std::size_t const child : children[order.back()]) {
            if (--waiting[child] == 0) {
                ready.push(child);
            }
        }
    }
    if (order.size() < count) {
        refuse_circle(network, waiting);
    }
    return order;
}

std::vector<Sentence> normalise_rows(NetworkNode& node) {
    std::size_t const states = node.states.size();
    // What adding so many numbers rounds: below, dividing would only move last digits, and a file
    // that was written and read again would not give the same bits.
    double const rounding = static_cast<double>(states) * 2.220446049250313e-16;
    double worst = 0.0;
    std::size_t worst_row = 0;
    for (std::size_t row = 0; row < node.table.size() / states; ++row) {
        double const sum = sum_of_row(node, row);
        if (std::abs(sum - 1.0) > std::abs(worst)) {
            worst = sum - 1.0;
            worst_row = row;
        }
        if (std::abs(sum - 1.0) > rounding) {
            for (std::size_t s = 0; s < states; ++s) {
                node.table[row * states + s] /= sum;
            }
        }
    }
    if (std::abs(worst) <= usual_rounding) {
        return {};
    }
    return {Sentence{{"nœud « {} » : la ligne {} de sa table a pour somme {} ; ramenée à 1",
                      "node '{}': row {} of its table sums to {}; brought to 1"},
                     node.name,
                     worst_row + 1,
                     significant_text(1.0 + worst, 9)}};
}

void check_node(Network const& network, std::size_t at) {
    NetworkNode const& node = network.nodes[at];
    check_name(node.name);
    check_states(node);
    check_parents(network, at);
    std::size_t const rows = row_count(network, at);
    if (node.table.size() != rows * node.states.size()) {
        throw Error{
            ErrorKind::format,
            {"la table du nœud « {} » a {} nombres au lieu de {} ({} lignes de {} états)",
             "the table of the node '{}' has {} numbers instead of {} ({} rows of {} states)"},
            node.name,
            node.table.size(),
            rows * node.states.size(),
            rows,
            node.states.size()};
    }
    for (std::size_t row = 0; row < rows; ++row) {
        double const sum = sum_of_row(node, row);
        if (std::abs(sum - 1.0) > 1e-9) {
            throw Error{ErrorKind::format,
                        {"la ligne {} de la table du nœud « {} » a pour somme {}",
                         "row {} of the table of the node '{}' sums to {}"},
                        row + 1,
                        node.name,
                        number_text(sum)};
        }
    }
}

void check_network(Network const& network) {
    if (network.nodes.empty()) {
        throw Error{ErrorKind::format, {"le réseau n’a pas de nœuds", "the network has no nodes"}};
    }
    if (network.nodes.size() > most_nodes) {
        throw Error{ErrorKind::limits,
                    {"le réseau a plus de {} nœuds", "the network has more than {} nodes"},
                    most_nodes};
    }
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        check_node(network, i);
        numbers += network.nodes[i].table.size();
    }
    if (auto const twice = name_twice(network.nodes, &NetworkNode::name)) {
        throw Error{ErrorKind::format,
                    {"deux nœuds s’appellent « {} »", "two nodes are named '{}'"},
                    *twice};
    }
    if (numbers > most_table_numbers) {
        throw Error{ErrorKind::limits,
                    {"les tables du réseau ont plus de {} nombres",
                     "the tables of the network have more than {} numbers"},
                    most_table_numbers};
    }
    if (!in_order(network)) {
        static_cast<void>(topological_order(network));
    }
}

} // namespace cmq::lab
