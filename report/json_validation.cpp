// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_validation.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <utility>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Measured;
using lab::NotGiven;
using lab::Validation;

template <class T>
Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json finite_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

double as_is(double value) {
    return value;
}

double ratio(double log10_value) {
    return std::pow(10.0, log10_value);
}

// A measure with its name, and how its number is written.
struct Row {
    char const* name = "";
    Measured const* measured = nullptr;
    double (*written)(double) = as_is;
};

std::array<Row, 7> rows_of(Validation const& result) {
    return {{{"cllr", &result.cllr},
             {"cllr_min", &result.cllr_min},
             {"cllr_cal", &result.cllr_cal},
             {"devpav", &result.devpav},
             {"equal_error_rate", &result.equal_error_rate},
             {"elub_lower", &result.log10_lower, ratio},
             {"elub_upper", &result.log10_upper, ratio}}};
}

Json value_json(Row const& row) {
    auto const& value = row.measured->value;
    return value ? Json(row.written(*value)) : Json(nullptr);
}

Json range_json(Row const& row) {
    auto const& range = row.measured->range;
    if (!range) {
        return nullptr;
    }
    return {{"low", row.written(range->low)}, {"high", row.written(range->high)}};
}

Json reason_json(NotGiven why) {
    return why == NotGiven::given ? Json(nullptr) : Json(std::string{lab::name_of(why)});
}

void add_measures(Json& json, Validation const& result) {
    Json ranges;
    Json why;
    auto const rows = rows_of(result);
    for (Row const& row : rows) {
        ranges[row.name] = range_json(row);
        why[row.name] = {{"value", reason_json(row.measured->why_no_value)},
                         {"range", reason_json(row.measured->why_no_range)}};
    }
    for (std::size_t i = 0; i < 5; ++i) {
        json[rows.at(i).name] = value_json(rows.at(i));
    }
    json["elub"] = {{"lower", value_json(rows[5])}, {"upper", value_json(rows[6])}};
    json["ranges"] = std::move(ranges);
    json["why"] = std::move(why);
    auto const& calibrated = result.if_calibrated;
    json["if_calibrated"] = {{"cllr_cal", or_null(calibrated.cllr_cal)},
                             {"devpav", or_null(calibrated.devpav)},
                             {"why", reason_json(calibrated.why_none)}};
}

Json share_json(lab::CountedShare const& share) {
    return {{"count", share.count},
            {"of", share.of},
            {"share", share.of > 0 ? Json(share.share) : Json(nullptr)},
            {"low", share.low},
            {"high", share.high}};
}

Json misleading_json(Validation const& result) {
    Json json = Json::array();
    for (auto const& one : result.misleading) {
        json.push_back({{"strength", one.strength},
                        {"h1", share_json(one.under_h1)},
                        {"h2", share_json(one.under_h2)}});
    }
    return json;
}

Json tippett_json(std::vector<lab::TippettPoint> const& points) {
    Json json = Json::array();
    for (auto const& point : points) {
        json.push_back({{"log10_lr", point.log10_lr}, {"share", point.share}});
    }
    return json;
}

Json pav_json(Validation const& result) {
    Json json = Json::array();
    for (auto const& point : result.pav) {
        json.push_back({{"log10_lr_low", finite_or_null(point.log10_lr_low)},
                        {"log10_lr_high", finite_or_null(point.log10_lr_high)},
                        {"log10_pav", finite_or_null(point.log10_pav)},
                        {"h1", point.h1},
                        {"h2", point.h2}});
    }
    return json;
}

Json ece_json(Validation const& result) {
    Json json = Json::array();
    for (auto const& point : result.ece) {
        json.push_back({{"log10_prior_odds", point.log10_prior_odds},
                        {"ece", or_null(point.ece)},
                        {"after_pav", point.after_pav},
                        {"neutral", point.neutral}});
    }
    return json;
}

Json groups_json(Validation const& result) {
    Json json = Json::array();
    for (auto const& group : result.groups) {
        json.push_back({{"group", group.name},
                        {"h1", group.h1},
                        {"h2", group.h2},
                        {"cllr", or_null(group.cllr)},
                        {"misleading_h1", group.misleading_h1},
                        {"misleading_h2", group.misleading_h2}});
    }
    return json;
}

Json truth_json(lab::LrTable const& table) {
    Json json;
    for (std::size_t side = 0; side < 2; ++side) {
        Json& spellings = json[side == 0 ? "h1" : "h2"];
        spellings = Json::array();
        for (auto const& spelling : table.spellings.at(side)) {
            spellings.push_back({{"written", spelling.text}, {"rows", spelling.rows}});
        }
    }
    return json;
}

Json counts_json(Validation const& result) {
    return {{"h1", result.h1},
            {"h2", result.h2},
            {"h1_units", result.h1_units},
            {"h2_units", result.h2_units},
            {"groups", result.all_groups},
            {"h1_zero", result.h1_zero},
            {"h1_infinite", result.h1_infinite},
            {"h2_zero", result.h2_zero},
            {"h2_infinite", result.h2_infinite}};
}

} // namespace

std::string
json_validation(std::string const& file, lab::LrTable const& table, Validation const& validation) {
    Json json;
    json["file"] = file;
    json["column"] = table.in_log10 ? "log10_lr" : "lr";
    json["truth"] = truth_json(table);
    json["counts"] = counts_json(validation);
    add_measures(json, validation);
    json["misleading"] = misleading_json(validation);
    json["tippett"] = {{"h1", tippett_json(validation.tippett_h1)},
                       {"h2", tippett_json(validation.tippett_h2)}};
    json["pav"] = pav_json(validation);
    json["pav_blocks"] = validation.pav_blocks;
    json["ece"] = ece_json(validation);
    json["groups"] = groups_json(validation);
    json["resampling"] = {
        {"tables", validation.replicates}, {"seed", validation.seed}, {"confidence", 0.95}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
