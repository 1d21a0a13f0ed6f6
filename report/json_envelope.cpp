// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_envelope.hpp"

#include <nlohmann/json.hpp>

namespace cmq::report {

std::string json_envelope(std::span<std::string const> results) {
    // ordered_json: members stay in the order in which they were written.
    nlohmann::ordered_json all{{"schema", 1}, {"version", program_version()}};
    all["results"] = nlohmann::ordered_json::array();
    for (std::string const& result : results) {
        all["results"].push_back(nlohmann::ordered_json::parse(result));
    }
    return all.dump(2) + '\n';
}

std::string program_version() {
    return CMQ_VERSION;
}

} // namespace cmq::report
