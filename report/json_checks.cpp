// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cmq::report {

std::string json_checks(std::span<CheckLine const> checks) {
    nlohmann::ordered_json all{
        {"good", std::ranges::find(checks, "bad", &CheckLine::state) == checks.end()}};
    all["checks"] = nlohmann::ordered_json::array();
    for (CheckLine const& check : checks) {
        all["checks"].push_back({{"kind", check.kind},
                                 {"state", check.state},
                                 {"reason", check.reason},
                                 {"subject", check.subject},
                                 {"detail", check.detail}});
    }
    return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

} // namespace cmq::report
