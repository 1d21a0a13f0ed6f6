// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_evaluations.hpp"

#include "apps/pipeline/keep_parts.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

struct EvaluationRow {
    lab::Evaluation evaluation;
    bool has_sensitivity = false;
    lab::Sensitivity sensitivity;
    std::optional<double> conflict_h1;
    std::optional<double> conflict_h2;
};

struct ReasonRow {
    std::int64_t evaluation = 0;
    lab::PrintReasonEntry entry;
};

struct ChainRow {
    std::int64_t evaluation = 0;
    lab::ChainLink link;
};

struct RouteRow {
    std::int64_t evaluation = 0;
    lab::RouteAlone route;
};

struct TornadoRow {
    std::int64_t evaluation = 0;
    lab::TornadoRow row;
};

struct CurveRow {
    std::int64_t evaluation = 0;
    std::string parameter;
};

struct TermRow {
    std::int64_t evaluation = 0;
    lab::AssignedTerm term;
};

struct PrevalenceRow {
    std::int64_t evaluation = 0;
    lab::PrevalenceRow row;
};

struct PointRow {
    std::int64_t curve = 0;
    double x = 0.0;
    double log10_lr = 0.0;
};

RowMap<EvaluationRow> evaluation_map() {
    RowMap<EvaluationRow> map;
    map.add(
        "h1", "", "proposition", [](auto& r) -> auto& { return r.evaluation.h1; });
    map.add(
        "h2", "", "proposition", [](auto& r) -> auto& { return r.evaluation.h2; });
    map.add(
        "withheld",
        "",
        "0 no, 1 Monte Carlo error, 2 impossible under h1, 3 impossible under h2",
        [](auto& r) -> auto& { return r.evaluation.withheld; },
        static_cast<std::int64_t>(lab::Withheld::impossible_under_h2));
    map.add(
        "log10_lr", "", "log10 of the likelihood ratio", [](auto& r) -> auto& {
            return r.evaluation.log10_lr;
        });
    map.add(
        "has_sensitivity", "", "1: the next four are given", [](auto& r) -> auto& {
            return r.has_sensitivity;
        });
    map.add(
        "sensitivity_low", "", "log10, 5 % quantile", [](auto& r) -> auto& {
            return r.sensitivity.low;
        });
    map.add(
        "sensitivity_median", "", "log10, 50 % quantile", [](auto& r) -> auto& {
            return r.sensitivity.median;
        });
    map.add(
        "sensitivity_high", "", "log10, 95 % quantile", [](auto& r) -> auto& {
            return r.sensitivity.high;
        });
    map.add(
        "unsettled", "", "draws that count as outside", [](auto& r) -> auto& {
            return r.sensitivity.unsettled;
        });
    map.add(
        "monte_carlo_se_log10", "", "standard error of log10_lr", [](auto& r) -> auto& {
            return r.evaluation.monte_carlo_se_log10;
        });
    map.add(
        "draws", "", "of the parameters", [](auto& r) -> auto& { return r.evaluation.draws; });
    map.add(
        "seed", "", "of the random numbers", [](auto& r) -> auto& { return r.evaluation.seed; });
    map.add(
        "log10_lr_without_codes", "", "as if no code had been read; none: none is weighed", [
        ](auto& r) -> auto& { return r.evaluation.log10_lr_without_codes; });
    map.add(
        "log10_p_h1", "", "log10 p(findings given h1)", [](auto& r) -> auto& {
            return r.evaluation.log10_p_h1;
        });
    map.add(
        "log10_p_h2", "", "log10 p(findings given h2)", [](auto& r) -> auto& {
            return r.evaluation.log10_p_h2;
        });
    map.add(
        "conflict_h1", "", "ln of p of each finding alone over p of all, given h1", [
        ](auto& r) -> auto& { return r.conflict_h1; });
    map.add(
        "conflict_h2", "", "the same given h2", [](auto& r) -> auto& { return r.conflict_h2; });
    map.add(
        "unmarked_glowing", "", "expected of the people checked", [](auto& r) -> auto& {
            return r.evaluation.expected_unmarked_glowing;
        });
    map.add(
        "printed", "", "value as printed, in favour of supports", [](auto& r) -> auto& {
            return r.evaluation.printed.value;
        });
    map.add(
        "supports",
        "",
        "0 neither, 1 h1, 2 h2",
        [](auto& r) -> auto& { return r.evaluation.printed.supports; },
        static_cast<std::int64_t>(lab::Supports::h2));
    map.add(
        "at_cap", "", "1: more than the printed value", [](auto& r) -> auto& {
            return r.evaluation.printed.at_cap;
        });
    map.add(
        "words_allowed", "", "1: words of the verbal scale too", [](auto& r) -> auto& {
            return r.evaluation.printed.words_allowed;
        });
    map.add(
        "significant_figures",
        "",
        "of the printed value",
        [](auto& r) -> auto& { return r.evaluation.printed.significant_figures; },
        17);
    return map;
}

RowMap<ReasonRow> reason_map() {
    RowMap<ReasonRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "reason",
        "",
        "0 influential not measured, 1 sensitivity crosses one, 2 crosses bands, 3 withheld, "
        "4 beyond what is validated, 5 look-alike without data, 6 value withheld, 7 assigned",
        [](auto& r) -> auto& { return r.entry.reason; },
        static_cast<std::int64_t>(lab::PrintReason::assigned));
    return map;
}

RowMap<ChainRow> chain_map() {
    RowMap<ChainRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "zone", "", "id of the carrier", [](auto& r) -> auto& { return r.link.zone; });
    map.add(
        "kind",
        "",
        "as in findings",
        [](auto& r) -> auto& { return r.link.kind; },
        static_cast<std::int64_t>(lab::FindingKind::amount));
    map.add(
        "log10_lr", "", "of this finding given those before", [](auto& r) -> auto& {
            return r.link.log10_lr;
        });
    map.add(
        "log10_lr_alone", "", "of this finding by itself", [](auto& r) -> auto& {
            return r.link.log10_lr_alone;
        });
    map.add(
        "log10_p_h1", "", "log10 p(this, given those before and h1)", [](auto& r) -> auto& {
            return r.link.log10_p_h1;
        });
    map.add(
        "log10_p_h2", "", "log10 p(this, given those before and h2)", [](auto& r) -> auto& {
            return r.link.log10_p_h2;
        });
    return map;
}

RowMap<RouteRow> route_map() {
    RowMap<RouteRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "delivery", "", "id; empty: none", [](auto& r) -> auto& { return r.route.delivery; });
    map.add(
        "proposition", "", "whose events act", [](auto& r) -> auto& {
            return r.route.proposition;
        });
    map.add(
        "log10_p", "", "log10 p(findings by this route alone)", [](auto& r) -> auto& {
            return r.route.log10_p;
        });
    return map;
}

RowMap<TornadoRow> tornado_map() {
    RowMap<TornadoRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "parameter", "", "name", [](auto& r) -> auto& { return r.row.parameter; });
    map.add(
        "low", "", "its 5 % quantile", [](auto& r) -> auto& { return r.row.low; });
    map.add(
        "high", "", "its 95 % quantile", [](auto& r) -> auto& { return r.row.high; });
    map.add(
        "log10_lr_at_low", "", "held there", [](auto& r) -> auto& {
            return r.row.log10_lr_at_low;
        });
    map.add(
        "log10_lr_at_high", "", "held there", [](auto& r) -> auto& {
            return r.row.log10_lr_at_high;
        });
    map.add(
        "tipping_point", "", "held there the value is 1", [](auto& r) -> auto& {
            return r.row.tipping_point;
        });
    map.add(
        "explains", "", "share of the sensitivity, 0 to 1", [](auto& r) -> auto& {
            return r.row.explains;
        });
    return map;
}

RowMap<CurveRow> curve_map() {
    RowMap<CurveRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "parameter", "", "name", [](auto& r) -> auto& { return r.parameter; });
    return map;
}

RowMap<PointRow> point_map() {
    RowMap<PointRow> map;
    map.add(
        "curve", "", "row of curves", [](auto& r) -> auto& { return r.curve; });
    map.add(
        "x", "", "the parameter is held there", [](auto& r) -> auto& { return r.x; });
    map.add(
        "log10_lr", "", "the value then", [](auto& r) -> auto& { return r.log10_lr; });
    return map;
}

RowMap<TermRow> term_map() {
    RowMap<TermRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "proposition", "", "given which", [](auto& r) -> auto& { return r.term.proposition; });
    map.add(
        "probability", "", "of findings, as assigned", [](auto& r) -> auto& {
            return r.term.assigned.probability;
        });
    map.add(
        "low", "", "least, as stated", [](auto& r) -> auto& { return r.term.assigned.low; });
    map.add(
        "high", "", "most, as stated", [](auto& r) -> auto& { return r.term.assigned.high; });
    map.add(
        "author", "", "who assigned it", [](auto& r) -> auto& { return r.term.assigned.author; });
    map.add(
        "date", "", "when", [](auto& r) -> auto& { return r.term.assigned.date; });
    map.add(
        "reasons_fr", "", "in French", [](auto& r) -> auto& { return r.term.assigned.reasons_fr; });
    map.add(
        "reasons_en", "", "in English", [](auto& r) -> auto& {
            return r.term.assigned.reasons_en;
        });
    map.add(
        "log10_lr_at_low", "", "the value with low", [](auto& r) -> auto& {
            return r.term.log10_lr_at_low;
        });
    map.add(
        "log10_lr_at_high", "", "the value with high", [](auto& r) -> auto& {
            return r.term.log10_lr_at_high;
        });
    return map;
}

RowMap<PrevalenceRow> prevalence_map() {
    RowMap<PrevalenceRow> map;
    map.add(
        "evaluation", "", "row of evaluations", [](auto& r) -> auto& { return r.evaluation; });
    map.add(
        "prevalence", "", "of look-alikes, held there", [](auto& r) -> auto& {
            return r.row.prevalence;
        });
    map.add(
        "log10_lr", "", "the value then", [](auto& r) -> auto& { return r.row.log10_lr; });
    map.add(
        "expected_glowing", "", "unmarked people, of those checked", [](auto& r) -> auto& {
            return r.row.expected_glowing;
        });
    return map;
}

template <class Row, class Item>
void append(std::vector<Row>& rows, std::int64_t evaluation, std::vector<Item> const& items) {
    for (Item const& item : items) {
        rows.push_back({evaluation, item});
    }
}

} // namespace

RowMap<ParameterRow> parameter_map() {
    RowMap<ParameterRow> map;
    map.add(
        "evaluation", "", "row of evaluations; -1: of the case", [](auto& r) -> auto& {
            return r.evaluation;
        });
    map.add(
        "name", "", "of the library", [](auto& r) -> auto& { return r.parameter.name; });
    map.add(
        "meaning", "", "what it stands for", [](auto& r) -> auto& { return r.parameter.meaning; });
    map.add(
        "unit", "", "of its values", [](auto& r) -> auto& { return r.parameter.unit; });
    map.add(
        "kind",
        "",
        "0 fixed, 1 lognormal, 2 beta, 3 log-uniform, 4 uniform, 5 gamma",
        [](auto& r) -> auto& { return r.parameter.distribution.kind; },
        static_cast<std::int64_t>(lab::DistributionKind::gamma));
    map.add(
        "first", "", "value; median; a; low; low; shape", [](auto& r) -> auto& {
            return r.parameter.distribution.first;
        });
    map.add(
        "second", "", "-; geometric sd; b; high; high; rate", [](auto& r) -> auto& {
            return r.parameter.distribution.second;
        });
    map.add(
        "low", "", "truncation", [](auto& r) -> auto& { return r.parameter.distribution.low; });
    map.add(
        "high", "", "truncation", [](auto& r) -> auto& { return r.parameter.distribution.high; });
    map.add(
        "conditions", "", "on what it holds", [](auto& r) -> auto& {
            return r.parameter.conditions;
        });
    map.add(
        "source", "", "where it comes from", [](auto& r) -> auto& { return r.parameter.source; });
    map.add(
        "grade",
        "",
        "0 measured on the product, 1 on a proxy, 2 expert judgement",
        [](auto& r) -> auto& { return r.parameter.grade; },
        static_cast<std::int64_t>(lab::Grade::expert_judgement));
    map.add(
        "label_fr", "", "in French", [](auto& r) -> auto& { return r.parameter.label_fr; });
    map.add(
        "label_en", "", "in English", [](auto& r) -> auto& { return r.parameter.label_en; });
    map.add(
        "conditions_fr", "", "on what it holds, in French", [](auto& r) -> auto& {
            return r.parameter.conditions_fr;
        });
    map.add(
        "source_fr", "", "where it comes from, in French", [](auto& r) -> auto& {
            return r.parameter.source_fr;
        });
    return map;
}

void keep_evaluations(std::span<lab::Evaluation const> evaluations, KeptCase& kept) {
    std::vector<EvaluationRow> rows;
    std::vector<ReasonRow> reasons;
    std::vector<TextRow> reason_parameters;
    std::vector<ChainRow> chain;
    std::vector<RouteRow> routes;
    std::vector<TornadoRow> tornado;
    std::vector<CurveRow> curves;
    std::vector<PointRow> points;
    std::vector<ParameterRow> parameters;
    std::vector<TermRow> terms;
    std::vector<TextRow> term_zones;
    std::vector<PrevalenceRow> prevalences;
    for (lab::Evaluation const& evaluation : evaluations) {
        std::int64_t const row = std::ssize(rows);
        for (lab::PrintReasonEntry const& reason : evaluation.printed.reasons) {
            for (std::string const& name : reason.parameters) {
                reason_parameters.push_back({std::ssize(reasons), name});
            }
            reasons.push_back({row, reason});
        }
        append(chain, row, evaluation.chain);
        append(routes, row, evaluation.routes);
        append(tornado, row, evaluation.tornado);
        for (lab::Curve const& curve : evaluation.curves) {
            for (std::size_t i = 0; i < curve.x.size(); ++i) {
                points.push_back({std::ssize(curves), curve.x[i], curve.log10_lr[i]});
            }
            curves.push_back({row, curve.parameter});
        }
        for (lab::AssignedTerm const& term : evaluation.assigned) {
            for (std::string const& zone : term.assigned.zones) {
                term_zones.push_back({std::ssize(terms), zone});
            }
            terms.push_back({row, term});
        }
        append(prevalences, row, evaluation.by_prevalence);
        append(parameters, row, evaluation.parameters);
        EvaluationRow kept_row{.evaluation = evaluation,
                               .has_sensitivity = evaluation.sensitivity.has_value(),
                               .sensitivity = evaluation.sensitivity.value_or(lab::Sensitivity{}),
                               .conflict_h1 = {},
                               .conflict_h2 = {}};
        if (evaluation.conflict) {
            kept_row.conflict_h1 = evaluation.conflict->under_h1;
            kept_row.conflict_h2 = evaluation.conflict->under_h2;
        }
        rows.push_back(std::move(kept_row));
    }
    put(kept, "evaluations", evaluation_map(), rows);
    put(kept, "evaluation_reasons", reason_map(), reasons);
    put(kept,
        "evaluation_reason_parameters",
        text_map("evaluation_reason", "name of a parameter concerned"),
        reason_parameters);
    put(kept, "evaluation_chain", chain_map(), chain);
    put(kept, "evaluation_routes", route_map(), routes);
    put(kept, "evaluation_tornado", tornado_map(), tornado);
    put(kept, "evaluation_curves", curve_map(), curves);
    put(kept, "evaluation_curve_points", point_map(), points);
    put(kept, "evaluation_parameters", parameter_map(), parameters);
    put(kept, "evaluation_terms", term_map(), terms);
    put(kept,
        "evaluation_term_zones",
        text_map("evaluation_term", "id of a zone; no row: all findings"),
        term_zones);
    put(kept, "evaluation_prevalences", prevalence_map(), prevalences);
}

std::vector<lab::Evaluation> restore_evaluations(KeptCase const& kept) {
    std::vector<lab::Evaluation> evaluations;
    for (EvaluationRow& row : evaluation_map().to_rows(table_of(kept, "evaluations"))) {
        if (row.has_sensitivity) {
            row.evaluation.sensitivity = row.sensitivity;
        }
        if (row.conflict_h1 && row.conflict_h2) {
            row.evaluation.conflict =
                lab::Conflict{.under_h1 = *row.conflict_h1, .under_h2 = *row.conflict_h2};
        }
        evaluations.push_back(std::move(row.evaluation));
    }
    std::vector<ReasonRow> reasons = reason_map().to_rows(table_of(kept, "evaluation_reasons"));
    for (TextRow const& row : text_map("evaluation_reason", "")
                                  .to_rows(table_of(kept, "evaluation_reason_parameters"))) {
        parent(reasons, row.parent).entry.parameters.push_back(row.text);
    }
    for (ReasonRow& row : reasons) {
        parent(evaluations, row.evaluation).printed.reasons.push_back(std::move(row.entry));
    }
    for (ChainRow& row : chain_map().to_rows(table_of(kept, "evaluation_chain"))) {
        parent(evaluations, row.evaluation).chain.push_back(std::move(row.link));
    }
    for (RouteRow& row : route_map().to_rows(table_of(kept, "evaluation_routes"))) {
        parent(evaluations, row.evaluation).routes.push_back(std::move(row.route));
    }
    for (TornadoRow& row : tornado_map().to_rows(table_of(kept, "evaluation_tornado"))) {
        parent(evaluations, row.evaluation).tornado.push_back(std::move(row.row));
    }
    std::vector<std::pair<std::int64_t, lab::Curve>> curves;
    for (CurveRow& row : curve_map().to_rows(table_of(kept, "evaluation_curves"))) {
        curves.emplace_back(
            row.evaluation,
            lab::Curve{.parameter = std::move(row.parameter), .x = {}, .log10_lr = {}});
    }
    for (PointRow const& row : point_map().to_rows(table_of(kept, "evaluation_curve_points"))) {
        lab::Curve& curve = parent(curves, row.curve).second;
        curve.x.push_back(row.x);
        curve.log10_lr.push_back(row.log10_lr);
    }
    for (auto& [row, curve] : curves) {
        parent(evaluations, row).curves.push_back(std::move(curve));
    }
    for (ParameterRow& row : parameter_map().to_rows(table_of(kept, "evaluation_parameters"))) {
        parent(evaluations, row.evaluation).parameters.push_back(std::move(row.parameter));
    }
    std::vector<TermRow> terms = term_map().to_rows(table_of(kept, "evaluation_terms"));
    for (TextRow& row :
         text_map("evaluation_term", "").to_rows(table_of(kept, "evaluation_term_zones"))) {
        parent(terms, row.parent).term.assigned.zones.push_back(std::move(row.text));
    }
    for (TermRow& row : terms) {
        parent(evaluations, row.evaluation).assigned.push_back(std::move(row.term));
    }
    for (PrevalenceRow& row : prevalence_map().to_rows(table_of(kept, "evaluation_prevalences"))) {
        parent(evaluations, row.evaluation).by_prevalence.push_back(row.row);
    }
    return evaluations;
}

} // namespace cmq::pipeline
