// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_network.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;

Json finite_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json evidence_json(lab::Network const& network, lab::Evidence const& evidence) {
    Json list = Json::array();
    for (lab::EvidenceItem const& item : evidence) {
        lab::NetworkNode const& node = network.nodes[item.node];
        Json one;
        one["node"] = node.name;
        auto const state = lab::only_state(item);
        one["state"] = state ? Json(node.states[*state]) : Json(nullptr);
        one["weights"] = Json::object();
        for (std::size_t s = 0; s < item.weights.size(); ++s) {
            one["weights"][node.states[s]] = item.weights[s];
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json posteriors_json(lab::Network const& network, std::vector<lab::NodeAnswer> const& answers) {
    Json all = Json::object();
    for (lab::NodeAnswer const& answer : answers) {
        Json one = Json::object();
        for (std::size_t s = 0; s < answer.p.size(); ++s) {
            one[network.nodes[answer.node].states[s]] = answer.p[s];
        }
        all[answer.called] = std::move(one);
    }
    return all;
}

Json joint_json(lab::Network const& network, std::vector<lab::JointAnswer> const& answers) {
    Json all = Json::array();
    for (lab::JointAnswer const& answer : answers) {
        Json one;
        one["nodes"] = Json::array();
        for (std::size_t const node : answer.nodes) {
            one["nodes"].push_back(network.nodes[node].name);
        }
        one["cells"] = Json::array();
        for (std::size_t i = 0; i < answer.p.size(); ++i) {
            std::vector<std::string> states(answer.nodes.size());
            std::size_t rest = i;
            for (std::size_t n = states.size(); n-- > 0;) {
                auto const& node = network.nodes[answer.nodes[n]];
                states[n] = node.states[rest % node.states.size()];
                rest /= node.states.size();
            }
            one["cells"].push_back({{"states", states}, {"p", answer.p[i]}});
        }
        all.push_back(std::move(one));
    }
    return all;
}

Json ratio_json(lab::Network const& network, lab::RatioAnswer const& answer) {
    lab::NetworkNode const& node = network.nodes[answer.node];
    Json one;
    one["node"] = node.name;
    one["h1"] = node.states[answer.h1];
    one["h2"] = node.states[answer.h2];
    one["lr"] = finite_or_null(std::pow(10.0, answer.ratio.log10_lr));
    one["log10_lr"] = finite_or_null(answer.ratio.log10_lr);
    one["log10_p_h1"] = finite_or_null(answer.ratio.log10_p_h1);
    one["log10_p_h2"] = finite_or_null(answer.ratio.log10_p_h2);
    bool const infinite = std::isinf(answer.ratio.log10_lr);
    one["excludes"] = infinite
                          ? Json(node.states[answer.ratio.log10_lr > 0.0 ? answer.h2 : answer.h1])
                          : Json(nullptr);
    return one;
}

Json line_json(lab::LinearFunction const& line) {
    return {{"at0", line.at0}, {"at1", line.at1}, {"log_scale", finite_or_null(line.log_scale)}};
}

Json function_json(lab::Network const& network, lab::OneWay const& one, double tipping) {
    lab::NetworkNode const& node = network.nodes[one.entry.node];
    Json json;
    json["node"] = node.name;
    json["given"] = Json::object();
    std::size_t row = one.entry.row;
    for (std::size_t i = node.parents.size(); i-- > 0;) {
        auto const& found = network.nodes[node.parents[i]];
        json["given"][found.name] = found.states[row % found.states.size()];
        row /= found.states.size();
    }
    json["state"] = node.states[one.entry.state];
    json["value"] = one.value;
    json["answer"] = finite_or_null(one.answer);
    json["slope"] = finite_or_null(one.slope);
    json["at0"] = finite_or_null(one.at(0.0));
    json["at1"] = finite_or_null(one.at(1.0));
    json["tipping_points"] = one.crossings(tipping);
    json["over"] = {line_json(one.over[0]), line_json(one.over[1])};
    json["under"] = {line_json(one.under[0]), line_json(one.under[1])};
    return json;
}

Json sensitivity_json(lab::Network const& network, lab::SensitivityAnswer const& answer) {
    lab::NetworkNode const& node = network.nodes[answer.node];
    Json json;
    json["of"] = answer.other ? "likelihood_ratio" : "posterior";
    json["node"] = node.name;
    json[answer.other ? "h1" : "state"] = node.states[answer.state];
    if (answer.other) {
        json["h2"] = node.states[*answer.other];
    }
    json["tipping_at"] = answer.tipping;
    json["functions"] = Json::array();
    for (lab::OneWay const& one : answer.functions) {
        json["functions"].push_back(function_json(network, one, answer.tipping));
    }
    return json;
}

} // namespace

std::string
json_network(std::string const& file, lab::ReadNetwork const& read, lab::Answers const& answers) {
    lab::Network const& network = read.network;
    Json json;
    json["file"] = file;
    json["nodes"] = network.nodes.size();
    json["evidence"] = evidence_json(network, answers.evidence);
    json["log10_p_evidence"] = answers.log10_p_evidence;
    json["posteriors"] = posteriors_json(network, answers.posteriors);
    json["joint"] = joint_json(network, answers.joint);
    json["likelihood_ratios"] = Json::array();
    for (lab::RatioAnswer const& one : answers.ratios) {
        json["likelihood_ratios"].push_back(ratio_json(network, one));
    }
    bool const some = !answers.ratios.empty();
    json["lr"] = some ? json["likelihood_ratios"][0]["lr"] : Json(nullptr);
    json["log10_lr"] = some ? json["likelihood_ratios"][0]["log10_lr"] : Json(nullptr);
    json["conflict"] = answers.conflict ? Json(*answers.conflict) : Json(nullptr);
    json["sensitivity"] = Json::array();
    for (lab::SensitivityAnswer const& one : answers.sensitivity) {
        json["sensitivity"].push_back(sensitivity_json(network, one));
    }
    json["warnings"] = Json::array();
    for (Sentence const& warning : read.warnings) {
        json["warnings"].push_back(warning.english());
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
