// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_parts.hpp"

#include "report/verbal_scale.hpp"

#include <utility>

namespace cmq::report {

namespace {

std::string withheld_text(lab::Withheld withheld) {
    switch (withheld) {
    case lab::Withheld::no:
        return "no";
    case lab::Withheld::monte_carlo_error:
        return "monte_carlo_error";
    case lab::Withheld::impossible_under_h1:
        return "impossible_under_h1";
    case lab::Withheld::impossible_under_h2:
        return "impossible_under_h2";
    }
    return "";
}

std::string supports_text(lab::Supports supports) {
    switch (supports) {
    case lab::Supports::h1:
        return "h1";
    case lab::Supports::h2:
        return "h2";
    case lab::Supports::neither:
        break;
    }
    return "neither";
}

Json printed_json(lab::Printed const& printed) {
    Json json{{"value", or_null(printed.value)},
              {"supports", supports_text(printed.supports)},
              {"at_cap", printed.at_cap},
              {"significant_figures", printed.significant_figures},
              {"words", nullptr},
              {"reasons", Json::array()}};
    if (printed.words_allowed && printed.value && *printed.value >= 1.0) {
        Phrase const& words = degree_of(*printed.value).words;
        json["words"] = Json{{"fr", std::string{words.french}}, {"en", std::string{words.english}}};
    }
    for (lab::PrintReasonEntry const& entry : printed.reasons) {
        json["reasons"].push_back(Json{{"reason", std::string{lab::to_text(entry.reason)}},
                                       {"parameters", entry.parameters}});
    }
    return json;
}

Json log10_lr_json(lab::Evaluation const& evaluation) {
    Json json{{"value", or_null(evaluation.log10_lr)},
              {"sensitivity_low", nullptr},
              {"sensitivity_median", nullptr},
              {"sensitivity_high", nullptr}};
    if (evaluation.sensitivity) {
        json["sensitivity_low"] = evaluation.sensitivity->low;
        json["sensitivity_median"] = evaluation.sensitivity->median;
        json["sensitivity_high"] = evaluation.sensitivity->high;
    }
    return json;
}

std::string kind_text(lab::DistributionKind kind) {
    switch (kind) {
    case lab::DistributionKind::fixed:
        return "fixed";
    case lab::DistributionKind::lognormal:
        return "lognormal";
    case lab::DistributionKind::beta:
        return "beta";
    case lab::DistributionKind::log_uniform:
        return "log_uniform";
    case lab::DistributionKind::uniform:
        return "uniform";
    case lab::DistributionKind::gamma:
        return "gamma";
    }
    return "";
}

} // namespace

Json evaluation_json(lab::Evaluation const& evaluation) {
    Json json{{"h1", evaluation.h1},
              {"h2", evaluation.h2},
              {"withheld", withheld_text(evaluation.withheld)},
              {"log10_lr", log10_lr_json(evaluation)},
              {"monte_carlo_se_log10", evaluation.monte_carlo_se_log10},
              {"draws", evaluation.draws},
              {"seed", evaluation.seed},
              {"log10_p_h1", or_null(evaluation.log10_p_h1)},
              {"log10_p_h2", or_null(evaluation.log10_p_h2)},
              {"printed", printed_json(evaluation.printed)},
              {"chain", Json::array()},
              {"routes", Json::array()},
              {"tornado", Json::array()},
              {"curves", Json::array()},
              {"expected_unmarked_glowing", or_null(evaluation.expected_unmarked_glowing)}};
    for (lab::ChainLink const& link : evaluation.chain) {
        json["chain"].push_back(Json{{"zone", link.zone},
                                     {"kind", std::string{lab::to_text(link.kind)}},
                                     {"log10_lr", link.log10_lr},
                                     {"log10_p_h1", link.log10_p_h1},
                                     {"log10_p_h2", link.log10_p_h2}});
    }
    for (lab::RouteAlone const& route : evaluation.routes) {
        json["routes"].push_back(Json{{"delivery", route.delivery},
                                      {"proposition", route.proposition},
                                      {"log10_p", or_null(route.log10_p)}});
    }
    for (lab::TornadoRow const& row : evaluation.tornado) {
        json["tornado"].push_back(Json{{"parameter", row.parameter},
                                       {"low", row.low},
                                       {"high", row.high},
                                       {"log10_lr_at_low", row.log10_lr_at_low},
                                       {"log10_lr_at_high", row.log10_lr_at_high}});
    }
    for (lab::Curve const& curve : evaluation.curves) {
        json["curves"].push_back(
            Json{{"parameter", curve.parameter}, {"x", curve.x}, {"log10_lr", curve.log10_lr}});
    }
    return json;
}

Json parameter_json(lab::Parameter const& parameter) {
    lab::Quantiles const quantiles = lab::quantiles_of(parameter.distribution);
    lab::Distribution const& from = parameter.distribution;
    return Json{{"name", parameter.name},
                {"label", Json{{"fr", parameter.label_fr}, {"en", parameter.label_en}}},
                {"unit", parameter.unit},
                {"p05", quantiles.p05},
                {"p50", quantiles.p50},
                {"p95", quantiles.p95},
                {"distribution",
                 Json{{"kind", kind_text(from.kind)},
                      {"first", from.first},
                      {"second", from.second},
                      {"low", or_null(from.low)},
                      {"high", or_null(from.high)}}},
                {"conditions", parameter.conditions},
                {"source", parameter.source},
                {"grade", std::string{lab::to_text(parameter.grade)}}};
}

} // namespace cmq::report
