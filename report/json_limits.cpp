// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_limits.hpp"

#include <nlohmann/json.hpp>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json critical_json(lab::Limits const& limits) {
    auto const& critical = limits.critical;
    Json json;
    json["value"] = critical.value;
    json["n"] = critical.blanks;
    json["days"] = or_null(critical.days);
    json["degrees"] = critical.degrees;
    json["sd"] = critical.sd;
    json["between_sd"] = or_null(critical.between_sd);
    json["within_sd"] = or_null(critical.within_sd);
    json["mean"] = critical.mean;
    json["false_positive"] = critical.false_positive;
    json["in_doubt"] = limits.in_doubt();
    json["largest"] = {{"value", limits.largest.value},
                       {"exceeded_at_most", limits.largest.exceeded_at_most}};
    return json;
}

Json point_json(lab::BlankTable const& table, lab::ChartPoint const& point) {
    Json json;
    json["value"] = point.value;
    auto const& date = table.blanks[point.blanks.front()].date;
    json["date"] = date.empty() ? Json(nullptr) : Json(date);
    json["lines"] = Json::array();
    json["labels"] = Json::array();
    for (std::size_t const i : point.blanks) {
        json["lines"].push_back(table.blanks[i].line);
        json["labels"].push_back(table.blanks[i].label);
    }
    return json;
}

Json signal_json(lab::BlankTable const& table,
                 lab::Limits const& limits,
                 lab::ChartSignal const& signal) {
    Json json;
    json["rule"] = std::string{lab::name_of(signal.rule)};
    bool const trend = signal.rule == lab::ChartRule::six_in_a_row;
    json["direction"] =
        signal.upward ? (trend ? "rising" : "above") : (trend ? "falling" : "below");
    json["points"] = signal.points;
    json["lines"] = Json::array();
    for (std::size_t const point : signal.points) {
        for (std::size_t const i : limits.points[point].blanks) {
            json["lines"].push_back(table.blanks[i].line);
        }
    }
    return json;
}

Json chart_json(lab::BlankTable const& table, lab::Limits const& limits) {
    Json json;
    json["order"] = table.dated ? "date" : "file";
    json["of"] = limits.of_days ? "day_means" : "blanks";
    json["judged"] = limits.chart.judged;
    json["centre"] = limits.chart.centre;
    json["sd"] = limits.chart.sd;
    json["points"] = Json::array();
    for (lab::ChartPoint const& point : limits.points) {
        json["points"].push_back(point_json(table, point));
    }
    json["signals"] = Json::array();
    for (lab::ChartSignal const& signal : limits.chart.signals) {
        json["signals"].push_back(signal_json(table, limits, signal));
    }
    json["false_signals"] = nullptr;
    if (limits.false_signals) {
        json["false_signals"] = {{"share", limits.false_signals->share},
                                 {"charts", limits.false_signals->charts}};
    }
    return json;
}

Json minimum_json(lab::MinimumDetectable const& minimum, bool in_doubt) {
    Json json;
    json["value"] = minimum.value;
    json["critical_amount"] = minimum.critical_amount;
    json["slope"] = minimum.slope;
    json["slope_se"] = minimum.slope_se;
    json["intercept"] = minimum.intercept;
    json["residual_sd"] = minimum.residual_sd;
    json["degrees"] = minimum.degrees;
    json["delta"] = minimum.shift;
    json["levels"] = minimum.levels;
    json["results"] = minimum.results;
    json["false_positive"] = minimum.false_positive;
    json["missed"] = minimum.missed;
    json["in_doubt"] = in_doubt;
    return json;
}

} // namespace

std::string
json_limits(std::string const& file, lab::BlankTable const& table, lab::Limits const& limits) {
    Json json;
    json["file"] = file;
    json["critical"] = critical_json(limits);
    json["skewness"] = {{"value", limits.skewness.value},
                        {"points", limits.skewness.values},
                        {"verdict", std::string{lab::name_of(limits.skewness.verdict)}}};
    json["chart"] = chart_json(table, limits);
    auto const& dilution = limits.dilution;
    json["minimum_detectable"] = dilution.minimum
                                     ? minimum_json(*dilution.minimum, limits.minimum_in_doubt())
                                     : Json(nullptr);
    json["why"] = dilution.minimum ? Json(nullptr) : Json(std::string{lab::name_of(dilution.why)});
    json["lack_of_fit_p"] = or_null(dilution.lack_of_fit_p);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
