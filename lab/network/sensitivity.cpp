// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/sensitivity.hpp"

#include "core/error.hpp"
#include "lab/network/infer.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

/// p(evidence) as a function of each number of one node's table.
struct NodeFunctions {
    std::vector<double> at0{};
    std::vector<double> at1{};
    double log_scale = 0.0;

    [[nodiscard]] LinearFunction of(std::size_t i) const { return {at0[i], at1[i], log_scale}; }
};

// What the states but one of a row share, by the slopes of the evidence in them.
double rest_of_row(double const* row, double const* slopes, std::size_t states, std::size_t but) {
    double weight = 0.0;
    double sum = 0.0;
    for (std::size_t s = 0; s < states; ++s) {
        if (s != but) {
            weight += row[s];
            sum += row[s] * slopes[s];
        }
    }
    if (weight > 0.0) {
        return sum / weight;
    }
    for (std::size_t s = 0; s < states; ++s) {
        sum += s == but ? 0.0 : slopes[s] / static_cast<double>(states - 1);
    }
    return sum;
}

NodeFunctions functions_of(Network const& network,
                           JunctionTree const& tree,
                           std::size_t at,
                           Evidence const& evidence) {
    NetworkNode const& node = network.nodes[at];
    std::size_t const states = node.states.size();
    std::size_t const rows = node.table.size() / states;
    ScaledTable const slopes = tree.derivatives(at, evidence);
    // What all rows but one contribute, from sums before and after it: no difference is taken.
    std::vector<double> after(rows + 1);
    std::vector<double> own(rows);
    for (std::size_t row = rows; row-- > 0;) {
        for (std::size_t s = 0; s < states; ++s) {
            own[row] += node.table[row * states + s] * slopes.values[row * states + s];
        }
        after[row] = after[row + 1] + own[row];
    }
    NodeFunctions functions{std::vector<double>(node.table.size()),
                            std::vector<double>(node.table.size()),
                            slopes.log_scale};
    double before = 0.0;
    for (std::size_t row = 0; row < rows; ++row) {
        double const others = before + after[row + 1];
        for (std::size_t s = 0; s < states; ++s) {
            std::size_t const i = row * states + s;
            functions.at1[i] = others + slopes.values[i];
            functions.at0[i] = others + rest_of_row(node.table.data() + row * states,
                                                    slopes.values.data() + row * states,
                                                    states,
                                                    s);
        }
        before += own[row];
    }
    return functions;
}

Evidence
with_state(Network const& network, Evidence evidence, std::size_t node, std::size_t state) {
    EvidenceItem item{node, std::vector<double>(network.nodes[node].states.size())};
    item.weights[state] = 1.0;
    evidence.push_back(std::move(item));
    return evidence;
}

double slope_at(OneWay const& one, double t) {
    double relative = 0.0;
    for (std::size_t i = 0; i < 2; ++i) {
        for (double const sign : {1.0, -1.0}) {
            LinearFunction const& line = sign > 0.0 ? one.over[i] : one.under[i];
            double const value = (1.0 - t) * line.at0 + t * line.at1;
            if (value > 0.0) {
                relative += sign * (line.at1 - line.at0) / value;
            } else if (line.at1 !=
                       line.at0) { // the answer is 0 here: its slope is that of this line alone
                OneWay rest = one;
                (sign > 0.0 ? rest.over[i] : rest.under[i]) = {1.0, 1.0, line.log_scale};
                return sign * (line.at1 - line.at0) * rest.at(t);
            }
        }
    }
    return one.answer == 0.0 ? 0.0 : one.answer * relative;
}

// Below this share of the larger of its ends, an answer's movement is rounding.
constexpr double no_movement = 1e-13;

bool moves(OneWay const& one) {
    auto const flat = [](LinearFunction const& line) {
        return std::abs(line.at1 - line.at0) <= no_movement * std::max(line.at0, line.at1);
    };
    bool const all_flat =
        std::ranges::all_of(one.over, flat) && std::ranges::all_of(one.under, flat);
    // Not at the ends, where the evidence may be impossible and the answer none.
    double const low = std::min({one.at(0.25), one.at(0.5), one.at(0.75)});
    double const high = std::max({one.at(0.25), one.at(0.5), one.at(0.75)});
    return !all_flat && high - low > no_movement * high;
}

/// Evidence for each of the four linear functions; nothing: 1.
struct Parts {
    std::array<Evidence const*, 2> over{};
    std::array<Evidence const*, 2> under{};
};

/// The functions of one node's numbers in each part of the answer; empty where the part is 1.
struct FoundParts {
    std::array<NodeFunctions, 2> over{};
    std::array<NodeFunctions, 2> under{};
};

FoundParts
parts_of(Network const& network, JunctionTree const& tree, std::size_t at, Parts const& parts) {
    FoundParts found;
    for (std::size_t i = 0; i < 2; ++i) {
        if (parts.over[i] != nullptr) {
            found.over[i] = functions_of(network, tree, at, *parts.over[i]);
        }
        if (parts.under[i] != nullptr) {
            found.under[i] = functions_of(network, tree, at, *parts.under[i]);
        }
    }
    return found;
}

LinearFunction line_of(NodeFunctions const& functions, std::size_t entry) {
    return functions.at0.empty() ? LinearFunction{} : functions.of(entry);
}

std::vector<OneWay>
all_functions(Network const& network, JunctionTree const& tree, Parts const& parts) {
    std::vector<OneWay> list;
    for (std::size_t at = 0; at < network.nodes.size(); ++at) {
        NetworkNode const& node = network.nodes[at];
        if (node.states.size() < 2) {
            continue;
        }
        FoundParts const found = parts_of(network, tree, at, parts);
        for (std::size_t i = 0; i < node.table.size(); ++i) {
            OneWay one{{at, i / node.states.size(), i % node.states.size()},
                       node.table[i],
                       0.0,
                       0.0,
                       {line_of(found.over[0], i), line_of(found.over[1], i)},
                       {line_of(found.under[0], i), line_of(found.under[1], i)}};
            one.answer = one.at(one.value);
            one.slope = slope_at(one, one.value);
            if (moves(one)) {
                list.push_back(one);
            }
        }
    }
    return list;
}

void check_entry(Network const& network, TableEntry entry) {
    bool const there = entry.node < network.nodes.size() &&
                       entry.state < network.nodes[entry.node].states.size() &&
                       entry.row < network.nodes[entry.node].table.size() /
                                       network.nodes[entry.node].states.size();
    if (!there || network.nodes[entry.node].states.size() < 2) {
        throw Error{ErrorKind::domain,
                    {"ce nombre n’est pas dans les tables du réseau, ou son nœud n’a qu’un état",
                     "this number is not in the network's tables, or its node has a single state"}};
    }
}

TreePurpose whole(double most_bytes) {
    TreePurpose purpose;
    purpose.most_bytes = most_bytes;
    return purpose;
}

} // namespace

double LinearFunction::log_at(double t) const {
    return std::log((1.0 - t) * at0 + t * at1) + log_scale;
}

double OneWay::at(double t) const {
    double const log_over = over[0].log_at(t) + over[1].log_at(t);
    double const log_under = under[0].log_at(t) + under[1].log_at(t);
    return std::exp(log_over - log_under);
}

std::vector<double> OneWay::crossings(double y) const {
    double const scale =
        under[0].log_scale + under[1].log_scale - over[0].log_scale - over[1].log_scale;
    double const k = y * std::exp(std::clamp(scale, -700.0, 700.0));
    // over - y under in Bernstein form: its values at the ends and the one between.
    double const g0 = over[0].at0 * over[1].at0 - k * under[0].at0 * under[1].at0;
    double const g1 = over[0].at1 * over[1].at1 - k * under[0].at1 * under[1].at1;
    double const between = 0.5 * (over[0].at0 * over[1].at1 + over[0].at1 * over[1].at0 -
                                  k * (under[0].at0 * under[1].at1 + under[0].at1 * under[1].at0));
    double const a = g0 - 2.0 * between + g1;
    double const b = 2.0 * (between - g0);
    double const inside = b * b - 4.0 * a * g0;
    if (!(inside >= 0.0)) {
        return {};
    }
    double const q = -0.5 * (b + std::copysign(std::sqrt(inside), b));
    std::vector<double> roots;
    for (double const root : {q / a, g0 / q}) {
        // Where the evidence is impossible, both sides are 0 and nothing is crossed.
        bool const inside_range = root >= 0.0 && root <= 1.0 && std::abs(at(root) - y) <= 1e-6 * y;
        if (inside_range && std::ranges::find(roots, root) == roots.end()) {
            roots.push_back(root + 0.0); // no -0
        }
    }
    std::ranges::sort(roots);
    return roots;
}

std::vector<OneWay> posterior_sensitivity(Network const& network,
                                          Evidence const& evidence,
                                          std::size_t node,
                                          std::size_t state,
                                          double most_bytes) {
    check_network(network);
    CMQ_EXPECTS(node < network.nodes.size() && state < network.nodes[node].states.size());
    static_cast<void>(infer(network, evidence, {node}, most_bytes)); // refuses impossible evidence
    JunctionTree const tree{network, whole(most_bytes)};
    Evidence const both = with_state(network, evidence, node, state);
    return all_functions(network, tree, {{&both, nullptr}, {&evidence, nullptr}});
}

std::vector<OneWay> ratio_sensitivity(Network const& network,
                                      Evidence const& evidence,
                                      std::size_t node,
                                      std::size_t h1,
                                      std::size_t h2,
                                      double most_bytes) {
    check_network(network);
    static_cast<void>(likelihood_ratio(network, evidence, node, h1, h2, most_bytes));
    Network even = network;
    if (network.nodes[node].parents.empty()) { // its own table does not bear on the ratio
        auto& table = even.nodes[node].table;
        std::ranges::fill(table, 1.0 / static_cast<double>(table.size()));
    }
    JunctionTree const tree{even, whole(most_bytes)};
    Evidence const with_h1 = with_state(network, evidence, node, h1);
    Evidence const with_h2 = with_state(network, evidence, node, h2);
    Evidence const only_h1 = with_state(network, {}, node, h1);
    Evidence const only_h2 = with_state(network, {}, node, h2);
    auto list = all_functions(even, tree, {{&with_h1, &only_h2}, {&with_h2, &only_h1}});
    if (network.nodes[node].parents.empty()) {
        std::erase_if(list, [&](OneWay const& one) { return one.entry.node == node; });
    }
    return list;
}

Network with_entry(Network network, TableEntry entry, double t) {
    check_entry(network, entry);
    if (!(t >= 0.0 && t <= 1.0)) {
        throw Error{ErrorKind::domain, {"{} n’est pas une probabilité", "{} is no probability"}, t};
    }
    NetworkNode& node = network.nodes[entry.node];
    std::size_t const states = node.states.size();
    double* const row = node.table.data() + entry.row * states;
    double rest = 0.0;
    for (std::size_t s = 0; s < states; ++s) {
        rest += s == entry.state ? 0.0 : row[s];
    }
    for (std::size_t s = 0; s < states; ++s) {
        if (s != entry.state) {
            row[s] =
                (1.0 - t) * (rest > 0.0 ? row[s] / rest : 1.0 / static_cast<double>(states - 1));
        }
    }
    row[entry.state] = t;
    return network;
}

double TwoWay::at(double t, double u) const {
    auto const mixed = [&](std::array<double, 4> const& corner) {
        return (1.0 - t) * ((1.0 - u) * corner[0] + u * corner[1]) +
               t * ((1.0 - u) * corner[2] + u * corner[3]);
    };
    return mixed(over) / mixed(under);
}

TwoWay two_way_sensitivity(Network const& network,
                           Evidence const& evidence,
                           std::size_t node,
                           std::size_t state,
                           TableEntry first,
                           TableEntry second,
                           double most_bytes) {
    check_network(network);
    check_entry(network, first);
    check_entry(network, second);
    CMQ_EXPECTS(node < network.nodes.size() && state < network.nodes[node].states.size());
    if (first.node == second.node && first.row == second.row) {
        throw Error{ErrorKind::domain,
                    {"deux nombres d’une même ligne ne varient pas séparément",
                     "two numbers of one row do not vary apart"}};
    }
    static_cast<void>(infer(network, evidence, {node}, most_bytes));
    Evidence const both = with_state(network, evidence, node, state);
    std::size_t const entry = second.row * network.nodes[second.node].states.size() + second.state;
    std::array<LinearFunction, 4> lines; // over at t = 0, under at t = 0, over at 1, under at 1
    for (std::size_t corner = 0; corner < 2; ++corner) {
        Network const moved = with_entry(network, first, static_cast<double>(corner));
        JunctionTree const tree{moved, whole(most_bytes)};
        lines[2 * corner] = functions_of(moved, tree, second.node, both).of(entry);
        lines[2 * corner + 1] = functions_of(moved, tree, second.node, evidence).of(entry);
    }
    double highest = -std::numeric_limits<double>::infinity();
    for (LinearFunction const& line : lines) {
        highest = std::max(highest, line.log_scale);
    }
    TwoWay two;
    for (std::size_t corner = 0; corner < 2; ++corner) {
        LinearFunction const& over = lines[2 * corner];
        LinearFunction const& under = lines[2 * corner + 1];
        two.over[2 * corner] = over.at0 * std::exp(over.log_scale - highest);
        two.over[2 * corner + 1] = over.at1 * std::exp(over.log_scale - highest);
        two.under[2 * corner] = under.at0 * std::exp(under.log_scale - highest);
        two.under[2 * corner + 1] = under.at1 * std::exp(under.log_scale - highest);
    }
    return two;
}

} // namespace cmq::lab
