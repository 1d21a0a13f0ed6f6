// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_parts.hpp"

#include "report/colour_range.hpp"
#include "report/verbal_scale.hpp"

#include <string_view>

namespace cmq::report {

namespace {

std::string_view name_of(lab::Supports supports) {
    switch (supports) {
    case lab::Supports::neither:
        return "neither";
    case lab::Supports::h1:
        return "h1";
    case lab::Supports::h2:
        return "h2";
    }
    return "";
}

Json value_json(lab::Evaluation const& evaluation) {
    auto const& range = evaluation.sensitivity;
    return {{"value", or_null(evaluation.log10_lr)},
            {"sensitivity_low", range ? Json(range->low) : Json(nullptr)},
            {"sensitivity_median", range ? Json(range->median) : Json(nullptr)},
            {"sensitivity_high", range ? Json(range->high) : Json(nullptr)}};
}

Json words_json(lab::Printed const& printed) {
    if (!printed.words_allowed || !printed.value || printed.supports == lab::Supports::neither) {
        return nullptr;
    }
    Phrase const& words = degree_of(*printed.value).words;
    return {{"fr", say(words, Language::french)}, {"en", say(words, Language::english)}};
}

Json chain_json(lab::Evaluation const& evaluation) {
    Json links = Json::array();
    for (lab::ChainLink const& link : evaluation.chain) {
        links.push_back({{"zone", link.zone},
                         {"kind", to_text(link.kind)},
                         {"log10_lr", link.log10_lr},
                         {"log10_lr_alone", or_null(link.log10_lr_alone)},
                         {"log10_p_h1", link.log10_p_h1},
                         {"log10_p_h2", link.log10_p_h2}});
    }
    return links;
}

Json routes_json(lab::Evaluation const& evaluation) {
    Json routes = Json::array();
    for (lab::RouteAlone const& route : evaluation.routes) {
        routes.push_back(
            {{"delivery", route.delivery.empty() ? Json(nullptr) : Json(route.delivery)},
             {"proposition", route.proposition.empty() ? Json(nullptr) : Json(route.proposition)},
             {"log10_p", or_null(route.log10_p)},
             {"route", route.delivery.empty() ? Json("not_delivered") : Json(route.delivery)},
             {"log10_p_findings", or_null(route.log10_p)}});
    }
    return routes;
}

Json findings_json(lab::Evaluation const& evaluation) {
    Json findings = Json::array();
    for (lab::ChainLink const& link : evaluation.chain) {
        findings.push_back({{"name", link.zone},
                            {"kind", to_text(link.kind)},
                            {"log10_lr", link.log10_lr},
                            {"log10_lr_alone", or_null(link.log10_lr_alone)}});
    }
    return findings;
}

std::string_view name_of(lab::Direction direction) {
    switch (direction) {
    case lab::Direction::none:
        return "none";
    case lab::Direction::up:
        return "up";
    case lab::Direction::down:
        return "down";
    }
    return "";
}

Json sensitivity_json(lab::Evaluation const& evaluation) {
    Json rows = Json::array();
    for (lab::TornadoRow const& row : evaluation.tornado) {
        rows.push_back({{"parameter", row.parameter},
                        {"low", row.low},
                        {"high", row.high},
                        {"log10_lr_at_low", row.log10_lr_at_low},
                        {"log10_lr_at_high", row.log10_lr_at_high},
                        {"tipping_point", or_null(row.tipping_point)},
                        {"direction", name_of(lab::direction_of(row))},
                        {"explains", or_null(row.explains)}});
    }
    return rows;
}

Json conflict_json(lab::Evaluation const& evaluation) {
    if (!evaluation.conflict) {
        return nullptr;
    }
    return {{"h1", evaluation.conflict->under_h1}, {"h2", evaluation.conflict->under_h2}};
}

Json tornado_json(lab::Evaluation const& evaluation) {
    Json rows = Json::array();
    for (lab::TornadoRow const& row : evaluation.tornado) {
        rows.push_back({{"parameter", row.parameter},
                        {"low", row.low},
                        {"high", row.high},
                        {"log10_lr_at_low", row.log10_lr_at_low},
                        {"log10_lr_at_high", row.log10_lr_at_high}});
    }
    return rows;
}

Json curves_json(lab::Evaluation const& evaluation) {
    Json curves = Json::array();
    for (lab::Curve const& curve : evaluation.curves) {
        curves.push_back(
            {{"parameter", curve.parameter}, {"x", curve.x}, {"log10_lr", curve.log10_lr}});
    }
    return curves;
}

Json assigned_json(lab::Evaluation const& evaluation) {
    Json terms = Json::array();
    for (lab::AssignedTerm const& term : evaluation.assigned) {
        terms.push_back(
            {{"proposition", term.proposition},
             {"zones", term.assigned.zones},
             {"probability", term.assigned.probability},
             {"low", or_null(term.assigned.low)},
             {"high", or_null(term.assigned.high)},
             {"author", term.assigned.author},
             {"date", term.assigned.date.empty() ? Json(nullptr) : Json(term.assigned.date)},
             {"reasons", {{"fr", term.assigned.reasons_fr}, {"en", term.assigned.reasons_en}}},
             {"log10_lr_at_low", or_null(term.log10_lr_at_low)},
             {"log10_lr_at_high", or_null(term.log10_lr_at_high)}});
    }
    return terms;
}

Json by_prevalence_json(lab::Evaluation const& evaluation) {
    Json rows = Json::array();
    for (lab::PrevalenceRow const& row : evaluation.by_prevalence) {
        rows.push_back({{"prevalence", row.prevalence},
                        {"expected_unmarked_glowing", or_null(row.expected_glowing)},
                        {"log10_lr", or_null(row.log10_lr)}});
    }
    return rows;
}

Json distribution_json(lab::Distribution const& distribution) {
    auto const both = [&](std::string_view kind, std::string_view first, std::string_view second) {
        return Json{{"kind", kind}, {first, distribution.first}, {second, distribution.second}};
    };
    Json json;
    switch (distribution.kind) {
    case lab::DistributionKind::fixed:
        return {{"kind", "fixed"}, {"value", distribution.first}};
    case lab::DistributionKind::log_uniform:
        return both("log_uniform", "low", "high");
    case lab::DistributionKind::uniform:
        return both("uniform", "low", "high");
    case lab::DistributionKind::lognormal:
        json = both("lognormal", "median", "gsd");
        break;
    case lab::DistributionKind::beta:
        json = both("beta", "a", "b");
        break;
    case lab::DistributionKind::gamma:
        json = both("gamma", "shape", "rate");
        break;
    }
    if (distribution.low) {
        json["low"] = *distribution.low;
    }
    if (distribution.high) {
        json["high"] = *distribution.high;
    }
    return json;
}

} // namespace

std::string_view withheld_name(lab::Withheld withheld) {
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

Json printed_json(lab::Printed const& printed, lab::PrintRules const& rules) {
    Json reasons = Json::array();
    for (lab::PrintReasonEntry const& entry : printed.reasons) {
        reasons.push_back({{"reason", to_text(entry.reason)}, {"parameters", entry.parameters}});
    }
    return {{"value", or_null(printed.value)},
            {"words", words_json(printed)},
            {"reasons", reasons},
            {"supports", name_of(printed.supports)},
            {"at_cap", printed.at_cap},
            {"significant_figures", printed.significant_figures},
            {"cap", rules.cap},
            {"cap_source", rules.cap_source}};
}

Json measures_json(detect::Trace const& trace) {
    return {{"id", trace.id},
            {"x", trace.x},
            {"y", trace.y},
            {"area_cells", trace.area_cells},
            {"flux", planes_json(trace.flux_dn)},
            {"flux_sigma", planes_json(trace.flux_dn_sigma)},
            {"snr", trace.snr},
            {"log10_nfa", trace.log10_nfa},
            {"saturated", trace.saturated}};
}

Json area_json(detect::LargeArea const& area, std::optional<detect::SceneScale> const& scale) {
    Json json{{"x", area.x},
              {"y", area.y},
              {"box",
               {{"first_x", area.box[0]},
                {"first_y", area.box[1]},
                {"last_x", area.box[2]},
                {"last_y", area.box[3]}}},
              {"share", area.share},
              {"stands_out_by", area.brighter ? "light" : "colour"},
              {"clearest", area.clearest},
              {"excess_dn", area.brighter ? planes_json(area.excess_dn) : Json(nullptr)},
              {"around_dn", planes_json(area.around_dn)}};
    auto const& flux = area.flux;
    json["flux_total"] = flux ? Json(flux->total_dn) : Json(nullptr);
    json["flux_total_sigma"] = flux ? Json(flux->total_dn_sigma) : Json(nullptr);
    json["flux"] = flux ? planes_json(flux->dn) : Json(nullptr);
    json["flux_sigma"] = flux ? planes_json(flux->dn_sigma) : Json(nullptr);
    json["saturated_photosites"] = flux ? Json(flux->saturated_photosites) : Json(nullptr);
    bool const outlined = area.outline_photosites.has_value();
    json["area_photosites"] = or_null(area.outline_photosites);
    json["area_photosites_sigma"] = outlined ? Json(area.outline_photosites_sigma) : Json(nullptr);
    auto const mm2 = scale ? detect::measure_area(area, *scale) : std::nullopt;
    json["area_mm2"] = mm2 ? Json(mm2->mm2) : Json(nullptr);
    json["area_mm2_sigma"] = mm2 ? Json(mm2->mm2_sigma) : Json(nullptr);
    json["measured_by_traces"] = detect::is_measured(area);
    json["traces_within"] = {{"count", area.traces_within},
                             {"flux_total", area.traces_dn},
                             {"flux_total_sigma", area.traces_dn_sigma}};
    json["shares_light"] = area.shares_light;
    return json;
}

Json with_areas_json(detect::TotalFlux const& traces, std::vector<detect::LargeArea> const& areas) {
    auto const flux = detect::flux_with_areas(traces, areas);
    if (!flux) {
        return nullptr;
    }
    return {{"flux_total", flux->flux_dn},
            {"flux_total_sigma", flux->flux_dn_sigma},
            {"lower_limit", flux->lower_limit},
            {"areas", flux->areas}};
}

Json colour_json(lab::ColourResult const& colour) {
    Json densities = Json::object();
    for (lab::ColourClassDensity const& one : colour.classes) {
        densities[one.name] = or_null(one.log_density);
    }
    densities["unknown"] = or_null(colour.unknown_log_density);
    Json json;
    json["verdict"] = lab::to_text(colour.ratio.verdict);
    json["log10_lr"] = or_null(colour.ratio.log10_lr);
    auto const range = range_over_weights(colour);
    json["log10_lr_over_weights"] =
        range ? Json{{"low", range->low}, {"high", range->high}} : Json(nullptr);
    json["log_densities"] = std::move(densities);
    json["doubts"] = Json::array();
    for (lab::ColourDoubt const doubt : colour.ratio.doubts) {
        json["doubts"].push_back(lab::to_text(doubt));
    }
    json["of_classes"] = colour.ratio.of_classes;
    return json;
}

Json evaluation_json(lab::Evaluation const& evaluation, lab::PrintRules const& rules) {
    return {{"h1", evaluation.h1},
            {"h2", evaluation.h2},
            {"log10_lr", value_json(evaluation)},
            {"monte_carlo_se_log10", evaluation.monte_carlo_se_log10},
            {"draws", evaluation.draws},
            {"printed", printed_json(evaluation.printed, rules)},
            {"seed", evaluation.seed},
            {"withheld", withheld_name(evaluation.withheld)},
            {"log10_p",
             {{"h1", or_null(evaluation.log10_p_h1)}, {"h2", or_null(evaluation.log10_p_h2)}}},
            {"log10_lr_without_codes", or_null(evaluation.log10_lr_without_codes)},
            {"chain", chain_json(evaluation)},
            {"findings", findings_json(evaluation)},
            {"conflict", conflict_json(evaluation)},
            {"routes", routes_json(evaluation)},
            {"sensitivity", sensitivity_json(evaluation)},
            {"cap",
             {{"value", rules.cap},
              {"source", rules.cap_source},
              {"at_cap", evaluation.printed.at_cap}}},
            {"tornado", tornado_json(evaluation)},
            {"curves", curves_json(evaluation)},
            {"expected_unmarked_glowing", or_null(evaluation.expected_unmarked_glowing)},
            {"by_prevalence", by_prevalence_json(evaluation)},
            {"assigned", assigned_json(evaluation)}};
}

Json applied_json(Applied const& applied) {
    Json profile = nullptr;
    if (applied.profile) {
        profile = {{"sha256", applied.profile->sha256},
                   {"flat", applied.profile->flat},
                   {"dark_exposure_ratio", or_null(applied.profile->dark_exposure_ratio)}};
    }
    return {{"profile", std::move(profile)},
            {"dark_frames", applied.dark_frames},
            {"ambient_sha256",
             applied.ambient_sha256.empty() ? Json(nullptr) : Json(applied.ambient_sha256)}};
}

Json parameter_json(lab::Parameter const& parameter) {
    lab::Quantiles const quantiles = lab::quantiles_of(parameter.distribution);
    return {{"name", parameter.name},
            {"label", {{"fr", parameter.label_fr}, {"en", parameter.label_en}}},
            {"unit", parameter.unit},
            {"p05", quantiles.p05},
            {"p50", quantiles.p50},
            {"p95", quantiles.p95},
            {"distribution", distribution_json(parameter.distribution)},
            {"conditions", {{"fr", parameter.conditions_fr}, {"en", parameter.conditions}}},
            {"source", {{"fr", parameter.source_fr}, {"en", parameter.source}}},
            {"grade", to_text(parameter.grade)}};
}

} // namespace cmq::report
