// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Parameter sets and accounts that several tests use.

#pragma once

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/transfer/evaluate.hpp"

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cmq::lab::test {

/// Every parameter held at a value under which the model is as bare as can be: nothing is lost, dried,
/// contaminated or mistaken, one quantum is seen, all odds are 1.
inline ParameterSet bare_parameters(std::map<std::string, double> const& changes = {}) {
    std::map<std::string, double> values{
        {"load.shape", 1.0},
        {"kappa", 1.0},
        {"transfer.wet", 0.5},
        {"transfer.light_odds", 1.0},
        {"transfer.firm_odds", 1.0},
        {"transfer.friction_odds", 1.0},
        {"transfer.laboratory_odds", 1.0},
        {"transfer.event_gsd", 1.0},
        {"dry.tau_min", 1e15},
        {"dry.loose_share", 1.0},
        {"zone.dispersion_shape", 1e9}, // spread of 3e-5
        {"contamination.probability", 0.0},
        {"look_alike.prevalence", 0.0},
        {"detection.slope_instrument", 50.0},
        {"detection.slope_visual", 50.0},
        {"detection.conversion", 1.0},
        {"aim.spread_mrad", 1.0},
        {"footprint.splash_m", 1.0},
        {"footprint.spray_mrad", 1.0},
        {"footprint.shower_m", 1.0},
        {"footprint.drone_mrad", 1.0},
    };
    for (auto const& [name, value] : changes) {
        values[name] = value;
    }
    std::vector<Parameter> all;
    for (std::string_view const name : parameter_names()) {
        Parameter parameter;
        parameter.name = name;
        bool const half_life = name.find("half_life") != std::string_view::npos;
        bool const load = name.find("_dl") != std::string_view::npos;
        auto const known = values.find(parameter.name);
        parameter.distribution.first = known != values.end() ? known->second
                                       : half_life           ? 1e15
                                       : load                ? 1.0
                                                             : 0.0;
        all.push_back(std::move(parameter));
    }
    return ParameterSet{std::move(all)};
}

/// The library that ships, read just well enough for its fixed layout.
inline ParameterSet library() {
    std::ifstream file{std::string{CMQ_SOURCE_DIR} + "/casefile/data/parameters.toml"};
    std::vector<Parameter> all;
    std::map<std::string, DistributionKind> const kinds{
        {"fixed", DistributionKind::fixed},
        {"lognormal", DistributionKind::lognormal},
        {"beta", DistributionKind::beta},
        {"log_uniform", DistributionKind::log_uniform},
        {"uniform", DistributionKind::uniform},
        {"gamma", DistributionKind::gamma}};
    auto const quoted = [](std::string const& line) {
        return line.substr(line.find('"') + 1, line.rfind('"') - line.find('"') - 1);
    };
    auto const number = [](std::string const& line,
                           std::string const& key) -> std::optional<double> {
        auto const at = line.find(' ' + key + " = ");
        if (at == std::string::npos) {
            return std::nullopt;
        }
        auto const first = at + key.size() + 4;
        return parse_number(line.substr(first, line.find_first_of(",} ", first) - first));
    };
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("name = ")) {
            all.emplace_back();
            all.back().name = quoted(line);
        } else if (line.starts_with("grade = ") && quoted(line) == "measured_on_proxy") {
            all.back().grade = Grade::measured_on_proxy;
        } else if (line.starts_with("distribution = ")) {
            Distribution& d = all.back().distribution;
            auto const kind = line.find("kind = \"") + 8;
            d.kind = kinds.at(line.substr(kind, line.find('"', kind) - kind));
            std::map<DistributionKind, std::pair<std::string, std::string>> const keys{
                {DistributionKind::fixed, {"value", "value"}},
                {DistributionKind::lognormal, {"median", "gsd"}},
                {DistributionKind::beta, {"a", "b"}},
                {DistributionKind::log_uniform, {"low", "high"}},
                {DistributionKind::uniform, {"low", "high"}},
                {DistributionKind::gamma, {"shape", "rate"}}};
            d.first = number(line, keys.at(d.kind).first).value();
            d.second = number(line, keys.at(d.kind).second).value();
            if (d.kind != DistributionKind::log_uniform && d.kind != DistributionKind::uniform) {
                d.low = number(line, "low");
                d.high = number(line, "high");
            }
        }
    }
    return ParameterSet{std::move(all)};
}

/// The set with some parameters held.
inline ParameterSet held(ParameterSet set, std::map<std::string, double> const& values) {
    for (auto const& [name, value] : values) {
        Parameter parameter = set.at(name);
        parameter.distribution = {DistributionKind::fixed, value};
        set = set.with(parameter);
    }
    return set;
}

inline Finding found(std::string zone,
                     FindingKind kind,
                     double minutes = 100.0,
                     double value = 0.0,
                     double sigma = 0.0) {
    Finding finding;
    finding.zone = std::move(zone);
    finding.kind = kind;
    finding.minutes = minutes;
    finding.value = value;
    finding.sigma = sigma;
    return finding;
}

/// Quick: no sensitivity, tornado or curves.
inline Settings value_only(std::size_t draws = 64) {
    Settings settings;
    settings.draws_min = draws;
    settings.draws_max = draws;
    settings.sensitivity_draws = 0;
    settings.tornado_draws = 0;
    settings.threads = 1;
    return settings;
}

/// P1 was hit on the hand, or P2 was and then touched P1's hand.
struct HitOrContact {
    Account account;
    Proposition hit{"Hp", Side::prosecution, {"shot_at_p1"}, {}};
    Proposition contact{"Hd", Side::defence, {"shot_at_p2"}, {"handshake"}};

    HitOrContact() {
        account.carriers = {
            {"P1.hand", Surface::skin}, {"P1.jacket", Surface::porous}, {"P2.hand", Surface::skin}};
        account.deliveries.resize(2);
        account.deliveries[0].id = "shot_at_p1";
        account.deliveries[0].zones = {{"P1.hand", 0.2}, {"P1.jacket", 0.4}};
        account.deliveries[1].id = "shot_at_p2";
        account.deliveries[1].zones = {{"P2.hand", 0.2}};
        account.events.resize(1);
        account.events[0].id = "handshake";
        account.events[0].between = {"P2.hand", "P1.hand"};
        account.events[0].when = {10.0, 5.0};
        account.events[0].probability = 0.5;
    }
};

} // namespace cmq::lab::test
