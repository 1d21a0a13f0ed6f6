// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/network/stored_answers.hpp"

#include "core/number_text.hpp"
#include "lab/network/read_network.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "tests/lab/network/example_networks.hpp"

#include <algorithm>

namespace cmq::lab::test {
namespace {

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

std::vector<std::string> split(std::string const& text, char at) {
    std::vector<std::string> parts(1);
    for (char const c : text) {
        if (c == at) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

} // namespace

std::vector<std::string> stored_networks() {
    std::vector<std::string> names;
    if (std::filesystem::is_directory(network_folder)) {
        for (auto const& entry : std::filesystem::directory_iterator{network_folder}) {
            if (entry.path().extension() == ".bif") {
                names.push_back(entry.path().stem().string());
            }
        }
    }
    std::ranges::sort(names);
    return names;
}

Network stored_network(std::string const& name) {
    return parse_network(read_text(network_folder / (name + ".bif")), NetworkFormat::bif).network;
}

Evidence stored_evidence(Network const& network, std::string const& text) {
    Evidence evidence;
    if (text == "none") {
        return evidence;
    }
    for (std::string const& part : split(text, ';')) {
        auto const equals = part.find('=');
        evidence.push_back(observed(network, part.substr(0, equals), part.substr(equals + 1)));
    }
    return evidence;
}

std::vector<StoredMarginal> stored_marginals(Network const& network, std::string const& name) {
    std::vector<StoredMarginal> list;
    auto const rows = parse_csv(read_text(network_folder / (name + ".marginals.csv")));
    for (std::size_t i = 1; i < rows.size(); ++i) {
        StoredMarginal one;
        one.p = parse_number(without_blanks(rows[i].at(3))).value();
        one.evidence = stored_evidence(network, rows[i].at(0));
        one.of_evidence = rows[i].at(1) == "P(evidence)";
        if (!one.of_evidence) {
            one.node = node_index(network, rows[i].at(1));
            one.state = state_index(network.nodes[one.node], rows[i].at(2));
        }
        list.push_back(std::move(one));
    }
    return list;
}

std::vector<StoredRatio> stored_ratios() {
    std::vector<StoredRatio> list;
    auto const rows = parse_csv(read_text(network_folder / "likelihood_ratios.csv"));
    for (std::size_t i = 1; i < rows.size(); ++i) {
        auto const& row = rows[i];
        list.push_back({row.at(0),
                        row.at(1),
                        row.at(2),
                        without_blanks(row.at(3)),
                        without_blanks(row.at(4)),
                        without_blanks(row.at(5))});
    }
    return list;
}

} // namespace cmq::lab::test
