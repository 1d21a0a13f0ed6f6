// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_code.hpp"

#include "lab/blanks/share_interval.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;

Json reads_json(CodeResult const& result) {
    Json reads = Json::array();
    for (lab::AmpliconRead const& read :
         result.reads.first(std::min(result.reads.size(), most_reads_listed))) {
        Json qualities = Json::array();
        for (char const quality : read.qualities) {
            qualities.push_back(quality - '!');
        }
        reads.push_back({{"sample", std::string{read.name}},
                         {"bases", std::string{read.bases}},
                         {"qualities", std::move(qualities)}});
    }
    return reads;
}

Json trace_json(lab::SangerTrace const& trace) {
    Json json;
    json["sample"] = trace.sample;
    json["bases"] = trace.bases;
    json["qualities"] = trace.qualities;
    json["good_begin"] = trace.good_begin;
    json["good_end"] = trace.good_end;
    json["mixed"] = Json::array();
    for (lab::MixedPeak const& peak : trace.mixed) {
        json["mixed"].push_back(
            {{"base", peak.base}, {"second", std::string{peak.second}}, {"ratio", peak.ratio}});
    }
    json["well"] = trace.well;
    json["dye"] = trace.dye;
    json["instrument"] = trace.instrument;
    json["machine"] = trace.machine;
    json["operator"] = trace.operator_name;
    json["run"] = trace.run;
    json["run_start"] = trace.run_start;
    json["run_finish"] = trace.run_finish;
    return json;
}

template <class T>
Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json limit_json(std::optional<lab::DetectionLimit> const& limit) {
    return limit ? Json{{"copies", limit->copies}, {"low", limit->low}, {"high", limit->high}}
                 : Json(nullptr);
}

Json curve_json(std::optional<lab::StandardCurve> const& curve) {
    if (!curve) {
        return nullptr;
    }
    return {{"slope", curve->slope},
            {"slope_se", curve->slope_se},
            {"intercept", curve->intercept},
            {"efficiency", curve->efficiency},
            {"r_squared", curve->r_squared},
            {"residual_sd", curve->residual_sd},
            {"wells", curve->wells},
            {"lowest_copies", curve->lowest},
            {"highest_copies", curve->highest},
            {"acceptable", curve->is_acceptable}};
}

Json target_json(lab::QpcrTarget const& target) {
    Json json;
    json["target"] = target.target;
    json["curve"] = curve_json(target.curve);
    json["limit_of_detection"] = {{"probit", limit_json(target.probit)},
                                  {"logit", limit_json(target.logit)},
                                  {"poisson", limit_json(target.poisson)},
                                  {"lowest_level", or_null(target.lowest_level)}};
    json["limit_of_quantification"] = or_null(target.quantification);
    json["blanks"] = {{"wells", target.blank_wells}, {"detected", target.blanks_detected}};
    json["levels"] = Json::array();
    for (lab::QpcrLevel const& level : target.levels) {
        json["levels"].push_back(
            {{"copies", level.copies},
             {"wells", level.wells},
             {"detected", level.detected},
             {"mean_cq", level.detected > 0 ? Json(level.mean_cq) : Json(nullptr)},
             {"cv", or_null(level.cv)}});
    }
    json["samples"] = Json::array();
    for (lab::QpcrAmount const& amount : target.amounts) {
        json["samples"].push_back(
            {{"sample", amount.sample},
             {"wells", amount.wells},
             {"detected", amount.detected},
             {"mean_cq", or_null(amount.mean_cq)},
             {"log10_copies", or_null(amount.log10_copies)},
             {"log10_se", or_null(amount.log10_se)},
             {"log10_interval",
              amount.log10_low ? Json{*amount.log10_low, *amount.log10_high} : Json(nullptr)},
             {"extrapolated", amount.is_extrapolated}});
    }
    return json;
}

Json inhibition_json(std::span<lab::SampleInhibition const> samples) {
    Json json = Json::array();
    for (lab::SampleInhibition const& sample : samples) {
        json.push_back({{"sample", sample.sample},
                        {"wells", sample.wells},
                        {"detected", sample.detected},
                        {"shift", or_null(sample.shift)},
                        {"shift_low", or_null(sample.shift_low)},
                        {"shift_high", or_null(sample.shift_high)},
                        {"inhibition", std::string{lab::name_of(sample.state)}}});
    }
    return json;
}

Json particles_json(lab::ParticleList const* list) {
    Json json = Json::array();
    for (std::size_t i = 0; list != nullptr && i < list->particles.size(); ++i) {
        lab::ReadParticle const& particle = list->particles[i];
        json.push_back(
            {{"text", particle.text}, {"count", particle.count}, {"symbol_error", particle.error}});
    }
    return json;
}

Json errors_json(lab::ReadErrors const& errors) {
    return {{"substitution_beyond_quality", errors.excess},
            {"insertion", errors.insertion},
            {"deletion", errors.deletion},
            {"primer_bases", errors.bases}};
}

Json run_json(CodeResult const& result) {
    if (result.sample == nullptr || result.reach == nullptr) {
        return nullptr;
    }
    lab::AmpliconSample const& sample = *result.sample;
    return {{"assigned", sample.assigned},
            {"no_primers", sample.no_primers},
            {"too_far", sample.too_far},
            {"ambiguous", sample.ambiguous},
            {"chimeras", sample.chimeras},
            {"reversed", sample.reversed},
            {"most_distance", result.reach->most_distance},
            {"reverse_primer_turned", result.was_turned}};
}

Json lot_json(lab::LotResult const& lot, lab::Registry const& registry) {
    lab::LotEvidence const& evidence = lot.evidence;
    lab::Lot const& entry = registry.lots[evidence.lot];
    Json json;
    json["lot"] = entry.name;
    json["log10_lr"] = lot.log10_lr;
    json["distance"] = evidence.distance;
    json["share"] = evidence.share ? Json(evidence.share->share) : Json(nullptr);
    json["share_low"] = evidence.share ? Json(evidence.share->low) : Json(nullptr);
    json["share_high"] = evidence.share ? Json(evidence.share->high) : Json(nullptr);
    json["reads"] = evidence.reads;
    json["molecules"] = evidence.molecules;
    json["is_read"] = lot.is_read;
    json["from_index_hopping"] = lot.from_hopping;
    json["index_hopping_reads"] = lot.hopping_reads;
    json["log10_lr_code_alone"] = lot.log10_code;
    json["consensus"] = evidence.consensus;
    json["product"] = entry.product;
    json["holder"] = entry.holder;
    json["handled_by"] = lot.handled_by;
    return json;
}

/// The laboratory's own history of negative controls, with the exact 95 % interval of its rate.
Json history_json(lab::Registry const& registry) {
    if (!registry.negative_controls || registry.negative_controls->all == 0) {
        return nullptr;
    }
    auto const positive = static_cast<std::int64_t>(registry.negative_controls->positive);
    auto const all = static_cast<std::int64_t>(registry.negative_controls->all);
    lab::ShareInterval const interval = lab::clopper_pearson(positive, all);
    return {{"positive", positive},
            {"controls", all},
            {"rate", static_cast<double>(positive) / static_cast<double>(all)},
            {"interval", {interval.low, interval.high}}};
}

Json bound_json(lab::ErrorBound const& bound, lab::Registry const& registry) {
    return {{"laboratory_error", bound.laboratory},
            {"clerical_error", bound.clerical},
            {"is_stated", bound.is_stated},
            {"drop_in", bound.drop_in ? Json(*bound.drop_in) : Json(nullptr)},
            {"drop_in_history", history_json(registry)},
            {"largest_lr", 1.0 / bound.total()}};
}

void add_judgement(CodeResult const& result, Json& json) {
    bool const is_judged = result.judgement != nullptr && result.registry != nullptr;
    json["verdict"] = nullptr;
    json["lots"] = Json::array();
    json["false_match_probability"] = nullptr;
    json["false_match_interval"] = nullptr;
    json["controls"] = Json::array();
    json["reasons"] = Json::array();
    json["bound"] = nullptr;
    json["elimination"] = Json::array();
    if (!is_judged) {
        return;
    }
    lab::CodeJudgement const& judgement = *result.judgement;
    json["verdict"] = std::string{lab::name_of(judgement.verdict)};
    for (lab::LotResult const& lot : judgement.lots) {
        json["lots"].push_back(lot_json(lot, *result.registry));
    }
    json["false_match_probability"] = judgement.false_match;
    json["false_match_interval"] = {judgement.false_match_low, judgement.false_match_high};
    for (lab::CodeControl const& control : judgement.controls) {
        json["controls"].push_back({{"file", control.name},
                                    {"kind", std::string{lab::name_of(control.kind)}},
                                    {"good", control.is_good},
                                    {"lots", control.lots},
                                    {"reads", control.read}});
    }
    for (lab::CodeReason const& reason : judgement.reasons) {
        json["reasons"].push_back({{"reason", std::string{reason.id}},
                                   {"fr", reason.text.french()},
                                   {"en", reason.text.english()}});
    }
    json["bound"] = bound_json(judgement.bound, *result.registry);
    for (lab::HandledLot const& handled : judgement.elimination) {
        json["elimination"].push_back({{"lot", result.registry->lots[handled.lot].name},
                                       {"by", handled.by},
                                       {"is_read", handled.is_read}});
    }
}

} // namespace

std::string json_code(CodeResult const& result) {
    Json json;
    json["file"] = result.file;
    json["sha256"] = result.sha256;
    json["format"] = std::string{result.format};
    json["read_count"] = result.trace != nullptr ? 1 : result.reads.size();
    json["reads"] = reads_json(result);
    if (result.trace != nullptr) {
        json["reads"].push_back(trace_json(*result.trace));
    }
    Json const fragments = Json::parse(json_fragments(result.fragments));
    for (auto const& [key, value] : fragments.items()) {
        json[key] = value;
    }
    json["qpcr"] = Json::array();
    for (lab::QpcrTarget const& target : result.qpcr) {
        json["qpcr"].push_back(target_json(target));
    }
    json["internal_control"] = or_null(result.internal_control);
    json["inhibition"] = inhibition_json(result.inhibition);
    json["particles"] = particles_json(result.particles);
    json["run"] = run_json(result);
    json["errors"] = result.errors != nullptr ? errors_json(*result.errors) : Json(nullptr);
    add_judgement(result, json);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
