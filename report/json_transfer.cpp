// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_transfer.hpp"

#include "report/json_parts.hpp"

namespace cmq::report {

std::string to_json(lab::Evaluation const& evaluation, lab::PrintRules const& rules) {
    Json json = evaluation_json(evaluation, rules);
    json["parameters"] = Json::array();
    for (lab::Parameter const& parameter : evaluation.parameters) {
        json["parameters"].push_back(parameter_json(parameter));
    }
    // A name from a case file may hold bytes that are not UTF-8: they become U+FFFD.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
