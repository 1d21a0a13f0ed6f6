// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_run.hpp"

#include "report/json_envelope.hpp"
#include "system/sha256.hpp"

#include <nlohmann/json.hpp>

#include <span>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;

Json file_json(lab::RunFile const& file) {
    Json lots = Json::array();
    for (lab::RunContent const& of : file.content) {
        lots.push_back({{"lot", of.lot.empty() ? Json(nullptr) : Json(of.lot)},
                        {"amount", of.amount},
                        {"drawn", of.drawn ? Json(*of.drawn) : Json(nullptr)}});
    }
    return {{"file", file.name},
            {"sha256", sha256_hex(std::as_bytes(std::span{file.bytes}))},
            {"role", std::string{file.role}},
            {"lots", std::move(lots)}};
}

} // namespace

std::string json_run(lab::SimulatedRun const& run, std::string const& registry_sha256) {
    lab::RunSettings const& of = run.settings;
    Json json{{"schema", 1},
              {"version", program_version()},
              {"simulated", true},
              {"instrument", std::string{lab::name_of(of.kind)}},
              {"seed", of.seed},
              {"registry_sha256", registry_sha256.empty() ? Json(nullptr) : Json(registry_sha256)},
              {"lot", of.lot ? Json(*of.lot) : Json(nullptr)},
              {"amount", *of.amount},
              {"error", *of.error},
              {"contamination", of.contamination},
              {"contaminant", of.contaminant ? Json(*of.contaminant) : Json(nullptr)},
              {"exchanged", of.is_exchanged}};
    if (of.kind == lab::RunKind::amplicons) {
        json["quality"] = *of.quality;
        json["reads"] = of.reads;
        json["forward"] = of.layout.forward;
        json["reverse"] = of.layout.reverse;
        json["umi"] = of.layout.umi;
    }
    if (of.kind == lab::RunKind::qpcr) {
        json["inhibition"] = of.inhibition;
    }
    json["files"] = Json::array();
    for (lab::RunFile const& file : run.files) {
        json["files"].push_back(file_json(file));
    }
    return json.dump(2) + '\n';
}

} // namespace cmq::report
