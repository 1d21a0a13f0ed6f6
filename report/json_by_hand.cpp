// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_by_hand.hpp"

#include <nlohmann/json.hpp>

namespace cmq::report {

namespace {

Json pools_json(double wet, double loose, double bound) {
    return Json{{"wet", wet}, {"loose", loose}, {"bound", bound}};
}

Json step_json(lab::HandStep const& step) {
    Json json{{"carrier", step.carrier},
              {"entry", nullptr},
              {"from", nullptr},
              {"minutes", nullptr},
              {"moved", nullptr},
              {"state", pools_json(step.state.wet, step.state.loose, step.state.bound)}};
    if (step.kind == lab::HandStepKind::waiting) {
        json["minutes"] = step.minutes;
        return json;
    }
    json["entry"] = step.entry;
    if (step.kind == lab::HandStepKind::contact) {
        json["from"] = step.from;
        json["moved"] = pools_json(step.moved.wet, step.moved.loose, step.moved.bound);
    }
    return json;
}

Json line_json(lab::HandLine const& line) {
    Json json{{"proposition", line.proposition},
              {"load_dl", line.load_dl},
              {"amount_dl", line.amount_dl},
              {"conversion", line.conversion},
              {"slope", line.slope},
              {"seen", line.seen},
              {"steps", Json::array()}};
    for (lab::HandStep const& step : line.steps) {
        json["steps"].push_back(step_json(step));
    }
    return json;
}

} // namespace

Json by_hand_json(std::optional<lab::HandCheck> const& check) {
    if (!check) {
        return nullptr;
    }
    Json json{{"zone", check->zone}, {"lines", Json::array()}};
    for (lab::HandLine const& line : check->lines) {
        json["lines"].push_back(line_json(line));
    }
    return json;
}

} // namespace cmq::report
