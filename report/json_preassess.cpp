// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/facts.hpp"
#include "report/json_parts.hpp"
#include "report/preassess.hpp"

#include <string_view>
#include <utility>

namespace cmq::report {

namespace {

std::string_view name_of(PlanOrigin origin) {
    switch (origin) {
    case PlanOrigin::stated:
        return "planned";
    case PlanOrigin::findings:
        return "findings";
    case PlanOrigin::deliveries:
        return "deliveries";
    }
    return "";
}

Json detected_json(lab::Preassessment const& result, std::size_t outcome) {
    Json zones = Json::array();
    for (std::size_t z = 0; z < result.zones.size(); ++z) {
        if ((outcome >> z & 1U) != 0) {
            zones.push_back(result.zones[z].zone);
        }
    }
    return zones;
}

Json estimate_json(lab::Estimate const& estimate) {
    return {{"p", estimate.value}, {"p_se", estimate.se}};
}

Json comparison_json(lab::Preassessment const& result, lab::ComparisonOutcomes const& from) {
    Json json{{"h1", from.h1}, {"h2", from.h2}, {"outcomes", Json::array()}};
    for (std::size_t o = 0; o < from.outcomes.size(); ++o) {
        lab::OutcomeValue const& value = from.outcomes[o];
        json["outcomes"].push_back({{"detected", detected_json(result, o)},
                                    {"log10_lr", or_null(value.log10_lr)},
                                    {"se_log10", value.se_log10},
                                    {"withheld", withheld_name(value.withheld)},
                                    {"printed", printed_json(value.printed, lab::PrintRules{})}});
    }
    json["misleading"] = {{"if_h1", estimate_json(from.misleading_if_h1)},
                          {"if_h2", estimate_json(from.misleading_if_h2)}};
    json["without_number"] = {{"if_h1", from.withheld_if_h1}, {"if_h2", from.withheld_if_h2}};
    return json;
}

} // namespace

std::string to_json(PreassessInput const& input) {
    lab::Preassessment const& result = input.result;
    GradeCount const grades = count_grades(result.parameters);
    Json json{{"case", *input.file.head.id},
              {"sha256", input.case_sha256},
              {"program", input.program},
              {"demonstration", input.file.demonstration},
              {"holds_results", input.holds_results},
              {"plan", {{"origin", name_of(input.origin)}, {"zones", Json::array()}}},
              {"propositions", Json::array()},
              {"comparisons", Json::array()},
              {"draws", result.draws},
              {"seed", result.seed},
              {"grades",
               {{"all", grades.all},
                {"measured_on_product", grades.product},
                {"measured_on_proxy", grades.proxy},
                {"expert_judgement", grades.judgement}}},
              {"parameters", Json::array()}};
    for (lab::PlannedZone const& zone : result.zones) {
        bool const is_visual = zone.examination == lab::Examination::visual;
        json["plan"]["zones"].push_back({{"zone", zone.zone},
                                         {"examined_by", is_visual ? "visual" : "instrument"},
                                         {"minutes", zone.minutes}});
    }
    for (lab::PropositionOutcomes const& each : result.propositions) {
        Json outcomes = Json::array();
        for (std::size_t o = 0; o < each.probability.size(); ++o) {
            Json outcome{{"detected", detected_json(result, o)}};
            outcome.update(estimate_json(each.probability[o]));
            outcomes.push_back(std::move(outcome));
        }
        json["propositions"].push_back(
            {{"id", each.proposition}, {"outcomes", std::move(outcomes)}});
    }
    for (lab::ComparisonOutcomes const& each : result.comparisons) {
        json["comparisons"].push_back(comparison_json(result, each));
    }
    for (lab::Parameter const& parameter : result.parameters) {
        json["parameters"].push_back(parameter_json(parameter));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
