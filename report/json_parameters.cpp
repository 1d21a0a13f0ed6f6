// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_parameters.hpp"

#include "report/json_parts.hpp"

namespace cmq::report {

std::string json_parameter_entry(lab::LibraryEntry const& entry) {
    Json json = parameter_json(entry.parameter);
    json["meaning"] = entry.parameter.meaning;
    json["date"] = entry.date;
    json["candidates"] = Json::array();
    for (lab::ParameterCandidate const& candidate : entry.candidates) {
        Json of = parameter_json(candidate.parameter);
        for (char const* of_entry : {"name", "label", "unit"}) {
            of.erase(of_entry);
        }
        of["id"] = candidate.id;
        of["date"] = candidate.date;
        json["candidates"].push_back(std::move(of));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
