// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_exported.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace cmq::report {

std::string with_network(std::string const& evaluation, ExportedText const& exported) {
    using Json = nlohmann::ordered_json;
    Json json = Json::parse(evaluation);
    bool const finite = std::isfinite(exported.log10_network);
    Json network;
    network["file"] = exported.file;
    network["proposition"] = exported.proposition;
    network["evidence"] = exported.evidence;
    network["nodes"] = exported.nodes;
    network["numbers"] = exported.numbers;
    network["draws"] = exported.draws;
    network["summed"] = exported.summed;
    network["log10_lr"] = finite ? Json(exported.log10_network) : Json(nullptr);
    network["difference"] = finite && exported.log10_engine
                                ? Json(exported.log10_network - *exported.log10_engine)
                                : Json(nullptr);
    network["stated_error"] = exported.stated_error;
    json["network"] = std::move(network);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
