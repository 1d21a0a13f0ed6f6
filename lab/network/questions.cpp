// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/questions.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cmq::lab {
namespace {

/// One way to read a beginning of a text.
struct Read {
    std::size_t index = 0;
    std::size_t end = 0; ///< after it and blanks
};

std::size_t after_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') {
        ++at;
    }
    return at;
}

void add_read(std::vector<Read>& reads,
              std::string_view text,
              std::size_t at,
              std::string_view word,
              std::size_t index) {
    bool const there = !word.empty() && text.substr(at).starts_with(word) &&
                       std::ranges::none_of(reads, [&](Read const& r) {
                           return r.index == index && r.end == after_blanks(text, at + word.size());
                       });
    if (there) {
        reads.push_back({index, after_blanks(text, at + word.size())});
    }
}

std::vector<Read> nodes_at(Network const& network, std::string_view text, std::size_t at) {
    std::vector<Read> reads;
    at = after_blanks(text, at);
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        add_read(reads, text, at, network.nodes[i].name, i);
        add_read(reads, text, at, network.nodes[i].id, i);
    }
    return reads;
}

std::vector<Read> states_at(NetworkNode const& node, std::string_view text, std::size_t at) {
    std::vector<Read> reads;
    at = after_blanks(text, at);
    for (std::size_t s = 0; s < node.states.size(); ++s) {
        add_read(reads, text, at, node.states[s], s);
        if (!node.state_ids.empty()) {
            add_read(reads, text, at, node.state_ids[s], s);
        }
    }
    return reads;
}

bool next_is(std::string_view text, std::size_t at, char sign) {
    return at < text.size() && text[at] == sign;
}

/// Ways to read a text, as lists of numbers; at most two are looked for.
using Ways = std::vector<std::vector<std::size_t>>;

[[noreturn]] void refuse_two_ways(std::string_view text) {
    throw Error{ErrorKind::domain,
                {"« {} » peut se lire de deux façons ; employer les identifiants",
                 "'{}' can be read in two ways; use identifiers"},
                text};
}

// No way was found: says what does not fit, as the plainest reader would see it.
[[noreturn]] void
refuse_text(Network const& network, std::string_view text, char sign, std::string_view form) {
    auto const at = text.find(sign);
    if (at != std::string_view::npos) {
        std::size_t const begin = after_blanks(text, 0);
        std::size_t end = at;
        while (end > begin && text[end - 1] == ' ') {
            --end;
        }
        auto const node = node_index(network, text.substr(begin, end - begin));
        auto const rest = text.substr(after_blanks(text, at + 1));
        static_cast<void>(
            state_index(network.nodes[node], rest.substr(0, rest.find_first_of(",/:"))));
    }
    throw Error{ErrorKind::domain,
                {"« {} » n’a pas la forme {}", "'{}' does not have the form {}"},
                text,
                form};
}

void read_evidence(Network const& network,
                   std::string_view text,
                   std::size_t at,
                   std::vector<std::size_t>& found,
                   Ways& ways) {
    for (Read const& node : nodes_at(network, text, at)) {
        if (!next_is(text, node.end, '=')) {
            continue;
        }
        for (Read const& state : states_at(network.nodes[node.index], text, node.end + 1)) {
            found.insert(found.end(), {node.index, state.index});
            if (state.end == text.size()) {
                ways.push_back(found);
            } else if (next_is(text, state.end, ',') && ways.size() < 2) {
                read_evidence(network, text, state.end + 1, found, ways);
            }
            found.resize(found.size() - 2);
        }
    }
}

/// A node and what is said of its states.
struct SoftText {
    std::size_t node = 0;
    std::vector<std::pair<std::string, double>> weights{};
};

void read_weights(Network const& network,
                  std::string_view text,
                  std::size_t at,
                  SoftText& found,
                  std::vector<SoftText>& ways) {
    NetworkNode const& node = network.nodes[found.node];
    for (Read const& state : states_at(node, text, at)) {
        if (!next_is(text, state.end, ':')) {
            continue;
        }
        std::size_t const begin = after_blanks(text, state.end + 1);
        std::size_t const slash = std::min(text.find('/', begin), text.size());
        auto digits = text.substr(begin, slash - begin);
        digits = digits.substr(0, digits.find_last_not_of(' ') + 1);
        auto const weight = parse_number(digits);
        if (!weight) {
            continue;
        }
        found.weights.emplace_back(node.states[state.index], *weight);
        if (slash == text.size()) {
            ways.push_back(found);
        } else {
            read_weights(network, text, slash + 1, found, ways);
        }
        found.weights.pop_back();
    }
}

// "A:x/y"
std::vector<RatioAnswer> ratio_ways(Network const& network, std::string_view text) {
    std::vector<RatioAnswer> ways;
    for (Read const& node : nodes_at(network, text, 0)) {
        if (!next_is(text, node.end, ':')) {
            continue;
        }
        for (Read const& h1 : states_at(network.nodes[node.index], text, node.end + 1)) {
            if (!next_is(text, h1.end, '/')) {
                continue;
            }
            for (Read const& h2 : states_at(network.nodes[node.index], text, h1.end + 1)) {
                if (h2.end == text.size()) {
                    ways.push_back({node.index, h1.index, h2.index, {}});
                }
            }
        }
    }
    return ways;
}

RatioAnswer parse_ratio(Network const& network, std::string_view text) {
    auto const ways = ratio_ways(network, text);
    if (ways.empty()) {
        refuse_text(network, text, ':', "NODE:H1/H2");
    }
    if (ways.size() > 1) {
        refuse_two_ways(text);
    }
    return ways.front();
}

void read_names(Network const& network,
                std::string_view text,
                std::size_t at,
                std::vector<std::size_t>& found,
                Ways& ways) {
    for (Read const& node : nodes_at(network, text, at)) {
        found.push_back(node.index);
        if (node.end == text.size()) {
            ways.push_back(found);
        } else if (next_is(text, node.end, ',') && ways.size() < 2) {
            read_names(network, text, node.end + 1, found, ways);
        }
        found.pop_back();
    }
}

std::vector<std::size_t> parse_names(Network const& network, std::string_view text) {
    Ways ways;
    std::vector<std::size_t> found;
    read_names(network, text, 0, found, ways);
    if (ways.empty()) {
        for (std::size_t at = 0; at <= text.size();) { // names the first that is not there
            std::size_t const comma = std::min(text.find(',', at), text.size());
            static_cast<void>(node_index(network, text.substr(at, comma - at)));
            at = comma + 1;
        }
    }
    if (ways.size() != 1) {
        refuse_two_ways(text);
    }
    return ways.front();
}

SensitivityAnswer ask_sensitivity(Network const& network,
                                  Evidence const& evidence,
                                  std::string const& text,
                                  QuestionTexts const& texts) {
    SensitivityAnswer answer;
    auto const ratios = ratio_ways(network, text);
    if (ratios.size() == 1) {
        answer = {ratios[0].node, ratios[0].h1, ratios[0].h2, texts.tipping.value_or(1.0), {}};
        answer.functions = ratio_sensitivity(
            network, evidence, answer.node, answer.state, *answer.other, texts.most_bytes);
    } else {
        auto const target = parse_evidence(network, text);
        if (target.size() != 1) {
            throw Error{ErrorKind::domain,
                        {"« {} » n’a pas la forme {}", "'{}' does not have the form {}"},
                        text,
                        std::string_view{"NODE=STATE"}};
        }
        answer = {target[0].node, *only_state(target[0]), {}, texts.tipping.value_or(0.5), {}};
        answer.functions =
            posterior_sensitivity(network, evidence, answer.node, answer.state, texts.most_bytes);
    }
    std::ranges::stable_sort(answer.functions, [](OneWay const& a, OneWay const& b) {
        return std::abs(a.slope) > std::abs(b.slope);
    });
    return answer;
}

} // namespace

Evidence parse_evidence(Network const& network, std::string_view text) {
    Ways ways;
    std::vector<std::size_t> found;
    read_evidence(network, text, 0, found, ways);
    if (ways.empty()) {
        refuse_text(network, text, '=', "A=x,B=y");
    }
    if (ways.size() > 1) {
        refuse_two_ways(text);
    }
    Evidence evidence;
    for (std::size_t i = 0; i < ways[0].size(); i += 2) {
        EvidenceItem item{ways[0][i], std::vector<double>(network.nodes[ways[0][i]].states.size())};
        item.weights[ways[0][i + 1]] = 1.0;
        evidence.push_back(std::move(item));
    }
    return evidence;
}

EvidenceItem parse_soft(Network const& network, std::string_view text) {
    std::vector<SoftText> ways;
    for (Read const& node : nodes_at(network, text, 0)) {
        if (next_is(text, node.end, '=')) {
            SoftText found{node.index, {}};
            read_weights(network, text, node.end + 1, found, ways);
        }
    }
    if (ways.empty()) {
        refuse_text(network, text, '=', "NODE=STATE:WEIGHT/STATE:WEIGHT");
    }
    if (ways.size() > 1) {
        refuse_two_ways(text);
    }
    return weighed(network, network.nodes[ways[0].node].name, ways[0].weights);
}

std::string row_text(Network const& network, std::size_t node, std::size_t row) {
    auto const& parents = network.nodes[node].parents;
    std::vector<std::string> parts(parents.size());
    for (std::size_t i = parents.size(); i-- > 0;) {
        NetworkNode const& parent = network.nodes[parents[i]];
        parts[i] = parent.name + " = " + parent.states[row % parent.states.size()];
        row /= parent.states.size();
    }
    std::string text;
    for (std::string const& part : parts) {
        text += text.empty() ? "" : ", ";
        text += part;
    }
    return text;
}

Answers answer_questions(Network const& network, QuestionTexts const& texts) {
    Answers answers;
    for (std::string const& text : texts.evidence) {
        auto const items = parse_evidence(network, text);
        answers.evidence.insert(answers.evidence.end(), items.begin(), items.end());
    }
    for (std::string const& text : texts.soft) {
        answers.evidence.push_back(parse_soft(network, text));
    }
    std::vector<std::size_t> asked;
    for (std::string const& text : texts.queries) {
        asked.push_back(node_index(network, text));
        answers.posteriors.push_back({text, asked.back(), {}});
    }
    auto const found = infer(network, answers.evidence, asked, texts.most_bytes);
    answers.log10_p_evidence = found.log10_p_evidence;
    for (std::size_t i = 0; asked.empty() && i < network.nodes.size(); ++i) {
        answers.posteriors.push_back({network.nodes[i].name, i, {}});
    }
    for (NodeAnswer& one : answers.posteriors) {
        auto const p = found.beliefs.of(one.node);
        one.p.assign(p.begin(), p.end());
    }
    for (std::string const& text : texts.joint) {
        auto const nodes = parse_names(network, text);
        answers.joint.push_back(
            {nodes, infer_joint(network, answers.evidence, nodes, texts.most_bytes).values});
    }
    for (std::string const& text : texts.ratios) {
        RatioAnswer one = parse_ratio(network, text);
        one.ratio =
            likelihood_ratio(network, answers.evidence, one.node, one.h1, one.h2, texts.most_bytes);
        answers.ratios.push_back(one);
    }
    answers.conflict = conflict(network, answers.evidence, texts.most_bytes);
    for (std::string const& text : texts.sensitivity) {
        answers.sensitivity.push_back(ask_sensitivity(network, answers.evidence, text, texts));
    }
    return answers;
}

} // namespace cmq::lab
