// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_fragments.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cmq::report {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json facts_json(lab::FragmentRun const& run) {
    return {{"sample", run.sample},
            {"well", run.well},
            {"instrument", run.instrument},
            {"machine", run.machine},
            {"operator", run.operator_name},
            {"run", run.run},
            {"run_start", run.run_start},
            {"run_finish", run.run_finish},
            {"standard_named", run.standard},
            {"processed", run.is_processed}};
}

Json peak_json(lab::SizedPeak const& peak, lab::FragmentProfile const& profile) {
    return {{"scan", peak.peak.scan},
            {"size_bp", or_null(peak.size)},
            {"height", peak.peak.height},
            {"area", peak.peak.area},
            {"width", peak.peak.width},
            {"saturated", peak.peak.is_saturated},
            {"doubt",
             peak.doubt == lab::PeakDoubt::none ? Json(nullptr)
                                                : Json(std::string{lab::name_of(peak.doubt)})},
            {"light_of", peak.from ? Json(profile.dyes[*peak.from].dye) : Json(nullptr)}};
}

void add_channels(lab::FragmentProfile const& profile, Json& json) {
    double const error = profile.standard.curve.error();
    for (lab::SizedDye const& dye : profile.dyes) {
        Json peaks = Json::array();
        for (lab::SizedPeak const& peak : dye.peaks) {
            peaks.push_back(peak_json(peak, profile));
            bool const is_length =
                !dye.is_standard && peak.size && peak.doubt == lab::PeakDoubt::none;
            if (is_length) {
                json["sizes"].push_back({{"dye", dye.dye},
                                         {"size_bp", *peak.size},
                                         {"error_bp", error},
                                         {"height", peak.peak.height}});
            }
        }
        json["channels"].push_back({{"dye", dye.dye},
                                    {"is_size_standard", dye.is_standard},
                                    {"noise", dye.noise},
                                    {"peaks", std::move(peaks)}});
    }
}

Json standard_json(lab::FittedStandard const& standard) {
    Json points = Json::array();
    for (lab::SizedPoint const& point : standard.curve.points()) {
        points.push_back({{"size_bp", point.size},
                          {"scan", point.scan},
                          {"height", point.height},
                          {"left_out_bp", or_null(point.left_out)}});
    }
    return {{"name", std::string{standard.standard->name}},
            {"error_bp", standard.curve.error()},
            {"fragments", standard.standard->sizes.size()},
            {"not_sized_bp", standard.standard->not_sized},
            {"points", std::move(points)}};
}

Json bleed_json(lab::FragmentProfile const& profile) {
    Json bleeds = Json::array();
    for (lab::DyeBleed const& bleed : profile.bleeds) {
        bleeds.push_back({{"from", profile.dyes[bleed.from].dye},
                          {"into", profile.dyes[bleed.into].dye},
                          {"share", bleed.share},
                          {"spread", bleed.spread},
                          {"peaks", bleed.peaks}});
    }
    return bleeds;
}

Json loci_json(FragmentResult const& result) {
    Json loci = Json::array();
    for (lab::CalledLocus const& locus : result.loci) {
        Json alleles = Json::array();
        for (lab::CalledPeak const& called : locus.peaks) {
            auto const& peak = result.profile->dyes[called.dye].peaks[called.peak];
            alleles.push_back({{"allele", called.allele},
                               {"size_bp", or_null(peak.size)},
                               {"height", peak.peak.height}});
        }
        loci.push_back({{"locus", locus.name}, {"alleles", std::move(alleles)}});
    }
    return loci;
}

} // namespace

std::string json_fragments(FragmentResult const& result) {
    Json json;
    json["facts"] = nullptr;
    json["channels"] = Json::array();
    json["sizes"] = Json::array();
    json["size_standard"] = nullptr;
    json["bleed"] = Json::array();
    json["loci"] = Json::array();
    json["model"] = nullptr;
    if (result.run != nullptr && result.profile != nullptr) {
        json["facts"] = facts_json(*result.run);
        add_channels(*result.profile, json);
        json["size_standard"] = standard_json(result.profile->standard);
        json["bleed"] = bleed_json(*result.profile);
        json["loci"] = loci_json(result);
    }
    if (result.model != nullptr) {
        json["model"] = {{"sd_bp", result.model->sd},
                         {"from_bp", result.model->from},
                         {"to_bp", result.model->to},
                         {"drop_out", result.model->drop_out},
                         {"drop_in", result.model->drop_in},
                         {"other_code", result.model->other_code}};
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cmq::report
